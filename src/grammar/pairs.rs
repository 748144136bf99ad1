//! Verbs that stand beside others in another form: "Identifies and create".

use super::{Slip, is_blank, parts_clauses};
use crate::facts::{GrammarFacts, KnownForm, VerbForm};
use crate::prose::{BlockKind, Prose, Shape, Word, WordAt};
use crate::word_hash::hash_of;

/// What is said of each bullet that begins with a verb, and has another in another form.
pub fn unlike_verbs<'p, 'a>(prose: &'p Prose<'a>, facts: &'p GrammarFacts) -> impl Iterator<Item = Slip<'p, 'a>> {
    let and = hash_of("and");
    prose.blocks().iter().filter(|block| block.kind == BlockKind::Item).filter_map(move |block| {
        let words = prose.words(block);
        let known = facts.verbs.get(words.first()?.hash)?;
        let first = WordAt { block, words, at: 0 };
        match known.form {
            VerbForm::Base => odd_of_series(first, and, facts).or_else(|| third_for_base(first, and, facts)),
            VerbForm::Third => base_for_third(first, and, known, facts),
            VerbForm::Ing => None,
        }
    })
}

/// "Establish, monitors, and improve": verbs in a series, of which one has another form.
fn odd_of_series<'p, 'a>(first: WordAt<'p, 'a>, and: u64, facts: &GrammarFacts) -> Option<Slip<'p, 'a>> {
    let (words, at) = (first.words, |at| WordAt { at, ..first });
    let mut odd = None;
    let (mut members, mut sure) = (1, usize::from(!facts.verbs.get(first.word().hash)?.is_noun));
    let mut next = 1;
    while next < words.len() {
        let joined = words[next].hash == and && is_joint(at(next).gap_before());
        let member = next + usize::from(joined);
        let is_apart = joined && is_blank(words.get(member).map_or("", |_| at(member).gap_before()));
        if member >= words.len() || !is_apart && at(member).gap_before() != ", " {
            break;
        }
        let Some(known) = facts.verbs.get(words[member].hash).filter(|_| words[member].shape == Shape::Lower) else {
            break;
        };
        match known.form {
            VerbForm::Base => sure += usize::from(!known.is_noun),
            _ if odd.is_some() => return None,
            _ => odd = Some((at(member), known, joined)),
        }
        members += 1;
        next = member + 1;
        if joined {
            break;
        }
    }
    let (verb, known, is_last) = odd.filter(|_| members >= SERIES && sure > 0)?;
    let has_object = || {
        verb.after().is_some_and(|next| is_blank(next.gap_before()) && !facts.ends_phrase.contains(next.word().hash))
    };
    let is_verb = !known.is_noun || !is_last || known.form == VerbForm::Third && has_object();
    is_verb.then(|| slip(verb, first, facts.verbs.written(known, VerbForm::Base)))
}

/// So many verbs are a series.
const SERIES: usize = 3;

/// Whether a gap before "and" parts the members of a series.
fn is_joint(gap: &str) -> bool {
    is_blank(gap) || gap == ", "
}

/// "Collect data and proposes a change"
fn third_for_base<'p, 'a>(first: WordAt<'p, 'a>, and: u64, facts: &GrammarFacts) -> Option<Slip<'p, 'a>> {
    let (words, at) = (first.words, |at| WordAt { at, ..first });
    let third = |word: &Word| {
        let known = facts.verbs.get(word.hash).filter(|_| word.shape == Shape::Lower)?;
        (known.form == VerbForm::Third && !known.is_noun).then_some(known)
    };
    let joined = words.windows(2).position(|pair| pair[0].hash == and && third(&pair[1]).is_some())?;
    let (verb, known) = (at(joined + 1), third(&words[joined + 1])?);
    let is_other = is_blank(verb.gap_before()) && is_one_clause(first, at(joined), facts);
    is_other.then(|| slip(verb, first, facts.verbs.written(known, VerbForm::Base)))
}

/// Whether a bullet begins with a verb, and up to `end` no other clause.
fn is_one_clause(first: WordAt<'_, '_>, end: WordAt<'_, '_>, facts: &GrammarFacts) -> bool {
    let Some(known) = facts.verbs.get(first.word().hash) else { return false };
    let is_verb = end.at == 1 || is_sure(first, known, facts) || is_sure_pair(first, facts);
    let goes_on = |word: WordAt<'_, '_>| {
        let hash = word.word().hash;
        let is_verb = || facts.verbs.get(hash).is_some_and(|known| known.form == VerbForm::Third && !known.is_noun);
        !facts.opens_clause.contains(hash)
            && !matches!(word.written(), "is" | "are" | "has" | "have" | "does" | "do" | "can" | "will" | "it")
            && !parts_clauses(word.gap_before())
            && !is_verb()
    };
    let takes_clause = facts.takes_clause.contains(first.word().hash);
    is_verb && !takes_clause && (1..=end.at).all(|at| goes_on(WordAt { at, ..first }))
}

/// "Train and onboard writers": the second can be no noun, so that the first is none.
fn is_sure_pair(first: WordAt<'_, '_>, facts: &GrammarFacts) -> bool {
    let and = first.after().filter(|and| and.written() == "and" && is_blank(and.gap_before()));
    let second = and.and_then(WordAt::after).filter(|second| is_blank(second.gap_before()));
    let known = second.and_then(|second| facts.verbs.get(second.word().hash));
    known.is_some_and(|known| known.form == VerbForm::Base && !known.is_noun)
}

/// "Identifies and create"
fn base_for_third<'p, 'a>(
    first: WordAt<'p, 'a>,
    and: u64,
    known: KnownForm,
    facts: &GrammarFacts,
) -> Option<Slip<'p, 'a>> {
    let at = |at| WordAt { at, ..first };
    let [_, second, other, ..] = first.words else { return None };
    let known_other = facts.verbs.get(other.hash).filter(|_| second.hash == and)?;
    let verb = at(2);
    let stand_alone = is_blank(at(1).gap_before()) && is_blank(verb.gap_before());
    let are_verbs = is_sure(verb, known_other, facts) && (!known.is_noun || !known_other.is_noun);
    (stand_alone && are_verbs && known_other.form == VerbForm::Base)
        .then(|| slip(verb, first, facts.verbs.written(known_other, VerbForm::Third)))
}

/// Whether a word can be no noun where it stands.
pub(super) fn is_sure(word: WordAt<'_, '_>, known: KnownForm, facts: &GrammarFacts) -> bool {
    !known.is_noun || word.after().is_some_and(|next| facts.determiners.contains(next.word().hash))
}

fn slip<'p, 'a>(verb: WordAt<'p, 'a>, first: WordAt<'p, 'a>, right: &str) -> Slip<'p, 'a> {
    Slip::of_word(verb, format!("`{}` is not in the form of `{}`", verb.written(), first.written()), right)
}
