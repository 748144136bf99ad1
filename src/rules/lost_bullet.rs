use crate::declare_rule;
use crate::diagnostic::Safety;
use crate::lists::{Continuation, begins_like_bullet, goes_on, is_closing, is_wrapped, marker};
use crate::rule::{RuleContext, Sink};
use crate::source::Span;
use crate::text::{folded_opening, opening};

declare_rule! {
    /// A line in a list has lost its marker, so the page shows it as the end of the bullet above.
    ///
    /// Two requirements become one long sentence, and nobody who reads the page can tell. A line counts when it begins
    /// with a capital in the column of the markers, and the line above does not go on in it. Pages whose lines are
    /// wrapped by hand are left alone.
    ///
    /// Where the line does belong to the bullet above, indent it below the bullet's text.
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// ### Requirements
    ///
    /// - Experience with tax law
    /// Ability to use GitLab
    /// - Excellent written English
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
    "lost-bullet", Lists, Warning, fix: Unsafe; check
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    let lines = cx.continuations();
    let is_wrapped = is_wrapped(cx.source, lines);
    for line in lines.iter().filter(|line| is_lost(cx, line, is_wrapped)) {
        report(cx, line, sink);
    }
}

/// A line above that is shorter than this was not broken because it was full.
const SHORT_LINE: usize = 60;

fn is_lost(cx: &RuleContext<'_>, line: &Continuation, is_wrapped: bool) -> bool {
    let (text, above) = (cx.source.slice(line.span), cx.source.slice(line.previous));
    line.beside.is_some()
        && begins_like_bullet(text)
        && !goes_on(above, &cx.facts.lists)
        && !is_rest_of_name(text)
        && !has_marker(text)
        && (!is_wrapped || above.len() < SHORT_LINE)
        && !is_closing(text, cx.facts)
}

/// `*Ability to lead`, which lacks its blank only, is another slip; `*Able* to lead` has emphasis.
fn has_marker(text: &str) -> bool {
    text.strip_prefix('*').is_some_and(|rest| !rest.contains('*'))
}

/// "Extends that of the Analyst", and "Manager." on a line of its own.
fn is_rest_of_name(text: &str) -> bool {
    text.ends_with('.') && !text.contains(' ')
}

fn report(cx: &RuleContext<'_>, line: &Continuation, sink: &mut Sink) {
    let text = cx.source.slice(line.span);
    let finding = sink
        .report(line.span, folded_opening(text), format!("`{}` has lost its bullet", opening(text, 60)))
        .help(format!("Put `{}` before it; if it belongs to the bullet above, indent it", cx.usual_marker()))
        .caption("shown as the end of the bullet above")
        .label(line.previous, "this bullet");
    // A whole sentence about the role may as well be a paragraph of its own.
    let is_sentence = text.starts_with("The ") && text.ends_with('.');
    if let Some(item) = line.beside.filter(|_| !is_sentence) {
        let marker = marker(cx.source, cx.tree, item);
        finding.fix(Safety::Unsafe, "Make it a bullet", Span::at(line.span.start), marker);
    }
}

#[cfg(test)]
mod tests {
    use crate::source::Source;

    #[test]
    fn a_marker_without_its_blank_is_another_slip() {
        let count = |line: &str| {
            let page = format!("### Requirements\n\n* Knows the law\n{line}\n* Knows the board\n");
            super::RULE.findings(&Source::new("x.md", page)).len()
        };
        assert_eq!(count("Able to lead"), 1);
        assert_eq!(count("*Able* to lead"), 1);
        assert_eq!(count("*Able to lead"), 0);
    }
}
