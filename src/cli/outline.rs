//! `jflint outline`: what jflint understands of pages.

use super::arguments::{Outline as Arguments, OutlineFormat};
use super::check::find;
use super::terminal::Terminal;
use super::{Status, working_folder};
use crate::config::Configs;
use crate::outline::{Document, Outline, document};

/// Prints the outlines of the pages that the arguments mean.
pub fn run(arguments: &Arguments, terminal: &Terminal) -> Status {
    let mut configs = Configs::new(arguments.places.isolated, &working_folder());
    let found = match find(&arguments.places, &mut configs) {
        Ok(found) => found,
        Err(words) => return terminal.fail(&words),
    };
    found.notes.iter().for_each(|note| terminal.say(note));
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
