//! The visible text as blocks, words and marks: read once for all rules that look at wording.
//!
//! Code, addresses and templates are no prose; the title and description in the front matter are.

use std::ops::Range;

use crate::model::{JobFamily, Scalar};
use crate::source::{Source, Span};
use crate::syntax::{NodeId, NodeKind, Tree, Visible};
use crate::text::fold_char;

mod tokens;
mod word_at;

use tokens::Tokens;
pub use tokens::{Mark, Shape, Word};
pub use word_at::{WordAt, WordId};

/// All prose of a page.
#[derive(Debug, Default)]
pub struct Prose<'a> {
    blocks: Vec<Block<'a>>,
    tokens: Tokens,
    /// Code, addresses and templates, as bytes of the texts of their blocks.
    skipped: Vec<Range<usize>>,
}

/// Where a block of prose stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    /// The title in the front matter.
    Title,
    /// The description in the front matter.
    Description,
    Heading,
    /// A paragraph of a bullet.
    Item,
    Paragraph,
    Cell,
}

/// A stretch of prose that belongs together: a heading, a paragraph, a table cell, a text of the front matter.
#[derive(Debug, Clone)]
pub struct Block<'a> {
    pub kind: BlockKind,
    /// Nothing for the front matter.
    pub node: Option<NodeId>,
    text: &'a str,
    origin: Origin<'a>,
    words: Range<usize>,
    marks: Range<usize>,
    skipped: Range<usize>,
    has_plain_words: bool,
}

/// Where the text of a block comes from.
#[derive(Debug, Clone)]
enum Origin<'a> {
    Visible(Visible<'a>),
    /// It stands in the source as it is, from a byte on.
    Source(usize),
}

impl<'a> Prose<'a> {
    /// Reads the prose of a page.
    pub fn read(source: &'a Source, tree: &'a Tree, family: &JobFamily) -> Self {
        let text = tree.visible_all().text();
        let blocks = Vec::with_capacity(text.len() / BYTES_OF_BLOCK);
        let mut prose = Self { blocks, tokens: Tokens::with_room_for(text), skipped: Vec::new() };
        let front = &family.front_matter;
        for (kind, scalar) in [(BlockKind::Title, &front.title), (BlockKind::Description, &front.description)] {
            if let Some(Scalar { span, .. }) = scalar {
                let text = source.slice(*span);
                prose.add(kind, None, text, Origin::Source(span.start), code_and_addresses(text).into_iter());
            }
        }
        for id in tree.blocks_in(NodeId::ROOT).filter(|id| tree.node(*id).kind.is_text_block()) {
            let visible = tree.visible(id);
            let unspoken = visible.unspoken().map(|(stretch, _)| stretch);
            prose.add(kind_of(tree, id), Some(id), visible.text(), Origin::Visible(visible), unspoken);
        }
        prose
    }

    fn add(
        &mut self,
        kind: BlockKind,
        node: Option<NodeId>,
        text: &'a str,
        origin: Origin<'a>,
        skipped: impl Iterator<Item = Range<usize>>,
    ) {
        let (words, marks, first) = (self.tokens.words.len(), self.tokens.marks.len(), self.skipped.len());
        self.skipped.extend(skipped);
        let has_plain_words = self.tokens.read(text, &self.skipped[first..]);
        let (words, marks) = (words..self.tokens.words.len(), marks..self.tokens.marks.len());
        let skipped = first..self.skipped.len();
        self.blocks.push(Block { kind, node, text, origin, words, marks, skipped, has_plain_words });
    }

    /// The blocks in the order of the page.
    pub fn blocks(&self) -> &[Block<'a>] {
        &self.blocks
    }

    /// The words of a block.
    pub fn words(&self, block: &Block<'a>) -> &[Word] {
        &self.tokens.words[block.words.clone()]
    }

    /// The marks of a block.
    pub fn marks(&self, block: &Block<'a>) -> &[Mark] {
        &self.tokens.marks[block.marks.clone()]
    }

    /// The blocks from a node on.
    pub fn blocks_from(&self, node: NodeId) -> &[Block<'a>] {
        &self.blocks[self.blocks.partition_point(|block| block.node < Some(node))..]
    }

    /// The block in which the byte `at` of all visible text stands, and where it begins there.
    pub fn block_at(&self, at: usize) -> Option<(&Block<'a>, usize)> {
        let visible = |block: &Block<'a>| match &block.origin {
            Origin::Visible(visible) => visible.range(),
            Origin::Source(_) => 0..0,
        };
        let block = self.blocks.get(self.blocks.partition_point(|block| visible(block).end <= at))?;
        let range = visible(block);
        range.contains(&at).then_some((block, range.start))
    }

    /// Whether a link broke in a block: `](` stands there as text.
    pub fn has_broken_link(&self, block: &Block<'a>) -> bool {
        let is_broken = |pair: &[Mark]| pair[0].sign == ']' && pair[1].sign == '(' && pair[1].at() == pair[0].at() + 1;
        self.marks(block).windows(2).any(is_broken)
    }

    /// Whether none of the bytes `range` of a block's text are code, an address or a template.
    pub fn is_plain(&self, block: &Block<'a>, range: &Range<usize>) -> bool {
        let skipped = &self.skipped[block.skipped.clone()];
        let after = skipped.partition_point(|piece| piece.end <= range.start);
        skipped.get(after).is_none_or(|piece| piece.start >= range.end)
    }
}

impl<'a> Block<'a> {
    /// As a reader sees it.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// Whether all of its text is prose, with no words but of ASCII letters.
    pub fn has_plain_words(&self) -> bool {
        self.has_plain_words
    }

    /// The source of some bytes of [`Self::text`].
    pub fn span(&self, range: Range<usize>) -> Span {
        match &self.origin {
            Origin::Visible(visible) => visible.span(range),
            Origin::Source(start) => Span::new(start + range.start, start + range.end),
        }
    }

    /// Whether some bytes of [`Self::text`] stand in the source as they are, without markup between them, and are words
    /// only: those of `[tax plan]` may be the name of the link's definition as well.
    pub fn is_verbatim(&self, source: &Source, range: Range<usize>) -> bool {
        let span = self.span(range.clone());
        let is_label = || match &self.origin {
            Origin::Visible(visible) => visible.tree().is_label(source, span),
            Origin::Source(_) => false,
        };
        self.text().get(range).is_some_and(|text| source.slice(span) == text) && !is_label()
    }

    /// A word as written.
    pub fn word(&self, word: &Word) -> &'a str {
        self.text().get(word.range()).unwrap_or("")
    }

    /// A word as written, without a possessive `'s`.
    pub fn stem(&self, word: &Word) -> &'a str {
        self.text().get(self.stem_range(word)).unwrap_or("")
    }

    /// In bytes of the block's text.
    pub fn stem_range(&self, word: &Word) -> Range<usize> {
        let written = self.word(word);
        let apostrophe = if word.stem == word.hash { None } else { written.rfind(|c| fold_char(c) == '\'') };
        word.range().start..word.range().start + apostrophe.unwrap_or(written.len())
    }

    /// Where a word stands in the source.
    pub fn word_span(&self, word: &Word) -> Span {
        self.span(word.range())
    }
}

/// A little less than the 90 bytes of text that a block of a handbook's page has on average: without a guess the list of
/// them moves eight times.
const BYTES_OF_BLOCK: usize = 80;

/// What is no prose in a text of the front matter, which no parser of Markdown reads.
fn code_and_addresses(text: &str) -> Vec<Range<usize>> {
    let mut found = code_in(text);
    let is_in = |code: &[Range<usize>], at: usize| code.iter().any(|code| code.contains(&at));
    for (at, _) in text.match_indices("://").filter(|(at, _)| !is_in(&found, *at)).collect::<Vec<_>>() {
        let start = text[..at].rfind([' ', '\n', '(', '`']).map_or(0, |blank| blank + 1);
        let end = text[at..].find([' ', '\n', ')', '`']).map_or(text.len(), |length| at + length);
        found.push(start..end);
    }
    found.sort_by_key(|range| (range.start, range.end));
    found
}

/// What stands between two equal runs of backticks, with them.
fn code_in(text: &str) -> Vec<Range<usize>> {
    let mut runs = Vec::new();
    let mut at = 0;
    while let Some(length) = text[at..].find('`') {
        let start = at + length;
        at = start + text[start..].bytes().take_while(|byte| *byte == b'`').count();
        runs.push(start..at);
    }
    let mut found = Vec::new();
    let mut open = 0;
    while let Some(opening) = runs.get(open) {
        let closing = runs.iter().skip(open + 1).position(|run| run.len() == opening.len());
        found.extend(closing.map(|close| opening.start..runs[open + 1 + close].end));
        open += closing.map_or(1, |close| close + 2);
    }
    found
}

fn kind_of(tree: &Tree, id: NodeId) -> BlockKind {
    match tree.node(id).kind {
        NodeKind::Heading { .. } => BlockKind::Heading,
        NodeKind::TableCell => BlockKind::Cell,
        _ => match tree.parent(id).map(|parent| &tree.node(parent).kind) {
            Some(NodeKind::Item { .. }) => BlockKind::Item,
            _ => BlockKind::Paragraph,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Facts;
    use crate::word_hash::hash_of;

    fn with_prose<T>(markdown: &str, look: impl FnOnce(&Source, &Prose<'_>) -> T) -> T {
        let source = Source::new("x.md", markdown);
        let tree = Tree::parse(&source);
        let family = JobFamily::read(&source, &tree, &Facts::embedded());
        look(&source, &Prose::read(&source, &tree, &family))
    }

    fn words(markdown: &str) -> Vec<(String, bool)> {
        with_prose(markdown, |source, prose| {
            let mut found = Vec::new();
            for block in prose.blocks() {
                for word in prose.words(block) {
                    assert_eq!(source.slice(block.word_span(word)), block.word(word), "spans fit");
                    found.push((block.word(word).to_owned(), word.technical));
                }
            }
            found
        })
    }

    fn plain(markdown: &str) -> Vec<String> {
        words(markdown).into_iter().filter(|(_, technical)| !technical).map(|(word, _)| word).collect()
    }

    #[test]
    fn code_addresses_and_templates_are_no_prose() {
        assert_eq!(
            plain("See `code` at [the page](https://x.y/z) or https://a.b/c, {{< ref \"x\" >}} now"),
            ["See", "at", "the", "page", "or", "now"]
        );
        assert_eq!(plain("GitLab.com and a_b or me@x.org"), ["and", "or"]);
    }

    #[test]
    fn code_is_no_prose_however_it_is_marked() {
        for (page, spoken) in [
            ("See <code>a `b` &lt; *c*</code> or <KBD class=\"d\">e</KBD> now", &["See", "or", "now"][..]),
            ("<pre><code>\na\n</code></pre>\n\nNow", &["Now"]),
            ("<code>\na\n\nb\n</code> now", &["now"]),
            ("<div><pre>\na\n\n# b\n\n- c\n</pre></div>\n\nNow", &["Now"]),
            (
                "Never <code>closed\n\nbut `a` <code>b</code> and </code> opened",
                &["Never", "closed", "but", "and", "opened"],
            ),
            ("In <!-- <code> --> a </code> comment, <coder>all</coder>", &["In", "a", "comment", "all"]),
            ("See {{< highlight go \"x=y\" >}}a{{< /highlight >}} now", &["See", "now"]),
            ("- See\n\n  {{% highlight go %}}\n  # a\n\n  b\n      c\n  {{% / highlight %}}\n\n  now", &["See", "now"]),
            ("{{< highlight go >}} not {{< highlights >}} closed", &["not", "closed"]),
        ] {
            assert_eq!(plain(page), spoken, "{page}");
        }
    }

    #[test]
    fn code_and_addresses_in_the_front_matter_are_no_prose() {
        let page =
            "---\ntitle: Use `one` or ``t`w`` or `x\ndescription: See https://a.b/c (x://y) `now`, `z://` then\n---\n";
        assert_eq!(plain(page), ["Use", "or", "or", "x", "See", "then"]);
        assert_eq!(plain("---\ntitle: a://`b`://c `` d` ``` ://\n---\n"), ["d"]);
    }

    #[test]
    fn apostrophes_belong_to_words_and_hyphens_part_them() {
        assert_eq!(plain("GitLab’s well-known 'quoted' CI/CD"), ["GitLab’s", "well", "known", "quoted", "CI", "CD"]);
    }

    #[test]
    fn equal_words_hash_alike_whatever_their_case() {
        with_prose("GitLab’s gitlab's", |_, prose| {
            let found = prose.words(&prose.blocks()[0]);
            assert_eq!(found[0].hash, found[1].hash);
            assert_eq!(found[0].hash, hash_of("gitlab's"));
        });
    }

    #[test]
    fn marks_are_what_is_neither_letter_nor_digit_nor_blank() {
        with_prose("A (b), don\u{2019}t\u{a0}`c.d` \u{2022} 5 & e", |_, prose| {
            let block = &prose.blocks()[0];
            let found: String = prose.marks(block).iter().map(|mark| mark.sign).collect();
            assert_eq!(found, "(),\u{2019}\u{2022}&");
            assert!(prose.marks(block).iter().all(|mark| block.text()[mark.at()..].starts_with(mark.sign)));
            assert!(!block.has_plain_words());
        });
    }

    #[test]
    fn the_front_matter_speaks_too() {
        assert_eq!(plain("---\ntitle: \"Tax Analyst\"\n---\n\nText"), ["Tax", "Analyst", "Text"]);
    }
}
