//! Headings of roles, and of the Levels that hold them, that are lost or have the wrong depth.

use crate::facts::SectionKind;
use crate::model::{HeadingClass, JobFamily, Owner, Role};
use crate::placement::sections::UsualDepths;
use crate::placement::{Placement, Slip, own_heading};

/// A role that begins at the heading of one of its sections.
#[derive(Debug)]
pub struct LostHeading<'a> {
    pub role: &'a Role,
    /// The heading of the section.
    pub section: usize,
    /// Others of its sections are deeper, and would be parts of that one.
    pub has_deeper: bool,
}

/// The one role of three or more that is deeper than all others, which have one depth, while its sections stand beside it and
/// none below. Gives its heading, and that of the first role.
pub(super) fn role_below_others(
    family: &JobFamily,
    beside: &[Option<Slip>],
    usual: &UsualDepths,
) -> Option<(usize, usize)> {
    let roles = || (0..family.roles.len()).filter_map(|role| Some((role, own_heading(family, role)?)));
    let depth = |heading: usize| family.headings[heading].depth;
    let first = roles().next()?.1;
    let mut deeper = roles().filter(|(_, heading)| depth(*heading) != depth(first));
    let (Some((role, heading)), None) = (deeper.next(), deeper.next()) else { return None };
    let has_beside = beside.iter().flatten().any(|slip| slip.other == heading && slip.relation == "beside");
    let is_alone = depth(heading) == depth(first) + 1 && roles().count() > 2;
    (is_alone && has_beside && usual.of_role[role].is_none()).then_some((heading, first))
}

impl<'a> Placement<'a> {
    /// Roles that begin at one of their sections, as their own heading is lost: other roles have one, or the rest of their
    /// sections would be parts of the first.
    pub fn lost_headings(&self) -> Vec<LostHeading<'a>> {
        let family = self.family;
        let depths = (0..family.roles.len()).filter_map(|role| own_heading(family, role));
        let shallowest = depths.map(|heading| self.heading(heading).depth).min();
        let lost = |(index, role): (usize, &'a Role)| {
            let section = role.heading.filter(|_| own_heading(family, index).is_none())?;
            let depth = self.heading(section).depth;
            let rest = family.all_sections_of(Owner::Role(index)).filter_map(|section| section.heading);
            let has_deeper = rest.filter(|rest| *rest > section).any(|rest| self.heading(rest).depth > depth);
            let is_lost = has_deeper || shallowest.is_some_and(|shallowest| shallowest < depth);
            is_lost.then_some(LostHeading { role, section, has_deeper })
        };
        family.roles.iter().enumerate().filter_map(lost).collect()
    }

    /// The one role that is shallower than all others, and comes after some of them: the first may be the base of the rest,
    /// and one with roles below it a group. Gives its heading, and that of the first role.
    pub fn role_above_others(&self) -> Option<(usize, usize)> {
        let headings = &self.family.headings;
        let roles = || (0..headings.len()).filter(|index| self.is_role(*index));
        let first = roles().next()?;
        let depth = headings[first].depth;
        let mut unlike_first = roles().filter(|role| headings[*role].depth != depth);
        let (Some(role), None) = (unlike_first.next(), unlike_first.next()) else { return None };
        let is_above = headings[role].depth + 1 == depth && roles().count() > 2;
        // Where groups follow one another, it may be one of them.
        let has_groups = headings[first..].iter().any(|heading| heading.class == HeadingClass::Group);
        (is_above && !has_groups && roles().all(|other| self.parents[other] != Some(role))).then_some((role, first))
    }

    /// "#### Levels" before "### Tax Analyst": the heading is deeper than the roles that it should hold. Gives both headings.
    pub fn levels_below_roles(&self) -> impl Iterator<Item = (usize, usize)> {
        let is_levels = |heading: usize| match self.heading(heading).class {
            HeadingClass::Container(container) => self.family.containers[container].kind == SectionKind::Levels,
            _ => false,
        };
        // Inside a section it is told as that.
        let is_in_section = |heading: usize| {
            self.parents[heading].is_some_and(|parent| matches!(self.heading(parent).class, HeadingClass::Section(_)))
        };
        let pairs = (1..self.family.headings.len()).map(|role| (role - 1, role));
        pairs.filter(move |(levels, role)| {
            let is_deeper = self.is_role(*role) && self.heading(*role).depth < self.heading(*levels).depth;
            is_deeper && is_levels(*levels) && !is_in_section(*levels)
        })
    }

    /// "# Levels": what holds the roles is a part of the page, and its heading no second title.
    pub fn levels_beside_title(&self) -> impl Iterator<Item = usize> {
        let is_container = |heading: &usize| matches!(self.heading(*heading).class, HeadingClass::Container(_));
        (0..self.family.headings.len()).filter(|heading| self.heading(*heading).depth == 1).filter(is_container)
    }
}
