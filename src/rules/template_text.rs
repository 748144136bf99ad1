use std::ops::Range;

use crate::declare_rule;
use crate::diagnostic::Safety;
use crate::facts::{TemplatePhrase, TemplateTextFacts};
use crate::model::RoleName;
use crate::prose::{Block, BlockKind, Mark, WordId};
use crate::rule::{RuleContext, Sink};
use crate::source::Span;
use crate::text::{fold, folded_opening, opening};

declare_rule! {
    /// A part of the job-family template was not filled in, or its braces were left round what was.
    ///
    /// The template says in braces what to write: `{add job family title}`, `{Role name}`. What is left of that shows up
    /// on the page. Where the braces only stand round a real role, they go; the rest is for a person to write.
    ///
    /// Code, and the templates of the site's generator, have braces of their own and are left alone.
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// ### Job Grade
    ///
    /// The {Tax Analyst} is a [grade 6](/handbook/#gitlab-job-grades).
    ///
    /// ### Responsibilities
    ///
    /// - {add a bulleted list]
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// ### Job Grade
    ///
    /// The Tax Analyst is a [grade 6](/handbook/#gitlab-job-grades).
    ///
    /// ### Responsibilities
    ///
    /// - Answers mails that begin with `Hi {CONTRIBUTOR_NAME}`
    /// ```
    "template-text", Content, Error, fix: Unsafe; check
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    let mut instructions = cx.wording().instruction_candidates().peekable();
    for (index, block) in cx.prose().blocks().iter().enumerate() {
        let candidates = instructions.next_if(|found| found[0].block == index).unwrap_or_default();
        let mut bracketed = false;
        for (range, bracket) in brackets(block.text(), cx.prose().marks(block)) {
            if let Some(kind) = kind_of(cx, block, range.clone(), bracket) {
                bracketed = true;
                report(cx, block, range, kind, sink);
            }
        }
        if !bracketed {
            bare(cx, block, candidates, sink);
        }
    }
    tags(cx, sink);
}

/// What stands in brackets of the template.
#[derive(Clone, Copy)]
enum Kind {
    /// A real role, whose braces were forgotten.
    Filled,
    /// What is to be written.
    Instruction,
}

/// In bytes: longer texts in brackets are a writer's own.
const LONGEST: usize = 160;

/// In characters: so much of a phrase tells it from others.
const KEY_LENGTH: usize = 60;

/// The texts in braces or square brackets, with their brackets and the opening one. The template itself closes one of
/// its braces with `]`.
fn brackets<'b>(text: &'b str, marks: &'b [Mark]) -> impl Iterator<Item = (Range<usize>, u8)> + 'b {
    let bytes = text.as_bytes();
    marks.iter().filter(|mark| matches!(mark.sign, '{' | '[')).map(Mark::at).filter_map(|start| {
        let limit = bytes.len().min(start + LONGEST);
        let length = bytes[start + 1..limit].iter().position(|byte| matches!(byte, b'}' | b']' | b'{' | b'['))?;
        let end = start + 1 + length;
        let closes = bytes[end] == b'}' || bytes[end] == b']';
        closes.then_some((start..end + 1, bytes[start]))
    })
}

fn kind_of(cx: &RuleContext<'_>, block: &Block<'_>, range: Range<usize>, bracket: u8) -> Option<Kind> {
    let inside = block.text().get(range.start + 1..range.end - 1)?;
    let facts = &cx.facts.template_text;
    if !is_words(inside) || !is_prose(cx, block, &range) {
        return None;
    }
    if is_instruction(&fold(inside), facts) {
        return Some(Kind::Instruction);
    }
    // Square brackets have other uses too, and a small letter or word alone is a variable.
    let is_variable = !inside.contains(char::is_uppercase) && !is_phrase(inside);
    if bracket == b'[' || is_doubled(block.text(), &range) || is_variable {
        return None;
    }
    let name = RoleName::parse(inside, &cx.facts.levels);
    Some(if name.has_role_noun(&cx.facts.levels) { Kind::Filled } else { Kind::Instruction })
}

/// Words as people write them, no identifier and no code.
fn is_words(inside: &str) -> bool {
    inside.starts_with(|c: char| c.is_alphabetic() || c == ' ')
        && inside.contains(char::is_alphabetic)
        && !inside.contains(['_', '"', '=', '$', '<', '>', '|', '@', '`', '\\', '*'])
}

/// "next step": several words and nothing else.
fn is_phrase(inside: &str) -> bool {
    inside.trim().contains(' ') && inside.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '\''))
}

fn is_instruction(folded: &str, facts: &TemplateTextFacts) -> bool {
    let first = folded.split(' ').next().unwrap_or(folded);
    let has_more = first.len() < folded.len();
    (has_more && facts.verbs.iter().any(|verb| verb == first)) || facts.slots.iter().any(|slot| slot == folded)
}

/// `{{ x }}` belongs to some other tool.
fn is_doubled(text: &str, range: &Range<usize>) -> bool {
    text[..range.start].ends_with(['{', '$', '\\']) || text[range.end..].starts_with('}')
}

/// Whether the brackets stand in text, not in code or an address, and are no link that went wrong.
fn is_prose(cx: &RuleContext<'_>, block: &Block<'_>, range: &Range<usize>) -> bool {
    if block.text()[range.end..].starts_with(['[', '(']) || block.text()[..range.start].ends_with(']') {
        return false;
    }
    block.node.is_none() || cx.prose().is_plain(block, range)
}

fn report(cx: &RuleContext<'_>, block: &Block<'_>, range: Range<usize>, kind: Kind, sink: &mut Sink) {
    let span = block.span(range.clone());
    let written = &block.text()[range.clone()];
    let inside = &written[1..written.len() - 1];
    let key = folded_opening(inside);
    match kind {
        Kind::Filled => {
            let message = format!("The braces of the template are left round `{inside}`");
            let finding = sink.report(span, key, message).help("Take the braces out");
            if block.is_verbatim(cx.source, range) {
                finding.fix(Safety::Unsafe, "Take the braces out", span, inside.trim());
            }
        }
        Kind::Instruction => {
            sink.report(span, key, format!("`{written}` is left over from the template"))
                .help("Write what the template asks for here, or take it out");
        }
    }
}

/// Instructions without brackets: one of the template's own, or the title of a page that is still the template's.
fn bare(cx: &RuleContext<'_>, block: &Block<'_>, candidates: &[WordId], sink: &mut Sink) {
    let Some(range) = bare_phrase(cx, block, candidates).or_else(|| untitled(cx, block)) else { return };
    let written = opening(&block.text()[range.clone()], KEY_LENGTH);
    sink.report(block.span(range), fold(&written), format!("`{written}` is left over from the template"))
        .help("Write what the template asks for here, or take it out");
}

/// A phrase of the template, to the end of its sentence.
fn bare_phrase(cx: &RuleContext<'_>, block: &Block<'_>, candidates: &[WordId]) -> Option<Range<usize>> {
    let text = block.text();
    let start = candidates.iter().map(|id| cx.prose().at(*id).word().range().start).find(|start| {
        let begins = |known: &TemplatePhrase| begins_with_words(&text[*start..], &known.phrase);
        cx.facts.template_text.phrases.iter().any(begins)
    })?;
    let rest = &text[start..];
    let end = rest.find(['.', '_', '*', '\n', '}', ']']).unwrap_or(rest.len());
    Some(start..start + rest[..end].trim_end().len())
}

/// Whether a text begins with some words, whatever their case.
fn begins_with_words(text: &str, words: &str) -> bool {
    let same = text.get(..words.len()).is_some_and(|start| start.eq_ignore_ascii_case(words));
    same && !text[words.len()..].starts_with(char::is_alphanumeric)
}

fn untitled(cx: &RuleContext<'_>, block: &Block<'_>) -> Option<Range<usize>> {
    let folded = (block.kind == BlockKind::Title).then(|| fold(block.text()))?;
    let is_slot = folded.contains(' ') && cx.facts.template_text.slots.contains(&folded);
    is_slot.then(|| 0..block.text().len())
}

/// `<Role name>` is a tag to Markdown, and nothing of it is seen.
fn tags(cx: &RuleContext<'_>, sink: &mut Sink) {
    for span in cx.tree.html() {
        let html = cx.source.slice(*span);
        if let Some(inside) = tag_text(html).filter(|text| is_left_over(text, &cx.facts.template_text)) {
            let written = html.trim();
            let place = Span::new(span.start, span.start + written.len());
            sink.report(
                place,
                fold(inside),
                format!("`{written}` is left over from the template and cannot be seen on the page"),
            )
            .help("Write what the template asks for here, or take it out");
        }
    }
}

fn tag_text(html: &str) -> Option<&str> {
    let inside = html.trim().strip_prefix('<')?.strip_suffix('>')?;
    (is_words(inside) && !inside.contains('/')).then_some(inside)
}

/// Elements of HTML that are called like a slot are none.
fn is_left_over(inside: &str, facts: &TemplateTextFacts) -> bool {
    let folded = fold(inside);
    !matches!(folded.as_str(), "title" | "link" | "select") && is_instruction(&folded, facts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Facts;
    use crate::source::Source;

    fn found(text: &str) -> Vec<String> {
        let source = Source::new("x.md", text);
        RULE.findings(&source).iter().map(|finding| source.slice(finding.span).to_owned()).collect()
    }

    #[test]
    fn every_phrase_fires_on_its_example() {
        for known in &Facts::embedded().template_text.phrases {
            assert_eq!(found(&known.example).len(), 1, "{}", known.example);
        }
    }

    #[test]
    fn all_forms_of_the_template_are_found() {
        let cases = [
            ("- {add a bulleted list]", "{add a bulleted list]"),
            ("#### {Level} Responsibilities", "{Level}"),
            ("{Insert hiring process steps here.}", "{Insert hiring process steps here.}"),
            ("Reports to [Job Title].", "[Job Title]"),
            ("- A case study: [link to the case study]", "[link to the case study]"),
            ("The next step is {next step}.", "{next step}"),
            ("See the <Role name> page.", "<Role name>"),
            ("<insert link here>", "<insert link here>"),
            ("---\ntitle: \"Job Family Title\"\n---\n", "Job Family Title"),
            ("---\ntitle: \"{Role at https://a.b}\"\n---\n", "{Role at https://a.b}"),
            (
                "---\ntitle: x\ndescription: \" _add high level description of job family_ \"\n---\n",
                "add high level description of job family",
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(found(text), [expected], "{text}");
        }
    }

    #[test]
    fn braces_of_others_are_none() {
        let cases = [
            "```\nHi {CONTRIBUTOR_NAME}\n```",
            "Write `{Role name}` there",
            "Hi {CONTRIBUTOR_NAME}",
            "{{ page.title }}",
            "## Heading\n{:.no_toc}",
            "<%= partial 'x', :locals => { :roleName => \"Add role\" } %>",
            "Set {n} and {1, 2} of {teams}",
            "[link to them][list] and [link to us](/x) and [link to all]\n\n[list]: /x\n[link to all]: /y",
            "[Level][levels] of [add-ons](/x)",
            "Adds job title changes, and [x] checks",
            "<br> and <span style=\"x\">y</span>",
        ];
        for text in cases {
            assert!(found(text).is_empty(), "{text}: {:?}", found(text));
        }
    }
}
