//! `docs/cli.md`: the help of every command as one page, made from the definition of the command line.

use std::fmt::Write as _;

use clap::{Arg, Command, CommandFactory as _};

use super::arguments::Arguments;

/// The text of the page.
pub fn reference() -> String {
    let mut program = Arguments::command();
    program.build();
    let mut page = String::from(
        "# Command line\n\nThis page is made from the definition of the command line: `JFLINT_UPDATE=1 cargo test --test \
         generated` writes it again.\n",
    );
    let about = program.get_long_about().or(program.get_about()).map(ToString::to_string).unwrap_or_default();
    // Writing to a string cannot fail.
    let _ = write!(page, "\n{}\n\n{}", as_sentences(&about), arguments(&program, Arg::is_global_set));
    for command in program.get_subcommands_mut() {
        page.push_str(&of_command(command));
    }
    page
}

fn of_command(command: &mut Command) -> String {
    let usage = command.render_usage().to_string();
    let usage = usage.trim_start_matches("Usage: ");
    let about = command.get_long_about().or(command.get_about()).map(ToString::to_string).unwrap_or_default();
    let arguments = arguments(command, |argument| !argument.is_global_set());
    let arguments = if arguments.is_empty() { arguments } else { format!("\n{arguments}") };
    format!("\n## {}\n\n    {usage}\n\n{}\n{arguments}", command.get_name(), as_sentences(&about))
}

/// A help text has no full stop at the end of a paragraph.
fn as_sentences(help: &str) -> String {
    let paragraphs: Vec<String> =
        help.split("\n\n").map(|text| format!("{}.", text.trim().trim_end_matches('.'))).collect();
    paragraphs.join("\n\n")
}

/// A bullet for each argument.
fn arguments(command: &Command, is_wanted: fn(&Arg) -> bool) -> String {
    let is_own = |argument: &&Arg| !matches!(argument.get_id().as_str(), "help" | "version") && !argument.is_hide_set();
    command.get_arguments().filter(is_own).filter(|argument| is_wanted(argument)).map(bullet).collect()
}

fn bullet(argument: &Arg) -> String {
    let help = argument.get_long_help().or(argument.get_help()).map(ToString::to_string).unwrap_or_default();
    // Values without a help of their own are told in the head, others below.
    let values = argument.get_possible_values();
    let mut bullet = format!("- `{}`: {}{}\n", head(argument), help.trim(), default(argument));
    if argument.get_action().takes_values() && !values.is_empty() {
        for value in values.iter().filter(|value| !value.is_hide_set()) {
            let help = value.get_help().map(|help| format!(": {help}")).unwrap_or_default();
            let _ = writeln!(bullet, "  - `{}`{help}", value.get_name());
        }
    }
    bullet
}

/// `-q, --quiet`, `--threads <N>`, `[PATHS]...`.
fn head(argument: &Arg) -> String {
    if argument.is_positional() {
        return argument.to_string();
    }
    let short = argument.get_short().map(|short| format!("-{short}, ")).unwrap_or_default();
    format!("{short}{argument}")
}

fn default(argument: &Arg) -> String {
    let values: Vec<String> =
        argument.get_default_values().iter().map(|value| value.to_string_lossy().into_owned()).collect();
    let is_said = argument.get_action().takes_values() && !values.is_empty();
    if is_said { format!(" [default: {}]", values.join(", ")) } else { String::new() }
}
