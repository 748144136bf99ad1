use crate::declare_rule;
use crate::diagnostic::Safety;
use crate::facts::{Articles, TermKind};
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

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Article {
    A,
    An,
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

fn report(cx: &RuleContext<'_>, word: WordAt<'_, '_>, next: &str, right: Article, sink: &mut Sink) {
    let (block, written) = (word.block, word.written());
    let span = block.word_span(word.word());
    let article = match_case(written, if right == Article::A { "a" } else { "an" });
    let finding = sink
        .report(span, format!("{} {}", fold(written), fold(next)), format!("`{written} {next}` has the wrong article"))
        .help(format!("Write `{article} {next}`"));
    if !block.is_verbatim(cx.source, word.word().range()) {
        return;
    }
    let finding = finding.fix(cx.safety_in(block), format!("Change it to `{article}`"), span, article);
    let names = |word: Option<WordAt<'_, '_>>| word.is_some_and(|word| word.word().shape != Shape::Lower);
    if right == Article::A && names(word.before()) && names(word.after()) {
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
fn article_of(word: WordAt<'_, '_>) -> Option<Article> {
    let before = word.text_before().trim_end();
    let stands_alone = !word.text_before().ends_with(['-', '/', '(', '&', '.', '\'', '+']);
    let starts_sentence = before.is_empty() || before.ends_with(['.', ':', '!', '?', ';']);
    let is_letter = word.word().shape != Shape::Lower && !starts_sentence;
    (stands_alone && !is_letter && !word.word().technical).then(|| match word.written().len() {
        1 => Article::A,
        _ => Article::An,
    })
}

/// What follows an article, if it is clear how it sounds, and the article that it takes.
fn next_sound<'a>(article: WordAt<'_, 'a>, articles: &Articles) -> Option<(&'a str, Article)> {
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
    let word = next.stem();
    let plain = !next.word().technical && word.chars().all(|c| c.is_ascii_alphabetic()) && word.len() > 1;
    if !plain {
        return None;
    }
    let article = match next.word().shape {
        Shape::Capitals => acronym_sound(word, articles),
        Shape::Mixed => mixed_sound(word, articles),
        Shape::Lower | Shape::Capitalised => word_sound(&word.to_ascii_lowercase(), articles),
    };
    article.map(|article| (word, article))
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
    // What has no vowel is read letter by letter: "an npm package".
    let has_vowel = lower.contains(['a', 'e', 'i', 'o', 'u', 'y']);
    if !has_vowel || articles.either_starts.begin(lower) {
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
            "an MBA, a UX, an SDR, an HR, a VP, an API, an AE, a SQL, an SQL, a SaaS, a GitLab, an IT, an EU, an eBay, a QA",
            "an npm, an ssh, a Utrecht, a EULA, a unanimous, a unary, a unidirectional, a unimodal, a utensil, a oneness",
            "an unidentified, an unimportant, an unimaginable, an uninvited, an unissued, an usher, an unarmed",
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
            "a EU",
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
