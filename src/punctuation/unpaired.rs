//! Brackets and quotation marks without their other halves.

use std::ops::Range;

use crate::prose::Mark;

/// A bracket or quotation mark without its other half.
#[derive(Debug)]
pub struct Lonely {
    /// The index of the block in which it stands.
    pub block: usize,
    /// In bytes of the block's text.
    pub range: Range<usize>,
    pub opens: bool,
}

/// The curly quotation marks.
pub const OPENING: char = '\u{201c}';
const CLOSING: char = '\u{201d}';

/// Whether a mark is a quotation mark, straight or curly.
pub fn is_quote(mark: &Mark) -> bool {
    matches!(mark.sign, '"' | OPENING | CLOSING)
}

/// Whether a mark is a bracket that is told where it lacks its other half.
pub fn is_bracket(mark: &Mark) -> bool {
    matches!(mark.sign, '(' | ')' | '[' | ']')
}

/// What begins and ends bold text.
pub const BOLD: &str = "**";

/// Where two asterisks, and no third, stand in the text of a block, among its marks.
fn bold_marks<'b>(text: &'b str, marks: &'b [Mark]) -> impl Iterator<Item = usize> + 'b {
    let starts = marks.iter().filter(|mark| mark.sign == '*').map(Mark::at);
    starts.filter(move |at| {
        text[*at..].starts_with(BOLD) && !text[..*at].ends_with('*') && !text[at + BOLD.len()..].starts_with('*')
    })
}

/// The only `**` of a block that begins or ends bold text: `**Discounts: ask the desk`, `Discounts:** ask the desk`. The
/// blocks are given with their index, their text and its marks.
///
/// Not those of footnotes, `Grade 8**` and further down `**only in the US`: one behind a word where a remark follows, and one
/// before a whole block that follows such a mark.
pub fn lonely_bold<'b>(blocks: impl Iterator<Item = (usize, &'b str, &'b [Mark])>) -> Vec<Lonely> {
    let mut lonely = Vec::new();
    let (mut first_note, mut last_remark) = (usize::MAX, None);
    for (block, text, marks) in blocks {
        let mut only = None;
        for (nth, at) in bold_marks(text, marks).enumerate() {
            let (before, after) = (&text[..at], &text[at + BOLD.len()..]);
            let half = half_of_bold(before, after);
            if half == Some(false) {
                first_note = first_note.min(block);
            }
            if before.is_empty() || before.ends_with(' ') && after.starts_with(' ') {
                last_remark = Some(block);
            }
            only = half.filter(|_| nth == 0).map(|opens| Lonely { block, range: at..at + BOLD.len(), opens });
        }
        lonely.extend(only);
    }
    lonely.retain(|found| match found.opens {
        true => found.range.start > 0 || found.block < first_note,
        false => last_remark.is_none_or(|remark| remark < found.block),
    });
    lonely
}

/// Whether a `**` between two texts begins bold text or ends it; nothing where it may be no mark of bold text at all.
fn half_of_bold(before: &str, after: &str) -> Option<bool> {
    let follows_word = |c: char| c.is_alphanumeric() || ".,:;!?)%\"\u{201d}\u{2019}".contains(c);
    let opens = !before.ends_with(|c: char| !c.is_whitespace() && c != '(') && after.starts_with(char::is_alphanumeric);
    let is_free = after.chars().next().is_none_or(|c| c.is_whitespace() || ".,:;!?)".contains(c));
    (opens || before.ends_with(follows_word) && is_free).then_some(opens)
}

/// What is wrong with a quote.
#[derive(Debug)]
pub enum WrongQuote {
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

/// The first quotation mark of a block that is wrong, among its marks: what follows from it is no slip of its own. `index`
/// is that of the block.
pub fn wrong_quote(text: &str, index: usize, marks: &[Mark]) -> Option<WrongQuote> {
    let quotes: Vec<&Mark> = marks.iter().filter(|mark| is_quote(mark)).collect();
    if is_balanced(&quotes) || quotes.iter().any(|quote| is_inch(text, quote)) {
        return None;
    }
    let lonely = |quote: &Mark, opens| {
        WrongQuote::Lonely(Lonely { block: index, range: quote.at()..quote.at() + quote.sign.len_utf8(), opens })
    };
    let mut opened: Option<&Mark> = None;
    for quote in quotes {
        match opened.take() {
            None if stands_after_word(text, quote) => return Some(lonely(quote, false)),
            None => opened = Some(quote),
            Some(first) if stands_before_word(text, quote) => return Some(lonely(first, true)),
            Some(first) if (first.sign == '"') != (quote.sign == '"') => {
                return Some(WrongQuote::Mixed(first.at()..quote.at() + quote.sign.len_utf8()));
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

/// The first bracket of a block without its other half, among its marks: the others follow from it. `index` is that of the
/// block.
pub fn lonely_bracket(text: &str, index: usize, marks: &[Mark], (open, close): (char, char)) -> Option<Lonely> {
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
pub fn without_pairs(lonely: Vec<Lonely>) -> Vec<Lonely> {
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
