//! Signs at the starts of lines that were meant as list markers and are none to Markdown: "-Experience", "• Experience".

use std::collections::HashSet;

use crate::lists::Paragraph;
use crate::source::{Source, Span};
use crate::syntax::{NodeId, Tree};

/// The signs with which lines of a paragraph begin and which were meant as markers, each with the blanks after it.
pub fn signs_at_line_starts(source: &Source, tree: &Tree, paragraph: &Paragraph) -> Vec<Span> {
    let span = tree.node(paragraph.node).span;
    let mut start = span.start;
    let mut signs = Vec::new();
    let written = source.slice(span);
    // Nearly all paragraphs are one line that begins with a letter.
    if paragraph.first_line == paragraph.last_line && written.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return signs;
    }
    for line in written.split_inclusive('\n') {
        let text = line.trim_start();
        if let Some(sign) = sign_of(text.trim_end()) {
            let at = start + (line.len() - text.len());
            signs.push(Span::new(at, at + sign.len()));
        }
        start += line.len();
    }
    signs
}

/// The sign at the start of a line, with the blanks after it, that was meant as a marker.
fn sign_of(line: &str) -> Option<&str> {
    let first = line.chars().next().filter(|first| !first.is_ascii_alphanumeric())?;
    let rest = &line[first.len_utf8()..];
    let blanks = rest.len() - rest.trim_start().len();
    let word = rest.trim_start();
    let is_sign = match first {
        '•' | '●' | '▪' | '◦' | '‣' | '∙' | '·' => word.starts_with(char::is_alphanumeric),
        '–' | '—' | '_' => blanks > 0 && word.starts_with(char::is_uppercase),
        '-' => blanks == 0 && word.starts_with(char::is_uppercase),
        '*' => blanks == 0 && word.starts_with(char::is_uppercase) && !word.contains('*'),
        _ => false,
    };
    is_sign.then(|| &line[..first.len_utf8() + blanks])
}

/// The blocks of the page that stand right before or after a list.
pub fn paragraphs_beside_lists(tree: &Tree) -> HashSet<NodeId> {
    let blocks: Vec<NodeId> = tree.children(NodeId::ROOT).collect();
    let is_list = |id: NodeId| tree.node(id).kind.is_list();
    let pairs = blocks.windows(2).filter_map(|pair| <[NodeId; 2]>::try_from(pair).ok());
    pairs
        .flat_map(|[one, other]| [(one, other), (other, one)])
        .filter(|(_, beside)| is_list(*beside))
        .map(|(id, _)| id)
        .collect()
}
