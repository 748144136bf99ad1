//! `rules/required-bullets.yaml`: what every role must ask for.

use serde::Deserialize;

/// A bullet that every role must have, in any of its wordings.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequiredBullet {
    pub name: String,
    /// As the authoring guide words it.
    pub wording: String,
    /// Other wordings that count.
    #[serde(default)]
    pub also: Vec<String>,
    /// What every other wording that counts has in common.
    #[serde(default)]
    pub pattern: Option<BulletPattern>,
    pub examples: Vec<String>,
    pub counter_examples: Vec<String>,
}

/// A wording as beginnings of words that follow each other.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BulletPattern {
    /// The word that must follow.
    pub ends_with: String,
    /// Words after which that word means something else.
    #[serde(default)]
    pub not_after: Vec<String>,
    /// Beginnings of words that say "can".
    pub verbs: Vec<String>,
    /// Beginnings of words that say "use"; of several words, parted by blanks, each begins one.
    pub uses: Vec<String>,
    /// How many words may stand between one part and the next.
    pub within: usize,
}
