//! Code Quality, for the widget of a GitLab merge request.
//!
//! GitLab compares the report of the merge request with that of its base by fingerprints: what one of them lacks is new
//! or repaired. So it holds the known findings too. One bad entry makes GitLab drop the rest.

use std::io::{self, Write};

use serde::Serialize;

use super::terminal::printable;
use super::{FileReport, Finding, Report, Style, in_sentences};
use crate::diagnostic::Severity;

#[derive(Serialize)]
struct Entry<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    /// From the root of the repository.
    path: &'a str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    /// From 1.
    begin: usize,
}

pub(super) fn write(report: &Report, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let entries: Vec<Entry<'_>> = report
        .files
        .iter()
        .flat_map(|file| file.with_fingerprints().map(move |(finding, fingerprint)| (file, finding, fingerprint)))
        .filter(|(_, finding, _)| style.shows_severity(finding.diagnostic.severity))
        .map(|(file, finding, fingerprint)| entry(file, finding, fingerprint))
        .collect();
    serde_json::to_writer_pretty(&mut *out, &entries)?;
    writeln!(out)
}

fn entry<'a>(file: &'a FileReport, finding: &'a Finding, fingerprint: String) -> Entry<'a> {
    let diagnostic = &finding.diagnostic;
    let lines = Lines { begin: file.source.line_of(diagnostic.span.start) };
    Entry {
        description: printable(&in_sentences(diagnostic)).into_owned(),
        check_name: diagnostic.rule,
        fingerprint,
        severity: severity(diagnostic.severity),
        location: Location { path: &file.repository_path, lines },
    }
}

/// In GitLab's words.
fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "major",
        Severity::Warning => "minor",
        Severity::Info => "info",
    }
}
