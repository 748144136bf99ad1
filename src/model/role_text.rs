//! What a role's text says besides its duties: of whom it speaks, what it takes over, to whom the role reports, and whether
//! it is put off.

use crate::facts::{CuesOnPage, Facts, SectionKind};
use crate::model::inherit::{Passage, Reader};
use crate::model::opening::opening_of;
use crate::model::reports_to::{ReportsTo, reports_to_in};
use crate::model::{Extension, HeadingClass, JobFamily, Owner, Role, Section};
use crate::source::Span;
use crate::syntax::{NodeId, Tree};

/// Reads the text of every role of the page.
pub fn read(tree: &Tree, facts: &Facts, family: &mut JobFamily) {
    let cues = facts.inheritance.cues.on_page(tree.visible_lower());
    let deferrals = facts.inheritance.deferrals.on_page(tree.visible_lower());
    for role in 0..family.roles.len() {
        let introduction = introduction_of(tree, family, role);
        let reader = Reader { tree, facts, family, role, cues: &cues };
        let deferred = introduction.iter().any(|text| is_deferral(tree, *text, &deferrals));
        let reports_to: Vec<ReportsTo> = introduction
            .iter()
            .flat_map(|text| reports_to_in(&tree.visible(*text), &family.roles[role], &facts.levels))
            .collect();
        let opening = introduction.first().and_then(|text| {
            let opening = opening_of(&tree.visible(*text), &family.roles[role], &facts.levels)?;
            (!is_read_already(&family.roles[role], &reports_to, opening.subject_span)).then_some(opening)
        });
        let extension_of = |passage: Passage| {
            // "The requirements for an Analyst would be defined at the time of business need" takes nothing over.
            reader.extension(&passage).filter(|_| !is_deferral(tree, passage.text, &deferrals))
        };
        let introductory = introduction.iter().map(|text| Passage::of_introduction(*text));
        let extensions: Vec<Extension> =
            introductory.chain(passages_in_sections(tree, family, role)).filter_map(extension_of).collect();
        let role = &mut family.roles[role];
        role.extensions = extensions;
        role.reports_to = reports_to;
        role.opening = opening;
        role.deferred = deferred;
    }
}

/// Whether a name is known as the subject of a sentence about a grade or a manager.
fn is_read_already(role: &Role, reports_to: &[ReportsTo], name: Span) -> bool {
    let of_grades = role.statements.iter().map(|statement| statement.subject_span);
    of_grades.chain(reports_to.iter().map(|sentence| sentence.subject_span)).any(|subject| subject.touches(name))
}

fn is_deferral(tree: &Tree, text: NodeId, deferrals: &CuesOnPage<'_, '_>) -> bool {
    deferrals.are_in(tree.visible(text).range())
}

/// The paragraphs and bullets of a role that are in none of its sections, or in its Job Grade, which mostly holds the
/// role's introduction.
fn introduction_of(tree: &Tree, family: &JobFamily, role: usize) -> Vec<NodeId> {
    let mut blocks: Vec<NodeId> = match family.roles[role].heading {
        Some(heading) => family.headings[heading].blocks.clone(),
        None => tree.children(NodeId::ROOT).take_while(|id| tree.node(*id).heading_depth().is_none()).collect(),
    };
    // Of a section that lost its name nobody knows which it was.
    let unnamed = family.headings_in(family.roles[role].span).iter();
    let unnamed = unnamed.filter(|heading| heading.class == HeadingClass::Unnamed(role));
    blocks.extend(unnamed.flat_map(|heading| &heading.blocks));
    let graded = family.sections_of(Owner::Role(role), SectionKind::JobGrade);
    blocks
        .into_iter()
        .flat_map(|block| std::iter::once(block).chain(tree.blocks_in(block)))
        .filter(|id| tree.node(*id).kind.is_paragraph())
        .chain(graded.flat_map(|section| texts_of(tree, section)))
        .collect()
}

/// The passages of a role's sections, but for its Job Grade.
fn passages_in_sections<'a>(tree: &'a Tree, family: &'a JobFamily, role: usize) -> impl Iterator<Item = Passage> + 'a {
    let sections = family.all_sections_of(Owner::Role(role)).filter(|section| section.kind != SectionKind::JobGrade);
    sections.flat_map(move |section| {
        let texts = texts_of(tree, section).enumerate();
        texts.map(|(index, text)| Passage { section: Some(section.kind), text, is_first: index == 0 })
    })
}

/// The paragraphs of a section, then its bullets.
fn texts_of<'a>(tree: &'a Tree, section: &'a Section) -> impl Iterator<Item = NodeId> + 'a {
    let paragraphs = section.blocks.iter().copied().filter(|id| tree.node(*id).kind.is_paragraph());
    paragraphs.chain(section.items.iter().map(|item| item.text))
}
