use std::ops::Range;

use memchr::memmem;

use crate::declare_rule;
use crate::prose::{Block, Mark};
use crate::punctuation::unpaired::{
    BOLD, Lonely, OPENING, WrongQuote, is_bracket, is_quote, lonely_bold, lonely_bracket, without_pairs, wrong_quote,
};
use crate::rule::{RuleContext, Sink};
use crate::text::{fold, opening};

declare_rule! {
    /// A bracket or a quotation mark is opened and not closed, or closed and not opened.
    ///
    /// The reader cannot tell where the remark ends. Brackets of links are none here; `1)`, `a)`, smileys, inches, and a
    /// remark that goes on over several paragraphs or bullets are left alone. A quote that opens with a straight mark and
    /// closes with a curly one is told too, and so is bold text of which one `**` is missing. Two asterisks behind a word are
    /// a footnote's where a remark that begins with them follows.
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// - Net ARR (First Order & Growth
    /// ```
    ///
    /// ```markdown
    /// - Write the "First Order report
    /// - Write the "Growth” report
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// - Net ARR (First Order & Growth)
    /// - 1) manager(s), 2) the 401(k) :)
    /// - Write the "Growth" report on a 13" screen
    /// ```
    "unbalanced-bracket", Prose, Warning, yields_to: ["malformed-link", "template-text"]; check
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    let mut bracketed = Vec::new();
    let mut quoted = Vec::new();
    for (index, block) in cx.prose().blocks().iter().enumerate() {
        let has = |is: fn(&Mark) -> bool| cx.prose().marks(block).iter().any(is);
        if has(|mark| is_bracket(mark) || is_quote(mark)) {
            bracketed.push((index, block));
            // Quotes of the front matter may be those of YAML.
            quoted.extend((block.node.is_some() && has(is_quote)).then_some((index, block)));
        }
    }
    check_brackets(cx, &bracketed, sink);
    check_quotes(cx, &quoted, sink);
    check_bold(cx, sink);
}

fn check_brackets(cx: &RuleContext<'_>, bracketed: &[(usize, &Block<'_>)], sink: &mut Sink) {
    for kind in [('(', ')'), ('[', ']')] {
        let mut lonely = Vec::new();
        for (index, block) in bracketed {
            let found = lonely_bracket(block.text(), *index, cx.prose().marks(block), kind);
            // A link that broke is another slip.
            lonely.extend(found.filter(|_| !cx.prose().has_broken_link(block)));
        }
        for found in without_pairs(lonely) {
            report(cx, &found, kind, sink);
        }
    }
}

fn report(cx: &RuleContext<'_>, found: &Lonely, (open, close): (char, char), sink: &mut Sink) {
    let block = &cx.prose().blocks()[found.block];
    let (bracket, message, help) = if found.opens {
        (open, "is opened and not closed", format!("Add the `{close}`, or take the `{open}` out"))
    } else {
        (close, "is closed and not opened", format!("Add the `{open}`, or take the `{close}` out"))
    };
    let around = around(block.text(), found);
    sink.report(
        block.span(found.range.clone()),
        fold(around),
        format!("The bracket `{bracket}` {message}: `{around}`"),
    )
    .help(help);
}

/// `**Discounts: ask the desk`: shown as it is written.
fn check_bold(cx: &RuleContext<'_>, sink: &mut Sink) {
    // Of a hundred pages hardly one shows two asterisks.
    if memmem::find(cx.tree.visible_all().text().as_bytes(), BOLD.as_bytes()).is_none() {
        return;
    }
    let blocks = cx.prose().blocks();
    let of_body = blocks.iter().enumerate().filter(|(_, block)| block.node.is_some());
    for found in lonely_bold(of_body.map(|(index, block)| (index, block.text(), cx.prose().marks(block)))) {
        let block = &blocks[found.block];
        if block.is_verbatim(cx.source, found.range.clone()) && cx.prose().is_plain(block, &found.range) {
            report_bold(block, &found, sink);
        }
    }
}

fn report_bold(block: &Block<'_>, found: &Lonely, sink: &mut Sink) {
    let (message, missing) =
        if found.opens { ("begun and not ended", "ends") } else { ("ended and not begun", "begins") };
    let around = around(block.text(), found);
    sink.report(block.span(found.range.clone()), fold(around), format!("Bold text is {message}: `{around}`"))
        .help(format!("Add `**` where the bold text {missing}, or take this one out"));
}

fn check_quotes(cx: &RuleContext<'_>, quoted: &[(usize, &Block<'_>)], sink: &mut Sink) {
    let mut lonely = Vec::new();
    for (index, block) in quoted {
        match wrong_quote(block.text(), *index, cx.prose().marks(block)) {
            Some(WrongQuote::Lonely(found)) if !goes_on(cx, &found) && !cx.prose().has_broken_link(block) => {
                lonely.push(found);
            }
            Some(WrongQuote::Mixed(range)) => report_mixed(block, range, sink),
            _ => {}
        }
    }
    for found in without_pairs(lonely) {
        report_quote(cx, &found, sink);
    }
}

/// Each paragraph of a long quote opens with a mark, and only the last is closed.
fn goes_on(cx: &RuleContext<'_>, found: &Lonely) -> bool {
    let next = cx.prose().blocks().get(found.block + 1);
    let is_whole = cx.prose().blocks()[found.block].text().trim().len() == found.range.len();
    let next_opens = || next.is_some_and(|next| next.text().starts_with(['"', OPENING]));
    is_whole || found.range.start == 0 && next_opens()
}

fn report_quote(cx: &RuleContext<'_>, found: &Lonely, sink: &mut Sink) {
    let block = &cx.prose().blocks()[found.block];
    let mark = &block.text()[found.range.clone()];
    let (message, missing) =
        if found.opens { ("is opened and not closed", "end") } else { ("is closed and not opened", "start") };
    let around = around(block.text(), found);
    sink.report(
        block.span(found.range.clone()),
        fold(around),
        format!("The quotation mark `{mark}` {message}: `{around}`"),
    )
    .help(format!("Add the mark at the {missing} of the quote, or take this one out"));
}

fn report_mixed(block: &Block<'_>, range: Range<usize>, sink: &mut Sink) {
    let quote = &block.text()[range.clone()];
    sink.report(
        block.span(range),
        fold(quote),
        format!("The quote has a straight mark on one side and a curly one on the other: `{}`", opening(quote, SHOWN)),
    )
    .help("Write the same kind of mark on both sides");
}

/// Bytes of text that show where a bracket is.
const SHOWN: usize = 32;

/// A few words on the side on which the other half is missing.
fn around<'b>(text: &'b str, found: &Lonely) -> &'b str {
    if found.opens {
        let rest = &text[found.range.start..];
        let end = rest.char_indices().find(|(at, c)| *at >= SHOWN && *c == ' ').map_or(rest.len(), |(at, _)| at);
        rest[..end].trim()
    } else {
        let rest = &text[..found.range.end];
        let far = |at: &usize| rest.len() - at >= SHOWN;
        let start = rest.char_indices().rev().find(|(at, c)| far(at) && *c == ' ').map_or(0, |(at, _)| at);
        rest[start..].trim()
    }
}

#[cfg(test)]
mod tests {
    use crate::facts::Facts;
    use crate::lint::{Settings, lint};
    use crate::source::Source;

    fn found(markdown: &str) -> Vec<String> {
        let mut found = lint(&Source::new("x.md", markdown), &Settings::new(Facts::embedded())).diagnostics;
        found.retain(|diagnostic| diagnostic.rule == "unbalanced-bracket");
        found.into_iter().map(|diagnostic| diagnostic.key).collect()
    }

    #[test]
    fn brackets_that_belong_together_or_are_none_are_left_alone() {
        for right in [
            "1) one, 2) two; a) b) iv) manager(s) 401(k) (top 10) (see 1) x) :) ;-) :(",
            "---\ntitle: \"a\n  b\"\ndescription: c\" d\n---\n",
            "[a](b_(c)) and `f(` and [x] and [y][z], https://x.y/a_(b)",
            "(one\n\ntwo)",
            "- (such as:\n  - one\n  - two)",
            "\\(",
            "([a](b), (c))",
        ] {
            let expected: &[&str] = if right == "\\(" { &["("] } else { &[] };
            assert_eq!(found(right), expected, "{right}");
        }
    }

    #[test]
    fn the_first_half_without_another_is_told() {
        assert_eq!(found("Net ARR (First Order & Growth"), ["(first order & growth"]);
        assert_eq!(found("to the DRI) and more"), ["to the dri)"]);
        assert_eq!(found("a [note here"), ["[note here"]);
    }

    #[test]
    fn bold_text_ends_where_it_begins() {
        for (wrong, told) in [
            ("- **Tax: file it\n- **Law:** read it", &["**tax: file it"][..]),
            ("- **Tax: file it\n- Law:** read it\n- the **rest, too", &["**tax: file it", "law:**", "**rest, too"]),
            ("| Grade 8** | the **rest |\n| --- | --- |\n\n**only in the US", &["**rest"]),
            ("- **Tax: file it\n- 2**10 or **\n- **Law: read it", &["**tax: file it", "**law: read it"]),
            ("The **plan.\n\nIt goes on** and ends", &["**plan.", "it goes on**"]),
        ] {
            assert_eq!(found(wrong), told, "{wrong}");
        }
        for right in [
            "**Tax:** file it, `**kwargs`, \\**not bold, 2**10 and ***",
            "Grade 8**\n\n**only in the US",
            "** spaced",
            "Grade 8** and one of *Grade 9***\n\n** only in the US\n\n",
            "Grade 8**\n\nA ** is for the US",
            "Grade 8**, 9**\n\n**only in the US\n\n**or so",
            "the files in src/** and **/docs",
            "**one\ntwo** and **three**",
        ] {
            assert_eq!(found(right), [""; 0], "{right}");
        }
    }

    #[test]
    fn quotes_that_belong_together_are_left_alone() {
        for right in [
            "a \"b\", (\"c\"), \u{201c}d\u{201d}, \u{201c}f \u{201c}g\u{201d} h\u{201d} and \"i \u{201c}j\u{201d} k\"",
            "a 13\" screen, a 5'10\" desk, the \"Top 10\" and `\"`",
            "a 27\u{201d} screen",
            "the \u{201d}e\u{201d}",
            "\"One.\n\n\"Two.\"",
            "\"One.\n\nTwo.\"",
            "| a | b |\n| --- | --- |\n| c | d |\n| \" | e |",
            "don\u{2019}t, 'x', the customers' x",
            "---\ntitle: \"a\n  b\"\ndescription: c\" d\n---\n",
            "[a](b \"c\") and <a href=\"x\">y</a>",
        ] {
            assert_eq!(found(right), [""; 0], "{right}");
        }
    }

    #[test]
    fn a_quote_without_its_other_half_is_told() {
        assert_eq!(found("Senior Administrator\" plus"), ["senior administrator\""]);
        assert_eq!(found("the \"plan and \"do\" it"), ["\"plan and \"do\" it"]);
        assert_eq!(found("the \u{201c}plan and do it"), ["\"plan and do it"]);
        assert_eq!(found("the plan\u{201d} and do it"), ["the plan\""]);
        assert_eq!(found("the \"plan\u{201d} and \u{201c}do\" it"), [""; 0]);
        assert_eq!(found("the \"plan\u{201d} and do it"), ["\"plan\""]);
        assert_eq!(found("the \u{201c}plan\" and do it"), ["\"plan\""]);
    }
}
