//! Leaves a finding out by a comment, in the form that suits its place.

use std::collections::BTreeMap;

use lsp_types::{CodeAction, SnippetTextEdit, StringValue};

use super::{Asked, about};
use crate::diagnostic::{Diagnostic, Edit};
use crate::fix::apply;
use crate::lint::lint_with;
use crate::lsp::documents::range;
use crate::lsp::edits;
use crate::source::{Source, Span};
use crate::syntax::{NodeId, NodeKind, Tree};

/// What a person is to overwrite.
const REASON: &str = "reason";

/// A comment and where it goes.
struct Comment {
    edit: Edit,
    title: String,
}

/// The action that leaves a finding out: by the first comment that does so and does no harm to the page.
pub fn suppress(asked: &Asked, finding: &Diagnostic) -> Option<CodeAction> {
    let source = &asked.document.source;
    let comments = comments(source, finding);
    let comment = comments.into_iter().find(|comment| silences(asked, finding, &comment.edit))?;
    let edit = if asked.client.snippet_edits && asked.client.document_changes {
        let snippet = comment.edit.replacement.replacen(REASON, &format!("${{1:{REASON}}}"), 1);
        let range = range(source, comment.edit.span, asked.client.encoding);
        let edit = SnippetTextEdit { range, snippet: StringValue { value: snippet }, annotation_id: None };
        edits::versioned(asked.document, vec![edit.into()])
    } else {
        let edits = edits::text_edits(source, &[comment.edit], asked.client.encoding);
        edits::of_document(asked.document, edits, asked.client)
    };
    Some(CodeAction { edit: Some(edit), ..about(asked, finding, comment.title) })
}

/// The comments that may do, the narrowest first.
fn comments(source: &Source, finding: &Diagnostic) -> Vec<Comment> {
    let rule = finding.rule;
    let tree = Tree::parse(source);
    let here = format!("Suppress `{rule}` here");
    let line = source.line_span(source.line_of(finding.span.start));
    let end = source.line_end();
    let on_line = |at: usize, text: String, title: &str| Comment {
        edit: Edit { span: Span::at(at), replacement: text },
        title: title.to_owned(),
    };
    if tree.front_matter().is_some_and(|front| front.span.contains(finding.span.start)) {
        let comment = format!("# jflint-disable-next-line {rule} -- {REASON}{end}");
        return vec![on_line(line.start, comment, &here)];
    }
    let of_line = format!(" <!-- jflint-disable-line {rule} -- {REASON} -->");
    let above = format!("<!-- jflint-disable-next-line {rule} -- {REASON} -->{end}");
    let of_page = format!("{end}<!-- jflint-disable-file {rule} -- {REASON} -->{end}");
    vec![
        on_line(end_of_words(source, &tree, line), of_line, &here),
        on_line(line.start, above, &here),
        on_line(source.text().len(), of_page, &format!("Suppress `{rule}` in this page")),
    ]
}

/// Where a comment at the end of a line goes: in a row of a table, into its last cell.
fn end_of_words(source: &Source, tree: &Tree, line: Span) -> usize {
    let words = source.slice(line).trim_end();
    let end = line.start + words.len();
    let is_row =
        |id: NodeId| matches!(tree.node(id).kind, NodeKind::TableRow { .. }) && tree.node(id).span.touches(line);
    match words.strip_suffix('|') {
        Some(cells) if !cells.ends_with('\\') && tree.descendants(NodeId::ROOT).any(is_row) => {
            line.start + cells.trim_end().len()
        }
        _ => end,
    }
}

/// Whether the finding is gone once the edit is made, and nothing else is found.
fn silences(asked: &Asked, finding: &Diagnostic, edit: &Edit) -> bool {
    let source = &asked.document.source;
    let text = apply(source.text(), [edit]);
    let after = lint_with(&source.with_text(text), &asked.place.settings(), asked.scratch).diagnostics;
    let (before, after) = (counts(&asked.findings), counts(&after));
    let count = |counts: &BTreeMap<_, usize>, key: &_| counts.get(key).copied().unwrap_or(0);
    let is_gone = count(&after, &key(finding)) < count(&before, &key(finding));
    is_gone && after.iter().all(|(key, found)| *found <= count(&before, key))
}

/// What tells a finding from others, wherever it stands.
type Key<'a> = (&'static str, &'a str, &'a str);

fn key(finding: &Diagnostic) -> Key<'_> {
    (finding.rule, &finding.owner, &finding.key)
}

fn counts(findings: &[Diagnostic]) -> BTreeMap<Key<'_>, usize> {
    let mut counts = BTreeMap::new();
    for finding in findings {
        *counts.entry(key(finding)).or_insert(0) += 1;
    }
    counts
}
