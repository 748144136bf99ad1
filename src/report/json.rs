//! Everything that was found, for programs. The shape is a contract: see `SCHEMA`.

use std::io::{self, Write};

use serde::Serialize;

use super::{Failure, FileReport, Finding, Report, Summary};
use crate::diagnostic::{Edit, Fix, Label, Safety, Severity};
use crate::source::{Position, Source, Span};

/// Rises when a field changes its meaning or goes away; new fields do not raise it.
const SCHEMA: u32 = 1;

#[derive(Serialize)]
struct JsonReport<'a> {
    schema: u32,
    version: &'static str,
    diagnostics: Vec<JsonDiagnostic<'a>>,
    failures: Vec<JsonFailure<'a>>,
    summary: Summary,
}

#[derive(Serialize)]
struct JsonDiagnostic<'a> {
    path: &'a str,
    rule: &'a str,
    severity: Severity,
    message: &'a str,
    help: &'a str,
    url: Option<&'a str>,
    span: JsonSpan,
    labels: Vec<JsonLabel<'a>>,
    fixes: Vec<JsonFix<'a>>,
    owner: &'a str,
    key: &'a str,
    fingerprint: String,
    new: Option<bool>,
}

#[derive(Serialize)]
struct JsonLabel<'a> {
    /// The other file in which the label stands; none for the file of the finding.
    path: Option<&'a str>,
    span: JsonSpan,
    message: &'a str,
}

#[derive(Serialize)]
struct JsonFix<'a> {
    title: &'a str,
    safety: Safety,
    edits: Vec<JsonEdit<'a>>,
}

#[derive(Serialize)]
struct JsonEdit<'a> {
    path: &'a str,
    span: JsonSpan,
    replacement: &'a str,
}

/// The end is exclusive.
#[derive(Serialize)]
struct JsonSpan {
    start: JsonPosition,
    end: JsonPosition,
}

/// Line and column from 1, the column in Unicode scalar values; the offset in bytes of the file.
#[derive(Serialize)]
struct JsonPosition {
    line: usize,
    column: usize,
    offset: usize,
}

#[derive(Serialize)]
struct JsonFailure<'a> {
    path: &'a str,
    message: &'a str,
}

pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let report = JsonReport {
        schema: SCHEMA,
        version: env!("CARGO_PKG_VERSION"),
        diagnostics: sorted(report)
            .into_iter()
            .map(|(file, finding, fingerprint)| diagnostic(&file.source, finding, fingerprint))
            .collect(),
        failures: report.failures.iter().map(failure).collect(),
        summary: Summary::of(report),
    };
    // The serializer writes a few bytes at a time, which a vector takes at half the cost of a stream.
    let mut text = serde_json::to_vec(&report)?;
    text.push(b'\n');
    out.write_all(&text)
}

/// By path, start, end, rule and key, whatever the order of the run was.
fn sorted(report: &Report) -> Vec<(&FileReport, &Finding, String)> {
    let of_file = |file| FileReport::with_fingerprints(file).map(move |(finding, mark)| (file, finding, mark));
    let mut findings: Vec<(&FileReport, &Finding, String)> = report.files.iter().flat_map(of_file).collect();
    findings.sort_by_key(|(file, Finding { diagnostic, .. }, _)| {
        (file.source.path(), diagnostic.span, diagnostic.rule, diagnostic.key.as_str())
    });
    findings
}

fn diagnostic<'a>(source: &'a Source, finding: &'a Finding, fingerprint: String) -> JsonDiagnostic<'a> {
    let diagnostic = &finding.diagnostic;
    JsonDiagnostic {
        path: source.path(),
        rule: diagnostic.rule,
        severity: diagnostic.severity,
        message: &diagnostic.message,
        help: &diagnostic.help,
        url: finding.url.as_deref(),
        span: span(source, diagnostic.span),
        labels: diagnostic.labels.iter().map(|one| label(source, one)).collect(),
        fixes: diagnostic.fixes.iter().map(|one| fix(source, one)).collect(),
        owner: &diagnostic.owner,
        key: &diagnostic.key,
        fingerprint,
        new: finding.new,
    }
}

fn label<'a>(source: &Source, label: &'a Label) -> JsonLabel<'a> {
    JsonLabel { path: None, span: span(source, label.span), message: &label.message }
}

fn fix<'a>(source: &'a Source, fix: &'a Fix) -> JsonFix<'a> {
    let edits = fix.edits.iter().map(|one| edit(source, one)).collect();
    JsonFix { title: &fix.title, safety: fix.safety, edits }
}

fn edit<'a>(source: &'a Source, edit: &'a Edit) -> JsonEdit<'a> {
    JsonEdit { path: source.path(), span: span(source, edit.span), replacement: &edit.replacement }
}

fn span(source: &Source, span: Span) -> JsonSpan {
    JsonSpan { start: position(source.position(span.start)), end: position(source.position(span.end)) }
}

fn position(Position { line, column, offset }: Position) -> JsonPosition {
    JsonPosition { line, column, offset }
}

fn failure(failure: &Failure) -> JsonFailure<'_> {
    JsonFailure { path: &failure.path, message: &failure.message }
}
