//! Finds the code that a page has in HTML: `<code>make</code>`, `<pre>`.

use std::ops::Range;

use super::{Tree, Unspoken};
use crate::source::Span;

/// The elements whose text is a computer's.
const ELEMENTS: [&str; 4] = ["code", "kbd", "pre", "samp"];

/// A tag of one of the [`ELEMENTS`].
struct Tag {
    element: usize,
    closes: bool,
    span: Span,
}

/// What stands between an opening tag and a closing one, in order. An element that nobody closes must not swallow the page:
/// it ends where another of its name begins.
pub(super) fn find(text: &str, html: &[Span]) -> Vec<Span> {
    let mut open = [None; ELEMENTS.len()];
    let mut found = Vec::new();
    for tag in html.iter().flat_map(|html| tags(text, *html)) {
        match (open[tag.element].take(), tag.closes) {
            (Some(start), true) => found.push(Span::new(start, tag.span.start)),
            (_, closes) => open[tag.element] = (!closes).then_some(tag.span.end),
        }
    }
    found.sort_unstable();
    found.dedup_by(|next, last| {
        let overlap = next.start < last.end;
        last.end = if overlap { last.end.max(next.end) } else { last.end };
        overlap
    });
    found
}

/// The tags in a block or stretch of HTML that is no comment.
fn tags(text: &str, html: Span) -> impl Iterator<Item = Tag> {
    let written = text.get(html.range()).filter(|html| !html.starts_with("<!--")).unwrap_or("");
    memchr::memchr_iter(b'<', written.as_bytes()).filter_map(move |at| {
        let inside = &written[at + 1..];
        let inside = &inside[..memchr::memchr2(b'<', b'>', inside.as_bytes())?];
        let name = inside.strip_prefix('/').unwrap_or(inside);
        let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())];
        let element = ELEMENTS.iter().position(|element| name.eq_ignore_ascii_case(element))?;
        let start = html.start + at;
        Some(Tag { element, closes: inside.starts_with('/'), span: Span::new(start, start + inside.len() + 2) })
    })
}

/// Makes code of stretches of the source, given in order.
pub(super) fn mark(tree: &mut Tree, found: Vec<Span>) {
    if found.is_empty() {
        return;
    }
    let mut shown: Vec<Range<usize>> = found.iter().filter_map(|code| shown_of(tree, *code)).collect();
    shown.sort_unstable_by_key(|code| (code.start, code.end));
    let is_in_code = |part: &Range<usize>| {
        let after = shown.partition_point(|code| code.end <= part.start);
        shown.get(after).is_some_and(|code| code.start < part.end)
    };
    tree.unspoken.retain(|(part, _)| !is_in_code(part));
    tree.unspoken.extend(shown.into_iter().map(|code| (code, Unspoken::Code)));
    tree.unspoken.sort_by_key(|(part, _)| part.start);
    tree.code.extend(found);
    tree.code.sort_unstable_by_key(|code| (code.start, std::cmp::Reverse(code.end)));
    tree.code.dedup_by(|next, last| last.covers(*next));
}

/// What a reader sees of a stretch of the source, in bytes of all that he sees.
fn shown_of(tree: &Tree, code: Span) -> Option<Range<usize>> {
    let first = tree.pieces.partition_point(|piece| piece.source.start < code.start);
    let inside = tree.pieces[first..].iter().take_while(|piece| code.covers(piece.source)).count();
    let last = first + inside.checked_sub(1)?;
    Some(tree.pieces[first].visible..tree.end_of_piece(last))
}
