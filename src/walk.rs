//! Finds the documents under the paths of a command line, and reads them.

use std::collections::{HashMap, HashSet};
use std::ffi::OsStr;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ignore::WalkBuilder;
use rustc_hash::FxHashSet;

use crate::config::{ConfigError, Configs, FILE_NAME, Place};
use crate::disk;
use crate::report::{Failure, Task};
use crate::source::Source;

/// The argument that means standard input.
pub const STDIN: &str = "-";

/// What a document from standard input is called if nobody says.
const STDIN_NAME: &str = "<stdin>";

/// Ends of the names of pages.
const PAGE_ENDS: [&str; 2] = [".md", ".html.md.erb"];

/// How to look for documents.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Lints what the configuration excludes, too.
    pub no_exclude: bool,
    /// A path under which there is nothing to lint is no failure.
    pub allow_empty: bool,
    /// The path at which a document from standard input would stand.
    pub stdin_name: Option<String>,
}

/// What is under the paths of a command line.
#[derive(Debug, Default)]
pub struct Found {
    /// Sorted by path, each document once.
    pub documents: Vec<Document>,
    /// What could not be done, in the order in which it was met.
    pub failures: Vec<Failure>,
    /// Words about the run, each a sentence.
    pub notes: Vec<String>,
}

/// A document that is to be linted.
#[derive(Debug, Clone)]
pub struct Document {
    /// As given on the command line: the folder as given and the part below it, with `/`.
    pub path: String,
    pub place: Place,
    input: Input,
}

/// Where the text of a document is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Input {
    File,
    Stdin,
}

impl Document {
    /// Whether its text stands on standard input.
    pub fn is_stdin(&self) -> bool {
        self.input == Input::Stdin
    }

    /// Reads the document.
    ///
    /// # Errors
    ///
    /// When it cannot be read, or is not UTF-8.
    pub fn read(&self) -> Result<Source, Failure> {
        let text = if self.is_stdin() { read_stdin() } else { disk::read_text(&self.place.file) };
        match text {
            Ok(text) => Ok(Source::new(self.path.clone(), text).lying_at(disk::shown(&self.place.file))),
            Err(error) => Err(Failure { task: Task::Check, path: self.path.clone(), message: error.to_string() }),
        }
    }
}

/// The text on standard input.
///
/// # Errors
///
/// When it cannot be read, or is not UTF-8.
pub fn read_stdin() -> Result<String, disk::ReadError> {
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    disk::text(bytes)
}

/// Finds the documents under `paths`; without paths, under the current folder.
pub fn find(paths: &[PathBuf], configs: &mut Configs, options: &Options) -> Found {
    let mut search =
        Search { configs, options, found: Found::default(), seen: FxHashSet::default(), broken: HashSet::new() };
    if paths.is_empty() {
        search.current_folder();
    }
    for path in paths {
        search.named(path);
    }
    let mut found = search.found;
    found.documents.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

struct Search<'a> {
    configs: &'a mut Configs,
    options: &'a Options,
    found: Found,
    /// Real paths of the documents, so that one that is named twice is linted once.
    seen: FxHashSet<PathBuf>,
    /// Configurations that were complained of.
    broken: HashSet<String>,
}

/// How the files below a folder fared.
#[derive(Debug, Default)]
struct Tally {
    to_lint: usize,
    /// By the glob that took them out.
    excluded: HashMap<String, usize>,
    failed: usize,
}

impl Search<'_> {
    fn current_folder(&mut self) {
        let tally = self.folder(Path::new("."));
        if tally.to_lint == 0 && tally.failed == 0 {
            let why = self.why_nothing(Path::new("."), &tally);
            self.found.notes.push(format!("Nothing to check in the current folder: {why}"));
        }
    }

    fn named(&mut self, path: &Path) {
        if path == Path::new(STDIN) {
            return self.stdin();
        }
        match std::fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => self.named_folder(path),
            Ok(_) => self.named_file(path, disk::shown(path), Input::File),
            Err(error) => self.fail(disk::shown(path), disk::io_words(&error)),
        }
    }

    fn stdin(&mut self) {
        let shown = self.options.stdin_name.clone().unwrap_or_else(|| STDIN_NAME.to_owned());
        self.named_file(&PathBuf::from(&shown), shown, Input::Stdin);
    }

    /// A file that is named is linted whatever its place and name, unless the project excludes it: an editor and a
    /// commit hook name every file.
    fn named_file(&mut self, file: &Path, shown: String, input: Input) {
        let Some(place) = self.place_of(disk::real_path(file)) else { return };
        match self.excluded_by(&place) {
            Some(glob) => self.found.notes.push(format!(
                "Skipped {shown}: {} excludes it with `{glob}`. Check it anyway with --no-exclude",
                self.config_name(&place)
            )),
            None => self.add(Document { path: shown, place, input }),
        }
    }

    fn named_folder(&mut self, folder: &Path) {
        let tally = self.folder(folder);
        if tally.to_lint > 0 || tally.failed > 0 {
            return;
        }
        let why = self.why_nothing(folder, &tally);
        if self.options.allow_empty {
            self.found.notes.push(format!("Nothing to check in {}: {why}", disk::shown(folder)));
        } else {
            self.fail(disk::shown(folder), format!("there is nothing to check: {why} (--allow-empty lets it pass)"));
        }
    }

    fn folder(&mut self, folder: &Path) -> Tally {
        let real = disk::real_folder(folder);
        let mut tally = Tally::default();
        for entry in walk(folder) {
            match entry {
                Ok(entry) if is_page(&entry) => self.page(folder, &real, entry.path(), &mut tally),
                Ok(_) => {}
                Err(error) => {
                    tally.failed += 1;
                    self.walk_error(folder, &error);
                }
            }
        }
        tally
    }

    fn page(&mut self, folder: &Path, real: &Path, file: &Path, tally: &mut Tally) {
        let below = file.strip_prefix(folder).unwrap_or(file);
        let Some(place) = self.place_of(real.join(below)) else {
            tally.failed += 1;
            return;
        };
        if place.included_by().is_none() {
            return;
        }
        if let Some(glob) = self.excluded_by(&place) {
            *tally.excluded.entry(glob).or_default() += 1;
            return;
        }
        tally.to_lint += 1;
        self.add(Document { path: shown_below(folder, below), place, input: Input::File });
    }

    fn why_nothing(&mut self, folder: &Path, tally: &Tally) -> String {
        let mut globs: Vec<&str> = tally.excluded.keys().map(String::as_str).collect();
        globs.sort_unstable();
        if !globs.is_empty() {
            return format!("`exclude` takes out every page, with {}", listed(&globs));
        }
        let somewhere_in = disk::real_folder(folder).join("page.md");
        let include = self.configs.place_of(somewhere_in).map(|place| place.config.include().to_vec());
        let include = listed(&include.unwrap_or_default());
        format!(
            "no Markdown page is in a job-family folder ({include}). Name the files, or set `include` in {FILE_NAME}"
        )
    }

    fn place_of(&mut self, real: PathBuf) -> Option<Place> {
        match self.configs.place_of(real) {
            Ok(place) => Some(place),
            Err(error) => {
                self.config_error(&error);
                None
            }
        }
    }

    /// Said once, however many files the configuration would hold for.
    fn config_error(&mut self, error: &Arc<ConfigError>) {
        if self.broken.insert(error.path().to_owned()) {
            self.fail(error.path().to_owned(), error.message());
        }
    }

    fn walk_error(&mut self, folder: &Path, error: &ignore::Error) {
        let path = path_of(error).map_or_else(|| disk::shown(folder), disk::shown);
        let message = error.io_error().map_or_else(|| error.to_string(), disk::io_words);
        self.fail(path, message);
    }

    fn excluded_by(&self, place: &Place) -> Option<String> {
        if self.options.no_exclude { None } else { place.excluded_by().map(str::to_owned) }
    }

    fn config_name(&self, place: &Place) -> String {
        place.config.path().map_or_else(|| FILE_NAME.to_owned(), |path| self.configs.shown(path))
    }

    fn add(&mut self, document: Document) {
        if self.seen.insert(document.place.file.clone()) {
            self.found.documents.push(document);
        }
    }

    fn fail(&mut self, path: String, message: String) {
        self.found.failures.push(Failure { task: Task::Check, path, message });
    }
}

/// Everything below a folder but what is hidden and what the project's `.gitignore` files leave out. What a person's
/// own git ignores does not count: a colleague and the pipeline would see other files.
fn walk(folder: &Path) -> ignore::Walk {
    builder(folder).build()
}

fn builder(folder: &Path) -> WalkBuilder {
    let mut builder = WalkBuilder::new(folder);
    builder.git_global(false).git_exclude(false).ignore(false);
    builder
}

fn is_page(entry: &ignore::DirEntry) -> bool {
    entry.file_type().is_some_and(|kind| kind.is_file()) && is_page_name(entry.file_name())
}

fn is_page_name(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    PAGE_ENDS.iter().any(|end| name.ends_with(end))
}

/// Whether a walk would take a file if its folder were one of job families: a page, neither excluded nor left out. One
/// that is not saved yet counts as any that its folder may have.
pub fn may_take(place: &Place) -> bool {
    let is_page = place.file.file_name().is_some_and(is_page_name);
    is_page && place.excluded_by().is_none() && !is_left_out(place)
}

/// Whether a walk through the repository does not see a file, or a folder in which it stands.
fn is_left_out(place: &Place) -> bool {
    let folder = place.file.parent();
    let root = place.repository.as_deref().or(folder);
    let below = place.file.ancestors().take_while(|path| Some(*path) != root);
    below.into_iter().any(|path| path.exists() && !is_seen(path))
}

fn is_seen(path: &Path) -> bool {
    let Some(folder) = path.parent() else { return true };
    builder(folder).max_depth(Some(1)).build().flatten().any(|entry| entry.path() == path)
}

/// The folder as given and the part below it; the current folder goes without saying.
fn shown_below(folder: &Path, below: &Path) -> String {
    if folder == Path::new(".") { disk::shown(below) } else { disk::shown(&folder.join(below)) }
}

fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_of(err),
        _ => None,
    }
}

fn listed(globs: &[impl AsRef<str>]) -> String {
    let quoted: Vec<String> = globs.iter().map(|glob| format!("`{}`", glob.as_ref())).collect();
    quoted.join(", ")
}
