//! What a terminal may be sent, and its colours.

use std::borrow::Cow;

use owo_colors::{OwoColorize, Style as Paint};

use super::Style;
use crate::diagnostic::Severity;

/// The character as it may be shown. A document comes from anyone: its control characters could move the cursor or
/// recolour the log, and its direction marks could show other words than there are.
pub(crate) fn shown(character: char) -> char {
    match character {
        '\t' | '\n' | '\r' => ' ',
        '\u{7f}' => '\u{2421}',
        // The picture of each control character stands at the same place of its own block.
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(character)).unwrap_or('\u{fffd}'),
        '\u{80}'..='\u{9f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}' => '\u{fffd}',
        other => other,
    }
}

/// The text as one line that may be shown.
pub(crate) fn printable(text: &str) -> Cow<'_, str> {
    if is_plain(text) || text.chars().all(|character| shown(character) == character) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.chars().map(shown).collect())
    }
}

/// Whether every byte is a character of one column that is shown as it is. Nearly all lines are: taken character by
/// character they cost a third of a report.
pub(crate) fn is_plain(text: &str) -> bool {
    // No early end: so many bytes are looked at in one step.
    text.bytes().fold(true, |plain, byte| plain & matches!(byte, b' '..=b'~'))
}

/// The lines of a plain text, the first of at most `first` columns and the others of at most `rest`; nothing where a word
/// is wider, or the text is not plain. The lines are those of [`fold`], which takes ten times as long.
pub(crate) fn lines_of_plain(text: &str, first: usize, rest: usize) -> Option<Vec<&str>> {
    if text.is_empty() || text.starts_with(' ') || !is_plain(text) {
        return None;
    }
    if text.len() <= first.min(rest) {
        return Some(vec![text.trim_end_matches(' ')]);
    }
    let mut lines = Vec::new();
    let (mut line, mut end, mut at) = (0, 0, 0);
    for word in text.as_bytes().split(|byte| *byte == b' ') {
        let (word_start, word_end) = (at, at + word.len());
        at = word_end + 1;
        if word.len() > first.min(rest) {
            return None;
        }
        if word.is_empty() {
            continue;
        }
        if word_end - line > if lines.is_empty() { first } else { rest } {
            lines.push(&text[line..end]);
            line = word_start;
        }
        end = word_end;
    }
    lines.push(&text[line..end]);
    Some(lines)
}

/// Breaks `text` into lines of at most `width` columns, the first after `first` and the others after `rest`. Names with
/// hyphens and options stay whole.
pub(crate) fn fold(text: &str, width: usize, first: &str, rest: &str) -> String {
    let room = |indent: &str| width.saturating_sub(indent.len());
    if is_plain(first)
        && is_plain(rest)
        && let Some(lines) = lines_of_plain(text, room(first), room(rest))
    {
        return format!("{first}{}", lines.join(&format!("\n{rest}")));
    }
    let options = textwrap::Options::new(width)
        .initial_indent(first)
        .subsequent_indent(rest)
        .word_separator(textwrap::WordSeparator::AsciiSpace)
        .word_splitter(textwrap::WordSplitter::NoHyphenation);
    textwrap::fill(text, options)
}

/// How people say a severity: "info" is a word of configurations.
pub(crate) fn severity_word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// `1 file`, `2 files`.
pub(crate) fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

impl Style {
    pub(crate) fn paint(&self, text: &str, paint: Paint) -> String {
        if self.color { text.style(paint).to_string() } else { text.to_owned() }
    }

    pub(crate) fn bold(&self, text: &str) -> String {
        self.paint(text, Paint::new().bold())
    }

    pub(crate) fn dimmed(&self, text: &str) -> String {
        self.paint(text, Paint::new().dimmed())
    }

    /// `text` in the colour of a severity.
    pub(crate) fn severity(&self, severity: Severity, text: &str) -> String {
        let paint = match severity {
            Severity::Error => Paint::new().red(),
            Severity::Warning => Paint::new().yellow(),
            Severity::Info => Paint::new().cyan(),
        };
        self.paint(text, paint.bold())
    }

    /// `text` as a link to `url`, where the terminal makes links.
    pub(crate) fn link(&self, text: &str, url: Option<&str>) -> String {
        match url {
            Some(url) if self.hyperlinks => format!("\u{1b}]8;;{}\u{1b}\\{text}\u{1b}]8;;\u{1b}\\", printable(url)),
            _ => text.to_owned(),
        }
    }

    pub(crate) fn ellipsis(&self) -> &'static str {
        if self.ascii { "..." } else { "…" }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn plain_text_is_broken_as_all_text(words in "[a-f ]{0,120}", width in 0usize..40, indent in 0usize..6) {
            let (first, rest) = (" ".repeat(indent), " ".repeat(indent * 2));
            // A no-break space is not plain, and as wide as a letter.
            let slow = fold(&words.replace('f', "\u{a0}"), width, &first, &rest).replace('\u{a0}', "f");
            prop_assert_eq!(fold(&words, width, &first, &rest), slow);
        }
    }

    #[test]
    fn a_document_cannot_speak_to_the_terminal() {
        assert_eq!(printable("a\u{1b}[31mb\r\nc\u{202e}d"), "a␛[31mb  c\u{fffd}d");
        assert_eq!(printable("é 好 🦊"), "é 好 🦊");
    }
}
