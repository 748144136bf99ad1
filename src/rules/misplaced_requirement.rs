use crate::declare_rule;
use crate::facts::{SectionKind, TermKind};
use crate::prose::Block;
use crate::rule::{RuleContext, Sink};
use crate::syntax::NodeId;
use crate::text::{folded_opening, opening};

declare_rule! {
    /// A requirement stands among the responsibilities.
    ///
    /// "Ability to", "Experience with" and "Excellent written" say what a person brings, not what the role does. Who looks
    /// for the requirements does not find it, and who extends them does not take it over.
    ///
    /// Leave it where the sentence goes on with what is done.
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// ## Tax Analyst
    ///
    /// ### Responsibilities
    ///
    /// - Prepares the tax returns
    /// - Ability to explain tax law
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// ## Tax Analyst
    ///
    /// ### Responsibilities
    ///
    /// - Prepares the tax returns
    /// - Explains tax law
    ///
    /// ### Requirements
    ///
    /// - Ability to explain tax law
    /// ```
    "misplaced-requirement", Content, Info; check
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    for found in cx.wording().terms().iter().filter(|found| found.kind == TermKind::Opening && found.words.start == 0) {
        let (block, range) = found.place(cx.prose());
        let text = block.text();
        let opens = text[..range.start].trim().is_empty();
        if opens && block.node.is_some_and(|node| is_duty(cx, node)) && !is_clause(cx, block) {
            let message = format!("The requirement `{}` stands among the responsibilities", opening(text, 60));
            sink.report(block.span(range), folded_opening(text), message)
                .help("Move it to the requirements, or say what the role does");
        }
    }
}

/// Whether a text goes on with a verb, and so its opening is a subject: "Knowledge of the product is shared in demos".
fn is_clause(cx: &RuleContext<'_>, block: &Block<'_>) -> bool {
    cx.prose().words(block).iter().any(|word| matches!(block.word(word), "is" | "are" | "was" | "were" | "you"))
}

/// Whether a text is that of a bullet which is a responsibility by its heading: "Responsibilities and Requirements" has
/// both, and bullets below another are what that says, which may be "Skills".
fn is_duty(cx: &RuleContext<'_>, text: NodeId) -> bool {
    let start = cx.tree.node(text).span.start;
    // Sections and bullets stand in the order of the page.
    let after = cx.family.sections.partition_point(|section| section.span.start <= start);
    let section = cx.family.sections[..after].last().filter(|section| section.kind == SectionKind::Responsibilities);
    section.is_some_and(|section| {
        let at = section.items.partition_point(|item| cx.tree.node(item.text).span.start < start);
        section.items.get(at).is_some_and(|item| item.text == text && item.parent.is_none())
            && cx.family.heading_of(section).is_some_and(|heading| !names_requirements(&heading.folded))
    })
}

fn names_requirements(heading: &str) -> bool {
    ["requirement", "qualification", "expectation", "skill"].iter().any(|name| heading.contains(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Facts;
    use crate::source::Source;

    fn told(heading: &str, bullet: &str) -> usize {
        let page = format!("## Tax Analyst\n\n### {heading}\n\n- Files the returns\n- {bullet}\n");
        RULE.findings(&Source::new("x.md", page)).len()
    }

    #[test]
    fn every_opening_is_one_of_a_requirement() {
        for opening in &Facts::embedded().terms.rows().openings {
            let bullet = format!("{}{} tax law", opening[..1].to_uppercase(), &opening[1..]);
            assert_eq!(told("Responsibilities", &bullet), 1, "{bullet}");
        }
    }

    #[test]
    fn requirements_and_duties_where_they_belong_are_left_alone() {
        assert_eq!(told("Requirements", "Ability to file returns"), 0);
        assert_eq!(told("Responsibilities and Requirements", "Ability to file returns"), 0);
        assert_eq!(told("Responsibilities", "Files with the ability to explain"), 0);
        assert_eq!(told("Responsibilities", "Skills\n  - Ability to file returns"), 0);
        assert_eq!(told("Responsibilities", "Knowledge of tax law is shared every week"), 0);
        assert_eq!(told("Responsibilities", "Experiences of clients are collected"), 0);
    }
}
