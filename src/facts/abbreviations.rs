//! Shortenings that end in a full stop of their own.

use serde::Deserialize;

/// The shortenings, in lower case and without their last full stop.
#[derive(Debug, Clone, Deserialize)]
#[serde(transparent)]
pub struct Abbreviations(Vec<String>);

impl Abbreviations {
    /// Whether a full stop behind a text may be that of its last word, and tells nothing of a sentence.
    pub fn end(&self, text: &str) -> bool {
        let before = text.trim_end_matches(char::is_alphanumeric);
        let word = &text[before.len()..];
        before.ends_with('.') || is_initial(before, word) || self.0.iter().any(|known| known.eq_ignore_ascii_case(word))
    }
}

/// "Plan B", "J", but neither "R&D" nor "grade 8".
fn is_initial(before: &str, word: &str) -> bool {
    let mut letters = word.chars();
    let is_letter = letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none();
    is_letter
        && before.chars().next_back().is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '"' | '\u{201c}'))
}

#[cfg(test)]
mod tests {
    use crate::facts::Facts;

    #[test]
    fn a_full_stop_is_that_of_an_abbreviation_or_of_a_sentence() {
        let facts = Facts::embedded();
        let end = |text: &str| facts.terms.rows().abbreviations.end(text);
        for abbreviation in [
            "etc",
            "charts, Etc",
            "(plans etc",
            "e.g",
            "for i.e",
            "in the U.S",
            "Ph.D",
            "J",
            "Plan B",
            "Tax (J",
            "the Sr",
            "Plans..",
        ] {
            assert!(end(abbreviation), "{abbreviation}");
        }
        for word in [
            "",
            "plan",
            "Plan it (now)",
            "(charts, etc)",
            "\u{201c}plan\u{201d}",
            "50%",
            "grade 8",
            "2021",
            "R&D",
            "A/B",
            "vitamin-C",
            "noetc",
        ] {
            assert!(!end(word), "{word}");
        }
    }
}
