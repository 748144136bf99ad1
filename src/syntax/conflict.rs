//! Finds what a merge that nobody finished left in a page.

use std::borrow::Cow;

use crate::source::{Source, Span};

/// With what git begins the lines of its marks: before the one text, before what both come from, between the two, and after
/// the other. Markdown has uses for some of them by themselves, so only all in their order are a conflict.
const OPEN: &str = "<<<<<<<";
const BASE: &str = "|||||||";
const MIDDLE: &str = "=======";
const CLOSE: &str = ">>>>>>>";

/// What git leaves in a page where it could not merge two texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The lines of its marks, three or four; the versions stand between them.
    pub(super) marks: Vec<Span>,
}

/// One of the texts of a [`Conflict`].
#[derive(Debug, Clone, Copy)]
pub struct Version<'s> {
    /// The branch or commit that git says it is from.
    pub name: &'s str,
    pub span: Span,
}

impl Conflict {
    /// The line with which it begins.
    pub fn first_mark(&self) -> Span {
        self.marks[0]
    }

    /// Its texts: two, or three if git was told to show what both come from.
    pub fn versions<'s>(&self, source: &'s Source) -> impl Iterator<Item = Version<'s>> {
        let name = |mark: Span| source.slice(mark).get(OPEN.len()..).unwrap_or_default().trim();
        self.marks.windows(2).enumerate().map(move |(index, pair)| Version {
            // The last is named below it, the others above.
            name: name(pair[usize::from(index + 2 == self.marks.len())]),
            span: Span::new(pair[0].end, pair[1].start),
        })
    }
}

/// The conflicts of a page, in code and front matter, too.
pub(super) fn find(source: &Source) -> Vec<Conflict> {
    let mut conflicts = Vec::new();
    let Some(first) = memchr::memmem::find(source.text().as_bytes(), OPEN.as_bytes()) else { return conflicts };
    let mut marks = Vec::new();
    let mut has_middle = false;
    for line in source.line_of(first)..=source.lines().count() {
        let text = source.line(line).trim_start_matches('\u{feff}');
        let end = source.line_span(line).end;
        let span = Span::new(end - text.len(), end);
        let begins = |sign: &str| text.strip_prefix(sign).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
        if begins(OPEN) {
            marks = vec![span];
            has_middle = false;
        } else if marks.len() == 1 && begins(BASE) {
            marks.push(span);
        } else if !marks.is_empty() && !has_middle && text.trim_end() == MIDDLE {
            marks.push(span);
            has_middle = true;
        } else if begins(CLOSE) {
            let mut marks = std::mem::take(&mut marks);
            marks.push(span);
            conflicts.extend(std::mem::take(&mut has_middle).then_some(Conflict { marks }));
        }
    }
    conflicts
}

/// The text with blanks in place of the marks: Markdown makes headings and quotes of them.
pub(super) fn mask<'t>(text: Cow<'t, str>, from: usize, conflicts: &[Conflict]) -> Cow<'t, str> {
    if conflicts.is_empty() {
        return text;
    }
    let mut masked = String::with_capacity(text.len());
    let marks = conflicts.iter().flat_map(|conflict| &conflict.marks).filter(|mark| mark.start >= from);
    for mark in marks {
        masked.push_str(&text[masked.len()..mark.start]);
        masked.extend(std::iter::repeat_n(' ', mark.end - mark.start));
    }
    masked.push_str(&text[masked.len()..]);
    Cow::Owned(masked)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The marks of each conflict.
    fn found(text: &str) -> Vec<Vec<String>> {
        let source = Source::new("x.md", text);
        let marks = |conflict: Conflict| conflict.marks.iter().map(|mark| source.slice(*mark).to_owned()).collect();
        find(&source).into_iter().map(marks).collect()
    }

    #[test]
    fn a_conflict_has_all_of_its_marks_in_their_order() {
        assert_eq!(
            found("\u{feff}<<<<<<< HEAD\r\na\r\n=======\r\nb\r\n>>>>>>> x y\r\n"),
            [["<<<<<<< HEAD", "=======", ">>>>>>> x y"]]
        );
        assert_eq!(
            found("<<<<<<<\n||||||| 1a2b\n=======\n=======\n>>>>>>>"),
            [["<<<<<<<", "||||||| 1a2b", "=======", ">>>>>>>"]]
        );
        assert_eq!(found("<<<<<<< lost\n<<<<<<< a\n=======\n>>>>>>> b\n>>>>>>> b\n").len(), 1);
        for none in [
            "<<<<<<< HEAD\na\n>>>>>>> b\n",
            "<<<<<<< HEAD\na\n=======\nb\n",
            "Tax\n=======\n>>>>>>> b\n",
            "<<<<<<< HEAD\n=======\n>>>>>>>>> b\n",
            "<<<<<<< HEAD\n========\n>>>>>>> b\n",
            " <<<<<<< HEAD\n=======\n>>>>>>> b\n",
            "<<<<<<<HEAD\n=======\n>>>>>>> b\n",
        ] {
            assert_eq!(found(none), [[""; 0]; 0], "{none}");
        }
    }
}
