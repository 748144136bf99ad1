//! What one pass over the words of a page finds for all rules of wording: terms that they know, and misspelt words.

pub mod misplaced;
mod slips;
mod standing;

use std::ops::Range;
use std::sync::{Arc, OnceLock};

pub use standing::may_be_right;

use crate::facts::{Facts, TermKind};
use crate::lexicon::{NextWords, TermRange};
use crate::prose::{Block, Prose, Shape, Word, WordAt, WordId};
use crate::spelling::formation::{Formation, formation};
use crate::spelling::guess::{Guess, far_guess, near_guess};
use crate::spelling::{american_for, is_excepted, is_usual_hash, known_misspelling, word_class, words_meant};
use crate::text::fold;
use crate::word_hash::ByWord;

/// The terms and the misspelt words of a page, in its order.
#[derive(Debug, Default)]
pub struct Wording {
    terms: Vec<FoundTerm>,
    spellings: Vec<FoundSpelling>,
    placeholder_candidates: Vec<WordId>,
    instruction_candidates: Vec<WordId>,
    repeated: Vec<WordId>,
}

/// A term where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundTerm {
    pub kind: TermKind,
    /// Index into the blocks of the prose.
    pub block: usize,
    /// Indices into the words of the block.
    pub words: Range<usize>,
}

/// A word that is not spelt as usual.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundSpelling {
    pub at: WordId,
    pub spelling: Spelling,
}

/// How a word is spelt that is not spelt as usual.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spelling {
    Misspelt(Arc<Misspelling>),
    /// The British way; with the American one.
    British(&'static str),
    /// In a way that no list has.
    Unknown(Arc<Unknown>),
    /// As usual but for a capital inside; it stands nowhere in a [`Wording`] that was read to the end.
    InnerCapital,
}

/// A word that is wrong, with what is right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misspelling {
    /// The likeliest first; in lower case, but for names and where the case is what is wrong.
    pub right: Vec<String>,
    /// Whether the first is what was meant, if there is no other.
    pub is_sure: bool,
}

/// A word that no list has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown {
    lower: String,
    /// It may be made of words as anybody makes new ones: "upskilling".
    pub formation: Formation,
    /// What may be meant is looked for when that matters: most unknown words are names, and stand where a name does.
    near: OnceLock<Option<Guess>>,
    far: OnceLock<Option<Guess>>,
}

impl Unknown {
    fn new(lower: &str) -> Self {
        let formation = formation(lower);
        Self { lower: lower.to_owned(), formation, near: OnceLock::new(), far: OnceLock::new() }
    }

    /// One slip away, from a usual word or a name.
    pub fn near_guess(&self, facts: &Facts) -> Option<&Guess> {
        self.near.get_or_init(|| near_guess(&self.lower, self.formation, facts.terms.names())).as_ref()
    }

    /// Further away than that; asked for only where there is no near guess.
    pub fn far_guess(&self) -> Option<&Guess> {
        self.far.get_or_init(|| far_guess(&self.lower, self.formation)).as_ref()
    }
}

/// What was found out about words by themselves, whatever the page: each is looked up once a run.
#[derive(Debug)]
pub struct JudgedWords {
    judgements: Vec<Judgement>,
    by_stem: ByWord<Number>,
    /// Some of these, each in the slot that the first bits of its stem give: nine look-ups in ten end here, after 10
    /// instructions instead of 50.
    at_hand: Box<[AtHand; 1 << AT_HAND_BITS]>,
    /// The facts by which they were judged: others judge otherwise.
    facts: Option<Arc<Facts>>,
}

/// The place of a judgement, counted from 1; 0 is a word of which there is nothing to say, as of nearly all.
type Number = u32;

/// A word of which it is known what there is to say.
#[derive(Debug, Clone, Copy, Default)]
struct AtHand {
    stem: u64,
    number: Number,
    /// The words before which there may be something to say: most words that begin a term begin none where they stand.
    speaks_before: NextWords,
}

/// The logarithm of how many words are kept at hand: four times as many save a million instructions in 280, and take
/// eight megabytes more of what the allocator hands out.
const AT_HAND_BITS: u32 = 12;

impl Default for JudgedWords {
    fn default() -> Self {
        let at_hand = Box::new([AtHand::default(); 1 << AT_HAND_BITS]);
        Self { judgements: Vec::new(), by_stem: ByWord::default(), at_hand, facts: None }
    }
}

#[derive(Debug, Clone)]
struct Judgement {
    /// Nothing where it is as usual.
    spelling: Option<Spelling>,
    /// Those that begin with the word.
    terms: TermRange,
    /// The facts or the words of the project have it: then it is right.
    is_named_by_facts: bool,
    /// It is the longest word of a placeholder's phrase.
    is_longest_of_placeholder: bool,
    /// An instruction of the template begins with it.
    begins_instruction: bool,
}

impl Judgement {
    fn new(block: &Block<'_>, word: &Word, facts: &Facts) -> Option<Self> {
        let lexicon = facts.terms.lexicon();
        let terms = lexicon.starting_with(word.stem);
        // A word that the facts name is not looked up: they know better.
        let named =
            lexicon.get(terms).iter().any(|term| term.words.len() == 1 && !is_right_elsewhere(term.kind, facts));
        let is_named_by_facts = named || facts.words.contains(word.stem);
        let is_right = is_named_by_facts || is_usual_hash(word.stem);
        let judgement = Self {
            spelling: if is_right { None } else { spelling_of(&fold(block.stem(word))) },
            terms,
            is_named_by_facts,
            is_longest_of_placeholder: facts.placeholders.has_longest(word.stem),
            begins_instruction: facts.template_text.begins_phrase(word.stem),
        };
        let is_candidate = judgement.is_longest_of_placeholder || judgement.begins_instruction;
        let says_something = is_named_by_facts || is_candidate || !terms.is_empty() || judgement.spelling.is_some();
        says_something.then_some(judgement)
    }

    /// The words before which there may be something to say of it.
    fn speaks_before(&self) -> NextWords {
        let speaks_alone = self.spelling.is_some() || self.is_longest_of_placeholder || self.begins_instruction;
        if speaks_alone { NextWords::ANY } else { self.terms.next_words() }
    }
}

impl Wording {
    /// Reads the words of a page; `judged` may know words from other pages that were read with the same facts.
    pub fn read(prose: &Prose<'_>, facts: &Facts, judged: &mut JudgedWords) -> Self {
        let mut wording = Self::default();
        for (index, block) in prose.blocks().iter().enumerate() {
            wording.read_block(index, block, prose.words(block), facts, judged);
        }
        slips::settle(&mut wording.spellings, prose, facts);
        wording
    }

    fn read_block(&mut self, index: usize, block: &Block<'_>, words: &[Word], facts: &Facts, judged: &mut JudgedWords) {
        let is_repeated = |at: usize| at > 0 && words[at].hash == words[at - 1].hash;
        let is_silent = |at: usize, judged: &JudgedWords| {
            let word = &words[at];
            word.shape != Shape::Mixed && judged.is_known_to_be_silent(word, words.get(at + 1)) && !is_repeated(at)
        };
        let mut next = 0;
        // Nine words in ten are passed here, in half of the instructions that a loop around the rest would take.
        while let Some(at) = (next..words.len()).find(|at| !is_silent(*at, judged)) {
            if is_repeated(at) {
                self.repeated.push(WordId { block: index, word: at });
            }
            self.read_word(index, WordAt { block, words, at }, facts, judged);
            next = at + 1;
        }
    }

    fn read_word(&mut self, block: usize, found: WordAt<'_, '_>, facts: &Facts, judged: &mut JudgedWords) {
        let judgement = judged.judge(found.block, found.word(), facts);
        let at = WordId { block, word: found.at };
        if let Some(spelling) = odd_spelling(found.word(), judgement).filter(|_| !standing::is_in_path(found)) {
            self.spellings.push(FoundSpelling { at, spelling });
        }
        if let Some(judgement) = judgement {
            self.note_candidate(at, judgement);
            self.find_terms(block, found, judgement.terms, facts);
        }
    }

    fn note_candidate(&mut self, at: WordId, judgement: &Judgement) {
        if judgement.is_longest_of_placeholder {
            self.placeholder_candidates.push(at);
        }
        if judgement.begins_instruction {
            self.instruction_candidates.push(at);
        }
    }

    /// The longest term of each kind that begins with a word.
    fn find_terms(&mut self, block: usize, start: WordAt<'_, '_>, terms: TermRange, facts: &Facts) {
        if terms.is_empty() || !terms.may_go_on(start.after().map(|next| next.word().stem)) {
            return;
        }
        let first = self.terms.len();
        for term in facts.terms.lexicon().get(terms) {
            let kind = term.kind;
            let words = start.at..start.at + term.words.len();
            let Some(candidate) = start.words.get(words.clone()) else { continue };
            // Nine terms in ten end here.
            if !candidate.iter().map(|word| word.stem).eq(term.words.iter().copied()) {
                continue;
            }
            let is_one = words.clone().skip(1).all(|at| is_joined_to_last(WordAt { at, ..start }));
            let known = self.terms[first..].iter().any(|term| same_list(term.kind, kind));
            // The name in "Gitlab.com" is prose, and part of an address; "30min" and "3rd party" have a number.
            let plain = matches!(kind, TermKind::Brand(_) | TermKind::GluedUnit(_) | TermKind::Compound(_))
                || candidate.iter().all(|word| !word.technical);
            if is_one && plain && !known {
                self.terms.push(FoundTerm { kind, block, words });
            }
        }
    }

    /// The terms that the facts name, in the order of the page: of each list the longest that begins with a word.
    pub fn terms(&self) -> &[FoundTerm] {
        &self.terms
    }

    /// The words that are not spelt as usual, in the order of the page.
    pub fn spellings(&self) -> &[FoundSpelling] {
        &self.spellings
    }

    /// The words that are the longest of some placeholder's phrase, block by block: it may stand there, or not.
    pub fn placeholder_candidates(&self) -> impl Iterator<Item = &[WordId]> {
        self.placeholder_candidates.chunk_by(|one, next| one.block == next.block)
    }

    /// The words with which an instruction of the template begins, block by block: it may stand there, or not.
    pub fn instruction_candidates(&self) -> impl Iterator<Item = &[WordId]> {
        self.instruction_candidates.chunk_by(|one, next| one.block == next.block)
    }

    /// The words that are the same as the one before them.
    pub fn repeated(&self) -> &[WordId] {
        &self.repeated
    }
}

impl FoundTerm {
    /// The block, and which bytes of its text the term is, without a possessive `'s`.
    pub fn place<'p, 'a>(&self, prose: &'p Prose<'a>) -> (&'p Block<'a>, Range<usize>) {
        let (first, last) = (self.first(prose), self.last(prose));
        (first.block, first.word().range().start..last.stem_range().end)
    }

    /// Its first word.
    pub fn first<'p, 'a>(&self, prose: &'p Prose<'a>) -> WordAt<'p, 'a> {
        prose.at(WordId { block: self.block, word: self.words.start })
    }

    /// Its last word.
    pub fn last<'p, 'a>(&self, prose: &'p Prose<'a>) -> WordAt<'p, 'a> {
        prose.at(WordId { block: self.block, word: self.words.end - 1 })
    }

    /// The folded word that stands before the term with only blanks or a hyphen between; else nothing.
    pub fn before(&self, prose: &Prose<'_>) -> Option<String> {
        let first = self.first(prose);
        first.before().filter(|_| is_joined_to_last(first)).map(|before| fold(before.written()))
    }

    /// The folded word that stands after it in the same way.
    pub fn after(&self, prose: &Prose<'_>) -> Option<String> {
        self.last(prose).after().filter(|after| is_joined_to_last(*after)).map(|after| fold(after.written()))
    }
}

impl JudgedWords {
    /// Forgets what was judged by other facts than these.
    pub fn judge_by(&mut self, facts: &Arc<Facts>) {
        if !self.facts.as_ref().is_some_and(|known| Arc::ptr_eq(known, facts)) {
            self.judgements.clear();
            self.by_stem.clear();
            self.at_hand.fill(AtHand::default());
            self.facts = Some(Arc::clone(facts));
        }
    }

    /// Whether it was found before that there is nothing to say of a word before this next one, and this is at hand.
    fn is_known_to_be_silent(&self, word: &Word, next: Option<&Word>) -> bool {
        let at_hand = &self.at_hand[slot_of(word)];
        at_hand.stem == word.stem && !at_hand.speaks_before.may_have(next.map(|next| next.stem))
    }

    fn judge(&mut self, block: &Block<'_>, word: &Word, facts: &Facts) -> Option<&Judgement> {
        let slot = slot_of(word);
        if self.at_hand[slot].stem != word.stem {
            let number = self.number_of(block, word, facts);
            let speaks_before = self.judgement(number).map(Judgement::speaks_before).unwrap_or_default();
            self.at_hand[slot] = AtHand { stem: word.stem, number, speaks_before };
        }
        self.judgement(self.at_hand[slot].number)
    }

    fn judgement(&self, number: Number) -> Option<&Judgement> {
        (number as usize).checked_sub(1).map(|at| &self.judgements[at])
    }

    fn number_of(&mut self, block: &Block<'_>, word: &Word, facts: &Facts) -> Number {
        if let Some(number) = self.by_stem.get(&word.stem) {
            return *number;
        }
        let judgement = Judgement::new(block, word, facts);
        let is_silent = judgement.is_none();
        self.judgements.extend(judgement);
        let number = if is_silent { 0 } else { self.judgements.len() as Number };
        self.by_stem.insert(word.stem, number);
        number
    }
}

fn slot_of(word: &Word) -> usize {
    (word.stem >> (u64::BITS - AT_HAND_BITS)) as usize
}

/// Shorter words are too often abbreviations or foreign.
const LEAST_LETTERS: usize = 3;

/// Longer ones are no words, and looking for their parts takes time that grows with the square of their length.
const MOST_LETTERS: usize = 40;

/// How a word is spelt where it stands, if not as usual. What has only capitals is an acronym, and of a word of the facts
/// they know the case.
fn odd_spelling(word: &Word, judgement: Option<&Judgement>) -> Option<Spelling> {
    if word.technical {
        return None;
    }
    let spelling = || judgement.and_then(|judgement| judgement.spelling.clone());
    match word.shape {
        Shape::Lower | Shape::Capitalised => spelling(),
        Shape::Mixed if !judgement.is_some_and(|judgement| judgement.is_named_by_facts) => {
            Some(spelling().unwrap_or(Spelling::InnerCapital))
        }
        Shape::Mixed | Shape::Capitals => None,
    }
}

/// How a word is spelt, wherever it stands; nothing where that is as usual. Most words are in the dictionary: they are
/// looked up once.
fn spelling_of(lower: &str) -> Option<Spelling> {
    if lower.len() > MOST_LETTERS || lower.chars().take(LEAST_LETTERS).count() < LEAST_LETTERS || is_excepted(lower) {
        return None;
    }
    if let Some(class) = word_class(lower) {
        let american = if class.is_british() { american_for(lower) } else { None };
        return american.map(Spelling::British);
    }
    if let Some(corrections) = known_misspelling(lower) {
        let right = words_meant(corrections, lower);
        return Some(Spelling::Misspelt(Arc::new(Misspelling { right, is_sure: true })));
    }
    let unknown = || Spelling::Unknown(Arc::new(Unknown::new(lower)));
    Some(american_for(lower).map_or_else(unknown, Spelling::British))
}

/// Whether a term is a slip in some places only, so that nothing is known of its word.
fn is_right_elsewhere(kind: TermKind, facts: &Facts) -> bool {
    match kind {
        TermKind::Misspelt(row) => facts.terms.rows().misspelt[row].is_bounded(),
        TermKind::Phrasal(_) => true,
        _ => false,
    }
}

/// Whether only blanks, a hyphen or a slash part a word from the one before it.
fn is_joined_to_last(word: WordAt<'_, '_>) -> bool {
    let gap = word.gap_before();
    gap == "-" || gap == "/" || gap.chars().all(char::is_whitespace)
}

fn same_list(one: TermKind, other: TermKind) -> bool {
    std::mem::discriminant(&one) == std::mem::discriminant(&other)
}
