use crate::declare_rule;
use crate::rule::{RuleContext, Sink};

declare_rule! {
    /// Text that only holds the place of what is still to be written.
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// ### Responsibilities
    ///
    /// TBD
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// ### Responsibilities
    ///
    /// - Answer the tickets of customers
    /// ```
    "placeholder", Content, Warning; check
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    for (at, word) in cx.source.text().match_indices("TBD") {
        sink.report(crate::source::Span::new(at, at + word.len()), word, "This section is not written yet: `TBD`")
            .help("Write it, or take the section out");
    }
}
