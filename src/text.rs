//! Folding of text, so that two writings of the same words compare equal.

/// Lower case, straight quotes, plain blanks, runs of white space as one blank, none at the ends.
pub fn fold(text: &str) -> String {
    if is_evenly_spaced(text.as_bytes()) {
        let text = text.strip_prefix(' ').unwrap_or(text);
        return text.strip_suffix(' ').unwrap_or(text).to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(text.len());
    text.chars().map(fold_char).flat_map(char::to_lowercase).for_each(|c| push_folded(&mut folded, c));
    if folded.ends_with(' ') {
        folded.pop();
    }
    folded
}

/// Whether a text is ASCII and has no white space but single blanks, as nearly all have.
fn is_evenly_spaced(text: &[u8]) -> bool {
    let is_plain = |byte: &u8| (b' '..=b'~').contains(byte);
    let pairs = text.iter().zip(text.get(1..).unwrap_or_default());
    // To the end whatever is found: so the compiler makes one step of 16 bytes.
    let is_even = pairs.fold(true, |even, (one, next)| even & is_plain(one) & ((*one != b' ') | (*next != b' ')));
    is_even && text.last().is_none_or(is_plain)
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
    split_words(folded, |c| c == '-')
}

/// [`words`], and those that a hyphen joins one by one.
pub fn simple_words(folded: &str) -> impl Iterator<Item = &str> {
    split_words(folded, |_| false)
}

fn split_words(folded: &str, joins_words: impl Fn(char) -> bool) -> impl Iterator<Item = &str> {
    let parts_words = move |c: char| match c {
        'a'..='z' => false,
        ' ' => true,
        _ => !(c.is_alphanumeric() || matches!(c, '\'' | '&' | '+' | '.' | '_') || joins_words(c)),
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

/// The same word by word, where there are as many of them.
pub fn match_cases(written: &str, right: &str) -> String {
    if written.split(' ').count() != right.split(' ').count() {
        return match_case(written, right);
    }
    let words = written.split(' ').zip(right.split(' ')).map(|(written, right)| match_case(written, right));
    words.collect::<Vec<_>>().join(" ")
}

/// Without the article at its start.
pub fn strip_article(text: &str) -> &str {
    ["The ", "the ", "A ", "An ", "a ", "an "].iter().find_map(|article| text.strip_prefix(article)).unwrap_or(text)
}

/// How many letters of a word are wrong, missing, too many or swapped against another, if no more than `most`.
pub fn slips(one: &str, other: &str, most: usize) -> Option<usize> {
    if differ(one, other, most) {
        return None;
    }
    let (one, other) = without_common_ends(one, other);
    Some(strsim::damerau_levenshtein(one, other)).filter(|slips| *slips <= most)
}

/// Two words without what they begin and end with alike, where no slip is: the distance takes time by the square.
fn without_common_ends<'w>(one: &'w str, other: &'w str) -> (&'w str, &'w str) {
    let same = |letters: &(char, char)| letters.0 == letters.1;
    let length = |letters: (char, char)| letters.0.len_utf8();
    let start: usize = one.chars().zip(other.chars()).take_while(same).map(length).sum();
    let (one, other) = (&one[start..], &other[start..]);
    let end: usize = one.chars().rev().zip(other.chars().rev()).take_while(same).map(length).sum();
    (&one[..one.len() - end], &other[..other.len() - end])
}

/// Whether two words have so different letters that more than `most` slips part them: a slip brings in one letter and
/// takes out one at most. Tells nearly all pairs apart by the kinds of letters for 100 instructions, and most of the
/// others by their numbers for 200, where the distance takes thousands.
pub fn differ(one: &str, other: &str, most: usize) -> bool {
    let (letters, others) = (letters_of(one), letters_of(other));
    if (letters & !others).count_ones().max((others & !letters).count_ones()) as usize > most {
        return true;
    }
    let mut balance = [0_i32; 64];
    one.chars().for_each(|c| balance[c as usize % 64] += 1);
    other.chars().for_each(|c| balance[c as usize % 64] -= 1);
    let too_many: i32 = balance.iter().map(|count| (*count).max(0)).sum();
    let missing: i32 = balance.iter().map(|count| (-count).max(0)).sum();
    too_many.max(missing) as usize > most
}

/// With which bytes some texts begin: a look at these spares one at each of the texts.
#[derive(Debug, Clone, Copy, Default)]
pub struct Initials(u64);

impl Initials {
    pub fn of<'t>(texts: impl IntoIterator<Item = &'t str>) -> Self {
        let initials = texts.into_iter().filter_map(|text| text.bytes().next());
        Self(initials.fold(0, |bits, byte| bits | 1 << (byte % 64)))
    }

    /// Whether one of the texts may begin with a byte.
    pub fn may_be(self, byte: u8) -> bool {
        self.0 >> (byte % 64) & 1 != 0
    }
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

/// The hash of a word that is read letter by letter; a word in one piece has [`plain_word`] and [`hash_of`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WordHash {
    hash: u64,
    /// The last letters that are not in `hash` yet, from the lowest byte on.
    letters: u64,
    /// How many there are: less than eight.
    count: u32,
}

impl WordHash {
    /// Whether there is no letter yet.
    pub fn is_empty(&self) -> bool {
        self.hash == 0 && self.count == 0
    }

    /// Adds a folded byte.
    pub fn add(&mut self, byte: u8) {
        self.letters |= u64::from(byte) << (8 * self.count);
        self.count += 1;
        if self.count == 8 {
            *self = Self { hash: mixed(self.hash, self.letters), ..Self::default() };
        }
    }

    /// Adds the bytes of a folded character.
    pub fn add_char(&mut self, c: char) {
        c.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| self.add(byte));
    }

    pub fn finish(self) -> u64 {
        if self.count == 0 { self.hash } else { mixed(self.hash, self.letters) }
    }
}

/// One to one for words of up to eight letters; the shift brings the higher half, which depends on all letters, into the
/// lower bits, by which maps choose a place.
fn mixed(hash: u64, letters: u64) -> u64 {
    let product = (hash ^ letters).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    product ^ (product >> 32)
}

/// The hash of a folded word: equal words have equal hashes, and different ones nearly never.
pub fn hash_of(folded: &str) -> u64 {
    folded.as_bytes().chunks(8).fold(0, |hash, letters| mixed(hash, eight_bytes(letters, 0)))
}

/// A word of ASCII letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlainWord {
    /// Of the word in small letters, as [`hash_of`] gives it.
    pub hash: u64,
    /// Where it ends, in bytes of the text; where it begins, if no letter stands there.
    pub end: usize,
    pub first_is_capital: bool,
    pub has_inner_capitals: bool,
}

/// The letters of ASCII from the byte `start` on. Nine words in ten are such, and eight letters at a step cost a third of
/// one at a step.
pub fn plain_word(text: &[u8], start: usize) -> PlainWord {
    let mut word = PlainWord { hash: 0, end: start, first_is_capital: false, has_inner_capitals: false };
    loop {
        let written = eight_bytes(text, word.end);
        let small = written | (EACH * CASE);
        let others = no_small_letters(small);
        let count = (others.trailing_zeros() / 8) as usize;
        if count == 0 {
            return word;
        }
        // All bits below the first that is set.
        let letters = !others & others.wrapping_sub(1);
        let capitals = !written & (EACH * CASE) & letters;
        if capitals != 0 {
            let is_start = word.end == start;
            word.first_is_capital |= is_start && capitals & CASE != 0;
            word.has_inner_capitals |= !is_start || capitals != CASE;
        }
        word.hash = mixed(word.hash, small & letters);
        word.end += count;
        if count < 8 {
            return word;
        }
    }
}

/// One in each of eight bytes.
const EACH: u64 = 0x0101_0101_0101_0101;

/// The bit by which a small letter differs from its capital.
const CASE: u64 = 0x20;

/// The bytes from `at` on, the first the lowest, with zeros after the end of the text.
fn eight_bytes(text: &[u8], at: usize) -> u64 {
    match text.get(at..).and_then(|rest| rest.first_chunk()) {
        Some(eight) => u64::from_le_bytes(*eight),
        None => text.iter().skip(at).rev().fold(0, |bytes, byte| bytes << 8 | u64::from(*byte)),
    }
}

/// The lowest bit of each of eight bytes that is no small letter. Found for all at once: where the highest bit of `small`
/// is not set, the byte is less than `a`, more than `z`, or beyond ASCII.
fn no_small_letters(bytes: u64) -> u64 {
    let low = bytes & (EACH * 0x7f);
    let (from_a, after_z) = (low + EACH * (0x80 - 0x61), low + EACH * (0x80 - 0x7b));
    let small = from_a & !after_z & !bytes;
    !small >> 7 & EACH
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
    fn a_hash_is_the_same_however_the_letters_come() {
        for word in ["", "a", "manager", "managers", "management", "responsibilities", "gitlab's", "\u{e9}t\u{e9}"] {
            let mut hash = WordHash::default();
            word.bytes().for_each(|byte| hash.add(byte));
            assert_eq!((hash.finish(), hash.is_empty()), (hash_of(word), word.is_empty()), "{word}");
            if word.bytes().all(|byte| byte.is_ascii_lowercase()) {
                let plain = plain_word(word.as_bytes(), 0);
                assert_eq!((plain.hash, plain.end), (hash_of(word), word.len()), "{word}");
                assert_eq!(plain_word(word.to_ascii_uppercase().as_bytes(), 0).hash, hash_of(word), "{word}");
            }
        }
        assert_ne!(hash_of("a"), hash_of("aa"));
    }

    #[test]
    fn a_plain_word_ends_before_what_is_no_letter() {
        for byte in 0..=255 {
            let text = [b'x', b'A', b'z', byte, b'b', b'c', b'd', b'e', b'f', b'G', b'h', b'i'];
            let whole = if byte.is_ascii_alphabetic() { 11 } else { 2 };
            for length in [3, 4, 5, 9, 10, 12] {
                let end = length.min(1 + whole);
                let written = &text[1..end];
                let expected = PlainWord {
                    hash: hash_of(&String::from_utf8(written.to_ascii_lowercase()).unwrap()),
                    end,
                    first_is_capital: true,
                    has_inner_capitals: written[1..].iter().any(u8::is_ascii_uppercase),
                };
                assert_eq!(plain_word(&text[..length], 1), expected, "{byte} in {length}");
            }
        }
        let none = PlainWord { hash: 0, end: 0, first_is_capital: false, has_inner_capitals: false };
        assert_eq!(plain_word(b"3rd", 0), none);
    }

    #[test]
    fn slips_are_counted_up_to_a_limit() {
        assert_eq!(slips("requirements", "requirments", 2), Some(1));
        assert_eq!(slips("requirements", "reuqirmets", 2), None);
        assert_eq!(slips("manager", "engineer", 2), None);
        assert_eq!(slips("été", "ete", 2), Some(2));
        assert_eq!(slips("same", "same", 0), Some(0));
        assert_eq!((slips("tax-job-grade", "tax-jbo-grade", 1), slips("aab", "aaab", 1)), (Some(1), Some(1)));
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
