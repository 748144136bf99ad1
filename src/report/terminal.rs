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
    if text.chars().all(|character| shown(character) == character) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.chars().map(shown).collect())
    }
}

/// Breaks `text` into lines of at most `width` columns, the first after `first` and the others after `rest`. Names with
/// hyphens and options stay whole.
pub(crate) fn fold(text: &str, width: usize, first: &str, rest: &str) -> String {
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
    use super::*;

    #[test]
    fn a_document_cannot_speak_to_the_terminal() {
        assert_eq!(printable("a\u{1b}[31mb\r\nc\u{202e}d"), "a␛[31mb  c\u{fffd}d");
        assert_eq!(printable("é 好 🦊"), "é 好 🦊");
    }
}
