use crate::declare_rule;
use crate::diagnostic::Safety;
use crate::lists::{Continuation, begins_like_bullet, is_closing, line_end};
use crate::rule::{RuleContext, Sink};
use crate::source::Span;
use crate::syntax::NodeId;
use crate::text::folded_opening;

declare_rule! {
    /// The sentence that closes a list has no blank line above it, so the page shows it as the end of the last bullet.
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// ## Hiring Process
    ///
    /// - A call with a recruiter
    /// - An interview with the team
    /// Additional details about our process can be found on our [hiring page](/handbook/hiring/).
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// ## Hiring Process
    ///
    /// - A call with a recruiter
    /// - An interview with the team
    ///
    /// Additional details about our process can be found on our [hiring page](/handbook/hiring/).
    /// ```
    "swallowed-paragraph", Lists, Warning, fix: Safe; check
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    let mut last = None;
    for line in cx.continuations() {
        let text = cx.source.slice(line.span);
        // After the first closing sentence all that follows belongs to it.
        if last != Some(line.paragraph) && begins_like_bullet(text) && is_closing(text, cx.facts) && ends_list(cx, line)
        {
            last = Some(line.paragraph);
            report(cx, line, sink);
        }
    }
}

/// No list that is written by hand is nested deeper.
const DEEPEST: usize = 32;

/// Whether the list ends with this bullet, and the line stands where a paragraph of the page would.
fn ends_list(cx: &RuleContext<'_>, line: &Continuation) -> bool {
    let end = cx.tree.node(line.paragraph).span.end;
    let outermost =
        cx.tree.ancestors(line.paragraph).take(DEEPEST).find(|id| cx.tree.parent(*id) == Some(NodeId::ROOT));
    let is_last = outermost.is_some_and(|list| {
        let node = cx.tree.node(list);
        node.kind.is_list() && node.span.end == end
    });
    is_last && cx.source.whole_lines(line.span).start == line.span.start
}

fn report(cx: &RuleContext<'_>, line: &Continuation, sink: &mut Sink) {
    let key = folded_opening(cx.source.slice(line.span));
    sink.report(line.span, key, "The closing sentence runs into the last bullet")
        .help("Leave a blank line between the list and the sentence")
        .caption("shown as the end of the bullet above")
        .label(line.previous, "the last bullet")
        .fix(Safety::Safe, "Insert a blank line", Span::at(line.span.start), line_end(cx.source));
}
