//! The command line: the only part that knows all others, and the only one that writes files.

mod arguments;
mod baseline;
mod before;
mod check;
mod explain;
mod in_force;
mod outline;
mod output;
mod reference;
mod repair;
mod replace;
mod shell;
mod terminal;
mod words;

use std::ffi::OsString;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser as _;

use crate::config;
use crate::disk;
use crate::lsp;
use arguments::{Arguments, Command};
use terminal::Terminal;

pub use reference::reference;

/// How a run ended, as the exit status tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// 0: there is nothing at or above `--fail-on`.
    Clean,
    /// 1: there are findings.
    Findings,
    /// 2: jflint could not do its work, wholly or in part.
    Failed,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(status as u8)
    }
}

/// Runs jflint with the arguments of a command line, the name of the program first.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Status {
    match Arguments::try_parse_from(arguments) {
        Ok(arguments) => run_command(&arguments),
        Err(error) => {
            // A closed pipe: nobody is left to be told.
            let _ = error.print();
            if error.use_stderr() { Status::Failed } else { Status::Clean }
        }
    }
}

fn run_command(arguments: &Arguments) -> Status {
    let terminal = Terminal::new(arguments.color);
    match &arguments.command {
        Command::Check(arguments) => check::run(arguments, &terminal),
        Command::Explain { rule } => explain::explain(rule.0, &terminal),
        Command::Rules => explain::list(&terminal),
        Command::Init => init(&terminal),
        Command::Config(arguments) => in_force::run(arguments, &terminal),
        Command::Schema => terminal.print(&schema()),
        Command::Outline(arguments) => outline::run(arguments, &terminal),
        Command::Words(arguments) => words::run(arguments, &terminal),
        Command::Lsp { .. } => serve(&terminal),
        Command::Completions { shell } => shell::completions(*shell, &terminal),
        Command::Man { command } => shell::manual(command.as_deref(), &terminal),
    }
}

fn init(terminal: &Terminal) -> Status {
    match config::init(&working_folder()) {
        Ok(written) => {
            let name = written.path.file_name().map(|name| disk::shown(Path::new(name))).unwrap_or_default();
            let changes = match written.word_lists.as_slice() {
                [] => "It changes nothing yet: take a line into use by removing its `#`".to_owned(),
                lists => format!(
                    "It takes the words of {} as right, and `unknown-word` tells every other that no list has (`--show \
                     info`); take more lines into use by removing their `#`",
                    lists.join(" and ")
                ),
            };
            terminal.say(&format!("Wrote {name}. {changes}"));
            Status::Clean
        }
        Err(error) => terminal.fail(&error.to_string()),
    }
}

/// Serves an editor. That it left without a word is status 1, as its protocol has it.
fn serve(terminal: &Terminal) -> Status {
    if std::io::stdin().is_terminal() {
        terminal.say("This is for editors, which start it themselves: docs/editors.md says how. Ctrl+C ends it");
    }
    match lsp::run(&working_folder()) {
        lsp::Ended::Orderly => Status::Clean,
        lsp::Ended::Abruptly => Status::Findings,
    }
}

/// The JSON Schema of `.jflint.yaml`, as a file.
pub fn schema() -> String {
    format!("{:#}\n", config::schema())
}

fn working_folder() -> PathBuf {
    std::env::current_dir().unwrap_or_else(|_| PathBuf::from("."))
}
