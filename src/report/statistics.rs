//! How often each rule spoke.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::{Report, Style};

pub(super) fn write(report: &Report, _style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in report.files.iter().flat_map(|file| &file.findings).filter(|finding| !finding.is_known()) {
        *counts.entry(finding.diagnostic.rule).or_default() += 1;
    }
    for (rule, count) in counts {
        writeln!(out, "{count:>5}  {rule}")?;
    }
    Ok(())
}
