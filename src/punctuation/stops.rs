//! Full stops: `e.g plans`, `done.The next`.

use super::{BLANKS, Slip, is_sentence_case, is_spoken, leading_word, trailing_word, two_letters};
use crate::facts::Abbreviations;

/// `(for e.g. plans)`; "responsible for, e.g., plans" and "for e.g. plans" in a sentence are none.
pub(super) fn needless_for(before: &str, after: &str, at: usize) -> Option<Slip> {
    let start = before.strip_suffix("for e")?;
    let opens = start.is_empty() || start.ends_with('(') || start.ends_with(", ");
    (opens && after.starts_with("g.")).then(|| Slip {
        range: start.len()..at + 3,
        message: "`e.g.` means `for example`".to_owned(),
        changed: start.len()..at + 3,
        corrections: &["e.g."],
        help: "Write `e.g.` or `for example`",
    })
}

/// `e.g plans` for `e.g. plans`
pub(super) fn stop_missing(before: &str, after: &str, at: usize) -> Option<Slip> {
    let (corrections, _) = two_letters(before, after)?;
    let ends = after[1..].starts_with([' ', ',', ':', '\n', '\u{a0}']);
    let starts = before[..at - 1].is_empty() || before[..at - 1].ends_with([' ', '(', '\n', '\u{a0}']);
    (ends && starts).then(|| Slip {
        range: at - 1..at + 2,
        message: "A full stop is missing at the end".to_owned(),
        changed: at - 1..at + 2,
        corrections,
        help: "Add the full stop",
    })
}

/// Words with which sentences begin, and nothing that has a name with a dot in it goes on.
const OPENERS: [&str; 46] = [
    "The",
    "This",
    "These",
    "Those",
    "That",
    "You",
    "Your",
    "We",
    "Our",
    "It",
    "Its",
    "He",
    "She",
    "They",
    "Their",
    "There",
    "In",
    "If",
    "As",
    "To",
    "For",
    "When",
    "Where",
    "What",
    "While",
    "Then",
    "Please",
    "All",
    "At",
    "By",
    "With",
    "And",
    "But",
    "From",
    "More",
    "Also",
    "After",
    "Before",
    "During",
    "However",
    "Additionally",
    "Furthermore",
    "Therefore",
    "Together",
    "Within",
    "Without",
];

/// Letters of "However" and of other openers that a comma follows.
const ADVERB: usize = 7;

/// `done.The next`: a sentence that begins right after the full stop of another.
pub(super) fn sentence_joined(before: &str, after: &str, at: usize) -> Option<Slip> {
    let (left, right) = (trailing_word(before), leading_word(after));
    let closes = left.is_empty() && before.ends_with([')', '"', '\u{201d}']);
    // "the args.This, and" is a list of names.
    let goes_on = after[right.len()..].starts_with([' ', '\'', '\u{2019}'])
        || after[right.len()..].starts_with(',') && right.len() >= ADVERB;
    let starts = before[..before.len() - left.len()].ends_with([' ', '\n', '-', '(']) || closes;
    // Other words, usual as they are, make names of code: "net.Socket", "assert.Equal".
    let opens = (is_spoken(left) || closes) && OPENERS.contains(&right);
    (goes_on && starts && opens).then(|| blank_missing(at))
}

fn blank_missing(at: usize) -> Slip {
    Slip {
        range: at..at + 1,
        message: "A blank is missing after the full stop".to_owned(),
        changed: at..at + 1,
        corrections: &[". "],
        help: "Add a blank after the full stop",
    }
}

/// `e.g.Slack`, `Sr.Director`
pub(super) fn shortening_joined(before: &str, after: &str, at: usize) -> Option<Slip> {
    let right = leading_word(after);
    let is_rank = ["Sr", "Jr"].contains(&trailing_word(before)) && is_sentence_case(right);
    let start = ["e.g", "i.e"].iter().find_map(|shortening| before.strip_suffix(shortening));
    let is_shortening = start.is_some_and(|start| start.is_empty() || start.ends_with([' ', '(', '\n']));
    (is_rank || is_shortening && is_spoken(right)).then(|| blank_missing(at))
}

/// `and Ruby.=`: a sign after the full stop of the last sentence.
pub(super) fn stray_sign(before: &str, after: &str, at: usize) -> Option<Slip> {
    let is_sign = matches!(after, "=" | "+" | "\\" | "|");
    (is_sign && before.ends_with(|c: char| c.is_alphabetic() || c == ')')).then(|| Slip {
        range: at..at + 2,
        message: "A stray sign stands after the full stop".to_owned(),
        changed: at + 1..at + 2,
        corrections: &[""],
        help: "Take the sign out",
    })
}

/// `the services. such as plans`
pub(super) fn stop_in_sentence(before: &str, after: &str, at: usize, abbreviations: &Abbreviations) -> Option<Slip> {
    let next = after.trim_start_matches(BLANKS);
    let goes_on = GOES_ON.iter().any(|start| next.starts_with(start));
    (goes_on && ends_in_plain_word(before, abbreviations)).then(|| Slip {
        range: at..at + 1 + (after.len() - next.len()),
        message: "The full stop cuts the sentence off".to_owned(),
        changed: at..at + 1,
        corrections: &[],
        help: "Take the full stop out, or begin the next sentence with a capital",
    })
}

/// What goes on with a sentence.
const GOES_ON: [&str; 7] = ["such as ", "including ", "which ", "as well as ", "and ", "or ", "but "];

/// Letters of a word that is no abbreviation before `.,`.
const LONG_WORD: usize = 5;

/// `plans., reports`: a full stop and a comma, not after an abbreviation.
pub(super) fn stop_and_comma(before: &str, after: &str, at: usize, abbreviations: &Abbreviations) -> Option<Slip> {
    let ends = after.strip_prefix(',').is_some_and(|rest| rest.starts_with(char::is_whitespace));
    (ends && ends_in_plain_word(before, abbreviations)).then(|| Slip {
        range: at..at + 2,
        message: "A full stop and a comma stand together".to_owned(),
        changed: at..at + 2,
        corrections: &[",", "."],
        help: "Keep the one that is meant",
    })
}

/// Whether the last word of a text is none that has a full stop of its own.
pub(super) fn ends_in_plain_word(text: &str, abbreviations: &Abbreviations) -> bool {
    let word = trailing_word(text);
    let is_long = word.len() >= LONG_WORD && word.chars().all(char::is_lowercase);
    is_long && !abbreviations.end(text)
}
