use std::collections::HashSet;

use crate::bullets::Bullet;
use crate::declare_rule;
use crate::facts::SectionKind;
use crate::prose::hash_of;
use crate::rule::{RuleContext, Sink};

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
    let stop_words: HashSet<u64> = cx.facts.lists.stop_words.iter().map(|word| hash_of(word)).collect();
    for (index, section) in cx.family.sections.iter().enumerate() {
        if matches!(section.kind, SectionKind::Responsibilities | SectionKind::Requirements | SectionKind::NiceToHave) {
            check_section(cx, index, &stop_words, sink);
        }
    }
}

fn check_section(cx: &RuleContext<'_>, section: usize, stop_words: &HashSet<u64>, sink: &mut Sink) {
    // A bullet with bullets below it introduces those.
    let plain = cx.bullets().of(section).iter().filter(|bullet| bullet.item.lines(cx.source, cx.tree).is_some());
    let bullets: Vec<Content<'_>> = plain.map(|bullet| Content::new(cx, bullet, stop_words)).collect();
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
    /// Ordered, each once.
    words: Vec<u64>,
    /// A bit for each word, so that most pairs are told apart without a look at their words.
    bits: u64,
}

impl<'a> Content<'a> {
    fn new(cx: &'a RuleContext<'_>, bullet: &'a Bullet, stop_words: &HashSet<u64>) -> Self {
        let all = cx.bullets().words(bullet).iter().copied();
        let mut words: Vec<u64> = all.filter(|word| !stop_words.contains(word)).collect();
        words.sort_unstable();
        words.dedup();
        let bits = words.iter().fold(0, |bits, word| bits | 1 << (word >> 58));
        Self { bullet, words, bits }
    }

    /// Whether two different bullets share four of five words, or one has all words of the other and not twice as many.
    fn is_almost(&self, other: &Self) -> bool {
        if self.bullet.hash == other.bullet.hash || self.bullet.item.parent != other.bullet.item.parent {
            return false;
        }
        let sum = self.words.len() + other.words.len();
        // Where 11 of 20 words are shared, 9 of 31 are not; each of those sets a bit at most.
        if (self.bits ^ other.bits).count_ones() as usize * 31 > sum * 9 {
            return false;
        }
        let shared = shared(&self.words, &other.words);
        let (only_here, only_there) = (self.words.len() - shared, other.words.len() - shared);
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
