//! Blanks before a mark, and marks that stand twice: `expectations .`, `etc..`.

use super::{BLANKS, Slip, ends_sentence, leading_word};

/// `expectations .`: a blank before the mark, and none to come.
pub(super) fn blank_before(before: &str, after: &str, at: usize, mark: &str) -> Option<Slip> {
    let trimmed = before.trim_end_matches(BLANKS);
    let last = trimmed.chars().next_back()?;
    let ends = after.chars().next().is_none_or(|c| c.is_whitespace() || matches!(c, ')' | '"' | '\u{201d}'));
    let spoken = last.is_alphanumeric() || matches!(last, ')' | '"' | '\u{201d}' | '%' | '\u{2019}' | '\'');
    let ratio = mark == ":" && (last.is_ascii_digit() || after.starts_with(')'));
    let emoticon = mark == ";" && after.starts_with(')');
    (trimmed.len() < before.len() && ends && spoken && !ratio && !emoticon).then(|| Slip {
        range: trimmed.len()..at + 1,
        message: format!("A blank stands before the {}", name(mark)),
        changed: trimmed.len()..at,
        corrections: &[""],
        help: "Take the blank out",
    })
}

/// `expectations ,and`: the blank that belongs behind the comma stands before it.
pub(super) fn blank_on_wrong_side(before: &str, after: &str, at: usize) -> Option<Slip> {
    let trimmed = before.trim_end_matches(BLANKS);
    let follows_word = trimmed.ends_with(|c: char| c.is_alphabetic() || c == ')');
    let rest = &after[leading_word(after).len()..];
    let is_address = rest.starts_with(['.', '_', '=', '@', ':', '/']) && !ends_sentence(rest);
    let precedes_word = after.starts_with(|c: char| c.is_alphabetic() || c == '(') && !is_address;
    (trimmed.len() < before.len() && follows_word && precedes_word).then(|| Slip {
        range: trimmed.len()..at + 1,
        message: "A blank stands before the comma, and none after it".to_owned(),
        changed: trimmed.len()..at + 1,
        corrections: &[", "],
        help: "Put the blank behind the comma",
    })
}

fn name(mark: &str) -> &'static str {
    match mark {
        "," => "comma",
        "." => "full stop",
        ";" => "semicolon",
        _ => "colon",
    }
}

/// `etc..`, `plans,, reports`, `plans,.`: the same mark twice, or a comma before the full stop.
pub(super) fn doubled(before: &str, after: &str, at: usize, mark: char) -> Option<Slip> {
    let second = after.chars().next()?;
    let rest = &after[second.len_utf8()..];
    let last = before.chars().next_back()?;
    let fits = second == mark || (mark == ',' && second == '.');
    let spoken = last.is_alphanumeric() || matches!(last, ')' | '"' | '\u{201d}' | '%');
    let ends = rest.chars().next().is_none_or(|c| c.is_whitespace() || matches!(c, ')' | '"' | '\u{201d}'));
    let corrections: &[&str] = match (mark, second) {
        (_, '.') => &["."],
        (',', _) => &[","],
        _ => &[";"],
    };
    let range = at..at + 1 + second.len_utf8();
    (fits && spoken && ends).then(|| Slip {
        range: range.clone(),
        message: if second == mark {
            format!("The {} stands twice", name(corrections[0]))
        } else {
            "A comma stands before the full stop".to_owned()
        },
        changed: range,
        corrections,
        help: if second == mark { "Delete one of them" } else { "Delete the comma" },
    })
}
