//! The closing sentence of the hiring process below another section: "Additional details about our process can be found on
//! our hiring page" at the end of the Career Ladder.

use crate::facts::{Facts, SectionKind};
use crate::model::{Heading, JobFamily, Section};
use crate::syntax::{NodeId, Tree};
use crate::text::contains_ignoring_case;

/// The paragraph with which a section ends, and which belongs to the hiring process.
#[derive(Debug)]
pub struct ClosingSentence<'a> {
    pub paragraph: NodeId,
    /// The section that it ends.
    pub section: &'a Heading,
    /// The first hiring process of the page.
    pub process: &'a Heading,
}

/// The closing sentences that stand below another section than the hiring process.
pub fn closing_sentences<'a>(family: &'a JobFamily, tree: &Tree, facts: &Facts) -> Vec<ClosingSentence<'a>> {
    let is_hiring = |section: &&Section| section.kind == SectionKind::HiringProcess;
    let Some(process) = family.sections.iter().find(is_hiring).and_then(|found| family.heading_of(found)) else {
        return Vec::new();
    };
    let others = family.sections.iter().filter(|section| !is_hiring(section));
    let misplaced = |section: &'a Section| {
        let paragraph = *section.blocks.last().filter(|last| ends_section(family, tree, section, **last))?;
        let is_closing = closes_process(tree.visible(paragraph).text(), facts);
        is_closing.then_some(ClosingSentence { paragraph, section: family.heading_of(section)?, process })
    };
    others.filter_map(misplaced).collect()
}

/// Whether a block is a paragraph of the section itself: where a process is inside the section, the sentence closes that.
fn ends_section(family: &JobFamily, tree: &Tree, section: &Section, block: NodeId) -> bool {
    let start = tree.visible(block).whole().start;
    tree.node(block).kind.is_paragraph()
        && family.section_at(start).is_some_and(|around| around.heading == section.heading)
}

/// Whether a paragraph is the sentence about where more stands about the hiring process.
fn closes_process(text: &str, facts: &Facts) -> bool {
    let has = |word: &str| contains_ignoring_case(text, word);
    has("process") && (has("hiring") || has("interview")) && facts.lists.closings.open(text)
}
