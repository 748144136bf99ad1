use crate::declare_rule;
use crate::diagnostic::Safety;
use crate::lists::begin_bullet;
use crate::rule::{RuleContext, Sink};
use crate::text::{folded_opening, opening};

declare_rule! {
    /// Two bullets stand on one line, so the page shows the second marker as a character of the first bullet.
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// ### Responsibilities
    ///
    /// - Prepares the tax returns. * Answers the questions of the authorities
    /// - Keeps the records up to date. - Files them
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// ### Responsibilities
    ///
    /// - Prepares the tax returns.
    /// - Answers the questions of the authorities
    /// - Keeps the records up to date, e.g. - Invoices
    /// ```
    "run-together-bullets", Lists, Warning, fix: Unsafe; check
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    let abbreviations = &cx.facts.terms.rows().abbreviations;
    for found in cx.inner_markers().iter().filter(|found| found.parts_sentences(abbreviations)) {
        let after = found.after.trim_start();
        let finding = sink
            .report(found.span, folded_opening(after), format!("A second bullet begins here: `{}`", opening(after, 60)))
            .help("Begin a new line with it")
            .caption("the marker of the second bullet");
        if let Some(start) = begin_bullet(cx.source, cx.tree, found.paragraph) {
            finding.fix(Safety::Unsafe, "Make it a bullet of its own", found.with_blanks, start);
        }
    }
}
