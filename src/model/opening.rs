//! The role of which an introduction speaks from its first words on: "The Analyst is responsible for", "As an Analyst,
//! you will".

use std::ops::Range;

use crate::facts::LevelFacts;
use crate::model::Role;
use crate::model::role_name::{Relation, RoleName};
use crate::source::Span;
use crate::syntax::Visible;

/// The role with which the first paragraph of a role's introduction begins.
#[derive(Debug, Clone)]
pub struct Opening {
    /// As written, without article.
    pub subject: String,
    pub subject_span: Span,
    /// How it compares with the name of the role in whose text it stands.
    pub relation: Relation,
}

/// The role of which a paragraph speaks from its first words on.
pub(super) fn opening_of(visible: &Visible<'_>, role: &Role, levels: &LevelFacts) -> Option<Opening> {
    let range = name_at_start(visible.text())?;
    let subject = &visible.text()[range.clone()];
    let relation = role.called(subject, levels);
    if relation != Relation::Same {
        let name = RoleName::parse(subject, levels);
        // "The Security Engineering team": not every name in capitals is a role's.
        if !name.has_role_noun(levels) || name.is_bare_level() {
            return None;
        }
    }
    Some(Opening { subject: subject.to_owned(), subject_span: visible.span(range), relation })
}

/// What such a paragraph begins with; of "a Senior Analyst" it may compare the role with others.
const OPENINGS: [&str; 4] = ["The ", "As a ", "As an ", "As the "];

/// The words in capitals after the opening, where a verb or a "you" follows them. Any verb will do, so that it shows only
/// where the name ends; for a sentence whose verb is known, [`subject_in`](crate::text::subject_in) finds the subject.
fn name_at_start(text: &str) -> Option<Range<usize>> {
    let opening = OPENINGS.into_iter().find(|opening| text.starts_with(opening))?;
    let mut name = opening.len()..opening.len();
    let mut at = opening.len();
    for word in text[opening.len()..].split(' ') {
        if word.starts_with(|c: char| c.is_uppercase() || matches!(c, '(' | '&')) {
            name.end = at + word.trim_end_matches(',').len();
        } else if !word.is_empty() && !JOINING.contains(&word) {
            // "As a Tax Analyst grows, so does the scope" has a verb of its own.
            let is_addressed =
                text[..at].trim_end().ends_with(',') || matches!(word, "you" | "at" | "in" | "on" | "with" | "for");
            let goes_on = match opening {
                "The " => word.ends_with('s') || AFTER_NAME.contains(&word),
                _ => is_addressed && !text[name.clone()].ends_with("'s"),
            };
            return (goes_on && !name.is_empty() && !text[name.clone()].contains(['.', ':'])).then_some(name);
        }
        at += word.len() + 1;
    }
    None
}

/// These stand inside names.
const JOINING: [&str; 3] = ["of", "and", "the"];

/// What goes on after a name, beside verbs in the third person: "the Director of Tax for our company is".
const AFTER_NAME: [&str; 11] = ["will", "role", "position", "must", "may", "can", "would", "should", "for", "at", "in"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stands_before_a_verb() {
        let name = |text: &str| name_at_start(text).map(|range| text[range].to_owned());
        for (text, expected) in [
            ("The Tax Analyst is a friend.", "Tax Analyst"),
            ("The Director, Tax  leads the team.", "Director, Tax"),
            ("The Director of Tax and Audit, will lead.", "Director of Tax and Audit"),
            ("The Director of Tax for the Bridge Company leads.", "Director of Tax"),
            ("The Analyst (Tax) role extends the Clerk role.", "Analyst (Tax)"),
            ("As a Director, Tax, you lead.", "Director, Tax"),
            ("As an Analyst at the company, you file.", "Analyst"),
        ] {
            assert_eq!(name(text).as_deref(), Some(expected), "{text}");
        }
        for text in [
            "The tax analyst is a friend.",
            "The Tax team is small.",
            "The Tax Analyst team is small.",
            "The Tax Analyst",
            "The U.S. Tax Analyst is a friend.",
            "A Senior Tax Analyst may lead.",
            "Tax Analysts file.",
            "The ",
        ] {
            assert_eq!(name(text), None, "{text}");
        }
    }
}
