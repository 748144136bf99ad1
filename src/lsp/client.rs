//! What the editor can do, and how the person wants it.

use serde::Deserialize;
use serde_json::Value;

use crate::diagnostic::Severity;
use crate::source::Encoding;

/// What the editor said of itself. What it did not say, it cannot do.
#[derive(Debug, Clone, Default)]
pub struct Client {
    pub encoding: Encoding,
    /// Asks for diagnostics, so that none are sent.
    pub pulls: bool,
    /// Asks again when it is told to.
    pub refreshes: bool,
    /// Watches files for us.
    pub watches: bool,
    pub related_information: bool,
    pub unnecessary_tag: bool,
    /// Edits may name the version of the page to which they belong, and several files.
    pub document_changes: bool,
    pub creates_files: bool,
    pub snippet_edits: bool,
    pub snippets: bool,
    pub nested_symbols: bool,
    pub options: Options,
}

/// When pages are linted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Run {
    /// A moment after each change.
    #[default]
    OnType,
    /// When a page is opened or saved.
    OnSave,
}

/// What a person may set in the editor, as `initializationOptions`.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct Options {
    /// When pages are linted: `onType` or `onSave`.
    pub run: Run,
    /// Findings below this severity are not shown: `info`, `warning` or `error`.
    pub severity: Severity,
}

impl Default for Options {
    fn default() -> Self {
        Self { run: Run::default(), severity: Severity::Info }
    }
}

impl Client {
    /// Reads what an editor says when it begins.
    ///
    /// # Errors
    ///
    /// What is wrong with the options, as a sentence; they are as if they had not been given then.
    pub fn new(params: &Value) -> (Self, Result<(), String>) {
        let (options, outcome) = options(params);
        let can = |pointer: &str| params.pointer(&format!("/capabilities/{pointer}")) == Some(&Value::Bool(true));
        let lists = |pointer: &str, value: &Value| {
            let list = params.pointer(&format!("/capabilities/{pointer}")).and_then(Value::as_array);
            list.is_some_and(|list| list.contains(value))
        };
        let pulls = params.pointer("/capabilities/textDocument/diagnostic").is_some() && options.run == Run::OnType;
        let diagnostics = if pulls { "textDocument/diagnostic" } else { "textDocument/publishDiagnostics" };
        let client = Self {
            encoding: encoding(params),
            pulls,
            refreshes: can("workspace/diagnostics/refreshSupport"),
            watches: can("workspace/didChangeWatchedFiles/dynamicRegistration"),
            // Editors that pull tell what they can show with one of the two only.
            related_information: can(&format!("{diagnostics}/relatedInformation"))
                || can("textDocument/publishDiagnostics/relatedInformation"),
            unnecessary_tag: lists(&format!("{diagnostics}/tagSupport/valueSet"), &1.into())
                || lists("textDocument/publishDiagnostics/tagSupport/valueSet", &1.into()),
            document_changes: can("workspace/workspaceEdit/documentChanges"),
            creates_files: lists("workspace/workspaceEdit/resourceOperations", &"create".into()),
            snippet_edits: can("workspace/workspaceEdit/snippetEditSupport"),
            snippets: can("textDocument/completion/completionItem/snippetSupport"),
            nested_symbols: can("textDocument/documentSymbol/hierarchicalDocumentSymbolSupport"),
            options,
        };
        (client, outcome)
    }
}

fn options(params: &Value) -> (Options, Result<(), String>) {
    let given = params.get("initializationOptions").filter(|given| !given.is_null());
    match given.map(Options::deserialize).transpose() {
        Ok(options) => (options.unwrap_or_default(), Ok(())),
        Err(error) => {
            (Options::default(), Err(format!("The settings of jflint in this editor are not valid: {error}")))
        }
    }
}

/// The first of those that the editor offers, in its order, that we know.
fn encoding(params: &Value) -> Encoding {
    let offered = params.pointer("/capabilities/general/positionEncodings").and_then(Value::as_array);
    let known = |name: &Value| match name.as_str()? {
        "utf-8" => Some(Encoding::Utf8),
        "utf-16" => Some(Encoding::Utf16),
        "utf-32" => Some(Encoding::Utf32),
        _ => None,
    };
    offered.into_iter().flatten().find_map(known).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn with_encodings(names: &Value) -> Encoding {
        Client::new(&json!({"capabilities": {"general": {"positionEncodings": names}}})).0.encoding
    }

    #[test]
    fn the_encoding_is_one_that_both_know() {
        assert_eq!(with_encodings(&json!(["utf-8", "utf-16"])), Encoding::Utf8);
        assert_eq!(with_encodings(&json!(["utf-32"])), Encoding::Utf32);
        assert_eq!(with_encodings(&json!(["utf-7"])), Encoding::Utf16);
        assert_eq!(Client::new(&Value::Null).0.encoding, Encoding::Utf16);
    }

    #[test]
    fn options_that_are_wrong_are_said_and_not_used() {
        let (client, outcome) = Client::new(&json!({"initializationOptions": {"run": "always"}}));
        assert_eq!(client.options.run, Run::OnType);
        assert!(outcome.expect_err("there is no such value").contains("`always`"));
        let (client, outcome) = Client::new(&json!({"initializationOptions": {"run": "onSave", "severity": "error"}}));
        assert_eq!((client.options.run, client.options.severity), (Run::OnSave, Severity::Error));
        assert_eq!(outcome, Ok(()));
    }
}
