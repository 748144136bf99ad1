//! The bullets of a section.

use crate::source::{Source, Span};
use crate::syntax::{NodeId, NodeKind, Tree};
use crate::text::{folded_opening, opening};

/// A bullet.
#[derive(Debug, Clone)]
pub struct Item {
    pub node: NodeId,
    /// The node with its own text, without the items below it.
    pub text: NodeId,
    /// The own text, from after the marker.
    pub span: Span,
    /// The bullet above it, as an index into the same section's items.
    pub parent: Option<usize>,
}

impl Item {
    /// Its first words, as a reader sees them.
    pub fn words(&self, tree: &Tree) -> String {
        opening(tree.visible(self.text).text().split('\n').next().unwrap_or("").trim(), 60)
    }

    /// What tells it from the other bullets of its section.
    pub fn key(&self, tree: &Tree) -> String {
        folded_opening(tree.visible(self.text).text())
    }

    /// The lines that are this bullet and nothing else; nothing where a bullet stands below it or before its marker.
    pub fn lines(&self, source: &Source, tree: &Tree) -> Option<Span> {
        self.has_own_lines(source, tree).then(|| source.whole_lines(tree.node(self.node).span))
    }

    /// Whether no bullet stands below it, and nothing before its marker.
    pub fn has_own_lines(&self, source: &Source, tree: &Tree) -> bool {
        let is_blank = |c: char| c.is_whitespace() && !matches!(c, '\n' | '\r');
        let before = source.slice(Span::new(0, tree.node(self.node).span.start)).trim_end_matches(is_blank);
        let has_bullets = || tree.blocks_in(self.node).any(|below| tree.node(below).kind.is_item());
        (before.is_empty() || before.ends_with(['\n', '\r'])) && !has_bullets()
    }
}

/// The bullets of some blocks, outside quotes.
pub fn items_in(tree: &Tree, blocks: &[NodeId]) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    for block in blocks.iter().filter(|block| tree.node(**block).kind.is_list()) {
        items.reserve(tree.children(*block).count());
        for node in tree.blocks_in(*block) {
            let NodeKind::Item { content, .. } = tree.node(node).kind else { continue };
            let text = tree.children(node).find(|child| tree.node(*child).kind.is_paragraph()).unwrap_or(node);
            let own_end = if text == node { content } else { tree.node(text).span.end };
            // The last bullet and those above it are the ones that are still open.
            let parent = std::iter::successors(items.len().checked_sub(1), |last| items[*last].parent)
                .find(|last| tree.node(items[*last].node).span.covers(tree.node(node).span));
            items.push(Item { node, text, span: Span::new(content.min(own_end), own_end), parent });
        }
    }
    items
}
