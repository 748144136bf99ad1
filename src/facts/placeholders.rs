//! `rules/placeholders.yaml`: text that holds the place of what is still to be written.

use serde::Deserialize;

use crate::text::words;
use crate::word_hash::{ByWord, hash_of};

/// `rules/placeholders.yaml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceholderRows {
    pub phrases: Vec<Placeholder>,
    /// What a page or its sections consist of.
    pub parts: Vec<String>,
    /// Sentences that only look like a placeholder.
    pub house: Vec<String>,
    /// Wordings with a placeholder in them that a project means as they are, folded.
    #[serde(default)]
    pub allowed: Vec<String>,
}

/// The placeholders, ready to be found in running text.
#[derive(Debug, Clone, Deserialize)]
#[serde(from = "PlaceholderRows")]
pub struct PlaceholderFacts {
    pub rows: PlaceholderRows,
    /// By the stem of the longest word of each phrase, which is the rarest in other text.
    by_longest: ByWord<Vec<PlaceholderWords>>,
    signs: Vec<String>,
    parts: Vec<u64>,
}

/// The words of a phrase, as the prose has them.
#[derive(Debug, Clone)]
pub struct PlaceholderWords {
    pub hashes: Box<[u64]>,
    /// Which of them is the longest.
    pub longest: usize,
    unless_before: Box<[u64]>,
    row: usize,
}

impl From<PlaceholderRows> for PlaceholderFacts {
    fn from(rows: PlaceholderRows) -> Self {
        let mut by_longest: ByWord<Vec<PlaceholderWords>> = ByWord::default();
        let hashes = |words: &[String]| -> Box<[u64]> { words.iter().map(|word| hash_of(word)).collect() };
        for (row, fact) in rows.phrases.iter().enumerate() {
            let written: Vec<&str> = words(&fact.phrase).collect();
            if let Some(longest) = (0..written.len()).max_by_key(|&at| written[at].len()) {
                let hashes_of_phrase = written.iter().map(|word| hash_of(word)).collect();
                let unless_before = hashes(&fact.unless_before);
                let phrase = PlaceholderWords { hashes: hashes_of_phrase, longest, unless_before, row };
                let stem = written[longest].strip_suffix("'s").unwrap_or(written[longest]);
                by_longest.entry(hash_of(stem)).or_default().push(phrase);
            }
        }
        let has_no_words = |phrase: &&String| words(phrase).next().is_none();
        let signs = rows.phrases.iter().map(|fact| &fact.phrase).filter(has_no_words).cloned().collect();
        let parts = hashes(&rows.parts).into_vec();
        Self { rows, by_longest, signs, parts }
    }
}

impl PlaceholderFacts {
    /// Whether there is a phrase whose longest word has this stem.
    pub fn has_longest(&self, stem: u64) -> bool {
        self.by_longest.contains_key(&stem)
    }

    /// The phrases whose longest word has this stem, in the order of the file.
    pub fn with_longest(&self, stem: u64) -> impl Iterator<Item = (&PlaceholderWords, &Placeholder)> {
        let found = self.by_longest.get(&stem).map_or(&[][..], Vec::as_slice);
        found.iter().map(|words| (words, &self.rows.phrases[words.row]))
    }

    /// The phrases that have no words, such as `???`.
    pub fn signs(&self) -> &[String] {
        &self.signs
    }

    /// Whether a word names a part of a page.
    pub fn is_part(&self, word: u64) -> bool {
        self.parts.contains(&word)
    }
}

impl PlaceholderWords {
    /// Whether the word after the phrase makes it something else.
    pub fn is_undone_by(&self, next: u64) -> bool {
        self.unless_before.contains(&next)
    }
}

/// Text that holds the place of what is still to be written.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Placeholder {
    /// In lower case.
    pub phrase: String,
    pub r#where: PlaceholderWhere,
    #[serde(default)]
    pub case: PlaceholderCase,
    /// Words that make it something else when they follow.
    #[serde(default)]
    pub unless_before: Vec<String>,
    pub example: String,
}

/// How much of a sentence or bullet a placeholder is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlaceholderWhere {
    Whole,
    Start,
    End,
    /// The end of a short sentence about a part of the page.
    OfPart,
    Anywhere,
}

/// Whether a placeholder counts only in capitals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlaceholderCase {
    #[default]
    Any,
    Upper,
}
