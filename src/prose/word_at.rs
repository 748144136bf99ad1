//! Which word of a page is meant, and what stands beside it.

use std::ops::Range;

use super::{Block, Prose, Word};

/// A word of a page; in order as the words are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct WordId {
    /// Index into the blocks of the prose.
    pub block: usize,
    /// Index into the words of the block.
    pub word: usize,
}

/// A word among its neighbours.
#[derive(Debug, Clone, Copy)]
pub struct WordAt<'p, 'a> {
    pub block: &'p Block<'a>,
    /// All words of the block.
    pub words: &'p [Word],
    /// Which of them it is.
    pub at: usize,
}

impl<'a> Prose<'a> {
    /// The word that has an id of this page.
    pub fn at(&self, id: WordId) -> WordAt<'_, 'a> {
        let block = &self.blocks[id.block];
        WordAt { block, words: self.words(block), at: id.word }
    }
}

impl<'p, 'a> WordAt<'p, 'a> {
    /// The word itself.
    pub fn word(self) -> &'p Word {
        &self.words[self.at]
    }

    /// As the page has it.
    pub fn written(self) -> &'a str {
        self.block.word(self.word())
    }

    /// As the page has it, without a possessive `'s`.
    pub fn stem(self) -> &'a str {
        self.block.stem(self.word())
    }

    /// In bytes of the block's text, without a possessive `'s`.
    pub fn stem_range(self) -> Range<usize> {
        self.block.stem_range(self.word())
    }

    /// The word before it in the block.
    pub fn before(self) -> Option<Self> {
        self.at.checked_sub(1).map(|at| Self { at, ..self })
    }

    /// The word after it in the block.
    pub fn after(self) -> Option<Self> {
        Some(Self { at: self.at + 1, ..self }).filter(|next| next.at < next.words.len())
    }

    /// What stands between the word before it, or the start of the block, and the word.
    pub fn gap_before(self) -> &'a str {
        let start = self.before().map_or(0, |before| before.word().range().end);
        self.block.text().get(start..self.word().range().start).unwrap_or("")
    }

    /// The text of the block up to the word.
    pub fn text_before(self) -> &'a str {
        self.block.text().get(..self.word().range().start).unwrap_or("")
    }

    /// The text of the block from the end of the word on.
    pub fn text_after(self) -> &'a str {
        self.block.text().get(self.word().range().end..).unwrap_or("")
    }
}
