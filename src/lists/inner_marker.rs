//! List markers in the middle of a text, where they are none to Markdown.

use crate::facts::Abbreviations;
use crate::lists::{Paragraph, begin_bullet};
use crate::source::{Source, Span, floor_char_boundary};
use crate::syntax::{NodeId, Tree};

/// Such a marker.
#[derive(Debug, Clone)]
pub struct InnerMarker<'t> {
    pub paragraph: NodeId,
    /// The sign.
    pub span: Span,
    is_hyphen: bool,
    /// With the white space round it.
    pub with_blanks: Span,
    /// What a reader sees right before and after it.
    pub before: &'t str,
    pub after: &'t str,
}

/// The signs `*`, `-` and `•` that stand alone between words, in paragraphs and bullets; and those that follow a full stop
/// at once, in a bullet that begins with the same sign.
pub fn inner_markers<'t>(source: &Source, tree: &'t Tree, paragraphs: &[Paragraph]) -> Vec<InnerMarker<'t>> {
    let mut paragraphs = paragraphs.iter().map(|paragraph| paragraph.node).peekable();
    let signs = lone_signs(tree.visible_all().text()).filter_map(|(at, sign)| {
        while paragraphs.next_if(|paragraph| tree.visible(*paragraph).range().end <= at).is_some() {}
        let paragraph = *paragraphs.peek()?;
        let at = at.checked_sub(tree.visible(paragraph).range().start)?;
        inner_marker(source, tree, paragraph, at, sign)
    });
    signs.collect()
}

/// The sign at a byte of what is visible of a paragraph, if it is a marker there.
fn inner_marker<'t>(
    source: &Source,
    tree: &'t Tree,
    paragraph: NodeId,
    at: usize,
    sign: char,
) -> Option<InnerMarker<'t>> {
    let visible = tree.visible(paragraph);
    let text = visible.text();
    let (before, after) = (&text[..at], &text[at + sign.len_utf8()..]);
    if before.trim().is_empty() || after.trim().is_empty() {
        return None;
    }
    let span = visible.span(at..at + sign.len_utf8());
    let is_prose = visible.part(at..at + 1).is_prose();
    let line = Span::new(source.line_start(span.start), span.start);
    let begins_line = source.slice(line).trim().is_empty();
    // An escaped sign is meant.
    let (start, end) = (before.trim_end().len(), text.len() - after.trim_start().len());
    let is_verbatim = source.slice(visible.span(start..end)).trim().chars().eq([sign]);
    let is_same = || begin_bullet(source, tree, paragraph).is_some_and(|start| start.trim().starts_with(sign));
    let stands_alone = before.ends_with(char::is_whitespace) || is_same();
    let is_marker = is_prose && !begins_line && is_verbatim && stands_alone && source.slice(span).chars().eq([sign]);
    is_marker.then(|| InnerMarker {
        paragraph,
        span,
        is_hyphen: sign == '-',
        with_blanks: visible.span(start..end),
        before: &before[floor_char_boundary(before, before.len().saturating_sub(CONTEXT))..],
        after: &after[..floor_char_boundary(after, CONTEXT)],
    })
}

/// The signs of lists with white space on both sides, or after a full stop, and where they stand.
fn lone_signs(text: &str) -> impl Iterator<Item = (usize, char)> {
    memchr::memchr3_iter(b'*', b'-', BULLET_LEAD, text.as_bytes()).filter_map(|at| {
        // Nearly all of them are hyphens in words and quotes that begin with the same byte.
        let is_hyphen = text.as_bytes().get(at + 1).is_some_and(u8::is_ascii_alphanumeric);
        let sign = text.get(at..)?.chars().next().filter(|sign| !is_hyphen && is_marker(*sign))?;
        let (before, after) = (&text[..at], &text[at + sign.len_utf8()..]);
        let is_apart = before.ends_with(char::is_whitespace) || sign != '-' && before.ends_with(['.', ';']);
        let is_alone = is_apart && after.starts_with(char::is_whitespace);
        is_alone.then_some((at, sign))
    })
}

/// In bytes: enough to judge by, however long the line.
const CONTEXT: usize = 160;

/// The first byte of `•` in UTF-8.
const BULLET_LEAD: u8 = 0xe2;

fn is_marker(sign: char) -> bool {
    matches!(sign, '*' | '-' | '•')
}

impl InnerMarker<'_> {
    /// Whether it may be no marker: a dash, or the sign of a formula.
    pub fn may_be_meant(&self) -> bool {
        self.is_hyphen && !self.follows_mark() || self.is_of_formula()
    }

    /// "the code, - architecture": a dash that the mark before it leaves nothing to do, as where lines were pasted into one.
    fn follows_mark(&self) -> bool {
        let (before, after) = (self.before.trim_end(), self.after);
        // Of a pair of dashes, the mark before the first belongs to the sentence.
        before.ends_with([',', ':'])
            && !after.contains(" - ")
            && before[..before.len() - 1].ends_with(char::is_alphabetic)
            && after.trim_start().starts_with(char::is_alphabetic)
    }

    /// "Seats * price = revenue", "a * b".
    fn is_of_formula(&self) -> bool {
        let (before, after) = (self.before, self.after);
        let is_number = |word: Option<&str>| {
            word.is_some_and(|word| word.contains(|c: char| c.is_ascii_digit() || c == ')' || c == '('))
        };
        let (left, right) = (before.split_whitespace().next_back(), after.split_whitespace().next());
        let is_letter =
            |word: Option<&str>| word.is_some_and(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).len() == 1);
        before.contains('=')
            || after.contains('=')
            || is_number(left)
            || is_number(right)
            || is_letter(left) && is_letter(right)
    }

    /// Whether a sentence ends before it and another begins after it. Only a hyphen follows abbreviations, too.
    pub fn parts_sentences(&self, abbreviations: &Abbreviations) -> bool {
        let before = self.before.trim_end();
        let is_end = match before.strip_suffix('.') {
            Some(rest) => !self.is_hyphen || !abbreviations.end(rest),
            None => before.ends_with([';', '!', '?']),
        };
        is_end && self.after.trim_start().starts_with(char::is_uppercase)
    }
}
