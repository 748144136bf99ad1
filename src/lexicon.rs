//! Terms of one word or several, all found in running text with one look-up a word.

use crate::text::fold;
use crate::word_hash::{ByWord, hash_of};

/// Terms, each with what it stands for.
#[derive(Debug, Clone)]
pub struct Lexicon<K> {
    /// Those that begin with the same word stand together, the longest first.
    terms: Vec<Term<K>>,
    by_first: ByWord<TermRange>,
}

/// A term of a lexicon.
#[derive(Debug, Clone)]
pub struct Term<K> {
    /// The hashes of its words, of which there is one at least.
    pub words: Box<[u64]>,
    pub kind: K,
}

/// The terms of a lexicon that begin with one word, as indices.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TermRange {
    start: u32,
    end: u32,
    next: NextWords,
}

/// Words that may come next, a bit for several of them: of a word that is none of them the bits nearly always say so.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct NextWords(u64);

impl NextWords {
    /// Any word, and none at all.
    pub const ANY: Self = Self(u64::MAX);

    /// Whether this may be one, or nothing is to come.
    pub fn may_have(self, next: Option<u64>) -> bool {
        self == Self::ANY || next.is_some_and(|next| self.0 & bit(next) != 0)
    }
}

impl TermRange {
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether one of them can stand where this word comes next: most phrases begin with "to", "in" or "for".
    pub fn may_go_on(self, next: Option<u64>) -> bool {
        self.next.may_have(next)
    }

    /// The words with which one of them goes on; any where one is a single word.
    pub fn next_words(self) -> NextWords {
        self.next
    }
}

impl<K: Copy> Lexicon<K> {
    /// Of terms in any case and with any apostrophes; a term without a word is left out.
    pub fn new<'t>(terms: impl IntoIterator<Item = (&'t str, K)>) -> Self {
        let terms = terms.into_iter().map(|(term, kind)| Term { words: stems_of(term).into(), kind });
        let mut terms: Vec<Term<K>> = terms.filter(|term| !term.words.is_empty()).collect();
        terms.sort_by_key(|term| (term.words[0], std::cmp::Reverse(term.words.len())));
        let mut by_first: ByWord<TermRange> = ByWord::default();
        for (index, term) in (0..).zip(&terms) {
            let terms = by_first.entry(term.words[0]).or_insert(TermRange { start: index, ..TermRange::default() });
            terms.end = index + 1;
            terms.next.0 |= term.words.get(1).map_or(u64::MAX, |next| bit(*next));
        }
        Self { terms, by_first }
    }

    /// Which terms begin with a word.
    pub fn starting_with(&self, stem: u64) -> TermRange {
        self.by_first.get(&stem).copied().unwrap_or_default()
    }

    /// The terms themselves, the longest first.
    pub fn get(&self, terms: TermRange) -> &[Term<K>] {
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

#[cfg(test)]
mod tests {
    use super::*;

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
