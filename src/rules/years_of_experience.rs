use std::ops::Range;

use crate::declare_rule;
use crate::facts::{TermKind, Years};
use crate::prose::{Block, BlockKind, WordAt};
use crate::rule::{RuleContext, Sink};
use crate::source::floor_char_boundary;
use crate::text::fold;

declare_rule! {
    /// A number of years of experience is asked for.
    ///
    /// The guide asks for "relevant, progressive experience" and what that means here, unless the number itself matters:
    /// years keep away people who can do the work. For grades 4 and 5 it asks for no prior experience at all.
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// - 5+ years of experience in tax law
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// - Relevant, progressive experience in tax law
    /// - Writes the three-year plan within 2 years
    /// ```
    "years-of-experience", Prose, Info; check
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    for found in cx.wording().terms().iter().filter(|found| found.kind == TermKind::Years) {
        let unit = found.first(cx.prose());
        let block = unit.block;
        let years = &cx.facts.terms.rows().years;
        if let Some(range) = asked_years(unit, years).filter(|_| !is_allowed(block, years)) {
            let written = &block.text()[range.clone()];
            sink.report(block.span(range), fold(written), format!("`{written}` asks for a number of years"))
                .help("Say what the role needs: `relevant, progressive experience` with what, and at what scale");
        }
    }
}

/// Whether the project has years asked for where such words stand.
fn is_allowed(block: &Block<'_>, years: &Years) -> bool {
    if years.allowed.is_empty() {
        return false;
    }
    let folded = fold(block.text());
    years.allowed.iter().any(|words| folded.contains(words.as_str()))
}

/// A number before its unit.
struct Count {
    start: usize,
    /// "5+", "at least 5", "5 or more".
    at_least: bool,
    /// "3-5", "three to five".
    is_range: bool,
    /// "within 5", "the next 5".
    is_span: bool,
}

/// The number and its unit, where they ask for experience.
fn asked_years(unit: WordAt<'_, '_>, years: &Years) -> Option<Range<usize>> {
    let before = unit.text_before();
    let singular_compound = before.ends_with('-') && !unit.written().ends_with('s');
    let count = count_before(before, years).filter(|count| !count.is_span && !singular_compound)?;
    let lists = |list: &[String], word: WordAt<'_, '_>| list.contains(&fold(word.written()));
    let next = unit.after();
    let experience = sentence_after(unit).any(|word| lists(&years.experience, word));
    let starts_bullet = unit.block.kind == BlockKind::Item && count.start == 0;
    let continues =
        (count.at_least || count.is_range || starts_bullet) && next.is_some_and(|next| lists(&years.continues, next));
    let ago = next.is_some_and(|next| lists(&years.ends_span, next));
    let named_before = || count.at_least && is_over(unit) && opens_with_experience(unit, before, count.start, years);
    ((experience || continues || named_before()) && !ago).then_some(count.start..unit.word().range().end)
}

/// Words of a bullet among which its experience is named first.
const OPENING: usize = 3;

/// `Experience as a writer for at least two years`
fn opens_with_experience(unit: WordAt<'_, '_>, before: &str, start: usize, years: &Years) -> bool {
    let mut opening = (0..unit.at.min(OPENING)).map(|at| WordAt { at, ..unit });
    let is_named = opening.any(|word| years.experience.contains(&fold(word.written())));
    let is_near = before[..start].trim_end().rfind(" for ").is_some_and(|at| start - at <= NEAR);
    unit.block.kind == BlockKind::Item && is_named && is_near
}

/// In bytes: "for at least ", "for a minimum of ".
const NEAR: usize = 18;

/// Whether the sentence ends after the unit.
fn is_over(unit: WordAt<'_, '_>) -> bool {
    let after = unit.text_after();
    after.trim().is_empty() || after.starts_with(['.', ';'])
}

/// Words after the unit among which the experience must be named.
const WITHIN: usize = 9;

fn sentence_after<'p, 'a>(unit: WordAt<'p, 'a>) -> impl Iterator<Item = WordAt<'p, 'a>> {
    let goes_on = |word: &WordAt<'_, '_>| !word.gap_before().contains([';', '.']) || word.gap_before() == ".";
    std::iter::successors(unit.after(), |word| word.after()).take(WITHIN).take_while(goes_on)
}

/// Bytes before the unit in which its number and what belongs to it are looked for.
const REACH: usize = 64;

fn count_before(before: &str, years: &Years) -> Option<Count> {
    let near = &before[floor_char_boundary(before, before.len().saturating_sub(REACH))..];
    let offset = before.len() - near.len();
    let tokens: Vec<(usize, &str)> = tokens_backwards(near.trim_end_matches('-')).collect();
    let (skipped, mut at_least) = match tokens.as_slice() {
        [(_, more), (_, or), ..] if fold(more) == "more" && fold(or) == "or" => (2, true),
        [(_, plus), ..] if matches!(*plus, "plus" | "+") => (1, true),
        [(_, "those" | "these"), (_, "of"), ..] => (2, false),
        [(_, again), (_, word), ..] if again.starts_with('(') && read_number(word, years).is_some() => (1, false),
        _ => (0, false),
    };
    let (start, token) = tokens.get(skipped)?;
    let number = read_number(token, years)?;
    at_least |= number.plus;
    let start = offset + start + (token.len() - number.text.len());
    let mut count = Count { start, at_least, is_range: number.range, is_span: false };
    read_words_before(&tokens[skipped + 1..], offset, &mut count, years);
    Some(count)
}

/// Words between the number and those that say what kind of number it is.
const FILLERS: [&str; 10] = ["of", "a", "an", "the", "at", "about", "around", "approximately", "typically", "usually"];

/// What stands before the number: the lower end of a range, and words that say what kind of number it is.
fn read_words_before(tokens: &[(usize, &str)], offset: usize, count: &mut Count, years: &Years) {
    let lower_end = match tokens {
        [(_, "-" | "\u{2013}" | "to" | "or"), (start, number), ..] if read_number(number, years).is_some() => {
            Some(start)
        }
        _ => None,
    };
    if let Some(start) = lower_end {
        count.start = offset + start;
        count.is_range = true;
    }
    for (_, token) in tokens.iter().skip(if lower_end.is_some() { 2 } else { 0 }) {
        let word = fold(token.trim_matches(|c: char| !c.is_alphanumeric()));
        if years.at_least.contains(&word) {
            count.at_least = true;
        } else if years.spans.contains(&word) {
            count.is_span = true;
        } else if !FILLERS.contains(&word.as_str()) {
            return;
        }
    }
}

/// The pieces between blanks from the end, each with its first byte.
fn tokens_backwards(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut rest = text.trim_end();
    std::iter::from_fn(move || {
        rest = rest.trim_end();
        let start =
            rest.rfind(char::is_whitespace).map_or(0, |at| at + rest[at..].chars().next().map_or(1, char::len_utf8));
        let token = &rest[start..];
        rest = &rest[..start];
        (!token.is_empty()).then_some((start, token))
    })
}

struct Number<'t> {
    /// From its first digit or letter on.
    text: &'t str,
    plus: bool,
    range: bool,
}

/// More years than anybody has worked: a calendar year.
const MOST: u32 = 45;

/// `5`, `5+`, `3-5`, `(3–5)`, `two`, `two-three`.
fn read_number<'t>(token: &'t str, years: &Years) -> Option<Number<'t>> {
    let text = token.trim_start_matches(['(', '~', '>', '\u{2265}', '<', '*', '"', '[']);
    let bare = text.trim_end_matches([')', ',', ']', '"', '*', '-']);
    let plus =
        bare.ends_with('+') || bare.ends_with("-plus") || text.len() < token.len() && token.contains(['>', '\u{2265}']);
    let bare = bare.trim_end_matches("-plus").trim_end_matches('+');
    let mut parts = 0;
    for part in bare.split(['-', '\u{2013}', '\u{2014}', '/']) {
        let part = part.trim_end_matches('+');
        let digits = !part.is_empty() && part.len() < 4 && part.chars().all(|c| c.is_ascii_digit());
        let known = if digits {
            part.parse::<u32>().is_ok_and(|number| number <= MOST)
        } else {
            years.numbers.contains(&fold(part))
        };
        if !known {
            return None;
        }
        parts += 1;
    }
    (parts < 3).then_some(Number { text, plus: plus || bare.contains('+'), range: parts == 2 })
}

#[cfg(test)]
mod tests {
    use crate::facts::Facts;
    use crate::lint::{Settings, lint};
    use crate::source::Source;

    fn found(markdown: &str) -> Vec<String> {
        let source = Source::new("x.md", markdown);
        let mut found = lint(&source, &Settings::new(Facts::embedded())).diagnostics;
        found.retain(|diagnostic| diagnostic.rule == "years-of-experience");
        found.iter().map(|diagnostic| source.slice(diagnostic.span).to_owned()).collect()
    }

    #[test]
    fn every_example_is_told_and_no_counter_example() {
        let facts = Facts::embedded();
        for example in &facts.terms.rows().years.examples {
            assert_eq!(found(example).len(), 1, "{example}");
        }
        for example in &facts.terms.rows().years.counter_examples {
            assert_eq!(found(example), [""; 0], "{example}");
        }
    }

    #[test]
    fn the_number_and_its_unit_are_shown() {
        assert_eq!(found("With 3 to 5 years of experience"), ["3 to 5 years"]);
        assert_eq!(found("At least (5+) years’ experience"), ["5+) years"]);
        assert_eq!(found("years years 9999 years of experience – years"), [""; 0]);
    }
}
