use crate::declare_rule;
use crate::diagnostic::Safety;
use crate::prose::{Block, BlockKind, Shape, Word};
use crate::punctuation::{End, last_word};
use crate::rule::{RuleContext, Sink};
use crate::source::Span;
use crate::syntax::{NodeId, NodeKind};
use crate::text::folded_opening;

declare_rule! {
    /// A paragraph ends without a full stop.
    ///
    /// The sentence looks as if words were lost at its end, and the next one that somebody adds runs into it. Before a list
    /// or a table it is a colon that is missing.
    ///
    /// Bullets, headings and table cells need no full stop, and lines that are no sentence, such as a title in bold, are
    /// left alone.
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// ## Tax Analyst
    ///
    /// The Tax Analyst reports to the Manager, Tax
    ///
    /// ## Career Ladder
    ///
    /// The next steps are one of the following
    ///
    /// - Manager, Tax
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// ## Tax Analyst
    ///
    /// The Tax Analyst reports to the Manager, Tax.
    ///
    /// ## Career Ladder
    ///
    /// The next steps are one of the following:
    ///
    /// - Manager, Tax
    /// ```
    "missing-full-stop", Prose, Info, fix: Safe,
    yields_to: ["lost-bullet", "unbulleted-list", "swallowed-paragraph", "placeholder", "template-text"]; check
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    let abbreviations = &cx.facts.terms.rows().abbreviations;
    for block in cx.prose().blocks().iter().filter(|block| block.kind == BlockKind::Paragraph) {
        let Some(node) = block.node.filter(|node| stands_alone(cx, *node)) else { continue };
        let Some(end) = cx.open_end(node) else { continue };
        if End::of(block.text(), abbreviations) == End::Open && is_sentence(cx, block) && ends_plainly(cx, block) {
            report(cx, (block, node), end, sink);
        }
    }
}

/// Whether a paragraph is no part of a list or a quote, begins without markup, and no line but its first begins anew: a line
/// in bold or of a link alone is a title, and lines with capitals are bullets that lost their markers.
fn stands_alone(cx: &RuleContext<'_>, paragraph: NodeId) -> bool {
    let written = cx.source.slice(cx.tree.node(paragraph).span);
    let goes_on = |line: &str| line.trim_start().starts_with(|c: char| c.is_lowercase());
    cx.tree.parent(paragraph) == Some(NodeId::ROOT)
        && written.starts_with(|c: char| c.is_uppercase() || c == '[')
        && !is_all_link(cx, paragraph)
        && written.lines().skip(1).all(goes_on)
}

fn is_all_link(cx: &RuleContext<'_>, paragraph: NodeId) -> bool {
    let mut children = cx.tree.children(paragraph).map(|child| &cx.tree.node(child).kind);
    matches!((children.next(), children.next()), (Some(NodeKind::Link(_)), None))
}

/// In words: shorter lines are titles and names.
const LEAST_WORDS: usize = 5;

/// Whether it has a verb that only a sentence has. "What you will do" is a title, and "Has led a team" a bullet without its
/// marker.
fn is_sentence(cx: &RuleContext<'_>, block: &Block<'_>) -> bool {
    let (words, facts) = (cx.prose().words(block), &cx.facts.grammar);
    let Some((first, others)) = words.split_first().filter(|_| words.len() >= LEAST_WORDS) else { return false };
    let opens_clause = |word: &Word| facts.opens_clause.contains(word.hash);
    let is_finite = |word: &Word| facts.finite_verbs.contains(word.hash);
    let is_verb = |word: &Word| word.shape == Shape::Lower && is_finite(word);
    let begins = first.shape != Shape::Lower
        && facts.verbs.get(first.hash).is_none()
        && !is_finite(first)
        && !opens_clause(first);
    // "Tools that are used" and "Skills you must have" have a verb of their own only.
    let Some(verb) = others.iter().position(|word| is_verb(word) || opens_clause(word)).map(|at| at + 1) else {
        return false;
    };
    let is_addressed = matches!(block.word(&words[verb - 1]), "you" | "we" | "they" | "i");
    begins && is_verb(&words[verb]) && (!is_addressed || verb == 1)
}

/// Whether the last word is prose, and no remark in brackets is a sentence of its own: "It is new. (See below)".
fn ends_plainly(cx: &RuleContext<'_>, block: &Block<'_>) -> bool {
    let text = block.text().trim_end();
    let last = text.trim_end_matches(|c: char| !c.is_alphanumeric());
    let last = last.char_indices().next_back().map_or(0, |(at, _)| at)..last.len();
    let remark = if text.ends_with(')') { text.rfind('(') } else { None };
    let is_own = remark.is_some_and(|at| text[..at].trim_end().ends_with(['.', '!', '?']));
    !is_own && cx.prose().is_plain(block, &last) && !breaks_off(cx, block) && !is_label(text)
}

/// Whether words are lost at the end: "must be able to".
fn breaks_off(cx: &RuleContext<'_>, block: &Block<'_>) -> bool {
    let facts = &cx.facts.grammar;
    let lists = [&facts.finite_verbs, &facts.modals, &facts.prepositions, &facts.unfinished, &facts.determiners];
    cx.prose().words(block).last().is_some_and(|last| lists.iter().any(|list| list.contains(last.hash)))
}

/// "Location: must be in Europe"
fn is_label(text: &str) -> bool {
    text.split_whitespace().take(LEAST_WORDS).any(|word| word.ends_with(':'))
}

/// Words by which a sentence announces what comes after it.
const ANNOUNCING: [&str; 2] = ["following", "follows"];

fn report(cx: &RuleContext<'_>, (block, paragraph): (&Block<'_>, NodeId), end: usize, sink: &mut Sink) {
    let text = block.text().trim_end();
    let announces = cx.prose().words(block).iter().any(|word| ANNOUNCING.contains(&block.word(word)));
    let (name, mark) = match cx.tree.next_sibling(paragraph).map(|next| &cx.tree.node(next).kind) {
        Some(kind) if kind.is_list() || matches!(kind, NodeKind::Table) => ("colon", ":"),
        // Code, a picture or a quote may be what it speaks of.
        None | Some(NodeKind::Paragraph | NodeKind::Heading { .. }) if !announces => ("full stop", "."),
        _ => return,
    };
    let last = last_word(text);
    let message = format!("The {name} is missing after `{}`", &text[last.clone()]);
    sink.report(block.span(last.start..text.len()), folded_opening(text), message).help(format!("Add the {name}")).fix(
        Safety::Safe,
        format!("Add the {name}"),
        Span::at(end),
        mark,
    );
}

#[cfg(test)]
mod tests {
    use crate::source::Source;

    /// The marks that are offered.
    fn marks(markdown: &str) -> String {
        let found = super::RULE.findings(&Source::new("x.md", markdown));
        found
            .into_iter()
            .flat_map(|finding| finding.fixes)
            .flat_map(|fix| fix.edits)
            .map(|edit| edit.replacement)
            .collect()
    }

    #[test]
    fn a_sentence_ends_with_a_full_stop_and_an_introduction_with_a_colon() {
        for (wrong, mark) in [
            ("The Clerk reports to the Manager, Tax", "."),
            ("The Clerk is a [grade 6](/grades/)  \n", "."),
            ("The Clerk is a grade 6 (see the table)", "."),
            ("[The plan](/plan/) is kept by us. It can\nbe read", "."),
            ("These are the steps in order\n\n1. Plan", ":"),
            ("These are the levels of it\n\n| a |\n| - |\n| b |", ":"),
        ] {
            assert_eq!(marks(wrong), mark, "{wrong}");
        }
    }

    #[test]
    fn what_is_no_sentence_ends_as_it_likes() {
        for right in [
            "The Clerk reports to the Manager, Tax.",
            "The Clerk is a grade 6 (see the table.)",
            "The Clerk is a grade 6. (The table has it)",
            "What you will do in this role",
            "Has led a team of ten before",
            "Experience with tax law is a plus\nSkills that are good to have",
            "**The Clerk is a grade 6**",
            "### The Clerk is a grade 6",
            "- The Clerk is a grade 6",
            "> The Clerk is a grade 6",
            "Manager, Tax and Treasury of Europe",
            "The Clerk is here",
            "The plan of the Clerk is in `plan.md`",
            "The plan of the Clerk is at https://x.y/plan",
            "The tools of it are charts, etc.",
            "The steps are as follows:",
            "the clerk is a grade 6",
            "The Clerk is a grade 6 <!-- see the table -->",
            "The Clerk is a grade 6 {: .note}",
            "Skills you must have on day one",
            "Tools that are used by the team",
            "A successful candidate must be able to",
            "The levels of it are as follows\n\n#### Junior",
            "The plan is as shown\n\n```\nx\n```",
            "The Life of a Clerk Is Great",
            "Location: must be in the EU",
            "[Our values are what we live by](/values/)",
            "The Clerk is a grade 6 &nbsp;",
            "The Clerk is a grade ![six](/6.png)",
        ] {
            assert_eq!(marks(right), "", "{right}");
        }
    }
}
