//! One line a finding: for `grep`, for editors, and for a quick look.

use std::io::{self, Write};

use super::terminal::printable;
use super::{Report, Style};

pub(super) fn write(report: &Report, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    for file in &report.files {
        let path = style.bold(&printable(file.source.path()));
        for finding in file.findings.iter().filter(|finding| style.shows(finding)) {
            let diagnostic = &finding.diagnostic;
            let place = file.source.position(diagnostic.span.start);
            let (line, column) = (place.line, place.column);
            let severity = style.severity(diagnostic.severity, diagnostic.severity.name());
            let rule = style.link(diagnostic.rule, finding.url.as_deref());
            writeln!(out, "{path}:{line}:{column}: {severity} {rule}: {}", printable(&diagnostic.message))?;
        }
    }
    Ok(())
}
