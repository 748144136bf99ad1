//! What was repaired, in words.

use std::collections::BTreeMap;

use super::terminal::counted;
use super::terminal::printable;
use crate::diagnostic::Safety;

/// What a run repaired.
#[derive(Debug)]
pub struct Repairs {
    /// The fixes that were asked for.
    pub allowed: Safety,
    /// Those that changed.
    pub files: Vec<Repaired>,
}

/// What was repaired in one document.
#[derive(Debug)]
pub struct Repaired {
    /// As given, with `/`.
    pub path: String,
    /// How many findings, by the name of their rule.
    pub applied: BTreeMap<&'static str, usize>,
    /// Whether the fixes came to an end.
    pub settled: bool,
}

impl Repairs {
    /// One sentence, and one for each document in which the fixes came to no end.
    pub(super) fn words(&self) -> Vec<String> {
        self.sentences("Fixed")
    }

    /// The same of what was only shown.
    pub(super) fn words_of_diff(&self) -> Vec<String> {
        self.sentences(match self.allowed {
            Safety::Safe => "--fix would fix",
            Safety::Unsafe => "--fix --unsafe-fixes would fix",
        })
    }

    fn sentences(&self, verb: &str) -> Vec<String> {
        let mut lines = Vec::new();
        if !self.files.is_empty() {
            lines.push(self.fixed_words(verb));
        }
        for file in self.files.iter().filter(|file| !file.settled) {
            let path = printable(&file.path);
            lines.push(format!(
                "{path}: some fixes undo each other, which is a bug of jflint: please report it with this page"
            ));
        }
        lines
    }

    /// `Fixed 3 findings in 2 files: 2 typo, 1 brand-case.`
    fn fixed_words(&self, verb: &str) -> String {
        let mut by_rule: BTreeMap<&str, usize> = BTreeMap::new();
        for (rule, count) in self.files.iter().flat_map(|file| &file.applied) {
            *by_rule.entry(rule).or_default() += count;
        }
        let mut counts: Vec<(&str, usize)> = by_rule.into_iter().collect();
        counts.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
        let findings = counted(counts.iter().map(|(_, count)| count).sum(), "finding");
        let files = counted(self.files.len(), "file");
        let rules: Vec<String> = counts.iter().map(|(rule, count)| format!("{count} {rule}")).collect();
        format!("{verb} {findings} in {files}: {}.", rules.join(", "))
    }
}
