//! Which findings are new: pure, from what tells the findings of now and those of before apart.
//!
//! A finding is found again even where its page changed: in the same words in the same section, else in the same
//! section (this is what an equal fingerprint means), else in the same words anywhere on the page, else in the same
//! section by words of which a few letters changed. What is missing in a role is missing still when the role got another
//! name. Each earlier finding accounts for one of now, so that a slip that is copied is new.

use std::collections::{HashMap, VecDeque};

use crate::diagnostic::Diagnostic;
use crate::source::Source;
use crate::text::{fold, slips};

/// What is known of a finding without its page.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Trace {
    pub rule: String,
    pub owner: String,
    pub key: String,
    /// As [`normalised_line`] makes it.
    pub line: String,
}

impl Trace {
    /// What is remembered of a finding.
    pub fn of(source: &Source, diagnostic: &Diagnostic) -> Self {
        Self {
            rule: diagnostic.rule.to_owned(),
            owner: diagnostic.owner.clone(),
            key: diagnostic.key.clone(),
            line: normalised_line(source.line(source.line_of(diagnostic.span.start))),
        }
    }
}

/// Which findings of now were there before, and which of before are gone.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Matched {
    /// For each finding of now, whether it was there before.
    pub known: Vec<bool>,
    /// For each finding of before, whether it is still there.
    pub found: Vec<bool>,
}

/// Finds the findings of now among those of before, on one page.
pub fn matched(now: &[&Trace], before: &[&Trace]) -> Matched {
    let mut matched = Matched { known: vec![false; now.len()], found: vec![false; before.len()] };
    for identity in [same_words_and_section, same_section, same_words] {
        match_by(identity, |_| true, now, before, &mut matched);
    }
    match_retouched(now, before, &mut matched);
    match_by(same_absence, is_absence, now, before, &mut matched);
    matched
}

/// As [`matched`], for pages of which one may have been made of the other: by their words alone.
pub fn matched_by_words(now: &[&Trace], before: &[&Trace]) -> Matched {
    let mut matched = Matched { known: vec![false; now.len()], found: vec![false; before.len()] };
    match_by(same_words, |_| true, now, before, &mut matched);
    matched
}

type Identity<'a> = [&'a str; 4];

fn same_words_and_section(trace: &Trace) -> Identity<'_> {
    [&trace.rule, &trace.key, &trace.owner, &trace.line]
}

fn same_section(trace: &Trace) -> Identity<'_> {
    [&trace.rule, &trace.key, &trace.owner, ""]
}

fn same_words(trace: &Trace) -> Identity<'_> {
    [&trace.rule, &trace.key, "", &trace.line]
}

fn same_absence(trace: &Trace) -> Identity<'_> {
    [&trace.rule, &trace.key, "", ""]
}

/// Whether a finding is about words that do not stand where it points at: a bullet that a role lacks.
fn is_absence(trace: &Trace) -> bool {
    !trace.key.is_empty() && !fold(&trace.line).contains(&trace.key)
}

fn match_by(
    identity: fn(&Trace) -> Identity<'_>,
    takes_part: fn(&Trace) -> bool,
    now: &[&Trace],
    before: &[&Trace],
    matched: &mut Matched,
) {
    let mut free: HashMap<Identity<'_>, VecDeque<usize>> = HashMap::new();
    let open = |(index, trace): &(usize, &&Trace)| !matched.found[*index] && takes_part(trace);
    for (index, trace) in before.iter().enumerate().filter(open) {
        free.entry(identity(trace)).or_default().push_back(index);
    }
    let missing = |(trace, known): &(&&Trace, &mut bool)| !**known && takes_part(trace);
    for (trace, known) in now.iter().zip(&mut matched.known).filter(missing) {
        if let Some(index) = free.get_mut(&identity(trace)).and_then(VecDeque::pop_front) {
            *known = true;
            matched.found[index] = true;
        }
    }
}

/// A sentence that got a slip, or lost one, is the same sentence to the rules that speak of it as a whole.
fn match_retouched(now: &[&Trace], before: &[&Trace], matched: &mut Matched) {
    let mut free: HashMap<[&str; 2], Vec<usize>> = HashMap::new();
    for (index, trace) in before.iter().enumerate().filter(|(index, _)| !matched.found[*index]) {
        free.entry([&trace.rule, &trace.owner]).or_default().push(index);
    }
    for (trace, known) in now.iter().zip(&mut matched.known).filter(|(_, known)| !**known) {
        let Some(others) = free.get_mut(&[trace.rule.as_str(), trace.owner.as_str()]) else { continue };
        let is_same = |other: &usize| is_retouched(&trace.key, &before[*other].key);
        if let Some(at) = others.iter().take(MOST_COMPARED).position(is_same) {
            *known = true;
            matched.found[others.remove(at)] = true;
        }
    }
}

/// More findings of a rule in one section are not compared letter by letter.
const MOST_COMPARED: usize = 64;

/// Letters from which on a key is words of a sentence, and no name or misspelling.
const SENTENCE: usize = 16;

/// In letters: a word more or less is another sentence.
const MOST_SLIPS: usize = 3;

fn is_retouched(key: &str, other: &str) -> bool {
    let is_sentence = |key: &str| key.len() >= SENTENCE && key.contains(' ');
    let is_near = key.len().abs_diff(other.len()) <= MOST_SLIPS;
    is_near && is_sentence(key) && is_sentence(other) && slips(key, other, MOST_SLIPS).is_some()
}

/// The line without what says how it is indented, marked or spaced.
pub fn normalised_line(line: &str) -> String {
    let line =
        line.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '#' | '*' | '-' | '+' | '>'));
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The candidate that has most lines in common with `text`, if that is more than half of the longer one.
pub fn most_alike(text: &str, candidates: &[&str]) -> Option<usize> {
    let shares = candidates.iter().enumerate().map(|(index, other)| (shared_percent(text, other), index));
    shares
        .filter(|(share, _)| *share > 50)
        .max_by_key(|(share, index)| (*share, usize::MAX - index))
        .map(|(_, index)| index)
}

fn shared_percent(one: &str, other: &str) -> usize {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let lines = |text| str::lines(text).map(str::trim).filter(|line| !line.is_empty());
    lines(one).for_each(|line| *counts.entry(line).or_default() += 1);
    let common = lines(other).filter(|line| counts.get_mut(line).is_some_and(take_one)).count();
    common * 100 / lines(one).count().max(lines(other).count()).max(1)
}

fn take_one(count: &mut usize) -> bool {
    let has = *count > 0;
    *count -= usize::from(has);
    has
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trace([rule, owner, key, line]: [&str; 4]) -> Trace {
        Trace { rule: rule.into(), owner: owner.into(), key: key.into(), line: line.into() }
    }

    #[track_caller]
    fn known(before: &[[&str; 4]], now: &[[&str; 4]], expected: &[bool]) {
        let before: Vec<Trace> = before.iter().copied().map(trace).collect();
        let now: Vec<Trace> = now.iter().copied().map(trace).collect();
        let matched = matched(&now.iter().collect::<Vec<_>>(), &before.iter().collect::<Vec<_>>());
        assert_eq!(matched.known, expected);
        let count = |marks: &[bool]| marks.iter().filter(|mark| **mark).count();
        assert_eq!(count(&matched.known), count(&matched.found));
    }

    #[test]
    fn what_stood_there_before_is_known() {
        known(&[["typo", "a", "teh", "x"]], &[["typo", "a", "teh", "x"]], &[true]);
        known(&[["typo", "a", "teh", "x"]], &[["typo", "a", "teh", "y"]], &[true]);
        known(&[["typo", "a", "teh", "x"]], &[["typo", "b", "teh", "x"]], &[true]);
    }

    #[test]
    fn what_differs_in_section_and_words_is_new() {
        known(&[["typo", "a", "teh", "see teh x"]], &[["typo", "b", "teh", "see teh y"]], &[false]);
        known(&[["typo", "a", "teh", "x"]], &[["typo", "a", "hte", "x"]], &[false]);
        known(&[["typo", "a", "teh", "x"]], &[["doubled-word", "a", "teh", "x"]], &[false]);
        known(&[], &[["typo", "a", "teh", "x"]], &[false]);
    }

    #[test]
    fn a_slip_in_a_sentence_brings_one_finding_and_not_two() {
        let old = ["swallowed-paragraph", "a", "additional details about", "Additional details about it"];
        let new = ["swallowed-paragraph", "a", "aditional details about", "Aditional details about it"];
        known(&[old], &[new], &[true]);
        known(&[old], &[new, new], &[true, false]);
        known(&[old], &[["swallowed-paragraph", "a", "further details about it", "x"]], &[false]);
        known(&[["typo", "a", "adittional", "x"]], &[["typo", "a", "aditional", "y"]], &[false]);
    }

    #[test]
    fn what_a_renamed_role_lacks_it_lacked_before() {
        let lacks = |role: &'static str| ["missing-required-bullet", role, "ability to use gitlab", role];
        known(&[lacks("tax clerk")], &[lacks("tax analyst")], &[true]);
        known(&[lacks("tax clerk")], &[lacks("tax clerk"), lacks("tax analyst")], &[true, false]);
    }

    #[test]
    fn one_more_above_its_equals_is_the_new_one() {
        let before = [["typo", "a", "teh", "x"], ["typo", "a", "teh", "y"]];
        known(&before, &[["typo", "a", "teh", "new"], before[0], before[1]], &[false, true, true]);
    }

    #[test]
    fn a_copy_is_new() {
        let old = ["typo", "a", "teh", "x"];
        known(&[old], &[old, ["typo", "b", "teh", "x"]], &[true, false]);
        known(&[old], &[["typo", "0", "teh", "x"], old], &[false, true]);
    }

    #[test]
    fn marks_and_blanks_of_a_line_do_not_count() {
        assert_eq!(normalised_line("  * some\t words "), normalised_line("- some words"));
        assert_eq!(normalised_line("#### Requirements"), "Requirements");
    }

    #[test]
    fn a_page_that_moved_is_found_by_its_lines() {
        assert_eq!(most_alike("a\nb\nc\n\nd\n", &["a\nx\ny\nz\n", "a\nb\nc\nx\n"]), Some(1));
        assert_eq!(most_alike("a\nb\n", &["a\nx\n", ""]), None);
        assert_eq!(most_alike("", &[]), None);
        assert_eq!(most_alike("a\n", &["a\n", "a\n"]), Some(0));
    }
}
