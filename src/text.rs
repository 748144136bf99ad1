//! Folding of text, so that two writings of the same words compare equal.

/// Lower case, straight quotes, plain blanks, runs of white space as one blank, none at the ends.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        let c = fold_char(c);
        if c.is_whitespace() {
            if !folded.is_empty() && !folded.ends_with(' ') {
                folded.push(' ');
            }
        } else if c.is_ascii() {
            folded.push(c.to_ascii_lowercase());
        } else {
            folded.extend(c.to_lowercase());
        }
    }
    if folded.ends_with(' ') {
        folded.pop();
    }
    folded
}

/// The plain form of a typographic character: quotes, no-break spaces, hyphens.
pub fn fold_char(c: char) -> char {
    match c {
        '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2032}' => '\'',
        '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{2033}' => '"',
        '\u{2010}' | '\u{2011}' => '-',
        '\u{a0}' | '\u{202f}' | '\u{2007}' => ' ',
        _ => c,
    }
}

/// The words of a folded text: runs of letters and digits, with `'`, `-`, `&`, `+` and `.` inside them.
pub fn words(folded: &str) -> impl Iterator<Item = &str> {
    folded
        .split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '-' | '&' | '+' | '.' | '_')))
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric() && c != '&'))
        .filter(|word| !word.is_empty())
}

/// Whether `text` ends with `tail` as whole words.
pub fn ends_with_word(text: &str, tail: &str) -> bool {
    text.strip_suffix(tail).is_some_and(|before| before.chars().next_back().is_none_or(|c| !c.is_alphanumeric()))
}

/// The first words of a text, at most `limit` characters of them, with an ellipsis where something is left out.
pub fn opening(text: &str, limit: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(limit) else { return text.to_owned() };
    let whole_words = text[..end].rfind(' ').unwrap_or(end);
    format!("{}…", text[..whole_words].trim_end_matches(|c: char| !c.is_alphanumeric()))
}

/// The folded beginning of a text, enough to tell it from others.
pub fn folded_opening(text: &str) -> String {
    let end = text.char_indices().nth(60).map_or(text.len(), |(end, _)| end);
    fold(&text[..end])
}

/// Where `folded`, a text in lower case, stands in `text`, whatever the case there.
pub fn find_folded(text: &str, folded: &str) -> Option<usize> {
    text.char_indices().map(|(at, _)| at).find(|&at| {
        text.get(at..at + folded.len()).is_some_and(|part| part.eq_ignore_ascii_case(folded) || fold(part) == folded)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typography_and_white_space_fold_away() {
        assert_eq!(fold("  Job\u{a0}Grade\u{a0} "), "job grade");
        assert_eq!(fold("GitLab\u{2019}s  Été"), "gitlab's été");
    }

    #[test]
    fn an_opening_is_cut_between_words() {
        assert_eq!(opening("Plan the berths", 15), "Plan the berths");
        assert_eq!(opening("Plan, the berths", 12), "Plan, the…");
        assert_eq!(opening("ééééé", 3), "ééé…");
        assert_eq!(folded_opening("Plan The"), "plan the");
    }

    #[test]
    fn words_keep_what_belongs_inside() {
        let found: Vec<&str> = words("c-level, r&d (ci/cd) at gitlab.com.").collect();
        assert_eq!(found, ["c-level", "r&d", "ci", "cd", "at", "gitlab.com"]);
    }
}
