//! Bullets whose verb has another form than those of the others: "Conducts" in a list of "Plan", "Write", "Review".

use super::Slip;
use crate::bullets::{Bullet, Bullets};
use crate::facts::{GrammarFacts, KnownForm, VerbForm};
use crate::prose::{Prose, Word, WordAt};

/// The fewest bullets of a list whose verbs are compared.
const LEAST: usize = 5;

/// The most bullets of another form in a list that has one.
const MOST_ODD: usize = 2;

/// Adds what is said of each odd bullet of some bullets, those of a section.
pub fn odd_forms<'p, 'a>(
    prose: &'p Prose<'a>,
    facts: &GrammarFacts,
    bullets: &Bullets,
    of_section: &[Bullet],
    slips: &mut Vec<Slip<'p, 'a>>,
) {
    for list in of_section.chunk_by(|one, next| one.list == next.list).filter(|list| list.len() >= LEAST) {
        // "Extends the Clerk responsibilities" is no duty, and has a form of its own.
        let outer = || list.iter().filter(|bullet| bullet.item.parent.is_none() && !bullet.extends);
        let openings = || outer().map(|bullet| (bullet, Opening::of(bullets.words(bullet), facts)));
        let mut forms = Forms::default();
        openings().for_each(|(_, opening)| forms.count(opening));
        let Some(usual) = forms.usual() else { continue };
        let odd = openings().filter_map(|(bullet, opening)| Some((bullet, opening?)));
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

/// How often the bullets of a list begin with each form.
#[derive(Debug, Default)]
struct Forms {
    bullets: usize,
    verbs: usize,
    /// In the order of [`FORMS`]: all, and those that can be no nouns.
    all: [usize; 3],
    sure: [usize; 3],
}

const FORMS: [VerbForm; 3] = [VerbForm::Base, VerbForm::Third, VerbForm::Ing];

impl Forms {
    fn count(&mut self, opening: Option<Opening>) {
        self.bullets += 1;
        if let Some(Opening { known, is_sure }) = opening {
            let form = known.form as usize;
            self.verbs += 1;
            self.all[form] += 1;
            self.sure[form] += usize::from(is_sure);
        }
    }

    /// The form that four verbs in five have and most bullets, if one or two have another.
    fn usual(&self) -> Option<VerbForm> {
        let usual = FORMS.into_iter().max_by_key(|form| self.all[*form as usize])?;
        let (count, sure) = (self.all[usual as usize], self.sure[usual as usize]);
        let is_usual = self.bullets >= LEAST && count * 5 >= self.verbs * 4 && count * 3 >= self.bullets * 2;
        let has_odd = (1..=MOST_ODD).contains(&(self.verbs - count));
        (is_usual && has_odd && sure * 2 >= count).then_some(usual)
    }
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
    // "Planning: ..." names what follows, and "Ensuring quality is everybody's work" has another verb.
    let is_subject = || {
        let is_finite = |word: &Word| matches!(block.word(word), "is" | "are" | "has" | "have" | "was" | "were");
        known.form == VerbForm::Ing && words.iter().any(is_finite)
    };
    if !is_same || is_subject() || first.text_after().trim_start().starts_with([':', '-', '\u{2013}', '\u{2014}']) {
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
