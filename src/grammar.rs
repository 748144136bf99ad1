//! Slips of grammar that words and their neighbours tell with certainty.

pub mod agreement;
pub mod articles;
pub mod combinations;
pub mod endings;
pub mod indefinite;
pub mod lists;
pub mod pairs;
pub mod roles;

use std::ops::Range;

use crate::prose::{Block, BlockKind, WordAt};
use crate::text::match_case;

/// A slip where it stands.
#[derive(Debug, Clone)]
pub struct Slip<'p, 'a> {
    pub block: &'p Block<'a>,
    /// In bytes of the block's text.
    pub range: Range<usize>,
    pub message: String,
    pub help: String,
    pub repair: Option<Repair>,
}

/// What puts a slip right.
#[derive(Debug, Clone)]
pub struct Repair {
    pub title: String,
    /// In bytes of the block's text.
    pub range: Range<usize>,
    pub text: String,
}

impl Repair {
    fn change(range: Range<usize>, right: &str) -> Self {
        Self { title: format!("Change it to `{right}`"), range, text: right.to_owned() }
    }

    /// Inserts a word, given with the blank that parts it from the next or the last.
    fn insert(at: usize, text: String) -> Self {
        Self { title: format!("Insert `{}`", text.trim()), range: at..at, text }
    }
}

impl<'p, 'a> Slip<'p, 'a> {
    /// A word for which another is right, given in lower case.
    fn of_word(word: WordAt<'p, 'a>, message: String, right: &str) -> Self {
        let (range, right) = (word.word().range(), match_case(word.written(), right));
        let repair = Some(Repair::change(range.clone(), &right));
        Self { block: word.block, range, message, help: format!("Write `{right}`"), repair }
    }

    /// The same where more than this word has to be changed.
    fn without_repair(self) -> Self {
        Self { repair: None, ..self }
    }
}

/// Whether a block is a sentence or a bullet: headings, names and cells leave words out.
fn is_running_text(block: &Block<'_>) -> bool {
    matches!(block.kind, BlockKind::Item | BlockKind::Paragraph)
}

/// Whether only blanks part a word from the one before it.
fn follows_directly(word: WordAt<'_, '_>) -> bool {
    is_blank(word.gap_before())
}

fn is_blank(gap: &str) -> bool {
    !gap.is_empty() && gap.chars().all(char::is_whitespace)
}

/// Whether what stands between two words parts clauses, or begins a remark.
fn parts_clauses(gap: &str) -> bool {
    gap.contains(['.', ';', ':', '!', '?', '(', ')'])
}

/// Whether a sentence begins with a word.
pub fn opens_sentence(word: WordAt<'_, '_>) -> bool {
    let before = word.text_before().trim_end();
    before.is_empty() || before.ends_with(['.', '!', '?', ':'])
}
