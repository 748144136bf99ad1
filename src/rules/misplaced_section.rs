use std::ops::Range;

use crate::declare_rule;
use crate::diagnostic::Safety;
use crate::facts::SectionKind;
use crate::model::{HeadingClass, Owner, Role, RoleName, Section};
use crate::rule::{RuleContext, Sink};

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
    let beside: Vec<Option<Slip>> = cx.family.sections.iter().map(|section| beside_role(cx, section)).collect();
    for (section, slip) in cx.family.sections.iter().zip(&beside) {
        let Some(heading) = section.heading else { continue };
        match slip {
            Some(slip) => report(cx, heading, slip, sink),
            // What stands inside a section of the wrong level is right when that one is.
            None => {
                let slip = nested(cx, section, heading).filter(|(outer, _)| beside[*outer].is_none());
                slip.into_iter().for_each(|(_, slip)| report(cx, heading, &slip, sink));
            }
        }
    }
    for role in &cx.family.roles {
        in_specialties(cx, role, sink);
    }
}

/// What is wrong with the place of a section.
struct Slip {
    /// The heading by which it is seen.
    other: usize,
    /// How the section stands to it.
    relation: &'static str,
    /// The level that the section should have.
    level: u8,
}

/// A section inside another of the same role, or of the family; with that one's index.
fn nested(cx: &RuleContext<'_>, section: &Section, heading: usize) -> Option<(usize, Slip)> {
    let parent = cx.family.parent_of(heading)?;
    let HeadingClass::Section(index) = cx.family.headings[parent].class else { return None };
    let outer = &cx.family.sections[index];
    let is_part = section.kind == outer.kind || (section.kind == SectionKind::NiceToHave && outer.kind == SectionKind::Requirements);
    if outer.owner != section.owner || is_part {
        return None;
    }
    Some((index, Slip { other: parent, relation: "inside", level: cx.family.headings[parent].level }))
}

/// A role's section that is no deeper than the role, while another of its sections is; or that is even shallower.
fn beside_role(cx: &RuleContext<'_>, section: &Section) -> Option<Slip> {
    let (Owner::Role(role), Some(heading)) = (section.owner, section.heading) else { return None };
    let role_heading = cx.family.roles[role].heading?;
    let (level, role_level) = (cx.family.headings[heading].level, cx.family.headings[role_heading].level);
    if level > role_level || !section.kind.is_of_role() {
        return None;
    }
    let siblings = cx.family.sections.iter().filter(|other| other.owner == section.owner);
    let levels = siblings.filter_map(|sibling| Some(cx.family.heading_of(sibling)?.level));
    let usual = levels.filter(|sibling| *sibling > role_level).min();
    let relation = if level < role_level { "above" } else { "beside" };
    let level = usual.or_else(|| (level < role_level).then_some(role_level + 1))?;
    Some(Slip { other: role_heading, relation, level })
}

fn report(cx: &RuleContext<'_>, index: usize, slip: &Slip, sink: &mut Sink) {
    let (heading, other) = (&cx.family.headings[index], &cx.family.headings[slip.other]);
    let marks = "#".repeat(slip.level.into());
    let finding = sink
        .report(heading.text_span, heading.folded.as_str(), format!("`{}` stands {} `{}`", heading.text, slip.relation, other.text))
        .caption(format!("level {}", heading.level))
        .label(other.text_span, format!("level {}", other.level))
        .help(format!("Make it a heading of level {}: `{marks}`", slip.level));
    if let Some(edits) = cx.relevel(with_parts(cx, index), heading.level, slip.level) {
        finding.fix_edits(Safety::Unsafe, format!("Make it `{marks}`"), edits);
    }
}

/// A heading and what stands under it, up to the next section: that one has a place of its own.
fn with_parts(cx: &RuleContext<'_>, index: usize) -> Range<usize> {
    let deeper = cx.family.with_deeper(index);
    let is_section = |at: &usize| matches!(cx.family.headings[*at].class, HeadingClass::Section(_));
    let end = (index + 1..deeper.end).find(is_section).unwrap_or(deeper.end);
    index..end
}

/// A level of the family among its specialties; levels of a specialty are at home there.
fn in_specialties(cx: &RuleContext<'_>, role: &Role, sink: &mut Sink) {
    let Some(heading) = role.heading else { return };
    let Some(parent) = cx.family.parent_of(heading) else { return };
    let HeadingClass::Container(container) = cx.family.headings[parent].class else { return };
    let is_specialties = cx.family.containers[container].kind != SectionKind::Levels;
    let names = cx.family.specialties.iter().map(|specialty| RoleName::parse(&specialty.name, &cx.facts.levels));
    let is_of_specialty = names.into_iter().any(|name| name.base() == role.name.base());
    if is_specialties && !is_of_specialty {
        let outer = &cx.family.headings[parent];
        sink.report(role.name_span, role.name.base(), format!("The role `{}` stands inside `{}`", role.written, outer.text))
            .label(outer.text_span, "the specialties begin here")
            .help(format!("Put it with the other levels, before `{}`", outer.text));
    }
}
