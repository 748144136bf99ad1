//! A comment for a merge request: one sentence in plain words, then a table for each file.

mod escape;

use std::io::{self, Write};

use super::group::{Block, blocks, lines_in_words};
use super::terminal::{counted, severity_word};
use super::{Failure, FileReport, Report, Style, Summary};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Source;
use escape::{address, code, words};

/// A comment may hold 65,536 characters on GitHub and a million on GitLab, and nobody reads as many.
const MOST_BYTES: usize = 48_000;

const TABLE: &str = "| Place | What is wrong | What to do | Rule |\n| --- | --- | --- | --- |\n";

/// How many lines one cell names.
const MOST_LINES: usize = 12;

pub(super) fn write(report: &Report, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let mut files: Vec<&FileReport> = report.files.iter().collect();
    let mut page = Page::of(report, &files, style);
    if page.left_out > 0 {
        // What there is no room for should not be the gravest.
        files.sort_by_key(|file| std::cmp::Reverse(gravest(file, style)));
        page = Page::of(report, &files, style);
    }
    page.end(report, style);
    out.write_all(page.text.as_bytes())
}

fn gravest(file: &FileReport, style: &Style) -> Option<Severity> {
    let told = file.findings.iter().filter(|finding| style.shows(finding));
    told.map(|finding| finding.diagnostic.severity).max()
}

/// What the report says in one sentence.
fn sentence(report: &Report, style: &Style) -> String {
    let summary = Summary::of(report);
    let has_base = report.files.iter().flat_map(|file| &file.findings).any(|finding| finding.new.is_some());
    let found = found(&summary, has_base, style);
    let pages = counted(summary.files, "job-family page");
    let sentence = match (found.is_empty(), summary.files, report.failures.len()) {
        (true, 0, 0) => "jflint had no job-family page to check.".to_owned(),
        (true, 0, _) => "jflint could check no page.".to_owned(),
        (true, _, failures) => {
            let what = match (summary.known, failures) {
                (0, 0) => "all is well",
                (0, _) => "nothing found",
                _ => "nothing new",
            };
            format!("jflint checked {pages}: {what}.")
        }
        (false, ..) => {
            let affected = report.files.iter().filter(|file| is_told(file, style)).count();
            let of_pages = if affected == summary.files { pages } else { format!("{affected} of {pages}") };
            format!("jflint found **{}** in {of_pages}.", found.join("** and **"))
        }
    };
    format!("{sentence}\n")
}

/// The counts of what is told, the gravest first.
fn found(summary: &Summary, has_base: bool, style: &Style) -> Vec<String> {
    let new = if has_base { "new " } else { "" };
    [(Severity::Error, summary.errors), (Severity::Warning, summary.warnings), (Severity::Info, summary.infos)]
        .into_iter()
        .filter(|&(severity, count)| count > 0 && style.shows_severity(severity))
        .map(|(severity, count)| counted(count, &format!("{new}{}", severity_word(severity))))
        .collect()
}

fn is_told(file: &FileReport, style: &Style) -> bool {
    file.findings.iter().any(|finding| style.shows(finding))
}

struct Page {
    text: String,
    /// Findings for which there was no room.
    left_out: usize,
}

impl Page {
    fn of(report: &Report, files: &[&FileReport], style: &Style) -> Self {
        let mut page = Self { text: sentence(report, style), left_out: 0 };
        report.failures.iter().for_each(|failure| page.add_failure(failure));
        files.iter().for_each(|file| page.add_file(file, style));
        page
    }

    fn has_room(&self, more: &str) -> bool {
        self.left_out == 0 && self.text.len() + more.len() <= MOST_BYTES
    }

    fn add_failure(&mut self, failure: &Failure) {
        let line = format!("\n**Not checked:** {}: {}.\n", code(&failure.path), words(&failure.message));
        if self.has_room(&line) {
            self.text.push_str(&line);
        }
    }

    fn add_file(&mut self, file: &FileReport, style: &Style) {
        let mut head = format!("\n### {}\n\n{TABLE}", code(&file.repository_path));
        for block in blocks(file.findings.iter().filter(|finding| style.shows(finding))) {
            let row = std::mem::take(&mut head) + &row(&file.source, &block);
            if self.has_room(&row) {
                self.text.push_str(&row);
            } else {
                self.left_out += 1 + block.others.len();
            }
        }
    }

    /// What is not in the tables, and what to do next.
    fn end(&mut self, report: &Report, style: &Style) {
        let summary = Summary::of(report);
        let mut hints = Vec::new();
        if self.left_out > 0 {
            hints.push(format!(
                "And {} more, for which there is no room here: the log of the job has all.",
                self.left_out
            ));
        }
        if report.files.iter().any(|file| is_told(file, style)) {
            if summary.fixable > 0 {
                hints.push(format!("`jflint check --fix{}` repairs {} of them.", style.about, summary.fixable));
            }
            hints.push("`jflint explain RULE` says why a rule is there.".to_owned());
        }
        if summary.infos > 0 && !style.shows_severity(Severity::Info) {
            let notes = counted(summary.infos, severity_word(Severity::Info));
            hints.push(format!("Not shown: {notes} (`--show info`)."));
        }
        if summary.known > 0 {
            hints.push(format!("Not shown: {} from before.", counted(summary.known, "finding")));
        }
        if !hints.is_empty() {
            self.text.push_str(&format!("\n{}\n", hints.join(" ")));
        }
    }
}

/// A line of the table for findings that are repaired as one.
fn row(source: &Source, block: &Block<'_>) -> String {
    let first = &block.first.diagnostic;
    let line_of = |finding: &super::Finding| source.line_of(finding.diagnostic.span.start);
    let place = lines_in_words(block.all().map(line_of), MOST_LINES, "…");
    let mut message = words(&first.message);
    if !block.says_one_thing() {
        message.push_str(&format!(" (and {} more like it)", block.others.len()));
    }
    let rule = rule(first, block.first.url.as_deref());
    format!("| {place} | {message} | {} | {rule} |\n", help(first))
}

/// What to do; where a finding has no help, what its first fix does.
fn help(diagnostic: &Diagnostic) -> String {
    let title = diagnostic.fixes.first().map_or("", |fix| fix.title.as_str());
    words(if diagnostic.help.is_empty() { title } else { &diagnostic.help })
}

fn rule(diagnostic: &Diagnostic, url: Option<&str>) -> String {
    let name = match url {
        Some(url) => format!("[{}]({})", diagnostic.rule, address(url)),
        None => code(diagnostic.rule),
    };
    match diagnostic.severity {
        Severity::Error => format!("**error** {name}"),
        other => format!("{} {name}", severity_word(other)),
    }
}
