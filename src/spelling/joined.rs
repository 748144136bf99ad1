//! Two words without a blank between.

use super::{is_in_lexicon, is_usual};

/// Words that are joined to another by mistake, and that no compound begins or ends with.
pub(super) const JOINED: [&str; 36] = [
    "and",
    "the",
    "with",
    "from",
    "that",
    "this",
    "our",
    "their",
    "which",
    "will",
    "your",
    "including",
    "both",
    "have",
    "has",
    "been",
    "were",
    "such",
    "these",
    "those",
    "they",
    "them",
    "would",
    "could",
    "should",
    "when",
    "where",
    "while",
    "than",
    "who",
    "every",
    "across",
    "through",
    "within",
    "between",
    "because",
];
/// Those that only stand at the end: "teamto".
const JOINED_AT_END: [&str; 7] = ["for", "are", "to", "of", "into", "being", "is"];
/// Those that only stand at the start: "toensure".
const JOINED_AT_START: [&str; 6] = ["to", "of", "more", "most", "about", "into"];
/// Two of them are no word: "willbe".
const SMALL: [&str; 24] = [
    "a", "an", "as", "at", "be", "by", "can", "do", "for", "how", "if", "in", "is", "it", "not", "of", "on", "or",
    "so", "to", "we", "what", "you", "are",
];
/// Numbers that are written as words.
const NUMBERS: [&str; 9] = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

/// Letters from which on a word joined to another as long is no part of a compound.
const LONG_PART: usize = 6;

/// The two words that a word is made of, which are no compound: "valuesand", "hiringprocess".
pub(super) fn joined(lower: &str) -> Option<String> {
    let splits = (2..lower.len() - 1).map(|at| lower.split_at(at));
    let is_small = |part: &str| SMALL.contains(&part) || JOINED.contains(&part);
    let is_joined = |(left, right): &(&str, &str)| {
        let after = (JOINED.contains(right) || JOINED_AT_END.contains(right)) && is_whole(left);
        let before = (JOINED.contains(left) || JOINED_AT_START.contains(left)) && is_whole(right);
        let both_long = left.len().min(right.len()) >= LONG_PART && is_in_lexicon(left) && is_in_lexicon(right);
        after || before || both_long || is_small(left) && is_small(right) || is_two_numbers(left, right)
    };
    let mut found = splits.filter(is_joined);
    let (left, right) = found.next()?;
    found.next().is_none().then(|| format!("{left} {right}"))
}

fn is_two_numbers(left: &str, right: &str) -> bool {
    is_number_word(left) && is_number_word(right)
}

/// Whether a word, given in lower case, is a number below ten.
pub fn is_number_word(lower: &str) -> bool {
    NUMBERS.contains(&lower)
}

/// Long and usual enough to be a word of its own.
fn is_whole(part: &str) -> bool {
    part.len() > 3 && is_usual(part) || JOINED.contains(&part)
}
