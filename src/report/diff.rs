//! What a repair would change, as a unified diff.

use std::io::{self, Write};

use owo_colors::Style as Paint;
use similar::{ChangeTag, TextDiff};

use super::Style;
use super::terminal::printable;

/// Lines that stay, shown before and after each change.
const CONTEXT: usize = 3;

/// Writes how one document would change. With `exact`, the lines stand as they are, for patch(1); else as a terminal may
/// be sent them.
///
/// # Errors
///
/// Those of `out`.
pub fn write(path: &str, texts: [&str; 2], exact: bool, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    if texts[0] == texts[1] {
        return Ok(());
    }
    // Only LF ends a line for patch(1): a CR stays a part of it.
    let [before, after] = texts.map(|text| text.split_inclusive('\n').collect::<Vec<_>>());
    let diff = TextDiff::from_slices(&before, &after);
    // Without a tab, patch(1) would take what follows a blank for a date.
    let end = if path.contains(char::is_whitespace) { "\t" } else { "" };
    for sign in ["---", "+++"] {
        writeln!(out, "{}", style.bold(&format!("{sign} {}{end}", printable(path))))?;
    }
    for hunk in diff.unified_diff().context_radius(CONTEXT).iter_hunks() {
        writeln!(out, "{}", style.paint(&hunk.header().to_string(), Paint::new().cyan()))?;
        for change in hunk.iter_changes() {
            write_line(change.tag(), change.value(), exact, style, out)?;
        }
    }
    Ok(())
}

fn write_line(tag: ChangeTag, line: &str, exact: bool, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let text = line.strip_suffix('\n').unwrap_or(line);
    let text = if exact { text.into() } else { printable(text) };
    let line_of_diff = format!("{tag}{text}");
    let painted = match tag {
        ChangeTag::Equal => line_of_diff,
        ChangeTag::Delete => style.paint(&line_of_diff, Paint::new().red()),
        ChangeTag::Insert => style.paint(&line_of_diff, Paint::new().green()),
    };
    writeln!(out, "{painted}")?;
    if line.ends_with('\n') { Ok(()) } else { writeln!(out, "\\ No newline at end of file") }
}
