//! Words as numbers: a hash is compared, kept and looked up in a few instructions, whatever the word.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

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

    /// The same as [`hash_of`] gives for the whole word.
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

/// A map by hashes of words.
pub type ByWord<V> = HashMap<u64, V, BuildHasherDefault<AlreadyHashed>>;

/// Words, by their hashes, while they are gathered; where every word of a page is looked up, a [`WordTable`] costs less.
pub type WordSet = HashSet<u64, BuildHasherDefault<AlreadyHashed>>;

/// Words, by their hashes, for a question that is asked of every word: of most words the first look says that they are
/// not there. It is made once; where words come one by one, a [`WordSet`] takes them.
#[derive(Debug, Clone)]
pub struct WordTable {
    /// Four times as many as there are words, at least: each word stands at its first bits or in the next free one.
    /// Zero is no word.
    slots: Box<[u64]>,
    /// By how much a hash is shifted to have its first bits.
    shift: u32,
}

impl WordTable {
    /// Whether a word, given as its hash, is among them.
    pub fn contains(&self, word: u64) -> bool {
        self.from(word).take_while(|slot| **slot != 0).any(|slot| *slot == word)
    }

    fn from(&self, word: u64) -> impl Iterator<Item = &u64> {
        let (before, after) = self.slots.split_at((word >> self.shift) as usize);
        after.iter().chain(before)
    }
}

impl FromIterator<u64> for WordTable {
    fn from_iter<T: IntoIterator<Item = u64>>(words: T) -> Self {
        let words: WordSet = words.into_iter().collect();
        let bits = (words.len() * 4).next_power_of_two().max(2).ilog2();
        let mut table = Self { slots: vec![0; 1 << bits].into(), shift: u64::BITS - bits };
        for word in words {
            let taken = table.from(word).take_while(|slot| **slot != 0).count();
            let slot = ((word >> table.shift) as usize + taken) % table.slots.len();
            table.slots[slot] = word;
        }
        table
    }
}

/// Hashes what is a hash already.
#[derive(Debug, Default, Clone, Copy)]
pub struct AlreadyHashed(u64);

impl Hasher for AlreadyHashed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = bytes
            .iter()
            .fold(self.0, |hash, byte| (hash.rotate_left(5) ^ u64::from(*byte)).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn a_table_has_the_words_that_it_was_made_of_and_no_others() {
        // The first three want one slot, which is the last.
        let words = [u64::MAX, u64::MAX - 1, u64::MAX - 2, 1, 1 << 63];
        let table: WordTable = words.into_iter().collect();
        assert!(words.into_iter().all(|word| table.contains(word)));
        assert!(![0, 2, u64::MAX - 3, (1 << 63) + 1].into_iter().any(|word| table.contains(word)));
        assert!(!WordTable::from_iter([]).contains(1));
    }
}
