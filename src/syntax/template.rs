//! Finds what the site's generator expands, and hides it from the parser.

use std::borrow::Cow;

use super::{Template, TemplateKind};
use crate::source::Span;

const DELIMITERS: [(&str, &str, TemplateKind); 5] = [
    ("{{%", "%}}", TemplateKind::Shortcode),
    ("{{<", ">}}", TemplateKind::Shortcode),
    ("<%", "%>", TemplateKind::Erb),
    ("{:", "}", TemplateKind::Attribute),
    ("{#", "}", TemplateKind::Attribute),
];

/// Finds what the site's generator expands. A template ends before a blank line, or it is none: an opening delimiter
/// that nobody closes must not swallow the page.
pub(super) fn find(text: &str, from: usize) -> Vec<Template> {
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
    with_code(text, templates)
}

/// The shortcode that stands before and, with a slash, after code.
const CODE: &str = "highlight";

/// Makes one of the shortcodes before and after code and what stands between them.
fn with_code(text: &str, templates: Vec<Template>) -> Vec<Template> {
    if !templates.iter().any(|template| parts_code(text, template).is_some()) {
        return templates;
    }
    let mut joined: Vec<Template> = Vec::with_capacity(templates.len());
    let mut open: Option<usize> = None;
    for mut template in templates {
        match parts_code(text, &template) {
            Some(Side::Before) => open = Some(joined.len()),
            Some(Side::After) => {
                if let Some(first) = open.take() {
                    template.span.start = joined[first].span.start;
                    joined.truncate(first);
                }
            }
            None => {}
        }
        joined.push(template);
    }
    joined
}

/// On which side of code a shortcode stands.
enum Side {
    Before,
    After,
}

fn parts_code(text: &str, template: &Template) -> Option<Side> {
    let inside =
        (template.kind == TemplateKind::Shortcode).then(|| &text[template.span.range()][OPENING..])?.trim_start();
    let name = inside.strip_prefix('/').map_or(inside, str::trim_start);
    let is_code = name.strip_prefix(CODE)?.starts_with([' ', '\t', '\n', '\r', '>', '%']);
    is_code.then_some(if inside.starts_with('/') { Side::After } else { Side::Before })
}

/// In bytes, `{{<` or `{{%`.
const OPENING: usize = 3;

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

/// The text with every template turned into letters, and NUL into a blank, at the same places. What indents the lines of a
/// template stays, so that those of a bullet stay in it.
pub(super) fn mask<'t>(text: &'t str, from: usize, templates: &[Template]) -> Cow<'t, str> {
    if templates.is_empty() && memchr::memchr(0, text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut masked = String::with_capacity(text.len());
    let mut at = 0;
    for template in templates.iter().filter(|template| template.span.start >= from) {
        masked.push_str(&text[at..template.span.start]);
        let mut is_indent = false;
        masked.extend(text.as_bytes()[template.span.range()].iter().map(|byte| {
            is_indent = matches!(byte, b'\n' | b'\r') || is_indent && matches!(byte, b' ' | b'\t');
            if is_indent { char::from(*byte) } else { 'x' }
        }));
        at = template.span.end;
    }
    masked.push_str(&text[at..]);
    Cow::Owned(if masked.contains('\0') { masked.replace('\0', " ") } else { masked })
}
