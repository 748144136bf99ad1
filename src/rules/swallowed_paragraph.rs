use crate::declare_rule;
use crate::diagnostic::Safety;
use crate::facts::SectionKind;
use crate::lists::{Continuation, begins_like_bullet, is_closing};
use crate::model::{Item, Section};
use crate::rule::{RuleContext, Sink};
use crate::source::Span;
use crate::syntax::NodeId;
use crate::text::folded_opening;

declare_rule! {
    /// The sentence that closes a list has no blank line above it, so the page shows it as the end of the last bullet.
    ///
    /// Or it has a marker, as the sentence that introduces the steps of a hiring process may have: then the page shows it
    /// as one of them.
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
    /// ```markdown
    /// ## Hiring Process
    ///
    /// - Candidates can expect the hiring process to follow the order below.
    /// - A call with a recruiter
    /// - An interview with the team
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
    check_lines(cx, sink);
    for section in cx.family.sections.iter().filter(|section| section.kind == SectionKind::HiringProcess) {
        check_steps(cx, section, sink);
    }
}

/// A closing sentence that follows the last bullet at once.
fn check_lines(cx: &RuleContext<'_>, sink: &mut Sink) {
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
        .fix(Safety::Safe, "Insert a blank line", Span::at(line.span.start), cx.source.line_end());
}

/// Sentences about the steps of a hiring process that stand among them: in the first place or in the last.
fn check_steps(cx: &RuleContext<'_>, section: &Section, sink: &mut Sink) {
    let steps: Vec<&Item> = section.items.iter().filter(|item| item.parent.is_none()).collect();
    let [first, _, .., last] = steps.as_slice() else { return };
    let text = |item: &Item| cx.tree.visible(item.text).text();
    // "Details of the offer" is a step, what says where more about the process stands is none.
    let is_about_process = |item: &Item| ["page", "process", "handbook"].iter().any(|word| text(item).contains(word));
    let closes = |item: &Item| cx.facts.lists.closings.open(text(item)) && is_about_process(item);
    if cx.facts.lists.introductions.are_in(text(first)) {
        report_step(cx, first, "introduction", sink);
    } else if closes(first) {
        report_step(cx, first, "closing sentence", sink);
    }
    if closes(last) {
        report_step(cx, last, "closing sentence", sink);
    }
}

fn report_step(cx: &RuleContext<'_>, item: &Item, name: &str, sink: &mut Sink) {
    let message = format!("The {name} is shown as a step of the list");
    sink.report(item.span, item.key(cx.tree), message)
        .help("Take its marker out, and leave a blank line between the sentence and the list");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    #[test]
    fn only_the_ends_of_a_hiring_process_have_sentences_about_it() {
        let told = |markdown: &str| RULE.findings(&Source::new("x.md", markdown)).len();
        let steps = "- A call\n- An interview, as our hiring page says\n- More information is on our hiring page.\n";
        assert_eq!(told(&format!("## Hiring Process\n\n{steps}")), 1);
        assert_eq!(told(&format!("## Hiring Process\n\n{steps}- An offer\n")), 0);
        assert_eq!(told(&format!("## Responsibilities\n\n{steps}")), 0);
        assert_eq!(told("## Hiring Process\n\n- A call\n- An interview\n- Details of the offer\n"), 0);
        assert_eq!(told("## Hiring Process\n\n- A call\n- Details are on our hiring page\n"), 0);
    }
}
