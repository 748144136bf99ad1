use crate::declare_rule;
use crate::facts::SectionKind;
use crate::model::{Heading, HeadingClass, JobFamily};
use crate::rule::{RuleContext, Sink};
use crate::syntax::{NodeId, Tree};
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
    "unnamed-section", Structure, Error; check
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    for heading in &cx.family.headings {
        let HeadingClass::Unnamed(index) = heading.class else { continue };
        let role = &cx.family.roles[index];
        let written = &role.written;
        let suggestion = missing_section(cx.family, cx.tree, index, heading).map(|kind| cx.facts.section_name(kind));
        let help = suggestion.map_or("Add the name of the section to the heading".to_owned(), |name| {
            format!("Add the name of the section, such as `{written} {name}`")
        });
        sink.report(heading.text_span, key(written), format!("This heading repeats `{written}` and names no section"))
            .label(role.name_span, "the role's own heading")
            .help(help);
    }
}

/// The first section that the role lacks and that may stand here: a list is no job grade.
fn missing_section(family: &JobFamily, tree: &Tree, role: usize, heading: &Heading) -> Option<SectionKind> {
    let is_list = |id: &NodeId| tree.node(*id).kind.is_list();
    let kinds = [SectionKind::JobGrade, SectionKind::Responsibilities, SectionKind::Requirements];
    let start = usize::from(heading.blocks.iter().any(is_list));
    kinds.into_iter().skip(start).find(|kind| !family.has_own(role, *kind))
}
