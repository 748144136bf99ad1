//! For people: each finding with the line of the document in which it stands.

use std::io::{self, Write};

use super::{Report, Style, concise};

pub(super) fn write(report: &Report, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    concise::write(report, style, out)
}
