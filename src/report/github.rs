//! Workflow commands, which GitHub Actions shows beside the lines of a pull request.

use std::io::{self, Write};

use super::terminal::printable;
use super::{FileReport, Finding, Report, Style, in_sentences};
use crate::diagnostic::Severity;

pub(super) fn write(report: &Report, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    for file in &report.files {
        for finding in file.findings.iter().filter(|finding| style.shows(finding)) {
            writeln!(out, "{}", command(file, finding))?;
        }
    }
    for failure in &report.failures {
        let (path, message) = (property(&failure.path), data(&printable(&failure.message)));
        writeln!(out, "::error file={path},title=jflint::Not checked: {message}")?;
    }
    Ok(())
}

fn command(file: &FileReport, finding: &Finding) -> String {
    let diagnostic = &finding.diagnostic;
    let (start, end) = (file.source.position(diagnostic.span.start), file.source.position(diagnostic.span.end));
    let mut place = format!("file={},line={},endLine={}", property(&file.repository_path), start.line, end.line);
    // GitHub takes columns of one line only.
    if start.line == end.line {
        place.push_str(&format!(",col={},endColumn={}", start.column, end.column));
    }
    let title = property(&format!("jflint: {}", diagnostic.rule));
    format!("::{} {place},title={title}::{}", level(diagnostic.severity), data(&printable(&in_sentences(diagnostic))))
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    }
}

/// The words of a command, in which a line end would begin another command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property, which also ends at a colon or a comma.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_can_end_its_place_or_begin_a_command() {
        assert_eq!(property("a:b,c%\r\n::error::x"), "a%3Ab%2Cc%25%0D%0A%3A%3Aerror%3A%3Ax");
        assert_eq!(data("50% a:b,c\n"), "50%25 a:b,c%0A");
    }
}
