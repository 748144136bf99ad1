use crate::declare_rule;
use crate::diagnostic::Safety;
use crate::prose::{Block, Shape, Word};
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
        let block = &cx.prose().blocks()[second.block];
        let words = cx.prose().words(block);
        let pair = &words[second.word - 1..=second.word];
        if is_slip(cx, block, pair, words.get(second.word + 1)) {
            report(cx, block, pair, sink);
        }
    }
}

fn report(cx: &RuleContext<'_>, block: &Block<'_>, pair: &[Word], sink: &mut Sink) {
    let written = block.word(&pair[1]);
    let surplus = pair[0].range().end..pair[1].range().end;
    let finding = sink
        .report(block.word_span(&pair[1]), fold(written), format!("`{written}` stands twice"))
        .label(block.word_span(&pair[0]), "it stands here already")
        .help(format!("Delete one `{written}`, or write the word that was meant"));
    if block.is_verbatim(cx.source, surplus.clone()) {
        finding.fix(Safety::Unsafe, format!("Delete the second `{written}`"), block.span(surplus), "");
    }
}

fn is_slip(cx: &RuleContext<'_>, block: &Block<'_>, pair: &[Word], next: Option<&Word>) -> bool {
    let text = block.text();
    let gap = &text[pair[0].range().end..pair[1].range().start];
    let joins = |c: char| matches!(c, '-' | '/' | '.' | '&' | '\u{2013}');
    let in_compound = text[..pair[0].range().start].ends_with(joins)
        || text[pair[1].range().end..].chars().next().is_some_and(|c| joins(c) && c != '.');
    let line = |word: &Word| cx.source.line_of(block.word_span(word).start);
    // A line that lost its marker begins a new bullet.
    let new_line = pair[0].shape == Shape::Lower && pair[1].shape != Shape::Lower && line(&pair[0]) != line(&pair[1]);
    let technical = pair.iter().any(|word| word.technical);
    if gap.is_empty() || !gap.chars().all(char::is_whitespace) || in_compound || new_line || technical {
        return false;
    }
    let facts = &cx.facts.terms.rows().doubled;
    let word = fold(block.word(&pair[1]));
    let phrase = next.map(|next| format!("{word} {}", fold(block.word(next))));
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
