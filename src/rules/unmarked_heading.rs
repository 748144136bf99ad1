use crate::declare_rule;
use crate::diagnostic::Safety;
use crate::model::{UnmarkedHeading, marks, may_be_name};
use crate::prose::{Block, BlockKind};
use crate::rule::{RuleContext, Sink};
use crate::source::Span;
use crate::text::key;

declare_rule! {
    /// The name of a section is bold or plain text, where its heading should be, or a heading lacks the blank behind its `#`.
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
    ///
    /// ####Requirements
    ///
    /// - Ability to use GitLab
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
    ///
    /// #### Requirements
    ///
    /// - Ability to use GitLab
    /// ```
    "unmarked-heading", Structure, Info, fix: Unsafe; check
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    check_names(cx, sink);
    for block in cx.prose().blocks().iter().filter(|block| block.kind == BlockKind::Paragraph) {
        check_marks(cx, block, sink);
    }
}

/// `###Requirements` and `####### Requirements`: Markdown makes paragraphs of both. One `#` may begin the name of a channel.
fn check_marks(cx: &RuleContext<'_>, block: &Block<'_>, sink: &mut Sink) {
    let line = block.text().lines().next().unwrap_or("").trim_end();
    let after = line.trim_start_matches('#');
    let marks = &line[..line.len() - after.len()];
    let name = if marks.len() > DEEPEST { after.trim_start() } else { after };
    let is_name = name.starts_with(char::is_uppercase) && may_be_name(name);
    let is_escaped = || cx.source.slice(Span::new(0, block.span(0..marks.len()).start)).ends_with('\\');
    let is_written = || {
        let is_plain = cx.prose().is_plain(block, &(0..marks.len()));
        block.is_verbatim(cx.source, 0..marks.len()) && is_plain && !is_escaped()
    };
    if marks.len() < 2 || !is_name || !is_written() {
        return;
    }
    let span = block.span(0..line.len());
    if marks.len() > DEEPEST {
        let message = format!("`{line}` is no heading: there are none with more than six `#`");
        sink.report(span, key(name), message).help(format!("Write `{} {name}`, or fewer `#`", &marks[..DEEPEST]));
    } else {
        let message = format!("`{line}` is no heading: a blank is missing after `{marks}`");
        let end = block.span(marks.len()..marks.len());
        sink.report(span, key(name), message).help(format!("Write `{marks} {name}`")).fix(
            Safety::Unsafe,
            format!("Change it to `{marks} {name}`"),
            end,
            " ",
        );
    }
}

/// The signs of the deepest heading of Markdown.
const DEEPEST: usize = 6;

fn check_names(cx: &RuleContext<'_>, sink: &mut Sink) {
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
    let marks = marks(first.depth.min(6));
    let others = match rest.len() {
        0 => String::new(),
        1 => ", and the other one, too".to_owned(),
        more => format!(", and the {more} others, too"),
    };
    format!("Make it a heading, `{marks} {name}`{others}")
}

#[cfg(test)]
mod tests {
    use crate::source::Source;

    #[test]
    fn a_blank_is_missing_where_a_heading_was_meant() {
        let told = |markdown: &str| super::RULE.findings(&Source::new("x.md", markdown)).len();
        for (markdown, count) in [
            ("###Requirements\n\n- Cares\n", 1),
            ("##Career Ladder\nNone.\n", 1),
            ("### Requirements\n", 0),
            ("#TaxTeam is our channel\n", 0),
            ("##tax\n", 0),
            ("#######Tax\n", 1),
            ("####### Job Grade\n\nIt is a grade 6.\n", 1),
            ("####### tax\n", 0),
            ("##\u{c9}tat\n", 1),
            ("`##Tax`\n", 0),
            ("\\##Tax\n", 0),
            ("##Whoever reads this wants to know what a heading with nine words\n", 0),
        ] {
            assert_eq!(told(markdown), count, "{markdown}");
        }
    }
}
