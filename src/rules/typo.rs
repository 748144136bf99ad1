use std::ops::Range;

use crate::declare_rule;
use crate::diagnostic::Safety;
use crate::facts::TermKind;
use crate::prose::{Block, BlockKind, Shape, Word};
use crate::rule::{RuleContext, Sink};
use crate::text::{fold, hash_of, match_case};
use crate::wording::{Misspelling, Spelling};

declare_rule! {
    /// A word is misspelt.
    ///
    /// Candidates read a job page as a sample of how the company works. Words that people are known to misspell are
    /// found; acronyms, names with capitals inside, addresses and code are left alone. Where several words may be meant
    /// nothing is changed by itself, nor in a heading to which the page links: its link would lead nowhere.
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// ### Responsibilities
    ///
    /// - Recieve and answer the tickets of customers
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// ### Responsibilities
    ///
    /// - Receive and answer the tickets of customers
    /// ```
    "typo", Prose, Warning, fix: Safe, yields_to: ["misspelt-section", "brand-case"]; check
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    for found in cx.wording().spellings() {
        if let Spelling::Misspelt(misspelling) = &found.spelling {
            let Misspelling { right, is_sure } = &**misspelling;
            report(cx, found.block, found.word..found.word + 1, right, *is_sure, sink);
        }
    }
    for found in cx.wording().terms() {
        if let TermKind::Misspelt(row) = found.kind {
            let right = &cx.facts.terms.rows().misspelt[row].right;
            report(cx, found.block, found.words.clone(), right, true, sink);
        }
    }
}

fn report(cx: &RuleContext<'_>, block: usize, at: Range<usize>, right: &[String], is_sure: bool, sink: &mut Sink) {
    let block = &cx.prose().blocks()[block];
    let words = cx.prose().words(block);
    if may_be_right(block, words, at.start) {
        return;
    }
    let range = words[at.start].range().start..block.stem_range(&words[at.end - 1]).end;
    let written = &block.text()[range.clone()];
    // A capital that strayed is what is wrong.
    let keeps_case = words[at.start].shape != Shape::Mixed;
    let cased = |word: &String| if keeps_case { match_case(written, word) } else { word.clone() };
    let right: Vec<String> = right.iter().map(cased).collect();
    let also = if block.kind == BlockKind::Heading { "; links to the old heading need the new one too" } else { "" };
    let mut finding = sink
        .report(block.span(range.clone()), fold(written), format!("`{written}` is misspelt"))
        .help(format!("Write {}{also}", listed(&right)));
    let is_near = matches!(right.as_slice(), [only] if is_other_form(written, only));
    if is_near || !block.is_verbatim(cx.source, range.clone()) {
        return;
    }
    for correction in &right {
        let (safety, edits) = cx.rewording(block, range.clone(), correction);
        let safety = if is_sure && is_plain(block, words, &at, correction) { safety } else { Safety::Unsafe };
        finding = finding.fix_edits(safety, format!("Change it to `{correction}`"), edits);
    }
}

/// Letters up to which a word may as well be an abbreviation or a name.
const SHORT: usize = 4;

/// Whether a word that looks misspelt may be right after all: an acronym, part of a compound, a short name.
fn may_be_right(block: &Block<'_>, words: &[Word], at: usize) -> bool {
    let word = &words[at];
    if word.technical || word.shape == Shape::Capitals {
        return true;
    }
    let range = block.stem_range(word);
    if range.len() > SHORT {
        return false;
    }
    let before = block.text()[..range.start].chars().next_back();
    let after = block.text()[range.end..].chars().next();
    let joined = |c: Option<char>| c.is_some_and(|c| c == '-' || c == '/' || c.is_ascii_digit());
    let starts_sentence = at == 0 || before.is_some_and(|c| !c.is_whitespace());
    let in_title_case = matches!(block.kind, BlockKind::Heading | BlockKind::Title | BlockKind::Cell);
    let name = word.shape == Shape::Capitalised && !starts_sentence && !in_title_case;
    joined(before) || joined(after) || name || after == Some('.') && block.text()[range.end + 1..].starts_with(' ')
}

/// Endings that a misspelling and what was meant have in common.
const ENDINGS: [&str; 4] = ["s", "ing", "ed", "ly"];

/// "practies" for "practices" has "practice" as its correction: near what was meant, but it is not the word.
fn is_other_form(written: &str, correction: &str) -> bool {
    let (written, correction) = (fold(written), fold(correction));
    ENDINGS.iter().any(|ending| written.ends_with(ending) && !correction.ends_with(ending))
}

/// A word that would then stand twice, and one of another form, are no safe repair.
fn is_plain(block: &Block<'_>, words: &[Word], at: &Range<usize>, correction: &str) -> bool {
    let hash = hash_of(&fold(correction));
    let beside = [at.start.checked_sub(1), Some(at.end)].into_iter().flatten().filter_map(|at| words.get(at));
    let twice = beside.into_iter().any(|word| word.hash == hash);
    !twice && !is_other_form(block.stem(&words[at.end - 1]), correction)
}

/// "`a`", "`a` or `b`", "`a`, `b` or `c`".
fn listed(words: &[String]) -> String {
    let mut list = String::new();
    for (index, word) in words.iter().enumerate() {
        let last = index + 1 == words.len();
        list += if index == 0 { "" } else if last { " or " } else { ", " };
        list += &format!("`{word}`");
    }
    list
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::{Diagnostic, Safety};
    use crate::facts::Facts;
    use crate::lint::{Settings, lint};
    use crate::source::Source;

    fn findings(markdown: &str) -> Vec<Diagnostic> {
        let mut found = lint(&Source::new("x.md", markdown), &Settings::new(Facts::embedded())).diagnostics;
        found.retain(|diagnostic| diagnostic.rule == "typo");
        found
    }

    fn replacement(diagnostic: &Diagnostic) -> Option<&str> {
        Some(diagnostic.applicable_fix(Safety::Safe)?.edits.first()?.replacement.as_str())
    }

    #[test]
    fn acronyms_names_and_parts_of_compounds_are_left_alone() {
        let right = "TEH HSA of Wil van Dyke, synopsys, [teh](teh.md) is `teh`; gitlab.com/teh, teh_x, cris-cross, 5 thm. A";
        let found = findings(right);
        assert_eq!(found.len(), 1, "{found:#?}");
        assert_eq!(replacement(&found[0]), Some("the"));
    }

    #[test]
    fn a_possessive_and_the_case_are_kept() {
        let found = findings("The Managment’s plan");
        assert_eq!(replacement(&found[0]), Some("Management"));
    }

    #[test]
    fn several_corrections_are_several_fixes() {
        let found = findings("Manage personel");
        assert_eq!(found[0].fixes.len(), 2);
        assert_eq!(found[0].help, "Write `personnel` or `personal`");
    }

    #[test]
    fn a_heading_that_is_linked_is_not_changed_by_itself() {
        let found = findings("See [below](#tax-managment).\n\n## Tax Managment\n\n## Other Managment");
        assert_eq!(found.iter().map(replacement).collect::<Vec<_>>(), [None, Some("Management")]);
    }

    #[test]
    fn a_correction_of_another_form_is_not_made_by_itself() {
        assert_eq!(findings("Adopt practies").iter().map(replacement).collect::<Vec<_>>(), [None]);
    }

    #[test]
    fn rare_words_that_no_job_page_means_are_misspelt() {
        for row in &Facts::embedded().terms.rows().misspelt {
            assert_eq!(findings(&format!("The sales {} plan", row.wrong)).len(), 1, "{}", row.wrong);
        }
        assert!(findings("Chips by AMD").is_empty());
    }
}
