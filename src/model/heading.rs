//! Headings: their plain text, and which section of a job family each one names.

use crate::facts::{Facts, SectionKind};
use crate::source::{Source, Span};
use crate::syntax::{NodeId, NodeKind, Tree};
use crate::text::{ends_with_word, first_word, fold, last_word, slips, without_remark};

/// A heading of the page outside quotes and lists.
#[derive(Debug, Clone)]
pub struct Heading {
    pub node: NodeId,
    /// From 1 to 6, as many as its `#` signs. A level is what a role has.
    pub depth: u8,
    /// The whole line, with its marks.
    pub span: Span,
    /// The words, without marks.
    pub text_span: Span,
    /// The words as a reader sees them.
    pub text: String,
    /// The words folded, without a colon at the end.
    pub folded: String,
    /// The blocks between this heading and the next.
    pub blocks: Vec<NodeId>,
    pub class: HeadingClass,
}

impl Heading {
    /// Its `#` signs; nothing for a heading that is underlined instead.
    pub fn marks(&self, source: &Source) -> Option<Span> {
        let written = source.slice(self.span);
        let count = written.len() - written.trim_start_matches('#').len();
        (count == usize::from(self.depth)).then(|| Span::new(self.span.start, self.span.start + count))
    }
}

/// The `#` signs of a heading of this depth.
pub fn marks(depth: u8) -> String {
    "#".repeat(depth.into())
}

/// What a heading is in the job family.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeadingClass {
    /// Index into the sections.
    Section(usize),
    /// Index into the containers: Levels, Specialties, Segment.
    Container(usize),
    /// Index into the roles.
    Role(usize),
    /// Index into the specialties.
    Specialty(usize),
    /// A heading over several roles.
    Group,
    /// A heading inside a section.
    Part(usize),
    /// A heading that repeats the role's name where a section's name was meant.
    Unnamed(usize),
    /// Anything else.
    Free,
}

/// Which section a heading's text names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionName {
    pub kind: SectionKind,
    /// What stands before the section's name, such as the role; folded.
    pub prefix: String,
    /// What is misspelt in the section's name.
    pub misspelt: Option<Slip>,
    /// The section is called what the guide does not call it.
    pub nonstandard: bool,
}

/// A misspelt word of a heading, or several; folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    /// As the heading has it.
    pub wrong: String,
    /// As it should be.
    pub right: String,
}

/// Reads the headings directly below the root, each with the blocks that follow it.
pub fn read_headings(tree: &Tree) -> (Vec<NodeId>, Vec<Heading>) {
    let mut before = Vec::new();
    let mut headings: Vec<Heading> = Vec::new();
    for id in tree.children(NodeId::ROOT) {
        let node = tree.node(id);
        match (&node.kind, headings.last_mut()) {
            (NodeKind::Heading { depth }, _) => headings.push(read_heading(tree, id, *depth)),
            (_, Some(heading)) => heading.blocks.push(id),
            (_, None) => before.push(id),
        }
    }
    (before, headings)
}

fn read_heading(tree: &Tree, id: NodeId, depth: u8) -> Heading {
    let visible = tree.visible(id);
    let shown = visible.text();
    let start = shown.len() - shown.trim_start().len();
    let end = shown.trim_end().len().max(start);
    let text = shown[start..end].to_owned();
    let folded = folded(&text);
    let text_span = if text.is_empty() { tree.node(id).span } else { visible.span(start..end) };
    Heading {
        node: id,
        depth,
        span: tree.node(id).span,
        text_span,
        text,
        folded,
        blocks: Vec::new(),
        class: HeadingClass::Free,
    }
}

/// The words that a heading begins with, given folded, in the heading's own case.
pub fn as_written<'a>(text: &'a str, prefix: &'a str) -> &'a str {
    text.get(..prefix.len()).filter(|start| start.eq_ignore_ascii_case(prefix)).unwrap_or(prefix)
}

/// Words before a section's name that narrow it and name no role.
const MODIFIERS: [&str; 14] = [
    "additional",
    "specific",
    "key",
    "job",
    "primary",
    "base",
    "preferred",
    "must-have",
    "general",
    "individual",
    "supervisory",
    "team",
    "functional",
    "core",
];

/// The words of a heading folded, without the marks at its end.
pub fn folded(text: &str) -> String {
    let mut folded = fold(text);
    folded.truncate(without_end_marks(&folded).len());
    folded
}

/// A heading without the marks at its end, which say nothing.
pub fn without_end_marks(text: &str) -> &str {
    text.trim_end_matches([':', '.', '…', ' '])
}

/// Which section a folded heading names, if any.
/// `written` is the same text in its own case.
pub fn section_name(folded: &str, written: &str, facts: &Facts) -> Option<SectionName> {
    exact_section(folded, facts).or_else(|| misspelt_section(folded, facts)).or_else(|| joined_section(written, facts))
}

fn exact_section(folded: &str, facts: &Facts) -> Option<SectionName> {
    let head = || Some(without_remark(folded)).filter(|head| head.len() < folded.len());
    section_at_end(folded, facts).or_else(|| section_at_end(head()?, facts)).or_else(|| section_at_start(folded, facts))
}

fn section_at_end(text: &str, facts: &Facts) -> Option<SectionName> {
    let form = facts.section_forms.ending_with(last_word(text)).iter().find(|form| {
        // "Requirements across all levels" is no heading over levels.
        let is_phrase =
            form.kind.is_container() && ["all ", "across "].iter().any(|word| before(text, &form.text).ends_with(word));
        ends_with_word(text, &form.text) && !is_phrase && !(form.alone && text.len() > form.text.len())
    })?;
    let prefix = clean_prefix(before(text, &form.text));
    Some(SectionName { kind: form.kind, prefix, misspelt: None, nonstandard: form.nonstandard })
}

fn before<'t>(text: &'t str, tail: &str) -> &'t str {
    text.strip_suffix(tail).unwrap_or("")
}

/// "Requirements for Managers", "Base Requirements Across All Levels".
fn section_at_start(folded: &str, facts: &Facts) -> Option<SectionName> {
    let bare = MODIFIERS.iter().find_map(|word| folded.strip_prefix(word)?.strip_prefix(' ')).unwrap_or(folded);
    facts.section_forms.beginning_with(first_word(bare)).iter().filter(|form| !form.alone).find_map(|form| {
        let rest = bare.strip_prefix(form.text.as_str())?;
        let is_joined = JOINTS.iter().any(|joint| rest.starts_with(joint));
        let after = rest.trim_start().split_once(' ').map_or("", |(_, after)| after);
        // "Primary Performance Indicator for the Role" says that there is one.
        let nonstandard = form.nonstandard && bare.len() == folded.len();
        let name = SectionName { kind: form.kind, prefix: clean_for(after), misspelt: None, nonstandard };
        is_joined.then_some(name)
    })
}

/// What may follow a section's name when the heading goes on.
const JOINTS: [&str; 7] = [" for ", " of ", " & ", " and ", " across ", " in ", " / "];

/// "Responsibilities for Analyst roles" serves the analysts, "Requirements across all levels" everybody.
fn clean_for(after: &str) -> String {
    let after = after.strip_prefix("the ").unwrap_or(after);
    let after = after.strip_suffix(" roles").or_else(|| after.strip_suffix(" role")).unwrap_or(after);
    if after.starts_with("all ") || after == "responsibilities" || after == "requirements" {
        String::new()
    } else {
        after.to_owned()
    }
}

fn clean_prefix(prefix: &str) -> String {
    let mut prefix = prefix.trim_end_matches([' ', '-', '–', '—', ':', ',']).trim_start_matches(['-', ' ']);
    // Only at the end: "Analyst Key" loses a word, "Team Lead" is a role.
    while let Some(word) = MODIFIERS.iter().find(|word| ends_with_word(prefix, word)) {
        prefix = prefix[..prefix.len() - word.len()].trim_end_matches([' ', '-', ':', ',']);
    }
    prefix.to_owned()
}

/// The slips within which a long word, or long words, are taken for a misspelt section.
const MISSPELT_DISTANCE: usize = 2;

/// In bytes: a shorter word is another word rather than a section misspelt.
pub const LEAST_MISSPELT: usize = 8;

/// In bytes: "career ladder" is told from other words by one slip only.
const LONG_PHRASE: usize = 18;

fn misspelt_section(folded: &str, facts: &Facts) -> Option<SectionName> {
    let head = without_remark(folded).trim_end_matches(|c: char| !c.is_alphanumeric());
    facts.sections.iter().find_map(|fact| {
        let end = fact.fuzzy.iter().find_map(|right| {
            if right.contains(' ') { misspelt_words(head, right) } else { misspelt_word(head, right) }
        })?;
        let prefix = clean_prefix(&head[..end.start]);
        Some(SectionName { kind: fact.kind, prefix, misspelt: Some(end.slip), nonstandard: false })
    })
}

/// The end of a heading that is a section's name misspelt.
struct MisspeltEnd {
    /// The byte at which the name starts.
    start: usize,
    slip: Slip,
}

/// The last word of a heading, if it is this one misspelt.
fn misspelt_word(head: &str, right: &str) -> Option<MisspeltEnd> {
    let last = last_word(head);
    // The first letter is hardly ever the wrong one, and comparing it is cheap.
    let is_near = last.len() >= LEAST_MISSPELT
        && right.as_bytes().first() == last.as_bytes().first()
        && right.len().abs_diff(last.len()) <= MISSPELT_DISTANCE
        && slips(right, last, MISSPELT_DISTANCE).is_some();
    is_near.then(|| MisspeltEnd {
        start: head.len() - last.len(),
        slip: Slip { wrong: last.to_owned(), right: right.to_owned() },
    })
}

/// The same for several words, of which none is long enough by itself: "Career Lader".
fn misspelt_words(head: &str, right: &str) -> Option<MisspeltEnd> {
    let most = if right.len() < LONG_PHRASE { 1 } else { MISSPELT_DISTANCE };
    if last_word(head).as_bytes().first() != last_word(right).as_bytes().first() {
        return None;
    }
    let before = head.rmatch_indices(' ').nth(right.matches(' ').count());
    let start = before.map_or(0, |(blank, _)| blank + 1);
    let tail = &head[start..];
    let pairs = || tail.split(' ').zip(right.split(' '));
    let begin_alike = tail.matches(' ').count() == right.matches(' ').count()
        && pairs().all(|(wrong, right)| wrong.as_bytes().first() == right.as_bytes().first());
    if !begin_alike || slips(right, tail, most).is_none() {
        return None;
    }
    let mut unlike = pairs().filter(|(wrong, right)| wrong != right);
    let (wrong, right) = match (unlike.next()?, unlike.next()) {
        (one, None) => one,
        _ => (tail, right),
    };
    Some(MisspeltEnd { start, slip: Slip { wrong: wrong.to_owned(), right: right.to_owned() } })
}

/// A shorter form may be the end of a word.
const LEAST_JOINED: usize = 9;

/// "Tax AnalystJob Grade": the blank before the section's name was lost, and its capital shows it.
fn joined_section(written: &str, facts: &Facts) -> Option<SectionName> {
    let is_joint = |pair: &[u8]| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase();
    if written.is_ascii() && !written.as_bytes().windows(2).any(is_joint) {
        return None;
    }
    let written = written.trim_end_matches(|c: char| !c.is_alphanumeric());
    let last = last_word(written).to_lowercase();
    // "AnalystResponsibilities" is one word to the index of last words, "AnalystJob Grade" is not.
    let forms = facts.sections.iter().flat_map(|fact| fact.forms.iter().map(move |form| (fact.kind, form)));
    let (kind, form) = forms
        .filter(|(_, form)| form.len() >= LEAST_JOINED && last.ends_with(last_word(form)))
        .find(|(_, form)| is_joined(written, form))?;
    let start = written.len() - form.len();
    let word = written[..start].rfind(' ').map_or(0, |at| at + 1);
    let head = first_word(form);
    let prefix = fold(&written[..start]);
    let joined = fold(&written[word..start]);
    let slip = Slip { wrong: format!("{joined}{head}"), right: format!("{joined} {head}") };
    Some(SectionName { kind, prefix, misspelt: Some(slip), nonstandard: false })
}

fn is_joined(written: &str, form: &str) -> bool {
    let Some((before, tail)) = written.len().checked_sub(form.len()).and_then(|at| written.split_at_checked(at)) else {
        return false;
    };
    tail.eq_ignore_ascii_case(form)
        && tail.starts_with(|c: char| c.is_uppercase())
        && before.ends_with(|c: char| c.is_lowercase())
}

/// Which section's work the text below a heading does, by other words for that section: "What you'll do".
pub fn section_in_other_words(folded: &str, facts: &Facts) -> Option<SectionKind> {
    let is_it = |fact: &&crate::facts::SectionFact| {
        fact.stand_ins.iter().any(|text| text == folded || ends_with_word(folded, text))
            || fact.stand_in_starts.iter().any(|start| folded.starts_with(start.as_str()))
    };
    facts.sections.iter().find(is_it).map(|fact| fact.kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn section(text: &str) -> Option<(SectionKind, String)> {
        let folded = fold(text).trim_end_matches(':').to_owned();
        section_name(&folded, text, &Facts::embedded()).map(|name| (name.kind, name.prefix))
    }

    #[test]
    fn sections_are_found_with_their_prefix() {
        use SectionKind::*;
        let cases = [
            ("Job Grade\u{a0}", JobGrade, ""),
            ("Tax Analyst - Job Grade", JobGrade, "tax analyst"),
            ("Job Level", JobGrade, ""),
            ("Senior Responsibilities", Responsibilities, "senior"),
            ("Additional Requirements:", Requirements, ""),
            ("Requirements for Managers", Requirements, "managers"),
            ("Base Requirements Across All Levels", Requirements, ""),
            ("Nice-to-have Requirements", NiceToHave, ""),
            ("Performance Indicators (PI)", PerformanceIndicators, ""),
            ("Key Performance Indicators", PerformanceIndicators, ""),
            ("Interview Process", HiringProcess, ""),
            ("Responsibilities (extends Analyst)", Responsibilities, ""),
            ("Analyst Responsbilities", Responsibilities, "analyst"),
            ("Requirments", Requirements, ""),
            ("Perfomance Indicators", PerformanceIndicators, ""),
            ("Key Perfomance Indicator", PerformanceIndicators, ""),
            ("Tax Analyst Career Lader", CareerLadder, "tax analyst"),
            ("Carreer Ladder:", CareerLadder, ""),
            ("Hiring Proccess", HiringProcess, ""),
            ("PIs", PerformanceIndicators, ""),
            ("Selection Process", HiringProcess, ""),
            ("Expectations:", Responsibilities, ""),
            ("Qualifications", Requirements, ""),
            ("Tax AnalystJob Grade", JobGrade, "tax analyst"),
            ("Tax AnalystResponsibilities:", Responsibilities, "tax analyst"),
            ("Levels of Analysts", Levels, "analysts"),
            ("Specialities", Specialties, ""),
            ("Responsibilities Accounting Requirements", Requirements, "responsibilities accounting"),
        ];
        for (text, kind, prefix) in cases {
            assert_eq!(section(text), Some((kind, prefix.to_owned())), "{text}");
        }
    }

    #[test]
    fn other_headings_are_no_sections() {
        for text in [
            "Upgrade",
            "Sublevels and more",
            "Requirement engineering team",
            "Senior Analyst",
            "Specialist",
            "Relevant links",
            "Career Leader",
            "Career",
            "Ladder",
            "Hiring Progress",
            "Firing Process",
            "Process",
            "Performance Indication",
            "Manager, Career Development",
            "Director of Career Development",
            "Learning and Career Development",
            "Career Development Manager",
            "Epis",
            "Project Expectations",
            "Expectations of the Team",
            "Educational Qualifications",
        ] {
            assert_eq!(section(text), None, "{text}");
        }
    }
}
