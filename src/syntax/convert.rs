//! From the nodes of comrak to those of a [`Tree`]. The only file that knows comrak.

use comrak::nodes::{Ast, AstNode, LineColumn, ListType, NodeList, NodeValue};
use comrak::{Arena, Options};

use super::front_matter::bom_length;
use super::{
    Conflict, Link, Node, NodeId, NodeKind, Piece, Template, TemplateKind, Tree, Unspoken, conflict, template,
};
use crate::source::{LineIndex, Source, Span, floor_char_boundary};

/// Parses what stands from `body_start` on, with the templates and the marks of conflicts masked.
pub(super) fn parse(source: &Source, body_start: usize, templates: &[Template], conflicts: &[Conflict]) -> Tree {
    let text = source.text();
    let masked = conflict::mask(template::mask(text, body_start, templates), body_start, conflicts);
    let arena = Arena::new();
    let root = comrak::parse_document(&arena, &masked[body_start..], &options(&masked));
    let (lines, first_line) = (source.lines(), source.line_of(body_start));
    let start = lines.start(first_line);
    let body_start = start + bom_length(&text[start..]);
    let tree = Tree::with_room_for(text);
    Converter { lines, first_line, body_start, masked: &masked, text, templates, tree, open: 0 }.convert(root)
}

fn options(text: &str) -> Options<'static> {
    let mut options = Options::default();
    options.extension.table = true;
    // Footnotes are rare, and looking for them at each line is a fiftieth of the parsing.
    options.extension.footnotes = memchr::memmem::find(text.as_bytes(), b"[^").is_some();
    options.extension.strikethrough = true;
    options.extension.tasklist = true;
    options.extension.autolink = true;
    options.parse.smart = false;
    options
}

struct Converter<'s> {
    lines: &'s LineIndex,
    /// The line of the file on which the text that comrak saw begins.
    first_line: usize,
    /// Where that line begins, after a byte order mark.
    body_start: usize,
    masked: &'s str,
    text: &'s str,
    templates: &'s [Template],
    tree: Tree,
    /// The node that is being filled.
    open: u32,
}

impl<'s> Converter<'s> {
    fn convert<'a>(mut self, root: &'a AstNode<'a>) -> Tree {
        let mut next = Some(root);
        while let Some(node) = next {
            self.enter(&node.data.borrow());
            // What has nothing below it ends here, and so do those above it of which it is the last.
            let ending = |node: &'a AstNode<'a>| {
                self.leave(&node.data.borrow().value);
                node.next_sibling()
            };
            next = node.first_child().or_else(|| node.ancestors().find_map(ending));
        }
        self.tree
    }

    fn enter(&mut self, ast: &Ast) {
        let span = self.span(ast.sourcepos.start, ast.sourcepos.end);
        let value = match &ast.value {
            NodeValue::Text(literal) => return self.text_node(literal, span),
            value => value,
        };
        let kind = self.kind_of(value, span);
        let span = if matches!(kind, NodeKind::Document) { self.whole_body(span) } else { self.trim(span) };
        let index = self.tree.nodes.len() as u32;
        match kind {
            NodeKind::Link(_) => self.tree.links.push(NodeId(index)),
            NodeKind::HtmlInline | NodeKind::HtmlBlock => self.tree.html.push(span),
            NodeKind::Code | NodeKind::CodeBlock => self.tree.code.push(span),
            _ => {}
        }
        let visible = self.tree.visible.len() as u32;
        self.tree.nodes.push(Node { kind, span, parent: self.open, end: 0, visible: visible..visible });
        self.open = index;
        self.show(value, span);
    }

    fn leave(&mut self, value: &NodeValue) {
        // A text was finished when it was entered.
        if matches!(value, NodeValue::Text(_)) {
            return;
        }
        let end = self.tree.nodes.len() as u32;
        let node = &mut self.tree.nodes[self.open as usize];
        self.open = node.parent;
        node.end = end;
        node.visible.end = self.tree.visible.len() as u32;
        if let NodeKind::Link(link) | NodeKind::Image(link) = &mut node.kind {
            let last_child = self.tree.pieces.last().map(|piece| piece.source.end);
            let text_end = last_child.filter(|&at| node.span.contains(at)).unwrap_or(node.span.start);
            locate_destination(self.text, node.span, text_end, link);
        }
        if node.kind.is_text_block() {
            let at = node.span.end;
            self.push_piece("\n", Span::at(at));
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
            NodeValue::Heading(heading) => NodeKind::Heading { depth: heading.level },
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
        let content = match list {
            Some(list) => list.padding.max(after),
            None => line.len() - line.get(after..).unwrap_or("").trim_start_matches([' ', '\t']).len(),
        };
        NodeKind::Item { marker, content: span.start + content.min(line.len()) }
    }

    fn link(&self, url: &str, span: Span) -> Link {
        let raw = self.text.get(span.range()).unwrap_or("");
        let inner = if raw.starts_with('<') { Span::new(span.start + 1, span.end.saturating_sub(1)) } else { span };
        // A link after a definition in the same paragraph is placed wrongly: what stands there is not its address.
        let shown = || self.masked.get(inner.range()).unwrap_or("");
        let is_address = || shown().split('&').next().is_some_and(|start| !start.is_empty() && url.contains(start));
        if raw.starts_with(['[', '!']) || !is_address() {
            return Link { url: url.to_owned(), destination: None, autolink: false };
        }
        let written = self.text.get(inner.range()).unwrap_or(url);
        Link { url: written.to_owned(), destination: Some(inner), autolink: true }
    }

    /// Adds what a reader sees of a leaf.
    fn show(&mut self, value: &NodeValue, span: Span) {
        match value {
            NodeValue::SoftBreak | NodeValue::LineBreak => self.push_piece(" ", span),
            NodeValue::Code(code) => {
                let raw = self.text.get(span.range()).unwrap_or("");
                let inner = raw.find(code.literal.as_str()).map(|at| span.start + at);
                let place = inner.map_or(span, |start| Span::new(start, start + code.literal.len()));
                self.push_unspoken(Unspoken::Code, &code.literal, place);
            }
            // `<br>` parts words, as it does on the page; a comment or `<b>` does not.
            NodeValue::HtmlInline(html) if html.to_ascii_lowercase().starts_with("<br") => {
                self.push_piece(" ", span);
            }
            NodeValue::FootnoteReference(_) => self.push_unspoken(Unspoken::Opaque, "\u{fffc}", span),
            _ => {}
        }
    }

    fn text_node(&mut self, literal: &str, raw: Span) {
        let shown_before = self.tree.visible.len() as u32;
        let index = self.tree.nodes.len();
        if self.masked.get(raw.range()) == Some(literal) {
            self.text_with_templates(raw);
        } else {
            self.decoded_text(literal, raw);
        }
        if self.tree.nodes.len() == index {
            self.finished_node(NodeKind::Text, raw, shown_before);
        }
    }

    /// A text whose slice of the source is its literal: cut at the templates in it.
    fn text_with_templates(&mut self, span: Span) {
        let mut at = span.start;
        for template in self.templates_in(span) {
            let place = Span::new(template.span.start.max(at), template.span.end.min(span.end));
            self.plain_text(Span::new(at, place.start));
            let visible = self.tree.visible.len() as u32;
            // An attribute says how something looks and is not seen itself.
            if template.kind != TemplateKind::Attribute {
                self.push_unspoken(Unspoken::Opaque, "\u{fffc}", place);
            }
            self.finished_node(NodeKind::Template(template.kind), place, visible);
            at = place.end;
        }
        self.plain_text(Span::new(at, span.end));
    }

    fn plain_text(&mut self, span: Span) {
        if span.is_empty() {
            return;
        }
        let visible = self.tree.visible.len() as u32;
        let link = self.tree.nodes.get(self.open as usize).and_then(Node::link);
        let is_address = link.is_some_and(|link| link.autolink);
        let text = self.text.get(span.range()).unwrap_or("");
        if is_address {
            self.push_unspoken(Unspoken::Url, text, span);
        } else {
            self.push_piece(text, span);
        }
        self.finished_node(NodeKind::Text, span, visible);
    }

    /// A text with escapes or entities in the source, or one that comrak placed wrongly.
    fn decoded_text(&mut self, literal: &str, raw: Span) {
        let block = self.open_block();
        let visible = self.tree.visible.len() as u32;
        let matched = match_escaped(literal, self.masked, raw.start, block.end);
        let span = match matched {
            Some((end, pieces)) if self.has_template(Span::new(raw.start, end)) => {
                return pieces.iter().for_each(|(text, place)| self.piece_with_templates(text, *place));
            }
            Some((end, pieces)) => {
                for (text, place) in pieces {
                    self.push_piece(&text, place);
                }
                Span::new(raw.start, end)
            }
            None => match self.search(literal, block) {
                Some(place) => return self.text_with_templates(place),
                // It may be what masks a template.
                None if self.has_template(block) => {
                    self.push_unspoken(Unspoken::Opaque, "\u{fffc}", block);
                    block
                }
                None => {
                    self.push_piece(literal, block);
                    block
                }
            },
        };
        self.finished_node(NodeKind::Text, span, visible);
    }

    /// A stretch between escapes and entities, or one of these.
    fn piece_with_templates(&mut self, text: &str, place: Span) {
        if self.masked.get(place.range()) == Some(text) {
            return self.text_with_templates(place);
        }
        let visible = self.tree.visible.len() as u32;
        self.push_piece(text, place);
        self.finished_node(NodeKind::Text, place, visible);
    }

    /// The place of a misplaced literal: after what was already placed in its block, else anywhere in it.
    fn search(&self, literal: &str, block: Span) -> Option<Span> {
        let placed = self.tree.pieces.last().map_or(block.start, |piece| piece.source.end);
        [placed, block.start].into_iter().find_map(|from| {
            let end = floor_char_boundary(self.masked, block.end.min(from + literal.len() + FARTHEST));
            let at = self.masked.get(from..end)?.find(literal)? + from;
            Some(Span::new(at, at + literal.len()))
        })
    }

    /// The templates of which a part stands in a span.
    fn templates_in(&self, span: Span) -> impl Iterator<Item = &'s Template> + use<'s> {
        let first = self.templates.partition_point(|template| template.span.end <= span.start);
        self.templates[first..].iter().take_while(move |template| template.span.start < span.end)
    }

    fn has_template(&self, span: Span) -> bool {
        self.templates_in(span).next().is_some()
    }

    fn open_block(&self) -> Span {
        let mut index = self.open as usize;
        while let Some(node) = self.tree.nodes.get(index) {
            if node.kind.is_text_block() || index == 0 {
                return node.span;
            }
            index = node.parent as usize;
        }
        Span::default()
    }

    fn finished_node(&mut self, kind: NodeKind, span: Span, visible: u32) {
        let end = self.tree.nodes.len() as u32 + 1;
        let visible = visible..self.tree.visible.len() as u32;
        self.tree.nodes.push(Node { kind, span, parent: self.open, end, visible });
    }

    fn push_piece(&mut self, text: &str, source: Span) {
        if !text.is_empty() {
            self.tree.pieces.push(Piece { visible: self.tree.visible.len(), source });
            self.tree.visible.push_str(text);
        }
    }

    fn push_unspoken(&mut self, kind: Unspoken, text: &str, source: Span) {
        let start = self.tree.visible.len();
        self.push_piece(text, source);
        if !text.is_empty() {
            self.tree.unspoken.push((start..start + text.len(), kind));
        }
    }

    fn span(&self, start: LineColumn, end: LineColumn) -> Span {
        Span::new(self.offset(start.line, start.column.saturating_sub(1)), self.offset(end.line, end.column))
    }

    /// The byte `column` bytes into a line of what comrak saw.
    fn offset(&self, line: usize, column: usize) -> usize {
        let start = if line <= 1 { self.body_start } else { self.lines.start(self.first_line + line - 1) };
        floor_char_boundary(self.text, start + column)
    }

    fn whole_body(&self, span: Span) -> Span {
        Span::new(self.body_start, self.text.len().max(span.end))
    }

    /// Without the blank lines that comrak counts to an item or a list.
    fn trim(&self, span: Span) -> Span {
        let text = self.masked.as_bytes().get(span.range()).unwrap_or_default();
        let last = text.iter().rposition(|byte| !matches!(byte, b' ' | b'\t' | b'\n' | b'\r'));
        Span::new(span.start, span.start + last.map_or(0, |last| last + 1))
    }
}

/// How far from its place comrak puts a text at most, in bytes: by the definitions before it. A paragraph of a megabyte must
/// not be looked through for each of its texts.
const FARTHEST: usize = 4096;

/// Fills in where the destination of an inline link is written; `text_end` is where its text ends.
fn locate_destination(text: &str, span: Span, text_end: usize, link: &mut Link) {
    if link.autolink {
        return;
    }
    let Some(rest) = text.get(text_end..span.end) else { return };
    let Some(open) = rest.as_bytes().windows(2).position(|pair| pair == b"](") else { return };
    let after = text_end + open + 2;
    let Some(inside) = text.get(after..span.end.saturating_sub(1)) else { return };
    let blanks = inside.len() - inside.trim_start().len();
    let (inside, start) = (&inside[blanks..], after + blanks);
    // Nearly all are nothing but the address.
    if inside == link.url {
        link.destination = Some(Span::new(start, start + inside.len()));
        return;
    }
    let place = match inside.strip_prefix('<') {
        Some(angled) => Span::new(start + 1, start + 1 + angled.find('>').unwrap_or(angled.len())),
        None => {
            // CommonMark 0.31, 6.3: a destination ends at ASCII white space, not at a no-break space.
            let blank = inside.bytes().position(|byte| byte.is_ascii_whitespace());
            Span::new(start, start + blank.unwrap_or(inside.len()))
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_stay_templates_where_comrak_places_the_text_wrongly() {
        for (page, visible) in [
            ("[b]: /x\nPlan it <%= page %> twice\n", "Plan it \u{fffc} twice"),
            ("[b]: /x\nPlan \\*it\\* <%= page %> twice\n", "\u{fffc}"),
            ("Plan \\*it\\* <%= page %> twice\n", "Plan *it* \u{fffc} twice"),
        ] {
            let tree = Tree::parse(&Source::new("x.md", page));
            assert_eq!(tree.visible_all().text().trim(), visible, "{page}");
        }
    }
}
