//! Where a word stands, which tells whether it may be a name.

use crate::prose::{Block, BlockKind, Prose, Shape, Word};

/// How a word stands on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
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

impl Place {
    pub fn of(block: &Block<'_>, words: &[Word], at: usize) -> Self {
        if words[at].shape == Shape::Lower {
            return Self::Small;
        }
        if matches!(block.kind, BlockKind::Heading | BlockKind::Title | BlockKind::Cell) {
            return Self::Title;
        }
        if !starts_sentence(block, &words[at]) {
            return Self::Name;
        }
        let goes_on = words.get(at + 1).is_some_and(|next| next.shape == Shape::Lower);
        if goes_on { Self::Start } else { Self::Title }
    }
}

fn starts_sentence(block: &Block<'_>, word: &Word) -> bool {
    let before = block.text()[..word.range().start].trim_end_matches([' ', '\n', '"', '\u{201c}', '(', '*', '_', '\'']);
    before.is_empty() || before.ends_with(['.', '!', '?', ':', ';', '\u{2022}'])
}

/// What stands before the name of a person, with a dot or without.
const TITLES: [&str; 7] = ["Mr", "Mrs", "Ms", "Mx", "Dr", "Prof", "Professor"];

/// More names before the last one no person has.
const MOST_NAMES: usize = 4;

/// Whether a word is a name after a title: "Ms. Berthage-Lopez".
pub fn is_of_person(block: &Block<'_>, words: &[Word], at: usize) -> bool {
    let mut first = at;
    for _ in 0..MOST_NAMES {
        let has_capital = words[first].shape != Shape::Lower;
        let Some(before) = first.checked_sub(1).filter(|_| has_capital) else { return false };
        let gap = block.text().get(words[before].range().end..words[first].range().start).unwrap_or_default();
        if TITLES.contains(&block.word(&words[before])) {
            return matches!(gap.strip_prefix('.').unwrap_or(gap), " " | "\n" | "\u{a0}");
        }
        if !matches!(gap, " " | "-") {
            return false;
        }
        first = before;
    }
    false
}

/// Letters up to which a word may as well be an abbreviation or a name.
const SHORT: usize = 4;

/// Whether a word that looks misspelt may be right after all: an acronym, part of a compound, a short name.
pub fn may_be_right(prose: &Prose<'_>, block: usize, at: usize) -> bool {
    let block = &prose.blocks()[block];
    let word = &prose.words(block)[at];
    if word.technical || word.shape == Shape::Capitals {
        return true;
    }
    let range = block.stem_range(word);
    if range.len() > SHORT {
        return false;
    }
    let before = block.text()[..range.start].chars().next_back();
    let after = block.text()[range.end..].chars().next();
    let joined = |c: Option<char>| c.is_some_and(|c| c == '-' || c == '/' || c.is_ascii_digit());
    let starts_sentence = at == 0 || before.is_some_and(|c| !c.is_whitespace());
    let in_title_case = matches!(block.kind, BlockKind::Heading | BlockKind::Title | BlockKind::Cell);
    let name = word.shape == Shape::Capitalised && !starts_sentence && !in_title_case;
    joined(before) || joined(after) || name || after == Some('.') && block.text()[range.end + 1..].starts_with(' ')
}
