//! Markdown to an owned tree with byte spans. The only file that knows comrak.
//!
//! Three things that comrak does not know are found before it parses. Front matter is taken off, also where a fence
//! is missing (comrak would make a heading of it). Templates (Hugo shortcodes, ERB tags, kramdown attributes) are
//! masked with filler of the same length, so that their insides are no Markdown, and come back as opaque nodes.
//! A NUL byte, which comrak would replace by three bytes, is masked too.

use std::borrow::Cow;
use std::ops::Range;

use comrak::nodes::{AstNode, LineColumn, ListType, NodeList, NodeValue};
use comrak::{Arena, Options};

use crate::source::{LineIndex, Source, Span, floor_char_boundary};

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
        level: u8,
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

/// What a stretch of the visible text comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PieceKind {
    Prose,
    Code,
    /// A link that shows its own address.
    Url,
    Opaque,
}

#[derive(Debug, Clone, Copy)]
struct Piece {
    kind: PieceKind,
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
    templates: Vec<Template>,
    front_matter: Option<FrontMatter>,
}

impl Tree {
    /// Parses a document; whatever its bytes, there is a tree.
    pub fn parse(source: &Source) -> Self {
        let text = source.text();
        let front_matter = find_front_matter(source);
        let body_start = front_matter.as_ref().map_or_else(|| bom_length(text), |front| front.span.end);
        let templates = find_templates(text, body_start);
        let masked = mask(text, body_start, &templates);

        let arena = Arena::new();
        let root = comrak::parse_document(&arena, &masked[body_start..], &options());
        let first_line = source.line_of(body_start);
        Converter {
            lines: source.lines(),
            first_line,
            masked: &masked,
            text,
            templates: &templates,
            tree: Self::with_room_for(text),
        }
        .convert(root)
        .finish(front_matter, templates.clone())
    }

    /// Pages of handbooks have a node for every 20 bytes: without a guess the lists move a dozen times.
    fn with_room_for(text: &str) -> Self {
        Self {
            nodes: Vec::with_capacity(text.len() / 20),
            visible: String::with_capacity(text.len()),
            pieces: Vec::with_capacity(text.len() / 20),
            templates: Vec::new(),
            front_matter: None,
        }
    }

    fn finish(mut self, front_matter: Option<FrontMatter>, templates: Vec<Template>) -> Self {
        let code: Vec<Span> = self.nodes.iter().filter(|node| node.is_code()).map(|node| node.span).collect();
        let in_code = |template: &Template| {
            let after = code.partition_point(|span| span.start <= template.span.start);
            after > 0 && code[after - 1].covers(template.span)
        };
        self.templates = templates.into_iter().filter(|template| !in_code(template)).collect();
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

    /// The templates of the page outside code, in order.
    pub fn templates(&self) -> &[Template] {
        &self.templates
    }

    /// Every node below `id`, in document order.
    pub fn descendants(&self, id: NodeId) -> impl Iterator<Item = NodeId> + use<> {
        (id.0 + 1..self.node(id).end).map(NodeId)
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

    fn piece_at(&self, visible: usize) -> Option<&Piece> {
        let after = self.pieces.partition_point(|piece| piece.visible <= visible);
        self.pieces.get(after.checked_sub(1)?)
    }
}

impl Node {
    fn is_code(&self) -> bool {
        matches!(self.kind, NodeKind::Code | NodeKind::CodeBlock)
    }

    /// The level from 1 to 6, of a heading.
    pub fn heading_level(&self) -> Option<u8> {
        match self.kind {
            NodeKind::Heading { level } => Some(level),
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
    pub fn text(&self) -> &'t str {
        self.tree.visible.get(self.range.clone()).unwrap_or("")
    }

    /// The source of the bytes `range` of [`Self::text`].
    pub fn span(&self, range: Range<usize>) -> Span {
        let (start, end) = (self.range.start + range.start, self.range.start + range.end);
        if start == end {
            return Span::at(self.source_of(start).map_or(0, |span| span.start));
        }
        match (self.source_of(start), self.source_of(end - 1)) {
            (Some(first), Some(last)) => Span::new(first.start, last.end.max(first.start)),
            _ => Span::default(),
        }
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

    /// The stretches of one kind that it is made of, as bytes of [`Self::text`].
    pub fn pieces(&self) -> impl Iterator<Item = (Range<usize>, PieceKind)> + '_ {
        let pieces = &self.tree.pieces;
        let first = pieces.partition_point(|piece| piece.visible <= self.range.start).saturating_sub(1);
        pieces[first..].iter().enumerate().take_while(|(_, piece)| piece.visible < self.range.end).filter_map(
            move |(index, piece)| {
                let next = pieces.get(first + index + 1).map_or(self.tree.visible.len(), |next| next.visible);
                let (start, end) = (piece.visible.max(self.range.start), next.min(self.range.end));
                (start < end).then(|| (start - self.range.start..end - self.range.start, piece.kind))
            },
        )
    }

    /// The bytes of the source behind one byte of the page's visible text.
    fn source_of(&self, visible: usize) -> Option<Span> {
        let piece = self.tree.piece_at(visible)?;
        let next = self.tree.pieces.partition_point(|other| other.visible <= visible);
        let length = self.tree.pieces.get(next).map_or(self.tree.visible.len(), |next| next.visible) - piece.visible;
        if piece.source.end - piece.source.start == length {
            let at = piece.source.start + (visible - piece.visible);
            Some(Span::new(at, at + 1))
        } else {
            Some(piece.source)
        }
    }
}

fn options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.footnotes = true;
    options.extension.strikethrough = true;
    options.extension.tasklist = true;
    options.extension.autolink = true;
    options.parse.smart = false;
    options
}

fn bom_length(text: &str) -> usize {
    if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 }
}

/// The lines within which an unopened front matter must be closed to be taken for one.
const UNOPENED_LINES: usize = 10;

fn find_front_matter(source: &Source) -> Option<FrontMatter> {
    let lines = source.lines();
    let first = (1..=lines.count()).find(|&line| !trimmed(source, line).is_empty())?;
    if is_fence(source.line(first)) && first == 1 {
        return Some(opened_front_matter(source));
    }
    if !is_key_line(trimmed(source, first)) {
        return None;
    }
    let close = (first + 1..=lines.count().min(first + UNOPENED_LINES)).find(|&line| is_fence(source.line(line)))?;
    let yaml_lines = first..close;
    yaml_lines.clone().all(|line| looks_like_yaml(source.line(line))).then(|| FrontMatter {
        span: Span::new(lines.start(first), lines.start(close + 1)),
        yaml: Span::new(lines.start(first), lines.start(close)),
        fence: Fence::Unopened,
    })
}

fn opened_front_matter(source: &Source) -> FrontMatter {
    let lines = source.lines();
    let start = bom_length(source.text());
    let yaml_start = lines.start(2);
    let close = (2..=lines.count()).find(|&line| is_fence(source.line(line)));
    let (yaml_end, end, fence) = match close {
        Some(line) => (lines.start(line), lines.start(line + 1), Fence::Both),
        None => {
            let after =
                (2..=lines.count()).find(|&line| !looks_like_yaml(source.line(line))).unwrap_or(lines.count() + 1);
            (lines.start(after), lines.start(after), Fence::Unclosed)
        }
    };
    FrontMatter { span: Span::new(start, end), yaml: Span::new(yaml_start, yaml_end.max(yaml_start)), fence }
}

fn trimmed(source: &Source, line: usize) -> &str {
    source.line(line).trim_start_matches('\u{feff}').trim()
}

/// `---`, with blanks after it: Hugo and Middleman both take it so.
fn is_fence(line: &str) -> bool {
    line.trim_start_matches('\u{feff}').trim_end() == "---"
}

fn is_key_line(line: &str) -> bool {
    line.split_once(':').is_some_and(|(key, value)| {
        key.starts_with(|c: char| c.is_ascii_alphabetic())
            && key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
            && (value.is_empty() || value.starts_with([' ', '\t']))
    })
}

/// A key, the continuation of one, a list item under it, or a comment.
fn looks_like_yaml(line: &str) -> bool {
    is_key_line(line.trim_end()) || (line.starts_with([' ', '\t', '#']) && !is_heading(line)) || line.starts_with("- ")
}

fn is_heading(line: &str) -> bool {
    let marks = line.len() - line.trim_start_matches('#').len();
    marks > 1 && line[marks..].starts_with(' ')
}

const DELIMITERS: [(&str, &str, TemplateKind); 5] = [
    ("{{%", "%}}", TemplateKind::Shortcode),
    ("{{<", ">}}", TemplateKind::Shortcode),
    ("<%", "%>", TemplateKind::Erb),
    ("{:", "}", TemplateKind::Attribute),
    ("{#", "}", TemplateKind::Attribute),
];

/// Finds what the site's generator expands. A template ends before a blank line, or it is none: an opening delimiter
/// that nobody closes must not swallow the page.
fn find_templates(text: &str, from: usize) -> Vec<Template> {
    let bytes = text.as_bytes();
    let mut templates = Vec::new();
    let mut limit = from;
    // The closing delimiter last looked for and where it was found, so that a run of opening ones stays linear.
    let mut closers: [Option<usize>; DELIMITERS.len()] = [Some(from); DELIMITERS.len()];
    let mut at = from;
    while let Some(found) = memchr::memchr2(b'{', b'<', &bytes[at..]) {
        let start = at + found;
        at = start + 1;
        let Some(index) = DELIMITERS.iter().position(|(open, ..)| bytes[start..].starts_with(open.as_bytes())) else {
            continue;
        };
        let (open, close, kind) = DELIMITERS[index];
        let inside = start + open.len();
        if closers[index].is_some_and(|closer| closer < inside) {
            closers[index] = text[inside..].find(close).map(|closer| inside + closer);
        }
        if limit <= start {
            limit = paragraph_end(bytes, start);
        }
        let Some(end) = closers[index].map(|closer| closer + close.len()).filter(|&end| end <= limit) else { continue };
        if kind == TemplateKind::Attribute && text[start..end].contains('\n') {
            continue;
        }
        templates.push(Template { kind, span: Span::new(start, end) });
        at = end;
    }
    templates
}

/// The next blank line's start, or the end of the text.
fn paragraph_end(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(found) = memchr::memchr(b'\n', &bytes[at..]) {
        at += found + 1;
        let blank = bytes[at..].iter().find(|byte| !matches!(byte, b' ' | b'\t' | b'\r'));
        if blank.is_none_or(|byte| *byte == b'\n') {
            return at;
        }
    }
    bytes.len()
}

/// The text with every template turned into letters, and NUL into a blank, at the same places.
fn mask<'t>(text: &'t str, from: usize, templates: &[Template]) -> Cow<'t, str> {
    if templates.is_empty() && memchr::memchr(0, text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut masked = String::with_capacity(text.len());
    let mut at = 0;
    for template in templates.iter().filter(|template| template.span.start >= from) {
        masked.push_str(&text[at..template.span.start]);
        masked.extend(text.as_bytes()[template.span.range()].iter().map(|byte| match byte {
            b'\n' => '\n',
            b'\r' => '\r',
            _ => 'x',
        }));
        at = template.span.end;
    }
    masked.push_str(&text[at..]);
    Cow::Owned(if masked.contains('\0') { masked.replace('\0', " ") } else { masked })
}

struct Converter<'s> {
    lines: &'s LineIndex,
    /// The line of the file on which the text that comrak saw begins.
    first_line: usize,
    masked: &'s str,
    text: &'s str,
    templates: &'s [Template],
    tree: Tree,
}

impl Converter<'_> {
    fn convert<'a>(mut self, root: &'a AstNode<'a>) -> Tree {
        let mut open: Vec<u32> = Vec::new();
        for edge in root.traverse() {
            match edge {
                comrak::arena_tree::NodeEdge::Start(node) => self.enter(node, &mut open),
                comrak::arena_tree::NodeEdge::End(_) => self.leave(&mut open),
            }
        }
        self.tree
    }

    fn enter<'a>(&mut self, node: &'a AstNode<'a>, open: &mut Vec<u32>) {
        let ast = node.data.borrow();
        let parent = open.last().copied().unwrap_or(0);
        let span = self.span(ast.sourcepos.start, ast.sourcepos.end);
        open.push(self.tree.nodes.len() as u32);
        let visible = self.tree.visible.len() as u32;
        match &ast.value {
            NodeValue::Text(literal) => self.text_node(literal, span, parent),
            value => {
                let kind = self.kind_of(value, span);
                let span = if matches!(kind, NodeKind::Document) { self.whole_body(span) } else { self.trim(span) };
                self.tree.nodes.push(Node { kind, span, parent, end: 0, visible: visible..visible });
                self.show(value, span);
            }
        }
    }

    fn leave(&mut self, open: &mut Vec<u32>) {
        let Some(index) = open.pop() else { return };
        let end = self.tree.nodes.len() as u32;
        let is_block = self.tree.nodes.get(index as usize).is_some_and(|node| node.kind.is_text_block());
        let visible = self.tree.visible.len() as u32;
        if let Some(node) = self.tree.nodes.get_mut(index as usize) {
            // A text that a template cut in pieces was pushed as several finished nodes.
            if node.end == 0 {
                node.end = end;
                node.visible.end = visible;
            }
            if let NodeKind::Link(link) | NodeKind::Image(link) = &mut node.kind {
                let last_child = self.tree.pieces.last().map(|piece| piece.source.end);
                let text_end = last_child.filter(|&at| node.span.contains(at)).unwrap_or(node.span.start);
                locate_destination(self.text, node.span, text_end, link);
            }
        }
        if is_block {
            let at = self.tree.nodes[index as usize].span.end;
            self.push_piece(PieceKind::Opaque, "\n", Span::at(at));
        }
    }

    fn kind_of(&self, value: &NodeValue, span: Span) -> NodeKind {
        match value {
            NodeValue::Document => NodeKind::Document,
            NodeValue::BlockQuote | NodeValue::MultilineBlockQuote(_) | NodeValue::Alert(_) => NodeKind::BlockQuote,
            NodeValue::List(list) => NodeKind::List { ordered: list.list_type == ListType::Ordered },
            NodeValue::Item(list) => self.item_kind(Some(list), span),
            NodeValue::TaskItem(_) => self.item_kind(None, span),
            NodeValue::CodeBlock(_) => NodeKind::CodeBlock,
            NodeValue::HtmlBlock(_) => NodeKind::HtmlBlock,
            NodeValue::Paragraph => NodeKind::Paragraph,
            NodeValue::Heading(heading) => NodeKind::Heading { level: heading.level },
            NodeValue::ThematicBreak => NodeKind::ThematicBreak,
            NodeValue::FootnoteDefinition(_) => NodeKind::FootnoteDefinition,
            NodeValue::Table(_) => NodeKind::Table,
            NodeValue::TableRow(header) => NodeKind::TableRow { header: *header },
            NodeValue::TableCell => NodeKind::TableCell,
            NodeValue::SoftBreak => NodeKind::SoftBreak,
            NodeValue::LineBreak => NodeKind::LineBreak,
            NodeValue::Code(_) | NodeValue::Math(_) => NodeKind::Code,
            NodeValue::Emph => NodeKind::Emphasis,
            NodeValue::Strong => NodeKind::Strong,
            NodeValue::Strikethrough => NodeKind::Strikethrough,
            NodeValue::Link(link) => NodeKind::Link(Box::new(self.link(&link.url, span))),
            NodeValue::Image(link) => NodeKind::Image(Box::new(self.link(&link.url, span))),
            NodeValue::FootnoteReference(_) => NodeKind::FootnoteReference,
            // The rest are extensions that are off, or raw HTML.
            _ => NodeKind::HtmlInline,
        }
    }

    fn item_kind(&self, list: Option<&NodeList>, span: Span) -> NodeKind {
        let line = self.text.get(span.range()).unwrap_or("");
        let number = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let marker = line[number..].chars().next().unwrap_or('-');
        let after = number + marker.len_utf8();
        let blanks = line.get(after..).map_or(0, |rest| rest.len() - rest.trim_start_matches([' ', '\t']).len());
        let content = list.map_or(after + blanks, |list| list.padding.max(after)).min(line.len());
        NodeKind::Item { marker, content: span.start + content }
    }

    fn link(&self, url: &str, span: Span) -> Link {
        let raw = self.text.get(span.range()).unwrap_or("");
        let inner = if raw.starts_with('<') { Span::new(span.start + 1, span.end.saturating_sub(1)) } else { span };
        // A link after a definition in the same paragraph is placed wrongly: what stands there is not its address.
        let shown = self.masked.get(inner.range()).unwrap_or("");
        let is_address = shown.split('&').next().is_some_and(|start| !start.is_empty() && url.contains(start));
        if raw.starts_with(['[', '!']) || !is_address {
            return Link { url: url.to_owned(), destination: None, autolink: false };
        }
        let written = self.text.get(inner.range()).unwrap_or(url);
        Link { url: written.to_owned(), destination: Some(inner), autolink: true }
    }

    /// Adds what a reader sees of a leaf.
    fn show(&mut self, value: &NodeValue, span: Span) {
        match value {
            NodeValue::SoftBreak | NodeValue::LineBreak => self.push_piece(PieceKind::Prose, " ", span),
            NodeValue::Code(code) => {
                let raw = self.text.get(span.range()).unwrap_or("");
                let inner = raw.find(code.literal.as_str()).map(|at| span.start + at);
                let place = inner.map_or(span, |start| Span::new(start, start + code.literal.len()));
                self.push_piece(PieceKind::Code, &code.literal, place);
            }
            // `<br>` parts words, as it does on the page; a comment or `<b>` does not.
            NodeValue::HtmlInline(html) if html.to_ascii_lowercase().starts_with("<br") => {
                self.push_piece(PieceKind::Prose, " ", span);
            }
            NodeValue::FootnoteReference(_) => self.push_piece(PieceKind::Opaque, "\u{fffc}", span),
            _ => {}
        }
    }

    fn text_node(&mut self, literal: &str, raw: Span, parent: u32) {
        let shown_before = self.tree.visible.len() as u32;
        let index = self.tree.nodes.len();
        if self.masked.get(raw.range()) == Some(literal) {
            self.text_with_templates(raw, parent);
        } else {
            self.decoded_text(literal, raw, parent);
        }
        if self.tree.nodes.len() == index {
            let end = index as u32 + 1;
            let visible = shown_before..shown_before;
            self.tree.nodes.push(Node { kind: NodeKind::Text, span: raw, parent, end, visible });
        }
    }

    /// A text whose slice of the source is its literal: cut at the templates in it.
    fn text_with_templates(&mut self, span: Span, parent: u32) {
        let mut at = span.start;
        let first = self.templates.partition_point(|template| template.span.end <= span.start);
        for template in self.templates[first..].iter().take_while(|template| template.span.start < span.end) {
            let place = Span::new(template.span.start.max(at), template.span.end.min(span.end));
            self.plain_text(Span::new(at, place.start), parent);
            let visible = self.tree.visible.len() as u32;
            // An attribute says how something looks and is not seen itself.
            if template.kind != TemplateKind::Attribute {
                self.push_piece(PieceKind::Opaque, "\u{fffc}", place);
            }
            self.finished_node(NodeKind::Template(template.kind), place, parent, visible);
            at = place.end;
        }
        self.plain_text(Span::new(at, span.end), parent);
    }

    fn plain_text(&mut self, span: Span, parent: u32) {
        if span.is_empty() {
            return;
        }
        let visible = self.tree.visible.len() as u32;
        let url = matches!(&self.tree.nodes.get(parent as usize).map(|node| &node.kind),
            Some(NodeKind::Link(link)) if link.autolink);
        let text = self.text;
        self.push_piece(
            if url { PieceKind::Url } else { PieceKind::Prose },
            text.get(span.range()).unwrap_or(""),
            span,
        );
        self.finished_node(NodeKind::Text, span, parent, visible);
    }

    /// A text with escapes or entities in the source, or one that comrak placed wrongly.
    fn decoded_text(&mut self, literal: &str, raw: Span, parent: u32) {
        let block = self.block_of(parent);
        let visible = self.tree.visible.len() as u32;
        let matched = match_escaped(literal, self.masked, raw.start, block.end);
        let span = match matched {
            Some((end, pieces)) => {
                for (text, place) in pieces {
                    self.push_piece(PieceKind::Prose, &text, place);
                }
                Span::new(raw.start, end)
            }
            None => {
                let place = self.search(literal, block).unwrap_or(block);
                self.push_piece(PieceKind::Prose, literal, place);
                place
            }
        };
        self.finished_node(NodeKind::Text, span, parent, visible);
    }

    /// The place of a misplaced literal: after what was already placed in its block, else anywhere in it.
    fn search(&self, literal: &str, block: Span) -> Option<Span> {
        let placed = self.tree.pieces.last().map_or(block.start, |piece| piece.source.end);
        [placed, block.start].into_iter().find_map(|from| {
            let at = self.masked.get(from..block.end)?.find(literal)? + from;
            Some(Span::new(at, at + literal.len()))
        })
    }

    fn block_of(&self, node: u32) -> Span {
        let mut index = node as usize;
        while let Some(node) = self.tree.nodes.get(index) {
            if node.kind.is_text_block() || index == 0 {
                return node.span;
            }
            index = node.parent as usize;
        }
        Span::default()
    }

    fn finished_node(&mut self, kind: NodeKind, span: Span, parent: u32, visible: u32) {
        let end = self.tree.nodes.len() as u32 + 1;
        let visible = visible..self.tree.visible.len() as u32;
        self.tree.nodes.push(Node { kind, span, parent, end, visible });
    }

    fn push_piece(&mut self, kind: PieceKind, text: &str, source: Span) {
        if text.is_empty() {
            return;
        }
        self.tree.pieces.push(Piece { kind, visible: self.tree.visible.len(), source });
        self.tree.visible.push_str(text);
    }

    fn span(&self, start: LineColumn, end: LineColumn) -> Span {
        Span::new(self.offset(start.line, start.column.saturating_sub(1)), self.offset(end.line, end.column))
    }

    /// The byte `column` bytes into a line of what comrak saw.
    fn offset(&self, line: usize, column: usize) -> usize {
        let line = line + self.first_line - 1;
        let start = if line <= self.first_line { self.body_start() } else { self.lines.start(line) };
        floor_char_boundary(self.text, start + column)
    }

    fn body_start(&self) -> usize {
        let start = self.lines.start(self.first_line);
        start + bom_length(&self.text[start..])
    }

    fn whole_body(&self, span: Span) -> Span {
        Span::new(self.body_start(), self.text.len().max(span.end))
    }

    /// Without the blank lines that comrak counts to an item or a list.
    fn trim(&self, span: Span) -> Span {
        let text = self.text.get(span.range()).unwrap_or("");
        Span::new(span.start, span.start + text.trim_end_matches([' ', '\t', '\n', '\r']).len())
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
}

/// Fills in where the destination of an inline link is written; `text_end` is where its text ends.
fn locate_destination(text: &str, span: Span, text_end: usize, link: &mut Link) {
    if link.autolink {
        return;
    }
    let Some(rest) = text.get(text_end..span.end) else { return };
    let Some(open) = rest.find("](") else { return };
    let after = text_end + open + 2;
    let Some(inside) = text.get(after..span.end.saturating_sub(1)) else { return };
    let blanks = inside.len() - inside.trim_start().len();
    let (inside, start) = (&inside[blanks..], after + blanks);
    let place = match inside.strip_prefix('<') {
        Some(angled) => Span::new(start + 1, start + 1 + angled.find('>').unwrap_or(angled.len())),
        None => Span::new(start, start + inside.find(char::is_whitespace).unwrap_or(inside.len())),
    };
    link.url = text[place.range()].to_owned();
    link.destination = Some(place);
}

/// Matches a literal against source that has backslash escapes and entities in it. Gives where it ends in the source,
/// and its stretches with their places; nothing when the two do not fit.
fn match_escaped(literal: &str, source: &str, start: usize, limit: usize) -> Option<(usize, Vec<(String, Span)>)> {
    let mut pieces: Vec<(String, Span)> = Vec::new();
    let mut at = start;
    for wanted in literal.chars() {
        let rest = source.get(at..limit.max(at))?;
        let raw = rest.chars().next()?;
        let length = match raw {
            '\\' if wanted.is_ascii_punctuation() && rest[1..].starts_with(wanted) => 1 + wanted.len_utf8(),
            '&' if wanted != '&' || rest.starts_with("&amp;") => rest.find(';').filter(|end| *end < 32)? + 1,
            _ if raw == wanted => wanted.len_utf8(),
            _ => return None,
        };
        let place = Span::new(at, at + length);
        match pieces.last_mut() {
            Some((text, span)) if length == wanted.len_utf8() && span.end - span.start == text.len() => {
                text.push(wanted);
                span.end = place.end;
            }
            _ => pieces.push((wanted.to_string(), place)),
        }
        at += length;
    }
    Some((at, pieces))
}
