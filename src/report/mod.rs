//! What a run found, and the formats in which it is told: one file a format.

mod concise;
mod crop;
pub mod diff;
mod excerpt;
mod github;
mod gitlab;
mod group;
mod json;
mod junit;
mod markdown;
mod repairs;
mod sarif;
mod statistics;
mod summary;
pub(crate) mod terminal;
mod text;

use std::io::{self, Write};

use crate::diagnostic::{Diagnostic, Severity};
use crate::fingerprint::fingerprints;
use crate::source::Source;

pub use repairs::{Repaired, Repairs};
pub use summary::{Summary, diff_words, summary_words};

/// Everything that one run has to say.
#[derive(Debug, Default)]
pub struct Report {
    /// The documents that were linted, in the order in which they are told.
    pub files: Vec<FileReport>,
    /// What could not be done, and why.
    pub failures: Vec<Failure>,
    /// What was repaired before; nothing where nobody asked for it.
    pub repairs: Option<Repairs>,
}

/// One document and what was found in it.
#[derive(Debug)]
pub struct FileReport {
    pub source: Source,
    /// The path from the repository's root, else from the working folder, with `/`.
    pub repository_path: String,
    /// In document order.
    pub findings: Vec<Finding>,
    /// How many findings the comments in the document took away.
    pub suppressed: usize,
}

impl FileReport {
    /// The findings, each with the identity by which other programs know it again.
    pub fn with_fingerprints(&self) -> impl Iterator<Item = (&Finding, String)> {
        let diagnostics = self.findings.iter().map(|finding| &finding.diagnostic);
        self.findings.iter().zip(fingerprints(&self.repository_path, diagnostics))
    }
}

/// A diagnostic with what only the whole run knows about it.
#[derive(Debug, Clone)]
pub struct Finding {
    pub diagnostic: Diagnostic,
    /// Whether it is absent from the baseline; nothing where the run has no baseline.
    pub new: Option<bool>,
    /// Where the rule is explained, if the configuration says.
    pub url: Option<String>,
}

impl Finding {
    /// Whether the baseline has it already: people are not told again, and it fails no check.
    pub fn is_known(&self) -> bool {
        self.new == Some(false)
    }
}

/// What should have been done to a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Task {
    Check,
    Fix,
}

/// A document that jflint could not lint, or not write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    pub task: Task,
    /// As given, with `/`.
    pub path: String,
    /// A sentence without its path.
    pub message: String,
}

/// A way of telling the findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum)]
pub enum Format {
    /// The lines of the document with the words underlined; equal findings as one
    Text,
    /// One line a finding
    Concise,
    /// A comment for a merge request: a table for each file
    Markdown,
    /// GitLab Code Quality, for the widget of a merge request
    Gitlab,
    /// Everything, for programs
    Json,
    /// SARIF 2.1.0: everything, for programs that read the reports of any linter
    Sarif,
    /// A test report: a suite for each file, a failed test for each finding
    Junit,
    /// Workflow commands of GitHub Actions
    Github,
}

/// How findings look. [`Format::Json`] and [`Format::Sarif`] ignore it.
#[derive(Debug, Clone)]
pub struct Style {
    pub color: bool,
    /// Columns of the terminal.
    pub width: usize,
    /// Draws with `|` and `-`, for terminals that have no box characters.
    pub ascii: bool,
    /// Makes the names of rules links, where their address is known.
    pub hyperlinks: bool,
    /// Shows notes too, which are only counted otherwise.
    pub show_info: bool,
    /// What fails the check is always shown.
    pub fail_on: Severity,
    /// Adds a table of how often each rule spoke.
    pub statistics: bool,
    /// Says nothing about the run but what went wrong.
    pub quiet: bool,
    /// The arguments that say what this run was about, each with a blank before it: ` --new-since main job-families`. A
    /// repair is to be of nothing else.
    pub about: String,
}

impl Default for Style {
    fn default() -> Self {
        Self {
            color: false,
            width: 100,
            ascii: false,
            hyperlinks: false,
            show_info: false,
            fail_on: Severity::Warning,
            statistics: false,
            quiet: false,
            about: String::new(),
        }
    }
}

impl Style {
    /// Whether a person is shown this finding, and not only told how many there are of its kind.
    fn shows(&self, finding: &Finding) -> bool {
        !finding.is_known() && self.shows_severity(finding.diagnostic.severity)
    }

    fn shows_severity(&self, severity: Severity) -> bool {
        severity > Severity::Info || self.show_info || severity >= self.fail_on
    }
}

/// Writes the findings; words about the run are in [`summary_words`].
///
/// # Errors
///
/// Those of `out`.
pub fn write(report: &Report, format: Format, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Text => text::write(report, style, out)?,
        Format::Concise => concise::write(report, style, out)?,
        Format::Markdown => return markdown::write(report, style, out),
        Format::Gitlab => return gitlab::write(report, style, out),
        Format::Json => return json::write(report, out),
        Format::Sarif => return sarif::write(report, out),
        Format::Junit => return junit::write(report, style, out),
        Format::Github => return github::write(report, style, out),
    }
    if style.statistics { statistics::write(report, style, out) } else { Ok(()) }
}

/// What is wrong and what to do, for formats that have one text for both.
fn in_sentences(diagnostic: &Diagnostic) -> String {
    match diagnostic.help.as_str() {
        "" => sentence(&diagnostic.message),
        help => format!("{} {}", sentence(&diagnostic.message), sentence(help)),
    }
}

/// Messages have no full stop of their own.
fn sentence(words: &str) -> String {
    if words.trim_end_matches('"').ends_with(['.', '?', '!', '…']) { words.to_owned() } else { format!("{words}.") }
}
