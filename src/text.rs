//! Text folded, so that two writings of the same words compare equal, and the words in it.

mod phrase;
mod slips;

pub use phrase::{alternatives, capitalise, listed, match_case, match_cases, opening};
pub use slips::{differ, slips};

use std::ops::Range;

/// Lower case, straight quotes, plain blanks, runs of white space as one blank, none at the ends.
pub fn fold(text: &str) -> String {
    if is_evenly_spaced(text.as_bytes()) {
        let text = text.strip_prefix(' ').unwrap_or(text);
        return text.strip_suffix(' ').unwrap_or(text).to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(text.len());
    text.chars().map(fold_char).flat_map(char::to_lowercase).for_each(|c| push_folded(&mut folded, c));
    if folded.ends_with(' ') {
        folded.pop();
    }
    folded
}

/// Whether a text is ASCII and has no white space but single blanks, as nearly all have.
fn is_evenly_spaced(text: &[u8]) -> bool {
    let is_plain = |byte: &u8| (b' '..=b'~').contains(byte);
    let pairs = text.iter().zip(text.get(1..).unwrap_or_default());
    // To the end whatever is found: so the compiler makes one step of 16 bytes.
    let is_even = pairs.fold(true, |even, (one, next)| even & is_plain(one) & ((*one != b' ') | (*next != b' ')));
    is_even && text.last().is_none_or(is_plain)
}

fn push_folded(folded: &mut String, c: char) {
    if !c.is_whitespace() {
        folded.push(c);
    } else if !folded.is_empty() && !folded.ends_with(' ') {
        folded.push(' ');
    }
}

/// The plain form of a typographic character: quotes, no-break spaces, hyphens.
pub fn fold_char(c: char) -> char {
    match c {
        '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2032}' => '\'',
        '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{2033}' => '"',
        '\u{2010}' | '\u{2011}' => '-',
        '\u{a0}' | '\u{202f}' | '\u{2007}' => ' ',
        _ => c,
    }
}

/// The words of a folded text: runs of letters and digits, with `'`, `-`, `&`, `+` and `.` inside them.
pub fn words(folded: &str) -> impl Iterator<Item = &str> {
    split_words(folded, |c| c == '-')
}

/// [`words`], and those that a hyphen joins one by one.
pub fn simple_words(folded: &str) -> impl Iterator<Item = &str> {
    split_words(folded, |_| false)
}

fn split_words(folded: &str, joins_words: impl Fn(char) -> bool) -> impl Iterator<Item = &str> {
    let parts_words = move |c: char| match c {
        'a'..='z' => false,
        ' ' => true,
        _ => !(c.is_alphanumeric() || matches!(c, '\'' | '&' | '+' | '.' | '_') || joins_words(c)),
    };
    folded
        .split(parts_words)
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric() && c != '&'))
        .filter(|word| !word.is_empty())
}

/// The words of a name and nothing else, for the keys of findings: a heading that loses its colon names the same.
pub fn key(name: &str) -> String {
    words(&fold(name)).collect::<Vec<_>>().join(" ")
}

/// Whether `text` ends with `tail` as whole words.
pub fn ends_with_word(text: &str, tail: &str) -> bool {
    text.strip_suffix(tail).is_some_and(|before| before.chars().next_back().is_none_or(|c| !c.is_alphanumeric()))
}

/// The last letters and digits of a text, whatever marks and blanks stand after them.
pub fn last_word(text: &str) -> &str {
    let end = text.trim_end_matches(|c: char| !c.is_alphanumeric());
    let start = end
        .rfind(|c: char| !c.is_alphanumeric())
        .map_or(0, |at| at + end[at..].chars().next().map_or(1, char::len_utf8));
    &end[start..]
}

/// The first letters and digits of a text, whatever marks and blanks stand before them.
pub fn first_word(text: &str) -> &str {
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    &text[..text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len())]
}

/// A word without its possessive and its plural ending: good for comparing, not for showing.
pub fn stem(word: &str) -> &str {
    let word = word.strip_suffix("'s").unwrap_or(word);
    match word.strip_suffix('s') {
        Some(stem) if stem.len() > 2 && !stem.ends_with(['s', 'u', 'i']) => stem,
        _ => word,
    }
}

/// Whether a text has an ASCII word in it, whatever the case.
pub fn contains_ignoring_case(text: &str, word: &str) -> bool {
    find_ignoring_case(text.as_bytes(), word).is_some()
}

/// Where an ASCII word stands in a text, whatever the case.
pub fn find_ignoring_case(text: &[u8], word: &str) -> Option<usize> {
    let Some(first) = word.bytes().next() else { return Some(0) };
    memchr::memchr2_iter(first.to_ascii_lowercase(), first.to_ascii_uppercase(), text)
        .find(|&at| text.get(at..at + word.len()).is_some_and(|part| part.eq_ignore_ascii_case(word.as_bytes())))
}

/// The folded beginning of a text, enough to tell it from others.
pub fn folded_opening(text: &str) -> String {
    let end = text.char_indices().nth(60).map_or(text.len(), |(end, _)| end);
    fold(&text[..end])
}

/// Where `folded`, a text in lower case, stands in `text`, whatever the case there.
pub fn find_folded(text: &str, folded: &str) -> Option<usize> {
    text.char_indices().map(|(at, _)| at).find(|&at| {
        text.get(at..at + folded.len()).is_some_and(|part| part.eq_ignore_ascii_case(folded) || fold(part) == folded)
    })
}

/// Without the article at its start.
pub fn strip_article(text: &str) -> &str {
    ["The ", "the ", "A ", "An ", "a ", "an "].iter().find_map(|article| text.strip_prefix(article)).unwrap_or(text)
}

/// With which bytes some texts begin: a look at these spares one at each of the texts.
#[derive(Debug, Clone, Copy, Default)]
pub struct Initials(u64);

impl Initials {
    /// The first bytes of some texts; an empty one has none.
    pub fn of<'t>(texts: impl IntoIterator<Item = &'t str>) -> Self {
        let initials = texts.into_iter().filter_map(|text| text.bytes().next());
        Self(initials.fold(0, |bits, byte| bits | 1 << (byte % 64)))
    }

    /// Whether one of the texts may begin with a byte.
    pub fn may_be(self, byte: u8) -> bool {
        self.0 >> (byte % 64) & 1 != 0
    }
}

/// Where the sentence that stands at `from` ends, in bytes.
pub fn sentence_end(text: &str, from: usize) -> usize {
    text[from..]
        .match_indices('.')
        .map(|(at, _)| from + at)
        .find(|at| text[at + 1..].starts_with(' ') && !is_abbreviation(&text[..*at]))
        .map_or(text.len(), |at| at + 1)
}

fn is_abbreviation(before: &str) -> bool {
    before.rsplit(' ').next().is_some_and(|word| matches!(word, "Sr" | "Jr" | "sr" | "jr" | "etc"))
}

/// Where its subject stands in what a sentence has before its verb: after "At GitLab, the", before ", who leads the team".
/// The caller has found the verb, and the subject may have any words; where neither is so, `model/opening.rs` reads the
/// capitals of a name from the first words of a text on.
pub fn subject_in(before_verb: &str) -> Range<usize> {
    let mut subject = 0..before_verb.len();
    for (comma, _) in before_verb.match_indices(',') {
        let Some(rest) = before_verb[comma..].strip_prefix(", ") else { continue };
        if ["the ", "a ", "an "].iter().any(|article| rest.starts_with(article)) {
            subject = comma + ", ".len()..before_verb.len();
        } else if subject.end > comma && APPOSITIONS.iter().any(|words| rest.starts_with(words)) {
            subject.end = comma;
        }
    }
    subject
}

/// With which words something is said of a subject before its verb.
const APPOSITIONS: [&str; 8] = ["who ", "which ", "that ", "one ", "like ", "unlike ", "with ", "as "];

/// Without the words in brackets at its end: "Indicators (PI)".
pub fn without_remark(text: &str) -> &str {
    match text.strip_suffix(')').and_then(|inside| inside.rfind('(')) {
        Some(open) => text[..open].trim_end(),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typography_and_white_space_fold_away() {
        assert_eq!(fold("  Job\u{a0}Grade\u{a0} "), "job grade");
        assert_eq!(fold("GitLab\u{2019}s  Été"), "gitlab's été");
        assert_eq!(folded_opening("Plan The"), "plan the");
    }

    #[test]
    fn the_words_at_the_ends() {
        assert_eq!((first_word("nice-to-have's"), last_word("nice-to-have's")), ("nice", "s"));
        assert_eq!((first_word(" (été "), last_word("job grade ")), ("été", "grade"));
        assert_eq!((first_word("…"), last_word("—")), ("", ""));
    }

    #[test]
    fn words_keep_what_belongs_inside() {
        let found: Vec<&str> = words("c-level, r&d (ci/cd) at gitlab.com.").collect();
        assert_eq!(found, ["c-level", "r&d", "ci", "cd", "at", "gitlab.com"]);
    }
}
