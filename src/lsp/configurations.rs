//! Which configuration holds for each open document, and what is wrong with the configurations.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use lsp_types::{
    DidChangeWatchedFilesRegistrationOptions, FileSystemWatcher, MessageType, PublishDiagnosticsParams, Registration,
    RegistrationParams, RegistrationRequest, Request as _, Uri, WatchKind,
};

use super::diagnostics::tell_config_error;
use super::documents::{Document, Kind};
use super::server::Server;
use super::uri;
use crate::config::{Config, ConfigError, FILE_NAME};
use crate::disk;
use crate::source::Source;
use crate::walk;

/// Pages, of which we want to know when one is deleted.
const PAGES: &str = "**/*.{md,md.erb}";

/// The kind of event for that.
const DELETED: WatchKind = WatchKind::Delete;

impl Server {
    /// Asks the editor to say when a configuration changes or a page is deleted.
    pub fn watch_configurations(&mut self) {
        if self.client.watches {
            let pages = FileSystemWatcher { glob_pattern: PAGES.to_owned().into(), kind: Some(DELETED) };
            self.register("pages", vec![pages]);
        }
        self.watch(FILE_NAME);
    }

    /// Asks the editor to say when a file of this name changes.
    fn watch(&mut self, name: &str) {
        if self.watched.insert(name.to_owned()) && self.client.watches {
            let watcher = FileSystemWatcher { glob_pattern: format!("**/{name}").into(), kind: None };
            self.register(name, vec![watcher]);
        }
    }

    fn register(&mut self, id: &str, watchers: Vec<FileSystemWatcher>) {
        let options = DidChangeWatchedFilesRegistrationOptions { watchers };
        let registration = Registration {
            id: format!("jflint-{id}"),
            method: "workspace/didChangeWatchedFiles".to_owned(),
            register_options: serde_json::to_value(options).ok(),
        };
        self.ask(RegistrationRequest::METHOD.as_str(), RegistrationParams { registrations: vec![registration] });
    }

    /// Finds out anew what holds for every open document, and lints them all.
    pub fn reconfigure(&mut self) {
        self.read_buffers();
        self.broken.clear();
        for uri in self.documents.addresses() {
            self.place(&uri);
        }
        self.tell_configurations();
        self.refresh();
    }

    /// Takes what the editor has for configurations.
    fn read_buffers(&mut self) {
        let configs = &mut self.configs;
        for document in self.documents.iter_mut() {
            if let Kind::Configuration(path, error) = &mut document.kind {
                *error = configs.set_buffer(path, Some(document.source.text().to_owned())).err();
            }
        }
    }

    /// Finds out what an open document is.
    pub fn place(&mut self, uri: &Uri) {
        let kind = match self.documents.get(uri).map(|document| &document.kind) {
            // What it is, its name says.
            None | Some(Kind::Configuration(..)) => return,
            Some(_) => self.kind_of(uri),
        };
        if let Some(document) = self.documents.get_mut(uri) {
            document.kind = kind;
            document.linted = None;
        }
    }

    fn kind_of(&mut self, uri: &Uri) -> Kind {
        let Some(path) = uri::to_real_path(uri) else { return Kind::Other };
        if path.file_name().is_some_and(|name| name == FILE_NAME) {
            return Kind::Configuration(path, None);
        }
        match self.configs.place_of(path) {
            Ok(place) => {
                self.watch_word_lists(&place.config);
                match (walk::may_take(&place), place.included_by()) {
                    (false, _) => Kind::Other,
                    (true, Some(_)) => Kind::Page(Box::new(place)),
                    (true, None) => Kind::Draft(Box::new(place)),
                }
            }
            Err(error) => {
                self.broken.insert(self.configs.file_of(&error), ConfigError::clone(&error));
                Kind::Other
            }
        }
    }

    fn watch_word_lists(&mut self, config: &Config) {
        let names = config.word_lists().iter().filter_map(|list| Some(list.file_name()?.to_string_lossy()));
        names.for_each(|name| self.watch(&name));
    }

    /// Says in each configuration what is wrong with it, and takes back what is wrong no more.
    pub fn tell_configurations(&mut self) {
        let errors = self.configuration_errors();
        let (told, repaired) =
            std::mem::take(&mut self.told).into_iter().partition(|(path, _)| errors.contains_key(path));
        self.told = told;
        for uri in BTreeMap::into_values(repaired) {
            self.send_findings(PublishDiagnosticsParams { uri, version: None, diagnostics: Vec::new() });
        }
        for (path, error) in &errors {
            self.tell_configuration(path, error);
        }
    }

    /// What is wrong with each configuration that is open, or holds for a page that is.
    fn configuration_errors(&self) -> BTreeMap<PathBuf, ConfigError> {
        let mut errors = self.broken.clone();
        for document in self.documents.iter() {
            if let Kind::Configuration(path, Some(error)) = &document.kind {
                errors.insert(path.clone(), error.clone());
            }
        }
        errors
    }

    fn tell_configuration(&mut self, path: &Path, error: &ConfigError) {
        let is_it = |document: &&Document| matches!(&document.kind, Kind::Configuration(own, _) if own == path);
        let open = self.documents.iter().find(is_it);
        let (uri, diagnostic) = match open {
            Some(document) => (document.uri.clone(), tell_config_error(error, &document.source, self.client.encoding)),
            None => {
                let text = Source::new(disk::shown(path), disk::read_text(path).unwrap_or_default());
                (uri::from_path(path), tell_config_error(error, &text, self.client.encoding))
            }
        };
        let is_new = self.told.insert(path.to_owned(), uri.clone()).is_none();
        let is_open = open.is_some();
        self.send_findings(PublishDiagnosticsParams { uri, version: None, diagnostics: vec![diagnostic] });
        if is_new && !is_open {
            self.show(MessageType::Error, format!("jflint checks nothing here until this is put right: {error}"));
        }
    }
}
