//! What does a section's work without its heading: other words ("What you'll do"), a heading that lost the section's name,
//! and a name in bold or before a colon instead of in a heading.

use super::heading::{folded, section_in_other_words, section_name};
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
    let mut inside = tree.children(paragraph).map(|child| &tree.node(child).kind);
    let is_bold = matches!((inside.next(), inside.next()), (Some(NodeKind::Strong), None));
    let leads_to_list = tree.node(next).kind.is_list() && tree.visible(paragraph).text().trim_end().ends_with(':');
    tree.node(paragraph).kind.is_paragraph() && (is_bold || leads_to_list)
}

fn names_section(tree: &Tree, paragraph: NodeId, facts: &Facts, kind: SectionKind) -> bool {
    let written = tree.visible(paragraph).text().trim();
    written.split_whitespace().nth(LONGEST_NAME).is_none()
        && section_name(&folded(written), written, facts).is_some_and(|name| name.kind == kind)
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
