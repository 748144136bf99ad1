use crate::declare_rule;
use crate::diagnostic::Safety;
use crate::facts::TermKind;
use crate::lists::begin_bullet;
use crate::prose::{BlockKind, Shape};
use crate::rule::{RuleContext, Sink};
use crate::text::{folded_opening, opening};
use crate::wording::FoundTerm;

declare_rule! {
    /// Two bullets stand on one line, so the page shows them as one.
    ///
    /// The second marker is shown as a character of the first bullet. Where it is lost altogether, the second bullet is known
    /// by how requirements begin: "Excellent skills Proven ability to".
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// ### Responsibilities
    ///
    /// - Prepares the tax returns. * Answers the questions of the authorities
    /// - Keeps the records up to date. - Files them
    /// - Excellent writing skills Proven ability to explain tax law
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// ### Responsibilities
    ///
    /// - Prepares the tax returns.
    /// - Answers the questions of the authorities
    /// - Keeps the records up to date, e.g. - Invoices
    /// - Excellent writing skills
    /// - Proven ability to explain tax law
    /// ```
    "run-together-bullets", Lists, Warning, fix: Unsafe; check
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    let abbreviations = &cx.facts.terms.rows().abbreviations;
    for found in cx.inner_markers().iter().filter(|found| found.parts_sentences(abbreviations)) {
        let after = found.after.trim_start();
        let finding = sink
            .report(found.span, folded_opening(after), format!("A second bullet begins here: `{}`", opening(after, 60)))
            .help("Begin a new line with it")
            .caption("the marker of the second bullet");
        if let Some(start) = begin_bullet(cx.source, cx.tree, found.paragraph) {
            finding.fix(Safety::Unsafe, "Make it a bullet of its own", found.with_blanks, start);
        }
    }
    let openings = cx.wording().terms().iter().filter(|found| found.kind == TermKind::Opening);
    openings.for_each(|found| check_opening(cx, found, sink));
}

/// "Excellent writing skills Proven ability to": a capital after small letters, and no mark between.
fn check_opening(cx: &RuleContext<'_>, found: &FoundTerm, sink: &mut Sink) {
    let (block, range) = found.place(cx.prose());
    let first = found.first(cx.prose());
    let Some(before) = first.before() else { return };
    let blank = before.word().range().end..range.start;
    let follows_word = before.word().shape == Shape::Lower && cx.source.slice(block.span(blank.clone())) == " ";
    let ends_part = !cx.facts.lists.connectives.iter().any(|word| word == before.written());
    let begins = first.word().shape == Shape::Capitalised
        && first.after().is_some_and(|second| second.word().shape == Shape::Lower);
    if block.kind == BlockKind::Item && follows_word && ends_part && begins {
        let after = &block.text()[range.start..];
        let finding = sink
            .report(
                block.span(range),
                folded_opening(after),
                format!("A second bullet begins here: `{}`", opening(after, 60)),
            )
            .help("Begin a new bullet with it");
        if let Some(start) = block.node.and_then(|paragraph| begin_bullet(cx.source, cx.tree, paragraph)) {
            finding.fix(Safety::Unsafe, "Make it a bullet of its own", block.span(blank), start);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    fn findings_in(markdown: &str) -> usize {
        RULE.findings(&Source::new("x.md", markdown)).len()
    }

    #[test]
    fn a_bullet_without_its_marker_is_known_by_how_it_begins() {
        for opening in &crate::facts::Facts::embedded().terms.rows().openings {
            let opening = opening[..1].to_uppercase() + &opening[1..];
            assert_eq!(findings_in(&format!("- Excellent writing skills {opening} work")), 1, "{opening}");
            assert_eq!(findings_in(&format!("- Excellent writing skills\n- {opening} work")), 0, "{opening}");
        }
    }

    #[test]
    fn sentences_titles_and_capitals_of_other_words_are_no_bullets() {
        for right in [
            "- Skills. Ability to learn",
            "- Skills and Ability to learn",
            "- Relevant Experience with tools",
            "- the ABILITY TO learn",
            "writing skills Ability to learn",
            "- writing skills\nAbility to learn",
        ] {
            assert_eq!(findings_in(right), 0, "{right}");
        }
    }

    #[test]
    fn a_marker_may_follow_the_full_stop_at_once() {
        assert_eq!(findings_in("* Plans the work.* Tracks it"), 1);
        assert_eq!(findings_in("- Plans the work.* Tracks it, plans.*tracks"), 0);
    }
}
