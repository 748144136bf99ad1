//! `jflint check`: find the documents, lint them, repair them if asked, tell what was found.

use std::collections::{BTreeMap, HashSet};
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use rayon::prelude::*;

use super::arguments::{Check, Places};
use super::baseline::{self, Baseline, Scope};
use super::before::Before;
use super::terminal::Terminal;
use super::{Status, output, repair, working_folder};
use crate::config::{Config, Configs};
use crate::diagnostic::{Diagnostic, Safety, Severity};
use crate::fix::{Fixed, fix_wanted};
use crate::lint::{Linted, Scratch, Settings, lint_with};
use crate::report::{self, Failure, FileReport, Finding, Repaired, Report, Style, Summary, Task};
use crate::rules;
use crate::source::Source;
use crate::walk::{self, Document, Found};

/// Checks what the arguments name.
pub fn run(check: &Check, terminal: &Terminal) -> Status {
    if let Err(words) = output::check(&check.output) {
        return terminal.fail(&words);
    }
    if check.unsafe_fixes && check.allowed_fixes().is_none() {
        return terminal.fail("--unsafe-fixes says which fixes are made: add --fix, or --diff to see them first");
    }
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
    if check.list_files {
        return list_files(&found, terminal);
    }
    let outcome = match check.allowed_fixes() {
        None => lint_and_compare(&found, check, terminal).map(|report| tell(&report, check, terminal)),
        Some(_) => repair_and_compare(&found, check, terminal),
    };
    outcome.unwrap_or_else(|words| terminal.fail(&words))
}

/// Repairs, and counts of what is left only what is new, if that was asked.
fn repair_and_compare(found: &Found, check: &Check, terminal: &Terminal) -> Result<Status, String> {
    if check.baseline.is_some() || check.write_baseline.is_some() {
        return Err("a repair takes all findings, known ones too: leave the baseline out".to_owned());
    }
    let before = before(found, check)?;
    if !check.quiet {
        before.iter().flat_map(|before| &before.notes).for_each(|note| terminal.say(note));
    }
    let checked = check_all(found, check, before.as_ref());
    Ok(match check.diff {
        true => repair::show(checked, check, terminal),
        false => repair::keep(found, checked, check, terminal),
    })
}

fn before(found: &Found, check: &Check) -> Result<Option<Before>, String> {
    check.new_since.as_ref().map(|revision| Before::read(&found.documents, revision)).transpose()
}

/// Lints, and says of each finding whether it is new, if that was asked.
fn lint_and_compare(found: &Found, check: &Check, terminal: &Terminal) -> Result<Report, String> {
    let known = check.baseline.as_deref().map(Baseline::read).transpose()?;
    let before = before(found, check)?;
    let mut notes = before.as_ref().map(|before| before.notes.clone()).unwrap_or_default();
    let scope = Scope::new(&found.documents, &working_folder(), rules_of(check));
    let mut report = check_all(found, check, before.as_ref()).report();
    if let Some(known) = known {
        notes.extend(known.mark(&mut report, &scope));
    }
    if let Some(file) = &check.write_baseline {
        notes.push(baseline::write(file, &mut report, &scope)?);
    }
    if !check.quiet {
        notes.iter().for_each(|note| terminal.say(note));
    }
    Ok(report)
}

/// The rules that the command line lets take part.
fn rules_of(check: &Check) -> HashSet<&'static str> {
    rules::ALL.iter().map(|rule| rule.name).filter(|rule| is_chosen(rule, check)).collect()
}

/// Finds the documents that the arguments mean.
fn find(places: &Places, configs: &mut Configs) -> Result<Found, String> {
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

/// The documents that the arguments of another command mean, with what there is to say about them said.
pub fn find_and_say(places: &Places, terminal: &Terminal) -> Result<Found, Status> {
    let mut configs = Configs::new(places.isolated, &working_folder());
    let found = find(places, &mut configs).map_err(|words| terminal.fail(&words))?;
    found.notes.iter().for_each(|note| terminal.say(note));
    Ok(found)
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

/// What became of the documents.
pub struct Checked {
    pub files: Vec<CheckedFile>,
    pub failures: Vec<Failure>,
}

/// A document that was linted.
pub struct CheckedFile {
    /// Its place among the documents that were found.
    pub index: usize,
    /// What was found; after a repair, what is left.
    pub report: FileReport,
    /// What a repair did, if it changed something.
    pub repair: Option<Repair>,
}

/// What a repair did.
pub struct Repair {
    pub text_before: String,
    pub repaired: Repaired,
}

impl Checked {
    /// All that is to be told.
    pub fn report(self) -> Report {
        let files = self.files.into_iter().map(|file| file.report).collect();
        Report { files, failures: sorted(self.failures), repairs: None }
    }
}

pub fn sorted(mut failures: Vec<Failure>) -> Vec<Failure> {
    failures.sort_by(|a, b| a.path.cmp(&b.path));
    failures
}

fn check_all(found: &Found, check: &Check, before: Option<&Before>) -> Checked {
    let results = in_parallel(&found.documents, check.threads, |document, scratch| {
        check_document(document, check, check.allowed_fixes(), before, scratch)
    });
    let mut checked = Checked { files: Vec::new(), failures: found.failures.clone() };
    for (index, result) in results.into_iter().enumerate() {
        match result {
            Ok((report, repair)) => checked.files.push(CheckedFile { index, report, repair }),
            Err(failure) => checked.failures.push(failure),
        }
    }
    checked
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

/// Lints a document, and repairs it first by the fixes that are allowed.
pub fn check_document(
    document: &Document,
    check: &Check,
    allowed: Option<Safety>,
    before: Option<&Before>,
    scratch: &Scratch,
) -> Result<(FileReport, Option<Repair>), Failure> {
    let source = document.read()?;
    // Today's configuration holds for the earlier text, too: a rule that was switched on made nothing new.
    let settings = chosen(document.place.settings(), check);
    let lint = |source: &Source| lint_with(source, &settings, scratch);
    let lint_safely = |source: &Source| without_panic(source, || lint(source));
    let earlier = before.map(|before| before.page(&document.place.file, &source, lint_safely)).transpose()?;
    let (mut report, repair) = match allowed {
        None => {
            let linted = lint_safely(&source)?;
            (file_report(document, source, linted), None)
        }
        Some(allowed) => {
            let wanted = |source: &Source, found: &[Diagnostic]| match &earlier {
                Some(earlier) => earlier.are_new(source, found.iter()),
                None => vec![true; found.len()],
            };
            let fixed = without_panic(&source, || fix_wanted(&source, allowed, lint, wanted))?;
            repaired(document, &source, fixed)
        }
    };
    if let Some(earlier) = earlier {
        let are_new = earlier.are_new(&report.source, report.findings.iter().map(|finding| &finding.diagnostic));
        for (finding, is_new) in report.findings.iter_mut().zip(are_new) {
            finding.new = Some(is_new);
        }
    }
    Ok((report, repair))
}

fn repaired(document: &Document, source: &Source, fixed: Fixed) -> (FileReport, Option<Repair>) {
    let path = document.path.clone();
    let repair = (fixed.text != source.text() || !fixed.settled).then(|| Repair {
        text_before: source.text().to_owned(),
        repaired: Repaired { path: path.clone(), applied: fixed.applied, settled: fixed.settled },
    });
    (file_report(document, source.with_text(fixed.text), fixed.left), repair)
}

fn file_report(document: &Document, source: Source, linted: Linted) -> FileReport {
    let findings = findings(document, linted.diagnostics);
    let repository_path = document.place.repository_path.clone();
    FileReport { findings, source, repository_path, suppressed: linted.suppressed }
}

fn findings(document: &Document, diagnostics: Vec<Diagnostic>) -> Vec<Finding> {
    let finding = |diagnostic: Diagnostic| {
        let url = document.place.config.docs_url(diagnostic.rule);
        Finding { diagnostic, new: None, url }
    };
    diagnostics.into_iter().map(finding).collect()
}

/// A mistake of ours about one document must not take the findings in all others away.
pub fn without_panic<T>(source: &Source, work: impl FnOnce() -> T) -> Result<T, Failure> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|_| Failure {
        task: Task::Check,
        path: source.path().to_owned(),
        message: "jflint stumbled over it, which is a bug of jflint: please report it with this page".to_owned(),
    })
}

/// The settings of the configuration, with the rules that the command line chooses.
fn chosen(mut settings: Settings, check: &Check) -> Settings {
    for rule in rules::ALL {
        if !is_chosen(rule.name, check) {
            settings.set(rule.name, None);
        } else if !check.select.is_empty() {
            settings.set(rule.name, settings.severity(rule.name).or(Some(rule.severity)));
        }
    }
    settings
}

fn is_chosen(rule: &str, check: &Check) -> bool {
    let is_selected = check.select.is_empty() || check.select.iter().any(|selected| selected.0 == rule);
    let is_ignored = check.ignore.iter().any(|ignored| ignored.0 == rule);
    is_selected && !is_ignored
}

/// Tells what was found, and ends the run.
pub fn tell(report: &Report, check: &Check, terminal: &Terminal) -> Status {
    let style = style(check, terminal);
    let files = output::write(report, &check.output, &in_files(&style), terminal);
    let written = terminal.write(|out| report::write(report, check.format, &style, out)).max(files);
    terminal.say_lines(&report::summary_words(report, &style));
    written.max(status_of(report, check.fail_on))
}

/// How findings look in this run.
pub fn style(check: &Check, terminal: &Terminal) -> Style {
    Style {
        // Who names rules wants to see what they say.
        show_info: check.show.is_some() || !check.select.is_empty(),
        about: about(check),
        fail_on: check.fail_on,
        statistics: check.statistics,
        quiet: check.quiet,
        ..terminal.style()
    }
}

/// More paths than these are not said again.
const MOST_PATHS: usize = 3;

/// The arguments that say which pages and which findings this run was about.
fn about(check: &Check) -> String {
    let revision = check.new_since.iter().map(|revision| format!(" --new-since {revision}"));
    let named = |path: &PathBuf| {
        let path = path.display().to_string();
        if path.contains(|c: char| c.is_whitespace() || c == '\'') { format!(" {path:?}") } else { format!(" {path}") }
    };
    let paths = &check.places.paths;
    let paths: Vec<String> =
        if paths.len() > MOST_PATHS { vec![" PATHS".to_owned()] } else { paths.iter().map(named).collect() };
    revision.chain(paths).collect()
}

/// A file is read by other eyes than those before this terminal.
fn in_files(style: &Style) -> Style {
    let Style { width, .. } = Style::default();
    Style { color: false, hyperlinks: false, ascii: false, width, ..style.clone() }
}

/// How the run ended.
pub fn status_of(report: &Report, fail_on: Severity) -> Status {
    if !report.failures.is_empty() {
        Status::Failed
    } else if Summary::of(report).at_least(fail_on) > 0 {
        Status::Findings
    } else {
        Status::Clean
    }
}
