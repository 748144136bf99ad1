//! The documents that are open in the editor, as they stand there.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::Instant;

use lsp_types::{Position, Range, TextDocumentContentChangeEvent, TextDocumentItem, Uri};

use super::client::Client;
use super::uri;
use crate::config::{ConfigError, Place};
use crate::diagnostic::Diagnostic;
use crate::disk;
use crate::lint::describes_jobs;
use crate::source::{EditorPlace, Encoding, Source, Span};

/// What a document is to us.
#[derive(Debug)]
pub enum Kind {
    /// A page that is linted.
    Page(Box<Place>),
    /// A page outside of the folders of job families, which is linted as long as it reads like one.
    Draft(Box<Place>),
    /// A `.jflint.yaml`, by its real path, and what is wrong with it as it stands in the editor.
    Configuration(PathBuf, Option<ConfigError>),
    /// Some other document, or a page that the project excludes.
    Other,
}

/// An open document.
#[derive(Debug)]
pub struct Document {
    pub uri: Uri,
    pub version: i32,
    pub source: Source,
    pub kind: Kind,
    /// Whether this text describes jobs, once a draft was asked.
    describes_jobs: OnceCell<bool>,
    /// When its findings are to be sent.
    pub due: Option<Instant>,
    /// What linting this text gave, if it was linted.
    pub linted: Option<Rc<[Diagnostic]>>,
    /// The file is gone: nothing is said about it until it is changed or saved.
    pub is_deleted: bool,
    /// The editor shows findings of it.
    pub is_marked: bool,
    /// jflint stumbled over it, and said so.
    pub is_stumbling_block: bool,
}

impl Document {
    /// A document that was opened; what it is, is found out later.
    pub fn new(item: TextDocumentItem) -> Self {
        let path = uri::to_path(&item.uri).map_or_else(|| item.uri.0.clone(), |path| disk::shown(&path));
        Self {
            uri: item.uri,
            version: item.version,
            source: Source::new(path, item.text),
            kind: Kind::Other,
            describes_jobs: OnceCell::new(),
            due: None,
            linted: None,
            is_deleted: false,
            is_marked: false,
            is_stumbling_block: false,
        }
    }

    /// Makes the changes of an editor, one after the other.
    pub fn change(&mut self, version: i32, changes: &[TextDocumentContentChangeEvent], encoding: Encoding) {
        self.version = version;
        self.linted = None;
        self.describes_jobs.take();
        self.is_deleted = false;
        for change in changes {
            self.source = changed(&self.source, change, encoding);
        }
    }

    /// Where a page stands; nothing for what is no page.
    pub fn place(&self) -> Option<&Place> {
        match &self.kind {
            Kind::Page(place) => Some(place),
            Kind::Draft(place) => {
                let describes_jobs = || describes_jobs(&self.source, &place.settings().facts);
                self.describes_jobs.get_or_init(describes_jobs).then_some(place)
            }
            _ => None,
        }
    }

    /// The bytes that an editor means; a range that is upside down is turned.
    pub fn span(&self, range: Range, encoding: Encoding) -> Span {
        span(&self.source, range, encoding)
    }

    /// The byte that an editor means.
    pub fn offset(&self, position: Position, encoding: Encoding) -> usize {
        offset(&self.source, position, encoding)
    }
}

/// A page that is linted, for an editor.
pub struct Page<'a> {
    pub document: &'a Document,
    pub place: &'a Place,
    pub client: &'a Client,
}

impl Page<'_> {
    /// The range of some bytes, as the editor counts.
    pub fn range(&self, span: Span) -> Range {
        range(&self.document.source, span, self.client.encoding)
    }
}

fn changed(source: &Source, change: &TextDocumentContentChangeEvent, encoding: Encoding) -> Source {
    let text = match change {
        TextDocumentContentChangeEvent::TextDocumentContentChangePartial(part) => {
            let mut text = source.text().to_owned();
            text.replace_range(span(source, part.range, encoding).range(), &part.text);
            text
        }
        TextDocumentContentChangeEvent::TextDocumentContentChangeWholeDocument(whole) => whole.text.clone(),
    };
    source.with_text(text)
}

fn span(source: &Source, range: Range, encoding: Encoding) -> Span {
    let ends = [range.start, range.end].map(|position| offset(source, position, encoding));
    Span::new(ends[0].min(ends[1]), ends[0].max(ends[1]))
}

fn offset(source: &Source, position: Position, encoding: Encoding) -> usize {
    source.from_editor(EditorPlace { line: position.line, column: position.character }, encoding)
}

/// The range of some bytes, as the editor counts.
pub fn range(source: &Source, span: Span, encoding: Encoding) -> Range {
    let position = |offset: usize| {
        let EditorPlace { line, column } = source.to_editor(offset, encoding);
        Position { line, character: column }
    };
    Range { start: position(span.start), end: position(span.end) }
}

/// All open documents.
#[derive(Debug, Default)]
pub struct Documents(HashMap<Uri, Document>);

impl Documents {
    /// Adds a document, or puts it in the place of one with the same address.
    pub fn open(&mut self, document: Document) {
        self.0.insert(document.uri.clone(), document);
    }

    /// Takes a document out.
    pub fn close(&mut self, uri: &Uri) -> Option<Document> {
        self.0.remove(uri)
    }

    pub fn get(&self, uri: &Uri) -> Option<&Document> {
        self.0.get(uri)
    }

    pub fn get_mut(&mut self, uri: &Uri) -> Option<&mut Document> {
        self.0.get_mut(uri)
    }

    pub fn iter(&self) -> impl Iterator<Item = &Document> {
        self.0.values()
    }

    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut Document> {
        self.0.values_mut()
    }

    /// The addresses of all, in an order that is the same on every run.
    pub fn addresses(&self) -> Vec<Uri> {
        let mut addresses: Vec<Uri> = self.0.keys().cloned().collect();
        addresses.sort_by(|a, b| a.0.cmp(&b.0));
        addresses
    }

    /// When the next findings are to be sent.
    pub fn next_due(&self) -> Option<Instant> {
        self.iter().filter_map(|document| document.due).min()
    }

    /// The documents whose findings are to be sent by now.
    pub fn due(&self, now: Instant) -> Vec<Uri> {
        let is_due = |uri: &Uri| self.get(uri).and_then(|document| document.due).is_some_and(|due| due <= now);
        self.addresses().into_iter().filter(is_due).collect()
    }

    /// The documents that stand at a path or below it.
    pub fn below(&self, path: &Path) -> Vec<Uri> {
        let is_below = |uri: &Uri| uri::to_path(uri).is_some_and(|file| file.starts_with(path));
        self.addresses().into_iter().filter(is_below).collect()
    }
}
