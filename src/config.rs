//! The configuration of a project: the nearest `.jflint.yaml` above each file, which applies alone.

mod configs;
mod file;
mod globs;
mod init;
mod keys;
mod rule_table;
mod schema;

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use crate::disk;
use crate::lint::Settings;
use crate::options::{self, Project, RawOptions};
use crate::text::fold;

pub use configs::{Configs, Place};
pub use init::{InitError, first_configuration, init};
pub use rule_table::{Level, RuleName};
pub use schema::schema;

use file::{ConfigFile, DocsUrl, Override};
use globs::Globs;
use rule_table::RuleTable;

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
