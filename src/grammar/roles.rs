//! Roles as subjects of a sentence: "Tax Manager is a grade 8", "The Tax Manager share the duties".

use std::ops::Range;

use super::agreement::in_number;
use super::pairs::is_sure;
use super::{Repair, Slip, follows_directly, parts_clauses};
use crate::facts::{GrammarFacts, VerbForm};
use crate::lexicon::stems_of;
use crate::prose::{Block, BlockKind, Prose, Shape, Word, WordAt};
use crate::word_hash::WordSet;

/// What is said of each paragraph that begins with one of these roles. In bullets the article may be left out.
pub fn subjects<'p, 'a, 'r>(
    prose: &'p Prose<'a>,
    roles: impl Iterator<Item = &'r str>,
    facts: &'p GrammarFacts,
) -> impl Iterator<Item = Slip<'p, 'a>> {
    // One word may be a kind of work: "Manager reports are due".
    let names = roles.map(stems_of).filter(|name| name.len() > 1);
    let names: WordSet = names.map(|name| name.into_iter().fold(0, joined)).collect();
    let paragraphs = prose.blocks().iter().filter(|block| block.kind == BlockKind::Paragraph);
    paragraphs.filter_map(move |block| subject(block, prose.words(block), &names, facts))
}

/// In words: no role has a longer name.
const LONGEST_NAME: usize = 16;

/// The hash of some words and the next one.
fn joined(words: u64, next: u64) -> u64 {
    (words.rotate_left(5) ^ next).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// How many words the longest name has with which these begin.
fn name_length(words: &[Word], names: &WordSet) -> Option<usize> {
    let words = words.iter().take(LONGEST_NAME);
    let begun = words.scan(0, |begun, word| {
        *begun = joined(*begun, word.stem);
        Some(*begun)
    });
    begun.zip(1..).filter(|(begun, _)| names.contains(begun)).map(|(_, length)| length).last()
}

fn subject<'p, 'a>(
    block: &'p Block<'a>,
    words: &'p [Word],
    names: &WordSet,
    facts: &GrammarFacts,
) -> Option<Slip<'p, 'a>> {
    let first = WordAt { block, words, at: 0 };
    let is_article = words.first()?.range().start == 0 && first.written() == "The";
    let start = usize::from(is_article);
    let length = name_length(&words[start..], names)?;
    let verb = Some(WordAt { block, words, at: start + length }).filter(|verb| verb.at < words.len())?;
    let role = words[start].range().start..words[verb.at - 1].range().end;
    if is_article && is_cut_off(verb) && !block.text()[role.clone()].contains(',') {
        return Some(cut_off(block, role, verb));
    }
    let is_name = words[verb.at - 1].hash == words[verb.at - 1].stem && follows_directly(verb);
    if !is_name || words[start].technical || !block.text()[..role.start].trim_start_matches("The").trim().is_empty() {
        return None;
    }
    match number_of(verb, facts)? {
        Number::One if is_article => second_verb(verb, facts),
        Number::One => Some(without_article(block, role, verb)),
        Number::Several { right } => {
            let message = format!("`{}` does not agree with `{}`", verb.written(), &block.text()[role]);
            Some(Slip::of_word(verb, message, right))
        }
    }
}

/// "The Tax Clerk, reports to the CFO"
fn is_cut_off(verb: WordAt<'_, '_>) -> bool {
    let reports = verb.written() == "reports" && verb.gap_before() == ", ";
    reports && verb.after().is_some_and(|next| next.written() == "to" && follows_directly(next))
}

fn cut_off<'p, 'a>(block: &'p Block<'a>, role: Range<usize>, verb: WordAt<'_, '_>) -> Slip<'p, 'a> {
    let range = role.start..verb.word().range().end;
    let repair = Repair {
        title: "Take the comma out".to_owned(),
        range: role.end..verb.word().range().start,
        text: " ".to_owned(),
    };
    Slip {
        block,
        message: format!("The comma parts `{}` from its verb", &block.text()[role]),
        help: "Take the comma out".to_owned(),
        repair: Some(repair),
        range,
    }
}

/// "The Tax Manager reports to the Director, Tax and manage a team": behind names there is no other verb.
fn second_verb<'p, 'a>(reports: WordAt<'p, 'a>, facts: &GrammarFacts) -> Option<Slip<'p, 'a>> {
    let to = reports.after().filter(|to| reports.written() == "reports" && to.written() == "to")?;
    let is_of_name = |word: &WordAt<'_, '_>| {
        let is_joint = matches!(word.written(), "the" | "of" | "for");
        (is_joint || word.word().shape != Shape::Lower) && !parts_clauses(word.gap_before())
    };
    let name = std::iter::successors(to.after(), |word| word.after()).take_while(is_of_name).last()?;
    let and = name.after().filter(|and| and.written() == "and")?;
    let verb = and.after().filter(|verb| follows_directly(*verb))?;
    let known = facts.verbs.get(verb.word().hash).filter(|known| known.form == VerbForm::Base)?;
    let message = format!("`{}` is not in the form of `reports`", verb.written());
    is_sure(verb, known, facts).then(|| Slip::of_word(verb, message, facts.verbs.written(known, VerbForm::Third)))
}

/// Of how many a verb tells.
enum Number<'f> {
    One,
    Several {
        /// The same verb for one.
        right: &'f str,
    },
}

/// Nothing if the word is no verb for certain.
fn number_of<'f>(verb: WordAt<'_, '_>, facts: &'f GrammarFacts) -> Option<Number<'f>> {
    if let Some(right) = in_number(verb.written(), false) {
        return Some(Number::Several { right });
    }
    if verb.written() == "is" {
        // "Tax Manager is the second level" speaks of the title.
        let is_person = verb.after().is_some_and(|next| !matches!(next.written(), "the" | "not" | "called" | "now"));
        return is_person.then_some(Number::One);
    }
    let known = facts.verbs.get(verb.word().hash)?;
    let is_verb = is_sure(verb, known, facts) || verb.after().is_some_and(|next| next.written() == "to");
    match known.form {
        VerbForm::Third if is_verb => Some(Number::One),
        VerbForm::Base if is_verb => Some(Number::Several { right: facts.verbs.written(known, VerbForm::Third) }),
        _ => None,
    }
}

fn without_article<'p, 'a>(block: &'p Block<'a>, role: Range<usize>, verb: WordAt<'_, '_>) -> Slip<'p, 'a> {
    let written = &block.text()[role.clone()];
    Slip {
        block,
        message: format!("`{written}` lacks an article"),
        help: format!("Write `The {written} {}`", verb.written()),
        repair: Some(Repair::insert(role.start, "The ".to_owned())),
        range: role,
    }
}
