use rustc_hash::FxHashMap;

use crate::declare_rule;
use crate::facts::SectionKind;
use crate::model::{Heading, HeadingClass, JobFamily};
use crate::rule::{RuleContext, Sink};
use crate::syntax::Tree;
use crate::text::key;

declare_rule! {
    /// A heading repeats the role's name where the name of a section was meant.
    ///
    /// What stands under it belongs to no section: people and tools that look for the requirements do not find them.
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// ### Manager, Tax
    ///
    /// #### Manager, Tax Job Grade
    ///
    /// The Manager, Tax is a [grade 8](/handbook/#gitlab-job-grades).
    ///
    /// #### Manager, Tax
    ///
    /// - Ability to use GitLab
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// ## Manager, Tax
    ///
    /// ### Manager, Tax
    ///
    /// #### Manager, Tax Job Grade
    ///
    /// The Manager, Tax is a [grade 8](/handbook/#gitlab-job-grades).
    /// ```
    "unnamed-section", Structure, Error, yields_to: ["merge-conflict"]; check
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    // Once a role: of a role with a thousand such headings it took time that grew with the square.
    let mut missing: FxHashMap<usize, Vec<SectionKind>> = FxHashMap::default();
    for heading in &cx.family.headings {
        let HeadingClass::Unnamed(index) = heading.class else { continue };
        let role = &cx.family.roles[index];
        let written = &role.written;
        let missing = missing.entry(index).or_insert_with(|| missing_sections(cx.family, index));
        let suggestion = fitting(missing, cx.tree, heading).map(|kind| cx.facts.section_name(kind));
        let help = suggestion.map_or("Add the name of the section to the heading".to_owned(), |name| {
            format!("Add the name of the section, such as `{written} {name}`")
        });
        sink.report(heading.text_span, key(written), format!("This heading repeats `{written}` and names no section"))
            .label(role.name_span, "the role's own heading")
            .help(help);
    }
}

/// The sections that a role lacks, in the order in which they stand on a page.
fn missing_sections(family: &JobFamily, role: usize) -> Vec<SectionKind> {
    let kinds = [SectionKind::JobGrade, SectionKind::Responsibilities, SectionKind::Requirements];
    kinds.into_iter().filter(|kind| !family.has_own(role, *kind)).collect()
}

/// The first of them that may stand below a heading: a list is no job grade.
fn fitting(missing: &[SectionKind], tree: &Tree, heading: &Heading) -> Option<SectionKind> {
    let has_list = heading.blocks.iter().any(|id| tree.node(*id).kind.is_list());
    missing.iter().copied().find(|kind| !has_list || *kind != SectionKind::JobGrade)
}
