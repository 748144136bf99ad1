//! Findings, as an editor is told them.

use lsp_types::{
    CodeDescription, Diagnostic as Told, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, Location, Uri,
};

use super::client::Client;
use super::documents::{Document, range};
use crate::config::{ConfigError, Place};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{EditorPlace, Encoding, Source, Span};

/// The name under which an editor shows findings.
pub const SOURCE: &str = "jflint";

/// Rules whose findings mark words that may go: an editor greys them.
const UNNECESSARY: [&str; 3] = ["duplicate-bullet", "inherited-bullet", "unused-suppression"];

/// Tells a finding of a page.
pub fn tell(diagnostic: &Diagnostic, document: &Document, place: &Place, client: &Client) -> Told {
    let href = place.config.docs_url(diagnostic.rule).map(Uri);
    Told {
        range: range(&document.source, diagnostic.span, client.encoding),
        severity: Some(severity(diagnostic.severity)),
        code: Some(diagnostic.rule.to_owned().into()),
        code_description: href.map(|href| CodeDescription { href }),
        source: Some(SOURCE.to_owned()),
        message: message(diagnostic).into(),
        tags: tags(diagnostic, client),
        related_information: related(diagnostic, document, client),
        data: None,
    }
}

/// What is wrong, and on the next line what to do.
fn message(diagnostic: &Diagnostic) -> String {
    if diagnostic.help.is_empty() {
        diagnostic.message.clone()
    } else {
        format!("{}\n{}", diagnostic.message, diagnostic.help)
    }
}

/// A note is a hint: it is there for those who look, and in nobody's way.
fn severity(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Error => DiagnosticSeverity::Error,
        Severity::Warning => DiagnosticSeverity::Warning,
        Severity::Info => DiagnosticSeverity::Hint,
    }
}

fn tags(diagnostic: &Diagnostic, client: &Client) -> Option<Vec<DiagnosticTag>> {
    let is_unnecessary = client.unnecessary_tag && UNNECESSARY.contains(&diagnostic.rule);
    is_unnecessary.then(|| vec![DiagnosticTag::Unnecessary])
}

fn related(diagnostic: &Diagnostic, document: &Document, client: &Client) -> Option<Vec<DiagnosticRelatedInformation>> {
    if !client.related_information || diagnostic.labels.is_empty() {
        return None;
    }
    let labels = diagnostic.labels.iter().map(|label| DiagnosticRelatedInformation {
        location: Location { uri: document.uri.clone(), range: range(&document.source, label.span, client.encoding) },
        message: label.message.clone(),
    });
    Some(labels.collect())
}

/// Tells what is wrong with a configuration: from where it is to the end of its line.
pub fn tell_config_error(error: &ConfigError, text: &Source, encoding: Encoding) -> Told {
    let (line, column, words) = match error {
        ConfigError::Unreadable { reason, .. } => (1, 1, reason),
        ConfigError::Invalid { line, column, message, .. } => (*line, *column, message),
    };
    let from_0 = |count: usize| u32::try_from(count.saturating_sub(1)).unwrap_or(u32::MAX);
    let place = EditorPlace { line: from_0(line), column: from_0(column) };
    let start = text.from_editor(place, Encoding::Utf32);
    let end = text.line_span(text.line_of(start)).end;
    Told {
        range: range(text, Span::new(start, end), encoding),
        severity: Some(DiagnosticSeverity::Error),
        source: Some(SOURCE.to_owned()),
        message: words.clone().into(),
        ..Told::default()
    }
}
