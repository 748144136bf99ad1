//! What a role takes over from another role, from its group or from the family instead of stating it.

use std::ops::Range;

use crate::facts::{CuesOnPage, Facts, SectionKind};
use crate::model::role_name::{MOST_COMPARED, Relation, RoleName};
use crate::model::{Heading, HeadingClass, JobFamily, Owner, ReportsTo, Role};
use crate::source::Span;
use crate::syntax::{NodeId, NodeKind, Tree, Visible};
use crate::text::{Initials, fold, slips};

/// A wording by which a role takes over what stands elsewhere.
#[derive(Debug, Clone)]
pub struct Extension {
    /// The bullet or sentence.
    pub span: Span,
    /// The section in which it stands; nothing for the role's own introduction.
    pub section: Option<SectionKind>,
    /// The section word that it uses: "Extends the Analyst *responsibilities*".
    pub word: Option<(SectionKind, Span)>,
    /// The role that it names, as written; empty where it names none.
    pub name: String,
    pub name_span: Span,
    pub target: Target,
    /// How the name compares with the role's own.
    pub names: Relation,
    /// It begins the bullet or sentence.
    pub opens: bool,
    /// It leads to what it takes over by a link.
    pub linked: bool,
}

/// What is taken over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    Role(usize),
    /// Roles of other pages, groups, "above".
    Elsewhere,
    /// It names a role that the page does not have.
    Unknown,
}

impl Role {
    /// Whether the role takes over sections of that kind: by a cue in its introduction, or in such a section itself.
    pub fn inherits(&self, kind: SectionKind) -> bool {
        self.extensions.iter().any(|extension| extension.applies_to(kind))
    }
}

impl JobFamily {
    /// The roles whose sections of that kind a role takes over, those that they extend themselves too; the nearest
    /// first.
    pub fn extended_by(&self, role: usize, kind: SectionKind) -> Vec<usize> {
        let mut extended = vec![role];
        let mut next = 0;
        while let Some(data) = extended.get(next).and_then(|role| self.roles.get(*role)) {
            for extension in data.extensions.iter().filter(|extension| extension.applies_to(kind)) {
                if let Target::Role(target) = extension.target
                    && extended.len() <= LONGEST_CHAIN
                    && !extended.contains(&target)
                {
                    extended.push(target);
                }
            }
            next += 1;
        }
        extended.split_off(1)
    }
}

/// A ladder has a dozen levels at most.
const LONGEST_CHAIN: usize = 16;

impl Extension {
    /// Whether sections of that kind are taken over by it.
    pub fn applies_to(&self, kind: SectionKind) -> bool {
        match self.section {
            None => self.covers(kind),
            Some(section) => section == kind,
        }
    }

    /// Of an introduction: whether it speaks of that kind, or of everything.
    fn covers(&self, kind: SectionKind) -> bool {
        let words = [SectionKind::Responsibilities, SectionKind::Requirements];
        match self.word {
            Some((word, _)) if words.contains(&kind) => word == kind || self.names_both(),
            _ => true,
        }
    }

    fn names_both(&self) -> bool {
        self.name.is_empty() && self.word.is_none()
    }
}

/// Reads what each role inherits, to whom it reports, and whether its text is put off.
pub fn read(tree: &Tree, facts: &Facts, family: &mut JobFamily) {
    let cues = facts.inheritance.cues.on_page(tree.visible_lower());
    let deferrals = facts.inheritance.deferrals.on_page(tree.visible_lower());
    for role in 0..family.roles.len() {
        let reader = Reader { tree, facts, family, role, cues: &cues };
        let mut extensions = Vec::new();
        let mut reports_to = Vec::new();
        let mut deferred = false;
        for (section, id) in texts_of(tree, family, role) {
            let extension = reader.extension(section, id);
            if section.is_some() && extension.is_none() {
                continue;
            }
            let visible = tree.visible(id);
            let is_deferral = deferrals.first(visible.range()).is_some();
            if section.is_none() {
                deferred |= is_deferral;
                reports_to.extend(reports_to_in(&visible));
            }
            // "The requirements for an Analyst would be defined at the time of business need" takes nothing over.
            extensions.extend(extension.filter(|_| !is_deferral));
        }
        let levels = &facts.levels;
        let role = &mut family.roles[role];
        for sentence in &mut reports_to {
            sentence.names = role.called(&sentence.subject, levels);
        }
        role.extensions = extensions;
        role.reports_to = reports_to;
        role.deferred = deferred;
    }
}

/// The paragraphs and bullets of a role in which it may take over others' text, each with its section.
fn texts_of<'a>(
    tree: &'a Tree,
    family: &'a JobFamily,
    role: usize,
) -> impl Iterator<Item = (Option<SectionKind>, NodeId)> + 'a {
    let is_paragraph = |id: &NodeId| tree.node(*id).kind.is_paragraph();
    let heading = family.roles[role].heading;
    let below = heading.map_or(&[][..], |heading| &family.headings[heading].blocks);
    let has_none = move |id: &NodeId| heading.is_none() && tree.node(*id).heading_level().is_none();
    let before = tree.children(NodeId::ROOT).take_while(has_none);
    // Of a section that lost its name nobody knows which it was.
    let is_unnamed = move |heading: &&Heading| heading.class == HeadingClass::Unnamed(role);
    let unnamed = family.headings_in(family.roles[role].span).iter().filter(is_unnamed);
    let introduction = below.iter().chain(unnamed.flat_map(|heading| &heading.blocks)).copied().chain(before);
    let paragraphs =
        introduction.flat_map(|block| std::iter::once(block).chain(tree.blocks_in(block))).filter(is_paragraph);
    let in_sections = family.all_sections_of(Owner::Role(role)).flat_map(move |section| {
        // What stands under a Job Grade is mostly the role's introduction.
        let kind = (section.kind != SectionKind::JobGrade).then_some(section.kind);
        let own = section.blocks.iter().copied().filter(is_paragraph);
        own.chain(section.items.iter().map(|item| item.text)).map(move |id| (kind, id))
    });
    paragraphs.map(|id| (None, id)).chain(in_sections)
}

struct Reader<'a> {
    tree: &'a Tree,
    facts: &'a Facts,
    family: &'a JobFamily,
    role: usize,
    cues: &'a CuesOnPage<'a, 'a>,
}

impl Reader<'_> {
    fn extension(&self, section: Option<SectionKind>, id: NodeId) -> Option<Extension> {
        let visible = self.tree.visible(id);
        let (cue, cue_end) = self.cues.first(visible.range())?;
        let (name_range, word) = name_after_cue(&visible, cue_end);
        let name = visible.text().get(name_range.clone()).unwrap_or("").to_owned();
        let linked = self.tree.descendants(id).any(|id| self.tree.node(id).link().is_some());
        let target = self.target(id, &name);
        let names = self.relation(&name, target);
        // "The Staff Analyst role extends the Senior Analyst role" speaks of the whole role, wherever it stands.
        let is_bullet =
            self.tree.parent(id).is_some_and(|parent| matches!(self.tree.node(parent).kind, NodeKind::Item { .. }));
        let section = section.filter(|_| is_bullet || cue.contains.is_none() || word.is_some());
        Some(Extension {
            span: visible.whole(),
            section,
            word,
            name_span: visible.span(name_range),
            name,
            target,
            names,
            opens: cue.starts.is_some(),
            linked,
        })
    }

    fn relation(&self, written: &str, target: Target) -> Relation {
        match target {
            Target::Role(role) => self.family.roles[role].called(written, &self.facts.levels),
            Target::Elsewhere | Target::Unknown => Relation::Same,
        }
    }

    fn target(&self, paragraph: NodeId, written: &str) -> Target {
        if let Some(target) = self.linked_target(paragraph) {
            return target;
        }
        let levels = &self.facts.levels;
        let name = RoleName::parse(written, levels);
        if name.is_empty() || written.split_whitespace().count() > 9 || !name.looks_like_role(levels) {
            return Target::Elsewhere;
        }
        self.role_named(&name).map_or(Target::Unknown, Target::Role)
    }

    /// The role that a name means: "Intermediate" is the unmarked one; a shorter name must fit one role only.
    fn role_named(&self, name: &RoleName) -> Option<usize> {
        let own = &self.family.roles[self.role];
        let others = || self.family.roles.iter().enumerate().filter(|(index, _)| *index != self.role);
        if let Some((index, _)) = others().find(|(_, role)| role.name.is_identical(name)) {
            return Some(index);
        }
        let compared = || others().take(MOST_COMPARED);
        if let Some((index, _)) = compared().find(|(_, role)| role.name.is_same(name)) {
            return Some(index);
        }
        if name.is_bare_level() {
            let fits =
                |role: &&(usize, &Role)| role.1.name.level() == name.level() && role.1.name.track() == own.name.track();
            return others()
                .find(|role| fits(&role) && role.1.base == own.base)
                .or_else(|| others().find(|role| fits(&role)))
                .map(|(index, _)| index);
        }
        compared()
            .filter(|(_, role)| role.name.level() == name.level())
            .find(|(_, role)| matches!(name.compare(&role.name), Relation::Shorter | Relation::Longer))
            .map(|(index, _)| index)
    }

    fn linked_target(&self, paragraph: NodeId) -> Option<Target> {
        let link = self.tree.descendants(paragraph).find_map(|id| self.tree.node(id).link())?;
        let Some(anchor) = link.url.strip_prefix('#') else { return Some(Target::Elsewhere) };
        self.family.role_of_anchor(anchor).map(Target::Role)
    }
}

/// The role that a cue names: what stands between the cue and "responsibilities", "requirements", "role".
fn name_after_cue(visible: &Visible<'_>, cue_end: usize) -> (Range<usize>, Option<(SectionKind, Span)>) {
    let lower = visible.text().to_ascii_lowercase();
    let word = section_word(&lower).map(|(kind, range)| (kind, visible.span(range)));
    let mut start = cue_end;
    while let Some(length) = filler_at(&lower[start..]) {
        start += length;
    }
    let rest = &lower[start..];
    let stop = sentence_end(rest, 0);
    let stop = stop - usize::from(rest[..stop].ends_with('.'));
    // One walk over the text with a look at the first letters, where a search for each end takes three times as long.
    let initials = Initials::of(NAME_ENDS);
    let begins = |at: usize, end: &str| rest.as_bytes()[at..stop].starts_with(end.as_bytes());
    let is_end = |at: &usize| initials.may_be(rest.as_bytes()[*at]) && NAME_ENDS.iter().any(|end| begins(*at, end));
    let end = (0..stop).find(is_end).unwrap_or(stop);
    let name = rest[..end].trim_end();
    (start..start + name.len(), word)
}

/// How long the word is with which a text begins, if it only leads to the name of a role.
fn filler_at(text: &str) -> Option<usize> {
    let filler = FILLERS.iter().find(|filler| text.starts_with(**filler)).map(|filler| filler.len());
    filler.or_else(|| {
        let word = text.split(' ').next()?;
        is_section_word(word).then_some(word.len())
    })
}

const FILLERS: [&str; 19] = [
    " ",
    "that of ",
    "upon ",
    "the ",
    "of ",
    "all ",
    ":",
    "and ",
    "for ",
    "a ",
    "an ",
    "includes ",
    "as ",
    "those ",
    "ones ",
    "thet ",
    "same ",
    ",",
    "both ",
];

const NAME_ENDS: [&str; 23] = [
    " as well as",
    "responsibilit",
    "requirement",
    "resposibilit",
    "responsibili",
    " role",
    " level",
    " position",
    " job",
    ";",
    ":",
    ", plus",
    " plus",
    ", but",
    ", and",
    " with ",
    " by ",
    " outlined",
    " listed",
    " described",
    " would ",
    " will ",
    " but ",
];

fn section_word(lower: &str) -> Option<(SectionKind, Range<usize>)> {
    let (kind, word) = match (lower.contains("responsibilities"), lower.contains("requirements")) {
        (true, false) => (SectionKind::Responsibilities, "responsibilities"),
        (false, true) => (SectionKind::Requirements, "requirements"),
        _ => return None,
    };
    let at = lower.find(word)?;
    // "the responsibilities and rquirements" means both, however the second is spelt.
    let means_both = lower.contains("responsibilities and r") || lower.contains("requirements and r");
    (!means_both).then_some((kind, at..at + word.len()))
}

/// The sentences "X reports to Y" of a paragraph.
fn reports_to_in(visible: &Visible<'_>) -> Vec<ReportsTo> {
    let text = visible.text();
    let mut found = Vec::new();
    if !text.contains(" report") {
        return found;
    }
    let mut start = 0;
    while start < text.len() {
        let end = sentence_end(text, start);
        found.extend(report_in(visible, start..end));
        start = end;
    }
    found
}

const REPORT_VERBS: [&str; 3] = [" reports to ", " reports directly to ", " report to "];

/// Who reports to whom in one sentence. What follows an "and" in it is about others.
fn report_in(visible: &Visible<'_>, sentence: Range<usize>) -> Option<ReportsTo> {
    let text = &visible.text()[sentence.clone()];
    let verb_at = |at: usize| REPORT_VERBS.into_iter().find(|verb| text[at..].starts_with(verb));
    let (at, verb) = text.match_indices(" report").find_map(|(at, _)| Some((at, verb_at(at)?)))?;
    let subject = text[..at].trim();
    let (bare, is_single) = strip_auxiliaries(strip_article(subject), verb);
    let bare_start =
        sentence.start + subject.len() - strip_article(subject).len() + text.len() - text.trim_start().len();
    let is_generic = fold(bare).split(' ').next().is_some_and(|word| matches!(word, "this" | "it" | "they" | "who"));
    // "The Analyst keeps the calendar and reports to": more than the name stands before the verb.
    let is_clause = bare.rsplit(' ').next().is_some_and(|word| matches!(word, "and" | "who" | "which" | "that"));
    Some(ReportsTo {
        span: visible.span(sentence),
        // "Analysts report to the Manager" says whom the manager leads.
        subject: if is_generic || is_clause || !is_single { String::new() } else { bare.to_owned() },
        subject_span: visible.span(bare_start..bare_start + bare.len()),
        object: object_in(&text[at + verb.len()..]).to_owned(),
        names: Relation::Same,
    })
}

/// To whom somebody reports, without what the sentence goes on with: "the Director, Tax and leads the team".
fn object_in(rest: &str) -> &str {
    let goes_on = |(at, and): &(usize, &str)| rest[at + and.len()..].starts_with(char::is_lowercase);
    let end = rest.match_indices(" and ").find(goes_on).map_or(rest.len(), |(at, _)| at);
    strip_article(rest[..end].trim().trim_end_matches(['.', ',', ' ']))
}

/// Takes "will", "may", "role" off the end of a subject; and whether it is one role that reports.
fn strip_auxiliaries<'a>(subject: &'a str, verb: &str) -> (&'a str, bool) {
    let mut bare = subject;
    let mut is_single = verb.starts_with(" reports");
    while let Some((before, word)) = bare.rsplit_once(' ') {
        match word {
            "will" | "may" | "would" | "can" | "could" | "should" | "must" | "shall" => is_single = true,
            "also" | "currently" | "typically" | "usually" | "generally" | "directly" | "role" | "position" => {}
            _ => break,
        }
        bare = before.trim_end();
    }
    (bare, is_single)
}

fn is_abbreviation(before: &str) -> bool {
    before.rsplit(' ').next().is_some_and(|word| matches!(word, "Sr" | "Jr" | "sr" | "jr" | "etc"))
}

fn sentence_end(text: &str, from: usize) -> usize {
    text[from..]
        .match_indices('.')
        .map(|(at, _)| from + at)
        .find(|at| text[at + 1..].starts_with(' ') && !is_abbreviation(&text[..*at]))
        .map_or(text.len(), |at| at + 1)
}

/// Whether a word is one of the two section names, misspelt or not.
fn is_section_word(word: &str) -> bool {
    word.len() > 8 && ["requirements", "responsibilities"].iter().any(|right| slips(word, right, 2).is_some())
}

fn strip_article(text: &str) -> &str {
    ["The ", "the ", "A ", "An ", "a ", "an "].iter().find_map(|article| text.strip_prefix(article)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_ends_where_the_sentence_goes_on() {
        assert_eq!(object_in("the Director, Tax and leads the team that files."), "Director, Tax");
        assert_eq!(object_in("the Manager, Sales and Marketing."), "Manager, Sales and Marketing");
        assert_eq!(object_in("VP of Tax, and is one of many"), "VP of Tax");
    }
}
