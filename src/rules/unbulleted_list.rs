use crate::declare_rule;
use crate::diagnostic::{Edit, Safety};
use crate::facts::SectionKind;
use crate::lists::{begins_like_bullet, goes_on, trimmed};
use crate::rule::{RuleContext, Sink};
use crate::source::Span;
use crate::syntax::{NodeId, NodeKind};
use crate::text::{folded_opening, opening};

declare_rule! {
    /// Lines that are meant as a list have no markers, so the page shows them as one paragraph.
    ///
    /// Three or more short lines in a section, each beginning with a capital, become a wall of text without a full
    /// stop. Prose that is wrapped by hand is left alone, and so are lines that end with a line break.
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// ### Requirements
    ///
    /// Experience with tax law
    /// Ability to use GitLab
    /// Excellent written English
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// ### Requirements
    ///
    /// - Experience with tax law
    /// - Ability to use GitLab
    /// - Excellent written English
    /// ```
    "unbulleted-list", Lists, Warning, fix: Unsafe; check
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    for section in cx.family.sections.iter().filter(|section| holds_list(section.kind)) {
        for block in section.blocks.iter().filter(|block| cx.tree.node(**block).kind.is_paragraph()) {
            check_paragraph(cx, *block, sink);
        }
    }
}

fn holds_list(kind: SectionKind) -> bool {
    !matches!(kind, SectionKind::JobGrade | SectionKind::CareerLadder)
}

/// Fewer lines may be two sentences.
const LEAST: usize = 3;

/// In bytes. What is longer is a paragraph itself.
const LONGEST: usize = 240;

fn check_paragraph(cx: &RuleContext<'_>, paragraph: NodeId, sink: &mut Sink) {
    let span = cx.tree.node(paragraph).span;
    let (first, last) = (cx.source.line_of(span.start), cx.source.line_of(span.end.saturating_sub(1)));
    if last + 1 < first + LEAST || has_line_break(cx, paragraph) {
        return;
    }
    let mut lines: Vec<Span> = (first..=last).map(|line| trimmed(cx.source, cx.source.line_span(line))).collect();
    let introduces = lines.first().is_some_and(|line| cx.source.slice(*line).ends_with(':'));
    let introduction = introduces.then(|| lines.remove(0));
    let goes_on = |line: &Span| goes_on(cx.source.slice(*line), &cx.facts.lists);
    let is_entry = |line: &Span| {
        let text = cx.source.slice(*line);
        text.len() < LONGEST && begins_like_bullet(text.trim_start_matches('['))
    };
    let all_but_last = lines.len().saturating_sub(1);
    if lines.len() >= LEAST && lines.iter().all(is_entry) && !lines.iter().take(all_but_last).any(goes_on) {
        report(cx, introduction, &lines, sink);
    }
}

/// A line break that was meant: the page shows the lines as lines.
fn has_line_break(cx: &RuleContext<'_>, paragraph: NodeId) -> bool {
    let breaks = cx.tree.descendants(paragraph).filter(|id| cx.tree.node(*id).kind == NodeKind::LineBreak).count();
    let soft = cx.tree.descendants(paragraph).filter(|id| cx.tree.node(*id).kind == NodeKind::SoftBreak).count();
    breaks > soft
}

fn report(cx: &RuleContext<'_>, introduction: Option<Span>, lines: &[Span], sink: &mut Sink) {
    let Some(first) = lines.first() else { return };
    let text = cx.source.slice(*first);
    // A numbered list could not begin below a paragraph everywhere; a marker can.
    let marker = cx.usual_marker();
    let first_marker =
        if introduction.is_some() { format!("{}{marker}", cx.source.line_end()) } else { marker.to_owned() };
    let mut edits = vec![Edit { span: Span::at(first.start), replacement: first_marker }];
    edits.extend(lines[1..].iter().map(|line| Edit { span: Span::at(line.start), replacement: marker.to_owned() }));
    let message = format!("{} lines from `{}` on are a list without markers", lines.len(), opening(text, 50));
    sink.report(*first, folded_opening(text), message)
        .help(format!("Put `{marker}` before each line"))
        .caption("shown as one paragraph with the lines below")
        .fix_edits(Safety::Unsafe, "Make each line a bullet", edits);
}
