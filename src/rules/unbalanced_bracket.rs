use std::ops::Range;

use crate::declare_rule;
use crate::prose::{Block, Mark};
use crate::rule::{RuleContext, Sink};
use crate::text::{fold, opening};

declare_rule! {
    /// A bracket or a quotation mark is opened and not closed, or closed and not opened.
    ///
    /// The reader cannot tell where the remark ends. Brackets of links are none here; `1)`, `a)`, smileys, inches, and a
    /// remark that goes on over several paragraphs or bullets are left alone. A quote that opens with a straight mark and
    /// closes with a curly one is told too.
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

/// A bracket or quotation mark without its other half.
struct Lonely {
    block: usize,
    range: Range<usize>,
    opens: bool,
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    let mut bracketed = Vec::new();
    let mut quoted = Vec::new();
    for (index, block) in cx.prose().blocks().iter().enumerate() {
        let has = |is: fn(&Mark) -> bool| cx.prose().marks(block).iter().any(is);
        if has(|mark| matches!(mark.sign, '(' | ')' | '[' | ']' | '"' | OPENING | CLOSING)) {
            bracketed.push((index, block));
            // Quotes of the front matter may be those of YAML.
            quoted.extend((block.node.is_some() && has(is_quote)).then_some((index, block)));
        }
    }
    check_brackets(cx, &bracketed, sink);
    check_quotes(cx, &quoted, sink);
}

fn check_brackets(cx: &RuleContext<'_>, bracketed: &[(usize, &Block<'_>)], sink: &mut Sink) {
    for kind in [('(', ')'), ('[', ']')] {
        let mut lonely = Vec::new();
        for (index, block) in bracketed {
            let found = find_lonely(block, *index, cx.prose().marks(block), kind);
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

/// The curly quotation marks.
const OPENING: char = '\u{201c}';
const CLOSING: char = '\u{201d}';

fn is_quote(mark: &Mark) -> bool {
    matches!(mark.sign, '"' | OPENING | CLOSING)
}

fn check_quotes(cx: &RuleContext<'_>, quoted: &[(usize, &Block<'_>)], sink: &mut Sink) {
    let mut lonely = Vec::new();
    for (index, block) in quoted {
        let quotes: Vec<&Mark> = cx.prose().marks(block).iter().filter(|mark| is_quote(mark)).collect();
        if is_balanced(&quotes) || quotes.iter().any(|quote| is_inch(block.text(), quote)) {
            continue;
        }
        match find_quote(block, *index, &quotes) {
            Some(Quote::Lonely(found)) if !goes_on(cx, &found) && !cx.prose().has_broken_link(block) => {
                lonely.push(found);
            }
            Some(Quote::Mixed(range)) => report_mixed(block, range, sink),
            _ => {}
        }
    }
    for found in without_pairs(lonely) {
        report_quote(cx, &found, sink);
    }
}

/// What is wrong with a quote.
enum Quote {
    Lonely(Lonely),
    /// From a straight mark to a curly one, or the reverse.
    Mixed(Range<usize>),
}

/// Whether all marks may have their other halves; which belong together, nobody can tell of straight ones.
fn is_balanced(quotes: &[&Mark]) -> bool {
    let count = |sign: char| quotes.iter().filter(|quote| quote.sign == sign).count();
    count('"') % 2 == 0 && count(OPENING) == count(CLOSING)
}

/// `13"`, which may as well be the end of a quote.
fn is_inch(text: &str, quote: &Mark) -> bool {
    text[..quote.at()].ends_with(|c: char| c.is_ascii_digit())
}

/// The first mark of a block without its other half: what follows from it is no slip of its own.
fn find_quote(block: &Block<'_>, index: usize, quotes: &[&Mark]) -> Option<Quote> {
    let text = block.text();
    let lonely = |quote: &Mark, opens| {
        Quote::Lonely(Lonely { block: index, range: quote.at()..quote.at() + quote.sign.len_utf8(), opens })
    };
    let mut opened: Option<&Mark> = None;
    for quote in quotes {
        match opened.take() {
            None if stands_after_word(text, quote) => return Some(lonely(quote, false)),
            None => opened = Some(quote),
            Some(first) if stands_before_word(text, quote) => return Some(lonely(first, true)),
            Some(first) if (first.sign == '"') != (quote.sign == '"') => {
                return Some(Quote::Mixed(first.at()..quote.at() + quote.sign.len_utf8()));
            }
            Some(_) => {}
        }
    }
    opened.map(|first| lonely(first, true))
}

/// Where only the end of a quote can be.
fn stands_after_word(text: &str, quote: &Mark) -> bool {
    let (before, after) = (&text[..quote.at()], &text[quote.at() + quote.sign.len_utf8()..]);
    let follows = before.chars().next_back().is_some_and(|c| c.is_alphanumeric() || ".,!?)%".contains(c));
    follows && after.chars().next().is_none_or(|c| c.is_whitespace() || ".,;:!?)".contains(c))
}

/// Where only its start can be.
fn stands_before_word(text: &str, quote: &Mark) -> bool {
    let (before, after) = (&text[..quote.at()], &text[quote.at() + quote.sign.len_utf8()..]);
    after.starts_with(char::is_alphanumeric) && before.chars().next_back().is_none_or(|c| c.is_whitespace() || c == '(')
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

/// The first bracket of a block without its other half: the others follow from it.
fn find_lonely(block: &Block<'_>, index: usize, marks: &[Mark], (open, close): (char, char)) -> Option<Lonely> {
    let text = block.text();
    let mut opened: Vec<usize> = Vec::new();
    for mark in marks.iter().filter(|mark| mark.sign == open || mark.sign == close) {
        let at = mark.at();
        if mark.sign == open {
            if !is_smiley(text, at) {
                opened.push(at);
            }
        } else if opened.pop().is_none() && !is_label(&text[..at]) && !is_smiley(text, at) {
            return Some(Lonely { block: index, range: at..at + 1, opens: false });
        }
    }
    opened.first().map(|at| Lonely { block: index, range: *at..at + 1, opens: true })
}

/// Blocks over which a remark may go on.
const NEAR: usize = 6;

/// Without a bracket that is opened in one block and closed in one soon after.
fn without_pairs(lonely: Vec<Lonely>) -> Vec<Lonely> {
    let mut left: Vec<Lonely> = Vec::with_capacity(lonely.len());
    for found in lonely {
        match left.last() {
            Some(last) if last.opens && !found.opens && found.block - last.block <= NEAR => {
                left.pop();
            }
            _ => left.push(found),
        }
    }
    left
}

/// `1)`, `a)`, `iv)` at the start of what it counts.
fn is_label(before: &str) -> bool {
    let label = &before[before.trim_end_matches(|c: char| c.is_ascii_alphanumeric()).len()..];
    let free = before[..before.len() - label.len()]
        .chars()
        .next_back()
        .is_none_or(|c| c.is_whitespace() || matches!(c, ',' | ';' | ':'));
    let counts = label.chars().all(|c| c.is_ascii_digit()) && label.len() < 4
        || label.len() == 1
        || label.chars().all(|c| matches!(c, 'i' | 'v' | 'x'));
    free && counts && !label.is_empty()
}

/// `:)`, `;-)`, `:(`
fn is_smiley(text: &str, at: usize) -> bool {
    let eyes = text[..at].strip_suffix('-').unwrap_or(&text[..at]);
    let ends = text[at + 1..].chars().next().is_none_or(|c| !c.is_alphanumeric());
    ends && eyes.ends_with([':', ';', '=']) && !eyes[..eyes.len() - 1].ends_with(char::is_alphanumeric)
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
