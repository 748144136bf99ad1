//! What a command line may say. The doc comments are its help.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use super::output::Output;
use crate::config::RuleName;
use crate::diagnostic::{Safety, Severity};
use crate::report::Format;

/// Checks job-family pages: grades, roles, sections, bullets, links and spelling
///
/// Exit status: 0 nothing to do, 1 findings, 2 jflint could not do its work.
#[derive(Debug, Parser)]
#[command(name = "jflint", version, max_term_width = 100, disable_help_subcommand = true)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
    /// Whether to write in colour; `auto` does in a terminal, unless NO_COLOR is set
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    pub color: Color,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check pages, or folders of pages
    Check(Box<Check>),
    /// Say what a rule looks for, why, and what to do
    Explain {
        /// As it stands at the end of a finding, such as `grade-mismatch`
        rule: RuleName,
    },
    /// List all rules
    Rules,
    /// Write a commented `.jflint.yaml` into the current folder
    Init,
    /// Show which configuration holds for a file, and where each setting comes from
    Config(Config),
    /// Print the JSON Schema of `.jflint.yaml`, by which editors complete and check it
    Schema,
    /// Print what jflint understands of pages: roles, grades, sections, tables
    Outline(Outline),
    /// List the words that no word list has, the most frequent first
    Words(Words),
    /// Serve an editor over standard input and output, as a language server
    Lsp {
        /// The only way to talk, so it need not be said; some editors do
        #[arg(long)]
        stdio: bool,
    },
    /// Print the script by which a shell completes commands and options
    ///
    /// For bash, put it into ~/.local/share/bash-completion/completions/jflint; for zsh, as _jflint into a folder of $fpath;
    /// for fish, into ~/.config/fish/completions/jflint.fish.
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print a page of the manual, for man(1)
    ///
    /// Put that of jflint into ~/.local/share/man/man1/jflint.1, and that of a command beside it, such as jflint-check.1.
    Man {
        /// A command, such as `check` [default: jflint as a whole]
        command: Option<String>,
    },
}

#[derive(Debug, Args)]
pub struct Check {
    #[command(flatten)]
    pub places: Places,
    /// Show the notes too, which are only counted otherwise
    #[arg(long, value_enum, value_name = "LEVEL")]
    pub show: Option<Show>,
    /// Findings from this severity on give exit status 1
    #[arg(long, default_value = "warning", value_name = "SEVERITY", value_parser = severity())]
    pub fail_on: Severity,
    /// How to tell the findings
    #[arg(long, value_enum, default_value = "text")]
    pub format: Format,
    /// Write a report into a file as well, also when there are findings; may be said several times
    #[arg(long, value_name = "FORMAT=FILE")]
    pub output: Vec<Output>,
    /// Check these rules only, also those that are off
    #[arg(long, value_delimiter = ',', value_name = "RULE,...")]
    pub select: Vec<RuleName>,
    /// Leave these rules out
    #[arg(long, value_delimiter = ',', value_name = "RULE,...")]
    pub ignore: Vec<RuleName>,
    /// Only what is new since this revision counts, such as `origin/main`, or HEAD for the next commit
    #[arg(long, value_name = "REV")]
    pub new_since: Option<String>,
    /// Only what this file of known findings does not have counts
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Write the findings to a file of known findings
    #[arg(long, value_name = "FILE", conflicts_with_all = ["new_since", "select", "ignore", "list_files"])]
    pub write_baseline: Option<PathBuf>,
    /// Add how often each rule spoke
    #[arg(long)]
    pub statistics: bool,
    /// Say nothing about the run but what went wrong
    #[arg(long, short, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say which configurations hold
    #[arg(long, short)]
    pub verbose: bool,
    /// Repair what can be repaired without a look, in the files themselves; of `-`, print the repaired document
    #[arg(long)]
    pub fix: bool,
    /// With --fix or --diff: repair also what a person should look at afterwards
    #[arg(long)]
    pub unsafe_fixes: bool,
    /// Show what --fix would change, as a diff for `patch -p0`, and write nothing; exit status 1 if it is something
    #[arg(long, conflicts_with_all = ["format", "show", "statistics"])]
    pub diff: bool,
    /// Print the paths that would be checked, and check nothing
    #[arg(long)]
    pub list_files: bool,
    /// How many documents to check at a time [default: as many as there are processors]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub threads: Option<u16>,
}

impl Check {
    /// Which fixes to apply, if any.
    pub fn allowed_fixes(&self) -> Option<Safety> {
        let safety = if self.unsafe_fixes { Safety::Unsafe } else { Safety::Safe };
        (self.fix || self.diff).then_some(safety)
    }
}

/// Which documents, and by which configuration.
#[derive(Debug, Args)]
pub struct Places {
    /// Pages, and folders whose job-family pages are meant; `-` is standard input [default: the current folder]
    pub paths: Vec<PathBuf>,
    /// The path at which the document from standard input would stand
    #[arg(long, value_name = "PATH")]
    pub stdin_filename: Option<String>,
    /// Read no `.jflint.yaml`
    #[arg(long)]
    pub isolated: bool,
    /// Check what the configuration excludes, too
    #[arg(long)]
    pub no_exclude: bool,
    /// A path under which there is nothing to check is no failure
    #[arg(long)]
    pub allow_empty: bool,
}

#[derive(Debug, Args)]
pub struct Config {
    /// A page or a folder [default: the current folder]
    pub file: Option<PathBuf>,
    /// Read no `.jflint.yaml`
    #[arg(long)]
    pub isolated: bool,
}

#[derive(Debug, Args)]
pub struct Outline {
    #[command(flatten)]
    pub places: Places,
    /// How to print it
    #[arg(long, value_enum, default_value_t)]
    pub format: OutlineFormat,
}

#[derive(Debug, Args)]
pub struct Words {
    #[command(flatten)]
    pub places: Places,
    /// Append them to this word list, one a line; strike out what is misspelt
    #[arg(long, value_name = "FILE")]
    pub write: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum OutlineFormat {
    /// A readable tree
    #[default]
    Text,
    /// For programs
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Show {
    /// Notes
    Info,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Color {
    #[default]
    Auto,
    Always,
    Never,
}

/// Severities are no concern of the command line's where they are defined, so their words are read here.
fn severity() -> impl clap::builder::TypedValueParser<Value = Severity> {
    use clap::builder::TypedValueParser as _;
    clap::builder::PossibleValuesParser::new(["error", "warning", "info"]).map(|word| match word.as_str() {
        "error" => Severity::Error,
        "info" => Severity::Info,
        _ => Severity::Warning,
    })
}
