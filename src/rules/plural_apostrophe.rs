use std::ops::Range;

use crate::declare_rule;
use crate::diagnostic::Safety;
use crate::facts::TermKind;
use crate::prose::{Block, Shape, Word, WordAt};
use crate::rule::{RuleContext, Sink};
use crate::text::{fold, listed};
use crate::wording::FoundTerm;

declare_rule! {
    /// The plural of an acronym has an apostrophe, `OKR's`, or a plural lacks the one of a possessive: `customers needs`.
    ///
    /// With the apostrophe it reads as a possessive. Acronyms of people ("the CEO's shadow") and those before a noun are
    /// taken for possessives and left alone; look whether the one that is found is a plural. Of other plurals only owners
    /// are told, and only before what they have: needs, goals and expectations; `GitLabs`, of which there is one; and years
    /// before experience.
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// - Define the team's OKR's, and report them
    /// - Listen to the customers needs
    /// - Several years relevant experience
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// - Define the team's OKRs, and report them in the CEO's meeting
    /// - Listen to the customers' needs, and what customers need
    /// - Several years of relevant experience
    /// ```
    "plural-apostrophe", Prose, Info, fix: Unsafe; check
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    check_acronyms(cx, sink);
    for found in cx.wording().terms() {
        match found.kind {
            TermKind::Unmarked => check_unmarked(cx, found, sink),
            TermKind::Years => check_years(cx, found, sink),
            _ => {}
        }
    }
}

/// In words: "years relevant professional experience".
const MOST_BETWEEN: usize = 3;

/// "5 years experience": the years own it.
fn check_years(cx: &RuleContext<'_>, found: &FoundTerm, sink: &mut Sink) {
    let years = found.first(cx.prose());
    let is_marked = years.text_after().starts_with(['\'', '\u{2019}']);
    if years.written() != "years" || is_marked || !follows_number(cx, years) {
        return;
    }
    let (grammar, mut last) = (&cx.facts.grammar, years);
    for _ in 0..=MOST_BETWEEN {
        let Some(next) = last.after().filter(|next| next.gap_before() == " ") else { return };
        if next.written() == "experience" {
            return report_years(cx, years, sink);
        }
        let hash = next.word().hash;
        let is_other = grammar.prepositions.contains(hash)
            || grammar.no_modifiers.contains(hash)
            || grammar.verbs.get(hash).is_some_and(|verb| !verb.is_noun);
        // "5 years managing teams" has its own verb.
        if is_other || next.word().shape != Shape::Lower || next.written().ends_with("ing") {
            return;
        }
        last = next;
    }
}

/// "5+ years", "(5) years", "five years": not "recent years experience shows".
fn follows_number(cx: &RuleContext<'_>, years: WordAt<'_, '_>) -> bool {
    let Some(before) = years.text_before().strip_suffix(' ') else { return false };
    let is_number = before.ends_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | ')'));
    let numbers = &cx.facts.terms.rows().years.numbers;
    let counts = |word: &str| matches!(word, "several" | "many") || numbers.iter().any(|number| number == word);
    is_number || years.before().is_some_and(|number| counts(&fold(number.written())))
}

fn report_years(cx: &RuleContext<'_>, years: WordAt<'_, '_>, sink: &mut Sink) {
    let right = vec!["years of".to_owned(), "years'".to_owned()];
    report_owner(cx, (years.block, years.word().range()), "lacks the apostrophe of a possessive", right, sink);
}

/// "customers needs", and "GitLabs" with or without an apostrophe at its end.
fn check_unmarked(cx: &RuleContext<'_>, found: &FoundTerm, sink: &mut Sink) {
    let (block, range) = found.place(cx.prose());
    let written = &block.text()[range.clone()];
    let not_before = &cx.facts.terms.rows().unmarked.not_before;
    let is_another = written.contains(['\'', '/', '-', '\n']);
    if is_another || found.after(cx.prose()).is_some_and(|word| not_before.contains(&word)) {
        return;
    }
    let apostrophe = block.text()[range.end..].chars().next().filter(|c| matches!(c, '\'' | '\u{2019}'));
    match (written.split_once(' '), apostrophe) {
        (Some((owners, owned)), None) => {
            let owner = owners.trim_end_matches('s');
            let right = vec![format!("{owners}' {owned}"), format!("{owner}'s {owned}")];
            report_owner(cx, (block, range), "lacks the apostrophe of a possessive", right, sink);
        }
        (None, None) => {
            let right = vec![format!("{}'s", written.trim_end_matches('s'))];
            report_owner(cx, (block, range), "lacks the apostrophe of a possessive", right, sink);
        }
        (None, Some(apostrophe)) => {
            let right = vec![format!("{}{apostrophe}s", written.trim_end_matches('s'))];
            let range = range.start..range.end + apostrophe.len_utf8();
            report_owner(cx, (block, range), "is the possessive of several", right, sink);
        }
        (Some(_), Some(_)) => {}
    }
}

fn report_owner(
    cx: &RuleContext<'_>,
    (block, range): (&Block<'_>, Range<usize>),
    slip: &str,
    right: Vec<String>,
    sink: &mut Sink,
) {
    let (span, written) = (block.span(range.clone()), &block.text()[range.clone()]);
    let finding =
        sink.report(span, fold(written), format!("`{written}` {slip}")).help(format!("Write {}", listed(&right)));
    if block.is_verbatim(cx.source, range) {
        right.into_iter().fold(finding, |finding, right| {
            finding.fix(Safety::Unsafe, format!("Change it to `{right}`"), span, right)
        });
    }
}

fn check_acronyms(cx: &RuleContext<'_>, sink: &mut Sink) {
    for block in cx.prose().blocks() {
        let words = cx.prose().words(block);
        for mark in cx.prose().marks(block).iter().filter(|mark| mark.is_apostrophe()) {
            let Some(at) = words.partition_point(|word| word.start <= mark.start).checked_sub(1) else { continue };
            let word = &words[at];
            let is_possessive = word.stem != word.hash && block.stem_range(word).end == mark.at();
            let next = words.get(at + 1);
            let is_slip =
                || is_acronym(block, word) && is_plural(cx, block, word, next) || is_before_of(block, word, next);
            if is_possessive && is_slip() {
                report(cx, block, word, sink);
            }
        }
    }
}

fn report(cx: &RuleContext<'_>, block: &Block<'_>, word: &Word, sink: &mut Sink) {
    let range = meeting(block, word).unwrap_or(word.range().start)..word.range().end;
    let written = &block.text()[range.clone()];
    let apostrophe = block.stem_range(word).end..word.range().end - 1;
    let plural = format!("{}s", &block.text()[range.start..apostrophe.start]);
    let finding = sink
        .report(block.span(range), written, format!("`{written}` has an apostrophe like a possessive"))
        .help(format!("Write `{plural}` for the plural"));
    if block.is_verbatim(cx.source, apostrophe.clone()) {
        finding.fix(Safety::Unsafe, format!("Change it to `{plural}`"), block.span(apostrophe), "");
    }
}

fn is_acronym(block: &Block<'_>, word: &Word) -> bool {
    if word.technical {
        return meeting(block, word).is_some();
    }
    let stem = block.stem(word);
    word.shape == Shape::Mixed && stem.chars().count() > 1 && stem.chars().all(char::is_uppercase)
}

/// Whether the word owns nothing; of people and departments that is sure only where nothing at all comes after them.
fn is_plural(cx: &RuleContext<'_>, block: &Block<'_>, word: &Word, next: Option<&Word>) -> bool {
    let acronyms = &cx.facts.terms.rows().possessive_acronyms;
    if acronyms.iter().any(|acronym| acronym == block.stem(word)) {
        let after = &block.text()[word.range().end..];
        return matches!(after.trim_end(), "" | ".") || is_enumerated(block, word, after);
    }
    !owns(block, word, next)
}

/// "The road map's of two teams": what owns something has it named next.
fn is_before_of(block: &Block<'_>, word: &Word, next: Option<&Word>) -> bool {
    let is_of = next.is_some_and(|next| block.word(next) == "of" && next.range().start == word.range().end + 1);
    // "It's of use"
    let is_contraction = matches!(
        block.stem(word),
        "it" | "that" | "this" | "what" | "who" | "here" | "there" | "where" | "how" | "he" | "she" | "one" | "let"
    );
    is_of && word.shape == Shape::Lower && !is_contraction
}

/// "A network of CTO's, architects": of one there were an article, and what is owned by several is named behind the last.
fn is_enumerated(block: &Block<'_>, word: &Word, after: &str) -> bool {
    let before = block.text()[..word.range().start].trim_end();
    let has_no_article = [" of", " with"].iter().any(|preposition| before.ends_with(preposition));
    let others = after.strip_prefix(", ").filter(|_| has_no_article);
    others.is_some_and(|others| !others.contains(['\'', '\u{2019}']))
}

/// Where "1:1's" begins, of which the word is the last part.
fn meeting(block: &Block<'_>, word: &Word) -> Option<usize> {
    let is_one = block.stem(word) == "1" && block.text()[..word.range().start].ends_with("1:");
    is_one.then(|| word.range().start - "1:".len())
}

/// Words after which a plural goes on; any other word may be what is owned.
const GO_ON: [&str; 30] = [
    "and",
    "or",
    "for",
    "to",
    "in",
    "on",
    "of",
    "with",
    "by",
    "at",
    "from",
    "that",
    "which",
    "are",
    "as",
    "into",
    "per",
    "through",
    "within",
    "including",
    "across",
    "when",
    "if",
    "but",
    "before",
    "after",
    "will",
    "while",
    "using",
    "we",
];

fn owns(block: &Block<'_>, word: &Word, next: Option<&Word>) -> bool {
    next.is_some_and(|next| {
        let gap = &block.text()[word.range().end..next.range().start];
        let goes_on = GO_ON.iter().any(|word| block.word(next).eq_ignore_ascii_case(word));
        // "the SRE's on-call shift"
        let is_compound = block.text()[next.range().end..].starts_with('-');
        gap.chars().all(char::is_whitespace) && (!goes_on || is_compound)
    })
}

#[cfg(test)]
mod tests {
    use crate::facts::Facts;
    use crate::lint::{Settings, lint};
    use crate::source::{Source, Span};

    fn found(markdown: &str) -> Vec<String> {
        let source = Source::new("x.md", markdown);
        let mut found = lint(&source, &Settings::new(Facts::embedded())).diagnostics;
        found.retain(|diagnostic| diagnostic.rule == "plural-apostrophe");
        let fixed = |edit: Span| format!("{}|{}", &source.text()[..edit.start], &source.text()[edit.end..]);
        found.iter().map(|diagnostic| fixed(diagnostic.fixes[0].edits[0].span)).collect()
    }

    #[test]
    fn a_name_of_one_owner_has_one_correction() {
        assert_eq!(found("Aligns with GitLabs values"), ["Aligns with | values"]);
        assert_eq!(found("Aligns with GitLabs’ values"), ["Aligns with | values"]);
        assert_eq!(found("GitLab's values, and the customers' needs"), [""; 0]);
    }

    #[test]
    fn only_the_apostrophe_goes() {
        assert_eq!(found("Our OKR’s."), ["Our OKR|s."]);
        assert_eq!(found("Weekly 1:1's with"), ["Weekly 1:1|s with"]);
        assert_eq!(found("Plans with all VP's."), ["Plans with all VP|s."]);
        assert_eq!(found("The road map's of two teams"), ["The road map|s of two teams"]);
        assert_eq!(
            found("A network of CTO's, architects, and writers"),
            ["A network of CTO|s, architects, and writers"]
        );
    }

    #[test]
    fn people_that_own_what_stands_after_them_are_possessives() {
        for phrase in &Facts::embedded().terms.rows().unmarked.phrases {
            assert_eq!(found(&format!("Know the {phrase}.")).len(), 1, "{phrase}");
        }
        let right = "Customers' needs, customer needs, what customers need, teams own goals, customers needs analysis, \
            teams/goals, users, needs; managers\u{2019} goals, customer\u{2019}s needs, team goals";
        assert_eq!(found(right), [""; 0]);
    }

    #[test]
    fn possessives_are_left_alone() {
        assert_eq!(
            found(
                "The CEO's plan, the API's answer, GitLab's, a manager's, the VP's, the VP's and others, 1990's, x:1's, \
                it's of use, what's of use, the team's, of course"
            ),
            [""; 0]
        );
    }

    #[test]
    fn years_own_the_experience() {
        for wrong in ["5+ years experience", "Ten years relevant experience", "Five (5) years proven sales experience"]
        {
            assert_eq!(found(wrong).len(), 1, "{wrong}");
        }
        for right in [
            "5 years of experience",
            "5 years' experience",
            "5\u{a0}years\u{2019} experience",
            "5 years managing teams with experience",
            "10 years in experience design",
            "Recent years experience shows",
            "5 years, experience with tax law",
        ] {
            assert_eq!(found(right), [""; 0], "{right}");
        }
    }
}
