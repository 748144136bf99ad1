//! Text to words and marks: every byte of every page comes through here.

use std::ops::Range;

use crate::text::fold_char;
use crate::word_hash::{PlainWord, WordHash, plain_word};

/// A word of a block: letters, digits, and apostrophes inside it. Hyphens and slashes part words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// In bytes of the block's text.
    pub start: u32,
    /// In bytes of the block's text; the first that is no part of it.
    pub end: u32,
    /// Of the folded word: equal words have equal hashes, and different ones nearly never.
    pub hash: u64,
    /// Of the folded word without a possessive `'s`.
    pub stem: u64,
    pub shape: Shape,
    /// Part of an address, an identifier or a number: "gitlab.com", "snake_case", "90s".
    pub technical: bool,
}

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shape {
    /// Without a capital.
    Lower,
    /// A capital, then small letters.
    Capitalised,
    /// All capitals, at least two.
    Capitals,
    /// Capitals inside: "GitLab", "pProgram".
    Mixed,
}

/// A character of a block that is neither letter nor digit nor white space. Apostrophes inside words are marks, too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// In bytes of the block's text.
    pub start: u32,
    pub sign: char,
}

/// The words and marks of some texts, one after the other.
#[derive(Debug, Default)]
pub struct Tokens {
    pub words: Vec<Word>,
    pub marks: Vec<Mark>,
}

impl Word {
    fn new_plain(text: &[u8], start: usize, word: &PlainWord, technical: bool) -> Self {
        let PlainWord { hash, end, first_is_capital, has_inner_capitals } = *word;
        let are_all = || text[start..end].iter().all(u8::is_ascii_uppercase);
        let shape = Shape::of(first_is_capital, has_inner_capitals, are_all);
        Self { start: start as u32, end: end as u32, hash, stem: hash, shape, technical }
    }

    /// In bytes of the block's text.
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

impl Shape {
    fn of(first_is_capital: bool, has_inner_capitals: bool, are_all: impl FnOnce() -> bool) -> Self {
        match (has_inner_capitals, first_is_capital) {
            (false, false) => Self::Lower,
            (false, true) => Self::Capitalised,
            (true, _) if are_all() => Self::Capitals,
            (true, _) => Self::Mixed,
        }
    }
}

impl Mark {
    /// In bytes of the block's text.
    pub fn at(&self) -> usize {
        self.start as usize
    }

    /// Straight or typographic.
    pub fn is_apostrophe(&self) -> bool {
        self.sign == '\'' || !self.sign.is_ascii() && fold_char(self.sign) == '\''
    }
}

impl Tokens {
    /// Empty, with room for what a text mostly has: a word and what parts it from the next take six bytes or more, and
    /// three words in four have no mark after them. Without a guess the lists move a dozen times.
    pub fn with_room_for(text: &str) -> Self {
        Self { words: Vec::with_capacity(text.len() / 6), marks: Vec::with_capacity(text.len() / 24) }
    }

    /// Reads a text outside of the skipped stretches. Gives whether that is all of it, and all words are of ASCII letters.
    pub fn read(&mut self, text: &str, skipped: &[Range<usize>]) -> bool {
        let mut at = 0;
        for stretch in skipped {
            self.read_stretch(text, at..stretch.start);
            at = at.max(stretch.end);
        }
        let has_plain_words = self.read_stretch(text, at..text.len());
        has_plain_words && skipped.is_empty()
    }

    /// Gives whether all words are of ASCII letters.
    fn read_stretch(&mut self, text: &str, stretch: Range<usize>) -> bool {
        let Some(until) = text.get(..stretch.end) else { return false };
        let class_at = |at: usize| until.as_bytes().get(at).map(|byte| CLASSES[*byte as usize]);
        let mut has_plain_words = true;
        let mut at = stretch.start;
        // What stands before the stretch may be one; before the text there is nothing.
        let mut after_joint = at.max(1);
        while let Some(class) = class_at(at) {
            // Four times in five it is a letter: asked first, as the jump of a `match` costs more than this question.
            if class == Class::Letter {
                let word = plain_word(until.as_bytes(), at);
                // Beyond the stretch there may be code or an address that the word is part of.
                let after = class_at(word.end).unwrap_or(Class::Joint);
                if !after.goes_on() {
                    let technical = (at == after_joint || after == Class::Joint) && is_technical(text, at..word.end);
                    self.words.push(Word::new_plain(until.as_bytes(), at, &word, technical));
                    // A blank is what parts most words.
                    at = word.end + usize::from(after == Class::Blank);
                    continue;
                }
            }
            match class {
                Class::Blank => at += 1,
                Class::Mark | Class::Joint => {
                    self.marks.push(Mark { start: at as u32, sign: char::from(until.as_bytes()[at]) });
                    at += 1;
                    if class == Class::Joint {
                        after_joint = at;
                    }
                }
                Class::Letter | Class::Digit | Class::Apostrophe | Class::Wide => {
                    has_plain_words = false;
                    at = self.read_any(text, until, at);
                }
            }
        }
        has_plain_words
    }

    /// Reads a word or mark of whatever characters, and gives where it ends.
    fn read_any(&mut self, text: &str, until: &str, start: usize) -> usize {
        let (letters, end) = self.read_letters(until, start);
        if end == start {
            let Some(sign) = until[start..].chars().next() else { return start + 1 };
            if !sign.is_whitespace() {
                self.marks.push(Mark { start: start as u32, sign });
            }
            return start + sign.len_utf8();
        }
        if letters.any {
            let technical = letters.digits || is_technical(text, start..end);
            let (hash, stem) = (letters.hash.finish(), letters.stem());
            let has_inner_capitals = letters.capitals > usize::from(letters.first_is_capital);
            let are_all = || letters.capitals == letters.count;
            let shape = Shape::of(letters.first_is_capital, has_inner_capitals, are_all);
            self.words.push(Word { start: start as u32, end: end as u32, hash, stem, shape, technical });
        }
        end
    }

    /// Reads letters, digits, and apostrophes between them; gives where they end.
    fn read_letters(&mut self, text: &str, start: usize) -> (Letters, usize) {
        let mut letters = Letters::default();
        let mut end = start;
        for (at, c) in text[start..].char_indices() {
            let after = start + at + c.len_utf8();
            if c.is_alphanumeric() {
                letters.add(c);
            } else if letters.count > 0 && is_inner_apostrophe(c, &text[after..]) {
                letters.add_apostrophe();
                self.marks.push(Mark { start: (start + at) as u32, sign: c });
            } else {
                break;
            }
            end = after;
        }
        (letters, end)
    }
}

/// What a byte may be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    Blank,
    Mark,
    /// A mark that may make the words beside it part of something.
    Joint,
    Digit,
    Apostrophe,
    /// Part of a longer character.
    Wide,
}

impl Class {
    /// Whether a word of ASCII letters may go on with such a byte.
    fn goes_on(self) -> bool {
        matches!(self, Self::Digit | Self::Apostrophe | Self::Wide)
    }
}

/// The class of each byte: a look-up costs less than the questions, and every byte of every page is asked.
static CLASSES: [Class; 256] = {
    let mut classes = [Class::Mark; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
            b'0'..=b'9' => Class::Digit,
            b'\'' => Class::Apostrophe,
            128.. => Class::Wide,
            b' ' | b'\t'..=b'\r' => Class::Blank,
            b'@' | b'_' | b'\\' | b'#' | b'$' | b'~' | b'.' | b':' => Class::Joint,
            _ => Class::Mark,
        };
        byte += 1;
    }
    classes
};

/// What was seen of a word's letters so far.
#[derive(Default)]
struct Letters {
    hash: WordHash,
    /// The hash of what stands before the last apostrophe.
    before_apostrophe: WordHash,
    count: usize,
    capitals: usize,
    first_is_capital: bool,
    digits: bool,
    any: bool,
}

impl Letters {
    fn add(&mut self, c: char) {
        c.to_lowercase().for_each(|lower| self.hash.add_char(lower));
        if c.is_uppercase() {
            self.capitals += 1;
            self.first_is_capital |= self.count == 0;
        }
        self.digits |= c.is_numeric();
        self.any |= c.is_alphabetic();
        self.count += 1;
    }

    fn add_apostrophe(&mut self) {
        self.before_apostrophe = self.hash;
        self.hash.add(b'\'');
    }

    fn stem(&self) -> u64 {
        let mut possessive = self.before_apostrophe;
        b"'s".iter().for_each(|byte| possessive.add(*byte));
        if self.hash == possessive { self.before_apostrophe.finish() } else { self.hash.finish() }
    }
}

/// An apostrophe with a letter after it: "GitLab's", "don’t".
fn is_inner_apostrophe(c: char, after: &str) -> bool {
    fold_char(c) == '\'' && after.starts_with(char::is_alphabetic)
}

/// Whether the characters around a word make it part of an address or an identifier.
fn is_technical(text: &str, word: Range<usize>) -> bool {
    let bytes = text.as_bytes();
    let before = |back: usize| word.start.checked_sub(back).map_or(b' ', |at| bytes[at]);
    let after = |ahead: usize| bytes.get(word.end + ahead).copied().unwrap_or(b' ');
    let goes_on_after_dot = after(0) == b'.' && (after(1).is_ascii_lowercase() || after(1).is_ascii_digit());
    let follows_dot = before(1) == b'.' && before(2).is_ascii_alphanumeric() && bytes[word.start].is_ascii_lowercase();
    matches!(before(1), b'@' | b'_' | b'\\' | b'#' | b'$' | b'~')
        || matches!(after(0), b'@' | b'_' | b'\\')
        || (after(0) == b':' && after(1) == b'/')
        || goes_on_after_dot
        || follows_dot
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sign_that_makes_a_word_technical_is_a_joint() {
        for byte in 0..128_u8 {
            let sign = char::from(byte);
            for (text, word) in [format!("a{sign}be"), format!("a{sign}/"), format!("a{sign}7")]
                .into_iter()
                .flat_map(|text| [(text.clone(), 0..1), (text, 2..3)])
                .filter(|_| !sign.is_ascii_alphanumeric())
            {
                assert!(CLASSES[byte as usize] == Class::Joint || !is_technical(&text, word), "{text:?}");
            }
        }
    }

    #[test]
    fn a_word_that_goes_on_in_code_is_part_of_it() {
        let text = "see recieve.js now";
        let mut tokens = Tokens::default();
        let code = std::slice::from_ref(&(11..14));
        assert!(!tokens.read(text, code));
        let technical: Vec<bool> = tokens.words.iter().map(|word| word.technical).collect();
        assert_eq!(technical, [false, true, false]);
    }
}
