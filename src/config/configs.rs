//! Which configuration holds for a file: the nearest one above it, read once however many files it holds for.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use rustc_hash::FxHashMap;

use crate::config::{Config, ConfigError, FILE_NAME, RuleInForce};
use crate::disk;
use crate::lint::Settings;

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
