//! The lines of a document that a finding speaks of, as miette draws them.
//!
//! miette's own source rescans the file for each label and shows lines whole. This one holds only the lines that are
//! shown, found in the line table and already cut to the terminal; the labels point into that.

use std::collections::BTreeMap;
use std::ops::Range;

use miette::{LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

use super::Style;
use super::crop::{Mark, columns_of, crop};
use super::terminal::{fold, printable};
use crate::source::{Position, Source, Span, floor_char_boundary};

/// Wider lines are tiring to read even where the terminal has room.
const WIDEST_LINE: usize = 90;

/// Lines that are at most this far apart are drawn in one frame, with the lines between them.
const SAME_FRAME: usize = 3;

/// The words under a mark are not made narrower than this, however far right it stands.
const NARROWEST_CAPTION: usize = 24;

/// What miette draws between the mark and its words: `╰── `.
const CAPTION_ARM: usize = 4;

/// A place in the document and the words to be said there.
pub(super) struct Place<'a> {
    pub span: Span,
    pub words: &'a str,
}

#[derive(Debug)]
pub(super) struct Excerpt {
    name: String,
    /// The lines that are shown, each with a line end.
    text: String,
    /// In the order of the document.
    rows: Vec<Row>,
    /// The first of the places is the primary one.
    labels: Vec<Shown>,
}

#[derive(Debug)]
struct Row {
    /// From 1, in the document.
    number: usize,
    /// In `text`, with the line end.
    range: Range<usize>,
}

#[derive(Debug)]
struct Shown {
    /// In `text`.
    range: Range<usize>,
    /// In the document.
    position: Position,
    words: String,
}

impl Shown {
    /// Its words and its place in the text are known once its line is cut.
    fn without_words(position: Position) -> Self {
        Self { range: 0..0, position, words: String::new() }
    }
}

impl Excerpt {
    /// Shows `places`, of which the first is the primary one.
    pub(super) fn new(source: &Source, places: &[Place<'_>], style: &Style) -> Self {
        let on_lines: Vec<(usize, Range<usize>)> =
            places.iter().map(|place| on_first_line(source, place.span)).collect();
        let lines = lines_of(&on_lines);
        let room = style.width.saturating_sub(gutter_width(&lines)).max(NARROWEST_CAPTION);
        let mut excerpt = Self {
            name: printable(source.path()).into_owned(),
            text: String::new(),
            rows: Vec::new(),
            labels: places.iter().map(|place| Shown::without_words(source.position(place.span.start))).collect(),
        };
        for (number, members) in lines {
            let mark = |&index: &usize| Mark { range: on_lines[index].1.clone(), reach: reach(places[index].words) };
            let marks: Vec<Mark> = members.iter().map(mark).collect();
            let cropped = crop(source.line(number), &marks, room.min(WIDEST_LINE), style.ellipsis());
            for (&index, mark) in members.iter().zip(&cropped.marks) {
                let label = &mut excerpt.labels[index];
                label.words = caption(places[index].words, &cropped.text, mark, room);
                label.range = excerpt.text.len() + mark.start..excerpt.text.len() + mark.end;
            }
            excerpt.push_row(number, &cropped.text);
        }
        excerpt
    }

    pub(super) fn labels(&self) -> impl Iterator<Item = LabeledSpan> + '_ {
        self.labels.iter().enumerate().map(|(index, Shown { range, words, .. })| {
            let words = (!words.is_empty()).then(|| words.clone());
            let span = SourceSpan::from((range.start, range.len()));
            if index == 0 {
                LabeledSpan::new_primary_with_span(words, span)
            } else {
                LabeledSpan::new_with_span(words, span)
            }
        })
    }

    fn push_row(&mut self, number: usize, line: &str) {
        let start = self.text.len();
        self.text.push_str(line);
        self.text.push('\n');
        self.rows.push(Row { number, range: start..self.text.len() });
    }

    /// The row on which a byte of the text stands.
    fn row_at(&self, offset: usize) -> usize {
        self.rows.partition_point(|row| row.range.end <= offset).min(self.rows.len().saturating_sub(1))
    }

    /// How many lines follow one another without a gap from `first` on.
    fn lines_without_gap(&self, first: usize) -> usize {
        let rows = &self.rows[first..];
        1 + rows.windows(2).take_while(|pair| pair[1].number == pair[0].number + 1).count()
    }
}

impl SourceCode for Excerpt {
    /// Whole lines, however much context is asked for. The count of lines reaches to the next gap: by it miette decides
    /// which labels share a frame.
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        _lines_before: usize,
        _lines_after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let (first, last) = (self.row_at(span.offset()), self.row_at(span.offset() + span.len()));
        let (Some(first_row), Some(last_row)) = (self.rows.get(first), self.rows.get(last)) else {
            return Err(MietteError::OutOfBounds);
        };
        let range = first_row.range.start..last_row.range.end;
        let label = self.labels.iter().find(|label| label.range.start == span.offset());
        let column = label.map_or(0, |label| label.position.column - 1);
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone(),
            self.text[range.clone()].as_bytes(),
            SourceSpan::from((range.start, range.len())),
            first_row.number - 1,
            column,
            self.lines_without_gap(first),
        )))
    }
}

/// The line from 1 on which a span begins, and the bytes of that line that it covers.
fn on_first_line(source: &Source, span: Span) -> (usize, Range<usize>) {
    let start = floor_char_boundary(source.text(), span.start);
    let end = floor_char_boundary(source.text(), span.end);
    let number = source.line_of(start);
    let line = source.line_span(number);
    let within = |offset: usize| offset.clamp(line.start, line.end) - line.start;
    (number, within(start)..within(end.max(start)))
}

/// The lines that are shown, each with the indices of the places on it.
fn lines_of(on_lines: &[(usize, Range<usize>)]) -> BTreeMap<usize, Vec<usize>> {
    let mut lines: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (index, (line, _)) in on_lines.iter().enumerate() {
        lines.entry(*line).or_default().push(index);
    }
    add_lines_between(&mut lines);
    lines
}

fn add_lines_between(lines: &mut BTreeMap<usize, Vec<usize>>) {
    let numbers: Vec<usize> = lines.keys().copied().collect();
    for pair in numbers.windows(2) {
        if pair[1] - pair[0] <= SAME_FRAME {
            lines.extend((pair[0] + 1..pair[1]).map(|between| (between, Vec::new())));
        }
    }
}

/// What miette draws before a line: ` 136 │ `.
fn gutter_width(lines: &BTreeMap<usize, Vec<usize>>) -> usize {
    lines.keys().next_back().map_or(0, |last| last.to_string().len()) + 4
}

/// The columns that the words about a mark want, from its middle on.
fn reach(words: &str) -> usize {
    if words.is_empty() { 1 } else { CAPTION_ARM + columns_of(words).min(NARROWEST_CAPTION) }
}

/// The words as lines that stay in the terminal: miette does not wrap them.
fn caption(words: &str, line: &str, mark: &Range<usize>, room: usize) -> String {
    let middle = columns_of(&line[..mark.start]) + columns_of(&line[mark.clone()]) / 2;
    let width = room.saturating_sub(middle + CAPTION_ARM).max(NARROWEST_CAPTION);
    fold(&printable(words), width, "", "")
}
