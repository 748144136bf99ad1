//! Terms of one word or several, all found in running text with one look-up a word.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

use crate::text::{fold, hash_of};

/// A map by hashes of words.
pub type ByWord<V> = HashMap<u64, V, BuildHasherDefault<IsHash>>;

/// Words, by their hashes.
pub type WordSet = HashSet<u64, BuildHasherDefault<IsHash>>;

/// Terms, each with what it stands for.
#[derive(Debug, Clone)]
pub struct Lexicon<K> {
    terms: Vec<(Box<[u64]>, K)>,
    /// The terms that begin with a word, the longest first.
    by_first: ByWord<Vec<usize>>,
}

impl<K: Copy> Lexicon<K> {
    /// Of terms in any case and with any apostrophes; a term without a word is left out.
    pub fn new<'t>(terms: impl IntoIterator<Item = (&'t str, K)>) -> Self {
        let mut lexicon = Self { terms: Vec::new(), by_first: ByWord::default() };
        for (term, kind) in terms {
            lexicon.add(term, kind);
        }
        for found in lexicon.by_first.values_mut() {
            found.sort_by_key(|index| std::cmp::Reverse(lexicon.terms[*index].0.len()));
        }
        lexicon
    }

    fn add(&mut self, term: &str, kind: K) {
        let words: Box<[u64]> = stems_of(term).into();
        if let Some(first) = words.first() {
            self.by_first.entry(*first).or_default().push(self.terms.len());
            self.terms.push((words, kind));
        }
    }

    /// Whether a term begins with a word.
    pub fn has_first(&self, stem: u64) -> bool {
        self.by_first.contains_key(&stem)
    }

    /// The terms that begin with a word, the longest first: the hashes of their words, and what they stand for.
    pub fn starting_with(&self, stem: u64) -> impl Iterator<Item = (&[u64], K)> {
        let found = self.by_first.get(&stem).map_or(&[][..], Vec::as_slice);
        found.iter().map(|index| (&*self.terms[*index].0, self.terms[*index].1))
    }
}

/// The hashes of the words of a term, parted and shorn of `'s` as those of prose.
pub fn stems_of(term: &str) -> Vec<u64> {
    let folded = fold(term);
    let words = folded.split(|c: char| !c.is_alphanumeric() && c != '\'').map(|word| word.trim_matches('\''));
    words.filter(|word| !word.is_empty()).map(|word| hash_of(word.strip_suffix("'s").unwrap_or(word))).collect()
}

/// Hashes what is a hash already.
#[derive(Debug, Default, Clone, Copy)]
pub struct IsHash(u64);

impl Hasher for IsHash {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().fold(self.0, |hash, byte| crate::text::hash_byte(hash, *byte));
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_term_comes_first() {
        let lexicon = Lexicon::new([("rock", 1), ("Rock-star", 2), ("man’s", 3), ("--", 4)]);
        let found: Vec<usize> = lexicon.starting_with(hash_of("rock")).map(|(words, _)| words.len()).collect();
        assert_eq!(found, [2, 1]);
        assert!(lexicon.has_first(hash_of("man")) && !lexicon.has_first(hash_of("star")));
    }
}
