//! What the server can do, as it tells the editor at the start.

use lsp_types::{
    CodeActionKind, CodeActionOptions, CompletionOptions, DiagnosticOptions, FileOperationFilter, FileOperationOptions,
    FileOperationPattern, FileOperationRegistrationOptions, InitializeResult, PositionEncodingKind, SaveOptions,
    ServerCapabilities, ServerInfo, TextDocumentSyncKind, TextDocumentSyncOptions, WorkspaceOptions,
};

use super::actions::FIX_ALL;
use super::client::Client;
use crate::source::Encoding;

/// What the server tells an editor when it begins.
pub fn introduction(client: &Client) -> InitializeResult {
    let info = ServerInfo { name: "jflint".to_owned(), version: Some(env!("CARGO_PKG_VERSION").to_owned()) };
    InitializeResult { capabilities: capabilities(client), server_info: Some(info) }
}

fn capabilities(client: &Client) -> ServerCapabilities {
    let diagnostics = DiagnosticOptions { identifier: Some("jflint".to_owned()), ..DiagnosticOptions::default() };
    ServerCapabilities {
        position_encoding: Some(encoding(client.encoding)),
        text_document_sync: Some(synchronisation().into()),
        hover_provider: Some(true.into()),
        document_symbol_provider: Some(true.into()),
        completion_provider: Some(completion()),
        code_action_provider: Some(code_actions().into()),
        diagnostic_provider: client.pulls.then(|| diagnostics.into()),
        workspace: Some(WorkspaceOptions { file_operations: Some(file_operations()), ..WorkspaceOptions::default() }),
        ..ServerCapabilities::default()
    }
}

fn encoding(encoding: Encoding) -> PositionEncodingKind {
    match encoding {
        Encoding::Utf8 => PositionEncodingKind::UTF8,
        Encoding::Utf16 => PositionEncodingKind::UTF16,
        Encoding::Utf32 => PositionEncodingKind::UTF32,
    }
}

fn synchronisation() -> TextDocumentSyncOptions {
    TextDocumentSyncOptions {
        open_close: Some(true),
        change: Some(TextDocumentSyncKind::Incremental),
        save: Some(SaveOptions { include_text: Some(false) }.into()),
        ..TextDocumentSyncOptions::default()
    }
}

fn code_actions() -> CodeActionOptions {
    let kinds = vec![CodeActionKind::QuickFix, CodeActionKind::new(FIX_ALL)];
    CodeActionOptions { code_action_kinds: Some(kinds), ..CodeActionOptions::default() }
}

/// Headings begin with `#`, and comments with `<`.
fn completion() -> CompletionOptions {
    let characters = vec!["#".to_owned(), "<".to_owned()];
    CompletionOptions { trigger_characters: Some(characters), ..CompletionOptions::default() }
}

/// A page may be deleted, and a folder with all pages in it.
fn file_operations() -> FileOperationOptions {
    let pattern = FileOperationPattern { glob: "**".to_owned(), matches: None, options: None };
    let filters = vec![FileOperationFilter { scheme: Some("file".to_owned()), pattern }];
    FileOperationOptions {
        did_delete: Some(FileOperationRegistrationOptions { filters }),
        ..FileOperationOptions::default()
    }
}
