//! To whom a role reports: "The Analyst reports to the Manager, Tax."

use std::ops::Range;

use crate::facts::LevelFacts;
use crate::model::Role;
use crate::model::role_name::Relation;
use crate::source::Span;
use crate::syntax::Visible;
use crate::text::{fold, sentence_end, strip_article, subject_in};

/// "The Analyst reports to the Manager, Tax."
#[derive(Debug, Clone)]
pub struct ReportsTo {
    pub span: Span,
    /// As written, without article; empty for "This role", and for several who report.
    pub subject: String,
    pub subject_span: Span,
    pub object: String,
    /// How the subject compares with the name of the role in whose text it stands; `Same` where it names none.
    pub relation: Relation,
}

/// The sentences "X reports to Y" of a paragraph in the text of a role.
pub(super) fn reports_to_in(visible: &Visible<'_>, role: &Role, levels: &LevelFacts) -> Vec<ReportsTo> {
    let text = visible.text();
    let mut found = Vec::new();
    if !text.contains(" report") {
        return found;
    }
    let mut start = 0;
    while start < text.len() {
        let end = sentence_end(text, start);
        found.extend(report_in(visible, start..end, role, levels));
        start = end;
    }
    found
}

const REPORT_VERBS: [&str; 3] = [" reports to ", " reports directly to ", " report to "];

/// Who reports to whom in one sentence. What follows an "and" in it is about others.
fn report_in(visible: &Visible<'_>, sentence: Range<usize>, role: &Role, levels: &LevelFacts) -> Option<ReportsTo> {
    let text = &visible.text()[sentence.clone()];
    let verb_at = |at: usize| REPORT_VERBS.into_iter().find(|verb| text[at..].starts_with(verb));
    let (at, verb) = text.match_indices(" report").find_map(|(at, _)| Some((at, verb_at(at)?)))?;
    let subject = text[subject_in(&text[..at])].trim();
    let (bare, is_single) = strip_auxiliaries(strip_article(subject), verb);
    let bare_start = sentence.start + (bare.as_ptr() as usize - text.as_ptr() as usize);
    let object = object_in(&text[at + verb.len()..]);
    // "A Tax Analyst reports to the Manager, Tax" stands as well below the manager.
    let is_about_team = !subject.starts_with("The ") || verb == " report to ";
    let leads = is_about_team && !object.is_empty() && role.called(object, levels) == Relation::Same;
    let is_generic = fold(bare).split(' ').next().is_some_and(|word| matches!(word, "this" | "it" | "they" | "who"));
    // "The Analyst keeps the calendar and reports to": more than the name stands before the verb.
    let is_clause = bare.rsplit(' ').next().is_some_and(|word| matches!(word, "and" | "who" | "which" | "that"));
    // "Analysts report to the Manager" says whom the manager leads.
    let named = if is_generic || is_clause || !is_single || leads { "" } else { bare };
    Some(ReportsTo {
        span: visible.span(sentence),
        relation: role.called(named, levels),
        subject: named.to_owned(),
        subject_span: visible.span(bare_start..bare_start + bare.len()),
        object: object.to_owned(),
    })
}

/// To whom somebody reports, without what the sentence goes on with: "the Director, Tax and leads the team".
fn object_in(rest: &str) -> &str {
    let goes_on = |(at, and): &(usize, &str)| rest[at + and.len()..].starts_with(char::is_lowercase);
    let end = rest.match_indices(" and ").find(goes_on).map_or(rest.len(), |(at, _)| at);
    strip_article(rest[..end].trim().trim_end_matches(['.', ',', ' ']))
}

/// Takes "will", "may", "role" off the end of a subject; and whether it is one role that reports.
fn strip_auxiliaries<'a>(subject: &'a str, verb: &str) -> (&'a str, bool) {
    let mut bare = subject;
    let mut is_single = verb.starts_with(" reports");
    while let Some((before, word)) = bare.rsplit_once(' ') {
        match word {
            "will" | "may" | "would" | "can" | "could" | "should" | "must" | "shall" => is_single = true,
            "also" | "currently" | "typically" | "usually" | "generally" | "directly" | "role" | "position" => {}
            _ => break,
        }
        bare = before.trim_end();
    }
    (bare, is_single)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_ends_where_the_sentence_goes_on() {
        assert_eq!(object_in("the Director, Tax and leads the team that files."), "Director, Tax");
        assert_eq!(object_in("the Manager, Sales and Marketing."), "Manager, Sales and Marketing");
        assert_eq!(object_in("VP of Tax, and is one of many"), "VP of Tax");
    }
}
