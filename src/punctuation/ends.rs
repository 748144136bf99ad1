//! How a sentence or a bullet ends.

use super::trailing_word;

/// With what a text ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// A full stop, at this byte of the text.
    Stopped(usize),
    /// A word, or the bracket or quotation mark after one.
    Open,
    /// Anything else, such as a colon, and the stop of an abbreviation, which may be that of the sentence as well.
    Other,
}

impl End {
    /// Looks at a text, whatever blanks stand after it; the abbreviations are in small letters.
    pub fn of(text: &str, abbreviations: &[String]) -> Self {
        let text = text.trim_end().trim_end_matches(CLOSING);
        match text.chars().next_back() {
            Some('.') if text.ends_with("...") => Self::Other,
            Some('.') if is_abbreviation(text.trim_end_matches('.'), abbreviations) => Self::Other,
            Some('.') => Self::Stopped(text.len() - 1),
            Some(last) if last.is_alphanumeric() => Self::Open,
            _ => Self::Other,
        }
    }
}

const CLOSING: [char; 6] = [')', ']', '"', '\u{201d}', '\'', '\u{2019}'];

/// "etc", "e.g", "J": what has a full stop of its own.
fn is_abbreviation(before: &str, abbreviations: &[String]) -> bool {
    let word = trailing_word(before);
    let is_initial = word.chars().count() < 2;
    let follows_stop = before[..before.len() - word.len()].ends_with('.');
    is_initial || follows_stop || abbreviations.iter().any(|known| known.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stop_of_an_abbreviation_tells_nothing() {
        let end = |text: &str| End::of(text, &["etc".to_owned()]);
        for (stopped, at) in [("Plan it.", 7), ("Plan it (now.) ", 12)] {
            assert_eq!(end(stopped), End::Stopped(at), "{stopped}");
        }
        for open in ["Plan it", "Plan it (twice)", "Read \u{201c}the plan\u{201d}\n"] {
            assert_eq!(end(open), End::Open, "{open}");
        }
        for other in [
            "Plans, etc.",
            "Plans (charts, etc.)",
            "in the U.S.",
            "Plan B.",
            "Plan:",
            "Plans,",
            "Plan it...",
            "50%",
            "Why?",
            "",
        ] {
            assert_eq!(end(other), End::Other, "{other}");
        }
    }
}
