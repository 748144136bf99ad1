//! `rules/terms.yaml`: words and phrases that the rules of wording know.

use serde::Deserialize;

use super::abbreviations::Abbreviations;
use crate::text::Initials;
use crate::word_hash::WordTable;

/// `rules/terms.yaml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TermRows {
    pub misspelt: Vec<MisspeltWord>,
    pub phrasal: PhrasalVerbs,
    pub brands: Vec<Brand>,
    /// Words after which the small letters of a tool are its name.
    pub tool_cues: Vec<String>,
    /// Words before which they are, too.
    pub tool_things: Vec<String>,
    pub discouraged: Vec<DiscouragedTerm>,
    pub pronouns: Vec<GenderedPronoun>,
    pub vacancy: Vec<VacancyPhrase>,
    pub coded: CodedWords,
    pub years: Years,
    pub articles: Articles,
    pub doubled: DoubledWords,
    pub abbreviations: Abbreviations,
    /// Acronyms of which `'s` is a possessive: those of people and of departments.
    pub possessive_acronyms: Vec<String>,
    pub unmarked: UnmarkedPossessives,
    pub compounds: Vec<Compound>,
    /// What a hyphen joins to a noun before it, where another noun follows.
    pub compound_ends: Vec<String>,
    /// Beginnings of words that a hyphen joins to what follows.
    pub compound_starts: Vec<String>,
    pub suspended: Vec<Suspended>,
    pub parted: Vec<Parted>,
    pub unstopped: Vec<Shortening>,
    pub glued_units: Vec<GluedUnit>,
    pub units: Vec<Unit>,
    /// Words behind a compound that are no part of the noun that it says more of.
    pub no_nouns: WordTable,
    /// Words in -ly that are no adverbs.
    pub not_adverbs: WordTable,
    /// Words with which a sentence goes on after a comma, and never after a semicolon.
    pub continuations: Vec<String>,
    pub pages: Vec<NamedPage>,
    /// With what a requirement begins, and no sentence goes on.
    pub openings: Vec<String>,
}

/// A misspelling that no dictionary calls one, because it is a rare word or a name.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MisspeltWord {
    pub wrong: String,
    pub right: Vec<String>,
    /// Words of which one stands right before it, if there are any.
    #[serde(default)]
    pub after: Vec<String>,
    /// Words of which one stands right after it, if there are any.
    #[serde(default)]
    pub before: Vec<String>,
    /// Words right before it with which it is right.
    #[serde(default)]
    pub not_after: Vec<String>,
    /// The same right after it.
    #[serde(default)]
    pub not_before: Vec<String>,
}

impl MisspeltWord {
    /// Whether it is wrong beside some words only.
    pub fn is_bounded(&self) -> bool {
        [&self.after, &self.before, &self.not_after, &self.not_before].into_iter().any(|words| !words.is_empty())
    }

    /// Whether it is wrong between two words.
    pub fn is_wrong_between(&self, before: Option<&str>, after: Option<&str>) -> bool {
        (self.after.is_empty() || has(&self.after, before))
            && (self.before.is_empty() || has(&self.before, after))
            && !has(&self.not_after, before)
            && !has(&self.not_before, after)
    }
}

fn has(list: &[String], word: Option<&str>) -> bool {
    word.is_some_and(|word| list.iter().any(|known| known == word))
}

/// Verbs of two words, whose nouns are one word: "set up", "setup".
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PhrasalVerbs {
    pub verbs: Vec<PhrasalVerb>,
    /// Words before "to" by which a verb follows it.
    pub wants_verb: Vec<String>,
    /// Words before "to" by which a noun may follow it.
    pub wants_noun: Vec<String>,
    /// Words before such a verb, beside "to", where a determiner follows.
    pub after: Vec<String>,
    /// Words before a participle.
    pub auxiliaries: Vec<String>,
    /// Words with which the object of a verb begins, beside determiners.
    pub opens_object: Vec<String>,
}

/// A verb of two words.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PhrasalVerb {
    pub verb: String,
    /// How it is written where it is a noun, beside with a hyphen.
    pub noun: String,
    /// It is its own participle: "they are set up".
    #[serde(default)]
    pub is_participle: bool,
}

/// A name that is written in one way.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Brand {
    pub right: String,
    /// Other ways that are right.
    #[serde(default)]
    pub also: Vec<String>,
    /// Ways that are wrong though they have no capital, nothing but capitals, or other letters.
    #[serde(default)]
    pub wrong: Vec<String>,
    /// A plain word or a command, but a name after one of the cues.
    #[serde(default)]
    pub tool: bool,
    /// People who write of no tool have the word, too: "with some slack". Its repair needs a second look.
    #[serde(default)]
    pub everyday: bool,
    /// A word of any dictionary: what is near it may as well be the name of a person.
    #[serde(default)]
    pub is_word: bool,
    /// Words before it with which it is something else.
    #[serde(default)]
    pub not_after: Vec<String>,
}

/// A term that the guides ask not to use.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DiscouragedTerm {
    pub terms: Vec<String>,
    /// What to write; nothing where it is best left out.
    #[serde(default)]
    pub instead: Option<String>,
    pub reason: String,
    /// Words after it with which it is something else.
    #[serde(default)]
    pub not_before: Vec<String>,
    pub example: String,
}

/// A pronoun of one gender.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GenderedPronoun {
    pub pronoun: String,
    pub instead: String,
}

/// A phrase of vacancies.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VacancyPhrase {
    pub phrase: String,
    /// It speaks only at the start of a bullet: elsewhere it may be meant for every reader.
    #[serde(default)]
    pub opens_bullet: bool,
    /// Words right after it with which it is the house's own.
    #[serde(default)]
    pub not_before: Vec<String>,
    /// What to do; starts with a verb.
    pub help: String,
    pub example: String,
}

/// Words that attract one gender more than the other.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodedWords {
    /// A page is told of only when it has so many more masculine words than feminine ones.
    pub margin: usize,
    pub masculine: Vec<String>,
    pub feminine: Vec<String>,
    /// Words after which a coded word says nothing about a person.
    pub not_after: Vec<String>,
    /// Words before which it does not either.
    pub not_before: Vec<String>,
}

/// How a number of years of experience is asked for.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Years {
    pub units: Vec<String>,
    /// Numbers in words.
    pub numbers: Vec<String>,
    /// Words before the number that make it a least number.
    pub at_least: Vec<String>,
    /// Words before the number that make it a time span.
    pub spans: Vec<String>,
    /// Words after the years that make them a time span.
    pub ends_span: Vec<String>,
    /// Words after the years by which they are experience.
    pub experience: Vec<String>,
    /// Words directly after a least number of years by which they are experience.
    pub continues: Vec<String>,
    /// Words that make a number of years right, folded.
    #[serde(default)]
    pub allowed: Vec<String>,
    pub examples: Vec<String>,
    pub counter_examples: Vec<String>,
}

/// Which words take "a", which "an". In lower case.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Articles {
    /// Words that begin with a vowel letter and take "a".
    pub a_words: Vec<String>,
    pub a_starts: Starts,
    /// Beginnings that take "an" though one of `a_starts` fits.
    pub an_starts: Starts,
    /// Beginnings with a silent consonant.
    pub silent_starts: Starts,
    /// Beginnings that take either.
    pub either_starts: Starts,
    /// Words that do not follow an article: before them, "a" is a letter or a slip of another kind.
    pub never_after: Vec<String>,
    /// Acronyms that are read as a word or in two ways.
    pub acronyms_either: Vec<String>,
    /// Acronyms with a vowel letter first that take "a".
    pub acronyms_a: Vec<String>,
    /// Acronyms that are read letter by letter, though a word may begin so or is spelt so.
    pub acronyms_an: Vec<String>,
}

/// With what some words begin, in lower case.
#[derive(Debug, Clone, Deserialize)]
#[serde(from = "Vec<String>")]
pub struct Starts {
    starts: Vec<String>,
    initials: Initials,
}

impl From<Vec<String>> for Starts {
    fn from(starts: Vec<String>) -> Self {
        let initials = Initials::of(starts.iter().map(String::as_str));
        Self { starts, initials }
    }
}

impl Starts {
    /// Whether one of them begins a word, given in lower case.
    pub fn begin(&self, word: &str) -> bool {
        let may_begin = word.bytes().next().is_some_and(|first| self.initials.may_be(first));
        may_begin && self.starts.iter().any(|start| word.starts_with(start.as_str()))
    }
}

/// Words that may stand twice.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DoubledWords {
    pub allowed: Vec<String>,
    /// Phrases that begin with the second word of such a pair: "look at at least".
    pub phrases: Vec<String>,
}

/// Plurals that own the next word, and lack the apostrophe that says so.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnmarkedPossessives {
    /// The first word is the one that lacks it.
    pub phrases: Vec<String>,
    /// Words after a phrase with which it is something else.
    pub not_before: Vec<String>,
}

/// Words that are one with a hyphen between them: "self-starter".
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Compound {
    /// With blanks where the hyphens belong.
    pub words: Vec<String>,
    /// Words of which one stands right after it, if there are any: "long term goals", but "in the long term".
    #[serde(default)]
    pub before: Vec<String>,
    /// Whether a noun must stand right after it.
    #[serde(default)]
    pub before_noun: bool,
    /// Words right before it with which they are words of their own.
    #[serde(default)]
    pub not_after: Vec<String>,
    /// The same right after it.
    #[serde(default)]
    pub not_before: Vec<String>,
}

impl Compound {
    /// Whether the words are one between two others.
    pub fn is_one_between(&self, before: Option<&str>, after: Option<&str>) -> bool {
        (self.before.is_empty() || has(&self.before, after))
            && !has(&self.not_after, before)
            && !has(&self.not_before, after)
    }
}

/// Words of which the first shares the end of the last, and has a hyphen to say so: "short- and long-term plans".
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Suspended {
    /// With blanks where hyphens belong.
    pub words: Vec<String>,
    /// They are so before a noun only.
    #[serde(default)]
    pub before_noun: bool,
}

/// Words that have a hyphen between them before a noun only: "best practices", but "a best-practices guide".
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parted {
    /// With blanks where no hyphens belong.
    pub words: Vec<String>,
    /// Words of which one stands right before them, if there are any.
    #[serde(default)]
    pub after: Vec<String>,
    /// Words of which one stands right after them, if there are any; else the phrase ends with them.
    #[serde(default)]
    pub before: Vec<String>,
    /// They end their phrase before "and" or a comma, too: "best practices and plans", but "risk-management and planning
    /// skills".
    #[serde(default)]
    pub lists: bool,
}

/// A shortening that is nothing without its full stops.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shortening {
    /// Its letters alone.
    pub written: String,
    pub right: String,
}

/// A unit that is written onto its number: "30min".
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GluedUnit {
    /// Each with its number.
    pub written: Vec<String>,
    /// The unit after a hyphen: "30-minute call".
    pub one: String,
    /// The unit after a blank: "30 minutes".
    pub several: String,
}

/// A unit that makes an adjective of the number before it: "a 30 minute call".
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    pub written: Vec<String>,
    /// As it is written after a hyphen.
    pub right: String,
    /// Words right after it with which it makes none.
    #[serde(default)]
    pub not_before: Vec<String>,
    /// It is a plural, which is wrong only behind an article: "a 30 minutes call".
    #[serde(default)]
    pub is_plural: bool,
}

/// A page of the handbook that the house's own sentences name, and link.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NamedPage {
    pub name: String,
    /// The word before it by which the house's own page is meant.
    pub after: String,
    /// How the template links it.
    pub address: String,
}

/// What a term is: the list that it is in, and its row there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TermKind {
    Misspelt(usize),
    Phrasal(usize),
    Brand(usize),
    Discouraged(usize),
    Pronoun(usize),
    Vacancy(usize),
    Masculine,
    Feminine,
    Years,
    Article,
    /// "Each" and "every".
    Each,
    Unmarked,
    Compound(usize),
    CompoundEnd,
    CompoundStart,
    Suspended(usize),
    Parted(usize),
    Unstopped(usize),
    GluedUnit(usize),
    Unit(usize),
    Page(usize),
    Opening,
    BareNoun(usize),
    Combination(usize),
    Subject(usize),
    VerbPhrase(usize),
    BareSubject,
    Counter,
    ReportsTo,
}

impl TermRows {
    /// Each term, with the list and the row that it is in.
    pub(super) fn terms(&self) -> impl Iterator<Item = (&str, TermKind)> {
        let misspelt = self.misspelt.iter().map(|row| std::slice::from_ref(&row.wrong));
        let pronouns = self.pronouns.iter().map(|row| std::slice::from_ref(&row.pronoun));
        let vacancy = self.vacancy.iter().map(|row| std::slice::from_ref(&row.phrase));
        let verbs = self.phrasal.verbs.iter();
        numbered(misspelt, TermKind::Misspelt)
            .chain(numbered(verbs.clone().map(|row| std::slice::from_ref(&row.verb)), TermKind::Phrasal))
            .chain(numbered(verbs.map(|row| std::slice::from_ref(&row.noun)), TermKind::Phrasal))
            .chain(numbered(self.brands.iter().map(|brand| std::slice::from_ref(&brand.right)), TermKind::Brand))
            .chain(numbered(self.brands.iter().map(|brand| brand.wrong.as_slice()), TermKind::Brand))
            .chain(numbered(self.discouraged.iter().map(|row| row.terms.as_slice()), TermKind::Discouraged))
            .chain(numbered(pronouns, TermKind::Pronoun))
            .chain(numbered(vacancy, TermKind::Vacancy))
            .chain(self.coded.masculine.iter().map(|word| (word.as_str(), TermKind::Masculine)))
            .chain(self.coded.feminine.iter().map(|word| (word.as_str(), TermKind::Feminine)))
            .chain(self.years.units.iter().map(|unit| (unit.as_str(), TermKind::Years)))
            .chain(self.unmarked.phrases.iter().map(|phrase| (phrase.as_str(), TermKind::Unmarked)))
            .chain(numbered(self.compounds.iter().map(|row| row.words.as_slice()), TermKind::Compound))
            .chain(self.compound_ends.iter().map(|end| (end.as_str(), TermKind::CompoundEnd)))
            .chain(self.compound_starts.iter().map(|start| (start.as_str(), TermKind::CompoundStart)))
            .chain(numbered(self.suspended.iter().map(|row| row.words.as_slice()), TermKind::Suspended))
            .chain(numbered(self.parted.iter().map(|row| row.words.as_slice()), TermKind::Parted))
            .chain(numbered(self.unstopped.iter().map(|row| std::slice::from_ref(&row.written)), TermKind::Unstopped))
            .chain(numbered(self.units.iter().map(|row| row.written.as_slice()), TermKind::Unit))
            .chain(numbered(self.glued_units.iter().map(|row| row.written.as_slice()), TermKind::GluedUnit))
            .chain(numbered(self.pages.iter().map(|page| std::slice::from_ref(&page.name)), TermKind::Page))
            .chain(self.openings.iter().map(|opening| (opening.as_str(), TermKind::Opening)))
            .chain([("a", TermKind::Article), ("an", TermKind::Article)])
            .chain([("each", TermKind::Each), ("every", TermKind::Each)])
    }
}

/// The terms of each row, with the number of the row.
pub(super) fn numbered<'r>(
    rows: impl Iterator<Item = &'r [String]>,
    kind: fn(usize) -> TermKind,
) -> impl Iterator<Item = (&'r str, TermKind)> {
    rows.enumerate().flat_map(move |(row, terms)| terms.iter().map(move |term| (term.as_str(), kind(row))))
}
