//! Findings of a page that say the same are told once.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::Finding;
use crate::source::Source;

/// Findings that a person reads, and repairs, as one.
pub(super) struct Block<'a> {
    /// The one that is shown in full.
    pub first: &'a Finding,
    /// In document order.
    pub others: Vec<&'a Finding>,
}

impl Block<'_> {
    /// Whether all of it is said by the words of the first.
    pub(super) fn says_one_thing(&self) -> bool {
        self.others.iter().all(|other| other.diagnostic.message == self.first.diagnostic.message)
    }

    /// What each of the findings would replace, and by what, if it is the same for all.
    pub(super) fn replacement<'s>(&'s self, source: &'s Source) -> Option<(&'s str, &'s str)> {
        let first = replacement(source, self.first)?;
        self.others.iter().all(|other| replacement(source, other) == Some(first)).then_some(first)
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &Finding> {
        std::iter::once(self.first).chain(self.others.iter().copied())
    }
}

/// The blocks, in the order of their first findings. Findings are one block when a rule says the same of both, in the
/// same words or under the same key. One with a second place in its frame is a story of its own: it joins only those
/// of the same words.
pub(super) fn blocks<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> Vec<Block<'a>> {
    let mut blocks: Vec<Block<'a>> = Vec::new();
    let mut by_message: FxHashMap<(&str, &str), usize> = FxHashMap::default();
    let mut by_key: FxHashMap<(&str, &str), usize> = FxHashMap::default();
    for finding in findings {
        let diagnostic = &finding.diagnostic;
        let message = (diagnostic.rule, diagnostic.message.as_str());
        let has_key = !diagnostic.key.is_empty() && diagnostic.labels.is_empty();
        let key = has_key.then_some((diagnostic.rule, diagnostic.key.as_str()));

        let same_message = by_message.get(&message).copied();
        let same = same_message.or_else(|| by_key.get(&key?).copied());
        let index = same.unwrap_or(blocks.len());
        match blocks.get_mut(index) {
            Some(block) => block.others.push(finding),
            None => blocks.push(Block { first: finding, others: Vec::new() }),
        }
        by_message.entry(message).or_insert(index);
        if let Some(key) = key {
            by_key.entry(key).or_insert(index);
        }
    }
    blocks
}

fn replacement<'s>(source: &'s Source, finding: &'s Finding) -> Option<(&'s str, &'s str)> {
    let [fix] = finding.diagnostic.fixes.as_slice() else { return None };
    let [edit] = fix.edits.as_slice() else { return None };
    let replaced = source.slice(edit.span);
    let words = |text: &str| !text.trim().is_empty() && !text.contains(['\n', '\r', '`']);
    (words(replaced) && words(&edit.replacement)).then_some((replaced, edit.replacement.as_str()))
}

/// `lines 136 (twice), 233, 240`; more than `most` lines are only counted.
pub(super) fn lines_in_words(lines: impl Iterator<Item = usize>, most: usize, ellipsis: &str) -> String {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for line in lines {
        *counts.entry(line).or_default() += 1;
    }
    let word = |(line, count): (&usize, &usize)| match count {
        1 => line.to_string(),
        _ => format!("{line} ({})", times(*count)),
    };
    let words: Vec<String> = counts.iter().take(most).map(word).collect();
    let noun = if words.len() == 1 { "line" } else { "lines" };
    match counts.len() - words.len() {
        0 => format!("{noun} {}", words.join(", ")),
        more => format!("{noun} {}, {ellipsis} and {more} more", words.join(", ")),
    }
}

/// `twice`, `3 times`.
pub(super) fn times(count: usize) -> String {
    if count == 2 { "twice".to_owned() } else { format!("{count} times") }
}
