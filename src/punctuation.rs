//! What is wrong at a punctuation mark, as the text around it tells: blanks missing or too many, marks missing or too many.
//!
//! Each function is given the text before and after a mark, and the byte at which the mark stands; but for `unpaired`,
//! which is given all marks of a text.

mod blanks;
mod brackets;
mod colons;
mod commas;
mod ends;
mod joints;
mod stops;
pub mod unpaired;

use std::ops::Range;

use blanks::{blank_before, blank_on_wrong_side, doubled};
use brackets::{blank_before_bracket, blank_in_bracket, bracket_joined, stop_before_bracket};
use colons::{blank_missing_after_colon, colon_after_shortening};
use commas::{abbreviation_with_comma, blank_missing, comma_after_joint, comma_after_rank};
pub use ends::End;
use joints::{blank_after_slash, hanging_hyphen, hyphen_before_plural, plus_after_noun, plus_before_word};
use stops::{
    needless_for, sentence_joined, shortening_joined, stop_and_comma, stop_in_sentence, stop_missing, stray_sign,
};

use crate::facts::Abbreviations;

/// A slip in a text.
#[derive(Debug)]
pub struct Slip {
    /// In bytes of the text.
    pub range: Range<usize>,
    pub message: String,
    /// Which bytes a correction replaces: all of the range, or a part of it.
    pub changed: Range<usize>,
    /// What may stand in their place; none where only the author knows.
    pub corrections: &'static [&'static str],
    pub help: &'static str,
}

/// The blank and the no-break space.
const BLANKS: [char; 2] = [' ', '\u{a0}'];

/// Whether something can be wrong beside a sign.
pub fn is_checked(sign: char) -> bool {
    matches!(sign, ',' | '.' | ';' | ':' | '-' | '/' | '(' | ')' | '+')
}

/// Whether nothing can be wrong with a mark where it stands, which the bytes beside it tell of nearly all.
pub fn is_usual(bytes: &[u8], at: usize) -> bool {
    let before = |back: usize| at.checked_sub(back).map(|at| bytes[at]);
    let after = |ahead: usize| bytes.get(at + ahead).copied();
    let is = |byte: Option<u8>, kind: fn(&u8) -> bool| byte.is_some_and(|byte| kind(&byte));
    match bytes[at] {
        b',' => is_followed_by_blank(bytes, at) && !COMMALESS.iter().any(|word| bytes[..at].ends_with(word)),
        b'.' => is_followed_by_blank(bytes, at) && !is(after(2), u8::is_ascii_lowercase) && after(2) != Some(b' '),
        b';' | b':' => is_followed_by_blank(bytes, at),
        b'-' => is(before(1), u8::is_ascii_alphabetic) && is(after(1), u8::is_ascii_alphanumeric),
        b'/' => after(1) != Some(b' '),
        b'(' => {
            before(1) == Some(b' ') && is(before(2), u8::is_ascii_alphanumeric) && is(after(1), u8::is_ascii_graphic)
        }
        b')' => is(before(1), u8::is_ascii_graphic),
        _ => false,
    }
}

/// Words that a comma seldom follows.
const COMMALESS: [&[u8]; 4] = [b" and", b" or", b"such as", b" Sr"];

/// Whether a mark stands right after a word and before a blank.
pub fn is_followed_by_blank(bytes: &[u8], at: usize) -> bool {
    let follows_word = at.checked_sub(1).is_some_and(|before| bytes[before].is_ascii_alphanumeric());
    follows_word && bytes.get(at + 1).is_none_or(|after| *after == b' ')
}

/// What is wrong at the mark at a byte of a text, if anything; after one of the abbreviations a full stop may stand
/// anywhere.
pub fn slip_at(text: &str, at: usize, abbreviations: &Abbreviations) -> Option<Slip> {
    let (before, after) = (&text[..at], &text[at + 1..]);
    match text.as_bytes()[at] {
        b',' => doubled(before, after, at, ',')
            .or_else(|| blank_before(before, after, at, ","))
            .or_else(|| blank_on_wrong_side(before, after, at))
            .or_else(|| blank_missing(before, after, at))
            .or_else(|| abbreviation_with_comma(before, after, at))
            .or_else(|| comma_after_joint(before, after, at))
            .or_else(|| comma_after_rank(before, after, at)),
        b'.' => doubled(before, after, at, '.')
            .or_else(|| stop_and_comma(before, after, at, abbreviations))
            .or_else(|| blank_before(before, after, at, "."))
            .or_else(|| stop_missing(before, after, at))
            .or_else(|| sentence_joined(before, after, at))
            .or_else(|| shortening_joined(before, after, at))
            .or_else(|| needless_for(before, after, at))
            .or_else(|| stray_sign(before, after, at))
            .or_else(|| stop_in_sentence(before, after, at, abbreviations)),
        b'(' => blank_in_bracket(before, after, at)
            .or_else(|| bracket_joined(before, after, at))
            .or_else(|| stop_before_bracket(before, after, at, abbreviations)),
        b')' => blank_before_bracket(before, after, at),
        b'-' => hanging_hyphen(before, after, at).or_else(|| hyphen_before_plural(before, after, at)),
        b'+' => plus_after_noun(before, after, at).or_else(|| plus_before_word(before, after, at)),
        b'/' => blank_after_slash(before, after, at),
        b';' => doubled(before, after, at, ';').or_else(|| blank_before(before, after, at, ";")),
        _ => blank_before(before, after, at, ":")
            .or_else(|| colon_after_shortening(before, after, at))
            .or_else(|| blank_missing_after_colon(before, after, at)),
    }
}

/// How a shortening is written whose two letters stand on both sides of a mark, and the help that says so.
fn two_letters(before: &str, after: &str) -> Option<(&'static [&'static str], &'static str)> {
    match (trailing_word(before), leading_word(after)) {
        ("e", "g") => Some((&["e.g."], "Write `e.g.`")),
        ("i", "e") => Some((&["i.e."], "Write `i.e.`")),
        _ => None,
    }
}

/// Whether what comes after such a text stands alone: a bracket there is none of a function's, `f( x )`.
fn stands_alone(before: &str) -> bool {
    before.is_empty() || before.ends_with([' ', '\u{a0}', '\n'])
}

fn is_spoken(word: &str) -> bool {
    word.len() > 1 && word.chars().all(char::is_alphabetic)
}

/// Letters of the longest of "pre", "non", "mid".
const SHORT_PREFIX: usize = 3;

fn is_sentence_case(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.as_str().chars().all(char::is_lowercase)
}

fn ends_sentence(rest: &str) -> bool {
    rest.strip_prefix('.').is_some_and(|rest| rest.chars().next().is_none_or(char::is_whitespace))
}

/// Where the last letters and digits of a text stand, in bytes of it, whatever marks and blanks stand behind them.
pub fn last_word(text: &str) -> Range<usize> {
    let end = text.trim_end_matches(|c: char| !c.is_alphanumeric());
    end.len() - trailing_word(end).len()..end.len()
}

/// The letters and digits with which a text ends; nothing where it ends with a mark or a blank.
pub fn trailing_word(text: &str) -> &str {
    &text[text.trim_end_matches(char::is_alphanumeric).len()..]
}

/// Those with which it begins, in the same way.
pub fn leading_word(text: &str) -> &str {
    &text[..text.len() - text.trim_start_matches(char::is_alphanumeric).len()]
}
