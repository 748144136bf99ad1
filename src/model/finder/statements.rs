//! The sentences that state a grade, below each heading.

use memchr::memmem;

use crate::facts::{Facts, GradeFacts};
use crate::model::grade_statement::{GRADE_OF_ANY_CASE, GradeStatement, Under, statements};
use crate::source::{Source, Span};
use crate::syntax::{NodeId, Tree};

/// The grade statements of some blocks. Most blocks have none, which a look at their source tells.
pub(super) fn statements_in(
    tree: &Tree,
    blocks: &[NodeId],
    under: Under,
    grades: &GradeWords,
    facts: &Facts,
) -> Vec<GradeStatement> {
    let blocks = blocks.iter().filter(|block| under == Under::JobGrade || grades.are_in(tree.node(**block).span));
    blocks
        .flat_map(|block| std::iter::once(*block).chain(tree.blocks_in(*block)))
        .filter(|id| tree.node(*id).kind.is_paragraph())
        .flat_map(|id| statements(tree, id, under, &facts.grades))
        .collect()
}

/// Where a page says "grade", with a capital or without, or has the address of the grades: looked for once in the whole
/// page, as preparing a search costs more than searching a block.
pub(super) struct GradeWords(Vec<usize>);

impl GradeWords {
    pub(super) fn of(source: &Source, tree: &Tree, facts: &GradeFacts) -> Self {
        let mut places: Vec<usize> = memmem::find_iter(source.text().as_bytes(), GRADE_OF_ANY_CASE).collect();
        let links = tree.links().filter(|(_, link)| link.url.contains(&facts.page_name));
        places.extend(links.filter_map(|(_, link)| Some(link.destination?.start)));
        places.sort_unstable();
        Self(places)
    }

    /// Whether one of them stands in a span.
    pub(super) fn are_in(&self, span: Span) -> bool {
        let first = self.0.partition_point(|place| *place < span.start);
        self.0.get(first).is_some_and(|place| *place < span.end)
    }
}
