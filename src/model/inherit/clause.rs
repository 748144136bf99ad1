//! The words around a wording that takes something over: the clause, the name of a role, the name of a section.

use std::ops::Range;

use crate::facts::{InheritanceFacts, SectionKind};
use crate::model::heading::LEAST_MISSPELT;
use crate::text::{sentence_end, slips};

/// The runs of letters and digits of a text.
pub fn words_in(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// The sentence in which a part of a text stands.
pub fn sentence_around(text: &str, part: Range<usize>) -> Range<usize> {
    let mut start = 0;
    loop {
        let end = sentence_end(text, start);
        if end > part.start || end == text.len() {
            return start..end.max(part.end);
        }
        start = end;
    }
}

/// The part of a sentence between commas in which a cue stands.
pub fn clause_around(sentence: &str, cue: Range<usize>) -> &str {
    let start = sentence[..cue.start].rfind([',', ';', ':']).map_or(0, |at| at + 1);
    let end = sentence[cue.end..].find([',', ';', ':']).map_or(sentence.len(), |at| cue.end + at);
    &sentence[start..end]
}

/// Whether a clause speaks of a section as a whole: "all requirements, plus", not "requirements of the business", nor
/// "the following requirements".
pub fn speaks_of_section(clause: &str, facts: &InheritanceFacts) -> bool {
    let mut rest = clause;
    let mut before = "";
    while let Some(word) = words_in(rest).next() {
        rest = rest.split_once(word).map_or("", |(_, after)| after);
        let ends = || after_section_word(rest, facts).is_some_and(|next| !facts.leads_to_name(next));
        if is_section_word(word) && !facts.announces_own(before) && ends() {
            return true;
        }
        before = word;
    }
    false
}

/// The word after that of a section, where the section's own phrase ends there: not "requirements gathering".
pub fn after_section_word<'t>(rest: &'t str, facts: &InheritanceFacts) -> Option<&'t str> {
    let next = rest.strip_prefix(' ').and_then(|rest| words_in(rest.split([' ', '\n']).next()?).next()).unwrap_or("");
    (next.is_empty() || facts.may_follow_section(next)).then_some(next)
}

/// The one section of which a text speaks, and where. In small letters.
pub fn section_word(lower: &str) -> Option<(SectionKind, Range<usize>)> {
    let (kind, word) = match (lower.contains("responsibilities"), lower.contains("requirements")) {
        (true, false) => (SectionKind::Responsibilities, "responsibilities"),
        (false, true) => (SectionKind::Requirements, "requirements"),
        _ => return None,
    };
    let at = lower.find(word)?;
    // "the responsibilities and rquirements" means both, however the second is spelt.
    let means_both = lower.contains("responsibilities and r") || lower.contains("requirements and r");
    (!means_both).then_some((kind, at..at + word.len()))
}

/// Whether a word is one of the two section names, misspelt or not.
pub fn is_section_word(word: &str) -> bool {
    word.len() >= LEAST_MISSPELT
        && ["requirements", "responsibilities"].iter().any(|right| slips(word, right, 2).is_some())
}

/// The role that a cue names: what stands between the cue, which ends at `from`, and "responsibilities", "role". `lower`
/// is the written text in small letters.
pub fn name_after(written: &str, lower: &str, from: usize, facts: &InheritanceFacts) -> Range<usize> {
    let mut start = from;
    while let Some(length) = filler_at(&lower[start..], facts) {
        start += length;
    }
    // An end may be the first word, with its blank among the fillers.
    let from = start - usize::from(lower[..start].ends_with(' '));
    let rest = &lower[from..];
    let stop = sentence_end(rest, 0);
    let stop = stop - usize::from(rest[..stop].ends_with('.'));
    // "Tax Analyst, and has": a name goes on in capitals.
    let goes_on = |at: usize| written.as_bytes().get(from + at + ", ".len()).is_some_and(u8::is_ascii_lowercase);
    // One walk over the text with a look at the first letters, where a search for each end takes three times as long.
    let is_end = |at: &usize| {
        let tail = rest.get(*at..stop);
        tail.is_some_and(|tail| facts.name_ends.begin(tail) || (tail.starts_with(", ") && goes_on(*at)))
    };
    let end = (0..stop).find(is_end).unwrap_or(stop);
    let end = from + rest[..end].trim_end().len();
    start..end.max(start)
}

/// How long the word is with which a text begins, if it only leads to the name of a role.
fn filler_at(text: &str, facts: &InheritanceFacts) -> Option<usize> {
    if text.starts_with([' ', ':', ',', '"']) {
        return Some(1);
    }
    let word = &text[..text.find([' ', ':', ',', ';', '.', '\n']).unwrap_or(text.len())];
    (facts.is_filler(word) || is_section_word(word)).then_some(word.len())
}
