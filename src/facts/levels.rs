//! `rules/levels.yaml`: the words that say how senior a role is, and the nouns that roles are called by.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use crate::text::{first_word, stem};

/// `rules/levels.yaml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(from = "LevelsFile")]
pub struct LevelFacts {
    pub levels: Vec<Arc<LevelFact>>,
    pub people_before_manager: Vec<String>,
    /// What a bracket behind a name may say of the role as a whole.
    pub remarks: Vec<String>,
    pub not_roles: NotRoles,
    /// Names keep it, to be compared without the facts.
    pub words: Arc<LevelWords>,
    /// What is read in the place of an abbreviation; nothing in that of a connective.
    read_as: FxHashMap<String, Vec<String>>,
    /// Compared with stems: without a plural ending.
    role_nouns: FxHashSet<String>,
    /// What a job family may be called by beside its work.
    family_nouns: FxHashSet<String>,
    /// Rows of `levels` by their first word, the longest first.
    by_first_word: FxHashMap<String, Vec<usize>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct LevelsFile {
    levels: Vec<LevelFact>,
    level_words: FxHashSet<String>,
    level_nouns: FxHashSet<String>,
    abbreviations: FxHashMap<String, String>,
    connectives: Vec<String>,
    remarks: Vec<String>,
    people_before_manager: Vec<String>,
    role_nouns: Vec<String>,
    family_nouns: FxHashSet<String>,
    not_roles: NotRoles,
}

impl From<LevelsFile> for LevelFacts {
    fn from(file: LevelsFile) -> Self {
        let mut by_first_word: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for (index, level) in file.levels.iter().enumerate() {
            by_first_word.entry(first_word(&level.word).to_owned()).or_default().push(index);
        }
        for rows in by_first_word.values_mut() {
            rows.sort_by_key(|row| std::cmp::Reverse(file.levels[*row].word.len()));
        }
        let stems = |words: &str| words.split(' ').map(|word| stem(word).to_owned()).collect();
        let spelt_out = file.abbreviations.iter().map(|(short, long)| (short.clone(), stems(long)));
        let left_out = file.connectives.into_iter().map(|word| (word, Vec::new()));
        let unmarked = file.levels.iter().find(|level| level.unmarked);
        let words = LevelWords {
            unmarked: unmarked.map_or(String::new(), |level| level.word.clone()),
            telling: file.level_words,
            nouns: file.level_nouns,
        };
        Self {
            read_as: spelt_out.chain(left_out).collect(),
            words: Arc::new(words),
            role_nouns: file.role_nouns.iter().map(|noun| stem(noun).to_owned()).collect(),
            family_nouns: file.family_nouns,
            people_before_manager: file.people_before_manager.iter().map(|noun| stem(noun).to_owned()).collect(),
            remarks: file.remarks,
            levels: file.levels.into_iter().map(Arc::new).collect(),
            not_roles: file.not_roles,
            by_first_word,
        }
    }
}

impl LevelFacts {
    /// The longest level with which folded words, parted by single blanks, begin.
    pub fn starting(&self, words: &str) -> Option<&Arc<LevelFact>> {
        let rows = self.by_first_word.get(words.split(' ').next()?)?;
        let begins = |level: &&Arc<LevelFact>| {
            words.strip_prefix(level.word.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        };
        rows.iter().map(|row| &self.levels[*row]).find(begins)
    }

    /// The level of a track that is called by a word.
    pub fn of(&self, track: Track, word: &str) -> Option<&Arc<LevelFact>> {
        self.levels.iter().find(|level| level.track == track && level.word == word)
    }

    /// The level of a role of a person's own work whose name has no level word.
    pub fn unmarked(&self) -> Option<&Arc<LevelFact>> {
        self.levels.iter().find(|level| level.unmarked)
    }

    /// The words that a word of a name stands for, as [`stem`] leaves them; nothing for most, which stand for themselves.
    pub fn read_as(&self, word: &str) -> Option<&[String]> {
        self.read_as.get(word).map(Vec::as_slice)
    }

    /// Whether roles are called by a noun; the noun as [`stem`] leaves it.
    pub fn is_role_noun(&self, stemmed: &str) -> bool {
        self.role_nouns.contains(stemmed)
    }

    /// Whether a word of a job family's name tells nothing of its work.
    pub fn is_family_noun(&self, stemmed: &str) -> bool {
        self.family_nouns.contains(stemmed)
    }
}

/// What single words say of a level.
#[derive(Debug, PartialEq, Eq)]
pub struct LevelWords {
    unmarked: String,
    telling: FxHashSet<String>,
    nouns: FxHashSet<String>,
}

impl LevelWords {
    /// Whether a word names the level that a name without one has.
    pub fn is_unmarked(&self, word: &str) -> bool {
        self.unmarked == word
    }

    /// Whether a word tells the level by itself, wherever it stands.
    pub fn tells_level(&self, word: &str) -> bool {
        self.telling.contains(word)
    }

    /// Whether a word of a level is a noun, and may be the kind of work instead.
    pub fn is_noun(&self, word: &str) -> bool {
        self.nouns.contains(word)
    }
}

/// A word that says how senior a role is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LevelFact {
    pub word: String,
    pub track: Track,
    /// Orders the levels of one track.
    pub rank: u16,
    /// A name without a level word has this level.
    #[serde(default)]
    pub unmarked: bool,
    /// Executives: their grade is not published.
    #[serde(default)]
    pub ungraded: bool,
}

/// Whether a role leads people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Track {
    Ic,
    Management,
}

/// Headings that look like roles and are none.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NotRoles {
    pub never_ends: Vec<String>,
    pub whole: Vec<String>,
    pub starts: Vec<String>,
    pub ends: Vec<String>,
}
