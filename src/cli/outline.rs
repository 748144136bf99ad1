//! `jflint outline`: what jflint understands of pages.

use super::Status;
use super::arguments::{Outline as Arguments, OutlineFormat};
use super::check::find_and_say;
use super::terminal::Terminal;
use crate::outline::{Document, Outline, document};

/// Prints the outlines of the pages that the arguments mean.
pub fn run(arguments: &Arguments, terminal: &Terminal) -> Status {
    let found = match find_and_say(&arguments.places, terminal) {
        Ok(found) => found,
        Err(status) => return status,
    };
    let mut failures = found.failures;
    let mut outline = Outline { schema: 1, documents: Vec::new() };
    for page in &found.documents {
        match page.read() {
            Ok(source) => outline.documents.push(document(&source, &page.place.settings().facts)),
            Err(failure) => failures.push(failure),
        }
    }
    let written = match arguments.format {
        OutlineFormat::Text => terminal.print(&outline.documents.iter().map(Document::to_text).collect::<String>()),
        OutlineFormat::Json => terminal.write(|out| {
            serde_json::to_writer(&mut *out, &outline)?;
            writeln!(out)
        }),
    };
    written.max(terminal.say_failures(&failures))
}
