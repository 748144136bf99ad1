//! Subjects and verbs of different number: "the next steps is".

use super::{Slip, follows_directly, is_running_text, opens_sentence, parts_clauses};
use crate::facts::{GrammarFacts, Subject};
use crate::prose::{Prose, WordAt};
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
    let verb = verb_of(last, facts)?;
    let right = in_number(verb.written(), row.plural)?;
    let subject = &first.block.text()[found.place(prose).1];
    Some(Slip::of_word(verb, format!("`{}` does not agree with `{subject}`", verb.written()), right))
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
