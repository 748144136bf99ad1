//! What the lines of a list say and its tree hides: a line that lost its marker is to Markdown the end of the bullet
//! above it.

mod inner_marker;
mod line_start;

pub use inner_marker::{InnerMarker, inner_markers};
pub use line_start::{paragraphs_beside_lists, signs_at_line_starts};

use crate::facts::{Facts, ListFacts};
use crate::prose::Prose;
use crate::source::{Source, Span};
use crate::syntax::{NodeId, NodeKind, Tree};
use crate::text::fold;

/// A paragraph, and the lines from 1 on which it stands.
#[derive(Debug, Clone, Copy)]
pub struct Paragraph {
    pub node: NodeId,
    pub first_line: usize,
    pub last_line: usize,
}

/// The paragraphs of a page, in document order.
pub fn paragraphs(source: &Source, tree: &Tree, prose: &Prose<'_>) -> Vec<Paragraph> {
    let mut line = 1;
    let mut line_of = |offset: usize| {
        line = source.lines().line_after(line, offset);
        line
    };
    let mut paragraphs = Vec::with_capacity(prose.blocks().len());
    for node in prose.blocks().iter().filter_map(|block| block.node) {
        if tree.node(node).kind.is_paragraph() {
            let span = tree.node(node).span;
            let (first_line, last_line) = (line_of(span.start), line_of(span.end.saturating_sub(1)));
            paragraphs.push(Paragraph { node, first_line, last_line });
        }
    }
    paragraphs
}

/// A line of a bullet after its first.
#[derive(Debug, Clone)]
pub struct Continuation {
    pub paragraph: NodeId,
    /// From its first character to its last.
    pub span: Span,
    /// The line above, without what stands before its text.
    pub previous: Span,
    /// The bullet, the innermost or one above it, whose marker stands in the column in which this line begins.
    pub beside: Option<NodeId>,
}

/// The lines of all bullets after their first lines, in document order.
pub fn continuations(source: &Source, tree: &Tree, paragraphs: &[Paragraph]) -> Vec<Continuation> {
    let mut found = Vec::new();
    for paragraph in paragraphs.iter().filter(|paragraph| paragraph.first_line < paragraph.last_line) {
        if let Some(item) = tree.parent(paragraph.node).filter(|parent| tree.node(*parent).kind.is_item()) {
            found.extend(continuations_of(source, tree, paragraph, item));
        }
    }
    found
}

fn continuations_of(source: &Source, tree: &Tree, paragraph: &Paragraph, item: NodeId) -> Vec<Continuation> {
    let Paragraph { node, first_line, last_line } = *paragraph;
    let first = Span::new(tree.node(node).span.start, source.line_span(first_line).end);
    let mut previous = trimmed(source, first);
    let mut found = Vec::new();
    for line in first_line + 1..=last_line {
        let whole = source.line_span(line);
        let text = trimmed(source, whole);
        let column = text.start - whole.start;
        let items =
            std::iter::once(item).chain(tree.ancestors(item)).take(DEEPEST).filter(|id| tree.node(*id).kind.is_item());
        let beside = items.into_iter().find(|id| column_of(source, tree.node(*id).span.start) == column);
        found.push(Continuation { paragraph: node, span: text, previous, beside });
        previous = text;
    }
    found
}

/// No list that is written by hand is nested deeper.
const DEEPEST: usize = 16;

fn column_of(source: &Source, offset: usize) -> usize {
    offset - source.lines().start(source.line_of(offset))
}

/// Without the white space at both ends.
pub fn trimmed(source: &Source, span: Span) -> Span {
    let text = source.slice(span);
    let start = span.start + (text.len() - text.trim_start().len());
    Span::new(start, start + text.trim().len())
}

/// The marker of a bullet and the blanks after it, as written.
pub fn marker<'s>(source: &'s Source, tree: &Tree, item: NodeId) -> &'s str {
    let node = tree.node(item);
    let NodeKind::Item { content, .. } = node.kind else { return "" };
    source.slice(Span::new(node.span.start, content))
}

/// The marker that the bullets of a page have, with one blank after it: that of its first list without numbers.
pub fn usual_marker(source: &Source, tree: &Tree) -> &'static str {
    let is_bulleted = |list: &NodeId| matches!(tree.node(*list).kind, NodeKind::List { ordered: false, .. });
    let first =
        lists(tree).find(is_bulleted).and_then(|list| tree.children(list).find(|id| tree.node(*id).kind.is_item()));
    match first.map(|item| marker(source, tree, item).chars().next()) {
        Some(Some('*')) => "* ",
        Some(Some('+')) => "+ ",
        _ => "- ",
    }
}

/// The lists of a page, those inside bullets too.
pub fn lists(tree: &Tree) -> impl Iterator<Item = NodeId> {
    tree.blocks_in(NodeId::ROOT).filter(|id| tree.node(*id).kind.is_list())
}

/// What begins a new bullet after one whose paragraph this is: a line end, its indentation and its marker. Nothing
/// where something other than white space stands before the marker.
pub fn begin_bullet(source: &Source, tree: &Tree, paragraph: NodeId) -> Option<String> {
    let item = tree.parent(paragraph).filter(|item| tree.node(*item).kind.is_item())?;
    let start = tree.node(item).span.start;
    let indent = source.slice(Span::new(source.line_start(start), start));
    indent.trim().is_empty().then(|| format!("{}{indent}{}", source.line_end(), marker(source, tree, item)))
}

/// Whether a line begins as a bullet does: with a capital or with "5+", in quotes or bold or not. A link or a remark in
/// brackets may as well go on from the line above.
pub fn begins_like_bullet(line: &str) -> bool {
    let text = line.trim_start_matches(['*', '_', '"', '\u{201c}', '\'']);
    let after_number = text.trim_start_matches(|c: char| c.is_ascii_digit());
    text.starts_with(char::is_uppercase)
        || (after_number.len() < text.len() && after_number.starts_with(['+', '-', '–', '%']))
}

/// Whether a sentence goes on after this line: it ends with a comma, a connective, or a line break that was meant.
pub fn goes_on(line: &str, facts: &ListFacts) -> bool {
    let line = without_comment(line).trim_end();
    let last = line.rsplit(char::is_whitespace).next().unwrap_or("");
    line.ends_with([',', '\\', '-', '/', '(', '[', '&', '>']) || facts.connectives.contains(&last.to_lowercase())
}

/// A line without the comment at its end, which nobody sees.
fn without_comment(line: &str) -> &str {
    let line = line.trim_end();
    let start = if line.ends_with("-->") { line.rfind("<!--") } else { None };
    &line[..start.unwrap_or(line.len())]
}

/// Whether a line begins a sentence that closes a list: "Additional details about our process can be found ...".
pub fn is_closing(line: &str, facts: &Facts) -> bool {
    let folded = fold(line);
    facts.lists.closings.are_in(&folded)
}

/// Whether the lines of the page are wrapped by hand: then a line's beginning says nothing.
pub fn is_wrapped(source: &Source, continuations: &[Continuation]) -> bool {
    let goes_on = |line: &&Continuation| source.slice(line.span).starts_with(|c: char| c.is_lowercase());
    continuations.iter().filter(goes_on).take(WRAPPED_LINES).count() == WRAPPED_LINES
}

/// So many lines that begin in the middle of a sentence are no accident.
const WRAPPED_LINES: usize = 3;

/// Lists between which nothing but white space stands, as one list that a change of its marker cut.
pub fn adjacent(source: &Source, tree: &Tree, first: NodeId, second: NodeId) -> bool {
    let is_list = |id: NodeId| tree.node(id).kind.is_list();
    let between = Span::new(tree.node(first).span.end, tree.node(second).span.start);
    is_list(first) && is_list(second) && source.slice(between).trim().is_empty()
}
