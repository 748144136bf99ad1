//! Colons: `i.e.: plans`.

use super::{BLANKS, Slip, is_spoken, leading_word, stands_alone, trailing_word};

/// `i.e.: plans`
pub(super) fn colon_after_shortening(before: &str, after: &str, at: usize) -> Option<Slip> {
    let start = ["e.g.", "i.e."].iter().find_map(|shortening| before.strip_suffix(shortening))?;
    let goes_on = after.starts_with(BLANKS) && !after.trim().is_empty();
    ((stands_alone(start) || start.ends_with('(')) && goes_on).then(|| Slip {
        range: start.len()..at + 1,
        message: "A colon stands in place of a comma".to_owned(),
        changed: at..at + 1,
        corrections: &[","],
        help: "Write a comma",
    })
}

/// `ex.:plans`: a full stop before the colon, which no address or name of code has.
pub(super) fn blank_missing_after_colon(before: &str, after: &str, at: usize) -> Option<Slip> {
    let shortening = trailing_word(before.strip_suffix('.')?);
    let start = at - 1 - shortening.len();
    let is_word = is_spoken(shortening) && is_spoken(leading_word(after));
    (is_word && (stands_alone(&before[..start]) || before[..start].ends_with('('))).then(|| Slip {
        range: start..at + 1,
        message: "A blank is missing after the colon".to_owned(),
        changed: at..at + 1,
        corrections: &[": "],
        help: "Add a blank after the colon",
    })
}
