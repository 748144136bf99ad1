use std::cell::LazyCell;

use crate::declare_rule;
use crate::facts::{RequiredFor, SectionKind};
use crate::model::{JobFamily, OWNER_PAGE, Owner};
use crate::rule::{RuleContext, Sink};
use crate::source::Span;

declare_rule! {
    /// A section that every role or every family must have is not there.
    ///
    /// A role needs Responsibilities and Requirements, a family needs Performance Indicators, a Career Ladder and a
    /// Hiring Process. Candidates, managers and the compensation team look for them, and nobody misses them on review
    /// because nothing marks the gap.
    ///
    /// A section counts when the role states it, when it takes it over from another role or from the family
    /// ("Extends the Analyst responsibilities"), when the role's text is put off until there is a business need, and when
    /// other words do its work: "What you'll do", or the section's name in bold or before the colon of a list.
    /// Pages that only point to others are left alone.
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// ---
    /// title: "Tax"
    /// ---
    ///
    /// ## Tax Analyst
    ///
    /// ### Job Grade
    ///
    /// The Tax Analyst is a [grade 6](/handbook/#gitlab-job-grades).
    ///
    /// ### Requirements
    ///
    /// - Ability to use GitLab
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// ---
    /// title: "Tax"
    /// ---
    ///
    /// ## Tax Analyst
    ///
    /// ### Job Grade
    ///
    /// The Tax Analyst is a [grade 6](/handbook/#gitlab-job-grades).
    ///
    /// ### Responsibilities
    ///
    /// - Prepares the tax returns
    ///
    /// ### Requirements
    ///
    /// - Ability to use GitLab
    ///
    /// ## Performance Indicators
    ///
    /// - Returns filed in time
    ///
    /// ## Career Ladder
    ///
    /// The next step is not yet defined.
    ///
    /// ## Hiring Process
    ///
    /// - A call with a recruiter
    /// ```
    "missing-section", Structure, Warning; check
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    if cx.family.is_stub {
        return;
    }
    for fact in &cx.facts.sections {
        match fact.required {
            Some(RequiredFor::Role) => check_roles(cx, fact.kind, &fact.name, sink),
            Some(RequiredFor::Family) => check_family(cx, fact.kind, &fact.name, sink),
            None => {}
        }
    }
}

fn check_roles(cx: &RuleContext<'_>, kind: SectionKind, name: &str, sink: &mut Sink) {
    let stand_ins = LazyCell::new(|| cx.family.stand_ins(cx.tree, cx.facts, kind));
    let is_served = |index| stand_ins.iter().any(|found| found.role.is_none_or(|role| role == index));
    for (index, role) in cx.family.roles.iter().enumerate() {
        if !has_section(cx.family, index, kind) && !is_served(index) {
            let finding = sink.report(role.name_span, name, format!("{} has no {name}", named(&role.written)));
            match stray_list(cx.family, index).filter(|_| kind == SectionKind::Responsibilities) {
                Some(list) => finding
                    .label(list, "these bullets stand under the grade")
                    .help(format!("Put the heading `{name}` above the list, or say which role it extends")),
                None => finding.help(format!("Add a `{name}` heading with a list, or say which role it extends")),
            };
        }
    }
}

/// The first bullet below a role's grade: nothing but the duties follows it, and so their heading was lost.
fn stray_list(family: &JobFamily, role: usize) -> Option<Span> {
    let grade = family.sections_of(Owner::Role(role), SectionKind::JobGrade).next()?;
    (grade.items.len() >= FEW).then(|| grade.items[0].span)
}

/// Fewer bullets below a grade are remarks about it.
const FEW: usize = 3;

fn check_family(cx: &RuleContext<'_>, kind: SectionKind, name: &str, sink: &mut Sink) {
    if !cx.family.sections.iter().any(|section| section.kind == kind) {
        sink.report(cx.family.place, name, format!("The page has no {name}"))
            .owner(OWNER_PAGE)
            .help(format!("Add a `## {name}` section at the end of the page"));
        return;
    }
    check_left_out_roles(cx, kind, name, sink);
}

/// Where the roles have such sections of their own and the family has none, a role without one is left out.
fn check_left_out_roles(cx: &RuleContext<'_>, kind: SectionKind, name: &str, sink: &mut Sink) {
    let family = cx.family;
    let by_family = family.sections_of(Owner::Family, kind).next().is_some();
    let own = (0..family.roles.len()).filter(|role| family.has_own(*role, kind)).count();
    // One role's section at the end of the page mostly speaks for all of them.
    if by_family || own < 2 || kind != SectionKind::PerformanceIndicators {
        return;
    }
    for (index, role) in family.roles.iter().enumerate() {
        if !family.has_own(index, kind) && !role.inherits(kind) && !role.deferred {
            sink.report(
                role.name_span,
                name,
                format!("{} has no {name}, which the other roles here have", named(&role.written)),
            )
            .help(format!("Add `{name}` to the role, or one section for the whole page"));
        }
    }
}

fn has_section(family: &JobFamily, index: usize, kind: SectionKind) -> bool {
    let role = &family.roles[index];
    family.has_own(index, kind)
        || family.family_sections_for(index, kind).next().is_some()
        || role.deferred
        || role.inherits(kind)
        || names_both(family, index, kind)
}

/// "Responsibilities & Requirements" is both.
fn names_both(family: &JobFamily, index: usize, kind: SectionKind) -> bool {
    let word = if kind == SectionKind::Requirements { "requirements" } else { "responsibilities" };
    let names_both = |text: &str| text.contains(word) && (text.contains('&') || text.contains(" and "));
    let mut headings = family.all_sections_of(Owner::Role(index)).filter_map(|section| family.heading_of(section));
    headings.any(|heading| names_both(&heading.folded))
}

fn named(written: &str) -> String {
    if written.is_empty() { "The role".to_owned() } else { format!("`{written}`") }
}
