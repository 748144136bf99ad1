//! Folding of text, so that two writings of the same words compare equal.

/// Lower case, straight quotes, plain blanks, runs of white space as one blank, none at the ends.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    if text.is_ascii() {
        text.bytes().for_each(|byte| push_folded(&mut folded, char::from(byte.to_ascii_lowercase())));
    } else {
        text.chars().map(fold_char).flat_map(char::to_lowercase).for_each(|c| push_folded(&mut folded, c));
    }
    if folded.ends_with(' ') {
        folded.pop();
    }
    folded
}

fn push_folded(folded: &mut String, c: char) {
    if !c.is_whitespace() {
        folded.push(c);
    } else if !folded.is_empty() && !folded.ends_with(' ') {
        folded.push(' ');
    }
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
    let parts_words = |c: char| match c {
        'a'..='z' => false,
        ' ' => true,
        _ => !(c.is_alphanumeric() || matches!(c, '\'' | '-' | '&' | '+' | '.' | '_')),
    };
    folded
        .split(parts_words)
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric() && c != '&'))
        .filter(|word| !word.is_empty())
}

/// The words of a name and nothing else, for the keys of findings: a heading that loses its colon names the same.
pub fn key(name: &str) -> String {
    words(&fold(name)).collect::<Vec<_>>().join(" ")
}

/// Whether `text` ends with `tail` as whole words.
pub fn ends_with_word(text: &str, tail: &str) -> bool {
    text.strip_suffix(tail).is_some_and(|before| before.chars().next_back().is_none_or(|c| !c.is_alphanumeric()))
}

/// The letters and digits at the end of a text.
pub fn last_word(text: &str) -> &str {
    let end = text.trim_end_matches(|c: char| !c.is_alphanumeric());
    let start = end
        .rfind(|c: char| !c.is_alphanumeric())
        .map_or(0, |at| at + end[at..].chars().next().map_or(1, char::len_utf8));
    &end[start..]
}

/// The letters and digits at the start of a text.
pub fn first_word(text: &str) -> &str {
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    &text[..text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len())]
}

/// A word without its possessive and its plural ending: good for comparing, not for showing.
pub fn stem(word: &str) -> &str {
    let word = word.strip_suffix("'s").unwrap_or(word);
    match word.strip_suffix('s') {
        Some(stem) if stem.len() > 2 && !stem.ends_with(['s', 'u', 'i']) => stem,
        _ => word,
    }
}

/// Whether a text has an ASCII word in it, whatever the case.
pub fn contains_ignoring_case(text: &str, word: &str) -> bool {
    find_ignoring_case(text.as_bytes(), word).is_some()
}

/// Where an ASCII word stands in a text, whatever the case.
pub fn find_ignoring_case(text: &[u8], word: &str) -> Option<usize> {
    let Some(first) = word.bytes().next() else { return Some(0) };
    memchr::memchr2_iter(first.to_ascii_lowercase(), first.to_ascii_uppercase(), text)
        .find(|&at| text.get(at..at + word.len()).is_some_and(|part| part.eq_ignore_ascii_case(word.as_bytes())))
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

/// How many letters of a word are wrong, missing, too many or swapped against another, if no more than `most`.
pub fn slips(one: &str, other: &str, most: usize) -> Option<usize> {
    let (letters, others) = (letters_of(one), letters_of(other));
    // A slip brings in or takes out one kind of letter at most, which tells nearly all pairs apart for 100 instructions;
    // the distance itself takes 4,000.
    let apart = (letters & !others).count_ones().max((others & !letters).count_ones()) as usize;
    if apart > most {
        return None;
    }
    Some(strsim::damerau_levenshtein(one, other)).filter(|slips| *slips <= most)
}

/// A bit for each kind of letter.
fn letters_of(word: &str) -> u64 {
    word.chars().fold(0, |letters, c| letters | 1 << (u32::from(c) % 64))
}

/// With a capital at the start.
pub fn capitalise(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |initial| initial.to_uppercase().chain(letters).collect())
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

/// The hash of no word.
pub const HASH_START: u64 = 0xcbf2_9ce4_8422_2325;

/// A step of FNV-1a: a word is short, and its letters are at hand while it is read.
pub fn hash_byte(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
}

/// The hash of a folded word: equal words have equal hashes, and different ones nearly never.
pub fn hash_of(folded: &str) -> u64 {
    folded.bytes().fold(HASH_START, hash_byte)
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
    fn the_words_at_the_ends() {
        assert_eq!((first_word("nice-to-have's"), last_word("nice-to-have's")), ("nice", "s"));
        assert_eq!((first_word(" (été "), last_word("job grade ")), ("été", "grade"));
        assert_eq!((first_word("…"), last_word("—")), ("", ""));
    }

    #[test]
    fn slips_are_counted_up_to_a_limit() {
        assert_eq!(slips("requirements", "requirments", 2), Some(1));
        assert_eq!(slips("requirements", "reuqirmets", 2), None);
        assert_eq!(slips("manager", "engineer", 2), None);
        assert_eq!(slips("été", "ete", 2), Some(2));
        assert_eq!(slips("same", "same", 0), Some(0));
    }

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
        assert_eq!(folded_opening("Plan The"), "plan the");
    }

    #[test]
    fn words_keep_what_belongs_inside() {
        let found: Vec<&str> = words("c-level, r&d (ci/cd) at gitlab.com.").collect();
        assert_eq!(found, ["c-level", "r&d", "ci", "cd", "at", "gitlab.com"]);
    }
}
