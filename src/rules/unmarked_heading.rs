use crate::declare_rule;
use crate::model::UnmarkedHeading;
use crate::rule::{RuleContext, Sink};
use crate::text::key;

declare_rule! {
    /// The name of a section is bold or plain text, where its heading should be.
    ///
    /// Nobody finds the section in the table of contents, no link arrives at it, and tools take its list for a part of the
    /// section above. A page gets one finding for all such names. Words before a colon ("Nice-to-haves:") lead over to a
    /// list and are fine.
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// ### Tax Analyst
    ///
    /// **Responsibilities**
    ///
    /// - Prepares the tax returns
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// ### Tax Analyst
    ///
    /// #### Responsibilities
    ///
    /// - Prepares the tax returns
    /// ```
    "unmarked-heading", Structure, Info; check
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    let unmarked = cx.family.unmarked_headings(cx.tree, cx.facts);
    let Some((first, rest)) = unmarked.split_first() else { return };
    let name = name_of(cx, first);
    let text = if first.is_bold { "bold" } else { "plain" };
    let place = |unmarked: &UnmarkedHeading| cx.tree.visible(unmarked.paragraph).whole();
    sink.report(place(first), key(name), format!("`{name}` is {text} text where a heading should be"))
        .help(help(name, first, rest))
        .labels(rest.iter().map(place), "here too");
}

fn name_of<'a>(cx: &RuleContext<'a>, unmarked: &UnmarkedHeading) -> &'a str {
    cx.tree.visible(unmarked.paragraph).text().trim().trim_end_matches(':')
}

fn help(name: &str, first: &UnmarkedHeading, rest: &[UnmarkedHeading]) -> String {
    let marks = "#".repeat((first.depth_above + 1).min(6).into());
    let others = match rest.len() {
        0 => String::new(),
        1 => ", and the other one, too".to_owned(),
        more => format!(", and the {more} others, too"),
    };
    format!("Make it a heading, `{marks} {name}`{others}")
}
