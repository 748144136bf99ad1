//! One line a finding: for `grep`, for editors, and for a quick look.

use std::io::{self, Write};

use super::{Report, Style};

pub(super) fn write(report: &Report, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    for file in &report.files {
        for finding in file.findings.iter().filter(|finding| style.shows(finding)) {
            let diagnostic = &finding.diagnostic;
            let place = file.source.position(diagnostic.span.start);
            let (path, severity) = (file.source.path(), diagnostic.severity.name());
            let (line, column, rule, message) = (place.line, place.column, diagnostic.rule, &diagnostic.message);
            writeln!(out, "{path}:{line}:{column}: {severity} {rule}: {message}")?;
        }
    }
    Ok(())
}
