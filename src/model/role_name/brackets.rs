//! What stands in the parentheses of a role's name: a level, an abbreviation of the name, a remark, or words of its own.

use std::sync::Arc;

use crate::facts::{LevelFact, LevelFacts, Track};
use crate::model::role_name::push_words;

/// A folded name without what its parentheses only remark, and what they say.
#[derive(Default)]
pub(super) struct Brackets {
    pub(super) plain: String,
    pub(super) remark: Option<Arc<LevelFact>>,
    pub(super) acronym: Option<String>,
    /// Where the acronym stood, in bytes of `plain`.
    pub(super) acronym_at: usize,
    pub(super) bracketed: String,
}

impl Brackets {
    pub(super) fn read(folded: String, written: &str, levels: &LevelFacts) -> Self {
        if !folded.contains('(') {
            return Self { plain: folded, ..Self::default() };
        }
        let mut read = Self::default();
        for (text, is_inside) in split_brackets(&folded) {
            if is_inside { read.inside(text, written, levels) } else { read.plain.push_str(text) }
        }
        read
    }

    fn inside(&mut self, text: &str, written: &str, levels: &LevelFacts) {
        match bracket_of(text, levels) {
            Bracket::Level(level) => self.remark = Some(level),
            Bracket::Acronym if is_capitals(written, text) => {
                self.acronym = Some(text.to_owned());
                self.acronym_at = self.plain.len();
            }
            Bracket::Remark => {}
            Bracket::Acronym | Bracket::Words => {
                push_words(&mut self.bracketed, text, levels);
                self.plain.extend([" ", text, " "]);
            }
        }
    }
}

enum Bracket {
    Level(Arc<LevelFact>),
    Acronym,
    /// One of `remarks`, or half a sentence.
    Remark,
    Words,
}

/// In words: more are half a sentence.
const MOST_IN_BRACKETS: usize = 4;

fn bracket_of(text: &str, levels: &LevelFacts) -> Bracket {
    let text = text.trim();
    if levels.remarks.iter().any(|remark| remark == text) || text.split(' ').count() > MOST_IN_BRACKETS {
        return Bracket::Remark;
    }
    let spelt_out = match levels.read_as(text) {
        Some([word]) => word,
        _ => text,
    };
    if let Some(level) = levels.of(Track::Ic, spelt_out) {
        return Bracket::Level(Arc::clone(level));
    }
    if text.len() <= 5 && text.chars().all(char::is_alphanumeric) { Bracket::Acronym } else { Bracket::Words }
}

/// Whether the folded `text` is written in capitals in the original.
fn is_capitals(written: &str, text: &str) -> bool {
    written.contains(&text.to_uppercase())
}

/// Splits at parentheses: each part, and whether it stood inside.
fn split_brackets(text: &str) -> impl Iterator<Item = (&str, bool)> {
    text.split('(').enumerate().flat_map(|(index, part)| match (index, part.split_once(')')) {
        (0, _) => vec![(part, false)],
        (_, Some((inside, after))) => vec![(inside.trim(), true), (after, false)],
        (_, None) => vec![(part, false)],
    })
}
