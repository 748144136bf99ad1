use crate::declare_rule;
use crate::diagnostic::Safety;
use crate::facts::{Articles, TermKind};
use crate::grammar::indefinite::{Indefinite, indefinite, number_sound};
use crate::prose::{Shape, WordAt};
use crate::rule::{RuleContext, Sink};
use crate::text::{fold, match_case};

declare_rule! {
    /// "a" stands before a vowel sound, "an" before a consonant, or a second article beside it.
    ///
    /// The sound decides, not the letter: "a user", "an hour", "an MBA". Acronyms that may be read as a word or letter by
    /// letter are left alone.
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// - Works as a individual contributor
    /// - Has an technical background
    /// - Reports to the a lead of a IT team
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// - Works as an individual contributor, a user and a European
    /// - Has a technical background, an MBA and an honest interest
    /// ```
    "wrong-article", Prose, Warning, fix: Safe; check
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    let articles = &cx.facts.terms.rows().articles;
    for found in cx.wording().terms().iter().filter(|found| found.kind == TermKind::Article) {
        let article = found.first(cx.prose());
        let Some(written) = article_of(article) else { continue };
        if let Some((first, second)) = two_articles(article) {
            report_pair(cx, first, second, sink);
            continue;
        }
        let Some((next, right)) = next_sound(article, articles) else { continue };
        if written != right && !article.after().is_some_and(|next| takes_no_article(next, articles)) {
            report(cx, article, next, right, sink);
        }
    }
}

fn report(cx: &RuleContext<'_>, word: WordAt<'_, '_>, next: &str, right: Indefinite, sink: &mut Sink) {
    let (block, written) = (word.block, word.written());
    let span = block.word_span(word.word());
    let article = match_case(written, right.written());
    let finding = sink
        .report(span, format!("{} {}", fold(written), fold(next)), format!("`{written} {next}` has the wrong article"))
        .help(format!("Write `{article} {next}`"));
    if !block.is_verbatim(cx.source, word.word().range()) {
        return;
    }
    let finding = finding.fix(cx.safety_in(block), format!("Change it to `{article}`"), span, article);
    let names = |word: Option<WordAt<'_, '_>>| word.is_some_and(|word| word.word().shape != Shape::Lower);
    if right == Indefinite::A && names(word.before()) && names(word.after()) {
        let finding = finding.fix(Safety::Unsafe, "Change it to `and`", span, "and");
        finding.help("Write `a`, or `and` if that was meant");
    }
}

/// What takes no article before it, as it takes the place of one.
const DETERMINERS: [&str; 8] = ["the", "our", "your", "their", "its", "this", "these", "those"];

/// Words that begin with "a" in another language: "the a priori view".
const AFTER_FOREIGN: [&str; 6] = ["priori", "posteriori", "la", "cappella", "capella", "fortiori"];

/// The two words of "the a", "an our" or "a an", of which one is this article.
fn two_articles<'p, 'a>(article: WordAt<'p, 'a>) -> Option<(WordAt<'p, 'a>, WordAt<'p, 'a>)> {
    let is_apart = |word: &WordAt<'_, '_>| matches!(word.gap_before(), " " | "\n");
    let is_one_of =
        |word: WordAt<'_, '_>, known: &[&str]| word.word().shape == Shape::Lower && known.contains(&word.written());
    let after = article.after().filter(is_apart)?;
    if is_one_of(after, &DETERMINERS) || is_other_article(article, after) {
        return Some((article, after));
    }
    let before = article.before().filter(|_| is_apart(&article))?;
    let is_the = before.written().eq_ignore_ascii_case("the");
    let goes_on = after.word().shape != Shape::Capitals
        && !is_one_of(after, &AFTER_FOREIGN)
        && !is_one_of(after, &["and", "or", "is", "in"]);
    (is_the && goes_on).then_some((before, article))
}

/// "a an" and "an a"; the same twice is a doubled word.
fn is_other_article(article: WordAt<'_, '_>, next: WordAt<'_, '_>) -> bool {
    match fold(article.written()).as_str() {
        "a" => next.written() == "an",
        _ => next.written() == "a",
    }
}

fn report_pair(cx: &RuleContext<'_>, first: WordAt<'_, '_>, second: WordAt<'_, '_>, sink: &mut Sink) {
    let block = first.block;
    let range = first.word().range().start..second.word().range().end;
    let (first, second) = (first.written(), second.written());
    let also = if fold(first) == "an" { ", or write `and`" } else { "" };
    let finding = sink
        .report(
            block.span(range.clone()),
            format!("{} {}", fold(first), fold(second)),
            format!("`{first} {second}` has two articles"),
        )
        .help(format!("Keep the one that is meant{also}"));
    if block.is_verbatim(cx.source, range.clone()) {
        let span = block.span(range);
        let last = match_case(first, second);
        finding.fix(Safety::Unsafe, format!("Keep `{last}`"), span, last).fix(
            Safety::Unsafe,
            format!("Keep `{first}`"),
            span,
            first,
        );
    }
}

/// The article that a word is: "A" in the middle of a sentence is a letter, as in "Series A".
fn article_of(word: WordAt<'_, '_>) -> Option<Indefinite> {
    let before = word.text_before().trim_end();
    let stands_alone = !word.text_before().ends_with(['-', '/', '(', '&', '.', '\'', '+']);
    let starts_sentence = before.is_empty() || before.ends_with(['.', ':', '!', '?', ';']);
    let is_letter = word.word().shape != Shape::Lower && !starts_sentence;
    (stands_alone && !is_letter && !word.word().technical).then(|| match word.written().len() {
        1 => Indefinite::A,
        _ => Indefinite::An,
    })
}

/// What follows an article, if it is clear how it sounds, and the article that it takes.
fn next_sound<'a>(article: WordAt<'_, 'a>, articles: &Articles) -> Option<(&'a str, Indefinite)> {
    let after = article.text_after();
    let rest = after.trim_start_matches([' ', '\n']);
    if rest.len() == after.len() {
        return None;
    }
    let digits = &rest[..rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len()];
    if !digits.is_empty() {
        let counted = goes_on(&rest[digits.len()..]);
        return number_sound(digits).filter(|_| counted).map(|article| (digits, article));
    }
    let next = article.after().filter(|next| next.block.text().len() - next.word().range().start == rest.len())?;
    indefinite(next, articles).map(|article| (next.stem(), article))
}

/// Words before which an article is a slip of another kind.
fn takes_no_article(next: WordAt<'_, '_>, articles: &Articles) -> bool {
    let is_acronym = || {
        let mut known = articles.acronyms_a.iter().chain(&articles.acronyms_an);
        next.word().shape == Shape::Capitals && known.any(|known| known == next.stem())
    };
    articles.never_after.contains(&fold(next.written())) && !is_acronym()
}

/// Whether a number counts something; one by itself may be a grade that lacks its "grade".
fn goes_on(after: &str) -> bool {
    let rest = after.strip_prefix(' ').unwrap_or(after);
    rest.starts_with(|c: char| c.is_ascii_lowercase() || matches!(c, '-' | '%'))
}

#[cfg(test)]
mod tests {
    use crate::facts::Facts;
    use crate::lint::{Settings, lint};
    use crate::source::Source;

    fn found(markdown: &str) -> Vec<String> {
        let mut found = lint(&Source::new("x.md", markdown), &Settings::new(Facts::embedded())).diagnostics;
        found.retain(|diagnostic| diagnostic.rule == "wrong-article");
        found.into_iter().map(|diagnostic| diagnostic.key).collect()
    }

    #[test]
    fn an_article_is_told_where_the_sound_of_the_next_word_is_clear() {
        for right in [
            "a user, an hour, a one-on-one, a US-based, an MBA, a SQL, an SQL, an npm, an historic, a historic, a MLOps",
            "an 8-week, an 11th, an 18-month, a 100, a 5, a [8](x).",
            "Series A investors, option a is, a and b, vitamin A or, grade A in, (a) individual, a/an individual, an \"x\"",
        ] {
            assert_eq!(found(right), [""; 0]);
        }
        for wrong in ["a individual", "an technical", "a MBA", "a 8", "A engineer", "a\nindividual", "an 5-day"] {
            assert_eq!(found(&format!("{wrong} here")).len(), 1, "{wrong}");
        }
    }

    #[test]
    fn two_articles_are_one_too_many() {
        for (wrong, pair) in [
            ("report to the a lead", "the a"),
            ("write a the plan", "a the"),
            ("an our plan", "an our"),
            ("as a an individual", "a an"),
            ("The an hour", "the an"),
        ] {
            assert_eq!(found(wrong), [pair]);
        }
        for right in [
            "option a, the plan; the a priori view, the A team, the a-record, the a and the b",
            "a. The plan, the a. plan; a/an plan; the \"a\" plan, a `x` the, the a la carte menu; an/the",
        ] {
            assert_eq!(found(right), [""; 0]);
        }
        assert_eq!(found("a IT team, a US firm, an US firm, a SLA, an SLA, an IT lead"), ["a it", "an us", "a sla"]);
    }

    #[test]
    fn an_between_names_may_be_and() {
        let found = lint(&Source::new("x.md", "Salesforce an Twilio"), &Settings::new(Facts::embedded())).diagnostics;
        assert!(found.iter().any(|diagnostic| diagnostic.rule == "wrong-article" && diagnostic.fixes.len() == 2));
    }
}
