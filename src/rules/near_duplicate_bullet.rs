use std::cell::OnceCell;

use crate::bullets::Bullet;
use crate::declare_rule;
use crate::facts::SectionKind;
use crate::rule::{RuleContext, Sink};
use crate::word_hash::WordTable;

declare_rule! {
    /// Two bullets of a section say almost the same.
    ///
    /// Often one is the older wording of the other. A reader who meets both looks for a difference that nobody meant.
    /// The bullets share four of five words, or one has all words of the other and a few more.
    ///
    /// Leave them where the difference matters. Bullets that differ in one word only ("US tax returns", "local tax
    /// returns") are not reported, nor are steps of a hiring process and performance indicators.
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// ## Tax Analyst
    ///
    /// ### Requirements
    ///
    /// - Excellent written and verbal communication skills
    /// - Experience with tax law
    /// - Excellent verbal and written communication skills in English
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// ## Tax Analyst
    ///
    /// ### Requirements
    ///
    /// - Supervises the preparation of US tax returns
    /// - Supervises the preparation of local tax returns
    /// ```
    "near-duplicate-bullet", Content, Info, yields_to: ["duplicate-bullet"]; check
}

/// How many bullets before a bullet are compared with it: more than any real list has, and time stays linear.
const WINDOW: usize = 64;

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    for (index, section) in cx.family.sections.iter().enumerate() {
        if matches!(section.kind, SectionKind::Responsibilities | SectionKind::Requirements | SectionKind::NiceToHave) {
            check_section(cx, index, sink);
        }
    }
}

fn check_section(cx: &RuleContext<'_>, section: usize, sink: &mut Sink) {
    // A bullet with bullets below it introduces those.
    let all = cx.bullets().of(section);
    let plain = all.iter().filter(|bullet| bullet.item.has_own_lines(cx.source, cx.tree));
    let mut bullets = Vec::with_capacity(all.len());
    bullets.extend(plain.map(|bullet| Content::new(cx, bullet)));
    for (at, second) in bullets.iter().enumerate() {
        let before = &bullets[at.saturating_sub(WINDOW)..at];
        if let Some(first) = before.iter().find(|first| first.is_almost(second)) {
            report(cx, first.bullet, second.bullet, sink);
        }
    }
}

fn report(cx: &RuleContext<'_>, first: &Bullet, second: &Bullet, sink: &mut Sink) {
    let text = second.item.words(cx.tree);
    sink.report(second.item.span, second.item.key(cx.tree), format!("`{text}` says almost the same as a bullet above"))
        .help("Make one of the two, or say more clearly how they differ")
        .label(first.item.span, "the bullet that it resembles");
}

/// What a bullet is about.
struct Content<'a> {
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
    fn new(cx: &'a RuleContext<'_>, bullet: &'a Bullet) -> Self {
        let (all_words, stop_words) = (cx.bullets().words(bullet), &cx.facts.lists.stop_words);
        let mut content = Self { bullet, all_words, stop_words, count: 0, bits: 0, words: OnceCell::new() };
        let telling = content.telling_words();
        (content.count, content.bits) =
            telling.fold((0, 0), |(count, bits), word| (count + 1, bits | 1 << (word >> 58)));
        content
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
    fn is_almost(&self, other: &Self) -> bool {
        // Where 11 of 20 words are shared, 9 of 31 are not; each of those sets a bit at most.
        if (self.bits ^ other.bits).count_ones() as usize * 31 > (self.count + other.count) * 9 {
            return false;
        }
        if self.bullet.hash == other.bullet.hash || self.bullet.item.parent != other.bullet.item.parent {
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
