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
    /// Those that begin with the same word stand together, the longest first.
    terms: Vec<Term<K>>,
    by_first: ByWord<Terms>,
}

/// A term of a lexicon.
#[derive(Debug, Clone)]
pub struct Term<K> {
    /// The hashes of its words, of which there is one at least.
    pub words: Box<[u64]>,
    pub kind: K,
}

/// Which terms of a lexicon begin with a word.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Terms {
    start: u32,
    end: u32,
    /// A bit for each word with which one of them goes on; all bits where one is a single word.
    next: u64,
}

impl Terms {
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether one of them can stand where this word comes next: most phrases begin with "to", "in" or "for".
    pub fn may_go_on(self, next: Option<u64>) -> bool {
        self.next == u64::MAX || next.is_some_and(|next| self.next & bit(next) != 0)
    }
}

impl<K: Copy> Lexicon<K> {
    /// Of terms in any case and with any apostrophes; a term without a word is left out.
    pub fn new<'t>(terms: impl IntoIterator<Item = (&'t str, K)>) -> Self {
        let terms = terms.into_iter().map(|(term, kind)| Term { words: stems_of(term).into(), kind });
        let mut terms: Vec<Term<K>> = terms.filter(|term| !term.words.is_empty()).collect();
        terms.sort_by_key(|term| (term.words[0], std::cmp::Reverse(term.words.len())));
        let mut by_first: ByWord<Terms> = ByWord::default();
        for (index, term) in (0..).zip(&terms) {
            let terms = by_first.entry(term.words[0]).or_insert(Terms { start: index, end: index, next: 0 });
            terms.end = index + 1;
            terms.next |= term.words.get(1).map_or(u64::MAX, |next| bit(*next));
        }
        Self { terms, by_first }
    }

    /// Which terms begin with a word.
    pub fn starting_with(&self, stem: u64) -> Terms {
        self.by_first.get(&stem).copied().unwrap_or_default()
    }

    /// The terms themselves, the longest first.
    pub fn get(&self, terms: Terms) -> &[Term<K>] {
        self.terms.get(terms.start as usize..terms.end as usize).unwrap_or_default()
    }
}

fn bit(hash: u64) -> u64 {
    1 << (hash >> 32 & 63)
}

/// The hashes of the words of a term, parted and shorn of `'s` as those of prose.
pub fn stems_of(term: &str) -> Vec<u64> {
    let folded = fold(term);
    let words = folded.split(|c: char| !c.is_alphanumeric() && c != '\'').map(|word| word.trim_matches('\''));
    words.filter(|word| !word.is_empty()).map(|word| hash_of(word.strip_suffix("'s").unwrap_or(word))).collect()
}

/// Words, by their hashes, for a question that is asked of every word: of most words the first look says that they are
/// not there.
#[derive(Debug, Clone)]
pub struct WordTable {
    /// Four times as many as there are words, at least: each word stands at its first bits or in the next free one.
    /// Zero is no word.
    slots: Box<[u64]>,
    /// By how much a hash is shifted to have its first bits.
    shift: u32,
}

impl WordTable {
    pub fn contains(&self, word: u64) -> bool {
        self.from(word).take_while(|slot| **slot != 0).any(|slot| *slot == word)
    }

    fn from(&self, word: u64) -> impl Iterator<Item = &u64> {
        let (before, after) = self.slots.split_at((word >> self.shift) as usize);
        after.iter().chain(before)
    }
}

impl FromIterator<u64> for WordTable {
    fn from_iter<T: IntoIterator<Item = u64>>(words: T) -> Self {
        let words: WordSet = words.into_iter().collect();
        let bits = (words.len() * 4).next_power_of_two().max(2).ilog2();
        let mut table = Self { slots: vec![0; 1 << bits].into(), shift: u64::BITS - bits };
        for word in words {
            let taken = table.from(word).take_while(|slot| **slot != 0).count();
            let slot = ((word >> table.shift) as usize + taken) % table.slots.len();
            table.slots[slot] = word;
        }
        table
    }
}

/// Hashes what is a hash already.
#[derive(Debug, Default, Clone, Copy)]
pub struct IsHash(u64);

impl Hasher for IsHash {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = bytes
            .iter()
            .fold(self.0, |hash, byte| (hash.rotate_left(5) ^ u64::from(*byte)).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_has_the_words_that_it_was_made_of_and_no_others() {
        // The first three want one slot, which is the last.
        let words = [u64::MAX, u64::MAX - 1, u64::MAX - 2, 1, 1 << 63];
        let table: WordTable = words.into_iter().collect();
        assert!(words.into_iter().all(|word| table.contains(word)));
        assert!(![0, 2, u64::MAX - 3, (1 << 63) + 1].into_iter().any(|word| table.contains(word)));
        assert!(!WordTable::from_iter([]).contains(1));
    }

    #[test]
    fn the_longest_term_comes_first() {
        let lexicon = Lexicon::new([("rock", 1), ("Rock-star", 2), ("man’s", 3), ("--", 4)]);
        let found = |word: &str| -> Vec<(usize, i32)> {
            let terms = lexicon.get(lexicon.starting_with(hash_of(word)));
            terms.iter().map(|term| (term.words.len(), term.kind)).collect()
        };
        assert_eq!(found("rock"), [(2, 2), (1, 1)]);
        assert_eq!((found("man"), found("star")), (vec![(1, 3)], vec![]));
        let phrases = Lexicon::new([("to asses", 1), ("to advice", 2)]).starting_with(hash_of("to"));
        assert!(phrases.may_go_on(Some(hash_of("asses"))) && !phrases.may_go_on(None));
        assert!(lexicon.starting_with(hash_of("rock")).may_go_on(None));
    }
}
