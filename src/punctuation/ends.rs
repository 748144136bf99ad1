//! How a sentence or a bullet ends.

use crate::facts::Abbreviations;

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
    /// Looks at a text, whatever blanks stand after it.
    pub fn of(text: &str, abbreviations: &Abbreviations) -> Self {
        let text = text.trim_end().trim_end_matches(CLOSING);
        match text.chars().next_back() {
            Some('.') if text.ends_with("...") => Self::Other,
            Some('.') if abbreviations.end(text.trim_end_matches('.')) => Self::Other,
            Some('.') => Self::Stopped(text.len() - 1),
            Some(last) if last.is_alphanumeric() => Self::Open,
            _ => Self::Other,
        }
    }
}

const CLOSING: [char; 6] = [')', ']', '"', '\u{201d}', '\'', '\u{2019}'];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Facts;

    #[test]
    fn the_stop_of_an_abbreviation_tells_nothing() {
        let facts = Facts::embedded();
        let end = |text: &str| End::of(text, &facts.terms.rows().abbreviations);
        for (stopped, at) in [("Plan it.", 7), ("Plan it (now.) ", 12), ("Plan (now).", 10), ("Add 5%.", 6)] {
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
