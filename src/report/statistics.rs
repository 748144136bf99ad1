//! How often each rule spoke: the rules that speak most first.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io::{self, Write};

use super::terminal::severity_word;
use super::{Report, Style};
use crate::diagnostic::Severity;

/// Counts all findings that are not known already, also the notes that are not shown one by one.
pub(super) fn write(report: &Report, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let mut counts: BTreeMap<(&str, Severity), usize> = BTreeMap::new();
    for finding in report.files.iter().flat_map(|file| &file.findings).filter(|finding| !finding.is_known()) {
        *counts.entry((finding.diagnostic.rule, finding.diagnostic.severity)).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|&(_, count)| Reverse(count));
    if !counts.is_empty() {
        writeln!(out)?;
    }
    for ((rule, severity), count) in counts {
        let severity = style.severity(severity, &format!("{:<7}", severity_word(severity)));
        writeln!(out, "{count:>6}  {severity}  {rule}")?;
    }
    Ok(())
}
