//! The loop: takes what the editor says, and sends findings when their time has come.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use lsp_server::{Message, Notification, Request, RequestId, Response};
use lsp_types::{
    Diagnostic as Told, DiagnosticRefreshRequest, MessageType, Notification as _, PublishDiagnosticsNotification,
    PublishDiagnosticsParams, Request as _, ShowMessageNotification, ShowMessageParams, Uri,
};
use serde::Serialize;
use serde_json::Value;

use super::Ended;
use super::capabilities::introduction;
use super::client::{Client, Run};
use super::diagnostics;
use super::documents::{Documents, Kind};
use super::guard::guarded;
use crate::config::{ConfigError, Configs};
use crate::diagnostic::Diagnostic;
use crate::lint::{Scratch, lint_with};

/// So long a person must pause before a page is linted: less than anybody notices, more than between two keys.
const PAUSE: Duration = Duration::from_millis(150);

/// What serves one editor.
pub struct Server {
    pub client: Client,
    pub configs: Configs,
    pub documents: Documents,
    pub scratch: Scratch,
    /// Configurations that hold for an open page and have an error.
    pub broken: BTreeMap<PathBuf, ConfigError>,
    /// Configurations of which the editor shows an error, each with the address that it was given.
    pub told: BTreeMap<PathBuf, Uri>,
    /// Names of files that the editor watches for us.
    pub watched: BTreeSet<String>,
    pub is_shut_down: bool,
    outbox: mpsc::Sender<Message>,
    /// How many requests were sent.
    asked: i32,
    /// What is wrong with the options.
    complaint: Option<String>,
}

impl Server {
    /// For an editor that begins with `params`; what is for it goes to `outbox`.
    pub fn new(params: &Value, working_folder: &Path, outbox: mpsc::Sender<Message>) -> Self {
        let (client, options) = Client::new(params);
        Self {
            client,
            configs: Configs::new(false, working_folder),
            documents: Documents::default(),
            scratch: Scratch::default(),
            broken: BTreeMap::new(),
            told: BTreeMap::new(),
            watched: BTreeSet::new(),
            is_shut_down: false,
            outbox,
            asked: 0,
            complaint: options.err(),
        }
    }

    /// Says what the server can do.
    pub fn introduce(&mut self, id: RequestId) {
        let introduction = introduction(&self.client);
        self.send(Response::new_ok(id, introduction).into());
        if let Some(complaint) = self.complaint.take() {
            self.show(MessageType::Warning, complaint);
        }
    }

    /// Serves until the editor leaves. `next` waits for what it says next, at most until the time given; a pause is
    /// `Ok(None)`, and an editor that is gone an error.
    pub fn serve<Gone>(&mut self, mut next: impl FnMut(Option<Instant>) -> Result<Option<Message>, Gone>) -> Ended {
        while let Ok(message) = next(self.documents.next_due()) {
            match message {
                Some(Message::Notification(said)) if said.method == "exit" => break,
                Some(message) => self.take(message),
                None => {}
            }
            self.send_due();
        }
        if self.is_shut_down { Ended::Orderly } else { Ended::Abruptly }
    }

    fn take(&mut self, message: Message) {
        match message {
            Message::Request(request) => self.answer(request),
            Message::Notification(said) => {
                let method = said.method.clone();
                if guarded(|| self.hear(said)).is_none() {
                    self.stumbled(&format!("over `{method}`"));
                }
            }
            // We ask for nothing of which the answer matters.
            Message::Response(_) => {}
        }
    }

    /// Sends the findings of the pages whose authors have paused.
    fn send_due(&mut self) {
        for uri in self.documents.due(Instant::now()) {
            if guarded(|| self.settle(&uri)).is_none() {
                self.stumbled(&format!("over {}", uri.0));
            }
        }
    }

    /// Tells what a document is found to be, now that nobody changes it.
    pub fn settle(&mut self, uri: &Uri) {
        let Some(document) = self.documents.get_mut(uri) else { return };
        document.due = None;
        match document.kind {
            Kind::Configuration(..) => self.reconfigure(),
            _ => self.publish(uri),
        }
    }

    /// Has the findings of a document sent when its author pauses.
    pub fn schedule(&mut self, uri: &Uri) {
        let Some(document) = self.documents.get_mut(uri) else { return };
        let is_told = match document.kind {
            Kind::Page(_) | Kind::Draft(_) => !self.client.pulls && self.client.options.run == Run::OnType,
            Kind::Configuration(..) => true,
            Kind::Other => false,
        };
        document.due = is_told.then(|| Instant::now() + PAUSE);
    }

    /// Sends the findings of a document to an editor that does not ask for them.
    pub fn publish(&mut self, uri: &Uri) {
        if self.client.pulls {
            return;
        }
        let diagnostics = self.findings_to_tell(uri);
        let Some(document) = self.documents.get_mut(uri) else { return };
        let was_marked = std::mem::replace(&mut document.is_marked, !diagnostics.is_empty());
        if !was_marked && document.place().is_none() {
            return;
        }
        let version = Some(document.version);
        self.send_findings(PublishDiagnosticsParams { uri: uri.clone(), version, diagnostics });
    }

    /// The findings of a document, as the editor is told them.
    pub fn findings_to_tell(&mut self, uri: &Uri) -> Vec<Told> {
        let findings = self.findings(uri);
        let Some(document) = self.documents.get(uri) else { return Vec::new() };
        let Some(place) = document.place().filter(|_| !document.is_deleted) else { return Vec::new() };
        let shown = findings.iter().filter(|finding| finding.severity >= self.client.options.severity);
        shown.map(|finding| diagnostics::tell(finding, document, place, &self.client)).collect()
    }

    /// What linting a page gives; nothing for other documents. A text is linted once.
    pub fn findings(&mut self, uri: &Uri) -> Rc<[Diagnostic]> {
        let Some(document) = self.documents.get(uri) else { return Rc::default() };
        if let Some(findings) = &document.linted {
            return Rc::clone(findings);
        }
        let Some(place) = document.place() else { return Rc::default() };
        let linted = guarded(|| lint_with(&document.source, &place.settings(), &self.scratch));
        self.note_stumble(uri, linted.is_none());
        let findings: Rc<[Diagnostic]> = linted.unwrap_or_default().diagnostics.into();
        if let Some(document) = self.documents.get_mut(uri) {
            document.linted = Some(Rc::clone(&findings));
        }
        findings
    }

    /// Says once that jflint stumbles over a page, until it does no more.
    fn note_stumble(&mut self, uri: &Uri, stumbled: bool) {
        let Some(document) = self.documents.get_mut(uri) else { return };
        let before = std::mem::replace(&mut document.is_stumbling_block, stumbled);
        if stumbled && !before {
            let path = document.source.path().to_owned();
            self.stumbled(&format!("over {path}"));
        }
    }

    /// Says that we made a mistake. What was half done is thrown away.
    pub fn stumbled(&mut self, over: &str) {
        self.scratch = Scratch::default();
        let words = format!("jflint stumbled {over}, which is a bug of jflint: please report it with this page");
        self.show(MessageType::Error, words);
    }

    /// Shows a message to the person.
    pub fn show(&mut self, kind: MessageType, message: String) {
        let params = ShowMessageParams { kind, message };
        self.notify(ShowMessageNotification::METHOD.as_str(), params);
    }

    /// Sends findings.
    pub fn send_findings(&mut self, params: PublishDiagnosticsParams) {
        self.notify(PublishDiagnosticsNotification::METHOD.as_str(), params);
    }

    /// Sends the findings of all pages anew, or has the editor ask for them.
    pub fn refresh(&mut self) {
        if !self.client.pulls {
            self.documents.addresses().iter().for_each(|uri| self.publish(uri));
        } else if self.client.refreshes {
            self.ask(DiagnosticRefreshRequest::METHOD.as_str(), Value::Null);
        }
    }

    /// Asks the editor for something of which the answer does not matter.
    pub fn ask(&mut self, method: &str, params: impl Serialize) {
        self.asked += 1;
        self.send(Request::new(RequestId::from(self.asked), method.to_owned(), params).into());
    }

    fn notify(&mut self, method: &str, params: impl Serialize) {
        self.send(Notification::new(method.to_owned(), params).into());
    }

    /// An editor that reads no more has left: the loop will see it.
    pub fn send(&mut self, message: Message) {
        let _ = self.outbox.send(message);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_page_over_which_we_stumble_is_told_once_until_it_is_right_again() {
        let (outbox, inbox) = mpsc::channel();
        let mut server = Server::new(&Value::Null, Path::new("."), outbox);
        let page = json!({"uri": "untitled:a", "languageId": "markdown", "version": 1, "text": ""});
        server.hear(Notification::new("textDocument/didOpen".to_owned(), json!({"textDocument": page})));
        for stumbled in [true, true, false, true] {
            server.note_stumble(&Uri::from("untitled:a"), stumbled);
        }
        let messages: Vec<Value> = inbox
            .try_iter()
            .filter_map(|message| match message {
                Message::Notification(said) if said.method == "window/showMessage" => Some(said.params),
                _ => None,
            })
            .collect();
        assert_eq!(messages.len(), 2);
        assert_eq!(messages[0]["type"], 1);
        assert!(
            messages[0]["message"].as_str().is_some_and(|words| words.starts_with("jflint stumbled over untitled:a"))
        );
    }
}
