//! `rules/placeholders.yaml`: text that holds the place of what is still to be written.

use serde::Deserialize;

use crate::lexicon::{ByWord, WordSet};
use crate::text::{hash_of, words};

/// The phrases of `rules/placeholders.yaml`, with an index of their words.
#[derive(Debug, Clone, Deserialize)]
#[serde(from = "PlaceholdersFile")]
pub struct PlaceholderFacts {
    phrases: Vec<PlaceholderPhrase>,
    /// Phrases by the stem of their longest word: the rarest one in other text.
    by_word: ByWord<Vec<usize>>,
    /// Phrases of punctuation only.
    literals: Vec<String>,
    /// What a page or its sections consist of.
    parts: WordSet,
    /// Sentences that only look like a placeholder.
    pub house: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PlaceholdersFile {
    phrases: Vec<Placeholder>,
    parts: Vec<String>,
    house: Vec<String>,
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

/// A placeholder and the hashes of its words; one of punctuation has none.
#[derive(Debug, Clone)]
pub struct PlaceholderPhrase {
    pub fact: Placeholder,
    pub words: Vec<u64>,
    /// Which of the words is the longest.
    pub longest: usize,
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

impl From<PlaceholdersFile> for PlaceholderFacts {
    fn from(file: PlaceholdersFile) -> Self {
        let parts = file.parts.iter().map(|part| hash_of(part)).collect();
        let (by_word, literals) = (ByWord::default(), Vec::new());
        let mut facts = Self { phrases: Vec::new(), by_word, literals, parts, house: file.house };
        for fact in file.phrases {
            facts.add(fact);
        }
        facts
    }
}

impl PlaceholderFacts {
    fn add(&mut self, fact: Placeholder) {
        let written: Vec<&str> = words(&fact.phrase).collect();
        let longest = (0..written.len()).max_by_key(|&at| written[at].len());
        match longest.map(|at| written[at]) {
            Some(word) => {
                let stem = hash_of(word.strip_suffix("'s").unwrap_or(word));
                self.by_word.entry(stem).or_default().push(self.phrases.len());
            }
            None => self.literals.push(fact.phrase.clone()),
        }
        let words = written.iter().map(|word| hash_of(word)).collect();
        self.phrases.push(PlaceholderPhrase { longest: longest.unwrap_or(0), words, fact });
    }

    pub fn phrases(&self) -> &[PlaceholderPhrase] {
        &self.phrases
    }

    /// Whether a phrase has its longest word in common with the page, by its stem.
    pub fn has_word(&self, stem: u64) -> bool {
        self.by_word.contains_key(&stem)
    }

    /// The phrases whose longest word has this stem.
    pub fn with_word(&self, stem: u64) -> impl Iterator<Item = &PlaceholderPhrase> {
        self.by_word.get(&stem).into_iter().flatten().map(|row| &self.phrases[*row])
    }

    /// The phrases of punctuation only.
    pub fn literals(&self) -> impl Iterator<Item = &str> {
        self.literals.iter().map(String::as_str)
    }

    /// Whether a word, by its hash, names a part of a page.
    pub fn is_part(&self, word: u64) -> bool {
        self.parts.contains(&word)
    }
}
