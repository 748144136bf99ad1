//! The words of a list that are a slip or two away from a written word.

use fst::{Automaton, IntoStreamer as _, Map, Streamer as _};

use crate::text::differ;

/// The most slips that are looked for.
const MOST: usize = 2;

/// Costs of a cell and of the two on either side: further away more slips are needed.
const BAND: usize = 2 * MOST + 1;

/// More slips than are ever looked for.
const FAR: u8 = MOST as u8 + 1;

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
    let mut found = Vec::new();
    if word.is_empty() || word.len() > LONGEST {
        return found;
    }
    let automaton = Slips { word: word.as_bytes(), reach };
    let mut stream = list.search_with_state(&automaton).into_stream();
    while let Some((key, value, row)) = stream.next() {
        if let (Ok(near), true) = (std::str::from_utf8(key), key != word.as_bytes()) {
            found.push(Near { word: near.to_owned(), slips: automaton.slips(&row), value });
        }
    }
    found.sort_by(|a, b| (a.slips, b.value, &a.word).cmp(&(b.slips, a.value, &b.word)));
    found
}

/// How many slips part two short texts; nothing where there are more than `most`.
pub fn slips_between(one: &str, other: &str, most: u8) -> Option<u8> {
    if one.len().abs_diff(other.len()) > most.into() || one.len() > LONGEST || differ(one, other, most.into()) {
        return None;
    }
    let automaton = Slips { word: one.as_bytes(), reach: Reach { slips: most, same_start: false } };
    let mut row = automaton.start();
    for byte in other.bytes() {
        row = automaton.accept(&row, byte);
        if !automaton.can_match(&row) {
            return None;
        }
    }
    automaton.is_match(&row).then(|| automaton.slips(&row))
}

/// Reads a word of the list letter by letter, and keeps a row of the table of optimal alignments with the written word.
struct Slips<'w> {
    word: &'w [u8],
    reach: Reach,
}

/// A row of the table, as far as it can matter. Cell `c` stands for the first `read + c - MOST` letters of the written
/// word.
#[derive(Debug, Clone, Copy)]
struct Row {
    read: u8,
    last: u8,
    costs: [u8; BAND],
    before: [u8; BAND],
}

impl Row {
    /// Nothing of the word in the list can become the written word.
    const DEAD: Self = Self { read: 0, last: 0, costs: [FAR; BAND], before: [FAR; BAND] };
}

impl Slips<'_> {
    fn slips(&self, row: &Row) -> u8 {
        let cell = (self.word.len() + MOST).checked_sub(row.read.into());
        cell.and_then(|cell| row.costs.get(cell)).copied().unwrap_or(FAR)
    }

    /// The cost of a cell of the next row, of which `costs` has the cells before it.
    fn cost(&self, row: &Row, costs: &[u8; BAND], cell: usize, byte: u8) -> u8 {
        let Some(end) = (usize::from(row.read) + 1 + cell).checked_sub(MOST).filter(|end| *end <= self.word.len())
        else {
            return FAR;
        };
        let too_many = row.costs.get(cell + 1).map_or(FAR, |cost| cost + 1);
        let Some(letter) = end.checked_sub(1).map(|at| self.word[at]) else { return too_many.min(FAR) };
        let missing = if cell == 0 { FAR } else { costs[cell - 1] + 1 };
        let wrong = row.costs[cell] + u8::from(letter != byte);
        let is_swapped = end > 1 && row.read > 0 && self.word[end - 2] == byte && letter == row.last;
        let swapped = if is_swapped { row.before[cell] + 1 } else { FAR };
        too_many.min(missing).min(wrong).min(swapped).min(FAR)
    }
}

impl Automaton for Slips<'_> {
    type State = Row;

    fn start(&self) -> Row {
        let mut costs = [FAR; BAND];
        for (cost, missing) in costs[MOST..].iter_mut().zip(0..) {
            *cost = if usize::from(missing) <= self.word.len() { missing } else { FAR };
        }
        Row { costs, ..Row::DEAD }
    }

    fn is_match(&self, row: &Row) -> bool {
        self.slips(row) <= self.reach.slips
    }

    fn can_match(&self, row: &Row) -> bool {
        row.costs.iter().any(|cost| *cost <= self.reach.slips)
    }

    fn accept(&self, row: &Row, byte: u8) -> Row {
        let wrong_start = self.reach.same_start && row.read == 0 && self.word.first() != Some(&byte);
        if wrong_start || !self.can_match(row) {
            return Row::DEAD;
        }
        let mut costs = [FAR; BAND];
        for cell in 0..BAND {
            costs[cell] = self.cost(row, &costs, cell, byte);
        }
        Row { read: row.read.saturating_add(1), last: byte, costs, before: row.costs }
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
