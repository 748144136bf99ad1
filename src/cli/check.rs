//! `jflint check`: find the documents, lint them, tell what was found.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};

use rayon::prelude::*;

use super::arguments::{Check, Places};
use super::terminal::Terminal;
use super::{Status, working_folder};
use crate::config::{Config, Configs};
use crate::diagnostic::Severity;
use crate::fingerprint::fingerprints;
use crate::lint::{Linted, Scratch, Settings, lint_with};
use crate::report::{self, Failure, FileReport, Finding, Report, Style, Summary};
use crate::rules;
use crate::source::Source;
use crate::walk::{self, Document, Found};

/// Checks what the arguments name.
pub fn run(check: &Check, terminal: &Terminal) -> Status {
    let mut configs = Configs::new(check.places.isolated, &working_folder());
    let found = match find(&check.places, &mut configs) {
        Ok(found) => found,
        Err(words) => return terminal.fail(&words),
    };
    if !check.quiet {
        found.notes.iter().for_each(|note| terminal.say(note));
    }
    if check.verbose {
        say_configurations(&found, &configs, terminal);
    }
    if check.list_files { list_files(&found, terminal) } else { tell(&lint_all(found, check), check, terminal) }
}

/// Finds the documents that the arguments mean.
pub fn find(places: &Places, configs: &mut Configs) -> Result<Found, String> {
    let reads_stdin = places.paths.iter().any(|path| path.as_os_str() == walk::STDIN);
    if places.stdin_filename.is_some() && !reads_stdin {
        return Err("--stdin-filename names the document from standard input: add `-` to the paths".to_owned());
    }
    let options = walk::Options {
        no_exclude: places.no_exclude,
        allow_empty: places.allow_empty,
        stdin_name: places.stdin_filename.clone(),
    };
    Ok(walk::find(&places.paths, configs, &options))
}

fn say_configurations(found: &Found, configs: &Configs, terminal: &Terminal) {
    let name = |config: &Config| config.path().map_or_else(|| "the defaults".to_owned(), |path| configs.shown(path));
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for document in &found.documents {
        *counts.entry(name(&document.place.config)).or_default() += 1;
    }
    for (config, count) in counts {
        terminal.say(&format!("{config}: {count} {}", if count == 1 { "file" } else { "files" }));
    }
}

fn list_files(found: &Found, terminal: &Terminal) -> Status {
    let written = terminal.write(|out| found.documents.iter().try_for_each(|file| writeln!(out, "{}", file.path)));
    written.max(terminal.say_failures(&found.failures))
}

fn lint_all(found: Found, check: &Check) -> Report {
    let linted =
        in_parallel(&found.documents, check.threads, |document, scratch| lint_document(document, check, scratch));
    let mut report = Report { files: Vec::new(), failures: found.failures };
    for result in linted {
        match result {
            Ok(file) => report.files.push(file),
            Err(failure) => report.failures.push(failure),
        }
    }
    report.failures.sort_by(|a, b| a.path.cmp(&b.path));
    report
}

/// Does the same to every item, several at a time, and keeps their order.
fn in_parallel<T: Sync, R: Send>(items: &[T], threads: Option<u16>, work: impl Fn(&T, &Scratch) -> R + Sync) -> Vec<R> {
    let processors = || std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let threads = threads.map_or_else(processors, usize::from);
    let pool = || rayon::ThreadPoolBuilder::new().num_threads(threads.min(items.len())).build().ok();
    match (threads.min(items.len()) > 1).then(pool).flatten() {
        Some(pool) => {
            pool.install(|| items.par_iter().map_init(Scratch::default, |scratch, item| work(item, scratch)).collect())
        }
        None => {
            let scratch = Scratch::default();
            items.iter().map(|item| work(item, &scratch)).collect()
        }
    }
}

fn lint_document(document: &Document, check: &Check, scratch: &Scratch) -> Result<FileReport, Failure> {
    let source = document.read()?;
    let settings = chosen(document.place.settings(), check);
    let linted = lint_without_panic(&source, &settings, scratch)?;
    let repository_path = document.place.repository_path.clone();
    let fingerprints = fingerprints(&repository_path, &linted.diagnostics);
    let findings = linted.diagnostics.into_iter().zip(fingerprints).map(|(diagnostic, fingerprint)| {
        let url = document.place.config.docs_url(diagnostic.rule);
        Finding { diagnostic, fingerprint, new: None, url }
    });
    Ok(FileReport { findings: findings.collect(), source, repository_path, suppressed: linted.suppressed })
}

/// A mistake of ours about one document must not take the findings in all others away.
pub fn lint_without_panic(source: &Source, settings: &Settings, scratch: &Scratch) -> Result<Linted, Failure> {
    catch_unwind(AssertUnwindSafe(|| lint_with(source, settings, scratch))).map_err(|_| Failure {
        path: source.path().to_owned(),
        message: "jflint stumbled over it, which is a bug of jflint: please report it with this page".to_owned(),
    })
}

/// The settings of the configuration, with the rules that the command line chooses.
fn chosen(mut settings: Settings, check: &Check) -> Settings {
    for rule in rules::ALL {
        let is_selected = check.select.is_empty() || check.select.iter().any(|selected| selected.0 == rule.name);
        let is_ignored = check.ignore.iter().any(|ignored| ignored.0 == rule.name);
        if !is_selected || is_ignored {
            settings.set(rule.name, None);
        } else if !check.select.is_empty() {
            settings.set(rule.name, settings.severity(rule.name).or(Some(rule.severity)));
        }
    }
    settings
}

fn tell(report: &Report, check: &Check, terminal: &Terminal) -> Status {
    let style = style(check, terminal);
    let written = terminal.write(|out| report::write(report, check.format, &style, out));
    terminal.say_lines(&report::summary_words(report, &style));
    written.max(status_of(report, check.fail_on))
}

fn style(check: &Check, terminal: &Terminal) -> Style {
    Style {
        show_info: check.show.is_some(),
        fail_on: check.fail_on,
        statistics: check.statistics,
        quiet: check.quiet,
        ..terminal.style()
    }
}

fn status_of(report: &Report, fail_on: Severity) -> Status {
    if !report.failures.is_empty() {
        Status::Failed
    } else if Summary::of(report).at_least(fail_on) > 0 {
        Status::Findings
    } else {
        Status::Clean
    }
}
