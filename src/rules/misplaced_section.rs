use std::cell::LazyCell;
use std::collections::HashSet;
use std::ops::Range;

use crate::declare_rule;
use crate::diagnostic::Safety;
use crate::facts::SectionKind;
use crate::model::{HeadingClass, JobFamily, Owner, RoleName, Section, Specialty};
use crate::rule::{RuleContext, Sink};
use crate::text::key;

declare_rule! {
    /// A section stands deeper or shallower than its siblings, and so belongs to the wrong heading.
    ///
    /// The outline of the page, its table of contents and the tools that read it take Responsibilities for a part of the
    /// Job Grade, or a role's Requirements for everybody's.
    ///
    /// Nice-to-haves may stand under Requirements.
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// ## Tax Analyst
    ///
    /// ### Job Grade
    ///
    /// The Tax Analyst is a [grade 6](/handbook/#gitlab-job-grades).
    ///
    /// #### Responsibilities
    ///
    /// - Prepares the tax returns
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// ## Tax Analyst
    ///
    /// ### Job Grade
    ///
    /// The Tax Analyst is a [grade 6](/handbook/#gitlab-job-grades).
    ///
    /// ### Responsibilities
    ///
    /// - Prepares the tax returns
    /// ```
    "misplaced-section", Structure, Warning, fix: Unsafe, yields_to: ["duplicate-heading", "unnamed-section"]; check
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    let parents = cx.family.parents();
    let usual = usual_depths(cx.family);
    let beside: Vec<Option<Slip>> =
        cx.family.sections.iter().map(|section| beside_role(cx.family, section, &usual)).collect();
    // What stands inside a section of the wrong depth is right when that one is.
    let inside = |section: &Section, heading: usize| {
        let (outer, slip) = nested(cx.family, section, parents[heading])?;
        beside[outer].is_none().then_some(slip)
    };
    let slips: Vec<(usize, Slip)> = cx
        .family
        .sections
        .iter()
        .zip(&beside)
        .filter_map(|(section, slip)| {
            let heading = section.heading?;
            Some((heading, slip.or_else(|| inside(section, heading))?))
        })
        .collect();
    for ((heading, slip), may_move) in slips.iter().zip(may_move(cx, &slips)) {
        report(cx, *heading, slip, may_move, sink);
    }
    in_specialties(cx, &parents, sink);
}

/// What is wrong with the place of a section.
#[derive(Clone, Copy)]
struct Slip {
    /// The heading by which it is seen.
    other: usize,
    /// How the section stands to it.
    relation: &'static str,
    /// The depth that the section should have.
    depth: u8,
}

/// A section inside another of the same role, or of the family; with that one's index.
fn nested(family: &JobFamily, section: &Section, parent: Option<usize>) -> Option<(usize, Slip)> {
    let parent = parent?;
    let HeadingClass::Section(index) = family.headings[parent].class else { return None };
    let outer = &family.sections[index];
    let is_part = section.kind == outer.kind
        || (section.kind == SectionKind::NiceToHave && outer.kind == SectionKind::Requirements);
    if outer.owner != section.owner || is_part {
        return None;
    }
    Some((index, Slip { other: parent, relation: "inside", depth: family.headings[parent].depth }))
}

/// For each role the depth of its shallowest section below it.
fn usual_depths(family: &JobFamily) -> Vec<Option<u8>> {
    let mut usual: Vec<Option<u8>> = vec![None; family.roles.len()];
    for section in &family.sections {
        let (Owner::Role(role), Some(heading)) = (section.owner, family.heading_of(section)) else { continue };
        let role_depth = family.roles[role].heading.map_or(0, |index| family.headings[index].depth);
        if heading.depth > role_depth {
            usual[role] = Some(usual[role].map_or(heading.depth, |depth| depth.min(heading.depth)));
        }
    }
    usual
}

/// A role's section that is no deeper than the role, while another of its sections is; or that is even shallower.
fn beside_role(family: &JobFamily, section: &Section, usual: &[Option<u8>]) -> Option<Slip> {
    let (Owner::Role(role), Some(heading)) = (section.owner, family.heading_of(section)) else { return None };
    let other = family.roles[role].heading?;
    let role_depth = family.headings[other].depth;
    if heading.depth > role_depth || !section.kind.is_of_role() {
        return None;
    }
    let is_above = heading.depth < role_depth;
    let depth = usual[role].or_else(|| is_above.then_some(role_depth + 1))?;
    Some(Slip { other, relation: if is_above { "above" } else { "beside" }, depth })
}

/// For each section whether it may move by itself: once those before it have moved, it leaves no gap below the heading
/// before it, and of two that would stand beside each other under one name neither moves.
fn may_move(cx: &RuleContext<'_>, slips: &[(usize, Slip)]) -> Vec<bool> {
    let headings = &cx.family.headings;
    let mut depths: Vec<u8> = headings.iter().map(|heading| heading.depth).collect();
    for (index, slip) in slips {
        for at in with_parts(cx, *index) {
            depths[at] = (depths[at] + slip.depth).saturating_sub(headings[*index].depth);
        }
    }
    let all_moved = depths.clone();
    let mut may_move = Vec::with_capacity(slips.len());
    for (index, _) in slips {
        let moves = !leaves_gap(*index, &depths) && !has_twin(cx.family, *index, &all_moved);
        if !moves {
            with_parts(cx, *index).for_each(|at| depths[at] = headings[at].depth);
        }
        may_move.push(moves);
    }
    may_move
}

fn leaves_gap(index: usize, depths: &[u8]) -> bool {
    index.checked_sub(1).is_some_and(|before| depths[index] > depths[before] + 1)
}

fn has_twin(family: &JobFamily, index: usize, depths: &[u8]) -> bool {
    let depth = depths[index];
    let beside = |at: &usize| depths[*at] >= depth;
    let is_same = |at: usize| depths[at] == depth && family.headings[at].folded == family.headings[index].folded;
    (0..index).rev().take_while(beside).any(is_same) || (index + 1..depths.len()).take_while(beside).any(is_same)
}

fn report(cx: &RuleContext<'_>, index: usize, slip: &Slip, may_move: bool, sink: &mut Sink) {
    let (heading, other) = (&cx.family.headings[index], &cx.family.headings[slip.other]);
    let marks = "#".repeat(slip.depth.into());
    if slip.other == index {
        return report_opening(cx, index, &marks, sink);
    }
    let finding = sink
        .report(
            heading.text_span,
            key(&heading.folded),
            format!("`{}` stands {} `{}`", heading.text, slip.relation, other.text),
        )
        .caption(format!("level {}", heading.depth))
        .label(other.text_span, format!("level {}", other.depth))
        .help(format!("Make it a heading of level {}: `{marks}`", slip.depth));
    let edits = cx.change_depth(with_parts(cx, index), heading.depth, slip.depth);
    if let Some(edits) = edits.filter(|_| may_move) {
        finding.fix_edits(Safety::Unsafe, format!("Make it `{marks}`"), edits);
    }
}

/// A section at whose heading its role begins, while the role's other sections stand one deeper.
fn report_opening(cx: &RuleContext<'_>, index: usize, marks: &str, sink: &mut Sink) {
    let heading = &cx.family.headings[index];
    let HeadingClass::Section(section) = heading.class else { return };
    let Owner::Role(role) = cx.family.sections[section].owner else { return };
    let role = &cx.family.roles[role].written;
    let role_marks = "#".repeat(heading.depth.into());
    let message = format!("`{role}` has no heading of its own above its sections");
    sink.report(heading.text_span, key(&heading.folded), message)
        .help(format!("Put `{role_marks} {role}` before it, and make it `{marks} {}`", heading.text));
}

/// A heading and what stands under it, up to the next section: that one has a place of its own.
fn with_parts(cx: &RuleContext<'_>, index: usize) -> Range<usize> {
    let deeper = cx.family.with_deeper(index);
    let is_section = |at: &usize| matches!(cx.family.headings[*at].class, HeadingClass::Section(_));
    let end = (index + 1..deeper.end).find(is_section).unwrap_or(deeper.end);
    index..end
}

/// The levels of the family that stand among its specialties; levels of a specialty are at home there.
fn in_specialties(cx: &RuleContext<'_>, parents: &[Option<usize>], sink: &mut Sink) {
    let base_of = |specialty: &Specialty| RoleName::parse(&specialty.name, &cx.facts.levels).base();
    let at_home: LazyCell<HashSet<String>, _> = LazyCell::new(|| cx.family.specialties.iter().map(base_of).collect());
    for role in &cx.family.roles {
        let Some(parent) = role.heading.and_then(|heading| parents[heading]) else { continue };
        let outer = &cx.family.headings[parent];
        let HeadingClass::Container(container) = outer.class else { continue };
        if cx.family.containers[container].kind != SectionKind::Levels && !at_home.contains(&role.base) {
            let message = format!("The role `{}` stands inside `{}`", role.written, outer.text);
            sink.report(role.name_span, &role.base, message)
                .label(outer.text_span, "the specialties begin here")
                .help(format!("Put it with the other levels, before `{}`", outer.text));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::facts::Facts;
    use crate::lint::{Settings, lint};
    use crate::source::Source;

    #[test]
    fn a_role_that_begins_at_a_section_lacks_a_heading() {
        let role =
            |name: &str| format!("#### {name} Responsibilities\n\n- Tests\n\n#### {name} Requirements\n\n- Cares\n\n");
        let grade = |name: &str| format!("### {name} Job Grade\n\nThe {name} is a grade 7.\n\n");
        let (analyst, lead) = ("Tax Analyst", "Lead Tax Analyst");
        let page = format!("### {analyst}\n\n#{}{}{}{}", grade(analyst), role(analyst), grade(lead), role(lead));
        let found = lint(&Source::new("x.md", page), &Settings::new(Facts::embedded())).diagnostics;
        let found: Vec<&str> =
            found.iter().filter(|one| one.rule == "misplaced-section").map(|one| one.message.as_str()).collect();
        assert_eq!(found, ["`Lead Tax Analyst` has no heading of its own above its sections"]);
    }
}
