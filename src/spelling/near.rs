//! The words of a list that are a slip or two away from a written word.

use fst::Map;
use fst::raw::{Fst, Node};

use crate::text::differ;

/// The most slips that are looked for.
const MOST: usize = 2;

/// Longer words are no words.
const LONGEST: usize = 40;

/// Which words are near.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reach {
    /// Letters missing, too many, wrong, or swapped with the next.
    pub slips: u8,
    /// The first letter is right: of two slips hardly one is there, and the search is ten times shorter.
    pub same_start: bool,
}

/// A word of a list, with its value there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Near {
    pub word: String,
    pub slips: u8,
    pub value: u64,
}

/// The words within reach, those with fewer slips first, and among equals those with the higher value.
pub fn near<D: AsRef<[u8]>>(list: &Map<D>, word: &str, reach: Reach) -> Vec<Near> {
    if word.is_empty() || word.len() > LONGEST {
        return Vec::new();
    }
    let list = list.as_fst();
    let mut search = Search { list, written: Written::new(word, reach.slips), read: Vec::new(), found: Vec::new() };
    if reach.same_start {
        search.follow(list.root(), &search.written.start(), 0, list.root().find_input(word.as_bytes()[0]));
    } else {
        search.visit(list.root(), &search.written.start(), 0);
    }
    let mut found = search.found;
    found.sort_by(|a, b| (a.slips, b.value, &a.word).cmp(&(b.slips, a.value, &b.word)));
    found
}

/// The words of which the first letter was left out, or swapped with the next. Those with the higher value come first. A
/// first letter that is wrong or too many is no slip that people make: where a word differs so from a usual one, it is a
/// name made of that ("Zenefits", "kustomize").
pub fn words_with_another_start<D: AsRef<[u8]>>(list: &Map<D>, word: &str) -> Vec<Near> {
    let list = list.as_fst();
    let (Some(_), Some(after)) = (word.get(1..), word.get(2..)) else { return Vec::new() };
    let swapped = [&word[1..2], &word[..1], after].concat();
    let mut found: Vec<Near> = Vec::new();
    let mut add = |near: String, value: u64| found.push(Near { word: near, slips: 1, value });
    if let Some(value) = list.get(&swapped).filter(|_| swapped != word) {
        add(swapped, value.value());
    }
    for first in list.root().transitions().filter(|first| first.inp.is_ascii_lowercase()) {
        if let Some(value) = value_below(list, first.addr, word) {
            add(format!("{}{word}", char::from(first.inp)), value + first.out.value());
        }
    }
    found.sort_by(|a, b| (b.value, &a.word).cmp(&(a.value, &b.word)));
    found
}

/// The value of the word that goes on with `tail` from a place in a list.
fn value_below<D: AsRef<[u8]>>(list: &Fst<D>, place: usize, tail: &str) -> Option<u64> {
    let (mut node, mut value) = (list.node(place), 0);
    for byte in tail.bytes() {
        let next = node.transition(node.find_input(byte)?);
        value += next.out.value();
        node = list.node(next.addr);
    }
    node.is_final().then(|| value + node.final_output().value())
}

/// How many slips part two words, counted in bytes; nothing where there are more than `most`, for which two is the highest,
/// or where the first is longer than 40 bytes. Of other texts [`crate::text::slips`] counts them.
pub fn slips_between(one: &str, other: &str, most: u8) -> Option<u8> {
    if one.len().abs_diff(other.len()) > most.into() || one.len() > LONGEST || differ(one, other, most.into()) {
        return None;
    }
    let written = Written::new(one, most);
    let mut row = written.start();
    for byte in other.bytes() {
        row = written.after(&row, byte);
        if !written.is_alive(&row) {
            return None;
        }
    }
    written.slips(&row)
}

/// Goes through a list, letter by letter, as far as the written word can still be meant.
struct Search<'l, 'w, D> {
    list: &'l Fst<D>,
    written: Written<'w>,
    /// The letters down to where the search is.
    read: Vec<u8>,
    found: Vec<Near>,
}

impl<D: AsRef<[u8]>> Search<'_, '_, D> {
    fn visit(&mut self, node: Node<'_>, row: &Row, value: u64) {
        if node.is_final() {
            self.note(row, value + node.final_output().value());
        }
        for index in 0..node.len() {
            self.follow(node, row, value, Some(index));
        }
    }

    fn follow(&mut self, node: Node<'_>, row: &Row, value: u64, index: Option<usize>) {
        let Some(index) = index else { return };
        let transition = node.transition(index);
        let next = self.written.after(row, transition.inp);
        if self.written.is_alive(&next) {
            self.read.push(transition.inp);
            self.visit(self.list.node(transition.addr), &next, value + transition.out.value());
            self.read.pop();
        }
    }

    fn note(&mut self, row: &Row, value: u64) {
        let Some(slips) = self.written.slips(row) else { return };
        if let (Ok(near), true) = (std::str::from_utf8(&self.read), self.read != self.written.word) {
            self.found.push(Near { word: near.to_owned(), slips, value });
        }
    }
}

/// A written word, made ready for being compared with many others: bit by bit, as Wu and Manber do.
struct Written<'w> {
    word: &'w [u8],
    most: usize,
    /// For each letter a bit for each place at which the word has it, the first letter's being bit 1.
    places: [u64; 26],
    /// The bits that there can be.
    all: u64,
}

/// Which beginnings of the written word the letters read so far can stand for: bit `n` of number `s` is the first `n`
/// letters, with at most `s` slips.
#[derive(Debug, Clone, Copy)]
struct Row {
    fits: [u64; MOST + 1],
    /// The same one letter ago.
    before: [u64; MOST + 1],
    /// The places of the last letter.
    last: u64,
}

impl<'w> Written<'w> {
    fn new(word: &'w str, most: u8) -> Self {
        let word = word.as_bytes();
        let mut places = [0; 26];
        for (at, byte) in word.iter().enumerate().filter(|(_, byte)| byte.is_ascii_lowercase()) {
            places[usize::from(byte - b'a')] |= 2 << at;
        }
        Self { word, most: usize::from(most).min(MOST), places, all: (2 << word.len()) - 1 }
    }

    fn places(&self, letter: u8) -> u64 {
        if letter.is_ascii_lowercase() {
            return self.places[usize::from(letter - b'a')];
        }
        let same = self.word.iter().enumerate().filter(|(_, byte)| **byte == letter);
        same.fold(0, |places, (at, _)| places | 2 << at)
    }

    fn start(&self) -> Row {
        Row { fits: [1, 3 & self.all, 7 & self.all], before: [0; MOST + 1], last: 0 }
    }

    fn after(&self, row: &Row, letter: u8) -> Row {
        let places = self.places(letter);
        let mut fits = [row.fits[0] << 1 & places; MOST + 1];
        for slips in 1..=self.most {
            let right = row.fits[slips] << 1 & places;
            let too_many = row.fits[slips - 1];
            let wrong = row.fits[slips - 1] << 1;
            let missing = fits[slips - 1] << 1;
            let swapped = row.before[slips - 1] << 2 & row.last & places << 1;
            fits[slips] = (right | too_many | wrong | missing | swapped) & self.all;
        }
        Row { fits, before: row.fits, last: places }
    }

    /// Whether more letters can make it the written word.
    fn is_alive(&self, row: &Row) -> bool {
        row.fits[self.most] != 0
    }

    /// The slips between what was read and the written word, if they are few enough.
    fn slips(&self, row: &Row) -> Option<u8> {
        (0..=self.most).find(|slips| row.fits[*slips] >> self.word.len() & 1 != 0).map(|slips| slips as u8)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list() -> Map<Vec<u8>> {
        let words = [("deliver", 1), ("delivers", 5), ("delivery", 1), ("manage", 0), ("manager", 0), ("team", 3)];
        Map::from_iter(words).unwrap()
    }

    fn found(word: &str, slips: u8, same_start: bool) -> Vec<String> {
        near(&list(), word, Reach { slips, same_start }).into_iter().map(|near| near.word).collect()
    }

    #[test]
    fn every_kind_of_slip_is_near() {
        assert_eq!(found("taem", 1, false), ["team"], "swapped");
        assert_eq!(found("eliver", 1, false), ["deliver"], "missing at the start");
        assert_eq!(found("managger", 1, false), ["manager"], "doubled");
        assert_eq!(found("manaber", 1, false), ["manager"], "wrong");
        assert_eq!(found("mnaagre", 2, false), ["manage", "manager"], "swapped twice");
        assert_eq!(found("team", 1, false), [""; 0], "the word itself");
        assert_eq!(found("", 2, false), [""; 0]);
    }

    #[test]
    fn the_start_alone_may_be_wrong() {
        let found = |word: &str| -> Vec<String> {
            words_with_another_start(&list(), word).into_iter().map(|near| near.word).collect()
        };
        assert_eq!(found("eliver"), ["deliver"], "missing");
        assert_eq!(found("etam"), ["team"], "swapped");
        for word in ["team", "tea", "xmanage", "nanager", "x", "", "é", "aé"] {
            assert_eq!(found(word), [""; 0], "{word}");
        }
    }

    #[test]
    fn fewer_slips_come_first_and_then_the_usual_word() {
        assert_eq!(found("deliverx", 1, false), ["delivers", "deliver", "delivery"]);
        assert_eq!(found("eliver", 2, false), ["deliver", "delivers", "delivery"]);
        assert_eq!(found("eliver", 2, true), [""; 0]);
    }

    #[test]
    fn slips_are_counted_as_by_others() {
        let words = ["managr", "manage", "anager", "mnaager", "manaegrs", "mgr", "team", "taem", "te", "x", "tteeaamm"];
        for one in words {
            for other in words {
                let expected = strsim::osa_distance(one, other);
                let counted = slips_between(one, other, 2);
                assert_eq!(counted.map(usize::from), (expected <= 2).then_some(expected), "{one} {other}");
            }
        }
    }
}
