//! What stands inside a heading to which it does not belong.

use std::cell::LazyCell;
use std::collections::{BTreeMap, HashSet};

use crate::facts::{LevelFacts, SectionKind};
use crate::model::{HeadingClass, Owner, Role, RoleName, Section, Specialty};
use crate::placement::{Placement, Slip, own_heading};

/// So many roles share what stands below the last of them alone.
const FEWEST_ROLES: usize = 3;

impl<'a> Placement<'a> {
    /// What is wrong with a section below the heading under which it stands.
    pub(super) fn slip_inside(&self, section: &Section, heading: usize, parent: usize) -> Option<Slip> {
        let is_inside = match self.heading(parent).class {
            HeadingClass::Section(outer) => self.is_nested(section, outer, parent),
            HeadingClass::Container(container) => self.is_among_specialties(section, container, parent),
            _ => false,
        };
        is_inside.then(|| Slip { heading, other: parent, relation: "inside", depth: self.heading(parent).depth })
    }

    /// A section inside another of the same role, or of the family. It is right when that one's depth is wrong.
    fn is_nested(&self, section: &Section, outer_index: usize, parent: usize) -> bool {
        let outer = &self.family.sections[outer_index];
        let is_part = section.kind == outer.kind
            || (section.kind == SectionKind::NiceToHave && outer.kind == SectionKind::Requirements);
        // Where a role has lost its heading, that is what is wrong.
        let begins_role = matches!(outer.owner, Owner::Role(role) if self.family.roles[role].heading == Some(parent));
        outer.owner == section.owner && !is_part && !begins_role && self.beside[outer_index].is_none()
    }

    /// A section for the whole family among its specialties, like one of them.
    fn is_among_specialties(&self, section: &Section, container: usize, parent: usize) -> bool {
        let is_list = self.family.containers[container].kind == SectionKind::Specialties;
        let is_of_family = section.kind.is_trailing() && section.owner == Owner::Family;
        // Beside a list that has the level of the title nothing is at home.
        is_list && is_of_family && self.heading(parent).depth > 1
    }

    /// The levels of the family that stand among its specialties, each with the heading of those; levels of a specialty are
    /// at home there.
    pub fn roles_among_specialties(&self, levels: &LevelFacts) -> Vec<(&'a Role, usize)> {
        let base_of = |specialty: &Specialty| RoleName::parse(&specialty.name, levels).base();
        let at_home: LazyCell<HashSet<String>, _> =
            LazyCell::new(|| self.family.specialties.iter().map(base_of).collect());
        let misplaced = |role: &'a Role| {
            let parent = self.parents[role.heading?]?;
            let HeadingClass::Container(container) = self.heading(parent).class else { return None };
            let are_specialties = self.family.containers[container].kind != SectionKind::Levels;
            (are_specialties && !at_home.contains(&role.base)).then_some((role, parent))
        };
        self.family.roles.iter().filter_map(misplaced).collect()
    }

    /// A role below the heading of a section that ends the page, or the Levels below one of a role: that takes them in.
    /// Gives both headings; of several in one section the first.
    pub fn inside_sections(&self) -> Vec<(usize, usize)> {
        let mut told = HashSet::new();
        let mut inside = Vec::new();
        for (heading, parent) in self.parents.iter().enumerate() {
            let Some(parent) = *parent else { continue };
            let HeadingClass::Section(section) = self.heading(parent).class else { continue };
            let kind = self.family.sections[section].kind;
            let is_inside = match self.heading(heading).class {
                HeadingClass::Role(_) => kind.is_trailing(),
                HeadingClass::Container(levels) => {
                    kind.is_of_role() && self.family.containers[levels].kind == SectionKind::Levels
                }
                _ => false,
            };
            if is_inside && self.beside[section].is_none() && told.insert(section) {
                inside.push((heading, parent));
            }
        }
        inside
    }

    /// The only Hiring Process, Career Ladder or Performance Indicators of a page, below the last of three roles or more:
    /// all of them were meant. Of two, the last may have what the first has not. Gives the heading of each, and the depth
    /// that it should have.
    pub fn only_in_last_role(&self) -> Vec<(usize, u8)> {
        let family = self.family;
        let last = family.roles.len().checked_sub(1).filter(|last| *last + 1 >= FEWEST_ROLES);
        let Some((last, role)) = last.and_then(|last| Some((last, own_heading(family, last)?))) else {
            return Vec::new();
        };
        let mut times: BTreeMap<&str, usize> = BTreeMap::new();
        family.sections.iter().for_each(|section| *times.entry(section.kind.id()).or_default() += 1);
        let levels =
            self.parents[role].filter(|above| matches!(self.heading(*above).class, HeadingClass::Container(_)));
        let depth = self.heading(levels.unwrap_or(role)).depth;
        let is_of_all = |section: &&Section| {
            section.kind.is_trailing() && section.prefix.is_empty() && times.get(section.kind.id()) == Some(&1)
        };
        let headings =
            family.all_sections_of(Owner::Role(last)).filter(is_of_all).filter_map(|section| section.heading);
        headings.filter(|heading| self.parents[*heading] == Some(role)).map(|heading| (heading, depth)).collect()
    }
}
