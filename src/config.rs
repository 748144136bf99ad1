//! The configuration of a project: the nearest `.jflint.yaml` above each file, which applies alone.

mod file;
mod init;
mod schema;

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use rustc_hash::FxHashMap;

use crate::disk;
use crate::lint::Settings;
use crate::options::{self, Project, RawOptions};
use crate::text::fold;

pub use file::{Level, RuleName};
pub use init::{InitError, first_configuration, init};
pub use schema::schema;

use file::{ConfigFile, DocsUrl, Globs, Override, RuleTable};

/// The name of the file.
pub const FILE_NAME: &str = ".jflint.yaml";

/// Folders whose Markdown is linted where the configuration names none: the name until 2026, and since.
pub const DEFAULT_INCLUDE: [&str; 2] = ["**/job-families/**", "**/job-description-library/**"];

/// A rule that knows nothing before a project names its words, and is on from then.
const NEEDS_WORDS: &str = "unknown-word";

/// What is wrong with a configuration: file, line, key, and the way out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    #[error("{path}: {reason}")]
    Unreadable { path: String, reason: String },
    #[error("{path}:{line}:{column}: {message}")]
    Invalid { path: String, line: usize, column: usize, message: String },
}

impl ConfigError {
    /// The file, as seen from the working folder.
    pub fn path(&self) -> &str {
        match self {
            Self::Unreadable { path, .. } | Self::Invalid { path, .. } => path,
        }
    }

    /// What is wrong, without the path.
    pub fn message(&self) -> String {
        match self {
            Self::Unreadable { reason, .. } => reason.clone(),
            Self::Invalid { line, column, message, .. } => format!("line {line}, column {column}: {message}"),
        }
    }
}

/// One `.jflint.yaml`, or what holds without one.
#[derive(Debug, Default)]
pub struct Config {
    /// None for the defaults.
    path: Option<PathBuf>,
    include: Globs,
    exclude: Globs,
    rules: RuleTable,
    overrides: Vec<Override>,
    words: Words,
    word_lists: Vec<PathBuf>,
    docs_url: Option<DocsUrl>,
    /// By the overrides that hold: many files share one.
    settings: Mutex<HashMap<Vec<usize>, Settings>>,
}

/// The words of a project, and how many came from where.
#[derive(Debug, Default)]
struct Words {
    all: Arc<[String]>,
    sources: Vec<(String, usize)>,
}

/// Where a setting comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// Nothing is said about it.
    Default,
    /// The key `rules`.
    Rules,
    /// An entry of `overrides`, from 1, with its `files`.
    Override(usize, Vec<String>),
}

/// What holds for one rule in one file.
#[derive(Debug)]
pub struct RuleInForce {
    pub rule: &'static str,
    pub level: Level,
    pub origin: Origin,
    /// Each as `name: value`.
    pub options: Vec<String>,
}

impl Config {
    /// What holds where there is no file.
    pub fn defaults() -> Self {
        Self { include: Globs::embedded(&DEFAULT_INCLUDE), ..Self::default() }
    }

    /// Reads a file. `shown` is its path as errors name it.
    fn read(path: &Path, shown: &str) -> Result<Self, ConfigError> {
        let unreadable =
            |error: disk::ReadError| ConfigError::Unreadable { path: shown.to_owned(), reason: error.to_string() };
        Self::parse(path, shown, &disk::read_text(path).map_err(unreadable)?)
    }

    /// Understands the text of a file.
    fn parse(path: &Path, shown: &str, text: &str) -> Result<Self, ConfigError> {
        let file = file::read(text).map_err(|error| invalid(shown, &error))?;
        let words = Words::read(&file, path, text, shown)?;
        Ok(Self {
            word_lists: file.word_lists.iter().flatten().map(|list| beside(path, list)).collect(),
            path: Some(path.to_owned()),
            include: file.include.unwrap_or_else(|| Globs::embedded(&DEFAULT_INCLUDE)),
            exclude: file.exclude.unwrap_or_default(),
            rules: file.rules.unwrap_or_default(),
            overrides: file.overrides.unwrap_or_default(),
            words,
            docs_url: file.docs_url,
            settings: Mutex::default(),
        })
    }

    /// The file; none for the defaults.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// The address at which a rule is explained, if the project says.
    pub fn docs_url(&self, rule: &str) -> Option<String> {
        self.docs_url.as_ref().map(|url| url.of_rule(rule))
    }

    /// The address with `{rule}` in it.
    pub fn docs_url_pattern(&self) -> Option<&str> {
        self.docs_url.as_ref().map(DocsUrl::as_str)
    }

    /// Where words come from, and how many: the key `words`, and each word list.
    pub fn word_sources(&self) -> &[(String, usize)] {
        &self.words.sources
    }

    /// The files with words that are spelt right here, in the order in which they are named.
    pub fn word_lists(&self) -> &[PathBuf] {
        &self.word_lists
    }

    /// Whether the project has a word, in any case.
    pub fn has_word(&self, word: &str) -> bool {
        let word = fold(word);
        self.words.all.iter().any(|known| fold(known) == word)
    }

    pub fn include(&self) -> &[String] {
        self.include.patterns()
    }

    pub fn exclude(&self) -> &[String] {
        self.exclude.patterns()
    }

    /// The settings for a file, overrides applied in their order.
    fn settings_for(&self, paths: &[String]) -> Settings {
        let overrides: Vec<usize> = self.overrides_for(paths).map(|(index, _)| index).collect();
        let mut known = self.settings.lock().unwrap_or_else(PoisonError::into_inner);
        known.entry(overrides).or_insert_with(|| self.merge(paths)).clone()
    }

    fn merge(&self, paths: &[String]) -> Settings {
        // Every option was read once already and options do not depend on each other, so together they are valid too.
        let options = options::read(&self.raw_options(paths)).unwrap_or_default();
        let project = Project { options, words: Arc::clone(&self.words.all) };
        let mut settings = Settings::new(project.facts());
        for in_force in self.rules_in_force(paths) {
            settings.set(in_force.rule, in_force.level.0);
        }
        settings
    }

    /// For each rule in the order of the docs, what holds and why.
    fn rules_in_force(&self, paths: &[String]) -> Vec<RuleInForce> {
        let options = self.raw_options(paths);
        let in_force = |rule: &'static crate::rule::Rule| {
            let (level, origin) = self.level(RuleName(rule.name), paths).unwrap_or_else(|| self.default_level(rule));
            let options = options.get(rule.name).into_iter().flatten();
            let options = options.map(|(name, value)| format!("{name}: {}", options::flow(&json(value)))).collect();
            RuleInForce { rule: rule.name, level, origin, options }
        };
        crate::rules::ALL.iter().map(|rule| in_force(rule)).collect()
    }

    /// What the last layer that speaks of the rule's severity says.
    fn level(&self, rule: RuleName, paths: &[String]) -> Option<(Level, Origin)> {
        let said = |(origin, table): (Origin, &RuleTable)| Some((table.0.get(&rule)?.level?, origin));
        self.layers(paths).filter_map(said).last()
    }

    fn default_level(&self, rule: &crate::rule::Rule) -> (Level, Origin) {
        let on = !rule.off_by_default || (rule.name == NEEDS_WORDS && !self.words.all.is_empty());
        (Level(on.then_some(rule.severity)), Origin::Default)
    }

    fn raw_options(&self, paths: &[String]) -> RawOptions {
        let mut merged: RawOptions = BTreeMap::new();
        for (_, table) in self.layers(paths) {
            for (rule, setting) in &table.0 {
                merged.entry(rule.0).or_default().extend(setting.options.clone());
            }
        }
        merged
    }

    /// The tables of rules that hold for a file; what a later one says counts.
    fn layers<'a>(&'a self, paths: &'a [String]) -> impl Iterator<Item = (Origin, &'a RuleTable)> {
        let overrides = self
            .overrides_for(paths)
            .map(|(index, entry)| (Origin::Override(index + 1, entry.files.patterns().to_vec()), &entry.rules));
        std::iter::once((Origin::Rules, &self.rules)).chain(overrides)
    }

    fn overrides_for<'a>(&'a self, paths: &'a [String]) -> impl Iterator<Item = (usize, &'a Override)> {
        self.overrides.iter().enumerate().filter(|(_, entry)| entry.files.matching(paths).is_some())
    }
}

/// The same value as JSON, which has no tags.
fn json(value: &serde_yaml::Value) -> serde_json::Value {
    serde_json::to_value(value).unwrap_or_default()
}

fn invalid(path: &str, error: &serde_yaml::Error) -> ConfigError {
    let (line, column) = error.location().map_or((1, 1), |place| (place.line(), place.column()));
    let message = error.to_string();
    let message = message.strip_suffix(&format!(" at line {line} column {column}")).unwrap_or(&message);
    let message = plain_syntax_error(message).unwrap_or_else(|| options::in_plain_words(message));
    ConfigError::Invalid { path: path.to_owned(), line, column, message }
}

/// What is not even YAML: the parser tells it in terms of its grammar.
fn plain_syntax_error(message: &str) -> Option<String> {
    if message.contains("scanning an alias") {
        // Nobody writes an alias here, but a glob without quotes looks like one.
        return Some("a glob that begins with `*` must stand between quotes, such as \"**/drafts/**\"".to_owned());
    }
    let of_grammar =
        ["did not find", "could not find", "while parsing", "while scanning", "not allowed in this context"];
    of_grammar.iter().any(|words| message.contains(words)).then(|| format!("this is not valid YAML: {message}"))
}

impl Words {
    fn read(file: &ConfigFile, path: &Path, text: &str, shown: &str) -> Result<Self, ConfigError> {
        let mut all = file.words.clone().unwrap_or_default();
        let mut sources = vec![("words".to_owned(), all.len())];
        for list in file.word_lists.iter().flatten() {
            let name = disk::shown(list);
            let words = disk::read_text(&beside(path, list)).map_err(|error| ConfigError::Invalid {
                path: shown.to_owned(),
                line: line_that_names(text, &name),
                column: 1,
                message: format!(
                    "word-lists: `{name}` cannot be read: {error}. Its path starts at the folder of this file"
                ),
            })?;
            let before = all.len();
            all.extend(
                words.lines().map(str::trim).filter(|word| !word.is_empty() && !is_comment(word)).map(Into::into),
            );
            sources.push((name, all.len() - before));
        }
        sources.retain(|(_, count)| *count > 0);
        Ok(Self { all: all.into(), sources })
    }
}

/// A file that a configuration names: its path starts at the configuration's folder.
fn beside(config: &Path, file: &Path) -> PathBuf {
    config.with_file_name("").join(file)
}

/// In a word list, as in Vale's.
fn is_comment(line: &str) -> bool {
    line.starts_with('#')
}

/// The line from 1 that names a word list: YAML does not remember it once the list is read.
fn line_that_names(text: &str, list: &str) -> usize {
    text.lines().position(|line| !is_comment(line.trim_start()) && line.contains(list)).map_or(1, |index| index + 1)
}

/// Finds what holds for a file; reads each configuration once, however many files it holds for.
#[derive(Debug)]
pub struct Configs {
    isolated: bool,
    working_folder: PathBuf,
    defaults: Arc<Config>,
    folders: FxHashMap<PathBuf, Folder>,
    /// Configurations that are open in an editor, as they stand there.
    buffers: HashMap<PathBuf, String>,
    /// The files that were looked for, and how they were.
    seen: HashMap<PathBuf, Stamp>,
}

/// What changes when a file does: when it was written and how long it is; nothing for one that is not there.
type Stamp = Option<(SystemTime, u64)>;

fn stamp(path: &Path) -> Stamp {
    let metadata = std::fs::metadata(path).ok()?;
    Some((metadata.modified().ok()?, metadata.len()))
}

/// What holds for the files in a folder.
#[derive(Debug, Clone)]
struct Folder {
    /// The folder with `.git`, at or above.
    repository: Option<Arc<Path>>,
    config: Result<Arc<Config>, Arc<ConfigError>>,
}

/// Where a file stands, and what holds there.
#[derive(Debug, Clone)]
pub struct Place {
    /// Absolute.
    pub file: PathBuf,
    /// From the root of the repository, else from the working folder, with `/`.
    pub repository_path: String,
    /// The ways to write the path with which globs are compared: from the root of the repository, else of the file
    /// system, so that a run in any folder finds the same; and from the folder of the configuration, as its author
    /// sees it.
    globbed: Vec<String>,
    pub repository: Option<Arc<Path>>,
    pub config: Arc<Config>,
}

impl Configs {
    /// With `isolated`, no file is read and the defaults hold everywhere.
    pub fn new(isolated: bool, working_folder: &Path) -> Self {
        let working_folder = disk::real_folder(working_folder);
        Self {
            isolated,
            working_folder,
            defaults: Arc::new(Config::defaults()),
            folders: FxHashMap::default(),
            buffers: HashMap::new(),
            seen: HashMap::new(),
        }
    }

    /// Forgets what was read, so that it is read anew.
    pub fn forget(&mut self) {
        self.folders.clear();
        self.seen.clear();
    }

    /// Whether a configuration, or a word list that one names, was written, made or removed since it was read.
    pub fn is_outdated(&self) -> bool {
        // Of a broken one, what it names is not known: that may be there now.
        let is_broken = |folder: &Folder| folder.config.is_err();
        self.folders.values().any(is_broken) || self.seen.iter().any(|(path, seen)| stamp(path) != *seen)
    }

    /// Takes the text that an editor has for a configuration, until there is none any more. While it has an error, the
    /// file counts.
    ///
    /// # Errors
    ///
    /// When that text is no valid configuration.
    pub fn set_buffer(&mut self, path: &Path, text: Option<String>) -> Result<(), ConfigError> {
        self.forget();
        self.buffers.remove(path);
        let Some(text) = text else { return Ok(()) };
        Config::parse(path, &self.shown(path), &text)?;
        self.buffers.insert(path.to_owned(), text);
        Ok(())
    }

    /// The file of which an error speaks.
    pub fn file_of(&self, error: &ConfigError) -> PathBuf {
        self.working_folder.join(error.path())
    }

    /// Whether the project would have a word, had its configuration this text.
    pub fn would_know(&self, config: &Path, text: &str, word: &str) -> bool {
        Config::parse(config, &self.shown(config), text).is_ok_and(|config| config.has_word(word))
    }

    /// What holds for a file, given by its real path (see [`disk::real_path`]).
    ///
    /// # Errors
    ///
    /// When its configuration is broken.
    pub fn place_of(&mut self, file: PathBuf) -> Result<Place, Arc<ConfigError>> {
        let folder = self.folder(file.parent().unwrap_or(&file));
        let rooted = folder.repository.as_deref().and_then(|root| file.strip_prefix(root).ok());
        let from_here = || file.strip_prefix(&self.working_folder).unwrap_or(&file);
        let repository_path = unrooted(rooted.unwrap_or_else(from_here));
        let config = folder.config?;
        let from_config = config.path().and_then(Path::parent).and_then(|folder| file.strip_prefix(folder).ok());
        let globbed = [Some(rooted.unwrap_or(&file)), from_config].into_iter().flatten().map(unrooted).collect();
        Ok(Place { repository_path, globbed, repository: folder.repository, config, file })
    }

    fn folder(&mut self, folder: &Path) -> Folder {
        let mut known = Folder { repository: None, config: Ok(Arc::clone(&self.defaults)) };
        let mut unknown = Vec::new();
        for ancestor in folder.ancestors() {
            if let Some(folder) = self.folders.get(ancestor) {
                known = folder.clone();
                break;
            }
            let is_repository = is_repository(ancestor);
            unknown.push((ancestor, is_repository));
            if is_repository {
                break;
            }
        }
        for (folder, is_repository) in unknown.into_iter().rev() {
            if is_repository {
                known = Folder { repository: Some(folder.into()), config: Ok(Arc::clone(&self.defaults)) };
            }
            known = self.below(known, folder);
            self.folders.insert(folder.to_owned(), known.clone());
        }
        known
    }

    /// What holds in `folder`, where without a configuration of its own `above` would.
    fn below(&mut self, above: Folder, folder: &Path) -> Folder {
        let path = folder.join(FILE_NAME);
        if self.isolated {
            return above;
        }
        self.seen.insert(path.clone(), stamp(&path));
        if !path.exists() && !self.buffers.contains_key(&path) {
            return above;
        }
        let config = match self.buffers.get(&path) {
            Some(text) => Config::parse(&path, &self.shown(&path), text),
            None => Config::read(&path, &self.shown(&path)),
        };
        for list in config.iter().flat_map(Config::word_lists) {
            self.seen.insert(list.clone(), stamp(list));
        }
        Folder { config: config.map(Arc::new).map_err(Arc::new), ..above }
    }

    /// As seen from the working folder.
    pub fn shown(&self, path: &Path) -> String {
        disk::shown(path.strip_prefix(&self.working_folder).unwrap_or(path))
    }
}

/// A worktree and a submodule have a file of that name.
fn is_repository(folder: &Path) -> bool {
    folder.join(".git").exists()
}

fn unrooted(path: &Path) -> String {
    disk::shown(path).trim_start_matches('/').to_owned()
}

impl Place {
    /// The settings by which the file is linted.
    pub fn settings(&self) -> Settings {
        self.config.settings_for(&self.globbed)
    }

    /// For each rule in the order of the docs, what holds for the file and why.
    pub fn rules_in_force(&self) -> Vec<RuleInForce> {
        self.config.rules_in_force(&self.globbed)
    }

    /// The glob of `include` by which a folder's Markdown is linted.
    pub fn included_by(&self) -> Option<&str> {
        self.config.include.matching(&self.globbed)
    }

    /// The glob of `exclude` that takes the file out.
    pub fn excluded_by(&self) -> Option<&str> {
        self.config.exclude.matching(&self.globbed)
    }
}
