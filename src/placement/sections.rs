//! Sections that are no deeper than the role or specialty to which they belong, or shallower than their siblings.

use crate::model::{JobFamily, Owner, Section};
use crate::placement::{Slip, own_heading};

/// How deep the sections of roles stand on a page.
#[derive(Debug)]
pub(super) struct UsualDepths {
    /// For each role the depth of its shallowest section below it.
    pub(super) of_role: Vec<Option<u8>>,
    /// Of two roles or more the sections stand below the role, and of fewer beside it.
    pub(super) most_are_deeper: bool,
}

impl UsualDepths {
    pub(super) fn of(family: &JobFamily) -> Self {
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

/// For each section what is wrong with its depth beside that of its role, or of its siblings.
pub(super) fn beside_roles(family: &JobFamily, usual: &UsualDepths) -> Vec<Option<Slip>> {
    let place = |section| beside_role(family, section, usual).or_else(|| beside_specialty(family, section));
    let mut slips: Vec<Option<Slip>> = family.sections.iter().map(place).collect();
    if let Some((section, slip)) = above_siblings(family) {
        slips[section].get_or_insert(slip);
    }
    slips
}

/// A role's section that is no deeper than the role, while another of its sections is, or those of most roles are; or that
/// is even shallower.
fn beside_role(family: &JobFamily, section: &Section, usual: &UsualDepths) -> Option<Slip> {
    let (Owner::Role(role), Some(heading)) = (section.owner, section.heading) else { return None };
    let other = own_heading(family, role)?;
    let (own_depth, role_depth) = (family.headings[heading].depth, family.headings[other].depth);
    if own_depth > role_depth || !section.kind.is_of_role() {
        return None;
    }
    let is_above = own_depth < role_depth;
    let below_role = || (is_above || usual.most_are_deeper).then_some(role_depth + 1);
    let depth = usual.of_role[role].or_else(below_role)?;
    Some(Slip { heading, other, relation: if is_above { "above" } else { "beside" }, depth })
}

/// A section that is headed by a specialty, and stands beside it. Where that one is empty, this is what is told.
fn beside_specialty(family: &JobFamily, section: &Section) -> Option<Slip> {
    let (Owner::Specialty(specialty), Some(heading)) = (section.owner, section.heading) else { return None };
    let other = family.specialties[specialty].heading;
    let named = &family.headings[other];
    let is_beside =
        family.headings[heading].depth == named.depth && section.prefix == named.folded && !named.blocks.is_empty();
    is_beside.then(|| Slip { heading, other, relation: "beside", depth: named.depth + 1 })
}

/// The one section that is shallower than all others before the first role's heading: those of a role that the title
/// names, or of the family, for which no heading tells how deep they should be. Gives its index, too.
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
    let slip = Slip { heading: shallowest.1, other: first.1, relation: "above", depth: depth(first) };
    (are_level && depth(shallowest) < depth(first)).then_some((shallowest.0, slip))
}
