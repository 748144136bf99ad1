//! Signs that join words: hyphens, slashes and plusses.

use super::{BLANKS, SHORT_PREFIX, Slip, is_sentence_case, is_spoken, leading_word, stands_alone, trailing_word};

/// `training/ coaching`: a blank on one side only, between words. "w/ customers" is short for "with".
pub(super) fn blank_after_slash(before: &str, after: &str, at: usize) -> Option<Slip> {
    let (left, right) = (trailing_word(before), leading_word(after.strip_prefix(' ')?));
    let word = |part: &str| part.chars().count() > 1 && part.chars().all(char::is_alphabetic);
    let in_path = before[..before.len() - left.len()].ends_with(['/', '.', '~', ':']);
    (word(left) && word(right) && !in_path && !AFTER_FOLDER.contains(&right)).then(|| Slip {
        range: at..at + 2,
        message: "A blank stands after the slash, and none before it".to_owned(),
        changed: at + 1..at + 2,
        corrections: &[""],
        help: "Take the blank out",
    })
}

/// Words before which a name that ends in a slash is that of a folder or of branches: `the spec/ folder`.
const AFTER_FOLDER: [&str; 16] = [
    "and",
    "or",
    "in",
    "is",
    "are",
    "to",
    "too",
    "as",
    "for",
    "from",
    "folder",
    "folders",
    "directory",
    "branch",
    "branches",
    "prefix",
];

/// `executes- and improves`, `Scope- Find out`, `problem- solving`: a hyphen that joins nothing. It joins in `short- and
/// long-term`, and in `front- and backend`: of words parted so, only two in `s` are told, which are verbs or plurals side
/// by side.
pub(super) fn hanging_hyphen(before: &str, after: &str, at: usize) -> Option<Slip> {
    let (left, rest) = (trailing_word(before), after.strip_prefix(' ')?);
    let is_compound = before[..before.len() - left.len()].ends_with('-');
    let word = |part: &str| part.chars().count() > SHORT_PREFIX && part.chars().all(char::is_alphabetic);
    let side_by_side = ["and ", "or "].iter().find_map(|joint| rest.strip_prefix(joint)).is_some_and(|rest| {
        let right = leading_word(rest);
        left.ends_with('s') && right.ends_with('s') && word(right) && !suspends(rest)
    });
    let new_sentence = is_sentence_case(leading_word(rest)) && !suspends(rest);
    let parted = word(leading_word(rest)) && !JOINTS.contains(&leading_word(rest)) && !suspends(rest);
    (word(left) && !is_compound && (side_by_side || new_sentence || parted)).then(|| Slip {
        range: at..at + 1,
        message: "The hyphen joins nothing".to_owned(),
        changed: at..at + 1,
        corrections: &[],
        help: "Take the hyphen out, or write the mark that was meant",
    })
}

/// `50-minutes long`; "a 50-minute call" and "10-20 minutes" are right.
pub(super) fn hyphen_before_plural(before: &str, after: &str, at: usize) -> Option<Slip> {
    let (number, unit) = (trailing_word(before), leading_word(after));
    let is_number = !number.is_empty() && number.bytes().all(|digit| digit.is_ascii_digit());
    let is_unit = matches!(unit, "minutes" | "hours" | "days" | "weeks" | "months");
    let start = &before[..before.len() - number.len()];
    let starts = stands_alone(start) || start.ends_with(['(', '~', '*']);
    let ends = after[unit.len()..].chars().next().is_none_or(|c| c.is_whitespace() || matches!(c, '.' | ',' | ')'));
    (is_number && is_unit && starts && ends).then(|| Slip {
        range: at..at + 1,
        message: "A hyphen joins a number and a plural".to_owned(),
        changed: at..at + 1,
        corrections: &[],
        help: "Write a blank in place of the hyphen, or one unit before a noun: `50-minute call`",
    })
}

/// `30 people+` for `30+ people`
pub(super) fn plus_after_noun(before: &str, after: &str, at: usize) -> Option<Slip> {
    let noun = trailing_word(before);
    let number = trailing_word(before[..before.len() - noun.len()].strip_suffix(' ')?);
    let is_several = noun == "people" || noun.len() > SHORT_PREFIX && noun.ends_with('s');
    let is_number = !number.is_empty() && number.bytes().all(|digit| digit.is_ascii_digit());
    let ends = after.chars().next().is_none_or(|c| c.is_whitespace() || matches!(c, '.' | ',' | ')'));
    (is_number && is_several && ends && is_spoken(noun)).then(|| Slip {
        range: at - noun.len() - 1 - number.len()..at + 1,
        message: "The plus stands after the noun".to_owned(),
        changed: at..at + 1,
        corrections: &[],
        help: "Write the plus after the number",
    })
}

/// `plans, +reports`
pub(super) fn plus_before_word(before: &str, after: &str, at: usize) -> Option<Slip> {
    let word = leading_word(after);
    let follows_word = before.ends_with(BLANKS) && before.trim_end().ends_with(|c: char| c.is_alphabetic() || c == ',');
    let is_word = word.len() > SHORT_PREFIX && word.bytes().all(|letter| letter.is_ascii_lowercase());
    let ends = !after[word.len()..].starts_with(['.', '_', '(', '=', '-', '+', '/']);
    (follows_word && is_word && ends).then(|| Slip {
        range: at..at + 1,
        message: "A plus stands in place of a word".to_owned(),
        changed: at..at + 1,
        corrections: &[],
        help: "Write `and`, or take the plus out",
    })
}

/// Longer words between the parts of what a hyphen suspends: "front- versus backend".
const JOINTS: [&str; 5] = ["versus", "through", "than", "rather", "instead"];

/// Whether one of the next words has the hyphen for which the first part waits.
fn suspends(rest: &str) -> bool {
    rest.split(' ').take(4).any(|word| word.trim_matches('-').contains('-'))
}
