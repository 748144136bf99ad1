//! Where a word stands, which tells whether it may be a name.

use crate::prose::{BlockKind, Shape, WordAt};
use crate::source::floor_char_boundary;

/// How a word stands on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// In small letters.
    Small,
    /// With the capital of a sentence that goes on in small letters.
    Start,
    /// With a capital in a heading, a table, or before another capital at the start: each word may have one, and so may
    /// a name.
    Title,
    /// With a capital in the middle of a sentence.
    Name,
}

impl Standing {
    /// How a word stands.
    pub fn of(word: WordAt<'_, '_>) -> Self {
        if word.word().shape == Shape::Lower {
            return Self::Small;
        }
        if is_in_title_case(word) {
            return Self::Title;
        }
        if !starts_sentence(word) {
            return Self::Name;
        }
        let goes_on = word.after().is_some_and(|next| next.word().shape == Shape::Lower);
        if goes_on { Self::Start } else { Self::Title }
    }
}

/// Whether a word stands where each may have a capital.
fn is_in_title_case(word: WordAt<'_, '_>) -> bool {
    matches!(word.block.kind, BlockKind::Heading | BlockKind::Title | BlockKind::Cell)
}

fn starts_sentence(word: WordAt<'_, '_>) -> bool {
    let before = word.text_before().trim_end_matches([' ', '\n', '"', '\u{201c}', '(', '*', '_', '\'']);
    before.is_empty() || before.ends_with(['.', '!', '?', ':', ';', '\u{2022}'])
}

/// What stands before the name of a person, with a dot or without.
const TITLES: [&str; 7] = ["Mr", "Mrs", "Ms", "Mx", "Dr", "Prof", "Professor"];

/// More names before the last one no person has.
const MOST_NAMES: usize = 4;

/// Whether a word is a name after a title: "Ms. Berthage-Lopez".
pub fn is_of_person(word: WordAt<'_, '_>) -> bool {
    let mut first = word;
    for _ in 0..MOST_NAMES {
        let has_capital = first.word().shape != Shape::Lower;
        let Some(before) = first.before().filter(|_| has_capital) else { return false };
        let gap = first.gap_before();
        if TITLES.contains(&before.written()) {
            return matches!(gap.strip_prefix('.').unwrap_or(gap), " " | "\n" | "\u{a0}");
        }
        if !matches!(gap, " " | "-") {
            return false;
        }
        first = before;
    }
    false
}

/// In bytes, on each side of a word: more blanks than that are looked for in no text that people write.
const FARTHEST_BLANK: usize = 200;

/// Whether a word is part of an address without its `https`, of a path, or of an option: "gitlab.com/colour",
/// "/handbook/colour", "--colour".
pub fn is_in_path(word: WordAt<'_, '_>) -> bool {
    let (text, range) = (word.block.text(), word.word().range());
    let ends_path = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '"' | '\'' | ',' | ';');
    let before = &text[floor_char_boundary(text, range.start.saturating_sub(FARTHEST_BLANK))..range.start];
    let after = &text[range.end..floor_char_boundary(text, range.end + FARTHEST_BLANK)];
    let before = before.rsplit(ends_path).next().unwrap_or("");
    let after = after.split(ends_path).next().unwrap_or("");
    let goes_on = |dot: usize, part: &str| part[dot + 1..].starts_with(|c: char| c.is_ascii_alphanumeric());
    let has_dot = [before, after].iter().any(|part| part.match_indices('.').any(|(at, _)| goes_on(at, part)));
    let has_slash = before.contains('/') || after.starts_with('/');
    before.starts_with(['/', '%', '~'])
        || before.starts_with("--")
        || before.contains("::")
        || after.starts_with("::")
        || has_slash && has_dot
}

/// Letters up to which a word may as well be an abbreviation or a name.
const SHORT: usize = 4;

/// Whether a word that looks misspelt may be right after all: an acronym, part of a compound, a short name.
pub fn may_be_right(word: WordAt<'_, '_>) -> bool {
    let shape = word.word().shape;
    if word.word().technical || shape == Shape::Capitals || is_in_path(word) {
        return true;
    }
    let range = word.stem_range();
    if range.len() > SHORT {
        return false;
    }
    let text_after = &word.block.text()[range.end..];
    let before = word.text_before().chars().next_back();
    let joined = |c: Option<char>| c.is_some_and(|c| c == '-' || c == '/' || c.is_ascii_digit());
    let starts_sentence = word.at == 0 || before.is_some_and(|c| !c.is_whitespace());
    let is_name = shape == Shape::Capitalised && !starts_sentence && !is_in_title_case(word);
    joined(before) || joined(text_after.chars().next()) || is_name || text_after.starts_with(". ")
}
