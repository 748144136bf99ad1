use std::ops::Range;

use crate::declare_rule;
use crate::facts::{Placeholder, PlaceholderCase, PlaceholderFacts, PlaceholderWhere, PlaceholderWords, SectionKind};
use crate::prose::{Block, BlockKind, Mark, Shape, Word, WordAt, WordId};
use crate::rule::{RuleContext, Sink};
use crate::text::{find_folded, folded_opening};

declare_rule! {
    /// Text that only holds the place of what is still to be written.
    ///
    /// A candidate reads the page as an answer, and "TBD" is none; a manager copies it into the next page. Text that is
    /// put off until there is a business need is the same to them: the role is announced and not described.
    ///
    /// A career ladder whose next step is "not yet defined" is the house's own wording and is left alone.
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// ### Responsibilities
    ///
    /// To be defined at time of business need.
    ///
    /// ### Performance Indicators
    ///
    /// - TBD
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// ### Responsibilities
    ///
    /// - Answers the tickets of customers
    ///
    /// ### Career Ladder
    ///
    /// The next step in the Support job family is not yet defined at GitLab.
    /// ```
    "placeholder", Content, Warning, yields_to: ["template-text"]; check
}

/// One finding a paragraph or bullet: what is to be done there is one thing.
fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    let blocks = cx.prose().blocks();
    let phrases = cx.wording().placeholder_candidates().filter_map(|candidates| {
        let index = candidates.first()?.block;
        Some((index, find_phrase(cx, candidates)?))
    });
    let phrases: Vec<(usize, Found)> = phrases.collect();
    for (index, found) in &phrases {
        if !is_open_ladder(cx, &blocks[*index], found) {
            report(&blocks[*index], found.range.clone(), sink);
        }
    }
    for (index, block) in blocks.iter().enumerate() {
        if let Some(range) =
            find_sign(cx, block).filter(|_| phrases.binary_search_by_key(&index, |(told, _)| *told).is_err())
        {
            report(block, range, sink);
        }
    }
}

fn report(block: &Block<'_>, range: Range<usize>, sink: &mut Sink) {
    let text = block.text();
    let written = &text[range.clone()];
    sink.report(
        block.span(range),
        folded_opening(text),
        format!("`{written}` holds the place of text that is not written yet"),
    )
    .help("Write what is meant to stand here, or take it out");
}

/// "The next step is to be determined" is a career ladder as the house words it; "To be determined" alone is none.
fn is_open_ladder(cx: &RuleContext<'_>, block: &Block<'_>, found: &Found) -> bool {
    let section = || cx.family.section_at(block.span(found.range.clone()).start);
    found.r#where == PlaceholderWhere::End
        && found.range.start > 0
        && section().is_some_and(|section| section.kind == SectionKind::CareerLadder)
}

/// A placeholder in a block.
struct Found {
    /// As bytes of the block's text.
    range: Range<usize>,
    r#where: PlaceholderWhere,
}

/// The first placeholder in a block of which some words are the longest of one.
fn find_phrase(cx: &RuleContext<'_>, candidates: &[WordId]) -> Option<Found> {
    let facts = &cx.facts.placeholders;
    candidates.iter().find_map(|id| {
        let longest = cx.prose().at(*id);
        let mut phrases = facts.with_longest(longest.word().stem);
        phrases.find_map(|(phrase, fact)| match_at(facts, phrase, fact, longest))
    })
}

/// Whether a phrase stands where its longest word does.
fn match_at(
    facts: &PlaceholderFacts,
    phrase: &PlaceholderWords,
    fact: &Placeholder,
    longest: WordAt<'_, '_>,
) -> Option<Found> {
    let WordAt { block, words, at } = longest;
    let first = at.checked_sub(phrase.longest)?;
    let range = first..first + phrase.hashes.len();
    let found = words.get(range.clone())?;
    let same = found.iter().map(|word| word.hash).eq(phrase.hashes.iter().copied());
    let shouted = fact.case == PlaceholderCase::Any || found.iter().all(|word| word.shape == Shape::Capitals);
    let undone = words.get(range.end).is_some_and(|next| phrase.is_undone_by(next.hash));
    if !same || !shouted || undone {
        return None;
    }
    let sentence = Sentence::around(block.text(), words, range.clone());
    let fits = match fact.r#where {
        PlaceholderWhere::Anywhere => true,
        PlaceholderWhere::Start => sentence.begins,
        PlaceholderWhere::End => sentence.ends,
        PlaceholderWhere::Whole => sentence.begins && sentence.ends && block.kind != BlockKind::Cell,
        PlaceholderWhere::OfPart => sentence.ends && is_of_part(facts, sentence.before(words)),
    };
    let is_sentence = range.len() > 1;
    let last = if is_sentence { end_of_sentence(block.text(), words, range.end - 1) } else { first };
    let range = words[first].range().start..words[last].range().end;
    (fits && !is_allowed(facts, block, &range)).then_some(Found { range, r#where: fact.r#where })
}

/// Whether a placeholder is part of a wording that the project means as it is.
fn is_allowed(facts: &PlaceholderFacts, block: &Block<'_>, range: &Range<usize>) -> bool {
    facts.rows.allowed.iter().any(|wording| {
        let start = find_folded(block.text(), wording);
        start.is_some_and(|start| start < range.end && range.start < start + wording.len())
    })
}

/// Whether the words before the phrase are few and name a part of the page.
fn is_of_part(facts: &PlaceholderFacts, before: &[Word]) -> bool {
    before.len() <= SHORT_SENTENCE && before.iter().any(|word| facts.is_part(word.hash))
}

/// More words than this before a phrase say something else than that a part is missing.
const SHORT_SENTENCE: usize = 6;

/// The word with which the sentence of the word at `at` ends, if that is near.
fn end_of_sentence(text: &str, words: &[Word], at: usize) -> usize {
    let joined = |pair: &&[Word]| !ends_sentence(&text[pair[0].range().end..pair[1].range().start]);
    let after = words[at..].windows(2).take(SHORT_SENTENCE).take_while(joined).count();
    let is_near = at + after + 1 == words.len() || after < SHORT_SENTENCE;
    if is_near { at + after } else { at }
}

fn ends_sentence(gap: &str) -> bool {
    gap.contains(['.', '!', '?', ';', ')'])
}

/// Where in its sentence a phrase stands.
struct Sentence {
    begins: bool,
    ends: bool,
    /// The words before the phrase, as indices.
    before: Range<usize>,
}

impl Sentence {
    fn around(text: &str, words: &[Word], phrase: Range<usize>) -> Self {
        let gap_before = |at: usize| {
            let start = at.checked_sub(1).map_or(0, |previous| words[previous].end as usize);
            &text[start..words[at].start as usize]
        };
        let parts_sentences = |gap: &str| gap.contains(['.', '!', '?', ':', ';']);
        let limit = phrase.start.saturating_sub(SHORT_SENTENCE + 1);
        let first =
            (limit..=phrase.start).rev().find(|&at| at == 0 || parts_sentences(gap_before(at))).unwrap_or(limit);
        let last = words[phrase.end - 1].end as usize;
        let rest = &text[last..words.get(phrase.end).map_or(text.len(), |next| next.start as usize)];
        let ends = phrase.end == words.len() || ends_sentence(rest);
        Self { begins: first == phrase.start, ends, before: first..phrase.start }
    }

    fn before<'w>(&self, words: &'w [Word]) -> &'w [Word] {
        &words[self.before.clone()]
    }
}

/// Signs that do not end a word, the last as often as it stands: "really???" asks, "grade ????" does not know.
fn find_sign(cx: &RuleContext<'_>, block: &Block<'_>) -> Option<Range<usize>> {
    let text = block.text();
    cx.facts.placeholders.signs().iter().find_map(|phrase| {
        let sign = phrase.chars().next()?;
        let is_start = |mark: &&Mark| mark.sign == sign && text[mark.at()..].starts_with(phrase.as_str());
        let start = cx.prose().marks(block).iter().find(is_start)?.at();
        let rest = text[start..].strip_prefix(phrase.as_str())?;
        let end = text.len() - rest.trim_start_matches(phrase.chars().next_back()?).len();
        let after_word = text[..start].chars().next_back().is_some_and(char::is_alphanumeric);
        (!after_word).then_some(start..end)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Facts;
    use crate::source::Source;
    use crate::text::fold;

    fn found(text: &str) -> Option<String> {
        let source = Source::new("x.md", text);
        let found = RULE.findings(&source);
        found.first().map(|diagnostic| source.slice(diagnostic.span).to_owned())
    }

    #[test]
    fn every_phrase_fires_on_its_example() {
        for fact in &Facts::embedded().placeholders.rows.phrases {
            let found = found(&fact.example).unwrap_or_default();
            assert!(!found.is_empty() && fold(&fact.example).contains(&fact.phrase), "{}: {found}", fact.example);
        }
    }

    #[test]
    fn sentences_of_the_house_are_none() {
        for sentence in &Facts::embedded().placeholders.rows.house {
            assert_eq!(found(sentence), None, "{sentence}");
        }
    }

    #[test]
    fn code_and_words_with_the_letters_are_none() {
        for text in ["`TBD`", "`???`", "Why? `???` here", "TBDs", "Really???", "| a | b |\n| - | - |\n| x | N/A |"] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
