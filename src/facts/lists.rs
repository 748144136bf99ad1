//! `rules/lists.yaml`: what tells the bullets of a list from the sentences beside it.

use serde::Deserialize;

use super::Cues;
use crate::word_hash::WordTable;

/// `rules/lists.yaml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListFacts {
    /// Words that say nothing about what a bullet is about.
    pub stop_words: WordTable,
    /// Words after which a sentence goes on.
    pub connectives: Vec<String>,
    /// Beginnings of sentences that close a list.
    pub closings: Cues,
    /// What sentences have in them that introduce the steps of a hiring process.
    pub introductions: Cues,
    /// How many indicators a family should have.
    pub indicators: Bounds,
    /// The fewest bullets of another level that are worth a word.
    pub repeated: usize,
}

/// The least and the most of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bounds {
    pub least: usize,
    pub most: usize,
}
