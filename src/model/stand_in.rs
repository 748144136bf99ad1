//! What does a section's work without its heading: other words ("What you'll do"), a heading that lost the section's name,
//! and a name in bold or before a colon instead of in a heading.

use super::heading::{SectionName, as_written, folded, section_in_other_words, section_name};
use super::{Heading, HeadingClass, JobFamily};
use crate::facts::{Facts, SectionKind};
use crate::syntax::{NodeId, NodeKind, Tree};

/// Text that stands for a section.
#[derive(Debug)]
pub struct StandIn<'f> {
    /// The role in whose text it stands; nothing where it serves all roles.
    pub role: Option<usize>,
    pub blocks: &'f [NodeId],
}

/// A paragraph that names a section, where the section's heading should be.
#[derive(Debug)]
pub struct UnmarkedHeading {
    pub paragraph: NodeId,
    pub is_bold: bool,
    /// That its heading would have: a section stands beside the one in which it was lost.
    pub depth: u8,
}

/// In words: a longer paragraph says something and names nothing.
const LONGEST_NAME: usize = 8;

impl JobFamily {
    /// What stands in for sections of a kind, in the order of the page.
    pub fn stand_ins<'f>(&'f self, tree: &Tree, facts: &Facts, kind: SectionKind) -> Vec<StandIn<'f>> {
        let mut found = Vec::new();
        let is_of_specialty = |heading: &Heading| {
            let before = self.specialties.partition_point(|specialty| specialty.span.start <= heading.span.start);
            before.checked_sub(1).is_some_and(|at| heading.span.start < self.specialties[at].span.end)
        };
        for heading in self.headings.iter().filter(|heading| !is_of_specialty(heading)) {
            let around = self.role_at(heading.span.start);
            let role = match heading.class {
                HeadingClass::Unnamed(owner) if around.is_none_or(|role| role == owner) => Some(Some(owner)),
                HeadingClass::Free | HeadingClass::Part(_)
                    if section_in_other_words(&heading.folded, facts) == Some(kind) =>
                {
                    Some(around)
                }
                _ => None,
            };
            found.extend(role.map(|role| StandIn { role, blocks: &heading.blocks }));
            found.extend(named_in_text(heading, tree, facts, kind).map(|blocks| StandIn { role: around, blocks }));
        }
        found
    }

    /// The paragraphs that are but the name of a section, in bold or right above a list.
    pub fn unmarked_headings(&self, tree: &Tree, facts: &Facts) -> Vec<UnmarkedHeading> {
        let below = |heading: &Heading| {
            let is_section = matches!(heading.class, HeadingClass::Section(_));
            let depth = if is_section { heading.depth } else { heading.depth + 1 };
            let pairs = heading.blocks.windows(2).map(|pair| (pair[0], pair[1]));
            let named: Vec<NodeId> =
                pairs.filter(|pair| unmarked_name(tree, *pair, facts).is_some()).map(|pair| pair.0).collect();
            named.into_iter().map(move |paragraph| {
                let is_bold = is_bold(tree, paragraph);
                UnmarkedHeading { paragraph, is_bold, depth }
            })
        };
        self.headings.iter().flat_map(below).collect()
    }
}

/// The section that a paragraph names if it and what follows are the name of one and its text. A colon or a full stop ends
/// a sentence.
pub(super) fn unmarked_name(tree: &Tree, (paragraph, next): (NodeId, NodeId), facts: &Facts) -> Option<SectionName> {
    if !tree.node(paragraph).kind.is_paragraph() {
        return None;
    }
    let written = tree.visible(paragraph).text().trim();
    let is_plain = || {
        let is_text = tree.children(paragraph).all(|child| matches!(tree.node(child).kind, NodeKind::Text));
        is_text && tree.node(next).kind.is_list() && written.ends_with(char::is_alphabetic)
    };
    if !written.starts_with(char::is_uppercase) || !(is_bold(tree, paragraph) || is_plain()) || !may_be_name(written) {
        return None;
    }
    // "Analysts have these responsibilities" says it in a sentence.
    let is_of_name = |word: &str| !word.starts_with(char::is_lowercase) || matches!(word, "and" | "of");
    let name = section_name(&folded(written), written, facts).filter(|name| name.misspelt.is_none());
    name.filter(|name| as_written(written, &name.prefix).split(' ').all(is_of_name))
}

/// What follows the names of such sections that stand in the text below a heading.
fn named_in_text<'f>(
    heading: &'f Heading,
    tree: &Tree,
    facts: &Facts,
    kind: SectionKind,
) -> impl Iterator<Item = &'f [NodeId]> {
    let blocks = heading.blocks.as_slice();
    (1..blocks.len()).map(|after| &blocks[after..]).filter(move |rest| {
        let name = blocks[blocks.len() - rest.len() - 1];
        names_what_follows(tree, name, rest[0]) && names_section(tree, name, facts, kind)
    })
}

/// Whether a paragraph is but bold words, or words and a colon before a list.
fn names_what_follows(tree: &Tree, paragraph: NodeId, next: NodeId) -> bool {
    let leads_to_list = tree.node(next).kind.is_list() && tree.visible(paragraph).text().trim_end().ends_with(':');
    tree.node(paragraph).kind.is_paragraph() && (is_bold(tree, paragraph) || leads_to_list)
}

fn is_bold(tree: &Tree, paragraph: NodeId) -> bool {
    let mut inside = tree.children(paragraph).map(|child| &tree.node(child).kind);
    matches!((inside.next(), inside.next()), (Some(NodeKind::Strong), None))
}

/// Whether a text is short enough to be the name of something.
pub fn may_be_name(written: &str) -> bool {
    written.split_whitespace().nth(LONGEST_NAME).is_none()
}

fn names_section(tree: &Tree, paragraph: NodeId, facts: &Facts, kind: SectionKind) -> bool {
    let written = tree.visible(paragraph).text().trim();
    may_be_name(written) && section_name(&folded(written), written, facts).is_some_and(|name| name.kind == kind)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    fn stand_ins(body: &str) -> Vec<Option<usize>> {
        let page = format!("---\ntitle: Tax\n---\n\n{body}");
        let (source, facts) = (Source::new("x.md", page), Facts::embedded());
        let tree = Tree::parse(&source);
        let family = JobFamily::read(&source, &tree, &facts);
        let found = family.stand_ins(&tree, &facts, SectionKind::Requirements);
        found.iter().map(|found| found.role).collect()
    }

    #[test]
    fn other_words_stand_in_for_a_section() {
        assert_eq!(
            stand_ins("## About you\n\n- Patience\n\n## Levels\n\n### Tax Analyst\n\nThe Tax Analyst is a grade 6.\n"),
            [None]
        );
    }

    #[test]
    fn a_section_ends_where_another_is_named() {
        let sections = |text: &str| {
            let page = format!("## Tax Analyst\n\n### Responsibilities\n\n{text}\n\n## Hiring Process\n\n- A call\n");
            let (source, facts) = (Source::new("x.md", page), Facts::embedded());
            let tree = Tree::parse(&source);
            let family = JobFamily::read(&source, &tree, &facts);
            let of_role = family.sections.iter().filter(|section| section.kind != SectionKind::HiringProcess);
            of_role.map(|section| (section.kind, section.items.len())).collect::<Vec<_>>()
        };
        use SectionKind::{NiceToHave, Requirements, Responsibilities};
        assert_eq!(
            sections("- Files\n- Reads\n\n**Tax Analyst Requirements**\n\n- Patience\n\n**Nice-to-haves**\n\n- Wit"),
            [(Responsibilities, 2), (Requirements, 1), (NiceToHave, 1)]
        );
        for whole in [
            "**Requirements**\n\n- Patience\n- Wit",
            "- Files\n\n**Responsibilities**\n\n- Reads",
            "- Files\n\n**Specialties**\n\n- Customs",
        ] {
            assert_eq!(sections(whole), [(Responsibilities, 2)], "{whole}");
        }
    }

    #[test]
    fn a_section_may_be_named_where_its_heading_should_be() {
        let count = |text: &str| {
            let source = Source::new("x.md", format!("## Tax Analyst\n\n{text}\n"));
            let (tree, facts) = (Tree::parse(&source), Facts::embedded());
            JobFamily::read(&source, &tree, &facts).unmarked_headings(&tree, &facts).len()
        };
        for unmarked in [
            "Tax Responsibilities\n\n- Files",
            "Nice-to-haves\n- Patience",
            "Research & Customs Requirements\n\n* Patience",
            "**Requirements:**\n\n- Patience",
            "**Hiring Process**\n\nCandidates call us.",
        ] {
            assert_eq!(count(unmarked), 1, "{unmarked}");
        }
        for other in [
            "Nice-to-haves:\n\n- Patience",
            "We have requirements.\n\n- Patience",
            "Analysts have the following requirements\n\n- Patience",
            "Requirements\n\nPatience is one.",
            "Requirements\nof the page\n\n- Patience",
            "**Requirements** are few\n\n- Patience",
            "**Patience**\n\n- Files",
            "[Requirements](#more)\n\n- Patience",
            "- Requirements\n\n- Files",
        ] {
            assert_eq!(count(other), 0, "{other}");
        }
    }

    #[test]
    fn bold_words_and_words_before_a_list_name_a_section() {
        let role = "## Tax Analyst\n\nThe Tax Analyst is a grade 6.\n\n";
        for name in ["**Requirements**", "**Tax Analyst Requirements:**", "You will meet these requirements:"] {
            assert_eq!(stand_ins(&format!("{role}{name}\n\n- Patience\n")), [Some(0)], "{name}");
        }
        for no_name in
            ["**Requirements** come first", "We have requirements", "**Patience**", "**Requirements**\n\n## Levels"]
        {
            assert_eq!(stand_ins(&format!("{role}{no_name}\n\n- Patience\n")), [], "{no_name}");
        }
    }
}
