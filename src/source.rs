//! A document's text, byte spans in it, and the only code that converts between bytes, lines and columns.

use std::ops::Range;
use std::sync::OnceLock;

/// A half-open range of bytes in a file, its byte order mark included. Empty where something is absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Span {
    pub start: usize,
    pub end: usize,
}

impl Span {
    /// From `start` to `end`; empty where the end stands before the start.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end: end.max(start) }
    }

    /// The empty span before the byte at `offset`.
    pub fn at(offset: usize) -> Self {
        Self { start: offset, end: offset }
    }

    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// Whether the byte at `offset` lies inside.
    pub fn contains(self, offset: usize) -> bool {
        self.start <= offset && offset < self.end
    }

    /// Whether `other` lies wholly inside.
    pub fn covers(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a byte, or one is empty and stands inside or at an edge of the other.
    pub fn touches(self, other: Self) -> bool {
        if self.is_empty() || other.is_empty() {
            self.start <= other.end && other.start <= self.end
        } else {
            self.start < other.end && other.start < self.end
        }
    }

    /// The smallest span that covers both.
    pub fn to(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// A place in a file as people and editors count it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// From 1.
    pub line: usize,
    /// In Unicode scalar values, from 1.
    pub column: usize,
    /// In bytes from the start of the file.
    pub offset: usize,
}

/// What an editor counts the columns of a line in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// What every editor can count.
    #[default]
    Utf16,
    /// Unicode scalar values.
    Utf32,
}

impl Encoding {
    fn width(self, c: char) -> usize {
        match self {
            Self::Utf8 => c.len_utf8(),
            Self::Utf16 => c.len_utf16(),
            Self::Utf32 => 1,
        }
    }
}

/// A place in a file as an editor counts it. A byte order mark is a character of the first line: it is one to the editor
/// that sent it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct EditorPlace {
    /// From 0.
    pub line: u32,
    /// From 0, counted as the [`Encoding`] says.
    pub column: u32,
}

/// One document: where it came from and what it says.
#[derive(Debug, Clone)]
pub struct Source {
    path: String,
    /// Where it lies, absolute, if that is known.
    file: Option<String>,
    text: String,
    lines: LineIndex,
    milestones: OnceLock<Vec<Milestone>>,
}

/// How much stands before a byte of a text: on a line of a megabyte, nobody counts from its start for each finding.
#[derive(Debug, Clone, Copy, Default)]
struct Milestone {
    offset: usize,
    utf16: usize,
    utf32: usize,
}

/// In bytes from one milestone to the next, about.
const MILE: usize = 4096;

impl Source {
    /// `path` as the user gave it, with `/` between folders; nothing is read from it here.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        let lines = LineIndex::new(&text);
        Self { path: path.into(), file: None, text, lines, milestones: OnceLock::new() }
    }

    /// The same page, of which it is known where it lies: `file` is absolute, with `/` between folders.
    pub fn lying_at(self, file: impl Into<String>) -> Self {
        Self { file: Some(file.into()), ..self }
    }

    /// The same page with another text.
    pub fn with_text(&self, text: impl Into<String>) -> Self {
        Self { file: self.file.clone(), ..Self::new(self.path.as_str(), text) }
    }

    /// As the user gave it, with `/` between folders.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The path by which other pages know this one, from whatever folder jflint runs: the absolute one, if it is known.
    pub fn file(&self) -> &str {
        self.file.as_deref().unwrap_or(&self.path)
    }

    /// The whole file, with its byte order mark if it has one.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The line end that the page uses: that of its first line.
    pub fn line_end(&self) -> &str {
        let end = Span::new(self.line_span(1).end, self.lines.start(2));
        if end.is_empty() { "\n" } else { self.slice(end) }
    }

    pub fn into_text(self) -> String {
        self.text
    }

    pub fn lines(&self) -> &LineIndex {
        &self.lines
    }

    /// The text of a span; empty when the span lies outside the file or cuts a character.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or("")
    }

    /// The place of a byte as people count it; of one inside a character, where that begins.
    pub fn position(&self, offset: usize) -> Position {
        let offset = floor_char_boundary(&self.text, offset);
        let line = self.line_of(offset);
        let before = Span::new(self.lines.start(line), offset);
        // A byte order mark is no character of the first line: people do not see it.
        let marks = self.slice(before).chars().take_while(|c| *c == '\u{feff}').count();
        Position { line, column: self.count(before, Encoding::Utf32) - marks + 1, offset }
    }

    /// The place of a byte as an editor counts it; of one in the middle of a character or a line end, where that begins.
    pub fn to_editor(&self, offset: usize, encoding: Encoding) -> EditorPlace {
        let offset = floor_char_boundary(&self.text, offset);
        let line = self.line_of(offset);
        let whole = self.line_span(line);
        let before = Span::new(whole.start, offset.min(whole.end));
        EditorPlace { line: saturated(line - 1), column: saturated(self.count(before, encoding)) }
    }

    /// How long a part of the text is.
    fn count(&self, part: Span, encoding: Encoding) -> usize {
        if part.end - part.start > MILE {
            self.count_to(part.end, encoding) - self.count_to(part.start, encoding)
        } else {
            count(self.slice(part), encoding)
        }
    }

    /// How much stands before a byte.
    fn count_to(&self, offset: usize, encoding: Encoding) -> usize {
        let milestones = self.milestones.get_or_init(|| milestones(&self.text));
        let after = milestones.partition_point(|milestone| milestone.offset <= offset);
        let last = milestones[..after].last().copied().unwrap_or_default();
        let counted = match encoding {
            Encoding::Utf8 => last.offset,
            Encoding::Utf16 => last.utf16,
            Encoding::Utf32 => last.utf32,
        };
        counted + count(self.slice(Span::new(last.offset, offset)), encoding)
    }

    /// The byte at a place that an editor names; of a place that the text does not have, the nearest before it.
    pub fn from_editor(&self, place: EditorPlace, encoding: Encoding) -> usize {
        let line = usize::try_from(place.line).unwrap_or(usize::MAX).saturating_add(1);
        let whole = self.line_span(line);
        let mut left = usize::try_from(place.column).unwrap_or(usize::MAX);
        let mut offset = whole.start;
        for c in self.slice(whole).chars() {
            let Some(rest) = left.checked_sub(encoding.width(c)) else { break };
            left = rest;
            offset += c.len_utf8();
        }
        offset
    }

    /// The line from 1 on which `offset` stands.
    pub fn line_of(&self, offset: usize) -> usize {
        self.lines.line_of(offset)
    }

    /// The text of a line from 1, without its line end; empty for a line that the file does not have.
    pub fn line(&self, line: usize) -> &str {
        self.slice(self.line_span(line))
    }

    /// The lines on which a span stands, whole, with their line ends.
    pub fn whole_lines(&self, span: Span) -> Span {
        let last = self.line_of(span.end.max(span.start + 1) - 1);
        Span::new(self.lines.start(self.line_of(span.start)), self.lines.start(last + 1))
    }

    /// Where the line on which `offset` stands begins, in bytes.
    pub fn line_start(&self, offset: usize) -> usize {
        // Most bullets begin their line: no line is looked up for them.
        let begins_line = offset.checked_sub(1).is_none_or(|before| self.text.as_bytes().get(before) == Some(&b'\n'));
        if begins_line { offset } else { self.lines.start(self.line_of(offset)) }
    }

    /// What stands on a line from `offset` on, without white space at its end.
    pub fn rest_of_line(&self, offset: usize) -> &str {
        self.slice(Span::new(offset, self.whole_lines(Span::at(offset)).end)).trim_end()
    }

    /// The span of a line from 1, without its line end.
    pub fn line_span(&self, line: usize) -> Span {
        let full = self.lines.full_line(line);
        let text = self.text.get(full.range()).unwrap_or("");
        Span::new(full.start, full.start + text.trim_end_matches(['\n', '\r']).len())
    }
}

/// Where the lines of a text begin. A line ends with LF, CRLF or a lone CR, as in CommonMark and in editors.
#[derive(Debug, Clone)]
pub struct LineIndex {
    starts: Vec<usize>,
    len: usize,
}

/// In bytes: the lines of most pages are longer than this on average.
const SHORT_LINE: usize = 48;

/// In lines: over more of them a search is faster than counting.
const NEAR: usize = 8;

impl LineIndex {
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = Vec::with_capacity(bytes.len() / SHORT_LINE + 1);
        starts.push(0);
        if memchr::memchr(b'\r', bytes).is_none() {
            starts.extend(memchr::memchr_iter(b'\n', bytes).map(|at| at + 1));
        } else {
            let half_of_crlf = |at: usize| bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n');
            let ends = memchr::memchr2_iter(b'\n', b'\r', bytes).filter(|at| !half_of_crlf(*at));
            starts.extend(ends.map(|at| at + 1));
        }
        Self { starts, len: text.len() }
    }

    /// How many lines there are; a text that ends with a line end has an empty last one.
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// The byte at which a line from 1 begins; the end of the text for later lines.
    pub fn start(&self, line: usize) -> usize {
        self.starts.get(line.saturating_sub(1)).copied().unwrap_or(self.len)
    }

    /// The line from 1 on which the byte at `offset` stands.
    pub fn line_of(&self, offset: usize) -> usize {
        self.starts.partition_point(|&start| start <= offset)
    }

    /// As [`line_of`](Self::line_of), for offsets that mostly rise by little: counts on from the line of the last one.
    pub fn line_after(&self, last: usize, offset: usize) -> usize {
        let is_near = self.start(last) <= offset && self.starts.get(last + NEAR).is_none_or(|far| offset < *far);
        if !is_near {
            return self.line_of(offset);
        }
        let mut line = last;
        while self.starts.get(line).is_some_and(|next| *next <= offset) {
            line += 1;
        }
        line
    }

    /// The span of a line from 1 with its line end.
    fn full_line(&self, line: usize) -> Span {
        Span::new(self.start(line), self.start(line + 1))
    }
}

fn count(text: &str, encoding: Encoding) -> usize {
    if text.is_ascii() { text.len() } else { text.chars().map(|c| encoding.width(c)).sum() }
}

fn milestones(text: &str) -> Vec<Milestone> {
    let mut milestones = Vec::with_capacity(text.len() / MILE);
    let mut last = Milestone::default();
    while last.offset < text.len() {
        let offset = floor_char_boundary(text, last.offset + MILE);
        let mile = text.get(last.offset..offset).unwrap_or_default();
        let utf16 = last.utf16 + count(mile, Encoding::Utf16);
        last = Milestone { offset, utf16, utf32: last.utf32 + count(mile, Encoding::Utf32) };
        milestones.push(last);
    }
    milestones
}

/// An editor counts in 32 bits; a text that is longer is cut there.
fn saturated(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// The last character boundary at or before `offset`.
pub fn floor_char_boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(text: &str, offset: usize) -> (usize, usize) {
        let position = Source::new("x.md", text).position(offset);
        (position.line, position.column)
    }

    #[test]
    fn columns_count_scalar_values() {
        assert_eq!(place("aé好🦊b", "aé好🦊".len()), (1, 5));
        assert_eq!(place("x\né好b", "x\né好".len()), (2, 3));
    }

    #[test]
    fn every_line_end_ends_a_line() {
        assert_eq!(place("a\r\nb\rc\nd", 3), (2, 1));
        assert_eq!(place("a\r\nb\rc\nd", 5), (3, 1));
        assert_eq!(place("a\r\nb\rc\nd", 7), (4, 1));
        assert_eq!(Source::new("x", "a\r\nb").line(1), "a");
    }

    #[test]
    fn a_byte_order_mark_takes_bytes_but_no_column() {
        assert_eq!(place("\u{feff}ab", 4), (1, 2));
    }

    #[test]
    fn an_offset_inside_a_character_or_after_the_end_is_moved_back() {
        assert_eq!(place("é", 1), (1, 1));
        assert_eq!(place("ab", 99), (1, 3));
    }

    #[test]
    fn editors_count_columns_in_their_own_way() {
        let source = Source::new("x", "a\r\né好🦊b\r\n");
        let b = source.text().find('b').expect("it is there");
        for (encoding, column) in [(Encoding::Utf8, 9), (Encoding::Utf16, 4), (Encoding::Utf32, 3)] {
            let place = source.to_editor(b, encoding);
            assert_eq!(place, EditorPlace { line: 1, column });
            assert_eq!(source.from_editor(place, encoding), b);
        }
    }

    #[test]
    fn a_place_far_into_a_long_line_is_counted_right() {
        let source = Source::new("x", format!("é\n{}", "a🦊é".repeat(3_000)));
        for repeated in [0, 1, 500, 1_170, 2_999] {
            let offset = 3 + repeated * 7;
            let column = |encoding| source.to_editor(offset, encoding).column;
            let expected = u32::try_from(repeated).expect("it is small");
            assert_eq!(column(Encoding::Utf8), expected * 7);
            assert_eq!(column(Encoding::Utf16), expected * 4);
            assert_eq!(column(Encoding::Utf32), expected * 3);
            assert_eq!(source.position(offset).column, repeated * 3 + 1);
        }
    }

    #[test]
    fn a_place_that_the_text_does_not_have_is_moved_back() {
        let source = Source::new("x", "a\r\n🦊\r\n");
        let offset = |line, column| source.from_editor(EditorPlace { line, column }, Encoding::Utf16);
        assert_eq!(offset(0, 99), 1);
        assert_eq!(offset(1, 1), 3);
        assert_eq!(offset(1, 2), 7);
        assert_eq!(offset(99, 99), source.text().len());
        assert_eq!(offset(u32::MAX, u32::MAX), source.text().len());
        assert_eq!(source.to_editor(2, Encoding::Utf16), EditorPlace { line: 0, column: 1 });
        assert_eq!(source.to_editor(5, Encoding::Utf16), EditorPlace { line: 1, column: 0 });
    }

    #[test]
    fn lines_are_counted_on_from_any_line() {
        let lines = LineIndex::new("ab\r\nc\rd\n\ne\n\n\n\n\n\n\n\nf");
        for offset in 0..=20 {
            for last in 1..=13 {
                assert_eq!(lines.line_after(last, offset), lines.line_of(offset), "{offset} from {last}");
            }
        }
    }

    #[test]
    fn whole_lines_end_with_their_line_ends() {
        let source = Source::new("x", "ab\r\ncd\nef");
        assert_eq!(source.whole_lines(Span::new(1, 4)), Span::new(0, 4));
        assert_eq!(source.whole_lines(Span::new(1, 5)), Span::new(0, 7));
        assert_eq!(source.whole_lines(Span::at(8)), Span::new(7, 9));
    }

    #[test]
    fn a_line_is_parted_at_any_byte() {
        let source = Source::new("x", "ab \r\ncd\ref");
        let parts = |offset| (source.line_start(offset), source.rest_of_line(offset));
        assert_eq!([0, 1, 5, 6, 8, 10].map(parts), [(0, "ab"), (0, "b"), (5, "cd"), (5, "d"), (8, "ef"), (8, "")]);
    }

    #[test]
    fn empty_spans_touch_what_they_stand_in() {
        assert!(Span::at(3).touches(Span::new(3, 5)));
        assert!(!Span::new(1, 3).touches(Span::new(3, 5)));
    }
}
