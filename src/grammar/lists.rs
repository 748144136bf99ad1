//! Bullets whose verb has another form than those of the others: "Conducts" in a list of "Plan", "Write", "Review".

use super::Slip;
use crate::bullets::{Bullet, Bullets};
use crate::facts::{GrammarFacts, KnownForm, VerbForm};
use crate::prose::{Prose, WordAt};

/// The fewest bullets that have a form in common.
const LEAST: usize = 5;

/// The most bullets of another form in a list that has one.
const MOST_ODD: usize = 2;

/// What is said of each odd bullet of some bullets, those of a section.
pub fn odd_forms<'p, 'a>(
    prose: &'p Prose<'a>,
    facts: &GrammarFacts,
    bullets: &Bullets,
    of_section: &[Bullet],
    slips: &mut Vec<Slip<'p, 'a>>,
) {
    for list in of_section.chunk_by(|one, next| one.list == next.list) {
        let outer: Vec<&Bullet> = list.iter().filter(|bullet| bullet.item.parent.is_none()).collect();
        if outer.len() < LEAST {
            continue;
        }
        let openings: Vec<Option<Opening>> =
            outer.iter().map(|bullet| Opening::of(bullets.words(bullet), facts)).collect();
        let Some(usual) = usual_form(&openings) else { continue };
        let odd = outer.iter().zip(&openings).filter_map(|(bullet, opening)| Some((bullet, (*opening)?)));
        let odd = odd.filter(|(_, opening)| opening.known.form != usual && opening.is_sure);
        slips.extend(odd.filter_map(|(bullet, opening)| slip(prose, facts, bullet, opening.known, usual)));
    }
}

/// The verb with which a bullet begins.
#[derive(Debug, Clone, Copy)]
struct Opening {
    known: KnownForm,
    /// It can be no noun there.
    is_sure: bool,
}

impl Opening {
    fn of(words: &[u64], facts: &GrammarFacts) -> Option<Self> {
        let at = usize::from(facts.adverbs.contains(*words.first()?));
        let known = facts.verbs.get(*words.get(at)?)?;
        let has_object = || words.get(at + 1).is_some_and(|next| facts.determiners.contains(*next));
        Some(Self { known, is_sure: !known.is_noun || has_object() })
    }
}

/// The form that four verbs in five have and most bullets, if only one or two have another.
fn usual_form(openings: &[Option<Opening>]) -> Option<VerbForm> {
    let verbs = || openings.iter().flatten();
    let count = |form: VerbForm| verbs().filter(|opening| opening.known.form == form).count();
    let usual = [VerbForm::Base, VerbForm::Third, VerbForm::Ing].into_iter().max_by_key(|form| count(*form))?;
    let (usuals, all) = (count(usual), verbs().count());
    let is_usual = usuals * 5 >= all * 4 && usuals * 3 >= openings.len() * 2 && all - usuals <= MOST_ODD;
    let sure = verbs().filter(|opening| opening.known.form == usual && opening.is_sure).count();
    (is_usual && sure * 2 >= usuals).then_some(usual)
}

fn slip<'p, 'a>(
    prose: &'p Prose<'a>,
    facts: &GrammarFacts,
    bullet: &Bullet,
    known: KnownForm,
    usual: VerbForm,
) -> Option<Slip<'p, 'a>> {
    let block = prose.blocks_from(bullet.item.text).first().filter(|block| block.node == Some(bullet.item.text))?;
    let words = prose.words(block);
    let at = usize::from(facts.adverbs.contains(words.first()?.hash));
    let first = WordAt { block, words, at };
    let is_same = words.get(at).is_some_and(|word| facts.verbs.get(word.hash) == Some(known) && !word.technical);
    // "Planning: ..." names what follows.
    if !is_same || first.text_after().trim_start().starts_with([':', '-', '\u{2013}', '\u{2014}']) {
        return None;
    }
    let message = format!("`{}` is not in the form of the other bullets", first.written());
    let slip = Slip::of_word(first, message, facts.verbs.written(known, usual));
    Some(if has_other(first, known.form, facts) { slip.without_repair() } else { slip })
}

/// Whether another verb of the bullet has the same form, and may have to be changed too.
fn has_other(first: WordAt<'_, '_>, form: VerbForm, facts: &GrammarFacts) -> bool {
    first.words.iter().skip(first.at + 1).any(|word| facts.verbs.get(word.hash).is_some_and(|known| known.form == form))
}
