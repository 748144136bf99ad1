//! Which role of the page is meant, by a name or by a link.

use crate::facts::SectionKind;
use crate::model::Role;
use crate::model::inherit::reader::Reader;
use crate::model::inherit::{MOST_WORDS, Target};
use crate::model::role_name::{MOST_COMPARED, Relation, RoleName};
use crate::syntax::NodeId;

impl Reader<'_> {
    /// What a name means: a role of the page, a role that the page does not have, or something else.
    pub(super) fn named_target(&self, written: &str) -> Target {
        let levels = &self.facts.levels;
        let name = RoleName::parse(written, levels);
        if name.is_empty() || written.split_whitespace().count() > MOST_WORDS {
            return Target::Elsewhere;
        }
        if !name.looks_like_role(levels) {
            // A Bridge Inspector of the page is a role, whatever its noun.
            return self.role_of_same_name(&name).map_or(Target::Elsewhere, Target::Role);
        }
        self.role_named(&name).map_or(Target::Unknown, Target::Role)
    }

    /// The role that a name means: "Intermediate" is the unmarked one; of several that a shorter name fits, the first.
    fn role_named(&self, name: &RoleName) -> Option<usize> {
        let identical = self.others().find(|(_, role)| role.name.is_identical(name)).map(|(index, _)| index);
        let near = || if name.is_bare_level() { self.role_of_level(name) } else { self.role_of_near_name(name) };
        identical.or_else(|| self.first_called(name)).or_else(near)
    }

    /// The role of a level that is named alone: of the same work as this role, else the first.
    fn role_of_level(&self, level: &RoleName) -> Option<usize> {
        let own = &self.family.roles[self.role];
        let fits = |role: &Role| role.name.level() == level.level() && role.name.track() == own.name.track();
        let of_same_work = self.others().find(|(_, role)| fits(role) && role.base == own.base);
        of_same_work.or_else(|| self.others().find(|(_, role)| fits(role))).map(|(index, _)| index)
    }

    /// The first role of the level whose name is a longer or a shorter form.
    fn role_of_near_name(&self, name: &RoleName) -> Option<usize> {
        let mut of_level = self.others().take(MOST_COMPARED).filter(|(_, role)| role.name.level() == name.level());
        let is_near = |role: &Role| matches!(name.compare(&role.name), Relation::Shorter | Relation::Longer);
        of_level.find(|(_, role)| is_near(role)).map(|(index, _)| index)
    }

    /// The role whose name is the same for certain; a level alone is no name.
    pub(super) fn role_of_same_name(&self, name: &RoleName) -> Option<usize> {
        if name.is_empty() || name.is_bare_level() { None } else { self.first_called(name) }
    }

    fn first_called(&self, name: &RoleName) -> Option<usize> {
        self.others().take(MOST_COMPARED).find(|(_, role)| role.name.is_same(name)).map(|(index, _)| index)
    }

    /// The other roles of the page, with their indices.
    fn others(&self) -> impl Iterator<Item = (usize, &Role)> {
        self.family.roles.iter().enumerate().filter(|(index, _)| *index != self.role)
    }

    /// The nearest role before that has such a section, where "above" cannot mean what serves all roles.
    pub(super) fn above(&self, kind: SectionKind) -> Option<usize> {
        if self.family.family_sections_for(self.role, kind).next().is_some() {
            return None;
        }
        (0..self.role).rev().take(MOST_COMPARED).find(|role| self.family.has_own(*role, kind))
    }

    /// The role of the page to which a link leads; nothing where it leads to another place of the page.
    pub(super) fn linked_target(&self, link: NodeId) -> Option<Target> {
        let link = self.tree.node(link).link()?;
        let Some(anchor) = link.url.strip_prefix('#') else { return Some(Target::Elsewhere) };
        self.family.role_of_anchor(anchor).map(Target::Role)
    }

    /// How a name compares with that of the role that it means.
    pub(super) fn relation(&self, written: &str, target: Target) -> Relation {
        match target {
            Target::Role(role) => self.family.roles[role].called(written, &self.facts.levels),
            Target::Elsewhere | Target::Unknown => Relation::Same,
        }
    }
}
