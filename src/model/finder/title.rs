//! The title as a role, where the page means it so.

use super::Finder;
use crate::facts::SectionKind;
use crate::model::GradeStatement;
use crate::model::heading::HeadingClass;
use crate::model::role_name::RoleName;
use crate::model::{Owner, Role};
use crate::source::Span;

impl Finder<'_> {
    /// The title is a role where the family's own text says so: it has a grade, or there is no other role.
    pub(super) fn title_role(&mut self) {
        let mut found = self.introduction.clone();
        let first_role = self.family.roles.first().and_then(|role| role.heading).unwrap_or(self.family.headings.len());
        for index in 0..first_role.min(self.statements.len()) {
            found.extend(self.statements[index].iter().cloned());
        }
        let title = self.family.title().unwrap_or("").to_owned();
        let name = self.title.clone().unwrap_or_else(|| RoleName::parse("", &self.facts.levels));
        let names_title = |statement: &GradeStatement| {
            let subject = RoleName::parse(&statement.subject, &self.facts.levels);
            // What is said of a role below is not said of the title, of whichever track the name is.
            let is_another = self.family.roles.iter().any(|role| role.name.is_same(&subject));
            let is_title = || subject.is_empty() || !subject.compare(&name).is_other();
            !is_another && !statement.is_general() && is_title()
        };
        let has_family_text = !self.family.sections.is_empty() || !found.is_empty();
        let is_role = if self.family.roles.is_empty() { has_family_text } else { found.iter().any(names_title) };
        if is_role {
            self.insert_title_role(title, name, first_role);
        }
    }

    /// Puts the role of the title before all others, where `JobFamily::role_at` looks for roles without a heading. Only
    /// sections and headings hold indices of roles by now; statements and table rows get theirs later.
    fn insert_title_role(&mut self, written: String, name: RoleName, first_role: usize) {
        let is_only_role = self.family.roles.is_empty();
        for section in &mut self.family.sections {
            let is_before_roles = section.heading.is_some_and(|at| at < first_role);
            // What stands before the other roles serves them too; only the grade is the title's alone.
            let is_own = if is_only_role {
                section.kind.is_of_role()
            } else {
                section.kind == SectionKind::JobGrade && is_before_roles
            };
            section.owner = match section.owner {
                Owner::Role(role) => Owner::Role(role + 1),
                Owner::Family if is_own => Owner::Role(0),
                other => other,
            };
        }
        self.family.index_sections();
        for heading in &mut self.family.headings {
            if let HeadingClass::Role(role) | HeadingClass::Unnamed(role) = &mut heading.class {
                *role += 1;
            }
        }
        let body_start = self.tree.front_matter().map_or(0, |front| front.span.end);
        let role = Role::new(written, name, self.family.place, Span::new(body_start, body_start));
        self.family.roles.insert(0, role);
    }
}
