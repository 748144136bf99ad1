//! Where words go: findings to standard output, everything about the run to standard error.

use std::io::{self, BufWriter, IsTerminal as _, Write};

use super::Status;
use super::arguments::Color;
use crate::report::{self, Failure, Report, Style};

/// The two streams of a run, and how they may be written to.
#[derive(Debug)]
pub struct Terminal {
    /// Standard output takes colours.
    pub color: bool,
    /// Standard output is read by a person.
    pub is_terminal: bool,
    /// Columns of standard output.
    pub width: usize,
    /// The terminal has no box characters.
    pub ascii: bool,
    /// The terminal shows links.
    pub hyperlinks: bool,
}

/// Lines of logs and files are cut at this column.
const WIDTH_OF_FILES: usize = 100;

impl Terminal {
    pub fn new(color: Color) -> Self {
        let is_terminal = io::stdout().is_terminal();
        let kind = std::env::var("TERM").unwrap_or_default();
        let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let color = match color {
            Color::Auto => is_terminal && !unwanted && kind != "dumb",
            Color::Always => true,
            Color::Never => false,
        };
        let width = terminal_size::terminal_size().map_or(WIDTH_OF_FILES, |(width, _)| usize::from(width.0));
        Self {
            color,
            is_terminal,
            width,
            ascii: matches!(kind.as_str(), "dumb" | "linux"),
            hyperlinks: color && is_terminal,
        }
    }

    /// Says something about the run, on a line of its own.
    pub fn say(&self, words: &str) {
        self.say_lines(&format!("{words}\n"));
    }

    /// Says lines, each with its line end.
    pub fn say_lines(&self, lines: &str) {
        // If standard error is closed, nobody is left to be told.
        let _ = io::stderr().lock().write_all(lines.as_bytes());
    }

    /// Says why nothing could be done.
    pub fn fail(&self, words: &str) -> Status {
        self.say(&format!("error: {words}"));
        Status::Failed
    }

    /// Says what could not be done, where nothing else is said about the run.
    pub fn say_failures(&self, failures: &[Failure]) -> Status {
        let report = Report { failures: failures.to_vec(), ..Report::default() };
        self.say_lines(&report::summary_words(&report, &Style { quiet: true, ..self.style() }));
        if failures.is_empty() { Status::Clean } else { Status::Failed }
    }

    /// Writes to standard output. A reader that has seen enough (`| head`) is no failure.
    pub fn write(&self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Status {
        let mut out = BufWriter::new(io::stdout().lock());
        match write(&mut out).and_then(|()| out.flush()) {
            Ok(()) => Status::Clean,
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Status::Clean,
            Err(error) => self.fail(&format!("standard output cannot be written: {error}")),
        }
    }

    /// Writes a text to standard output.
    pub fn print(&self, text: &str) -> Status {
        self.write(|out| out.write_all(text.as_bytes()))
    }

    /// How findings and pages of documentation look here.
    pub fn style(&self) -> Style {
        Style {
            color: self.color,
            width: self.width,
            ascii: self.ascii,
            hyperlinks: self.hyperlinks,
            ..Style::default()
        }
    }
}
