//! `rules/template-text.yaml`: what a template leaves to be filled in.

use serde::Deserialize;

use crate::text::first_word;
use crate::word_hash::{WordSet, hash_of};

/// `rules/template-text.yaml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(from = "TemplateTextFile")]
pub struct TemplateTextFacts {
    pub verbs: Vec<String>,
    /// What stands for a name.
    pub slots: Vec<String>,
    /// Instructions that stand without brackets.
    pub phrases: Vec<TemplatePhrase>,
    /// With which `phrases` begin.
    first_words: WordSet,
}

impl From<TemplateTextFile> for TemplateTextFacts {
    fn from(file: TemplateTextFile) -> Self {
        let first_words = file.phrases.iter().map(|known| hash_of(first_word(&known.phrase))).collect();
        Self { verbs: file.verbs, slots: file.slots, phrases: file.phrases, first_words }
    }
}

impl TemplateTextFacts {
    /// Whether an instruction without brackets begins with a word, given by its stem.
    pub fn begins_phrase(&self, stem: u64) -> bool {
        self.first_words.contains(&stem)
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TemplateTextFile {
    verbs: Vec<String>,
    slots: Vec<String>,
    phrases: Vec<TemplatePhrase>,
}

/// An instruction of a template, in lower case.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TemplatePhrase {
    pub phrase: String,
    pub example: String,
}
