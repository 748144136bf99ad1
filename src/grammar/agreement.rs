//! Subjects and verbs of different number: "the next steps is".

use super::articles::ends_phrase;
use super::{Slip, follows_directly, is_running_text, opens_sentence, parts_clauses};
use crate::facts::{GrammarFacts, Subject, VerbForm};
use crate::prose::{Prose, Shape, Word, WordAt};
use crate::word_hash::WordTable;
use crate::wording::FoundTerm;

/// How far from its subject a verb may stand.
const FARTHEST: usize = 24;

/// What is said of a subject whose verb has another number.
pub fn disagreement<'p, 'a>(
    prose: &'p Prose<'a>,
    facts: &GrammarFacts,
    found: &FoundTerm,
    row: &Subject,
) -> Option<Slip<'p, 'a>> {
    let (first, last) = (found.first(prose), found.last(prose));
    if !is_running_text(first.block) || !begins_sentence(first, facts) {
        return None;
    }
    let verb = verb_of(last, facts).filter(|verb| is_its_own(*verb, last, row))?;
    let right = in_number(verb.written(), row.plural)?;
    let subject = &first.block.text()[found.place(prose).1];
    Some(Slip::of_word(verb, format!("`{}` does not agree with `{subject}`", verb.written()), right))
}

/// What is said of "a call of 60 minute".
pub fn of_number<'p, 'a>(prose: &'p Prose<'a>, facts: &GrammarFacts, found: &FoundTerm) -> Option<Slip<'p, 'a>> {
    let unit = found.last(prose);
    let is_plain = unit.written().len() > SHORTENED && unit.word().hash == unit.word().stem;
    let digits = number_before(unit).filter(|_| is_plain && is_running_text(unit.block))?;
    // "A 24 hour to 48 hour window" goes on.
    let goes_on = unit.after().is_some_and(|next| matches!(next.written(), "to" | "or" | "in" | "on"));
    let written = unit.written();
    (!goes_on && ends_phrase(unit, facts)).then(|| {
        let message = format!("`{digits} {written}` speaks of several, with a noun for one");
        Slip::of_word(unit, message, &format!("{written}s"))
    })
}

/// The number of which a unit has several: none in "Level 2 day", "1.5 hour", "3-5 minute" and "every 5 minute".
fn number_before<'a>(unit: WordAt<'_, 'a>) -> Option<&'a str> {
    let before = unit.text_before().strip_suffix(' ')?;
    let (sentence, digits) = before.split_at(before.trim_end_matches(|c: char| c.is_ascii_digit()).len());
    let is_alone = sentence.is_empty() || sentence.ends_with(|c: char| c.is_whitespace() || c == '(');
    let sentence = sentence.trim();
    let word = sentence.rsplit(char::is_whitespace).next().unwrap_or("");
    let is_named = word != sentence && word.starts_with(char::is_uppercase);
    let is_other = is_named || matches!(word, "to" | "or" | "a" | "an" | "per" | "every");
    (is_alone && !is_other && !matches!(digits, "" | "1" | "01")).then_some(digits)
}

/// "min" is the same for one and for several.
const SHORTENED: usize = 3;

/// What is said of "The procurement team ensure".
pub fn of_team<'p, 'a>(prose: &'p Prose<'a>, facts: &GrammarFacts, found: &FoundTerm) -> Option<Slip<'p, 'a>> {
    let team = found.last(prose);
    let verb = team.after().filter(|verb| verb.word().shape == Shape::Lower && follows_directly(*verb))?;
    let known = facts.verbs.get(verb.word().hash).filter(|known| known.form == VerbForm::Base && !known.is_noun)?;
    let mut before = std::iter::successors(team.before(), |word| word.before()).take(MOST_MODIFIERS + 1);
    let article =
        before.find(|word| facts.determiners.contains(word.word().hash) || parts_clauses(word.gap_before()))?;
    // "The tools help GitLab's team provide"
    let is_modifier =
        |word: &Word| word.hash == word.stem && facts.verbs.get(word.hash).is_none_or(|known| known.is_noun);
    let is_phrase = team.words[article.at + 1..team.at].iter().all(is_modifier);
    let is_subject = is_phrase && matches!(article.written(), "The" | "Our") && opens_sentence(article);
    // "The team complete with its lead"
    let is_verb = !facts.also_adjectives.contains(verb.word().hash) && !verb.text_after().starts_with('-');
    let is_plain = team.word().hash == team.word().stem && is_verb;
    (is_plain && is_subject && is_running_text(team.block)).then(|| {
        let message = format!("`{}` does not agree with `{}`", verb.written(), team.written());
        Slip::of_word(verb, message, facts.verbs.written(known, VerbForm::Third))
    })
}

/// Words between an article and "team".
const MOST_MODIFIERS: usize = 4;

/// Whether a verb can have no other subject than a row's.
fn is_its_own(verb: WordAt<'_, '_>, subject: WordAt<'_, '_>, row: &Subject) -> bool {
    let is_predicate = |predicates: &WordTable| {
        let next = verb.after().filter(|next| predicates.contains(next.word().hash));
        // "Experience with tools the teams are required to use"
        next.is_some_and(|next| next.after().is_none_or(|second| second.written() != "to"))
    };
    let between = &verb.words[subject.at + 1..verb.at];
    let has_rival = |rivals: &WordTable| between.iter().any(|word| rivals.contains(word.hash));
    row.predicates.as_ref().is_none_or(is_predicate) && !row.rivals.as_ref().is_some_and(has_rival)
}

/// Whether a sentence begins with a word, or with a determiner before it.
fn begins_sentence(word: WordAt<'_, '_>, facts: &GrammarFacts) -> bool {
    let determiner = word.before().filter(|before| facts.determiners.contains(before.word().hash));
    opens_sentence(word) || determiner.is_some_and(|before| follows_directly(word) && opens_sentence(before))
}

/// The first verb after a subject in its sentence, if it shows a number.
fn verb_of<'p, 'a>(subject: WordAt<'p, 'a>, facts: &GrammarFacts) -> Option<WordAt<'p, 'a>> {
    // "The next steps Anna has taken" has a clause of its own.
    let next = subject.after()?;
    if !shows_number(next) && !facts.prepositions.contains(next.word().hash) {
        return None;
    }
    let begins_clause = |word: WordAt<'_, '_>| {
        let is_known = [&facts.opens_clause, &facts.modals].iter().any(|set| set.contains(word.word().hash));
        is_known && word.written() != "to"
    };
    let mut words = std::iter::successors(Some(next), |word| word.after()).take(FARTHEST);
    let verb = words.find(|word| shows_number(*word) || begins_clause(*word) || parts_clauses(word.gap_before()))?;
    (!parts_clauses(verb.gap_before())).then_some(verb)
}

fn shows_number(word: WordAt<'_, '_>) -> bool {
    [true, false].iter().any(|plural| in_number(word.written(), *plural).is_some())
}

/// The verb in the other number, if it has the wrong one.
pub(super) fn in_number(verb: &str, plural: bool) -> Option<&'static str> {
    match (verb, plural) {
        ("is", true) => Some("are"),
        ("has", true) => Some("have"),
        ("was", true) => Some("were"),
        ("are", false) => Some("is"),
        ("have", false) => Some("has"),
        ("were", false) => Some("was"),
        _ => None,
    }
}
