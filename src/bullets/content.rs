//! Bullets that say almost the same in other words.

use std::cell::OnceCell;

use super::{Bullet, Bullets};
use crate::word_hash::WordTable;

/// What a bullet is about.
#[derive(Debug)]
pub struct Content<'a> {
    bullet: &'a Bullet,
    all_words: &'a [u64],
    stop_words: &'a WordTable,
    /// How many words it has, repeated ones too.
    count: usize,
    /// A bit for each word, so that most pairs are told apart without a look at their words.
    bits: u64,
    /// Ordered, each once. One bullet in twenty is compared with another.
    words: OnceCell<Vec<u64>>,
}

impl<'a> Content<'a> {
    /// The content of one of the bullets, whose words are those that are no stop words.
    pub fn new(bullets: &'a Bullets, bullet: &'a Bullet, stop_words: &'a WordTable) -> Self {
        let all_words = bullets.words(bullet);
        let mut content = Self { bullet, all_words, stop_words, count: 0, bits: 0, words: OnceCell::new() };
        let telling = content.telling_words();
        (content.count, content.bits) =
            telling.fold((0, 0), |(count, bits), word| (count + 1, bits | 1 << (word >> 58)));
        content
    }

    /// The bullet itself.
    pub fn bullet(&self) -> &'a Bullet {
        self.bullet
    }

    fn telling_words(&self) -> impl Iterator<Item = u64> + use<'a> {
        let stop_words = self.stop_words;
        self.all_words.iter().copied().filter(move |word| !stop_words.contains(*word))
    }

    fn words(&self) -> &[u64] {
        self.words.get_or_init(|| {
            let mut words: Vec<u64> = self.telling_words().collect();
            words.sort_unstable();
            words.dedup();
            words
        })
    }

    /// Whether two different bullets share four of five words, or one has all words of the other and not twice as many.
    pub fn is_almost(&self, other: &Self) -> bool {
        // Where 11 of 20 words are shared, 9 of 31 are not; each of those sets a bit at most.
        if (self.bits ^ other.bits).count_ones() as usize * 31 > (self.count + other.count) * 9 {
            return false;
        }
        if self.bullet.hash == other.bullet.hash {
            return false;
        }
        let (here, there) = (self.words(), other.words());
        let (sum, shared) = (here.len() + there.len(), shared(here, there));
        let (only_here, only_there) = (here.len() - shared, there.len() - shared);
        let all = sum - shared;
        let is_substitution = only_here == 1 && only_there == 1;
        let is_within = only_here == 0 || only_there == 0;
        let is_half = if shared >= FEWEST { shared * 20 >= all * 11 } else { shared * 10 >= all * 7 };
        shared > 0 && !is_substitution && (shared * 5 >= all * 4 || (is_within && is_half))
    }
}

/// In words. A shorter bullet is within others by chance, and must have nearly all of their words.
const FEWEST: usize = 4;

/// How many words two ordered lists share.
fn shared(one: &[u64], other: &[u64]) -> usize {
    let (mut at, mut there, mut count) = (0, 0, 0);
    while let (Some(a), Some(b)) = (one.get(at), other.get(there)) {
        count += usize::from(a == b);
        at += usize::from(a <= b);
        there += usize::from(b <= a);
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shared_words_are_counted_once() {
        assert_eq!(shared(&[1, 3, 5, 7], &[2, 3, 7, 9]), 2);
        assert_eq!(shared(&[], &[1]), 0);
    }
}
