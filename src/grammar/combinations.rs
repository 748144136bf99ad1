//! Words that do not stand together: "responsible in".

use super::{Repair, Slip, follows_directly};
use crate::facts::{GrammarFacts, MisspeltWord, VerbForm, VerbPhrase};
use crate::prose::{BlockKind, Prose, Shape, WordAt};
use crate::source::floor_char_boundary;
use crate::text::{listed, match_case};
use crate::wording::FoundTerm;

/// What is said of a combination that is wrong where it stands.
pub fn wrong<'p, 'a>(
    prose: &'p Prose<'a>,
    facts: &GrammarFacts,
    found: &FoundTerm,
    row: &MisspeltWord,
) -> Option<Slip<'p, 'a>> {
    let (block, range) = found.place(prose);
    let (before, after) = (found.before(prose), found.after(prose));
    let words = &prose.words(block)[found.words.clone()];
    // The terms of a page are found by their stems: "Bachelor's degree" is right.
    let has_owner = words.iter().any(|word| word.hash != word.stem);
    // "Specialized on-call", "softwares' licenses", "discuss about 20 deals"
    let rest = &block.text()[range.end..];
    let goes_on =
        rest.starts_with([':', '-', '\'', '\u{2019}']) || rest.trim_start().starts_with(|c: char| c.is_ascii_digit());
    // "Comply to keep" has a purpose and no object.
    let has_purpose = row.wrong.ends_with(" to")
        && found.last(prose).after().is_some_and(|next| {
            facts.verbs.get(next.word().hash).is_some_and(|known| known.form == VerbForm::Base && !known.is_noun)
        });
    let is_wrong = !has_owner && !goes_on && !has_purpose && !block.text()[range.clone()].contains('/');
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

/// What is said of words before a verb whose form does not go with them.
pub fn before_verb<'p, 'a>(
    prose: &'p Prose<'a>,
    facts: &GrammarFacts,
    found: &FoundTerm,
    row: &VerbPhrase,
) -> Option<Slip<'p, 'a>> {
    let (last, verb) = (found.last(prose), found.last(prose).after()?);
    let known = facts.verbs.get(verb.word().hash).filter(|known| row.verbs.contains(&known.form))?;
    let is_determiner = |next: WordAt<'_, '_>| follows_directly(next) && facts.determiners.contains(next.word().hash);
    let opens_object = || verb.after().is_some_and(is_determiner);
    let makes_name = |next: WordAt<'_, '_>| facts.names_with_verbs.contains(next.word().hash);
    // "Contribute to make-or-buy decisions" and "experience in help desk software" have none.
    let is_part = verb.text_after().starts_with('-') || verb.after().is_some_and(makes_name);
    let is_adjective = row.becomes == Some(VerbForm::Ing) && facts.also_adjectives.contains(verb.word().hash);
    let is_verb = !is_part
        && follows_directly(verb)
        && verb.word().shape == Shape::Lower
        && (!(known.is_noun || is_adjective) || opens_object());
    let is_there = row.after.is_empty() || found.before(prose).is_none_or(|before| row.after.contains(&before));
    if !is_verb || !is_there || last.word().hash != last.word().stem || last.block.kind == BlockKind::Heading {
        return None;
    }
    let (block, words) = found.place(prose);
    let range = words.start..verb.word().range().end;
    let (written, phrase) = (&block.text()[range.clone()], &block.text()[words]);
    let right_verb = row.becomes.map_or(verb.written(), |form| facts.verbs.written(known, form));
    let right = format!("{} {right_verb}", match_case(phrase, &row.right));
    let message = match row.right.strip_prefix(row.wrong.as_str()) {
        Some("") => format!("`{}` is not the form that goes with `{phrase}`", verb.written()),
        Some(lacking) => format!("`{written}` lacks its `{}`", lacking.trim()),
        _ => format!("`{written}` is not the usual wording"),
    };
    let repair = Some(Repair::change(range.clone(), &right));
    Some(Slip { block, range, message, help: format!("Write `{right}`"), repair })
}

/// What is said of "and etc.": the "et" of it means "and".
pub fn doubly_joined<'p, 'a>(prose: &'p Prose<'a>, found: &FoundTerm) -> Option<Slip<'p, 'a>> {
    let (block, etc) = found.place(prose);
    let and = found.first(prose).before().filter(|before| matches!(before.written(), "and" | "or"))?;
    found.before(prose)?;
    let range = and.word().range().start..etc.end;
    let message = format!("`{}` joins twice: `etc` begins with an `and` of its own", &block.text()[range.clone()]);
    let (help, repair) = (format!("Leave `{}` out", and.written()), Repair::change(range.clone(), "etc"));
    Some(Slip { block, range, message, help, repair: Some(repair) })
}

/// In bytes: in longer brackets nobody looks for the one when he reads the other.
const LONGEST_REMARK: usize = 300;

/// What is said of "i.e." before "etc." in one bracket: the one names all there is, the other says that there is more.
pub fn open_ended<'p, 'a>(prose: &'p Prose<'a>, found: &FoundTerm) -> Option<Slip<'p, 'a>> {
    let (block, etc) = found.place(prose);
    let start = floor_char_boundary(block.text(), etc.start.saturating_sub(LONGEST_REMARK));
    let before = &block.text()[start..etc.start];
    let opening = before.rfind(['(', ')'])?;
    let inside = before[opening..].strip_prefix('(')?;
    let length = ["i.e.", "i.e", "ie."].iter().find(|start| inside.starts_with(**start))?.len();
    let first = start + opening + 1;
    let range = first..first + length;
    Some(Slip {
        block,
        range: range.clone(),
        message: "`i.e.` names all there is, and `etc.` says that there is more".to_owned(),
        help: "Write `e.g.`, or leave `etc.` out".to_owned(),
        repair: Some(Repair::change(range, "e.g.")),
    })
}
