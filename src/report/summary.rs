//! The numbers of a run, counted in one place, and the words that end it.

use serde::Serialize;

use super::terminal::{counted, printable, severity_word};
use super::{Failure, Repairs, Report, Style, Task};
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
/// its line end. With `quiet` only the failures are left.
pub fn summary_words(report: &Report, style: &Style) -> String {
    let mut lines: Vec<String> = report.failures.iter().map(|failure| failure_words(failure, style)).collect();
    if !style.quiet {
        let summary = Summary::of(report);
        lines.extend(report.repairs.iter().flat_map(Repairs::words));
        lines.push(found_words(report, &summary, style));
        lines.extend(hint_words(report, &summary, style));
    }
    lines.into_iter().map(|line| line + "\n").collect()
}

/// The words that end a run which only showed what it would change.
pub fn diff_words(report: &Report, style: &Style) -> String {
    let mut lines: Vec<String> = report.failures.iter().map(|failure| failure_words(failure, style)).collect();
    if let Some(repairs) = report.repairs.as_ref().filter(|_| !style.quiet) {
        let nothing = repairs.files.is_empty() && report.failures.is_empty();
        lines.extend(if nothing { vec!["There is nothing to fix.".to_owned()] } else { repairs.words_of_diff() });
    }
    lines.into_iter().map(|line| line + "\n").collect()
}

fn failure_words(failure: &Failure, style: &Style) -> String {
    let what = match failure.task {
        Task::Check => "not checked:",
        Task::Fix => "not fixed:",
    };
    let what = style.severity(Severity::Error, what);
    format!("{what} {}: {}", printable(&failure.path), printable(&failure.message))
}

/// How much was found, in one sentence.
fn found_words(report: &Report, summary: &Summary, style: &Style) -> String {
    let files = counted(summary.files, "file");
    let told = told(summary, style);
    let unread = match report.failures.iter().filter(|failure| failure.task == Task::Check).count() {
        0 => String::new(),
        count => format!("; {count} could not be checked"),
    };
    if told.is_empty() {
        return match (summary.files, summary.known) {
            (0, _) if unread.is_empty() => "No files to check.".to_owned(),
            (0, _) => "No file could be checked.".to_owned(),
            (_, 0) if unread.is_empty() => format!("{files} checked: all is well."),
            (_, 0) => format!("{files} checked: nothing found{unread}."),
            _ => format!("{files} checked: nothing new{unread}."),
        };
    }
    let with_findings = report.files.iter().filter(|file| file.findings.iter().any(|one| style.shows(one))).count();
    let of_files = if with_findings == summary.files { files } else { format!("{with_findings} of {files}") };
    let left = if report.repairs.as_ref().is_some_and(|repairs| !repairs.files.is_empty()) { "Left: " } else { "" };
    format!("{left}{} in {of_files}{unread}.", told.join(", "))
}

/// The counts of what was shown.
fn told(summary: &Summary, style: &Style) -> Vec<String> {
    let mut told = Vec::new();
    for (severity, count) in
        [(Severity::Error, summary.errors), (Severity::Warning, summary.warnings), (Severity::Info, summary.infos)]
    {
        if count > 0 && style.shows_severity(severity) {
            told.push(style.severity(severity, &counted(count, severity_word(severity))));
        }
    }
    told
}

/// What was not shown, and what to do next.
fn hint_words(report: &Report, summary: &Summary, style: &Style) -> Vec<String> {
    let mut hints = Vec::new();
    hints.extend(repair_hint(report, summary, style));
    if summary.infos > 0 && !style.shows_severity(Severity::Info) {
        hints.push(format!("{}: --show info", counted(summary.infos, severity_word(Severity::Info))));
    }
    if summary.known > 0 {
        let are = if summary.known == 1 { "is" } else { "are" };
        hints.push(format!("{} {are} not shown", counted(summary.known, "known finding")));
    }
    if summary.suppressed > 0 {
        hints.push(format!("{} switched off by comments in the documents", counted(summary.suppressed, "finding")));
    }
    let example = report.files.iter().flat_map(|file| &file.findings).find(|finding| style.shows(finding));
    if let Some(example) = example {
        hints.push(format!("Why a rule is there: jflint explain {}", example.diagnostic.rule));
    }
    hints.into_iter().map(|hint| style.dimmed(&hint)).collect()
}

/// What could still be repaired.
fn repair_hint(report: &Report, summary: &Summary, style: &Style) -> Option<String> {
    match report.repairs.as_ref().map(|repairs| repairs.allowed) {
        None => (summary.fixable > 0)
            .then(|| format!("{} can be repaired: jflint check --fix{}", summary.fixable, style.about)),
        Some(Safety::Safe) => {
            let findings = report.files.iter().flat_map(|file| &file.findings).filter(|finding| !finding.is_known());
            let count = findings.filter(|one| one.diagnostic.applicable_fix(Safety::Unsafe).is_some()).count();
            let command = format!("jflint check --fix --unsafe-fixes{}", style.about);
            (count > 0).then(|| format!("{count} can be repaired, but look at the result: {command}"))
        }
        Some(Safety::Unsafe) => None,
    }
}
