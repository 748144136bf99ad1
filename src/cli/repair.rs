//! `jflint check --fix` and `--diff`: what becomes of the documents that were repaired.

use super::Status;
use super::arguments::Check;
use super::check::{Checked, CheckedFile, Repair, check_document, sorted, status_of, style, tell};
use super::replace::{self, replace};
use super::terminal::Terminal;
use crate::diagnostic::Safety;
use crate::lint::Scratch;
use crate::report::{self, Failure, FileReport, Repaired, Repairs, Report, Task, diff};
use crate::walk::{self, Document, Found};

/// Shows what would change, and writes nothing.
pub fn show(checked: Checked, check: &Check, terminal: &Terminal) -> Status {
    let changes: Vec<(FileReport, Repair)> =
        checked.files.into_iter().filter_map(|file| Some((file.report, file.repair?))).collect();
    let exact = !terminal.is_terminal && !terminal.color;
    let written = terminal.write(|out| {
        changes.iter().try_for_each(|(file, repair)| {
            let texts = [repair.text_before.as_str(), file.source.text()];
            diff::write(file.source.path(), texts, exact, &terminal.style(), out)
        })
    });
    let any = if changes.is_empty() { Status::Clean } else { Status::Findings };
    let files = changes.into_iter().map(|(_, repair)| repair.repaired).collect();
    let report = Report { failures: sorted(checked.failures), repairs: repairs(check, files), ..Report::default() };
    terminal.say_lines(&report::diff_words(&report, &style(check, terminal)));
    let failed = if report.failures.is_empty() { Status::Clean } else { Status::Failed };
    written.max(any).max(failed)
}

/// Writes the repaired documents, and tells what is left in them.
pub fn keep(found: &Found, checked: Checked, check: &Check, terminal: &Terminal) -> Status {
    let mut report = Report { failures: checked.failures, ..Report::default() };
    let (mut repaired, mut printed) = (Vec::new(), None);
    for file in checked.files {
        let document = &found.documents[file.index];
        if document.is_stdin() {
            printed = Some(file.report.source.text().to_owned());
        }
        let (file, result) = write(file, document, check);
        report.files.extend(file);
        match result {
            Ok(changed) => repaired.extend(changed),
            Err(failure) => report.failures.push(failure),
        }
    }
    report.failures = sorted(report.failures);
    report.repairs = repairs(check, repaired);
    let names_stdin = check.places.paths.iter().any(|path| path.as_os_str() == walk::STDIN);
    match printed {
        Some(text) => tell_beside(&text, &report, check, terminal),
        None if names_stdin && report.failures.is_empty() => pass_on(&report, check, terminal),
        None => tell(&report, check, terminal),
    }
}

fn repairs(check: &Check, files: Vec<Repaired>) -> Option<Repairs> {
    let allowed = check.allowed_fixes().unwrap_or(Safety::Safe);
    Some(Repairs { allowed, files })
}

/// Writes a document that changed. Of one that cannot be written, the findings are those of the file as it still is.
fn write(
    file: CheckedFile,
    document: &Document,
    check: &Check,
) -> (Option<FileReport>, Result<Option<Repaired>, Failure>) {
    let Some(repair) = file.repair else { return (Some(file.report), Ok(None)) };
    let text = file.report.source.text();
    let result = match () {
        () if document.is_stdin() || text == repair.text_before => Ok(()),
        () => replace(&document.place.file, text),
    };
    match result {
        Ok(()) => (Some(file.report), Ok(Some(repair.repaired))),
        Err(error) => {
            let unfixed = check_document(document, check, None, None, &Scratch::default());
            let path = document.path.clone();
            let failure = Failure { task: Task::Fix, path, message: replace::words(&error) };
            (unfixed.ok().map(|(report, _)| report), Err(failure))
        }
    }
}

/// Prints the repaired document of standard input; what is left in it is told on standard error.
fn tell_beside(text: &str, report: &Report, check: &Check, terminal: &Terminal) -> Status {
    let style = style(check, terminal);
    let mut findings = Vec::new();
    let told = report::write(report, check.format, &style, &mut findings);
    let written = terminal.print(text);
    terminal.say_lines(&String::from_utf8_lossy(&findings));
    terminal.say_lines(&report::summary_words(report, &style));
    let told = if told.is_ok() { Status::Clean } else { Status::Failed };
    written.max(told).max(status_of(report, check.fail_on))
}

/// A document that the configuration excludes goes through as it is: an editor puts it in the place of what it sent.
fn pass_on(report: &Report, check: &Check, terminal: &Terminal) -> Status {
    match walk::read_stdin() {
        Ok(text) => tell_beside(&text, report, check, terminal),
        Err(error) => terminal.fail(&format!("standard input: {error}")),
    }
}
