//! `rules/inheritance.yaml`: how a role says that it takes over what stands elsewhere.

use serde::Deserialize;

use super::{Cues, SectionKind, Starts};

/// `rules/inheritance.yaml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InheritanceFacts {
    pub cues: Cues,
    pub deferrals: Cues,
    /// As sections are called where a role is named with them.
    pub section_words: Vec<SectionWord>,
    before_name: Vec<String>,
    after_section: Vec<String>,
    before_own: Vec<String>,
    above: Vec<String>,
    shared: Vec<String>,
    role_words: Vec<String>,
    fillers: Vec<String>,
    /// Beginnings of what stands after a name.
    pub name_ends: Starts,
}

/// A word for a section.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SectionWord {
    pub word: String,
    pub section: SectionKind,
}

impl InheritanceFacts {
    /// Whether the name of a role follows a word: "the requirements *of* the Analyst".
    pub fn leads_to_name(&self, word: &str) -> bool {
        has(&self.before_name, word)
    }

    /// Whether the name of a section ends before a word: not before "gathering".
    pub fn may_follow_section(&self, word: &str) -> bool {
        self.leads_to_name(word) || has(&self.after_section, word)
    }

    /// Whether a word before the name of a section means the role's own: "the *following* requirements".
    pub fn announces_own(&self, word: &str) -> bool {
        has(&self.before_own, word)
    }

    /// Whether a word points to what stands before on the page.
    pub fn is_above(&self, word: &str) -> bool {
        has(&self.above, word)
    }

    /// Whether a word means what several roles have, or what stands before.
    pub fn is_shared(&self, word: &str) -> bool {
        has(&self.shared, word) || self.is_above(word)
    }

    /// Whether a word shows that the name before it is a role's.
    pub fn is_role_word(&self, word: &str) -> bool {
        has(&self.role_words, word)
    }

    /// Whether a word may stand between a wording and the name of a role.
    pub fn is_filler(&self, word: &str) -> bool {
        has(&self.fillers, word)
    }
}

fn has(list: &[String], word: &str) -> bool {
    list.iter().any(|known| known == word)
}
