use std::ops::Range;

use crate::declare_rule;
use crate::diagnostic::Safety;
use crate::facts::SectionKind;
use crate::model::{Container, Heading, HeadingClass, marks};
use crate::rule::{Finding, RuleContext, Sink};
use crate::text::key;

declare_rule! {
    /// A heading is more than one level deeper than the heading before it.
    ///
    /// Screen readers and tables of contents show a gap where the level between is missing, and it is mostly the trace
    /// of a heading that has the wrong level itself.
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// ## Tax Analyst
    ///
    /// #### Responsibilities
    ///
    /// - Prepares the tax returns
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// ## Tax Analyst
    ///
    /// ### Responsibilities
    ///
    /// - Prepares the tax returns
    /// ```
    "skipped-heading-level", Structure, Warning, fix: Unsafe, yields_to: ["merge-conflict", "misplaced-section"]; check
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    for (index, pair) in cx.family.headings.windows(2).enumerate() {
        if let [before, heading] = pair
            && heading.depth > before.depth + 1
        {
            report(cx, index + 1, before, heading, sink);
        }
    }
}

fn report(cx: &RuleContext<'_>, index: usize, before: &Heading, heading: &Heading, sink: &mut Sink) {
    let right = before.depth + 1;
    let message = format!(
        "`{}` has `{}`, and the heading before it `{}`",
        heading.text,
        marks(heading.depth),
        marks(before.depth)
    );
    let mut finding = sink
        .report(heading.text_span, key(&heading.folded), message)
        .label(before.text_span, marks(before.depth))
        .help(format!("Make it a `{}` heading, and those beside it too", marks(right)));
    if let Some(edits) = cx.change_depth(run(cx, index), heading.depth, right) {
        finding =
            finding.fix_edits(Safety::Unsafe, format!("Change it and those beside it to `{}`", marks(right)), edits);
    }
    if heading.depth == right + 1 && is_beside_levels(cx, before) {
        deeper_role(cx, index - 1, right, finding);
    }
}

/// A role that stands beside the heading `Levels` under which it belongs.
fn is_beside_levels(cx: &RuleContext<'_>, heading: &Heading) -> bool {
    let is_levels = |container: &&Container| container.kind == SectionKind::Levels;
    let mut levels = cx.family.containers.iter().filter(is_levels).map(|levels| &cx.family.headings[levels.heading]);
    matches!(heading.class, HeadingClass::Role(_)) && levels.any(|levels| levels.depth == heading.depth)
}

/// Its sections are too deep, or it is itself too shallow: both are corrections.
fn deeper_role(cx: &RuleContext<'_>, role: usize, depth: u8, finding: Finding<'_>) {
    let heading = &cx.family.headings[role];
    if let Some(edits) = cx.change_depth(role..role + 1, heading.depth, depth) {
        let marks = marks(depth);
        finding
            .help(format!("Make `{}` a `{marks}` heading, or take a `#` from those below it", heading.text))
            .fix_edits(Safety::Unsafe, format!("Change `{}` to `{marks}`", heading.text), edits);
    }
}

/// A heading and all after it that are as deep or deeper: they keep their places to each other.
fn run(cx: &RuleContext<'_>, first: usize) -> Range<usize> {
    let headings = &cx.family.headings[first..];
    let count = headings.iter().take_while(|heading| heading.depth >= headings[0].depth).count();
    first..first + count
}
