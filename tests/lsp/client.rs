//! An editor for the tests: talks to the real server over pipes.

use std::io::{BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use lsp_server::{Message, Notification, Request, RequestId};
use serde_json::{Value, json};
use tempfile::TempDir;

/// Longer than any answer takes, on a machine that is busy with other things.
const LONG: Duration = Duration::from_secs(60);

/// Longer than the server waits for a person to pause.
pub const PAUSE: Duration = Duration::from_millis(600);

/// A page with one finding: a misspelt word on line 11, at its column 3.
pub const PAGE: &str = "---\ntitle: \"Sourcer\"\n---\n\nSourcers find people.\n\n## Sourcer\n\nThe Sourcer is a [grade 6](/handbook/total-rewards/compensation/compensation-calculator/#gitlab-job-grades).\n\n- recieve applications\n";

/// A temporary folder that is a repository.
pub struct Project {
    folder: TempDir,
}

impl Project {
    pub fn new() -> Self {
        let project = Self { folder: tempfile::tempdir().expect("a temporary folder") };
        std::fs::create_dir_all(project.path(".git")).expect("the folder can be made");
        project
    }

    /// The path from the root of the project.
    pub fn path(&self, path: &str) -> PathBuf {
        std::fs::canonicalize(self.folder.path()).expect("the folder is there").join(path)
    }

    pub fn uri(&self, path: &str) -> String {
        format!("file://{}", self.path(path).display())
    }

    pub fn file(&self, path: &str, text: &str) -> &Self {
        let file = self.path(path);
        std::fs::create_dir_all(file.parent().expect("it lies in a folder")).expect("the folder can be made");
        std::fs::write(file, text).expect("the file can be written");
        self
    }

    /// Nothing but misspelt words is looked for.
    pub fn only_typos(&self) -> &Self {
        let off: String = jflint::rules::ALL
            .iter()
            .filter(|rule| rule.name != "typo")
            .map(|rule| format!("  {}: off\n", rule.name))
            .collect();
        self.file(".jflint.yaml", &format!("rules:\n{off}"))
    }

    /// Starts an editor in the project.
    pub fn editor(&self) -> Editor {
        self.editor_that(json!({}))
    }

    /// Starts an editor with these capabilities.
    pub fn editor_that(&self, capabilities: Value) -> Editor {
        self.editor_with(json!({"processId": null, "rootUri": null, "capabilities": capabilities}))
    }

    /// Starts an editor that begins with these parameters.
    pub fn editor_with(&self, params: Value) -> Editor {
        let mut editor = Editor::start(self.folder.path());
        editor.introduction = editor.request("initialize", params);
        editor.notify("initialized", json!({}));
        editor
    }
}

/// An editor with its server.
pub struct Editor {
    pub server: Child,
    pub introduction: Value,
    stdin: Option<ChildStdin>,
    said: Receiver<Message>,
    /// What the server said that nobody has asked for yet.
    unread: Vec<Message>,
    requests: i32,
}

impl Editor {
    /// Starts a server, and says nothing to it yet. The program may be another, such as a release.
    pub fn start(folder: &Path) -> Self {
        let other = std::env::var_os("JFLINT").map(|path| std::path::absolute(path).expect("it is no empty path"));
        let mut command = Command::new(other.unwrap_or_else(|| env!("CARGO_BIN_EXE_jflint").into()));
        command.arg("lsp").current_dir(folder).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut server = command.spawn().expect("jflint starts");
        let mut stdout = BufReader::new(server.stdout.take().expect("it has a standard output"));
        let (sender, said) = mpsc::channel();
        std::thread::spawn(move || {
            while let Ok(Some(message)) = Message::read(&mut stdout) {
                if sender.send(message).is_err() {
                    break;
                }
            }
        });
        let stdin = server.stdin.take();
        Self { server, introduction: Value::Null, stdin, said, unread: Vec::new(), requests: 0 }
    }

    fn write(&mut self, message: &Message) {
        let stdin = self.stdin.as_mut().expect("the editor has not left");
        message.write(stdin).expect("the server reads");
    }

    /// Writes bytes that need not be a message.
    pub fn write_bytes(&mut self, bytes: &[u8]) {
        let stdin = self.stdin.as_mut().expect("the editor has not left");
        stdin.write_all(bytes).expect("the server reads");
        stdin.flush().expect("the server reads");
    }

    /// Leaves without a word.
    pub fn vanish(&mut self) {
        self.stdin = None;
    }

    pub fn notify(&mut self, method: &str, params: Value) {
        self.write(&Notification::new(method.to_owned(), params).into());
    }

    /// The answer to a request; of a refusal, its code.
    pub fn request(&mut self, method: &str, params: Value) -> Value {
        self.try_request(method, params).unwrap_or_else(|(code, words)| panic!("{method}: {code} {words}"))
    }

    pub fn try_request(&mut self, method: &str, params: Value) -> Result<Value, (i32, String)> {
        self.requests += 1;
        let id = RequestId::from(self.requests);
        self.write(&Request::new(id.clone(), method.to_owned(), params).into());
        let is_answer = |message: &Message| matches!(message, Message::Response(response) if response.id == id);
        match self.wait_for(is_answer) {
            Message::Response(response) => response.response_result.map_err(|error| (error.code, error.message)),
            _ => unreachable!("only responses are answers"),
        }
    }

    /// The next message of a kind, of those that were not read yet.
    fn wait_for(&mut self, is_wanted: impl Fn(&Message) -> bool) -> Message {
        if let Some(at) = self.unread.iter().position(&is_wanted) {
            return self.unread.remove(at);
        }
        let end = Instant::now() + LONG;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            let message = self.said.recv_timeout(left).expect("the server answers");
            if is_wanted(&message) {
                return message;
            }
            self.unread.push(message);
        }
    }

    /// The parameters of the next message with a method.
    pub fn told(&mut self, method: &str) -> Value {
        let is_it = |message: &Message| match message {
            Message::Notification(said) => said.method == method,
            Message::Request(asked) => asked.method == method,
            Message::Response(_) => false,
        };
        match self.wait_for(is_it) {
            Message::Notification(said) => said.params,
            Message::Request(asked) => asked.params,
            Message::Response(_) => unreachable!("a response has no method"),
        }
    }

    /// The next findings that are sent for a page.
    pub fn findings(&mut self, uri: &str) -> Vec<Value> {
        let is_it = |message: &Message| {
            matches!(message, Message::Notification(said)
                if said.method == "textDocument/publishDiagnostics" && said.params["uri"] == uri)
        };
        match self.wait_for(is_it) {
            Message::Notification(said) => said.params["diagnostics"].as_array().expect("a list").clone(),
            _ => unreachable!("only notifications are waited for"),
        }
    }

    /// All that the server says within a moment, and what was not read before.
    pub fn rest(&mut self, moment: Duration) -> Vec<Message> {
        let end = Instant::now() + moment;
        while let Ok(message) = self.said.recv_timeout(end.saturating_duration_since(Instant::now())) {
            self.unread.push(message);
        }
        std::mem::take(&mut self.unread)
    }

    /// How often findings of a page are sent within a moment.
    pub fn times_told(&mut self, uri: &str, moment: Duration) -> usize {
        let is_it = |message: &&Message| matches!(message, Message::Notification(said) if said.params["uri"] == uri);
        self.rest(moment).iter().filter(is_it).count()
    }

    pub fn open(&mut self, uri: &str, text: &str) {
        let document = json!({"uri": uri, "languageId": "markdown", "version": 1, "text": text});
        self.notify("textDocument/didOpen", json!({"textDocument": document}));
    }

    /// Opens a page, and gives the findings that are sent for it.
    pub fn findings_of(&mut self, uri: &str, text: &str) -> Vec<Value> {
        self.open(uri, text);
        self.findings(uri)
    }

    pub fn change(&mut self, uri: &str, version: i32, changes: Value) {
        let document = json!({"uri": uri, "version": version});
        self.notify("textDocument/didChange", json!({"textDocument": document, "contentChanges": changes}));
    }

    pub fn save(&mut self, uri: &str) {
        self.notify("textDocument/didSave", json!({"textDocument": {"uri": uri}}));
    }

    pub fn close(&mut self, uri: &str) {
        self.notify("textDocument/didClose", json!({"textDocument": {"uri": uri}}));
    }

    /// The findings that the server gives when it is asked.
    pub fn pull(&mut self, uri: &str) -> Vec<Value> {
        let report = self.request("textDocument/diagnostic", json!({"textDocument": {"uri": uri}}));
        assert_eq!(report["kind"], "full");
        report["items"].as_array().expect("a list").clone()
    }

    /// The actions at a range, of these kinds if any are named.
    pub fn actions(&mut self, uri: &str, range: Value, only: Option<&[&str]>) -> Vec<Value> {
        let mut context = json!({"diagnostics": []});
        if let Some(only) = only {
            context["only"] = json!(only);
        }
        let params = json!({"textDocument": {"uri": uri}, "range": range, "context": context});
        self.request("textDocument/codeAction", params).as_array().expect("a list").clone()
    }

    /// Ends the server as an editor should.
    pub fn end(mut self) -> Option<i32> {
        assert_eq!(self.request("shutdown", Value::Null), Value::Null);
        self.notify("exit", Value::Null);
        self.status()
    }

    /// The status with which the server ends.
    pub fn status(&mut self) -> Option<i32> {
        let end = Instant::now() + LONG;
        while Instant::now() < end {
            if let Some(status) = self.server.try_wait().expect("it can be asked") {
                return status.code();
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("the server does not end");
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// A family with two roles and all that belongs to it.
pub const FAMILY: &str = include_str!("family.md");

/// The place in a text where some words begin, counted in UTF-16.
pub fn place_of(text: &str, words: &str) -> Value {
    let at = text.find(words).expect("the words are there");
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    json!({"line": text[..at].matches('\n').count(), "character": text[start..at].encode_utf16().count()})
}

/// Where a page begins.
pub const START: Place = Place { line: 0, character: 0 };

/// A place in a page.
#[derive(Clone, Copy, serde::Serialize)]
pub struct Place {
    pub line: u32,
    pub character: u32,
}

/// A range on one line.
pub fn range(line: u32, start: u32, end: u32) -> Value {
    json!({"start": {"line": line, "character": start}, "end": {"line": line, "character": end}})
}

/// Rules and places of findings: `typo 10:2-10:9`.
pub fn listed(findings: &[Value]) -> Vec<String> {
    let place = |place: &Value| format!("{}:{}", place["line"], place["character"]);
    let one = |finding: &Value| {
        let range = &finding["range"];
        format!("{} {}-{}", finding["code"].as_str().unwrap_or("none"), place(&range["start"]), place(&range["end"]))
    };
    findings.iter().map(one).collect()
}

/// A text after the edits of an action, which all concern one page and are counted in UTF-16.
pub fn edited(text: &str, uri: &str, action: &Value) -> String {
    let edits = match action["edit"]["documentChanges"].as_array() {
        Some(changes) => changes[0]["edits"].as_array().expect("a list").clone(),
        None => action["edit"]["changes"][uri].as_array().expect("a list").clone(),
    };
    let mut edits: Vec<(usize, usize, String)> = edits
        .iter()
        .map(|edit| {
            let offset = |place: &Value| offset(text, place);
            let new = edit["newText"].as_str().or_else(|| edit["snippet"]["value"].as_str()).expect("a text");
            (offset(&edit["range"]["start"]), offset(&edit["range"]["end"]), new.to_owned())
        })
        .collect();
    edits.sort_by_key(|(start, ..)| std::cmp::Reverse(*start));
    edits.into_iter().fold(text.to_owned(), |mut text, (start, end, new)| {
        text.replace_range(start..end, &new);
        text
    })
}

/// The byte at a place that is counted in UTF-16: written anew, so that it can disagree with the server.
pub fn offset(text: &str, place: &Value) -> usize {
    let (line, column) = (place["line"].as_u64().expect("a number"), place["character"].as_u64().expect("a number"));
    let start: usize = text.split_inclusive('\n').take(line as usize).map(str::len).sum();
    let mut units = 0;
    for (at, c) in text[start..].char_indices() {
        if units >= column as usize {
            return start + at;
        }
        units += c.len_utf16();
    }
    text.len()
}
