//! Which of the words that no list has are slips: what was guessed from the word alone is weighed by where it stands,
//! and the other words of the page are evidence.

use std::cell::{Cell, OnceCell, RefCell};
use std::sync::Arc;

use super::standing::{Standing, is_of_person};
use super::{FoundSpelling, Misspelling, Spelling, Unknown};
use crate::facts::Facts;
use crate::prose::{Block, Prose, Shape, Word, WordAt};
use crate::spelling::capitals::{StrayCapital, stray_capital};
use crate::spelling::formation::Formation;
use crate::spelling::guess::{Basis, Guess, is_doubled_in, is_swapped};
use crate::spelling::near::slips_between;
use crate::spelling::word_class;
use crate::text::fold;
use crate::word_hash::{ByWord, hash_of};

/// Makes slips of those unknown words that are some, and forgets the names of people. A word with a capital inside is a
/// slip or nothing at all.
pub fn settle(found: &mut Vec<FoundSpelling>, prose: &Prose<'_>, facts: &Facts) {
    if found.is_empty() {
        return;
    }
    let page = Page::new(prose, facts, found);
    found.retain_mut(|found| {
        let word = prose.at(found.at);
        if is_of_person(word) {
            return false;
        }
        let is_mixed = word.word().shape == Shape::Mixed;
        let slip = match &found.spelling {
            _ if is_mixed => page.stray_capital(word.stem()),
            Spelling::Unknown(unknown) => page.slip(word, unknown),
            _ => None,
        };
        if let Some(slip) = slip {
            found.spelling = Spelling::Misspelt(Arc::new(slip));
            return true;
        }
        !is_mixed
    });
}

/// A word that stands so often on a page may be a term of it.
const OFTEN: usize = 3;

/// The same of a word of which the guess is weak.
const OFTEN_IF_WEAK: usize = 2;

// The lengths of words below are bytes, and so letters: what is guessed, and what is sought among the words of the page,
// is ASCII.

/// Shorter words are near others of the page by chance, and with a capital they are abbreviations and names.
const LEAST: usize = 5;

/// Shorter words look like others by chance.
const TELLING: usize = 6;

/// In so long a word one slip is seen, though it is made of another or begins in another way.
const LONG: usize = 7;

/// Two slips leave enough of so long a word, and a capital where any word may have one makes no name of it.
const VERY_LONG: usize = 8;

/// The slip in so long a word is seen, however often it was copied and though only names have a capital there.
const UNMISTAKABLE: usize = 9;

/// A page with more words that no list has is in another language, and looking each of them up among the others would take
/// time that grows with their square.
const MOST_LOOKS: usize = 500;

struct Page<'p, 'a> {
    prose: &'p Prose<'a>,
    facts: &'p Facts,
    /// How often and where the unknown words stand, by their stems.
    uses: ByWord<Uses>,
    /// For each byte the lengths, as bits, of other words that begin with it and may be meant.
    sought: [u64; 256],
    /// Made when the first is asked for.
    known: OnceCell<Vec<Known<'p, 'a>>>,
    /// How often the words of the page were looked through for near ones.
    looks: Cell<usize>,
    /// How often words stand on the page, as far as that was asked.
    counts: RefCell<ByWord<usize>>,
}

/// How an unknown word stands on the page.
#[derive(Debug, Default, Clone, Copy)]
struct Uses {
    count: usize,
    /// At least once in small letters.
    small: bool,
    /// At least once with a capital where only a name has one.
    named: bool,
}

/// A word of the page that one of the unknown ones may be.
struct Known<'p, 'a> {
    block: &'p Block<'a>,
    word: &'p Word,
    count: usize,
    /// At least once with a capital.
    capitalised: bool,
}

impl<'p, 'a> Page<'p, 'a> {
    fn new(prose: &'p Prose<'a>, facts: &'p Facts, found: &[FoundSpelling]) -> Self {
        let mut uses: ByWord<Uses> = ByWord::default();
        let mut sought = [0; 256];
        for found in found {
            let Spelling::Unknown(unknown) = &found.spelling else { continue };
            if may_be_other(unknown) {
                sought[usize::from(unknown.lower.as_bytes()[0])] |= lengths_near(&unknown.lower);
            }
            let word = prose.at(found.at);
            let uses = uses.entry(word.word().stem).or_default();
            uses.count += 1;
            match Standing::of(word) {
                Standing::Small => uses.small = true,
                Standing::Name => uses.named = true,
                Standing::Start | Standing::Title => {}
            }
        }
        Self { prose, facts, uses, sought, known: OnceCell::new(), looks: Cell::new(0), counts: RefCell::default() }
    }

    fn slip(&self, word: WordAt<'_, '_>, unknown: &Unknown) -> Option<Misspelling> {
        let standing = Standing::of(word);
        let stem = word.word().stem;
        let lower = unknown.lower.as_str();
        let holds = |guess: &&Guess| is_likely(guess, lower, standing) && !self.is_used(stem, lower, guess);
        let near = if may_be_near(lower, standing) { unknown.near_guess(self.facts) } else { None };
        let far = || if near.is_none() && is_enough_for_far(lower, standing) { unknown.far_guess() } else { None };
        if let Some(guess) = near.or_else(far).filter(holds) {
            return Some(Misspelling { right: guess.words.clone(), is_sure: is_sure(guess, lower) });
        }
        if !may_be_other(unknown) {
            return None;
        }
        let right = self.near_word(stem, lower, standing)?;
        Some(Misspelling { right: vec![right], is_sure: true })
    }

    /// A word that the page has again and again, and what was guessed less often, is a name or a term. But who copies a
    /// line copies its slips, so the word must look like one.
    fn is_used(&self, stem: u64, lower: &str, guess: &Guess) -> bool {
        !is_seen_in_any_copy(lower, guess)
            && self.count(stem) >= often(lower, guess)
            && !self.is_copied_slip(stem, lower, guess)
            && self.count(stem) > guess.words.iter().map(|word| self.count(hash_of(word))).sum()
    }

    /// Whether a word that stands often is a slip still: it is near a word of job pages, and has a capital only where
    /// that makes no name of it.
    fn is_copied_slip(&self, stem: u64, lower: &str, guess: &Guess) -> bool {
        let looks_so = guess.basis == Basis::Lexicon
            && lower.len() >= TELLING
            && !guess.words.iter().any(|word| is_coined(lower, word));
        let uses = self.uses_of(stem);
        looks_so && (uses.small || !uses.named)
    }

    fn uses_of(&self, stem: u64) -> Uses {
        self.uses.get(&stem).copied().unwrap_or_default()
    }

    /// How often a word stands on the page; what is asked again is not counted again.
    fn count(&self, stem: u64) -> usize {
        let mut counts = self.counts.borrow_mut();
        if let Some(count) = counts.get(&stem) {
            return *count;
        }
        if counts.len() >= MOST_LOOKS {
            return 0;
        }
        let words = self.prose.blocks().iter().flat_map(|block| self.prose.words(block));
        let count = words.filter(|word| word.stem == stem).count();
        counts.insert(stem, count);
        count
    }

    /// A word of the page that is nearly the same and stands there at least as often, or that is right beyond doubt.
    fn near_word(&self, stem: u64, lower: &str, standing: Standing) -> Option<String> {
        if self.looks.replace(self.looks.get() + 1) >= MOST_LOOKS {
            return None;
        }
        let most = most_slips(lower);
        let uses = self.uses_of(stem);
        let near = self.known().iter().filter(|other| {
            let length = (other.word.end - other.word.start) as usize;
            let starts = initial(other.block, other.word) == lower.as_bytes()[0];
            let alike = standing != Standing::Name || other.capitalised;
            starts && alike && length.abs_diff(lower.len()) <= most && other.word.stem != stem
        });
        let mut slips = near.filter_map(|other| {
            let right = fold(other.block.stem(other.word));
            let slips = slip_of(&right, lower, most as u8)?;
            word_class(&right).is_some_and(|class| !class.is_name_only()).then_some((other, right, slips))
        });
        let (other, right, slips) = slips.next()?;
        let beyond_doubt = slips == 1 && uses.small && lower.len() >= TELLING && !is_coined(lower, &right);
        (beyond_doubt || other.count >= uses.count).then_some(right)
    }

    /// The words of the page that begin as an unknown one does.
    fn known(&self) -> &[Known<'p, 'a>] {
        self.known.get_or_init(|| self.read_known())
    }

    fn read_known(&self) -> Vec<Known<'p, 'a>> {
        let mut known: Vec<Known<'p, 'a>> = Vec::new();
        let mut seen: ByWord<usize> = ByWord::default();
        let lengths = self.sought.iter().fold(0, |all, lengths| all | lengths);
        for block in self.prose.blocks() {
            for word in self.prose.words(block) {
                let length = length_bit(word.range().len());
                // Most words end here, without a look at their letters.
                if lengths & length == 0 || self.sought[usize::from(initial(block, word))] & length == 0 {
                    continue;
                }
                let is_plain = matches!(word.shape, Shape::Lower | Shape::Capitalised) && !word.technical;
                if !is_plain || self.uses.contains_key(&word.stem) {
                    continue;
                }
                let at = *seen.entry(word.stem).or_insert_with(|| {
                    known.push(Known { block, word, count: 0, capitalised: false });
                    known.len() - 1
                });
                known[at].count += 1;
                known[at].capitalised |= word.shape == Shape::Capitalised;
            }
        }
        known
    }

    fn stray_capital(&self, written: &str) -> Option<Misspelling> {
        let is_name = |word: &str| self.facts.terms.names().any(|name| name == word);
        let acronym = || Some(StrayCapital { right: self.acronym_with_small_l(written)?, is_sure: true });
        let StrayCapital { right, is_sure } = stray_capital(written, is_name).or_else(acronym)?;
        Some(Misspelling { right: vec![right], is_sure })
    }

    /// "ROl" on a page that has "ROI" too.
    fn acronym_with_small_l(&self, written: &str) -> Option<String> {
        let is_capitals = |text: &str| text.bytes().all(|byte| byte.is_ascii_uppercase());
        let right = written.replace('l', "I");
        let differs = right != written && right.len() > 2 && is_capitals(&right);
        let stands_there = || self.count(hash_of(&fold(&right))) > 0;
        (differs && stands_there()).then_some(right)
    }
}

/// Whether a slip is one, however often it stands on the page.
fn is_seen_in_any_copy(lower: &str, guess: &Guess) -> bool {
    guess.basis == Basis::Contraction || guess.basis != Basis::Joined && lower.len() >= UNMISTAKABLE
}

/// How often a word must stand on a page to be a term of it in spite of a guess.
fn often(lower: &str, guess: &Guess) -> usize {
    let is_weak = guess.basis == Basis::Top || guess.basis == Basis::Common && lower.len() < LONG;
    if is_weak { OFTEN_IF_WEAK } else { OFTEN }
}

/// The first byte of a word, in lower case.
fn initial(block: &Block<'_>, word: &Word) -> u8 {
    block.text().as_bytes()[word.start as usize].to_ascii_lowercase()
}

/// Whether another word of the page can be meant.
fn may_be_other(unknown: &Unknown) -> bool {
    unknown.formation == Formation::None && unknown.lower.len() >= LEAST && unknown.lower.is_ascii()
}

/// How many slips may part it from what is meant.
fn most_slips(lower: &str) -> usize {
    if lower.len() >= VERY_LONG { 2 } else { 1 }
}

/// The lengths of the words that are so near.
fn lengths_near(lower: &str) -> u64 {
    let most = most_slips(lower);
    (lower.len() - most..=lower.len() + most).fold(0, |lengths, length| lengths | length_bit(length))
}

fn length_bit(length: usize) -> u64 {
    1 << length.min(63)
}

/// The slips between a word and one that is no name made of it ("rustc").
fn slip_of(right: &str, lower: &str, most: u8) -> Option<u8> {
    let is_short_form = lower.len() < LONG && (right.starts_with(lower) || lower.starts_with(right));
    if is_short_form { None } else { slips_between(right, lower, most) }
}

/// Whether a word looks like a name made of another: "Workato", "marketly".
fn is_coined(lower: &str, right: &str) -> bool {
    lower.strip_prefix(right).is_some_and(|rest| !rest.is_empty() && !is_doubled_in(lower, right))
}

/// Whether a word differs from another as no name does: "Auidt", "Offfer", "Reprt", but not "Tumblr".
fn is_no_coinage(lower: &str, right: &str) -> bool {
    let same = lower.bytes().zip(right.bytes()).take_while(|(one, other)| one == other).count();
    let lost = right.as_bytes().get(same).is_some_and(|letter| b"aeiou".contains(letter));
    let lost_vowel =
        lost && right.get(same + 1..).is_some_and(|rest| !rest.is_empty() && lower.get(same..) == Some(rest));
    is_swapped(lower, right) || is_doubled_in(lower, right) || lost_vowel && !lower.ends_with('r')
}

/// Whether a guess may be written without a second look. Of words of the whole dictionary one may be near by chance, a
/// letter too many makes new words of old ones ("upserts", "journald"), and of four letters hardly one may be wrong: "stak" is
/// "stack" as well as "stay".
fn is_sure(guess: &Guess, lower: &str) -> bool {
    let is_word_of_jobs = matches!(guess.basis, Basis::Lexicon | Basis::Top);
    let has_its_letters = |word: &String| is_swapped(lower, word) || is_doubled_in(lower, word);
    if guess.basis == Basis::Top && !guess.words.iter().all(has_its_letters) {
        return false;
    }
    let has_letter_too_many = |word: &String| word.len() < lower.len() && !is_doubled_in(lower, word);
    guess.slips == 1
        && guess.basis != Basis::Common
        && !(is_word_of_jobs && guess.words.iter().any(has_letter_too_many))
}

/// Whether a near guess can hold where a word stands. Asked before one is made: looking for it costs as much as 500 other
/// words.
fn may_be_near(lower: &str, standing: Standing) -> bool {
    matches!(standing, Standing::Small | Standing::Start) || lower.len() >= LEAST
}

/// Whether a word is long enough where it stands for a guess that is far from it. Asked before one is made, as looking
/// costs, and again of the guess.
fn is_enough_for_far(lower: &str, standing: Standing) -> bool {
    match standing {
        Standing::Small => true,
        Standing::Start | Standing::Title => lower.len() >= VERY_LONG,
        Standing::Name => lower.len() >= UNMISTAKABLE,
    }
}

/// Whether a guess holds where the word stands: what has a capital may be a name, and names look like anything.
fn is_likely(guess: &Guess, lower: &str, standing: Standing) -> bool {
    let (is_telling, is_long) = (lower.len() >= TELLING, lower.len() >= LONG);
    let same_start = guess.words.iter().all(|word| word.as_bytes()[0].eq_ignore_ascii_case(&lower.as_bytes()[0]));
    let is_coined = guess.words.iter().any(|word| is_coined(lower, word));
    let is_cut = guess.words.iter().any(|word| word.starts_with(lower));
    let is_clear = is_telling || guess.words.iter().all(|word| is_no_coinage(lower, word));
    match (guess.basis, standing) {
        (Basis::Top, _) => standing == Standing::Small,
        (Basis::Contraction, _) => standing != Standing::Name,
        (_, Standing::Small) => guess.basis != Basis::Name || is_telling,
        (Basis::Name, _) | (Basis::Joined, Standing::Start | Standing::Title) => true,
        (Basis::Lexicon, Standing::Start) => (same_start || is_long) && !is_coined,
        (Basis::Lexicon, Standing::Title) => (same_start && is_clear || is_long) && !is_coined,
        (Basis::Lexicon, Standing::Name) => {
            let is_clear = is_long || guess.words.iter().all(|word| is_no_coinage(lower, word));
            same_start && !is_coined && !is_cut && is_clear
        }
        (Basis::Stutter | Basis::TwoSlips, _) | (Basis::Common, Standing::Start) => is_enough_for_far(lower, standing),
        (Basis::Common, Standing::Title | Standing::Name) | (Basis::Joined, Standing::Name) => false,
    }
}
