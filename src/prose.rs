//! The visible text as blocks and words: read once for all rules that look at wording.
//!
//! Code, addresses and templates are no prose; the title and description in the front matter are.

use std::ops::Range;

use crate::model::{JobFamily, Scalar};
use crate::source::{Source, Span};
use crate::syntax::{NodeId, NodeKind, PieceKind, Tree, Visible};
use crate::text::{WordHash, fold_char, plain_word};

pub use crate::text::hash_of;

/// All prose of a page.
#[derive(Debug, Default)]
pub struct Prose<'a> {
    blocks: Vec<Block<'a>>,
    words: Vec<Word>,
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
    text: Text<'a>,
    words: Range<usize>,
    skipped: Range<usize>,
}

#[derive(Debug, Clone)]
enum Text<'a> {
    Visible(Visible<'a>),
    /// Text that stands in the source as it is, from a byte on.
    Source(&'a str, usize),
}

/// A word of a block: letters, digits, and apostrophes inside it. Hyphens and slashes part words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// In bytes of the block's text.
    pub start: u32,
    pub end: u32,
    /// Of the folded word: equal words have equal hashes, and different ones nearly never.
    pub hash: u64,
    /// The same without a possessive `'s`.
    pub stem: u64,
    pub shape: Shape,
    /// Part of an address, an identifier or a number: "gitlab.com", "snake_case", "90s".
    pub technical: bool,
}

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shape {
    Lower,
    /// A capital, then small letters.
    Capitalised,
    /// All capitals, at least two.
    Capitals,
    /// Capitals inside: "GitLab", "pProgram".
    Mixed,
}

impl<'a> Prose<'a> {
    /// Reads the prose of a page.
    pub fn read(source: &'a Source, tree: &'a Tree, family: &JobFamily) -> Self {
        // A word and what parts it from the next take six bytes or more: without a guess the list moves a dozen times.
        let words = Vec::with_capacity(tree.visible_all().text().len() / 6);
        let mut prose = Self { words, ..Self::default() };
        let front = &family.front_matter;
        for (kind, scalar) in [(BlockKind::Title, &front.title), (BlockKind::Description, &front.description)] {
            if let Some(Scalar { span, .. }) = scalar {
                let text = source.slice(*span);
                prose.add(kind, None, Text::Source(text, span.start), code_and_addresses(text).into_iter());
            }
        }
        for id in tree.descendants(NodeId::ROOT).filter(|id| tree.node(*id).kind.is_text_block()) {
            let visible = tree.visible(id);
            let skipped = visible.pieces().filter(|(_, kind)| *kind != PieceKind::Prose).map(|(range, _)| range);
            prose.add(kind_of(tree, id), Some(id), Text::Visible(visible.clone()), skipped);
        }
        prose
    }

    fn add(
        &mut self,
        kind: BlockKind,
        node: Option<NodeId>,
        text: Text<'a>,
        skipped: impl Iterator<Item = Range<usize>>,
    ) {
        let (first, first_skipped) = (self.words.len(), self.skipped.len());
        self.skipped.extend(skipped);
        read_words(text.as_str(), &self.skipped[first_skipped..], &mut self.words);
        let (words, skipped) = (first..self.words.len(), first_skipped..self.skipped.len());
        self.blocks.push(Block { kind, node, text, words, skipped });
    }

    /// The blocks in the order of the page.
    pub fn blocks(&self) -> &[Block<'a>] {
        &self.blocks
    }

    /// The words of a block.
    pub fn words(&self, block: &Block<'a>) -> &[Word] {
        &self.words[block.words.clone()]
    }

    /// The words of the block of a node, if all of its text is prose.
    pub fn all_words_of(&self, node: NodeId) -> Option<&[Word]> {
        let block = self.blocks.get(self.blocks.partition_point(|block| block.node < Some(node)))?;
        (block.node == Some(node) && block.skipped.is_empty()).then(|| self.words(block))
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
        self.text.as_str()
    }

    /// The source of some bytes of [`Self::text`].
    pub fn span(&self, range: Range<usize>) -> Span {
        match &self.text {
            Text::Visible(visible) => visible.span(range),
            Text::Source(_, start) => Span::new(start + range.start, start + range.end),
        }
    }

    /// Whether some bytes of [`Self::text`] stand in the source as they are: without markup between them.
    pub fn is_verbatim(&self, source: &Source, range: Range<usize>) -> bool {
        self.text().get(range.clone()).is_some_and(|text| source.slice(self.span(range)) == text)
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

impl Word {
    /// In bytes of the block's text.
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

impl<'a> Text<'a> {
    fn as_str(&self) -> &'a str {
        match self {
            Self::Visible(visible) => visible.text(),
            Self::Source(text, _) => text,
        }
    }
}

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

/// Reads the words outside the skipped ranges.
fn read_words(text: &str, skipped: &[Range<usize>], words: &mut Vec<Word>) {
    let mut at = 0;
    for range in skipped {
        read_run(text, at..range.start, words);
        at = at.max(range.end);
    }
    read_run(text, at..text.len(), words);
}

/// Reads the words of a stretch without a gap.
fn read_run(text: &str, run: Range<usize>, words: &mut Vec<Word>) {
    let bytes = text.as_bytes();
    let mut at = run.start;
    while let Some(&byte) = bytes[..run.end].get(at) {
        at = match CLASSES[byte as usize] {
            Class::Small | Class::Capital => {
                read_plain_word(bytes, at, run.end, words).unwrap_or_else(|| read_word(text, at, run.end, words))
            }
            Class::Digit | Class::Wide => read_word(text, at, run.end, words),
            Class::Between | Class::Apostrophe => at + 1,
        };
    }
}

/// Reads a word of small letters, with a capital at its start or without, and gives where to go on; nothing for others.
/// Nine words in ten are plain, and cost a third of what they do letter by letter.
fn read_plain_word(bytes: &[u8], at: usize, limit: usize, words: &mut Vec<Word>) -> Option<usize> {
    let (hash, end) = plain_word(&bytes[..limit], at);
    let after = bytes[..limit].get(end);
    if after.is_some_and(|byte| CLASSES[*byte as usize] != Class::Between) {
        return None;
    }
    let shape = if bytes[at].is_ascii_lowercase() { Shape::Lower } else { Shape::Capitalised };
    // Blanks on both sides are what most words have, and this is asked of each.
    let stands_free = after == Some(&b' ') && at > 0 && bytes[at - 1] == b' ';
    let technical = !stands_free && is_technical(bytes, at, end);
    words.push(Word { start: at as u32, end: end as u32, hash, stem: hash, shape, technical });
    Some(end + usize::from(after == Some(&b' ')))
}

/// What a byte may be in a word.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Between,
    Small,
    Capital,
    Digit,
    Apostrophe,
    /// Part of a longer character.
    Wide,
}

/// The class of each byte: a look-up costs less than the questions, and every byte of every page is asked.
static CLASSES: [Class; 256] = {
    let mut classes = [Class::Between; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            b'a'..=b'z' => Class::Small,
            b'A'..=b'Z' => Class::Capital,
            b'0'..=b'9' => Class::Digit,
            b'\'' => Class::Apostrophe,
            128.. => Class::Wide,
            _ => Class::Between,
        };
        byte += 1;
    }
    classes
};

/// Reads the word that begins at `at`, if one does, and gives where to go on.
fn read_word(text: &str, at: usize, limit: usize, words: &mut Vec<Word>) -> usize {
    let bytes = text.as_bytes();
    let mut letters = Letters::default();
    let mut end = at;
    while end < limit {
        let byte = bytes[end];
        match CLASSES[byte as usize] {
            Class::Small => letters.add_small(byte),
            Class::Capital => letters.add_capital(byte),
            Class::Digit => letters.add_digit(byte),
            Class::Apostrophe | Class::Wide => match read_wide(text, end, limit, &mut letters) {
                Some(after) => {
                    end = after;
                    continue;
                }
                None => break,
            },
            Class::Between => break,
        }
        end += 1;
    }
    if end == at {
        return at + text[at..].chars().next().map_or(1, char::len_utf8);
    }
    if letters.any {
        let technical = letters.digits || is_technical(bytes, at, end);
        let (hash, stem, shape) = (letters.hash.finish(), letters.stem(), letters.shape());
        words.push(Word { start: at as u32, end: end as u32, hash, stem, shape, technical });
    }
    end
}

/// Reads a letter beyond ASCII or an apostrophe inside a word; gives where it ends, or nothing where the word does.
fn read_wide(text: &str, at: usize, limit: usize, letters: &mut Letters) -> Option<usize> {
    let c = text[at..limit].chars().next()?;
    if c.is_alphanumeric() {
        letters.add_wide(c);
    } else if letters.count > 0 && is_inner_apostrophe(c, text, at, limit) {
        letters.apostrophe();
    } else {
        return None;
    }
    Some(at + c.len_utf8())
}

/// What was seen of a word's letters so far.
#[derive(Default)]
struct Letters {
    hash: WordHash,
    /// The hash of what stands before the last apostrophe.
    before_apostrophe: WordHash,
    count: usize,
    capitals: usize,
    first_is_capital: bool,
    digits: bool,
    any: bool,
}

impl Letters {
    fn add_small(&mut self, byte: u8) {
        self.hash.add(byte);
        self.any = true;
        self.count += 1;
    }

    fn add_capital(&mut self, byte: u8) {
        self.first_is_capital |= self.count == 0;
        self.capitals += 1;
        self.add_small(byte.to_ascii_lowercase());
    }

    fn add_digit(&mut self, byte: u8) {
        self.hash.add(byte);
        self.digits = true;
        self.count += 1;
    }

    fn add_wide(&mut self, c: char) {
        c.to_lowercase().for_each(|lower| self.hash.add_char(lower));
        if c.is_uppercase() {
            self.capitals += 1;
            self.first_is_capital |= self.count == 0;
        }
        self.digits |= c.is_numeric();
        self.any |= c.is_alphabetic();
        self.count += 1;
    }

    fn apostrophe(&mut self) {
        self.before_apostrophe = self.hash;
        self.hash.add(b'\'');
    }

    fn stem(&self) -> u64 {
        let mut possessive = self.before_apostrophe;
        b"'s".iter().for_each(|byte| possessive.add(*byte));
        if self.hash == possessive { self.before_apostrophe.finish() } else { self.hash.finish() }
    }

    fn shape(&self) -> Shape {
        match (self.capitals, self.first_is_capital) {
            (0, _) => Shape::Lower,
            (1, true) => Shape::Capitalised,
            (capitals, _) if capitals == self.count => Shape::Capitals,
            _ => Shape::Mixed,
        }
    }
}

/// An apostrophe with a letter after it: "GitLab's", "don’t".
fn is_inner_apostrophe(c: char, text: &str, place: usize, limit: usize) -> bool {
    fold_char(c) == '\'' && text[place + c.len_utf8()..limit].starts_with(|next: char| next.is_alphabetic())
}

/// Whether the characters around a word make it part of an address or an identifier.
fn is_technical(bytes: &[u8], start: usize, end: usize) -> bool {
    let before = start.checked_sub(1).map(|at| bytes[at]);
    let after = bytes.get(end).copied();
    let next = bytes.get(end + 1).copied();
    let joined_by_dot = |dot: Option<u8>, other: Option<u8>| {
        dot == Some(b'.') && other.is_some_and(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    let before_that = start.checked_sub(2).map(|at| bytes[at]);
    let starts_address = after == Some(b':') && next == Some(b'/');
    matches!(before, Some(b'@' | b'_' | b'\\' | b'#' | b'$' | b'~'))
        || matches!(after, Some(b'@' | b'_' | b'\\'))
        || starts_address
        || joined_by_dot(after, next)
        || (before == Some(b'.')
            && before_that.is_some_and(|byte| byte.is_ascii_alphanumeric())
            && bytes[start].is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Facts;

    fn words(markdown: &str) -> Vec<(String, bool)> {
        let source = Source::new("x.md", markdown);
        let tree = Tree::parse(&source);
        let family = JobFamily::read(&source, &tree, &Facts::embedded());
        let prose = Prose::read(&source, &tree, &family);
        let mut found = Vec::new();
        for block in prose.blocks() {
            for word in prose.words(block) {
                assert_eq!(source.slice(block.word_span(word)), block.word(word), "spans fit");
                found.push((block.word(word).to_owned(), word.technical));
            }
        }
        found
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
        let source = Source::new("x.md", "GitLab’s gitlab's");
        let tree = Tree::parse(&source);
        let family = JobFamily::read(&source, &tree, &Facts::embedded());
        let prose = Prose::read(&source, &tree, &family);
        let found = prose.words(&prose.blocks()[0]);
        assert_eq!(found[0].hash, found[1].hash);
        assert_eq!(found[0].hash, hash_of("gitlab's"));
    }

    #[test]
    fn the_front_matter_speaks_too() {
        assert_eq!(plain("---\ntitle: \"Tax Analyst\"\n---\n\nText"), ["Tax", "Analyst", "Text"]);
    }
}
