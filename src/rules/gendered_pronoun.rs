use std::ops::Range;

use crate::declare_rule;
use crate::facts::TermKind;
use crate::prose::{Block, Shape};
use crate::rule::{RuleContext, Sink};
use crate::text::{alternatives, fold};
use crate::wording::FoundTerm;

declare_rule! {
    /// A pronoun of one gender, or of two: "he", "her", "he/she".
    ///
    /// A role has no gender, and "he/she" leaves out people too. Keep a pronoun that speaks of a person who is named.
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// The Tax Analyst reports to his or her manager.
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// The Tax Analyst reports to their manager.
    /// ```
    "gendered-pronoun", Prose, Info; check
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    let pronouns = cx.wording().terms().iter().filter(|found| matches!(found.kind, TermKind::Pronoun(_)));
    let mut pending: Option<(&FoundTerm, Range<usize>)> = None;
    for found in pronouns {
        let (block, range) = found.place(cx.prose());
        // Capitals only are an acronym.
        if found.first(cx.prose()).word().shape == Shape::Capitals {
            continue;
        }
        pending = match pending.take() {
            Some((first, so_far)) if first.block == found.block && is_joint(block, &so_far, &range) => {
                Some((first, so_far.start..range.end))
            }
            before => {
                report(cx, before, sink);
                Some((found, range))
            }
        };
    }
    report(cx, pending, sink);
}

fn report(cx: &RuleContext<'_>, found: Option<(&FoundTerm, Range<usize>)>, sink: &mut Sink) {
    let Some((found, range)) = found else { return };
    let TermKind::Pronoun(row) = found.kind else { return };
    let block = found.first(cx.prose()).block;
    let range = with_s(block, range);
    let written = &block.text()[range.clone()];
    sink.report(block.span(range), fold(written), format!("`{written}` gives the role a gender"))
        .help(format!("Write {}", alternatives(&cx.facts.terms.rows().pronouns[row].instead)));
}

/// `he/she`, `his or her`: one slip.
fn is_joint(block: &Block<'_>, first: &Range<usize>, second: &Range<usize>) -> bool {
    let gap = fold(block.text().get(first.end..second.start).unwrap_or(""));
    matches!(gap.as_str(), "/" | "or" | "and" | "and/or" | "(" | "/ ")
}

/// `s/he`, `(s)he`: with what stands before.
fn with_s(block: &Block<'_>, range: Range<usize>) -> Range<usize> {
    let before = &block.text()[..range.start];
    let prefix = ["(s)", "s/", "S/", "(S)"]
        .into_iter()
        .find(|prefix| before.strip_suffix(prefix).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric)));
    range.start - prefix.map_or(0, str::len)..range.end
}

#[cfg(test)]
mod tests {
    use crate::facts::Facts;
    use crate::lint::{Settings, lint};
    use crate::source::Source;

    fn found(markdown: &str) -> Vec<String> {
        let mut found = lint(&Source::new("x.md", markdown), &Settings::new(Facts::embedded())).diagnostics;
        found.retain(|diagnostic| diagnostic.rule == "gendered-pronoun");
        found.into_iter().map(|diagnostic| diagnostic.key).collect()
    }

    #[test]
    fn two_pronouns_that_stand_for_one_are_one_finding() {
        assert_eq!(
            found("He/she knows his or her team, s/he leads; (s)he and him"),
            ["he/she", "his or her", "s/he", "(s)he and him"]
        );
        assert_eq!(found("he's here. She is"), ["he", "she"]);
    }

    #[test]
    fn each_word_to_write_stands_by_itself() {
        let found = lint(&Source::new("x.md", "Ask her"), &Settings::new(Facts::embedded())).diagnostics;
        assert!(found.iter().any(|diagnostic| diagnostic.help == "Write `their` or `them`"));
    }

    #[test]
    fn acronyms_and_other_words_are_none() {
        assert_eq!(found("HE and HIS systems, here, the, them, `his`"), [""; 0]);
    }
}
