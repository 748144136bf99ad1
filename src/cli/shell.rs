//! `jflint completions` and `jflint man`: what a shell and a manual are made of, from the definition of the command line.

use clap::{Command, CommandFactory as _};
use clap_complete::Shell;

use super::Status;
use super::arguments::Arguments;
use super::terminal::Terminal;
use crate::nearest::did_you_mean;

/// Prints the script by which a shell completes commands, options and their values.
pub fn completions(shell: Shell, terminal: &Terminal) -> Status {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "jflint", &mut script);
    terminal.write(|out| out.write_all(&script))
}

/// Prints a page of the manual: of jflint, or of one of its commands.
pub fn manual(command: Option<&str>, terminal: &Terminal) -> Status {
    let mut program = Arguments::command();
    program.build();
    let page = match command {
        None => Some(&program),
        Some(name) => program.find_subcommand(name),
    };
    match page {
        Some(page) => write_manual(page.clone(), terminal),
        None => terminal.fail(&unknown(command.unwrap_or_default(), &program)),
    }
}

fn write_manual(page: Command, terminal: &Terminal) -> Status {
    let name = page.get_display_name().unwrap_or_else(|| page.get_name()).to_owned();
    let page = clap_mangen::Man::new(page).title(name).source(concat!("jflint ", env!("CARGO_PKG_VERSION")));
    let mut text = Vec::new();
    match page.render(&mut text) {
        Ok(()) => terminal.write(|out| out.write_all(&text)),
        Err(error) => terminal.fail(&error.to_string()),
    }
}

fn unknown(name: &str, program: &Command) -> String {
    let hint = did_you_mean(name, program.get_subcommands().map(Command::get_name));
    format!("there is no command `{name}`{hint}")
}
