//! Words of the dictionary that cannot be meant where they stand: "Senior Date Engineer" on the page of the Senior Data
//! Engineer.

use super::Misspelling;
use crate::model::JobFamily;
use crate::prose::{Prose, Shape, Word, WordAt, WordId};
use crate::spelling::near::slips_between;
use crate::text::fold;
use crate::word_hash::{ByWord, WordTable, hash_of};

/// Names of fewer words are part of many phrases.
const LEAST_WORDS: usize = 3;

/// Job families have thirty roles at most; comparing with more takes time.
const MOST_NAMES: usize = 256;

/// Shorter words are near too many others.
const LEAST_LETTERS: usize = 4;

/// A word that is right in other places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MisplacedWord {
    pub at: WordId,
    pub misspelling: Misspelling,
}

/// The words that stand in the name of one of the page's roles for another that is one slip away.
pub fn misplaced_words(prose: &Prose<'_>, family: &JobFamily) -> Vec<MisplacedWord> {
    let names = Names::of(family);
    let mut found = Vec::new();
    if names.all.is_empty() {
        return found;
    }
    for (index, block) in prose.blocks().iter().enumerate() {
        let words = prose.words(block);
        for at in (0..words.len()).filter(|at| words[*at].shape == Shape::Capitalised) {
            if let Some(right) = names.word_meant(WordAt { block, words, at }) {
                let misspelling = Misspelling { right: vec![right], is_sure: false };
                found.push(MisplacedWord { at: WordId { block: index, word: at }, misspelling });
            }
        }
    }
    found
}

/// A name, folded, and the hashes of its words.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Name {
    folded: String,
    words: Vec<u64>,
}

impl Name {
    fn new(name: &str) -> Self {
        let folded = fold(name);
        let words = words_of(&folded).map(hash_of).collect();
        Self { folded, words }
    }

    fn word(&self, index: usize) -> &str {
        words_of(&self.folded).nth(index).unwrap_or_default()
    }
}

/// A word in one of the names.
#[derive(Clone, Copy)]
struct NamePlace {
    /// Index into the names.
    name: usize,
    /// Index into the words of the name.
    word: usize,
}

/// The names of the roles of a page.
struct Names {
    /// Those of enough words to be looked for.
    all: Vec<Name>,
    /// The words of all names, of the short ones too.
    words: WordTable,
    /// For a word, by its hash, the places in names that it stands right before.
    after: ByWord<Vec<NamePlace>>,
    /// For a word, by its hash, the first places of the names of which it is the second.
    before: ByWord<Vec<NamePlace>>,
}

impl Names {
    fn of(family: &JobFamily) -> Self {
        let mut all: Vec<Name> = family.roles.iter().map(|role| Name::new(&role.written)).collect();
        let words = all.iter().flat_map(|name| &name.words).copied().collect();
        all.retain(|name| name.words.len() >= LEAST_WORDS);
        all.sort();
        all.dedup();
        all.truncate(MOST_NAMES);
        let mut names = Self { all, words, after: ByWord::default(), before: ByWord::default() };
        for (index, name) in names.all.iter().enumerate() {
            names.before.entry(name.words[1]).or_default().push(NamePlace { name: index, word: 0 });
            for word in 1..name.words.len() {
                names.after.entry(name.words[word - 1]).or_default().push(NamePlace { name: index, word });
            }
        }
        names
    }

    /// The word that stands in a name where another stands here, between the same words.
    fn word_meant(&self, word: WordAt<'_, '_>) -> Option<String> {
        if word.word().technical || self.words.contains(word.word().stem) {
            return None;
        }
        let hash_if_named =
            |neighbour: Option<WordAt<'_, '_>>| Some(neighbour?.word().hash).filter(|hash| self.words.contains(*hash));
        let before = hash_if_named(word.before()).and_then(|before| self.after.get(&before));
        let after = hash_if_named(word.after()).and_then(|after| self.before.get(&after));
        if before.is_none() && after.is_none() {
            return None;
        }
        let places = before.into_iter().chain(after).flatten();
        let mut fitting = places.filter(|place| fits(word, &self.all[place.name].words, place.word));
        let first = fitting.next()?;
        let lower = fold(word.stem());
        let is_slip = |right: &str| {
            let is_form = right.starts_with(&lower) || lower.starts_with(right);
            lower.len() >= LEAST_LETTERS && !is_form && slips_between(right, &lower, 1) == Some(1)
        };
        let mut rights = std::iter::once(first).chain(fitting).map(|place| self.all[place.name].word(place.word));
        rights.find(|right| is_slip(right)).map(str::to_owned)
    }
}

/// Whether the words around one are those of a name around its word `meant`; the name is given as the hashes of its words.
fn fits(word: WordAt<'_, '_>, name: &[u64], meant: usize) -> bool {
    let of_name = |start: usize| word.words.get(start..start + name.len());
    let Some(written) = word.at.checked_sub(meant).and_then(of_name) else { return false };
    let same = |(index, word): (usize, &Word)| index == meant || word.hash == name[index];
    if !written.iter().enumerate().all(same) {
        return false;
    }
    let text = word.block.text().get(written[0].range().start..written[name.len() - 1].range().end).unwrap_or_default();
    !text.contains(['.', ';', ':', '\n'])
}

fn words_of(folded: &str) -> impl Iterator<Item = &str> {
    folded.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty())
}
