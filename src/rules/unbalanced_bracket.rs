use std::ops::Range;

use crate::declare_rule;
use crate::prose::{Block, Mark};
use crate::rule::{RuleContext, Sink};
use crate::text::fold;

declare_rule! {
    /// A bracket is opened and not closed, or closed and not opened.
    ///
    /// The reader cannot tell where the remark ends. Brackets of links are none here; `1)`, `a)`, smileys, and a remark
    /// that goes on over several paragraphs or bullets are left alone.
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// - Net ARR (First Order & Growth
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// - Net ARR (First Order & Growth)
    /// - 1) manager(s), 2) the 401(k) :)
    /// ```
    "unbalanced-bracket", Prose, Warning, yields_to: ["malformed-link", "template-text"]; check
}

/// A bracket without its other half.
struct Lonely {
    block: usize,
    range: Range<usize>,
    opens: bool,
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    let blocks = cx.prose().blocks().iter().enumerate();
    let bracketed: Vec<(usize, &Block<'_>)> = blocks
        .filter(|(_, block)| cx.prose().marks(block).iter().any(|mark| matches!(mark.sign, '(' | ')' | '[' | ']')))
        .collect();
    for kind in [('(', ')'), ('[', ']')] {
        let mut lonely = Vec::new();
        for (index, block) in &bracketed {
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
}
