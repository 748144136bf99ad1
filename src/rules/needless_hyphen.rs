use std::ops::Range;

use crate::declare_rule;
use crate::diagnostic::Safety;
use crate::facts::{Parted, TermKind};
use crate::grammar::articles::ends_phrase;
use crate::prose::{Block, BlockKind, Mark, WordAt};
use crate::punctuation::{leading_word, trailing_word};
use crate::rule::{RuleContext, Sink};
use crate::text::fold;
use crate::word_hash::hash_of;
use crate::wording::FoundTerm;

declare_rule! {
    /// A hyphen joins words that stand apart.
    ///
    /// A hyphen tells that two words are one before a noun: "a best-practices guide", "long-term plans". Where no noun
    /// follows, readers wait for it. An adverb in -ly needs none at all: "highly available systems". Words are told only where the next one, or the end of the sentence, makes it plain.
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// ### Responsibilities
    ///
    /// - Guide the team on best-practices
    /// - Keep the highly-available code maintainable in the long-term
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// ### Responsibilities
    ///
    /// - Guide the team on best practices, with a best-practices guide
    /// - Keep the highly available code maintainable in the long term, by long-term plans
    /// ```
    "needless-hyphen", Prose, Info, fix: Unsafe; check
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    for found in cx.wording().terms() {
        let TermKind::Parted(row) = found.kind else { continue };
        if is_joined(cx, found) && stands_apart(cx, found, &cx.facts.terms.rows().parted[row]) {
            let (block, range) = found.place(cx.prose());
            report(cx, block, range, sink);
        }
    }
    for block in cx.prose().blocks().iter().filter(|block| block.kind != BlockKind::Heading) {
        check_adverbs(cx, block, sink);
    }
}

/// `highly-available`, but not `family-owned`
fn check_adverbs(cx: &RuleContext<'_>, block: &Block<'_>, sink: &mut Sink) {
    let text = block.text();
    let hyphens = cx.prose().marks(block).iter().filter(|mark| mark.sign == '-').map(Mark::at);
    for at in hyphens.filter(|at| text[..*at].ends_with("ly")) {
        let (adverb, next) = (trailing_word(&text[..at]), leading_word(&text[at + 1..]));
        let (start, end) = (at - adverb.len(), at + 1 + next.len());
        let is_part = text[..start].ends_with(['-', '/', '_', '~', '@', '#', '.', ':'])
            || ["-", "/", "_", "::"].iter().any(|mark| text[end..].starts_with(mark))
            || text[end..].strip_prefix('.').is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
        // "Calendly-based" in a sentence has a name.
        let is_name = start > 0 && adverb.starts_with(char::is_uppercase);
        let is_adverb = !is_name
            && adverb.len() >= LEAST_ADVERB
            && !cx.facts.terms.rows().not_adverbs.contains(hash_of(&fold(adverb)))
            && adverb.bytes().skip(1).all(|byte| byte.is_ascii_lowercase());
        let is_plain = next.starts_with(|c: char| c.is_lowercase()) && cx.prose().is_plain(block, &(start..end));
        if is_adverb && is_plain && !is_part {
            report(cx, block, start..end, sink);
        }
    }
}

/// In letters: shorter words in -ly are no adverbs.
const LEAST_ADVERB: usize = 5;

/// Whether there is a hyphen between the words, and none that joins them to others.
fn is_joined(cx: &RuleContext<'_>, found: &FoundTerm) -> bool {
    let (block, range) = found.place(cx.prose());
    let (before, after) = (&block.text()[..range.start], &block.text()[range.end..]);
    let is_part = before.ends_with(['-', '/', '#', '_']) || after.starts_with(['-', '/', '_', '\'', '\u{2019}']);
    block.text()[range].contains('-') && !is_part && block.kind != BlockKind::Heading
}

/// Whether no noun follows that the words belong to.
fn stands_apart(cx: &RuleContext<'_>, found: &FoundTerm, row: &Parted) -> bool {
    let last = found.last(cx.prose());
    let is_there = row.after.is_empty() || found.before(cx.prose()).is_some_and(|before| row.after.contains(&before));
    let is_over = ends_phrase(last, &cx.facts.grammar) || row.lists && goes_on_as_list(last);
    is_there && if row.before.is_empty() { is_over } else { is_before(cx, found, row) }
}

fn is_before(cx: &RuleContext<'_>, found: &FoundTerm, row: &Parted) -> bool {
    found.after(cx.prose()).is_some_and(|after| row.before.contains(&after))
}

fn goes_on_as_list(word: WordAt<'_, '_>) -> bool {
    word.text_after().starts_with(',') || word.after().is_some_and(|next| matches!(next.written(), "and" | "or"))
}

fn report(cx: &RuleContext<'_>, block: &Block<'_>, range: Range<usize>, sink: &mut Sink) {
    let written = &block.text()[range.clone()];
    let right = written.replace('-', " ");
    let message = format!("`{written}` needs no hyphen here");
    let finding = sink.report(block.span(range.clone()), fold(written), message);
    cx.offer_words(finding, (block, range), Safety::Unsafe, right);
}

#[cfg(test)]
mod tests {
    use crate::facts::Facts;
    use crate::source::Source;

    fn corrections(markdown: &str) -> Vec<String> {
        let found = super::RULE.findings(&Source::new("x.md", markdown));
        found.into_iter().map(|finding| finding.fixes[0].edits[0].replacement.clone()).collect()
    }

    #[test]
    fn each_row_finds_its_words() {
        for row in &Facts::embedded().terms.rows().parted {
            for words in &row.words {
                let [before, after] = [&row.after, &row.before].map(|list| list.first().map_or("", String::as_str));
                let joined = words.replace(' ', "-");
                assert_eq!(corrections(&format!("Own {before} {joined} {after}")), [words.as_str()], "{words}");
            }
        }
    }

    #[test]
    fn an_adverb_needs_none() {
        assert_eq!(corrections("Fully-managed and highly-available"), ["Fully managed", "highly available"]);
        let right = "A family-owned, early-stage firm, July-August, a globally-and-locally-known, only-in, weekly-ish, `highly-x`, \
            a Calendly-based plan, ~newly-added, newly-added::high, fully-managed.yml";
        assert_eq!(corrections(right), [""; 0]);
        assert_eq!(corrections("## Highly-available systems"), [""; 0]);
    }

    #[test]
    fn before_a_noun_and_in_a_name_the_hyphen_belongs_there() {
        let right = "A best-practices guide, best practices, third-party and third-parties' data, best-practices-driven. \
            In the long-term plan, in the short- and long-term, the long-term and the short-term plans, from the ground up. \
            In-line comments, time-management skills, time-management and planning skills, /best-practices/ and \
            `best-practices`, [a](#best-practices).\n\n## Best-practices";
        assert_eq!(corrections(right), [""; 0]);
    }
}
