//! Verbs that stand beside others in the wrong form: "Identifies and create", "to provides".

use super::{Slip, follows_directly, is_blank, is_running_text};
use crate::facts::{GrammarFacts, KnownForm, VerbForm};
use crate::prose::{Block, BlockKind, Prose, Shape, WordAt};
use crate::wording::FoundTerm;

/// What is said of a verb in the third person where it takes its base form.
pub fn third_for_base<'p, 'a>(prose: &'p Prose<'a>, facts: &GrammarFacts, found: &FoundTerm) -> Option<Slip<'p, 'a>> {
    let verb = found.first(prose);
    let known = facts.verbs.get(verb.word().hash).filter(|_| verb.word().shape == Shape::Lower)?;
    let before = verb.before().filter(|_| is_running_text(verb.block) && follows_directly(verb))?;
    let base = facts.verbs.written(known, VerbForm::Base);
    if facts.modals.contains(before.word().hash) {
        let message = format!("`{} {}` is no verb", before.written(), verb.written());
        return Some(Slip::of_word(verb, message, base));
    }
    if matches!(before.written(), "is" | "are" | "was" | "were" | "be") {
        return Some(two_verbs(before, verb));
    }
    let first = WordAt { at: 0, ..verb };
    let is_pair =
        before.written() == "and" && verb.block.kind == BlockKind::Item && is_one_clause(first, before, facts);
    is_pair.then(|| Slip::of_word(verb, unlike(verb, first), base))
}

/// "is requires"
fn two_verbs<'p, 'a>(first: WordAt<'p, 'a>, second: WordAt<'p, 'a>) -> Slip<'p, 'a> {
    let range = first.word().range().start..second.word().range().end;
    let message = format!("`{} {}` has two verbs", first.written(), second.written());
    let help = format!("Keep `{}` or `{}`, or write the word that lies between", first.written(), second.written());
    Slip { block: first.block, range, message, help, repair: None }
}

fn unlike(verb: WordAt<'_, '_>, first: WordAt<'_, '_>) -> String {
    format!("`{}` is not in the form of `{}`", verb.written(), first.written())
}

/// Whether a bullet begins with a verb in its base form, and up to `end` no other clause.
fn is_one_clause(first: WordAt<'_, '_>, end: WordAt<'_, '_>, facts: &GrammarFacts) -> bool {
    let Some(known) = facts.verbs.get(first.word().hash) else { return false };
    let is_verb = first.at + 1 == end.at || is_sure(first, known, facts);
    let goes_on = |word: &WordAt<'_, '_>| {
        let hash = word.word().hash;
        let is_verb = facts.verbs.get(hash).is_some_and(|known| known.form == VerbForm::Third && !known.is_noun);
        !facts.opens_clause.contains(hash)
            && !is_verb
            && !matches!(word.written(), "is" | "are" | "has" | "have" | "does" | "do" | "can" | "will" | "it")
            && !word.gap_before().contains(['.', ';', ':', '(', ')', '!', '?'])
    };
    let between = std::iter::successors(first.after(), |word| word.after()).take(end.at - first.at);
    known.form == VerbForm::Base
        && is_verb
        && !facts.takes_clause.contains(first.word().hash)
        && between.into_iter().all(|word| goes_on(&word))
}

/// What is said of each bullet that begins with two verbs of which the second has its base form, and the first has not.
pub fn base_for_third<'p, 'a>(prose: &'p Prose<'a>, facts: &'p GrammarFacts) -> impl Iterator<Item = Slip<'p, 'a>> {
    prose.blocks().iter().filter(|block| block.kind == BlockKind::Item).filter_map(|block| pair(prose, facts, block))
}

fn pair<'p, 'a>(prose: &'p Prose<'a>, facts: &GrammarFacts, block: &'p Block<'a>) -> Option<Slip<'p, 'a>> {
    let words = prose.words(block);
    let [one, _, other, ..] = words else { return None };
    let (known, second) = (facts.verbs.get(one.hash)?, facts.verbs.get(other.hash)?);
    let at = |at| WordAt { block, words, at };
    let (first, and, verb) = (at(0), at(1), at(2));
    let is_pair = and.written() == "and" && is_blank(and.gap_before()) && is_blank(verb.gap_before());
    let differ = known.form == VerbForm::Third && second.form == VerbForm::Base;
    let are_sure = is_sure(verb, second, facts) && (!known.is_noun || !second.is_noun);
    (is_pair && differ && are_sure)
        .then(|| Slip::of_word(verb, unlike(verb, first), facts.verbs.written(second, VerbForm::Third)))
}

/// Whether a word can be no noun where it stands.
fn is_sure(word: WordAt<'_, '_>, known: KnownForm, facts: &GrammarFacts) -> bool {
    !known.is_noun || word.after().is_some_and(|next| facts.determiners.contains(next.word().hash))
}
