use crate::declare_rule;
use crate::diagnostic::Safety;
use crate::prose::{Shape, WordAt};
use crate::rule::{RuleContext, Sink};
use crate::text::fold;

declare_rule! {
    /// The same word stands twice in a row.
    ///
    /// Mostly one of the two is too many; sometimes another word was meant ("reports the the Director" lacks its "to"),
    /// so look before you delete. "That that" and "look at at least" are left alone.
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// The Tax Analyst reports to the the Manager, Tax.
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// The Tax Analyst reports to the Manager, Tax.
    /// ```
    "doubled-word", Prose, Warning, fix: Unsafe; check
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    for second in cx.wording().repeated() {
        let second = cx.prose().at(*second);
        // What stands three times is told once, at the second.
        let is_told = |first: WordAt<'_, '_>| first.before().is_some_and(|before| is_repeated(cx, before, first));
        if let Some(first) = second.before().filter(|first| is_slip(cx, *first, second) && !is_told(*first)) {
            report(cx, first, second, sink);
        }
    }
}

fn is_repeated(cx: &RuleContext<'_>, word: WordAt<'_, '_>, next: WordAt<'_, '_>) -> bool {
    fold(word.written()) == fold(next.written()) && is_slip(cx, word, next)
}

fn report(cx: &RuleContext<'_>, first: WordAt<'_, '_>, second: WordAt<'_, '_>, sink: &mut Sink) {
    let (block, written) = (second.block, second.written());
    let same = std::iter::successors(Some(second), |word| word.after().filter(|next| is_repeated(cx, *word, *next)));
    let last = same.last().unwrap_or(second);
    let (message, help) = match last.at - first.at {
        1 => (format!("`{written}` stands twice"), format!("Delete one `{written}`, or write the word that was meant")),
        surplus => (format!("`{written}` stands {} times", surplus + 1), format!("Keep one `{written}`")),
    };
    let surplus = first.word().range().end..last.word().range().end;
    let finding = sink
        .report(block.word_span(second.word()), fold(written), message)
        .label(block.word_span(first.word()), "it stands here already")
        .help(help);
    if block.is_verbatim(cx.source, surplus.clone()) {
        finding.fix(Safety::Unsafe, format!("Delete the second `{written}`"), block.span(surplus), "");
    }
}

fn is_slip(cx: &RuleContext<'_>, first: WordAt<'_, '_>, second: WordAt<'_, '_>) -> bool {
    let gap = second.gap_before();
    let joins = |c: char| matches!(c, '-' | '/' | '.' | '&' | '\u{2013}');
    let in_compound = first.text_before().ends_with(joins)
        || second.text_after().chars().next().is_some_and(|c| joins(c) && c != '.');
    let line = |word: WordAt<'_, '_>| cx.source.line_of(word.block.word_span(word.word()).start);
    let is_lower = |word: WordAt<'_, '_>| word.word().shape == Shape::Lower;
    // A line that lost its marker begins a new bullet.
    let new_line = is_lower(first) && !is_lower(second) && line(first) != line(second);
    let technical = first.word().technical || second.word().technical;
    if gap.is_empty() || !gap.chars().all(char::is_whitespace) || in_compound || new_line || technical {
        return false;
    }
    let facts = &cx.facts.terms.rows().doubled;
    let word = fold(second.written());
    let phrase = second.after().map(|next| format!("{word} {}", fold(next.written())));
    !facts.allowed.contains(&word) && !phrase.is_some_and(|phrase| facts.phrases.contains(&phrase))
}

#[cfg(test)]
mod tests {
    use crate::facts::Facts;
    use crate::lint::{Settings, lint};
    use crate::source::Source;

    fn count(markdown: &str) -> usize {
        let found = lint(&Source::new("x.md", markdown), &Settings::new(Facts::embedded())).diagnostics;
        found.iter().filter(|diagnostic| diagnostic.rule == "doubled-word").count()
    }

    #[test]
    fn a_word_that_stands_three_times_is_told_once() {
        assert_eq!(count("Report to the the the Manager, Tax, and to to the CFO"), 2);
    }

    #[test]
    fn words_may_stand_twice() {
        for right in [
            "C-Level level talks",
            "look at at least two",
            "that that is",
            "go to to-do lists",
            "New York, New York",
            "`the` the",
            "leads\nLeads the team",
            "hand-in in person",
            "a-b b/c",
            "1 1",
            "data.table table",
        ] {
            assert_eq!(count(right), 0, "{right}");
        }
    }

    #[test]
    fn twice_is_twice_whatever_the_case_and_the_line() {
        for wrong in ["The the end", "reports to the\nthe Director", "[the](x) the", "is is"] {
            assert_eq!(count(wrong), 1, "{wrong}");
        }
    }
}
