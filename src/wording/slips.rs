//! Which of the words that no list has are slips: what was guessed from the word alone is weighed by where it stands,
//! and the other words of the page are evidence.

use std::cell::{Cell, OnceCell};
use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::{FoundSpelling, Misspelling, Spelling, Unknown};
use crate::facts::Facts;
use crate::lexicon::ByWord;
use crate::prose::{Block, BlockKind, Prose, Shape, Word};
use crate::spelling::guess::{Basis, Guess, stray_capital};
use crate::spelling::near::slips_between;
use crate::spelling::word_class;
use crate::text::{fold, hash_of};

/// Makes slips of those unknown words that are some. A word with a capital inside is a slip or nothing at all.
pub fn settle(found: &mut Vec<FoundSpelling>, prose: &Prose<'_>, facts: &Facts) {
    let page = Page { prose, facts, words: OnceCell::new(), looks: Cell::new(0) };
    found.retain_mut(|found| {
        let block = &prose.blocks()[found.block];
        let words = prose.words(block);
        let is_mixed = words[found.word].shape == Shape::Mixed;
        let slip = match &found.spelling {
            _ if is_mixed => page.stray_capital(block.stem(&words[found.word])),
            Spelling::Unknown(unknown) => page.slip(block, words, found.word, unknown),
            _ => None,
        };
        if let Some(slip) = slip {
            found.spelling = Spelling::Misspelt(Arc::new(slip));
            return true;
        }
        !is_mixed
    });
}

/// A word that stands so often on a page is meant.
const OFTEN: usize = 3;

/// The slip in a longer word is seen, however often it was copied.
const OFTEN_SHORT: usize = 9;

struct Page<'p, 'a> {
    prose: &'p Prose<'a>,
    facts: &'p Facts,
    /// Made when the first is asked for.
    words: OnceCell<PageWords<'p, 'a>>,
    /// How often the words of the page were looked through.
    looks: Cell<usize>,
}

/// The words of a page.
#[derive(Default)]
struct PageWords<'p, 'a> {
    /// How often each stem stands there.
    counts: ByWord<usize>,
    /// Each word in each shape once, where it stands first.
    distinct: Vec<(&'p Block<'a>, &'p Word)>,
}

/// A page with more words that no list has is in another language, and looking each of them up among the others would take
/// time that grows with their square.
const MOST_LOOKS: usize = 500;

/// How a word stands on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// In small letters.
    Small,
    /// With the capital of a sentence that goes on in small letters.
    Start,
    /// With a capital in a heading, a table, or before another capital at the start: each word may have one, and so may
    /// a name.
    Title,
    /// With a capital in the middle of a sentence.
    Name,
}

impl Place {
    fn of(block: &Block<'_>, words: &[Word], at: usize) -> Self {
        if words[at].shape == Shape::Lower {
            return Self::Small;
        }
        if matches!(block.kind, BlockKind::Heading | BlockKind::Title | BlockKind::Cell) {
            return Self::Title;
        }
        if !starts_sentence(block, &words[at]) {
            return Self::Name;
        }
        let goes_on = words.get(at + 1).is_some_and(|next| next.shape == Shape::Lower);
        if goes_on { Self::Start } else { Self::Title }
    }
}

fn starts_sentence(block: &Block<'_>, word: &Word) -> bool {
    let before = block.text()[..word.range().start].trim_end_matches([' ', '\n', '"', '\u{201c}', '(', '*', '_', '\'']);
    before.is_empty() || before.ends_with(['.', '!', '?', ':', ';', '\u{2022}'])
}

impl<'p, 'a> PageWords<'p, 'a> {
    fn of(prose: &'p Prose<'a>) -> Self {
        let mut words = Self::default();
        let mut seen = FxHashSet::default();
        // Half of the words of a page are new ones: without a guess both tables grow ten times.
        let all: usize = prose.blocks().iter().map(|block| prose.words(block).len()).sum();
        words.counts.reserve(all / 3);
        seen.reserve(all / 3);
        for (block, word) in
            prose.blocks().iter().flat_map(|block| prose.words(block).iter().map(move |word| (block, word)))
        {
            *words.counts.entry(word.stem).or_default() += 1;
            if seen.insert((word.hash, word.shape, word.technical)) {
                words.distinct.push((block, word));
            }
        }
        words
    }
}

impl<'p, 'a> Page<'p, 'a> {
    fn slip(&self, block: &Block<'_>, words: &[Word], at: usize, unknown: &Unknown) -> Option<Misspelling> {
        let place = Place::of(block, words, at);
        let lower = fold(block.stem(&words[at]));
        let is_likely = |guess: &&Guess| is_likely(guess, &lower, place) && !self.is_used(&words[at], &lower, guess);
        if let Some(guess) = unknown.guess.as_ref().filter(is_likely) {
            return Some(Misspelling { right: guess.words.clone(), is_sure: guess.slips == 1 });
        }
        if unknown.is_formed {
            return None;
        }
        let right = self.near_word(&words[at], &lower, place)?;
        Some(Misspelling { right: vec![right], is_sure: true })
    }

    /// A short word that the page has again and again, and what was guessed less often, is a name or a term.
    fn is_used(&self, word: &Word, lower: &str, guess: &Guess) -> bool {
        if lower.len() >= OFTEN_SHORT && guess.basis != Basis::Joined {
            return false;
        }
        let mut meant: Vec<u64> = guess.words.iter().map(|word| hash_of(word)).collect();
        meant.sort_unstable();
        meant.dedup();
        let written = self.count(word.stem);
        written >= OFTEN && written > meant.iter().map(|meant| self.count(*meant)).sum()
    }

    fn count(&self, stem: u64) -> usize {
        self.words().counts.get(&stem).copied().unwrap_or_default()
    }

    /// A word of the page that is nearly the same and stands there at least as often.
    fn near_word(&self, word: &Word, lower: &str, place: Place) -> Option<String> {
        if lower.len() < 5 || !lower.is_ascii() || self.looks.replace(self.looks.get() + 1) >= MOST_LOOKS {
            return None;
        }
        let most = if lower.len() > 7 { 2 } else { 1 };
        let is_near = |other: &(&Block<'_>, &Word)| {
            let (block, other) = other;
            let start = block.text().as_bytes()[other.start as usize].to_ascii_lowercase();
            let length = (other.end - other.start) as usize;
            let fits = length.abs_diff(lower.len()) <= most && start == lower.as_bytes()[0] && !other.technical;
            let alike = place != Place::Name || other.shape == Shape::Capitalised;
            fits && alike && other.stem != word.stem && is_slip(&fold(block.stem(other)), lower, most as u8)
        };
        let (block, found) =
            self.words().distinct.iter().copied().filter(is_near).find(|(block, other)| {
                word_class(&fold(block.stem(other))).is_some_and(|class| !class.is_name_only())
            })?;
        let is_usual = self.count(found.stem) >= self.count(word.stem);
        is_usual.then(|| fold(block.stem(found)))
    }

    fn words(&self) -> &PageWords<'p, 'a> {
        self.words.get_or_init(|| PageWords::of(self.prose))
    }

    fn stray_capital(&self, written: &str) -> Option<Misspelling> {
        let is_name = |word: &str| self.facts.terms.names().any(|name| name == word);
        let (right, is_sure) =
            stray_capital(written, is_name).or_else(|| Some((self.acronym_with_small_l(written)?, true)))?;
        Some(Misspelling { right: vec![right], is_sure })
    }

    /// "ROl" on a page that has "ROI" too.
    fn acronym_with_small_l(&self, written: &str) -> Option<String> {
        let is_capitals = |text: &str| text.bytes().all(|byte| byte.is_ascii_uppercase());
        let right = written.replace('l', "I");
        let differs = right != written && right.len() > 2 && is_capitals(&right);
        (differs && self.words().distinct.iter().any(|(block, word)| block.stem(word) == right)).then_some(right)
    }
}

/// Whether one word is a slip of another and no name made of it ("rustc").
fn is_slip(right: &str, lower: &str, most: u8) -> bool {
    let is_short_form = lower.len() < 7 && (right.starts_with(lower) || lower.starts_with(right));
    !is_short_form && slips_between(right, lower, most).is_some()
}

/// Whether a guess holds where the word stands: what has a capital may be a name, and names look like anything.
fn is_likely(guess: &Guess, lower: &str, place: Place) -> bool {
    let letters = lower.len();
    let same_start = guess.words.iter().all(|word| word.as_bytes()[0].eq_ignore_ascii_case(&lower.as_bytes()[0]));
    let same_end = !guess.words.iter().any(|word| word.starts_with(lower) || lower.starts_with(word.as_str()));
    match (guess.basis, place) {
        (_, Place::Small) => guess.basis != Basis::Name || letters > 5,
        (Basis::Name, _) | (Basis::Joined, Place::Start | Place::Title) => true,
        (Basis::Lexicon, Place::Start) => same_start,
        (Basis::Lexicon, Place::Title) => same_start && letters > 5,
        (Basis::Lexicon, Place::Name) => same_start && same_end && letters > 5,
        (Basis::Stutter | Basis::TwoSlips, Place::Start | Place::Title) => letters > 7,
        (Basis::Stutter | Basis::TwoSlips, Place::Name) => letters > 8,
        (Basis::Common, Place::Start) => letters > 7,
        (Basis::Common, Place::Title | Place::Name) | (Basis::Joined, Place::Name) => false,
    }
}
