//! What the editor says without asking for an answer.

use lsp_server::Notification;
use lsp_types::{
    DeleteFilesParams, DidChangeTextDocumentParams, DidChangeWatchedFilesParams, DidCloseTextDocumentParams,
    DidOpenTextDocumentParams, DidSaveTextDocumentParams, FileChangeType, LspNotificationMethod, MessageType,
    PublishDiagnosticsParams, Uri,
};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::documents::{Document, Kind};
use super::server::Server;
use super::uri;

impl Server {
    /// Takes what the editor says; what we do not know means nothing to us.
    pub fn hear(&mut self, said: Notification) {
        let Notification { method, params } = said;
        match LspNotificationMethod::from(method.as_str()) {
            LspNotificationMethod::Initialized => self.watch_configurations(),
            LspNotificationMethod::TextDocumentDidOpen => self.told(&method, params, Self::opened),
            LspNotificationMethod::TextDocumentDidChange => self.told(&method, params, Self::changed),
            LspNotificationMethod::TextDocumentDidSave => self.told(&method, params, Self::saved),
            LspNotificationMethod::TextDocumentDidClose => self.told(&method, params, Self::closed),
            LspNotificationMethod::WorkspaceDidChangeWatchedFiles => self.told(&method, params, Self::watched_changed),
            LspNotificationMethod::WorkspaceDidDeleteFiles => self.told(&method, params, Self::files_deleted),
            _ => {}
        }
    }

    fn told<P: DeserializeOwned>(&mut self, method: &str, params: Value, handler: fn(&mut Self, &P)) {
        match serde_json::from_value(params) {
            Ok(params) => handler(self, &params),
            Err(error) => self.show(MessageType::Warning, format!("jflint cannot read `{method}`: {error}")),
        }
    }

    fn opened(&mut self, params: &DidOpenTextDocumentParams) {
        let uri = params.text_document.uri.clone();
        self.documents.open(Document::new(params.text_document.clone()));
        self.place(&uri);
        let is_configuration =
            self.documents.get(&uri).is_some_and(|document| matches!(document.kind, Kind::Configuration(..)));
        if is_configuration || self.configs.is_outdated() {
            self.configs.forget();
            return self.reconfigure();
        }
        self.tell_configurations();
        self.publish(&uri);
    }

    fn changed(&mut self, params: &DidChangeTextDocumentParams) {
        let uri = &params.text_document.text_document_identifier.uri;
        let Some(document) = self.documents.get_mut(uri) else { return };
        document.change(params.text_document.version, &params.content_changes, self.client.encoding);
        self.schedule(uri);
    }

    fn saved(&mut self, params: &DidSaveTextDocumentParams) {
        let uri = &params.text_document.uri;
        if let Some(document) = self.documents.get_mut(uri) {
            document.is_deleted = false;
        }
        if self.configs.is_outdated() {
            self.configs.forget();
            self.reconfigure();
        }
        // The findings of this text may be waiting for a pause.
        self.settle(uri);
    }

    fn closed(&mut self, params: &DidCloseTextDocumentParams) {
        let uri = &params.text_document.uri;
        let Some(document) = self.documents.close(uri) else { return };
        match document.kind {
            Kind::Configuration(path, _) => {
                // What is taken back cannot be wrong.
                let _ = self.configs.set_buffer(&path, None);
                self.reconfigure();
            }
            _ if document.is_marked => self.clear(document.uri),
            _ => {}
        }
    }

    fn clear(&mut self, uri: Uri) {
        self.send_findings(PublishDiagnosticsParams { uri, version: None, diagnostics: Vec::new() });
    }

    fn watched_changed(&mut self, params: &DidChangeWatchedFilesParams) {
        let is_gone = |kind: &FileChangeType| *kind == FileChangeType::Deleted;
        params.changes.iter().filter(|change| is_gone(&change.kind)).for_each(|change| self.deleted(&change.uri));
        let concerns_configuration = |uri: &Uri| {
            let path = uri::to_path(uri);
            let name = path.as_deref().and_then(|path| path.file_name()).map(|name| name.to_string_lossy());
            name.is_some_and(|name| self.watched.contains(name.as_ref()))
        };
        if params.changes.iter().any(|change| concerns_configuration(&change.uri)) {
            self.configs.forget();
            self.reconfigure();
        }
    }

    fn files_deleted(&mut self, params: &DeleteFilesParams) {
        params.files.iter().for_each(|file| self.deleted(&file.uri));
    }

    /// Takes back what was said about a file, or the files of a folder. Their text may still be open.
    fn deleted(&mut self, uri: &Uri) {
        let Some(path) = uri::to_path(uri) else { return };
        for uri in self.documents.below(&path) {
            if let Some(document) = self.documents.get_mut(&uri) {
                document.is_deleted = true;
                document.due = None;
            }
            self.publish(&uri);
        }
        if self.client.pulls {
            self.refresh();
        }
    }
}
