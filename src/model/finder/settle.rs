//! What is settled when all headings are known: where each part ends, and whose each grade and table row is.

use super::Finder;
use crate::model::GradeStatement;
use crate::model::heading::{Heading, HeadingClass, as_written};
use crate::model::role_name::{Relation, RoleName};
use crate::model::{Owner, Role, RowId};

impl Finder<'_> {
    /// Ends every section, role and specialty where the next heading that is no part of it begins.
    pub(super) fn close_spans(&mut self) {
        for section in 0..self.family.sections.len() {
            // A template that stands for a section has its whole span already.
            let Some(heading) = self.family.sections[section].heading else { continue };
            let end = self.start_of_next(heading + 1, |next| next.class != HeadingClass::Part(section));
            self.family.sections[section].span.end = end;
        }
        for role in 0..self.family.roles.len() {
            // The text of the title's role may begin with the page's first heading.
            let from = self.family.roles[role].heading.map_or(0, |heading| heading + 1);
            let end = self.start_of_next(from, |next| self.ends_role(next, role));
            let span = &mut self.family.roles[role].span;
            span.end = end.max(span.start);
        }
        for specialty in 0..self.family.specialties.len() {
            let from = self.family.specialties[specialty].heading + 1;
            let end = self.start_of_next(from, |next| self.ends_specialty(next, specialty));
            self.family.specialties[specialty].span.end = end;
        }
    }

    /// Where the first heading from an index on that ends something begins, or the page ends.
    fn start_of_next(&self, from: usize, ends: impl Fn(&Heading) -> bool) -> usize {
        let next = self.family.headings[from..].iter().find(|heading| ends(heading));
        next.map_or(self.source.text().len(), |heading| heading.span.start)
    }

    fn ends_role(&self, heading: &Heading, role: usize) -> bool {
        match heading.class {
            HeadingClass::Role(other) => other != role,
            HeadingClass::Section(section) => match self.family.sections[section].owner {
                Owner::Role(other) => other != role,
                Owner::Family => self.family.roles[role].heading.is_some(),
                Owner::Specialty(_) => true,
            },
            HeadingClass::Container(_) | HeadingClass::Group | HeadingClass::Specialty(_) => true,
            HeadingClass::Part(_) | HeadingClass::Unnamed(_) | HeadingClass::Free => false,
        }
    }

    fn ends_specialty(&self, heading: &Heading, specialty: usize) -> bool {
        match heading.class {
            HeadingClass::Section(section) => self.family.sections[section].owner != Owner::Specialty(specialty),
            HeadingClass::Part(_) | HeadingClass::Free | HeadingClass::Unnamed(_) => false,
            _ => true,
        }
    }

    /// Gives each statement to the role in whose text it stands, or to the role that a family's statement names. Gives back
    /// those that are about all roles.
    pub(super) fn own_statements(&mut self) -> Vec<GradeStatement> {
        let mut general = Vec::new();
        let below_headings = std::mem::take(&mut self.statements).into_iter().flatten();
        for mut statement in std::mem::take(&mut self.introduction).into_iter().chain(below_headings) {
            let role = self.family.role_at(statement.span.start);
            let has_heading = role.is_some_and(|role| self.family.roles[role].heading.is_some());
            match role {
                _ if statement.is_general() && !has_heading => general.push(statement),
                Some(role) if !self.names_other_role(&statement, role) => {
                    statement.relation = self.relation(&statement, role);
                    self.family.roles[role].statements.push(statement);
                }
                _ => {
                    let subject = RoleName::parse(&statement.subject, &self.facts.levels);
                    if let Some(role) = self.role_called(&subject) {
                        self.family.roles[role].family_statements.push(statement);
                    }
                }
            }
        }
        general
    }

    /// How the name in a statement compares with the role in whose text it stands.
    fn relation(&self, statement: &GradeStatement, role: usize) -> Relation {
        let (levels, own) = (&self.facts.levels, &self.family.roles[role]);
        if statement.is_general() || statement.subject.eq_ignore_ascii_case(&own.written) {
            return Relation::Same;
        }
        let subject = RoleName::parse(&statement.subject, levels);
        // "The sheet of levels has it" names no other role.
        if statement.told_elsewhere && !subject.looks_like_role(levels) {
            return Relation::Same;
        }
        let relation = if subject.is_empty() { Relation::Same } else { subject.compare(&own.name) };
        // "X Manager" is "Manager, X" in other words, unless the page has both.
        let is_both = || !own.name.is_identical(&subject) && self.role_called_exactly(&subject).is_some();
        if relation == Relation::Same && is_both() { Relation::Other } else { relation }
    }

    /// The role of that name: the same to the word, else in other words.
    fn role_called(&self, name: &RoleName) -> Option<usize> {
        self.role_called_exactly(name).or_else(|| self.role_called_in_other_words(name))
    }

    fn role_called_exactly(&self, name: &RoleName) -> Option<usize> {
        self.family.compared().find(|(_, role)| role.name.is_identical(name)).map(|(index, _)| index)
    }

    /// "Manager, Tax" for the Tax Manager; a page may have the same level on both tracks.
    fn role_called_in_other_words(&self, name: &RoleName) -> Option<usize> {
        let is_it = |role: &Role| role.name.is_same(name) && role.name.track() == name.track();
        self.family.compared().find(|(_, role)| is_it(role)).map(|(index, _)| index)
    }

    /// The only role of that level and track whose name has all words of this one, and more.
    fn role_called_longer(&self, name: &RoleName) -> Option<usize> {
        let mut fitting = self.family.compared().filter(|(_, role)| {
            name.compare(&role.name) == Relation::Shorter
                && role.name.level() == name.level()
                && role.name.track() == name.track()
        });
        let (first, _) = fitting.next()?;
        fitting.next().is_none().then_some(first)
    }

    /// What is said of all roles holds for those of which nothing else is said.
    pub(super) fn share_statements(&mut self, general: &[GradeStatement]) {
        let has_none =
            |role: &Role| role.statements.is_empty() && role.family_statements.is_empty() && role.rows.is_empty();
        // Each gets a copy, and those of a page with very many roles would fill the memory.
        let without: Vec<usize> =
            self.family.compared().filter(|(_, role)| has_none(role)).map(|(index, _)| index).collect();
        for role in without {
            self.family.roles[role].family_statements = general.to_vec();
        }
    }

    /// Whether a statement in the text of the title's role is about another role of the page.
    fn names_other_role(&self, statement: &GradeStatement, role: usize) -> bool {
        if self.family.roles[role].heading.is_some() || statement.subject.is_empty() {
            return false;
        }
        let subject = RoleName::parse(&statement.subject, &self.facts.levels);
        let mut others = self.family.roles.iter().enumerate().filter(|(other, _)| *other != role);
        others.any(|(_, other)| other.name.is_identical(&subject))
    }

    /// Compares what stands before each section's name with the role that the section belongs to.
    pub(super) fn name_sections(&mut self) {
        let family = &mut *self.family;
        for section in &mut family.sections {
            let (Owner::Role(role), Some(heading)) = (section.owner, section.heading) else { continue };
            let written = as_written(&family.headings[heading].text, &section.prefix);
            section.relation = family.roles[role].called(written, &self.facts.levels);
        }
    }

    /// Finds the role of each table row: by its words, else as the only role that has all of them, else by its link.
    pub(super) fn match_rows(&mut self) {
        for table in 0..self.family.tables.len() {
            for row in 0..self.family.tables[table].rows.len() {
                let data = &self.family.tables[table].rows[row];
                let leads_to = data.anchor().and_then(|anchor| self.family.role_of_anchor(anchor));
                let role =
                    self.role_of_row(&data.label).or_else(|| leads_to.filter(|role| self.may_mean(&data.label, *role)));
                let data = &mut self.family.tables[table].rows[row];
                data.role = role;
                data.leads_to = leads_to;
                if let Some(role) = role {
                    self.family.roles[role].rows.push(RowId { table, row });
                }
            }
        }
    }

    /// Whether a label that fits no role by its words alone may mean the one to which it links.
    fn may_mean(&self, label: &str, role: usize) -> bool {
        let name = RoleName::parse(label, &self.facts.levels);
        let role = &self.family.roles[role].name;
        let is_level_of_it = name.is_bare_level() && name.level() == role.level();
        is_level_of_it || !name.compare(role).is_other()
    }

    fn role_of_row(&self, label: &str) -> Option<usize> {
        let name = RoleName::parse(label, &self.facts.levels);
        // A long table has a row for each role, so that all roles are looked through for the exact name.
        let exact = self.family.roles.iter().position(|role| role.name.is_identical(&name));
        exact.or_else(|| self.role_called_in_other_words(&name)).or_else(|| self.role_called_longer(&name))
    }
}
