use std::cell::LazyCell;
use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use crate::declare_rule;
use crate::diagnostic::Safety;
use crate::facts::SectionKind;
use crate::model::{Heading, HeadingClass, JobFamily, Owner, Role, RoleName, Section, Specialty, marks};
use crate::rule::{Finding, RuleContext, Sink};
use crate::source::Span;
use crate::text::{contains_ignoring_case, folded_opening, key};

declare_rule! {
    /// A section stands deeper or shallower than its siblings, and so belongs to the wrong heading.
    ///
    /// The outline of the page, its table of contents and the tools that read it take Responsibilities for a part of the
    /// Job Grade, or a role's Requirements for everybody's.
    ///
    /// Nice-to-haves may stand under Requirements. Where a page puts the sections of all its roles beside the roles, that is
    /// one finding, and so is a Hiring Process that comes back after each of them. The only one of a page is misplaced below
    /// the last of three roles or more, and so is its closing sentence below another section.
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
    let usual = UsualDepths::of(cx.family);
    let beside = beside_roles(cx.family, &usual);
    let slips = slips_of(cx.family, &parents, &beside);
    for ((heading, slip), may_move) in slips.iter().zip(may_move(cx, &slips)) {
        report(cx, *heading, slip, may_move, sink);
    }
    without_heading(cx, sink);
    in_specialties(cx, &parents, sink);
    in_sections(cx, &parents, &beside, sink);
    all_beside_roles(cx, &usual, sink);
    repeated_beside_roles(cx, &parents, sink);
    above_other_roles(cx, &parents, sink);
    below_roles(cx, &parents, sink);
    beside_title(cx, sink);
    only_in_last_role(cx, &parents, sink);
    closing_sentences(cx, sink);
}

/// For each section what is wrong with its depth beside that of its role, or of its siblings.
fn beside_roles(family: &JobFamily, usual: &UsualDepths) -> Vec<Option<Slip>> {
    let place = |section| beside_role(family, section, usual).or_else(|| beside_specialty(family, section));
    let mut slips: Vec<Option<Slip>> = family.sections.iter().map(place).collect();
    if let Some((section, slip)) = above_siblings(family) {
        slips[section].get_or_insert(slip);
    }
    slips
}

/// The headings of all sections that stand in a wrong place.
fn slips_of(family: &JobFamily, parents: &[Option<usize>], beside: &[Option<Slip>]) -> Vec<(usize, Slip)> {
    let slip_of = |(section, beside_role): (&Section, &Option<Slip>)| {
        let heading = section.heading?;
        let slip = beside_role.or_else(|| nested(family, section, parents[heading]?, beside));
        Some((heading, slip.or_else(|| among_specialties(family, section, parents[heading]?))?))
    };
    family.sections.iter().zip(beside).filter_map(slip_of).collect()
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

/// A section inside another of the same role, or of the family. It is right when that one's depth is wrong.
fn nested(family: &JobFamily, section: &Section, parent: usize, beside: &[Option<Slip>]) -> Option<Slip> {
    let HeadingClass::Section(index) = family.headings[parent].class else { return None };
    let outer = &family.sections[index];
    let is_part = section.kind == outer.kind
        || (section.kind == SectionKind::NiceToHave && outer.kind == SectionKind::Requirements);
    // Where a role has lost its heading, that is what is wrong.
    let begins_role = matches!(outer.owner, Owner::Role(role) if family.roles[role].heading == Some(parent));
    let is_inside = outer.owner == section.owner && !is_part && !begins_role && beside[index].is_none();
    is_inside.then(|| Slip { other: parent, relation: "inside", depth: family.headings[parent].depth })
}

/// A section for the whole family among its specialties, like one of them.
fn among_specialties(family: &JobFamily, section: &Section, parent: usize) -> Option<Slip> {
    let HeadingClass::Container(container) = family.headings[parent].class else { return None };
    let is_list = family.containers[container].kind == SectionKind::Specialties;
    let is_of_family = section.kind.is_trailing() && section.owner == Owner::Family;
    // Beside a list that has the level of the title nothing is at home.
    let depth = family.headings[parent].depth;
    (is_list && is_of_family && depth > 1).then_some(Slip { other: parent, relation: "inside", depth })
}

/// How deep the sections of roles stand on a page.
struct UsualDepths {
    /// For each role the depth of its shallowest section below it.
    of_role: Vec<Option<u8>>,
    /// Of two roles or more the sections stand below the role, and of fewer beside it.
    most_are_deeper: bool,
}

impl UsualDepths {
    fn of(family: &JobFamily) -> Self {
        let mut of_role: Vec<Option<u8>> = vec![None; family.roles.len()];
        let mut has_beside = vec![false; family.roles.len()];
        for section in &family.sections {
            let (Owner::Role(role), Some(heading)) = (section.owner, family.heading_of(section)) else { continue };
            let role_depth = family.roles[role].heading.map_or(0, |index| family.headings[index].depth);
            if heading.depth > role_depth {
                of_role[role] = Some(of_role[role].map_or(heading.depth, |depth| depth.min(heading.depth)));
            } else {
                has_beside[role] |= section.kind.is_of_role();
            }
        }
        let headed = || (0..family.roles.len()).filter(|role| own_heading(family, *role).is_some());
        let deeper = headed().filter(|role| of_role[*role].is_some()).count();
        let beside = headed().filter(|role| of_role[*role].is_none() && has_beside[*role]).count();
        Self { of_role, most_are_deeper: deeper > beside.max(1) }
    }
}

/// The heading of a role that does not begin at one of its sections.
fn own_heading(family: &JobFamily, role: usize) -> Option<usize> {
    family.roles[role].heading.filter(|heading| !matches!(family.headings[*heading].class, HeadingClass::Section(_)))
}

/// A role's section that is no deeper than the role, while another of its sections is, or those of most roles are; or that
/// is even shallower.
fn beside_role(family: &JobFamily, section: &Section, usual: &UsualDepths) -> Option<Slip> {
    let (Owner::Role(role), Some(heading)) = (section.owner, family.heading_of(section)) else { return None };
    let other = own_heading(family, role)?;
    let role_depth = family.headings[other].depth;
    if heading.depth > role_depth || !section.kind.is_of_role() {
        return None;
    }
    let is_above = heading.depth < role_depth;
    let below_role = || (is_above || usual.most_are_deeper).then_some(role_depth + 1);
    let depth = usual.of_role[role].or_else(below_role)?;
    Some(Slip { other, relation: if is_above { "above" } else { "beside" }, depth })
}

/// A section that is headed by a specialty, and stands beside it. Where that one is empty, this is what is told.
fn beside_specialty(family: &JobFamily, section: &Section) -> Option<Slip> {
    let (Owner::Specialty(specialty), Some(heading)) = (section.owner, family.heading_of(section)) else { return None };
    let other = family.specialties[specialty].heading;
    let named = &family.headings[other];
    let is_beside = heading.depth == named.depth && section.prefix == named.folded && !named.blocks.is_empty();
    is_beside.then(|| Slip { other, relation: "beside", depth: named.depth + 1 })
}

/// The one section that is shallower than all others before the first role's heading: those of a role that the title
/// names, or of the family, for which no heading tells how deep they should be. Gives its index.
fn above_siblings(family: &JobFamily) -> Option<(usize, Slip)> {
    let first_role =
        (0..family.roles.len()).find_map(|role| own_heading(family, role)).unwrap_or(family.headings.len());
    let openings = family.sections.iter().enumerate().filter(|(_, section)| section.kind.is_of_role());
    let openings = openings.filter_map(|(section, data)| Some((section, data.heading?)));
    let openings: Vec<(usize, usize)> = openings.filter(|(_, heading)| *heading < first_role).collect();
    let depth = |opening: &(usize, usize)| family.headings[opening.1].depth;
    let (first, shallowest) = (openings.first()?, openings.iter().min_by_key(|opening| depth(opening))?);
    let others = || openings.iter().filter(|opening| *opening != shallowest);
    let are_level = others().count() >= 2 && others().all(|other| depth(other) == depth(first));
    let slip = Slip { other: first.1, relation: "above", depth: depth(first) };
    (are_level && depth(shallowest) < depth(first)).then_some((shallowest.0, slip))
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
    let message = format!("`{}` stands {} `{}`", heading.text, slip.relation, other.text);
    let finding = report_level(heading, message, other.text_span, other.depth, sink);
    offer_depth(cx, index, slip.depth, may_move, finding);
}

/// Says which depth a heading should have, and offers to give it that, with its parts.
fn offer_depth(cx: &RuleContext<'_>, index: usize, depth: u8, may_move: bool, finding: Finding<'_>) {
    let marks = marks(depth);
    let finding = finding.help(format!("Make it a `{marks}` heading"));
    let edits = cx.change_depth(with_parts(cx, index), cx.family.headings[index].depth, depth);
    if let Some(edits) = edits.filter(|_| may_move) {
        finding.fix_edits(Safety::Unsafe, format!("Make it `{marks}`"), edits);
    }
}

/// Says that the level of a heading is wrong beside that of another.
fn report_level<'s>(
    heading: &Heading,
    message: String,
    other: Span,
    other_depth: u8,
    sink: &'s mut Sink,
) -> Finding<'s> {
    sink.report(heading.text_span, key(&heading.folded), message)
        .caption(marks(heading.depth))
        .label(other, marks(other_depth))
}

/// Roles that begin at one of their sections, as their own heading is lost: other roles have one, or the rest of their
/// sections would be parts of the first.
fn without_heading(cx: &RuleContext<'_>, sink: &mut Sink) {
    let family = cx.family;
    let depths = (0..family.roles.len()).filter_map(|role| own_heading(family, role));
    let shallowest = depths.map(|heading| family.headings[heading].depth).min();
    for (index, role) in family.roles.iter().enumerate() {
        let Some(at) = role.heading.filter(|_| own_heading(family, index).is_none()) else { continue };
        let heading = &family.headings[at];
        let depths_of_rest = family.all_sections_of(Owner::Role(index)).filter_map(|section| section.heading);
        let has_deeper =
            depths_of_rest.filter(|rest| *rest > at).any(|rest| family.headings[rest].depth > heading.depth);
        if has_deeper || shallowest.is_some_and(|depth| depth < heading.depth) {
            report_without_heading(role, heading, has_deeper, sink);
        }
    }
}

fn report_without_heading(role: &Role, heading: &Heading, has_deeper: bool, sink: &mut Sink) {
    let role = &role.written;
    let help = if has_deeper {
        let (marks, deeper) = (marks(heading.depth), marks(heading.depth + 1));
        format!("Put `{marks} {role}` before it, and make it `{deeper} {}`", heading.text)
    } else {
        format!("Put `{} {role}` before it", marks(heading.depth - 1))
    };
    let message = format!("`{role}` has no heading of its own above its sections");
    sink.report(heading.text_span, key(&heading.folded), message).help(help);
}

/// A heading and what stands under it, up to the next section or role: those have a place of their own.
fn with_parts(cx: &RuleContext<'_>, index: usize) -> Range<usize> {
    let deeper = cx.family.with_deeper(index);
    let has_place =
        |at: &usize| matches!(cx.family.headings[*at].class, HeadingClass::Section(_) | HeadingClass::Role(_));
    let end = (index + 1..deeper.end).find(has_place).unwrap_or(deeper.end);
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

/// A role below the heading of a section that ends the page, or the Levels below one of a role: that takes them in. Of
/// several in one section the first is told.
fn in_sections(cx: &RuleContext<'_>, parents: &[Option<usize>], beside: &[Option<Slip>], sink: &mut Sink) {
    let mut told = HashSet::new();
    for (index, heading) in cx.family.headings.iter().enumerate() {
        let Some(parent) = parents[index] else { continue };
        let outer = &cx.family.headings[parent];
        let HeadingClass::Section(section) = outer.class else { continue };
        let kind = cx.family.sections[section].kind;
        let is_inside = match heading.class {
            HeadingClass::Role(_) => kind.is_trailing(),
            HeadingClass::Container(levels) => {
                kind.is_of_role() && cx.family.containers[levels].kind == SectionKind::Levels
            }
            _ => false,
        };
        if is_inside && beside[section].is_none() && told.insert(section) {
            let message = format!("`{}` stands inside `{}`", heading.text, outer.text);
            report_level(heading, message, outer.text_span, outer.depth, sink)
                .help(format!("Put it before `{}`, or give one of them more or less `#`", outer.text));
        }
    }
}

/// The sections of two roles or more that all stand beside their roles, where no more roles have theirs below them: it is
/// how the page is written, and one finding.
fn all_beside_roles(cx: &RuleContext<'_>, usual: &UsualDepths, sink: &mut Sink) {
    let family = cx.family;
    let is_beside = |section: &Section, role: usize| {
        let (heading, own) = (family.heading_of(section), own_heading(family, role));
        let depths = heading.zip(own).map(|(heading, own)| (heading.depth, family.headings[own].depth));
        // A closing section counts where it names the role.
        let is_of_role = section.kind.is_of_role() || !section.prefix.is_empty();
        is_of_role && usual.of_role[role].is_none() && depths.is_some_and(|(depth, own)| depth == own)
    };
    let beside = |section: &Section| match section.owner {
        Owner::Role(role) if is_beside(section, role) => Some((section.heading?, role)),
        _ => None,
    };
    let beside: Vec<(usize, usize)> = family.sections.iter().filter_map(beside).collect();
    let roles: HashSet<usize> = beside.iter().map(|(_, role)| *role).collect();
    if !usual.most_are_deeper && roles.len() > 1 {
        report_all(family, &beside, roles.len(), sink);
    }
}

/// Each section is given with its role.
fn report_all(family: &JobFamily, beside: &[(usize, usize)], roles: usize, sink: &mut Sink) {
    let Some(((first, role), rest)) = beside.split_first() else { return };
    let (heading, role) = (&family.headings[*first], &family.roles[*role]);
    let others = if roles == 2 { "another role".to_owned() } else { format!("{} other roles", roles - 1) };
    let message =
        format!("`{}` stands beside its role `{}`, and so do the sections of {others}", heading.text, role.written);
    let (level, others) = (heading.depth + 1, rest.iter().map(|(other, _)| family.headings[*other].text_span));
    report_level(heading, message, role.name_span, heading.depth, sink)
        .labels(others, "beside its role, too")
        .help(format!("Give the sections one `#` more than their roles have: here `{}`", marks(level)));
}

/// The only Hiring Process, Career Ladder or Performance Indicators of a page, below the last of three roles or more: all of
/// them were meant. Of two, the last may have what the first has not.
fn only_in_last_role(cx: &RuleContext<'_>, parents: &[Option<usize>], sink: &mut Sink) {
    let family = cx.family;
    let Some(last) = family.roles.len().checked_sub(1).filter(|last| *last + 1 >= FEWEST_ROLES) else { return };
    let Some(role) = own_heading(family, last) else { return };
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    family.sections.iter().for_each(|section| *times.entry(section.kind.id()).or_default() += 1);
    let levels = parents[role].filter(|above| matches!(family.headings[*above].class, HeadingClass::Container(_)));
    let depth = family.headings[levels.unwrap_or(role)].depth;
    for section in family.all_sections_of(Owner::Role(last)) {
        let is_of_all =
            section.kind.is_trailing() && section.prefix.is_empty() && times.get(section.kind.id()) == Some(&1);
        let Some(index) = section.heading.filter(|heading| is_of_all && parents[*heading] == Some(role)) else {
            continue;
        };
        let heading = &family.headings[index];
        // The role's heading is no part of the slip: where its sections are too deep, that is another.
        let message = format!(
            "`{}` stands inside `{}`, the last of {} roles",
            heading.text,
            family.roles[last].written,
            last + 1
        );
        let finding = sink.report(heading.text_span, key(&heading.folded), message).caption(marks(heading.depth));
        offer_depth(cx, index, depth, true, finding);
    }
}

/// So many roles share what stands below the last of them alone.
const FEWEST_ROLES: usize = 3;

/// A closing section that the page has again and again under one heading, after one role and another and no deeper than
/// they are: nobody can tell whether it is the role's or everybody's.
fn repeated_beside_roles(cx: &RuleContext<'_>, parents: &[Option<usize>], sink: &mut Sink) {
    let headings = &cx.family.headings;
    let role_depths = headings.iter().scan(None, |role_depth, heading| {
        if matches!(heading.class, HeadingClass::Role(_)) {
            *role_depth = Some(heading.depth);
        }
        Some(*role_depth)
    });
    let mut found: BTreeMap<(Option<usize>, &str), Vec<usize>> = BTreeMap::new();
    for (index, role_depth) in role_depths.enumerate() {
        let HeadingClass::Section(section) = headings[index].class else { continue };
        let section = &cx.family.sections[section];
        let is_closing = section.kind.is_trailing() && section.prefix.is_empty();
        if is_closing && role_depth.is_some_and(|role_depth| headings[index].depth <= role_depth) {
            found.entry((parents[index], section.kind.id())).or_default().push(index);
        }
    }
    let last_role = headings.iter().rposition(|heading| matches!(heading.class, HeadingClass::Role(_)));
    // One that takes in the role after it is told by that.
    let holds_role = |index: &usize| {
        headings
            .get(index + 1)
            .is_some_and(|next| next.depth > headings[*index].depth && matches!(next.class, HeadingClass::Role(_)))
    };
    for repeated in found.values().filter(|repeated| repeated.len() > 1 && repeated.first() < last_role.as_ref()) {
        if let Some(first) = repeated.iter().find(|index| !holds_role(index)) {
            report_repeated(cx.family, *first, repeated, sink);
        }
    }
}

fn report_repeated(family: &JobFamily, first: usize, repeated: &[usize], sink: &mut Sink) {
    let heading = &family.headings[first];
    let times = if repeated.len() == 2 { "twice".to_owned() } else { format!("{} times", repeated.len()) };
    let message = format!("`{}` stands on the page {times}, and never deeper than the roles", heading.text);
    let others = repeated.iter().filter(|other| **other != first).map(|other| family.headings[*other].text_span);
    sink.report(heading.text_span, key(&heading.folded), message)
        .labels(others, "here too")
        .help("Give each one `#` more than its role has, or put their text together at the end of the page");
}

/// The one role that is shallower than all others, and comes after some of them: the first may be the base of the rest, and
/// one with roles below it a group.
fn above_other_roles(cx: &RuleContext<'_>, parents: &[Option<usize>], sink: &mut Sink) {
    let headings = &cx.family.headings;
    let roles = || (0..headings.len()).filter(|index| matches!(headings[*index].class, HeadingClass::Role(_)));
    let Some(before) = roles().next() else { return };
    let depth = headings[before].depth;
    let mut shallower = roles().filter(|role| headings[*role].depth != depth);
    let (Some(role), None) = (shallower.next(), shallower.next()) else { return };
    let is_above = headings[role].depth + 1 == depth && roles().count() > 2;
    // Where groups follow one another, it may be one of them.
    let has_groups = headings[before..].iter().any(|heading| heading.class == HeadingClass::Group);
    if is_above && !has_groups && roles().all(|other| parents[other] != Some(role)) {
        let (heading, other) = (&headings[role], &headings[before]);
        let message = format!("`{}` has a higher heading than the other roles", heading.text);
        report_level(heading, message, other.text_span, depth, sink)
            .help(format!("Make it a `{}` heading, and its sections deeper", marks(depth)));
    }
}

/// "#### Levels" before "### Tax Analyst": it is deeper than the roles that it should hold.
fn below_roles(cx: &RuleContext<'_>, parents: &[Option<usize>], sink: &mut Sink) {
    let class_of = |heading: usize| cx.family.headings[heading].class;
    for (pair, parent) in cx.family.headings.windows(2).zip(parents) {
        let [levels, role] = pair else { continue };
        let HeadingClass::Container(container) = levels.class else { continue };
        let is_levels = cx.family.containers[container].kind == SectionKind::Levels;
        // Inside a section it is told as that.
        let is_told = parent.is_some_and(|parent| matches!(class_of(parent), HeadingClass::Section(_)));
        if is_levels && !is_told && matches!(role.class, HeadingClass::Role(_)) && role.depth < levels.depth {
            // No heading but the title is of level 1.
            let depth = role.depth.saturating_sub(1).max(2);
            let message = format!("`{}` has a deeper heading than the roles that it holds", levels.text);
            report_level(levels, message, role.text_span, role.depth, sink)
                .help(format!("Make it a `{}` heading", marks(depth)));
        }
    }
}

/// "# Levels": what holds the roles is a part of the page, and its heading no second title.
fn beside_title(cx: &RuleContext<'_>, sink: &mut Sink) {
    for heading in cx.family.headings.iter().filter(|heading| heading.depth == 1) {
        if matches!(heading.class, HeadingClass::Container(_)) {
            let message = format!("`{}` has the level of the page's title", heading.text);
            sink.report(heading.text_span, key(&heading.folded), message)
                .help("Make it a `##` heading, and give those below it one `#` more");
        }
    }
}

/// "Additional details about our process can be found on our hiring page" at the end of the Career Ladder.
fn closing_sentences(cx: &RuleContext<'_>, sink: &mut Sink) {
    let is_hiring = |section: &&Section| section.kind == SectionKind::HiringProcess;
    let Some(process) = cx.family.sections.iter().find(is_hiring).and_then(|found| cx.family.heading_of(found)) else {
        return;
    };
    for section in cx.family.sections.iter().filter(|section| !is_hiring(section)) {
        let (Some(last), Some(heading)) = (section.blocks.last(), cx.family.heading_of(section)) else { continue };
        let visible = cx.tree.visible(*last);
        // Where a process is inside the section, the sentence closes that.
        let is_own =
            cx.family.section_at(visible.whole().start).is_some_and(|around| around.heading == section.heading);
        if is_own && cx.tree.node(*last).kind.is_paragraph() && closes_process(cx, visible.text()) {
            let message = format!("The closing sentence of `{}` stands below `{}`", process.text, heading.text);
            sink.report(visible.whole(), folded_opening(visible.text()), message)
                .label(process.text_span, "where it belongs")
                .help(format!("Move it to the end of `{}`", process.text));
        }
    }
}

/// Whether a paragraph is the sentence about where more stands about the hiring process.
fn closes_process(cx: &RuleContext<'_>, text: &str) -> bool {
    let has = |word: &str| contains_ignoring_case(text, word);
    has("process") && (has("hiring") || has("interview")) && cx.facts.lists.closings.open(text)
}

#[cfg(test)]
mod tests {
    use crate::facts::Facts;
    use crate::lint::{Settings, lint};
    use crate::source::Source;

    fn messages(page: &str) -> Vec<String> {
        let found = lint(&Source::new("x.md", page), &Settings::new(Facts::embedded())).diagnostics;
        let found = found.into_iter().filter(|diagnostic| diagnostic.rule == "misplaced-section");
        found.map(|diagnostic| diagnostic.message).collect()
    }

    /// The sections of a role, with so many `#`.
    fn sections(name: &str, grade: &str, others: &str) -> String {
        format!(
            "{grade} {name} Job Grade\n\nThe {name} is a grade 7.\n\n{others} {name} Responsibilities\n\n- Tests\n\n\
             {others} {name} Requirements\n\n- Cares\n\n"
        )
    }

    #[test]
    fn a_role_that_begins_at_a_section_lacks_a_heading() {
        let (analyst, lead) = ("Tax Analyst", "Lead Tax Analyst");
        let first = format!("### {analyst}\n\n{}", sections(analyst, "####", "####"));
        let lost = ["`Lead Tax Analyst` has no heading of its own above its sections"];
        assert_eq!(messages(&format!("{first}{}", sections(lead, "###", "####"))), lost);
        assert_eq!(messages(&format!("{first}{}", sections(lead, "####", "####"))), lost);
        assert_eq!(messages(&format!("{}{}", sections(analyst, "##", "##"), sections(lead, "##", "##"))), [""; 0]);
    }

    #[test]
    fn sections_stand_as_deep_as_those_of_most_roles() {
        let role = |name: &str, marks: &str| format!("### {name}\n\n{}", sections(name, marks, marks));
        let (one, two, three) = (role("Tax Analyst", "####"), role("Tax Lead", "####"), role("Tax Manager", "###"));
        assert_eq!(messages(&format!("{one}{two}{three}")).len(), 3);
        assert_eq!(messages(&format!("{one}{three}")), [""; 0]);
    }

    #[test]
    fn a_section_above_its_siblings_is_told_without_a_role_above_them() {
        let page = "### Job Grade\n\nThe Tax Analyst is a grade 6.\n\n### Responsibilities\n\n- Tests\n\n";
        assert_eq!(
            messages(&format!("{page}## Requirements\n\n- Cares\n")),
            ["`Requirements` stands above `Job Grade`"]
        );
        assert_eq!(messages(&format!("{page}### Requirements\n\n- Cares\n")), [""; 0]);
    }

    #[test]
    fn what_is_taken_in_by_the_heading_before_it_is_told_once() {
        let role = |name: &str| format!("### {name}\n\n{}", sections(name, "####", "####"));
        let (one, two, three) = (role("Tax Analyst"), role("Tax Lead"), role("Tax Manager"));
        let late = format!("## Levels\n\n{one}## Career Ladder\n\nNone.\n\n{two}{three}## Hiring Process\n\n- Call\n");
        assert_eq!(messages(&late), ["`Tax Lead` stands inside `Career Ladder`"]);
        let among =
            format!("## Levels\n\n{one}## Specialties\n\n### Sales Tax\n\nTaxes.\n\n### Career Ladder\n\nNone.\n");
        assert_eq!(messages(&among), ["`Career Ladder` stands inside `Specialties`"]);
        assert_eq!(messages(&format!("# Levels\n\n{one}")), ["`Levels` has the level of the page's title"]);
        assert_eq!(messages(&format!("## Requirements\n\n- Cares\n\n### Levels\n\n{one}")).len(), 1);
    }

    #[test]
    fn what_a_page_does_everywhere_is_told_once() {
        let beside = |name: &str| format!("### {name}\n\n{}", sections(name, "###", "###"));
        let page = format!("## Levels\n\n{}{}{}", beside("Tax Analyst"), beside("Tax Lead"), beside("Tax Manager"));
        let message =
            "`Tax Analyst Job Grade` stands beside its role `Tax Analyst`, and so do the sections of 2 other roles";
        assert_eq!(messages(&page), [message]);
        let deeper = |name: &str| format!("### {name}\n\n{}", sections(name, "####", "####"));
        let hiring = "### Hiring Process\n\n- A call\n\n";
        let (one, two) = (deeper("Tax Analyst"), deeper("Tax Lead"));
        let again = format!("## Levels\n\n{one}{hiring}{two}{hiring}");
        assert_eq!(messages(&again), ["`Hiring Process` stands on the page twice, and never deeper than the roles"]);
        // Each group may have its own.
        let groups = format!("## Analyst Levels\n\n{one}{hiring}## Lead Levels\n\n{two}{hiring}");
        assert_eq!(messages(&groups), [""; 0]);
    }

    #[test]
    fn roles_stand_level_and_below_their_levels() {
        let role = |marks: &str, name: &str| format!("{marks} {name}\n\n{}", sections(name, "####", "####"));
        let (one, two) = (role("###", "Tax Analyst"), role("###", "Senior Tax Analyst"));
        let last = role("##", "Staff Tax Analyst");
        assert_eq!(
            messages(&format!("{one}{two}{last}")),
            ["`Staff Tax Analyst` has a higher heading than the other roles"]
        );
        let base = role("##", "Tax Analyst");
        assert_eq!(messages(&format!("{base}## Levels\n\n{two}{}", role("###", "Tax Lead"))), [""; 0]);
        assert_eq!(messages(&format!("{one}{last}{two}")), [""; 0]);
        assert_eq!(
            messages(&format!("#### Levels\n\n{one}{two}")),
            ["`Levels` has a deeper heading than the roles that it holds"]
        );
        assert_eq!(messages(&format!("### Levels\n\n{one}{two}")), [""; 0]);
    }

    #[test]
    fn sections_stand_below_their_specialty() {
        let page = |marks: &str| {
            let role = format!("## Tax Analyst\n\n{}", sections("Tax Analyst", "###", "###"));
            format!("{role}## Specialties\n\n### Customs\n\nDuties.\n\n{marks} Customs Requirements\n\n- Cares\n")
        };
        assert_eq!(messages(&page("###")), ["`Customs Requirements` stands beside `Customs`"]);
        assert_eq!(messages(&page("####")), [""; 0]);
    }

    #[test]
    fn the_closing_sentence_of_the_hiring_process_stands_in_it() {
        let closing = "Additional details about our process are on the [hiring page](/handbook/hiring/).";
        let page = |ladder: &str, process: &str| {
            messages(&format!(
                "## Tax Analyst\n\n{}## Career Ladder\n\nThe next step is open.\n\n{ladder}\n\n{process}\n",
                sections("Tax Analyst", "###", "###")
            ))
        };
        let process = "## Hiring Process\n\n- A call with a recruiter\n- A talk";
        assert_eq!(page(closing, process), ["The closing sentence of `Hiring Process` stands below `Career Ladder`"]);
        for (ladder, process) in [
            ("", format!("{process}\n\n{closing}").as_str()),
            (closing, ""),
            ("More details about the ladder of the hiring team are in the handbook.", process),
            ("Details about our process:\n\n- Hiring", process),
        ] {
            assert_eq!(page(ladder, process), [""; 0], "{ladder}\n{process}");
        }
    }

    #[test]
    fn what_only_the_last_of_several_roles_has_is_everybodys() {
        let role = |name: &str, more: &str| format!("## {name}\n\n{}{more}", sections(name, "###", "###"));
        let (process, none) = ("### Hiring Process\n\n- A call\n\n", "");
        let page = |first: &str, second: &str, last: &str| {
            messages(&(role("Tax Analyst", first) + &role("Senior Tax Analyst", second) + &role("Tax Lead", last)))
        };
        assert_eq!(page(none, none, process), ["`Hiring Process` stands inside `Tax Lead`, the last of 3 roles"]);
        assert_eq!(page(none, process, process), [""; 0]);
        assert_eq!(page(none, process, none), [""; 0]);
        assert_eq!(page(none, none, "### Tax Lead Performance Indicators\n\n- Returns\n\n"), [""; 0]);
        assert_eq!(page(none, none, "## Hiring Process\n\n- A call\n\n"), [""; 0]);
        assert_eq!(messages(&(role("Tax Analyst", none) + &role("Tax Lead", process))), [""; 0]);
    }
}
