//! Brackets: `plans( such as these )`.

use super::stops::ends_in_plain_word;
use super::{BLANKS, SHORT_PREFIX, Slip, is_spoken, leading_word, stands_alone, trailing_word};
use crate::facts::Abbreviations;
use crate::source::floor_char_boundary;

/// `tools. (Ruby, Go).`, `tools. (for instance Ruby)`: a bracket that belongs to the sentence, and is none by itself.
pub(super) fn stop_before_bracket(before: &str, after: &str, at: usize, abbreviations: &Abbreviations) -> Option<Slip> {
    let sentence = before.trim_end_matches(BLANKS).strip_suffix('.')?;
    let near = &after[..floor_char_boundary(after, LONGEST_REMARK)];
    let (inside, rest) = near.split_once(')')?;
    let is_sentence = inside.ends_with(['.', '!', '?']) || inside.contains('(');
    let stands_twice = rest.starts_with('.') && !rest.starts_with("..");
    let belongs = stands_twice || inside.starts_with(|c: char| c.is_ascii_lowercase());
    (belongs && !is_sentence && ends_in_plain_word(sentence, abbreviations)).then(|| Slip {
        range: sentence.len()..at + 1,
        message: "The full stop stands before a bracket that belongs to the sentence".to_owned(),
        changed: sentence.len()..sentence.len() + 1,
        corrections: if stands_twice { &[""] } else { &[] },
        help: if stands_twice { "Take the full stop out" } else { "Write the full stop after the bracket" },
    })
}

/// `( such as these)`
pub(super) fn blank_in_bracket(before: &str, after: &str, at: usize) -> Option<Slip> {
    let rest = after.trim_start_matches(BLANKS);
    let blanks = after.len() - rest.len();
    (blanks > 0 && stands_alone(before) && is_spoken(leading_word(rest))).then(|| Slip {
        range: at..at + 1 + blanks,
        message: "A blank stands after the opening bracket".to_owned(),
        changed: at + 1..at + 1 + blanks,
        corrections: &[""],
        help: "Take the blank out",
    })
}

/// `requirements(such as these)`, where more than a plural's ending or a function's argument is in the brackets.
pub(super) fn bracket_joined(before: &str, after: &str, at: usize) -> Option<Slip> {
    let left = trailing_word(before);
    let starts = stands_alone(&before[..before.len() - left.len()]);
    let is_word = left.len() > SHORT_PREFIX && left.chars().all(char::is_lowercase);
    let is_remark = is_spoken(leading_word(after)) || ["e.g.", "i.e."].iter().any(|start| after.starts_with(start));
    // Longer ones are no remarks, and all brackets of a page must not be looked through for each.
    let near = &after[..floor_char_boundary(after, LONGEST_REMARK)];
    let inside = &near[..near.find(')')?];
    (is_word && starts && is_remark && inside.contains(' ') && !inside.contains(['(', '=', '"'])).then(|| Slip {
        range: at..at + 1,
        message: "A blank is missing before the opening bracket".to_owned(),
        changed: at..at + 1,
        corrections: &[" ("],
        help: "Add a blank before the bracket",
    })
}

/// In bytes.
const LONGEST_REMARK: usize = 300;

/// `(such as these )`
pub(super) fn blank_before_bracket(before: &str, after: &str, at: usize) -> Option<Slip> {
    let trimmed = before.trim_end_matches(BLANKS);
    let opening = || trimmed.rfind(['(', ')']).filter(|bracket| trimmed[*bracket..].starts_with('('));
    let closes = |opening: usize| stands_alone(&trimmed[..opening]) && is_spoken(trailing_word(trimmed));
    let ends = !after.starts_with(char::is_alphanumeric);
    (trimmed.len() < before.len() && ends && opening().is_some_and(closes)).then(|| Slip {
        range: trimmed.len()..at + 1,
        message: "A blank stands before the closing bracket".to_owned(),
        changed: trimmed.len()..at,
        corrections: &[""],
        help: "Take the blank out",
    })
}
