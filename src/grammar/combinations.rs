//! Words that do not stand together: "responsible in".

use super::{Repair, Slip, follows_directly};
use crate::facts::{GrammarFacts, MisspeltWord, VerbForm};
use crate::prose::{BlockKind, Prose};
use crate::text::{listed, match_case};
use crate::wording::FoundTerm;

/// What is said of a combination that is wrong where it stands.
pub fn wrong<'p, 'a>(prose: &'p Prose<'a>, found: &FoundTerm, row: &MisspeltWord) -> Option<Slip<'p, 'a>> {
    let (block, range) = found.place(prose);
    let (before, after) = (found.before(prose), found.after(prose));
    let words = &prose.words(block)[found.words.clone()];
    // The terms of a page are found by their stems: "Bachelor's degree" is right.
    let has_owner = words.iter().any(|word| word.hash != word.stem);
    let introduces = block.text()[range.end..].starts_with(':');
    let is_wrong = !has_owner && !introduces && !block.text()[range.clone()].contains('/');
    if block.kind == BlockKind::Heading || !is_wrong || !row.is_wrong_between(before.as_deref(), after.as_deref()) {
        return None;
    }
    let written = &block.text()[range.clone()];
    let right: Vec<String> = row.right.iter().map(|right| match_case(written, right)).collect();
    let message = format!("`{written}` is not the usual wording");
    let help = format!("Write {}", listed(&right));
    let repair = match right.as_slice() {
        [right] => Some(Repair::change(range.clone(), right)),
        _ => None,
    };
    Some(Slip { block, range, message, help, repair })
}

/// What is said of "in order" or "ability" before a verb.
pub fn lacks_to<'p, 'a>(prose: &'p Prose<'a>, facts: &GrammarFacts, found: &FoundTerm) -> Option<Slip<'p, 'a>> {
    let (last, verb) = (found.last(prose), found.last(prose).after()?);
    let known = facts.verbs.get(verb.word().hash)?;
    let is_verb = known.form == VerbForm::Base && !known.is_noun && follows_directly(verb);
    if !is_verb || last.word().hash != last.word().stem || last.block.kind == BlockKind::Heading {
        return None;
    }
    let (block, range) = found.place(prose);
    let (written, verb) = (&block.text()[range.clone()], verb.written());
    let (message, help) = (format!("`{written} {verb}` lacks its `to`"), format!("Write `{written} to {verb}`"));
    let repair = Some(Repair::insert(range.end, " to".to_owned()));
    Some(Slip { block, range, message, help, repair })
}
