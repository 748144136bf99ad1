//! Sentences that break off: "reports to the".

use super::{Slip, is_running_text};
use crate::facts::GrammarFacts;
use crate::prose::{Block, Prose, Shape, WordAt};
use crate::source::{Source, Span};
use crate::syntax::{NodeId, Tree};

/// What is said of each text whose last word cannot be its last.
pub fn broken_off<'p, 'a>(
    source: &'p Source,
    tree: &'p Tree,
    prose: &'p Prose<'a>,
    facts: &'p GrammarFacts,
) -> impl Iterator<Item = Slip<'p, 'a>> {
    prose.blocks().iter().filter_map(move |block| {
        let words = prose.words(block);
        let last = words.last().filter(|last| facts.unfinished.contains(last.hash))?;
        let is_end = last.shape == Shape::Lower && !last.technical && words.len() > 1;
        let word = WordAt { block, words, at: words.len() - 1 };
        (is_end && is_running_text(block) && ends_with(source, tree, word)).then(|| slip(word))
    })
}

/// Whether nothing but a full stop follows: no list, no picture, no other paragraph of the bullet.
fn ends_with(source: &Source, tree: &Tree, word: WordAt<'_, '_>) -> bool {
    let Block { node: Some(node), .. } = *word.block else { return false };
    let end = word.block.word_span(word.word()).end;
    let rest = Span::new(end, tree.node(node).span.end.max(end));
    matches!(source.slice(rest).trim(), "" | ".") && !goes_on(tree, node)
}

fn goes_on(tree: &Tree, paragraph: NodeId) -> bool {
    let in_bullet = tree.parent(paragraph) != Some(NodeId::ROOT);
    tree.next_sibling(paragraph).is_some_and(|next| in_bullet || !tree.node(next).kind.is_text_block())
}

fn slip<'p, 'a>(word: WordAt<'p, 'a>) -> Slip<'p, 'a> {
    Slip {
        block: word.block,
        range: word.word().range(),
        message: format!("The sentence breaks off after `{}`", word.written()),
        help: "Write what was to follow, or end the sentence before it".to_owned(),
        repair: None,
    }
}
