//! Places that a page gives its sections throughout: each is one finding.

use std::collections::{BTreeMap, HashSet};

use crate::model::{HeadingClass, Owner, Section};
use crate::placement::{Placement, own_heading};

/// The sections of several roles that stand beside their roles.
#[derive(Debug)]
pub struct BesideRoles {
    /// The heading of the first section.
    pub first: usize,
    /// The role of the first section, as an index into the roles of the family.
    pub role: usize,
    /// The headings of the other sections.
    pub others: Vec<usize>,
    /// How many roles they belong to.
    pub roles: usize,
}

/// A closing section that stands on the page several times.
#[derive(Debug)]
pub struct Repeated {
    /// The heading that is told.
    pub heading: usize,
    /// The headings of the other times.
    pub others: Vec<usize>,
}

impl Placement<'_> {
    /// The sections of two roles or more that all stand beside their roles, where no more roles have theirs below them: it
    /// is how the page is written.
    pub fn all_beside_roles(&self) -> Option<BesideRoles> {
        if self.usual.most_are_deeper {
            return None;
        }
        let beside = |section: &Section| match section.owner {
            Owner::Role(role) if self.is_beside(section, role) => Some((section.heading?, role)),
            _ => None,
        };
        let beside: Vec<(usize, usize)> = self.family.sections.iter().filter_map(beside).collect();
        let roles = beside.iter().map(|(_, role)| *role).collect::<HashSet<_>>().len();
        let ((first, role), others) = beside.split_first().filter(|_| roles > 1)?;
        let others = others.iter().map(|(heading, _)| *heading).collect();
        Some(BesideRoles { first: *first, role: *role, others, roles })
    }

    /// Whether a section of a role stands beside it, as all of them do that the role has.
    fn is_beside(&self, section: &Section, role: usize) -> bool {
        let (heading, own) = (section.heading, own_heading(self.family, role));
        let are_level =
            heading.zip(own).is_some_and(|(heading, own)| self.heading(heading).depth == self.heading(own).depth);
        // A closing section counts where it names the role.
        let is_of_role = section.kind.is_of_role() || !section.prefix.is_empty();
        is_of_role && self.usual.of_role[role].is_none() && are_level
    }

    /// A closing section that the page has again and again under one heading, after one role and another and no deeper than
    /// they are: nobody can tell whether it is the role's or everybody's.
    pub fn repeated_closings(&self) -> Vec<Repeated> {
        let last_role = (0..self.family.headings.len()).rfind(|heading| self.is_role(*heading));
        let repeated = |times: Vec<usize>| {
            if times.len() < 2 || times.first() >= last_role.as_ref() {
                return None;
            }
            // One that takes in the role after it is told by that.
            let heading = *times.iter().find(|heading| !self.begins_with_role(**heading))?;
            Some(Repeated { heading, others: times.into_iter().filter(|other| *other != heading).collect() })
        };
        self.closings_beside_roles().into_values().filter_map(repeated).collect()
    }

    /// The headings of the closing sections that are no deeper than the role before them, by the heading above them and
    /// their kind.
    fn closings_beside_roles(&self) -> BTreeMap<(Option<usize>, &'static str), Vec<usize>> {
        let mut closings: BTreeMap<(Option<usize>, &str), Vec<usize>> = BTreeMap::new();
        let mut role_depth = None;
        for (index, heading) in self.family.headings.iter().enumerate() {
            match heading.class {
                HeadingClass::Role(_) => role_depth = Some(heading.depth),
                HeadingClass::Section(section) if role_depth.is_some_and(|role_depth| heading.depth <= role_depth) => {
                    let section = &self.family.sections[section];
                    if section.kind.is_trailing() && section.prefix.is_empty() {
                        closings.entry((self.parents[index], section.kind.id())).or_default().push(index);
                    }
                }
                _ => {}
            }
        }
        closings
    }

    /// Whether the first heading below one is that of a role.
    fn begins_with_role(&self, heading: usize) -> bool {
        let next = self.family.headings.get(heading + 1);
        next.is_some_and(|next| next.depth > self.heading(heading).depth) && self.is_role(heading + 1)
    }
}
