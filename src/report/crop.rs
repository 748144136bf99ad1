//! A line of a document cut to the width of a terminal. A bullet of 400 characters is shown with the words round
//! what is marked. Only that neighbourhood is looked at, so that a document of one endless line costs no more.

use std::ops::Range;
use std::slice;

use unicode_width::UnicodeWidthChar;

use super::terminal::{is_plain, shown};

/// A tab is shown as this many blanks wherever it stands: what is before it may be cut away.
const TAB: &str = "    ";

/// A cut moves at most this many columns to fall between words.
const LONGEST_CUT_WORD: usize = 14;

/// What is to be seen of a line.
pub(super) struct Mark {
    /// Bytes of the line, on character boundaries.
    pub range: Range<usize>,
    /// The columns that the words about it take, from its middle to the right.
    pub reach: usize,
}

/// A line as it is shown.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Cropped {
    pub text: String,
    /// For each mark, the bytes of `text` that show it.
    pub marks: Vec<Range<usize>>,
}

/// Cuts `line` to about `columns`, with the beginning of each mark in view and `ellipsis` for what is cut.
pub(super) fn crop(line: &str, marks: &[Mark], columns: usize, ellipsis: &str) -> Cropped {
    if fits(line, marks, columns) {
        return draw(line, marks, slice::from_ref(&(0..line.len())), ellipsis);
    }
    let beginning = Mark { range: 0..0, reach: 0 };
    let seen = if marks.is_empty() { slice::from_ref(&beginning) } else { marks };
    draw(line, marks, &windows(line, seen, columns, ellipsis), ellipsis)
}

/// The columns that a string takes once it is shown.
pub(super) fn columns_of(text: &str) -> usize {
    if is_plain(text) { text.len() } else { text.chars().map(columns_of_char).sum() }
}

/// At least one, so that no number of invisible characters makes a line endless.
fn cost(character: char) -> usize {
    columns_of_char(character).max(1)
}

fn columns_of_char(character: char) -> usize {
    match character {
        '\t' => TAB.len(),
        '\u{feff}' => 0,
        other => shown(other).width().unwrap_or(0),
    }
}

fn fits(line: &str, marks: &[Mark], columns: usize) -> bool {
    if forward(line, 0, columns) < line.len() {
        return false;
    }
    marks.iter().all(|mark| {
        let middle = columns_of(&line[..mark.range.start]) + columns_of(&line[mark.range.clone()]) / 2;
        middle + mark.reach <= columns
    })
}

/// The parts of the line that are kept, in order and apart: at least one mark is given.
fn windows(line: &str, marks: &[Mark], columns: usize, ellipsis: &str) -> Vec<Range<usize>> {
    let share = (columns / marks.len()).saturating_sub(2 * columns_of(ellipsis)).max(1);
    let mut windows: Vec<Range<usize>> = marks.iter().map(|mark| window(line, mark, share)).collect();
    windows.sort_by_key(|window| window.start);

    let mut apart: Vec<Range<usize>> = Vec::with_capacity(windows.len());
    for window in windows {
        match apart.last_mut() {
            Some(last) if window.start <= last.end + ellipsis.len() => last.end = last.end.max(window.end),
            _ => apart.push(window),
        }
    }
    apart
}

/// The surroundings of one mark, of at most `columns`.
fn window(line: &str, mark: &Mark, columns: usize) -> Range<usize> {
    let Range { start, end } = mark.range;
    let seen_end = forward(line, start, columns).min(end);
    let seen = columns_of(&line[start..seen_end]);
    let spare = columns - seen.min(columns);
    // The words under the mark shall not leave the terminal, so the more they are the further left it stands.
    let most_before = columns.saturating_sub(mark.reach + seen / 2).min(spare);

    let balanced = columns_of(&line[backward(line, start, most_before.min(spare / 2))..start]);
    let right = forward(line, seen_end, spare - balanced);
    let left_over = spare - columns_of(&line[seen_end..right]).min(spare);
    let left = backward(line, start, left_over.min(most_before));
    // A mark that is itself cut is cut between words too.
    let must_be_seen = if seen_end < end { start } else { seen_end };
    after_cut_word(line, left, start)..before_cut_word(line, must_be_seen, right)
}

/// The furthest character boundary from `start` that is at most `columns` to the right.
fn forward(line: &str, start: usize, columns: usize) -> usize {
    if let Some(plain) = line.get(start..line.len().min(start + columns)).filter(|text| is_plain(text)) {
        return start + plain.len();
    }
    let mut used = 0;
    for (at, character) in line[start..].char_indices() {
        used += cost(character);
        if used > columns {
            return start + at;
        }
    }
    line.len()
}

/// The furthest character boundary from `end` that is at most `columns` to the left.
fn backward(line: &str, end: usize, columns: usize) -> usize {
    if let Some(plain) = line.get(end.saturating_sub(columns)..end).filter(|text| is_plain(text)) {
        return end - plain.len();
    }
    let mut used = 0;
    for (at, character) in line[..end].char_indices().rev() {
        used += cost(character);
        if used > columns {
            return at + character.len_utf8();
        }
    }
    0
}

/// Moves a left edge that cuts a word behind that word.
fn after_cut_word(line: &str, left: usize, limit: usize) -> usize {
    let cuts_word = line[..left].chars().next_back().is_some_and(|before| !before.is_whitespace());
    let blank = line[left..limit].char_indices().find(|(_, character)| character.is_whitespace());
    match blank {
        Some((at, blank)) if cuts_word && at <= LONGEST_CUT_WORD => left + at + blank.len_utf8(),
        _ => left,
    }
}

/// Moves a right edge that cuts a word before that word.
fn before_cut_word(line: &str, limit: usize, right: usize) -> usize {
    let cuts_word = line[right..].chars().next().is_some_and(|after| !after.is_whitespace());
    let blank = line[limit..right].char_indices().rev().find(|(_, character)| character.is_whitespace());
    match blank {
        Some((at, _)) if cuts_word && right - (limit + at) <= LONGEST_CUT_WORD => limit + at,
        _ => right,
    }
}

/// A part of the line that is kept, as it is drawn.
struct Drawn {
    window: Range<usize>,
    /// Where it begins in the text.
    start: usize,
    end: usize,
    /// For each character its bytes in the line and in the text; nothing for plain text, which is drawn as it is.
    characters: Option<Vec<(usize, usize)>>,
}

impl Drawn {
    fn new(line: &str, window: &Range<usize>, text: &mut String) -> Self {
        let (start, part) = (text.len(), &line[window.clone()]);
        let characters = if is_plain(part) {
            text.push_str(part);
            None
        } else {
            Some(
                part.char_indices()
                    .map(|(at, character)| (window.start + at, draw_character(character, text)))
                    .collect(),
            )
        };
        Self { window: window.clone(), start, end: text.len(), characters }
    }

    /// Where a byte of the line is drawn, or what comes after it.
    fn place(&self, byte: usize) -> usize {
        match &self.characters {
            None => self.start + byte.saturating_sub(self.window.start),
            Some(characters) => {
                let after = characters.partition_point(|&(from, _)| from < byte);
                characters.get(after).map_or(self.end, |&(_, to)| to)
            }
        }
    }
}

/// Gives where the character begins.
fn draw_character(character: char, text: &mut String) -> usize {
    let start = text.len();
    match character {
        '\t' => text.push_str(TAB),
        '\u{feff}' => {}
        other => text.push(shown(other)),
    }
    start
}

fn draw(line: &str, marks: &[Mark], windows: &[Range<usize>], ellipsis: &str) -> Cropped {
    let mut text = String::new();
    let mut drawn: Vec<Drawn> = Vec::with_capacity(windows.len());
    for window in windows {
        if window.start > drawn.last().map_or(0, |last| last.window.end) {
            text.push_str(ellipsis);
        }
        drawn.push(Drawn::new(line, window, &mut text));
    }
    let end = text.len();
    if drawn.last().map_or(0, |last| last.window.end) < line.len() {
        text.push_str(ellipsis);
    }
    let place = |byte: usize| drawn.iter().find(|part| byte <= part.window.end).map_or(end, |part| part.place(byte));
    let marks = marks.iter().map(|mark| place(mark.range.start)..place(mark.range.end)).collect();
    Cropped { text, marks }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The cropped line, with the marked words in brackets.
    fn cropped(line: &str, words: &[&str], columns: usize) -> String {
        let marks: Vec<Mark> = words
            .iter()
            .map(|word| {
                let at = line.find(word).unwrap();
                Mark { range: at..at + word.len(), reach: 4 }
            })
            .collect();
        let Cropped { mut text, mut marks } = crop(line, &marks, columns, "…");
        marks.sort_by_key(|mark| mark.start);
        for mark in marks.iter().rev() {
            text.insert(mark.end, ']');
            text.insert(mark.start, '[');
        }
        text
    }

    const LONG: &str = "* Partner with the leaders of every region to recieve, sort and answer what customers ask of us, and \
                        report to the management every week what was learned from it";

    #[test]
    fn a_short_line_stays_whole() {
        assert_eq!(cropped("* Ability to use Gitlab", &["Gitlab"], 40), "* Ability to use [Gitlab]");
    }

    #[test]
    fn a_long_line_is_cut_between_words_on_both_sides() {
        assert_eq!(cropped(LONG, &["recieve"], 40), "…region to [recieve], sort and…");
        assert_eq!(cropped(LONG, &["Partner"], 40), "* [Partner] with the leaders of every…");
        assert_eq!(cropped(LONG, &["from it"], 40), "…every week what was learned [from it]");
    }

    #[test]
    fn two_marks_far_apart_leave_a_gap() {
        assert_eq!(
            cropped(LONG, &["Partner", "learned"], 60),
            "* [Partner] with the leaders…what was [learned] from it"
        );
    }

    #[test]
    fn a_mark_wider_than_the_terminal_shows_its_beginning() {
        assert_eq!(
            cropped(LONG, &["every region to recieve, sort and answer what"], 30),
            "…[every region to recieve,]…"
        );
    }

    #[test]
    fn wide_characters_take_two_columns() {
        let line = "好".repeat(30) + "誤" + &"好".repeat(30);
        let text = cropped(&line, &["誤"], 20);
        assert_eq!(text, "…好好好好[誤]好好好好…");
    }

    #[test]
    fn tabs_and_controls_become_blanks_and_pictures() {
        assert_eq!(cropped("\u{feff}a\tb\u{1b}c", &["b"], 20), "a    [b]␛c");
    }

    #[test]
    fn a_mark_stands_further_left_when_its_words_need_room() {
        let at = LONG.find("answer").unwrap();
        let cropped = crop(LONG, &[Mark { range: at..at + 6, reach: 30 }], 40, "…");
        assert!(columns_of(&cropped.text[..cropped.marks[0].start]) <= 9, "{cropped:?}");
    }

    #[test]
    fn an_empty_mark_at_the_end_stands_after_the_last_word() {
        let mark = Mark { range: LONG.len()..LONG.len(), reach: 4 };
        let cropped = crop(LONG, &[mark], 30, "…");
        assert_eq!(cropped.marks[0], cropped.text.len()..cropped.text.len());
    }

    /// What a piece of a line looks like on its own.
    fn drawn(piece: &str) -> String {
        draw(piece, &[], slice::from_ref(&(0..piece.len())), "").text
    }

    proptest! {
        #[test]
        fn the_beginning_of_what_is_marked_is_in_view(
            before in "\\PC{0,200}",
            marked in "(\\PC|\t){0,80}",
            after in "\\PC{0,200}",
            columns in 3usize..150,
            reach in 0usize..80,
        ) {
            let line = format!("{before}{marked}{after}");
            let range = before.len()..before.len() + marked.len();
            let cropped = crop(&line, &[Mark { range, reach }], columns, "…");
            let shown = &cropped.text[cropped.marks[0].clone()];
            prop_assert!(drawn(&marked).starts_with(shown), "{:?} of {:?}", shown, marked);
            prop_assert!(columns_of(&cropped.text) <= columns, "{:?}", cropped);
        }
    }
}
