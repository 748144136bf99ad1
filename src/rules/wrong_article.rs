use std::ops::Range;

use crate::declare_rule;
use crate::diagnostic::Safety;
use crate::facts::{Articles, TermKind};
use crate::prose::{Block, Shape, Word};
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

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Article {
    A,
    An,
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    let articles = &cx.facts.terms.rows().articles;
    for found in cx.wording().terms().iter().filter(|found| found.kind == TermKind::Article) {
        let block = &cx.prose().blocks()[found.block];
        let words = cx.prose().words(block);
        let Some(written) = article_at(block, words, found.words.start) else { continue };
        if let Some(pair) = second_article(block, words, found.words.start) {
            report_pair(cx, block, &words[pair], sink);
            continue;
        }
        let Some((next, right)) = next_sound(block, words, found.words.start, articles) else { continue };
        if written != right && !follows_no_article(words.get(found.words.start + 1), block, articles) {
            report(cx, block, words, found.words.start, next, right, sink);
        }
    }
}

fn report(
    cx: &RuleContext<'_>,
    block: &Block<'_>,
    words: &[Word],
    at: usize,
    next: &str,
    right: Article,
    sink: &mut Sink,
) {
    let written = block.word(&words[at]);
    let span = block.word_span(&words[at]);
    let article = match_case(written, if right == Article::A { "a" } else { "an" });
    let finding = sink
        .report(span, format!("{} {}", fold(written), fold(next)), format!("`{written} {next}` has the wrong article"))
        .help(format!("Write `{article} {next}`"));
    if !block.is_verbatim(cx.source, words[at].range()) {
        return;
    }
    let finding = finding.fix(cx.safety_in(block), format!("Change it to `{article}`"), span, article);
    let names = |word: Option<&Word>| word.is_some_and(|word| word.shape != Shape::Lower);
    if right == Article::A && at > 0 && names(words.get(at - 1)) && names(words.get(at + 1)) {
        let finding = finding.fix(Safety::Unsafe, "Change it to `and`", span, "and");
        finding.help("Write `a`, or `and` if that was meant");
    }
}

/// What takes no article before it, as it takes the place of one.
const DETERMINERS: [&str; 8] = ["the", "our", "your", "their", "its", "this", "these", "those"];

/// Words that begin with "a" in another language: "the a priori view".
const AFTER_FOREIGN: [&str; 6] = ["priori", "posteriori", "la", "cappella", "capella", "fortiori"];

/// The two words of "the a", "an our" or "a an", of which one is the article at `at`.
fn second_article(block: &Block<'_>, words: &[Word], at: usize) -> Option<Range<usize>> {
    let is_apart = |first: usize| {
        let gap =
            words.get(first..first + 2).and_then(|pair| block.text().get(pair[0].range().end..pair[1].start as usize));
        matches!(gap, Some(" " | "\n"))
    };
    let is_one_of = |at: usize, known: &[&str]| {
        words.get(at).is_some_and(|word| word.shape == Shape::Lower && known.contains(&block.word(word)))
    };
    if is_apart(at) && (is_one_of(at + 1, &DETERMINERS) || is_other_article(block, words, at)) {
        return Some(at..at + 2);
    }
    let before = at.checked_sub(1).filter(|before| is_apart(*before) && is_apart(at))?;
    let is_the = block.word(&words[before]).eq_ignore_ascii_case("the");
    let goes_on = words.get(at + 1).is_some_and(|next| next.shape != Shape::Capitals)
        && !is_one_of(at + 1, &AFTER_FOREIGN)
        && !is_one_of(at + 1, &["and", "or", "is", "in"]);
    (is_the && goes_on).then_some(before..at + 1)
}

/// "a an" and "an a"; the same twice is a doubled word.
fn is_other_article(block: &Block<'_>, words: &[Word], at: usize) -> bool {
    let next = words.get(at + 1).map(|next| block.word(next));
    match fold(block.word(&words[at])).as_str() {
        "a" => next == Some("an"),
        _ => next == Some("a"),
    }
}

fn report_pair(cx: &RuleContext<'_>, block: &Block<'_>, pair: &[Word], sink: &mut Sink) {
    let range = pair[0].range().start..pair[1].range().end;
    let (first, second) = (block.word(&pair[0]), block.word(&pair[1]));
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
fn article_at(block: &Block<'_>, words: &[Word], at: usize) -> Option<Article> {
    let word = &words[at];
    let before = block.text()[..word.range().start].trim_end();
    let stands_alone = !block.text()[..word.range().start].ends_with(['-', '/', '(', '&', '.', '\'', '+']);
    let starts_sentence = before.is_empty() || before.ends_with(['.', ':', '!', '?', ';']);
    let is_letter = word.shape != Shape::Lower && !starts_sentence;
    (stands_alone && !is_letter && !word.technical).then(|| match block.word(word).len() {
        1 => Article::A,
        _ => Article::An,
    })
}

/// What follows an article, if it is clear how it sounds, and the article that it takes.
fn next_sound<'b>(block: &Block<'b>, words: &[Word], at: usize, articles: &Articles) -> Option<(&'b str, Article)> {
    let after = block.text().get(words[at].range().end..)?;
    let rest = after.trim_start_matches([' ', '\n']);
    if rest.len() == after.len() {
        return None;
    }
    let digits = &rest[..rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len()];
    if !digits.is_empty() {
        let counted = goes_on(&rest[digits.len()..]);
        return number_sound(digits).filter(|_| counted).map(|article| (digits, article));
    }
    let next = words.get(at + 1).filter(|next| block.text().len() - next.range().start == rest.len())?;
    let word = block.stem(next);
    let plain = !next.technical && word.chars().all(|c| c.is_ascii_alphabetic()) && word.len() > 1;
    if !plain {
        return None;
    }
    let article = match next.shape {
        Shape::Capitals => acronym_sound(word, articles),
        Shape::Mixed => mixed_sound(word, articles),
        Shape::Lower | Shape::Capitalised => word_sound(&word.to_ascii_lowercase(), articles),
    };
    article.map(|article| (word, article))
}

/// Words before which an article is a slip of another kind.
fn follows_no_article(next: Option<&Word>, block: &Block<'_>, articles: &Articles) -> bool {
    next.is_some_and(|next| {
        let is_acronym = || {
            let mut known = articles.acronyms_a.iter().chain(&articles.acronyms_an);
            next.shape == Shape::Capitals && known.any(|known| known == block.stem(next))
        };
        articles.never_after.contains(&fold(block.word(next))) && !is_acronym()
    })
}

/// Whether a number counts something; one by itself may be a grade that lacks its "grade".
fn goes_on(after: &str) -> bool {
    let rest = after.strip_prefix(' ').unwrap_or(after);
    rest.starts_with(|c: char| c.is_ascii_lowercase() || matches!(c, '-' | '%'))
}

/// "an 8-week plan", "an 11th hour"; 1100 may be "eleven hundred".
fn number_sound(digits: &str) -> Option<Article> {
    match digits {
        "11" | "18" => Some(Article::An),
        _ if digits.starts_with('8') => Some(Article::An),
        _ if digits.starts_with('1') => None,
        _ => Some(Article::A),
    }
}

fn word_sound(lower: &str, articles: &Articles) -> Option<Article> {
    if articles.either_starts.begin(lower) {
        None
    } else if articles.silent_starts.begin(lower) || articles.an_starts.begin(lower) {
        Some(Article::An)
    } else if articles.a_starts.begin(lower) || articles.a_words.iter().any(|word| word == lower) {
        Some(Article::A)
    } else {
        Some(if lower.starts_with(['a', 'e', 'i', 'o', 'u']) { Article::An } else { Article::A })
    }
}

/// Pairs of consonants with which a word may begin.
const CLUSTERS: [&str; 12] = ["FL", "FR", "RH", "SC", "SH", "SK", "SL", "SM", "SN", "SP", "ST", "SW"];

/// An acronym is read letter by letter when no word begins so; one with A, E, I or O first sounds so either way.
fn acronym_sound(acronym: &str, articles: &Articles) -> Option<Article> {
    let listed = |list: &[String]| list.iter().any(|known| known == acronym);
    if listed(&articles.acronyms_either) {
        None
    } else if listed(&articles.acronyms_a) {
        Some(Article::A)
    } else if listed(&articles.acronyms_an) || acronym.starts_with(['A', 'E', 'I', 'O']) {
        Some(Article::An)
    } else if acronym.starts_with(['F', 'H', 'L', 'M', 'N', 'R', 'S', 'X']) {
        let vowel = acronym[1..].starts_with(['A', 'E', 'I', 'O', 'U', 'Y']);
        let cluster = CLUSTERS.iter().any(|cluster| acronym.starts_with(cluster));
        (!vowel && !cluster).then_some(Article::An)
    } else if acronym.starts_with('U') {
        None
    } else {
        Some(Article::A)
    }
}

/// "GitLab" sounds as a word, the "ML" of "MLOps" as letters, the plural "APIs" as its acronym.
fn mixed_sound(word: &str, articles: &Articles) -> Option<Article> {
    if let Some(acronym) = word.strip_suffix('s').filter(|stem| stem.chars().all(|c| c.is_ascii_uppercase())) {
        return acronym_sound(acronym, articles);
    }
    let second_is_capital = word[1..].starts_with(|c: char| c.is_ascii_uppercase());
    let listed = articles.acronyms_either.iter().chain(&articles.acronyms_a).any(|known| known == word);
    if listed || (second_is_capital && !word.starts_with(['A', 'E', 'I', 'O', 'a', 'e', 'i', 'o'])) {
        return None;
    }
    word_sound(&word.to_ascii_lowercase(), articles)
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
    fn the_sound_decides() {
        for right in [
            "a user, an hour, a one-on-one, a once, an honest, a European, a unique, an uninformed, a US-based, an umbrella",
            "an MBA, a UX, an SDR, an HR, a VP, an API, an AE, a SQL, an SQL, a SaaS, a GitLab, an IT, a EU, an eBay, a QA",
            "an 8-week, an 11th, an 18-month, a 100, a 5, an historic, a historic, an FAQ, a FAQ, an OKR, an APIs, a MLOps, a [8](x).",
            "Series A investors, option a is, a and b, vitamin A or, grade A in, (a) individual, a/an individual, an \"x\"",
        ] {
            assert_eq!(found(right), [""; 0]);
        }
        for wrong in [
            "a individual",
            "an technical",
            "an user",
            "a hour",
            "a MBA",
            "an VP",
            "a API",
            "a 8",
            "an European",
            "A engineer",
            "a\nindividual",
            "an 5-day",
        ] {
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
