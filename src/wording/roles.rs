//! Words of the dictionary that cannot be meant where they stand: "Senior Date Engineer" on the page of the Senior Data
//! Engineer.

use std::collections::HashSet;
use std::hash::BuildHasherDefault;

use super::Misspelling;
use crate::lexicon::IsHash;
use crate::model::JobFamily;
use crate::prose::{Block, Prose, Shape, Word};
use crate::spelling::near::slips_between;
use crate::text::{fold, hash_of};

/// Names of fewer words are part of many phrases.
const LEAST_WORDS: usize = 3;

/// Job families have thirty roles at most; comparing with more takes time.
const MOST_NAMES: usize = 256;

/// Shorter words are near too many others.
const LEAST_LETTERS: usize = 4;

/// A word that is right in other places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MisplacedWord {
    pub misspelling: Misspelling,
    /// Index into the blocks of the prose.
    pub block: usize,
    /// Index into the words of the block.
    pub word: usize,
}

/// The words that stand in the name of one of the page's roles for another that is one slip away.
pub fn misspelt(prose: &Prose<'_>, family: &JobFamily) -> Vec<MisplacedWord> {
    let names = Names::of(family);
    let mut found = Vec::new();
    if names.all.is_empty() {
        return found;
    }
    for (index, block) in prose.blocks().iter().enumerate() {
        let words = prose.words(block);
        for at in (0..words.len()).filter(|at| names.may_differ_at(words, *at)) {
            if let Some(right) = names.word_meant(block, words, at) {
                let misspelling = Misspelling { right: vec![right], is_sure: false };
                found.push(MisplacedWord { misspelling, block: index, word: at });
            }
        }
    }
    found
}

/// The names of the roles of a page, as folded words with their hashes.
struct Names {
    all: Vec<Vec<(u64, String)>>,
    words: HashSet<u64, BuildHasherDefault<IsHash>>,
}

impl Names {
    fn of(family: &JobFamily) -> Self {
        let mut all: Vec<Vec<(u64, String)>> = family.roles.iter().map(|role| words_of(&role.written)).collect();
        let words = all.iter().flatten().map(|(hash, _)| *hash).collect();
        all.retain(|name| name.len() >= LEAST_WORDS);
        all.sort();
        all.dedup();
        all.truncate(MOST_NAMES);
        Self { all, words }
    }

    /// A word that no name has, beside one that some name has.
    fn may_differ_at(&self, words: &[Word], at: usize) -> bool {
        let word = &words[at];
        if word.shape != Shape::Capitalised {
            return false;
        }
        let beside = [at.checked_sub(1), Some(at + 1)].into_iter().flatten().filter_map(|at| words.get(at));
        !word.technical
            && !self.words.contains(&word.stem)
            && beside.into_iter().any(|word| self.words.contains(&word.hash))
    }

    fn word_meant(&self, block: &Block<'_>, words: &[Word], at: usize) -> Option<String> {
        let is_slip = |right: &str| {
            let lower = &fold(block.stem(&words[at]));
            let is_form = right.starts_with(lower) || lower.starts_with(right);
            lower.len() >= LEAST_LETTERS && !is_form && slips_between(right, lower, 1) == Some(1)
        };
        let places = self.all.iter().flat_map(|name| (0..name.len()).map(move |place| (name, place)));
        let mut meant = places.filter(|(name, place)| fits(block, words, at, name, *place) && is_slip(&name[*place].1));
        meant.next().map(|(name, place)| name[place].1.clone())
    }
}

/// Whether the words around one are those of a name around its word at `place`.
fn fits(block: &Block<'_>, words: &[Word], at: usize, name: &[(u64, String)], place: usize) -> bool {
    let Some(written) = at.checked_sub(place).and_then(|start| words.get(start..start + name.len())) else {
        return false;
    };
    let same = |(index, word): (usize, &Word)| index == place || word.hash == name[index].0;
    if !written.iter().enumerate().all(same) {
        return false;
    }
    let text = block.text().get(written[0].range().start..written[name.len() - 1].range().end).unwrap_or_default();
    !text.contains(['.', ';', ':', '\n'])
}

fn words_of(name: &str) -> Vec<(u64, String)> {
    let folded = fold(name);
    let words = folded.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty());
    words.map(|word| (hash_of(word), word.to_owned())).collect()
}
