//! Changes of a page, as an editor is asked to make them.

use std::collections::HashMap;

use lsp_types::{
    Edit as Change, OptionalVersionedTextDocumentIdentifier, TextDocumentEdit, TextDocumentIdentifier, TextEdit,
    WorkspaceEdit,
};
use similar::{DiffOp, DiffTag, TextDiff};

use super::client::Client;
use super::documents::{Document, range};
use crate::diagnostic::Edit;
use crate::source::{Encoding, Source, Span};

/// The same edits as the editor counts.
pub fn text_edits(source: &Source, edits: &[Edit], encoding: Encoding) -> Vec<TextEdit> {
    let text_edit =
        |edit: &Edit| TextEdit { range: range(source, edit.span, encoding), new_text: edit.replacement.clone() };
    edits.iter().map(text_edit).collect()
}

/// Changes one open document.
pub fn of_document(document: &Document, edits: Vec<TextEdit>, client: &Client) -> WorkspaceEdit {
    if client.document_changes {
        versioned(document, edits.into_iter().map(Into::into).collect())
    } else {
        WorkspaceEdit { changes: Some(HashMap::from([(document.uri.clone(), edits)])), ..WorkspaceEdit::default() }
    }
}

/// Changes one open document, if it still has the version for which the changes were made.
pub fn versioned(document: &Document, edits: Vec<Change>) -> WorkspaceEdit {
    let text_document = OptionalVersionedTextDocumentIdentifier {
        version: Some(document.version),
        text_document_identifier: TextDocumentIdentifier { uri: document.uri.clone() },
    };
    let change = TextDocumentEdit { text_document, edits };
    WorkspaceEdit { document_changes: Some(vec![change.into()]), ..WorkspaceEdit::default() }
}

/// The edits, line by line, that make `after` of a text.
pub fn between(before: &Source, after: &str) -> Vec<Edit> {
    let after_lines: Vec<&str> = after.split_inclusive('\n').collect();
    let before_lines: Vec<&str> = before.text().split_inclusive('\n').collect();
    let starts = starts(&before_lines);
    let edit = |op: &DiffOp| {
        let lines = op.old_range();
        let replacement = after_lines[op.new_range()].concat();
        trimmed(before, Span::new(starts[lines.start], starts[lines.end]), &replacement)
    };
    let diff = TextDiff::from_slices(&before_lines, &after_lines);
    diff.ops().iter().filter(|op| op.tag() != DiffTag::Equal).map(edit).collect()
}

/// Where lines begin, and where the last ends.
fn starts(lines: &[&str]) -> Vec<usize> {
    let mut at = 0;
    let mut starts = vec![0];
    starts.extend(lines.iter().map(|line| {
        at += line.len();
        at
    }));
    starts
}

/// Leaves what stays out of an edit, so that cursors and marks in it stay too.
fn trimmed(source: &Source, span: Span, replacement: &str) -> Edit {
    let old = source.slice(span);
    let same = |(a, b): &(char, char)| a == b;
    let before: usize = old.chars().zip(replacement.chars()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
    let (old, new) = (&old[before..], &replacement[before..]);
    let after: usize = old.chars().rev().zip(new.chars().rev()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
    let span = Span::new(span.start + before, span.end - after);
    Edit { span, replacement: new[..new.len() - after].to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fix::apply;

    #[test]
    fn the_edits_between_two_texts_make_the_second_of_the_first() {
        for (before, after) in [
            ("a\nb\nc\n", "a\nx\nc\n"),
            ("a\r\nbé\r\n", "a\r\nbè\r\nc"),
            ("", "a"),
            ("a\nb", ""),
            ("aaa", "aa"),
            ("x é好🦊 y\nz\n", "x é🦊 y\n"),
        ] {
            let source = Source::new("x", before);
            assert_eq!(apply(before, &between(&source, after)), after);
        }
    }

    #[test]
    fn what_stays_is_not_edited() {
        let edits = between(&Source::new("x", "one teh two\n"), "one the two\n");
        assert_eq!(edits, [Edit { span: Span::new(5, 7), replacement: "he".to_owned() }]);
    }
}
