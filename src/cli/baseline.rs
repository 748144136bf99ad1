//! `--baseline` and `--write-baseline`: the file of known findings.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::{Path, PathBuf};

use super::replace::put;
use crate::baseline::{self, Entry};
use crate::disk;
use crate::newness::{self, Trace};
use crate::report::{FileReport, Report};
use crate::walk::Document;

/// A file of known findings, as it was read.
#[derive(Debug)]
pub struct Baseline {
    /// As given.
    shown: String,
    entries: Vec<Entry>,
}

impl Baseline {
    /// Reads a baseline.
    ///
    /// # Errors
    ///
    /// When it cannot be read or is broken; the words say what to do.
    pub fn read(file: &Path) -> Result<Self, String> {
        let shown = disk::shown(file);
        let rewrite = format!("--write-baseline {shown}");
        let text = disk::read_text(file)
            .map_err(|error| format!("the baseline {shown} cannot be read: {error}. `{rewrite}` writes one"))?;
        let entries = baseline::read(&text).map_err(|error| {
            format!(
                "the baseline {shown} is broken: {error}. Repair it, or remove it and write it anew with `{rewrite}`"
            )
        })?;
        Ok(Self { shown, entries })
    }

    /// Marks the findings that the baseline has as known, and says which of its entries are of no use any more.
    pub fn mark(&self, report: &mut Report, scope: &Scope) -> Vec<String> {
        let mut by_path: BTreeMap<&str, Vec<&Entry>> = BTreeMap::new();
        for entry in &self.entries {
            by_path.entry(&entry.path).or_default().push(entry);
        }
        let mut stale = Vec::new();
        let mut of_new_pages = Vec::new();
        for file in &mut report.files {
            match by_path.remove(file.repository_path.as_str()) {
                Some(entries) => {
                    let found = mark_file(file, &entries, newness::matched);
                    stale.extend(entries.into_iter().zip(found).filter(|(_, found)| !found).map(|(entry, _)| entry));
                }
                None => of_new_pages.push(file),
            }
        }
        // A page that was renamed: its entries are those of a page that is not there any more.
        let mut gone: Vec<&Entry> =
            by_path.into_values().flatten().filter(|entry| scope.is_gone(&entry.path)).collect();
        for file in of_new_pages {
            let found = mark_file(file, &gone, newness::matched_by_words);
            let mut found = found.into_iter();
            gone.retain(|_| !found.next().unwrap_or(false));
        }
        stale.extend(gone);
        stale.retain(|entry| scope.has_rule(&entry.rule));
        self.stale_words(&stale)
    }

    fn stale_words(&self, stale: &[&Entry]) -> Vec<String> {
        let Some(first) = stale.first() else { return Vec::new() };
        let (entries, are) = if stale.len() == 1 { ("entry", "is") } else { ("entries", "are") };
        vec![format!(
            "{} {entries} of {} {are} not found any more, such as {} in {}: --write-baseline {} drops what is gone",
            stale.len(),
            self.shown,
            first.rule,
            first.path,
            self.shown
        )]
    }
}

/// Marks the known findings of a file, and says which of the entries were found.
fn mark_file(
    file: &mut FileReport,
    entries: &[&Entry],
    matched: fn(&[&Trace], &[&Trace]) -> newness::Matched,
) -> Vec<bool> {
    let now: Vec<Trace> = file.findings.iter().map(|finding| Trace::of(&file.source, &finding.diagnostic)).collect();
    let before: Vec<Trace> = entries.iter().map(|entry| entry.trace()).collect();
    let matched = matched(&now.iter().collect::<Vec<_>>(), &before.iter().collect::<Vec<_>>());
    for (finding, known) in file.findings.iter_mut().zip(matched.known) {
        // What an earlier commit had is known, too.
        finding.new = Some(!known && !finding.is_known());
    }
    matched.found
}

/// Of which pages and rules a run can tell that an entry is of no use.
#[derive(Debug)]
pub struct Scope {
    roots: BTreeSet<PathBuf>,
    rules: HashSet<&'static str>,
}

impl Scope {
    /// The scope of a run: its pages, and the rules that take part in it.
    pub fn new(documents: &[Document], working_folder: &Path, rules: HashSet<&'static str>) -> Self {
        let root = |document: &Document| document.place.repository.as_deref().map(Path::to_owned);
        let roots = documents.iter().map(|document| root(document).unwrap_or_else(|| working_folder.to_owned()));
        Self { roots: roots.collect(), rules }
    }

    fn is_gone(&self, path: &str) -> bool {
        !self.roots.is_empty() && !self.roots.iter().any(|root| root.join(path).exists())
    }

    fn has_rule(&self, rule: &str) -> bool {
        self.rules.contains(rule)
    }
}

/// Writes the findings of a run as the baseline, and marks them all as known. Entries of pages that were not checked
/// stay. Says what it did.
///
/// # Errors
///
/// When the file cannot be written, or holds something that is no baseline.
pub fn write(file: &Path, report: &mut Report, scope: &Scope) -> Result<String, String> {
    let kept = if file.exists() { Baseline::read(file)?.entries } else { Vec::new() };
    let checked: BTreeSet<&str> = report.files.iter().map(|file| file.repository_path.as_str()).collect();
    let mut entries: Vec<Entry> = kept
        .into_iter()
        .filter(|entry| !checked.contains(entry.path.as_str()) && !scope.is_gone(&entry.path))
        .collect();
    for file in &mut report.files {
        for (finding, fingerprint) in file.with_fingerprints() {
            let trace = Trace::of(&file.source, &finding.diagnostic);
            entries.push(Entry::new(&file.repository_path, trace, fingerprint));
        }
        file.findings.iter_mut().for_each(|finding| finding.new = Some(false));
    }
    let shown = disk::shown(file);
    let count = entries.len();
    let cannot = |reason: String| format!("the baseline {shown} cannot be written: {reason}");
    let text = baseline::text(entries).map_err(|error| cannot(error.to_string()))?;
    put(file, text.as_bytes()).map_err(|error| cannot(disk::io_words(&error)))?;
    let findings = if count == 1 { "finding" } else { "findings" };
    Ok(format!("Wrote {count} {findings} to {shown}: with --baseline {shown} only what is new counts"))
}
