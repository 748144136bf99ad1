//! Markdown to an owned tree with byte spans. Of its files only `convert.rs` knows comrak.
//!
//! Four things that comrak does not know are found before it parses. Front matter is taken off, also where a fence
//! is missing (comrak would make a heading of it). Templates (Hugo shortcodes, ERB tags, kramdown attributes) are
//! masked with filler of the same length, so that their insides are no Markdown, and come back as opaque nodes.
//! The marks of a merge conflict are masked as blank lines. A NUL byte, which comrak would replace by three bytes, is
//! masked too.

use std::ops::Range;
use std::sync::OnceLock;

use crate::source::{Source, Span};

mod conflict;
mod convert;
mod front_matter;
mod html_code;
mod template;

pub use conflict::{Conflict, Version};

/// Stands in the visible text where the page has something that is not text: a template, an image.
pub const OPAQUE: char = '\u{fffc}';

/// A node of a [`Tree`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(u32);

impl NodeId {
    /// The document itself.
    pub const ROOT: Self = Self(0);

    fn index(self) -> usize {
        self.0 as usize
    }
}

/// What a node is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NodeKind {
    Document,
    BlockQuote,
    List {
        ordered: bool,
    },
    Item {
        /// `*`, `-`, `+`, or the delimiter of an ordered one: `.`, `)`.
        marker: char,
        /// The byte at which the text after the marker begins.
        content: usize,
    },
    CodeBlock,
    HtmlBlock,
    Paragraph,
    Heading {
        depth: u8,
    },
    ThematicBreak,
    FootnoteDefinition,
    Table,
    TableRow {
        header: bool,
    },
    TableCell,
    Text,
    SoftBreak,
    LineBreak,
    Code,
    HtmlInline,
    Emphasis,
    Strong,
    Strikethrough,
    Link(Box<Link>),
    Image(Box<Link>),
    FootnoteReference,
    Template(TemplateKind),
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// As written in the source; of a reference link, what its definition says.
    pub url: String,
    /// Where the destination is written; nothing for a reference link.
    pub destination: Option<Span>,
    /// A bare URL or `<URL>`: its text is its destination.
    pub autolink: bool,
}

/// What is no Markdown but is expanded by the site's generator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TemplateKind {
    /// Hugo: `{{% x %}}`, `{{< x >}}`.
    Shortcode,
    /// ERB: `<%= x %>`.
    Erb,
    /// kramdown: `{:.x}`, `{#id}`.
    Attribute,
}

/// A template and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Template {
    pub kind: TemplateKind,
    pub span: Span,
}

/// A node: what it is, where it stands, and what of it can be seen.
#[derive(Debug)]
pub struct Node {
    pub kind: NodeKind,
    pub span: Span,
    parent: u32,
    /// The index after its last descendant: nodes are stored in document order.
    end: u32,
    visible: Range<u32>,
}

/// The front matter of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrontMatter {
    /// With its fences.
    pub span: Span,
    /// Between the fences.
    pub yaml: Span,
    pub fence: Fence,
}

/// Which fences a front matter has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fence {
    Both,
    /// The opening `---` is missing.
    Unopened,
    /// The closing `---` is missing.
    Unclosed,
}

/// What is visible and no prose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unspoken {
    Code,
    /// A link that shows its own address.
    Url,
    /// A template, a footnote's number.
    Opaque,
}

/// A stretch of the visible text that comes from one place.
#[derive(Debug, Clone, Copy)]
struct Piece {
    /// Where it begins in the visible text.
    visible: usize,
    /// Where it stands in the source. Of the same length as in the visible text, or it maps as a whole.
    source: Span,
}

/// A parsed document.
#[derive(Debug)]
pub struct Tree {
    nodes: Vec<Node>,
    /// The text that a reader of the page sees, blocks parted by line feeds.
    visible: String,
    pieces: Vec<Piece>,
    /// The stretches of the visible text that are no prose, in order.
    unspoken: Vec<(Range<usize>, Unspoken)>,
    links: Vec<NodeId>,
    html: Vec<Span>,
    code: Vec<Span>,
    templates: Vec<Template>,
    conflicts: Vec<Conflict>,
    front_matter: Option<FrontMatter>,
    lower: OnceLock<String>,
}

impl Tree {
    /// Parses a document; whatever its bytes, there is a tree.
    pub fn parse(source: &Source) -> Self {
        let text = source.text();
        let front_matter = front_matter::find(source);
        let body_start = front_matter.as_ref().map_or_else(|| front_matter::bom_length(text), |front| front.span.end);
        let templates = template::find(text, body_start);
        let conflicts = conflict::find(source);
        let mut tree = convert::parse(source, body_start, &templates, &conflicts);
        let code = html_code::find(text, &tree.html);
        html_code::mark(&mut tree, code);
        tree.finish(front_matter, templates, conflicts)
    }

    /// Pages of handbooks have a node for every 20 bytes: without a guess the lists move a dozen times.
    fn with_room_for(text: &str) -> Self {
        Self {
            nodes: Vec::with_capacity(text.len() / 20),
            visible: String::with_capacity(text.len()),
            pieces: Vec::with_capacity(text.len() / 20),
            unspoken: Vec::new(),
            links: Vec::new(),
            html: Vec::new(),
            code: Vec::new(),
            templates: Vec::new(),
            conflicts: Vec::new(),
            front_matter: None,
            lower: OnceLock::new(),
        }
    }

    fn finish(mut self, front_matter: Option<FrontMatter>, templates: Vec<Template>, conflicts: Vec<Conflict>) -> Self {
        let in_code = |span: Span| {
            let after = self.code.partition_point(|code| code.start <= span.start);
            after > 0 && self.code[after - 1].covers(span)
        };
        self.templates = templates.into_iter().filter(|template| !in_code(template.span)).collect();
        // One whose text has code in it may begin or end there.
        let is_shown = |conflict: &Conflict| conflict.marks.iter().all(|mark| in_code(*mark));
        self.conflicts = conflicts.into_iter().filter(|conflict| !is_shown(conflict)).collect();
        self.front_matter = front_matter;
        self
    }

    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.index()]
    }

    /// The front matter, if the page begins with one.
    pub fn front_matter(&self) -> Option<&FrontMatter> {
        self.front_matter.as_ref()
    }

    /// The links of the page, in order.
    pub fn links(&self) -> impl Iterator<Item = (NodeId, &Link)> {
        self.links.iter().filter_map(|id| Some((*id, self.node(*id).link()?)))
    }

    /// Whether a part of the text is in a link, or has one in it. Links do not nest.
    pub fn is_linked(&self, span: Span) -> bool {
        let after = self.links.partition_point(|id| self.node(*id).span.end <= span.start);
        self.links.get(after).is_some_and(|id| self.node(*id).span.touches(span))
    }

    /// The templates of the page outside code, in order.
    pub fn templates(&self) -> &[Template] {
        &self.templates
    }

    /// The merge conflicts of the page outside code, in order.
    pub fn conflicts(&self) -> &[Conflict] {
        &self.conflicts
    }

    /// Every node below `id`, in document order.
    pub fn descendants(&self, id: NodeId) -> impl Iterator<Item = NodeId> + use<> {
        (id.0 + 1..self.node(id).end).map(NodeId)
    }

    /// Whether a place is in the text of a link that is the name of its definition as well: `[tax plan]`, `[tax plan][]`.
    pub fn is_label(&self, source: &Source, place: Span) -> bool {
        let after = self.links.partition_point(|id| self.node(*id).span.end <= place.start);
        let link = self.links.get(after).map(|id| (*id, self.node(*id))).filter(|(_, node)| node.span.touches(place));
        link.is_some_and(|(id, node)| {
            let text_end = self.children(id).last().map_or(node.span.start, |last| self.node(last).span.end);
            let is_reference = node.link().is_some_and(|link| link.destination.is_none() && !link.autolink);
            is_reference && matches!(source.slice(Span::new(text_end, node.span.end)), "]" | "][]")
        })
    }

    /// Blocks and stretches of raw HTML, in order.
    pub fn html(&self) -> &[Span] {
        &self.html
    }

    /// Blocks and stretches of code, in order.
    pub fn code(&self) -> &[Span] {
        &self.code
    }

    /// The blocks below `id`, in document order.
    pub fn blocks_in(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let after = |id: NodeId| if self.node(id).kind.is_text_block() { self.node(id).end } else { id.0 + 1 };
        let end = self.node(id).end;
        let block = move |next: u32| (next < end).then_some(NodeId(next));
        std::iter::successors(block(after(id)), move |id| block(after(*id)))
    }

    /// The nodes directly below `id`.
    pub fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let end = self.node(id).end;
        let first = (id.0 + 1 < end).then_some(NodeId(id.0 + 1));
        std::iter::successors(first, move |child| {
            let next = self.node(*child).end;
            (next < end).then_some(NodeId(next))
        })
    }

    /// The node after `id`, below the same node.
    pub fn next_sibling(&self, id: NodeId) -> Option<NodeId> {
        let (next, end) = (self.node(id).end, self.node(self.parent(id)?).end);
        (next < end).then_some(NodeId(next))
    }

    /// The node above `id`; nothing for the root.
    pub fn parent(&self, id: NodeId) -> Option<NodeId> {
        (id != NodeId::ROOT).then(|| NodeId(self.node(id).parent))
    }

    /// The nodes above `id`, the nearest first.
    pub fn ancestors(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(self.parent(id), move |up| self.parent(*up))
    }

    /// What a reader sees of a node.
    pub fn visible(&self, id: NodeId) -> Visible<'_> {
        let range = &self.node(id).visible;
        Visible { tree: self, range: range.start as usize..range.end as usize }
    }

    /// All that a reader sees of the page below its front matter.
    pub fn visible_all(&self) -> Visible<'_> {
        Visible { tree: self, range: 0..self.visible.len() }
    }

    /// Which piece the byte `at` of the visible text is in.
    fn piece_at(&self, at: usize) -> Option<usize> {
        self.pieces.partition_point(|piece| piece.visible <= at).checked_sub(1)
    }

    /// Where a piece ends in the visible text.
    fn end_of_piece(&self, piece: usize) -> usize {
        self.pieces.get(piece + 1).map_or(self.visible.len(), |next| next.visible)
    }

    /// The bytes of the source behind the byte `at` of the visible text, in a piece of it.
    fn source_of(&self, at: usize, piece: usize) -> Span {
        let Piece { visible, source, .. } = self.pieces[piece];
        if source.end - source.start == self.end_of_piece(piece) - visible {
            let start = source.start + (at - visible);
            Span::new(start, start + 1)
        } else {
            source
        }
    }

    /// [`Self::visible_all`] with its ASCII letters in lower case.
    pub fn visible_lower(&self) -> &str {
        self.lower.get_or_init(|| self.visible.to_ascii_lowercase())
    }
}

impl Node {
    /// The depth from 1 to 6, of a heading.
    pub fn heading_depth(&self) -> Option<u8> {
        match self.kind {
            NodeKind::Heading { depth } => Some(depth),
            _ => None,
        }
    }

    /// Where a link leads, of a link.
    pub fn link(&self) -> Option<&Link> {
        match &self.kind {
            NodeKind::Link(link) => Some(link),
            _ => None,
        }
    }
}

/// A stretch of the text that a reader sees, which knows where each part of it stands in the source.
#[derive(Debug, Clone)]
pub struct Visible<'t> {
    tree: &'t Tree,
    range: Range<usize>,
}

impl<'t> Visible<'t> {
    /// The tree whose text it is.
    pub fn tree(&self) -> &'t Tree {
        self.tree
    }

    /// As a reader sees it: without markup.
    pub fn text(&self) -> &'t str {
        self.tree.visible.get(self.range.clone()).unwrap_or("")
    }

    /// The source of the bytes `range` of [`Self::text`].
    pub fn span(&self, range: Range<usize>) -> Span {
        let (start, end) = (self.range.start + range.start, self.range.start + range.end);
        let tree = self.tree;
        let Some(first) = tree.piece_at(start) else { return Span::default() };
        let from = tree.source_of(start, first);
        if start == end {
            return Span::at(from.start);
        }
        // Most stretches are within one piece.
        let last = if end <= tree.end_of_piece(first) { Some(first) } else { tree.piece_at(end - 1) };
        last.map_or(Span::default(), |last| Span::new(from.start, tree.source_of(end - 1, last).end.max(from.start)))
    }

    /// The source of the whole.
    pub fn whole(&self) -> Span {
        self.span(0..self.range.len())
    }

    /// Part of it, in bytes of [`Self::text`].
    pub fn part(&self, range: Range<usize>) -> Self {
        Self { tree: self.tree, range: self.range.start + range.start..self.range.start + range.end }
    }

    /// Where it begins and ends in the visible text of the page: for comparing two stretches of one page.
    pub fn range(&self) -> Range<usize> {
        self.range.clone()
    }

    /// What of it is no prose, as bytes of [`Self::text`].
    pub fn unspoken(&self) -> impl Iterator<Item = (Range<usize>, Unspoken)> + use<'t> {
        let Range { start, end } = self.range;
        let first = self.tree.unspoken.partition_point(|(stretch, _)| stretch.end <= start);
        let stretches = self.tree.unspoken[first..].iter().take_while(move |(stretch, _)| stretch.start < end);
        stretches.map(move |(stretch, kind)| (stretch.start.max(start) - start..stretch.end.min(end) - start, *kind))
    }

    /// Whether all of it is prose.
    pub fn is_prose(&self) -> bool {
        self.unspoken().next().is_none()
    }
}

impl NodeKind {
    /// Whether it holds inline content.
    pub fn is_text_block(&self) -> bool {
        matches!(self, Self::Paragraph | Self::Heading { .. } | Self::TableCell)
    }

    pub fn is_paragraph(&self) -> bool {
        matches!(self, Self::Paragraph)
    }

    pub fn is_list(&self) -> bool {
        matches!(self, Self::List { .. })
    }

    /// Whether it is a bullet, or an item of a numbered list.
    pub fn is_item(&self) -> bool {
        matches!(self, Self::Item { .. })
    }
}
