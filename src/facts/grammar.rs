//! `rules/grammar.yaml`: what the rule `grammar` knows of words and verbs.

use serde::Deserialize;

use super::terms::{MisspeltWord, TermKind, numbered};
use crate::word_hash::{ByWord, WordTable, hash_of};

/// `rules/grammar.yaml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GrammarFacts {
    pub bare_nouns: Vec<BareNoun>,
    pub plurals: Vec<PluralNoun>,
    pub counted: CountedNouns,
    /// Words before a plural that make it one thing.
    pub counts: WordTable,
    /// With which the title begins of the person to whom a role reports.
    pub titles: WordTable,
    /// Owners that take an article behind a preposition or a verb.
    pub bare_owners: WordTable,
    /// Persons that take an article where a sentence begins with them.
    pub bare_subjects: Vec<String>,
    /// Words with which such a sentence may begin.
    pub before_subjects: WordTable,
    /// With which words a phrase is over.
    pub ends_phrase: WordTable,
    /// Words that do not stand between an article and its noun.
    pub no_modifiers: WordTable,
    /// Words in -ing that are part of a noun's name.
    pub names_in_ing: WordTable,
    /// Words before "of" with which a noun stands alone.
    pub kinds: WordTable,
    pub subjects: Vec<Subject>,
    /// Prepositions behind which such an owner stands.
    pub prepositions: WordTable,
    /// Words behind which another clause begins.
    pub opens_clause: WordTable,
    /// Words of which the last of a sentence is never one.
    pub unfinished: WordTable,
    /// Words after which a verb stands in its base form.
    pub modals: WordTable,
    /// Verbs in a form that only a sentence has.
    pub finite_verbs: WordTable,
    pub determiners: WordTable,
    pub combinations: Vec<MisspeltWord>,
    pub verb_phrases: Vec<VerbPhrase>,
    /// Verbs after which a clause may stand without a word that opens it.
    pub takes_clause: WordTable,
    /// Words before which a verb is part of a name.
    pub names_with_verbs: WordTable,
    /// Verbs that are adjectives as well.
    pub also_adjectives: WordTable,
    /// Words that may stand before the verb with which a bullet begins.
    pub adverbs: WordTable,
    pub verbs: Verbs,
}

/// Singular nouns that take an article.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BareNoun {
    pub nouns: Vec<String>,
    /// Where they do.
    pub places: Vec<BarePlace>,
}

/// A place in which a noun takes an article.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BarePlace {
    /// Words of which one stands before the phrase.
    pub after: WordTable,
    /// Words of which one stands before that, unless it opens the text.
    #[serde(default)]
    pub opened_by: Option<WordTable>,
    /// How many words the phrase has before the noun, at least.
    #[serde(default)]
    pub modifiers: usize,
    pub article: Article,
    pub example: String,
}

/// The article that is mostly meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Article {
    The,
    A,
}

/// Plurals, which have no indefinite article.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PluralNoun {
    pub nouns: WordTable,
    /// Words of which one stands right before them, where they are verbs elsewhere.
    #[serde(default)]
    pub after: Option<WordTable>,
    pub example: String,
}

/// Nouns of which there are several.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CountedNouns {
    /// Behind which a phrase speaks of several.
    pub counters: Vec<String>,
    /// Words before a counter with which it is none.
    pub not_after: WordTable,
    /// Words before "other" with which it speaks of one.
    pub not_before_other: WordTable,
    /// Words right behind a counter that make an adjective of it.
    pub units: WordTable,
    /// Nouns for one.
    pub nouns: WordTable,
    pub examples: Vec<String>,
}

/// The subject of a sentence.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subject {
    pub subject: String,
    pub plural: bool,
    /// Words of which one follows the verb, where a verb of others may stand: "experience with tools the teams are using".
    #[serde(default)]
    pub predicates: Option<WordTable>,
    /// Words between it and its verb that may be a second subject.
    #[serde(default)]
    pub rivals: Option<WordTable>,
    pub example: String,
}

/// Words that do not stand before a verb in some form: "in order keep", "proficiency to write".
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerbPhrase {
    pub wrong: String,
    /// The forms of a verb before which they are wrong.
    pub verbs: Vec<VerbForm>,
    pub right: String,
    /// The form that the verb takes then, if it is another.
    #[serde(default)]
    pub becomes: Option<VerbForm>,
    /// Words of which one stands right before them, unless they open the text.
    #[serde(default)]
    pub after: Vec<String>,
}

/// Verbs in all forms, by any of them.
#[derive(Debug, Clone, Deserialize)]
#[serde(from = "VerbRows")]
pub struct Verbs {
    all: Vec<Verb>,
    by_form: ByWord<KnownForm>,
}

#[derive(Debug, Clone)]
struct Verb {
    base: String,
    third: String,
    ing: String,
}

/// The form of a verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VerbForm {
    /// "plan"
    Base,
    /// "plans"
    Third,
    /// "planning"
    Ing,
}

/// A word that is a form of a verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownForm {
    /// Which of the verbs.
    verb: usize,
    pub form: VerbForm,
    /// It is a noun as well.
    pub is_noun: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct VerbRows {
    base: Vec<String>,
    /// Those that double their last letter before -ing.
    doubling: Vec<String>,
    /// Forms that are nouns as well.
    also_nouns: WordTable,
}

impl From<VerbRows> for Verbs {
    fn from(rows: VerbRows) -> Self {
        let verb = |base: String| Verb { third: third_of(&base), ing: ing_of(&base, &rows.doubling), base };
        let all: Vec<Verb> = rows.base.into_iter().map(verb).collect();
        let mut by_form = ByWord::with_capacity_and_hasher(all.len() * 3, Default::default());
        for (verb, forms) in all.iter().enumerate() {
            for form in [VerbForm::Base, VerbForm::Third, VerbForm::Ing] {
                let word = hash_of(forms.written(form));
                by_form.insert(word, KnownForm { verb, form, is_noun: rows.also_nouns.contains(word) });
            }
        }
        Self { all, by_form }
    }
}

impl Verb {
    fn written(&self, form: VerbForm) -> &str {
        match form {
            VerbForm::Base => &self.base,
            VerbForm::Third => &self.third,
            VerbForm::Ing => &self.ing,
        }
    }
}

impl Verbs {
    /// What is known of a word.
    pub fn get(&self, word: u64) -> Option<KnownForm> {
        self.by_form.get(&word).copied()
    }

    /// The same verb in some form, in lower case.
    pub fn written(&self, known: KnownForm, form: VerbForm) -> &str {
        self.all[known.verb].written(form)
    }
}

/// "plans", "applies", "reaches"
fn third_of(base: &str) -> String {
    if base == "have" {
        return "has".to_owned();
    }
    match base.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ if ["s", "x", "z", "ch", "sh", "o"].iter().any(|end| base.ends_with(end)) => format!("{base}es"),
        _ => format!("{base}s"),
    }
}

/// "planning", "sharing", "overseeing"
fn ing_of(base: &str, doubling: &[String]) -> String {
    match base.strip_suffix('e') {
        Some(stem) if !stem.ends_with('e') => format!("{stem}ing"),
        _ if doubling.iter().any(|verb| verb == base) => format!("{base}{}ing", &base[base.len() - 1..]),
        _ => format!("{base}ing"),
    }
}

impl GrammarFacts {
    /// The terms that the pass over the words of a page looks for.
    pub fn terms(&self) -> impl Iterator<Item = (&str, TermKind)> {
        let combinations = self.combinations.iter().map(|row| std::slice::from_ref(&row.wrong));
        let verb_phrases = self.verb_phrases.iter().map(|row| std::slice::from_ref(&row.wrong));
        let subjects = self.subjects.iter().map(|row| std::slice::from_ref(&row.subject));
        numbered(self.bare_nouns.iter().map(|row| row.nouns.as_slice()), TermKind::BareNoun)
            .chain([("report to", TermKind::ReportsTo), ("reports to", TermKind::ReportsTo)])
            .chain(numbered(combinations, TermKind::Combination))
            .chain(numbered(subjects, TermKind::Subject))
            .chain(numbered(verb_phrases, TermKind::VerbPhrase))
            .chain(self.counted.counters.iter().map(|words| (words.as_str(), TermKind::Counter)))
            .chain(self.bare_subjects.iter().map(|words| (words.as_str(), TermKind::BareSubject)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Facts;

    #[test]
    fn the_forms_of_a_verb_are_made_of_its_base() {
        let forms = |base: &str| (third_of(base), ing_of(base, &["plan".to_owned()]));
        for (base, third, ing) in [
            ("plan", "plans", "planning"),
            ("share", "shares", "sharing"),
            ("oversee", "oversees", "overseeing"),
            ("apply", "applies", "applying"),
            ("survey", "surveys", "surveying"),
            ("reach", "reaches", "reaching"),
            ("focus", "focuses", "focusing"),
            ("have", "has", "having"),
        ] {
            assert_eq!(forms(base), (third.to_owned(), ing.to_owned()));
        }
    }

    #[test]
    fn a_verb_is_known_by_each_of_its_forms() {
        let facts = Facts::embedded();
        let verbs = &facts.grammar.verbs;
        let known = |word: &str| verbs.get(hash_of(word)).map(|known| (known.form, known.is_noun));
        assert_eq!(known("provides"), Some((VerbForm::Third, false)));
        assert_eq!(known("plans"), Some((VerbForm::Third, true)));
        assert_eq!(known("providing"), Some((VerbForm::Ing, false)));
        assert_eq!(known("quickly"), None);
    }
}
