//! Commas: `consulting,and`, `such as, plans`.

use super::{Slip, ends_sentence, is_spoken, leading_word, trailing_word, two_letters};

/// `consulting,and`: words on both sides, not letters of a list such as `a,b`.
pub(super) fn blank_missing(before: &str, after: &str, at: usize) -> Option<Slip> {
    let (left, right) = (trailing_word(before), leading_word(after));
    let word = |part: &str| part.chars().count() > 1 && part.chars().all(char::is_alphabetic);
    let closes = before.ends_with([')', '"', '\u{201d}']) && left.is_empty();
    let in_brackets = before[..before.len() - left.len()].ends_with('[') || after[right.len()..].starts_with(']');
    let technical =
        after[right.len()..].starts_with(['.', '_', '=', '@', '(']) && !ends_sentence(&after[right.len()..]);
    ((word(left) || closes) && word(right) && !in_brackets && !technical).then(|| Slip {
        range: at..at + 1,
        message: "A blank is missing after the comma".to_owned(),
        changed: at..at + 1,
        corrections: &[", "],
        help: "Add a blank after the comma",
    })
}

/// `such as, plans`, `Ruby and, Go`: nothing is inserted there, as no other comma closes it.
pub(super) fn comma_after_joint(before: &str, after: &str, at: usize) -> Option<Slip> {
    let rest = after.trim_start();
    let next = leading_word(rest);
    let lists = before.ends_with("such as") || before.ends_with(" and") || before.ends_with(" or");
    let is_closed = !before.ends_with("such as") && after.contains(',');
    let is_insertion = INSERTED.contains(&next) || next.ends_with("ly");
    (lists && is_spoken(next) && !is_closed && !is_insertion).then(|| Slip {
        range: at..at + 1 + (after.len() - rest.len()),
        message: "The comma parts what belongs together".to_owned(),
        changed: at..at + 1,
        corrections: &[""],
        help: "Take the comma out",
    })
}

/// Words with which an insertion begins: "such as, but not limited to, plans".
const INSERTED: [&str; 32] = [
    "a",
    "after",
    "although",
    "among",
    "amongst",
    "as",
    "at",
    "because",
    "before",
    "but",
    "by",
    "depending",
    "during",
    "for",
    "from",
    "if",
    "in",
    "not",
    "of",
    "on",
    "once",
    "perhaps",
    "say",
    "should",
    "since",
    "through",
    "to",
    "unless",
    "when",
    "where",
    "while",
    "with",
];

/// `the Sr, Manager`
pub(super) fn comma_after_rank(before: &str, after: &str, at: usize) -> Option<Slip> {
    let is_title = matches!(leading_word(after.trim_start()), "Manager" | "Director");
    let is_one = ["the Sr", "a Sr", "our Sr"].iter().any(|rank| before.ends_with(rank));
    (is_title && is_one).then(|| Slip {
        range: at - 2..at + 1,
        message: "A comma stands in place of a full stop".to_owned(),
        changed: at..at + 1,
        corrections: &["."],
        help: "Write `Sr.`",
    })
}

/// `e,g.` for `e.g.`
pub(super) fn abbreviation_with_comma(before: &str, after: &str, at: usize) -> Option<Slip> {
    let (corrections, help) = two_letters(before, after)?;
    let is_stopped = after[1..].starts_with('.');
    let range = at - 1..at + 2 + usize::from(is_stopped);
    // "i,e" alone may be a list of letters.
    (is_stopped || *corrections == ["e.g."]).then(|| Slip {
        range: range.clone(),
        message: "A comma stands in place of a full stop".to_owned(),
        changed: range,
        corrections,
        help,
    })
}
