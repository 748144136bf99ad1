//! Text for people to read: words as a message shows them, and corrections in the case of what was written.

/// `right` in the case of the written word: `Teh` gives a capital, `TEH` all of them.
pub fn match_case(written: &str, right: &str) -> String {
    let mut letters = written.chars();
    let is_capital = |c: Option<char>| c.is_some_and(char::is_uppercase);
    match (is_capital(letters.next()), is_capital(letters.next())) {
        (true, true) => right.to_uppercase(),
        (true, false) => capitalise(right),
        _ => right.to_owned(),
    }
}

/// The same word by word, where there are as many of them.
pub fn match_cases(written: &str, right: &str) -> String {
    if written.split(' ').count() != right.split(' ').count() {
        return match_case(written, right);
    }
    let words = written.split(' ').zip(right.split(' ')).map(|(written, right)| match_case(written, right));
    words.collect::<Vec<_>>().join(" ")
}

/// With a capital at the start.
pub fn capitalise(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |initial| initial.to_uppercase().chain(letters).collect())
}

/// Of "a or b", each by itself: "`a` or `b`".
pub fn alternatives(text: &str) -> String {
    listed(&text.split(" or ").map(str::to_owned).collect::<Vec<_>>())
}

/// "`a`", "`a` or `b`", "`a`, `b` or `c`".
pub fn listed(words: &[String]) -> String {
    let mut list = String::new();
    for (index, word) in words.iter().enumerate() {
        let last = index + 1 == words.len();
        list += if index == 0 {
            ""
        } else if last {
            " or "
        } else {
            ", "
        };
        list += &format!("`{word}`");
    }
    list
}

/// The first words of a text, at most `limit` characters of them, with an ellipsis where something is left out.
pub fn opening(text: &str, limit: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(limit) else { return text.to_owned() };
    let whole_words = text[..end].rfind(' ').unwrap_or(end);
    format!("{}…", text[..whole_words].trim_end_matches(|c: char| !c.is_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_correction_has_the_case_of_the_word() {
        assert_eq!(match_case("teh", "the"), "the");
        assert_eq!(match_case("Teh", "the"), "The");
        assert_eq!(match_case("TEH", "the"), "THE");
        assert_eq!(match_case("T", "the"), "The");
    }

    #[test]
    fn an_opening_is_cut_between_words() {
        assert_eq!(opening("Plan the berths", 15), "Plan the berths");
        assert_eq!(opening("Plan, the berths", 12), "Plan, the…");
        assert_eq!(opening("ééééé", 3), "ééé…");
    }
}
