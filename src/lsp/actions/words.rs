//! Adds a word to those that are spelt right in the project.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use lsp_types::{
    CodeAction, CreateFile, CreateFileOptions, DocumentChange, OptionalVersionedTextDocumentIdentifier,
    TextDocumentEdit, TextDocumentIdentifier, TextEdit, Uri, WorkspaceEdit,
};

use super::{Asked, about};
use crate::config::FILE_NAME;
use crate::diagnostic::{Diagnostic, Edit};
use crate::disk;
use crate::fix::apply;
use crate::lsp::documents::Document;
use crate::lsp::{edits, uri};
use crate::source::{Source, Span};

/// The rules that find misspelt words.
const OF_WORDS: [&str; 2] = ["typo", "unknown-word"];

/// Words that YAML takes for something else.
const NO_WORDS: [&str; 10] = ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan"];

/// A file of the project that has words, or could have.
struct List {
    path: PathBuf,
    /// Its text; nothing for a file that is not there yet.
    text: Option<String>,
}

/// The action that adds the word of a finding to the first word list of the project, else to its configuration.
pub fn add_word(asked: &Asked, finding: &Diagnostic) -> Option<CodeAction> {
    let word = asked.document.source.slice(finding.span);
    if !OF_WORDS.contains(&finding.rule) || word.is_empty() || word.contains(char::is_whitespace) {
        return None;
    }
    let list = list(asked)?;
    let text = list.text.clone().unwrap_or_default();
    let is_configuration = list.path.file_name().is_some_and(|name| name == FILE_NAME);
    let edit = if is_configuration { with_word(&text, word) } else { Some(at_end(&text, &format!("{word}\n"))) }?;
    if is_configuration && !asked.configs.would_know(&list.path, &apply(&text, [&edit]), word) {
        return None;
    }
    let name = list.path.file_name()?.to_string_lossy().into_owned();
    let edit = workspace_edit(asked, &list, &Source::new(name.clone(), text), &edit)?;
    let title = format!("Add `{word}` to {name}: it is spelt right here");
    Some(CodeAction { edit: Some(edit), is_preferred: Some(false), ..about(asked, finding, title) })
}

/// The file to which a word is added.
fn list(asked: &Asked) -> Option<List> {
    let config = &asked.place.config;
    let path = match (config.word_lists().first(), config.path()) {
        (Some(list), _) => list.clone(),
        (None, Some(config)) => config.to_owned(),
        (None, None) => asked.place.repository.as_deref()?.join(FILE_NAME),
    };
    let text = match open(asked, &path) {
        Some(document) => Some(document.source.text().to_owned()),
        None if path.exists() => Some(disk::read_text(&path).ok()?),
        None => None,
    };
    Some(List { path, text })
}

fn open<'a>(asked: &Asked<'a>, path: &Path) -> Option<&'a Document> {
    asked.documents.iter().find(|document| uri::to_real_path(&document.uri).is_some_and(|own| own == path))
}

fn workspace_edit(asked: &Asked, list: &List, source: &Source, edit: &Edit) -> Option<WorkspaceEdit> {
    let edits = edits::text_edits(source, std::slice::from_ref(edit), asked.client.encoding);
    if let Some(document) = open(asked, &list.path) {
        return Some(edits::of_document(document, edits, asked.client));
    }
    let uri = uri::from_path(&list.path);
    match (&list.text, asked.client.document_changes) {
        (None, true) if asked.client.creates_files => Some(changes(vec![created(&uri), edited(&uri, edits)])),
        (None, _) => None,
        (Some(_), true) => Some(changes(vec![edited(&uri, edits)])),
        (Some(_), false) => {
            Some(WorkspaceEdit { changes: Some(HashMap::from([(uri, edits)])), ..WorkspaceEdit::default() })
        }
    }
}

fn changes(changes: Vec<DocumentChange>) -> WorkspaceEdit {
    WorkspaceEdit { document_changes: Some(changes), ..WorkspaceEdit::default() }
}

fn created(uri: &Uri) -> DocumentChange {
    let options = CreateFileOptions { overwrite: Some(false), ignore_if_exists: Some(true) };
    CreateFile { uri: uri.clone(), options: Some(options), annotation_id: None }.into()
}

/// Of a file that is not open, what is on disk counts.
fn edited(uri: &Uri, edits: Vec<TextEdit>) -> DocumentChange {
    let text_document = OptionalVersionedTextDocumentIdentifier {
        version: None,
        text_document_identifier: TextDocumentIdentifier { uri: uri.clone() },
    };
    TextDocumentEdit { text_document, edits: edits.into_iter().map(Into::into).collect() }.into()
}

/// The edit that adds a word to the key `words` of a configuration.
fn with_word(text: &str, word: &str) -> Option<Edit> {
    let word = scalar(word);
    let Some((start, line)) = lines(text).find(|(_, line)| line.starts_with("words:")) else {
        return Some(at_end(text, &format!("words:\n  - {word}\n")));
    };
    let after = start + "words:".len();
    let value = line["words:".len()..].trim();
    if value.is_empty() || value.starts_with('#') {
        return Some(to_block_list(text, start + line.len(), &word));
    }
    value.starts_with('[').then(|| to_flow_list(text, after, &word)).flatten()
}

/// Adds an item behind the last one of a list that begins after a line.
fn to_block_list(text: &str, key_end: usize, word: &str) -> Edit {
    let mut end = key_end;
    let mut indent = "  ";
    for (start, line) in lines(text).skip_while(|(start, _)| *start < key_end) {
        let item = line.trim_start();
        if item.starts_with("- ") {
            end = start + line.len();
            indent = &line[..line.len() - item.len()];
        } else if !(item.trim_end().is_empty() || item.starts_with('#')) {
            break;
        }
    }
    let gap = if text[..end].ends_with('\n') { "" } else { "\n" };
    insert(end, format!("{gap}{indent}- {word}\n"))
}

/// Adds a word before the bracket that ends a list.
fn to_flow_list(text: &str, from: usize, word: &str) -> Option<Edit> {
    let end = from + text[from..].find(']')?;
    let before = text[..end].trim_end();
    let comma = if before.ends_with(['[', ',']) { "" } else { "," };
    let blank = if before.ends_with('[') { "" } else { " " };
    Some(insert(before.len(), format!("{comma}{blank}{word}")))
}

fn at_end(text: &str, added: &str) -> Edit {
    let gap = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    insert(text.len(), format!("{gap}{added}"))
}

fn insert(at: usize, text: String) -> Edit {
    Edit { span: Span::at(at), replacement: text }
}

/// Lines with their ends, and where they begin.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_inclusive('\n').scan(0, |at, line| {
        let start = *at;
        *at += line.len();
        Some((start, line))
    })
}

/// A word as YAML writes it.
fn scalar(word: &str) -> String {
    let is_plain = word.chars().all(|c| c.is_alphabetic() || c == '-')
        && word.starts_with(char::is_alphabetic)
        && !NO_WORDS.contains(&word.to_lowercase().as_str());
    if is_plain { word.to_owned() } else { format!("'{}'", word.replace('\'', "''")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn added(text: &str, word: &str) -> String {
        with_word(text, word).map_or("none".to_owned(), |edit| apply(text, [&edit]))
    }

    #[test]
    fn a_word_is_added_to_every_form_of_the_key() {
        assert_eq!(added("", "foo"), "words:\n  - foo\n");
        assert_eq!(added("# Ours\nrules: {}", "foo"), "# Ours\nrules: {}\nwords:\n  - foo\n");
        assert_eq!(
            added("words:\n- a\n\n# more\n- b\nrules: {}\n", "foo"),
            "words:\n- a\n\n# more\n- b\n- foo\nrules: {}\n"
        );
        assert_eq!(added("words:\n    - a", "foo"), "words:\n    - a\n    - foo\n");
        assert_eq!(added("words: # none\n", "foo"), "words: # none\n  - foo\n");
        assert_eq!(added("words: [a, b]\n", "foo"), "words: [a, b, foo]\n");
        assert_eq!(added("words: []\n", "foo"), "words: [foo]\n");
        assert_eq!(added("words: [\n  a,\n]\n", "foo"), "words: [\n  a, foo\n]\n");
        assert_eq!(added("words: *anchor\n", "foo"), "none");
    }

    #[test]
    fn a_word_that_yaml_would_not_take_for_one_is_quoted() {
        assert_eq!(scalar("No"), "'No'");
        assert_eq!(scalar("it's"), "'it''s'");
        assert_eq!(scalar("2go"), "'2go'");
        assert_eq!(scalar("café-crème"), "café-crème");
    }
}
