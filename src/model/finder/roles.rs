//! Which headings open a role, and which stand over several.

use super::{Finder, OpenRole};
use crate::facts::SectionKind;
use crate::model::GradeStatement;
use crate::model::heading::{HeadingClass, section_in_other_words};
use crate::model::role_name::RoleName;
use crate::model::{Owner, Role};
use crate::text::{fold, last_word};

/// What stands between a heading and the next that may be a role.
pub(super) struct Following {
    /// A Job Grade, or a sentence that states one.
    grade: bool,
    /// Responsibilities or Requirements.
    duties: bool,
    /// The heading Levels; the grade and the duties after it are those of the roles there.
    levels: bool,
}

impl Finder<'_> {
    /// Whether a heading opens a role. The first condition that holds decides.
    pub(super) fn is_role(&self, index: usize, name: &RoleName, follows: &Following) -> bool {
        let folded = self.heading(index).folded.as_str();
        if self.is_never_role(folded) {
            return false;
        }
        // A grade is the surest sign: with it a role may stand among the specialties, and be called as a part of a page is.
        if follows.grade {
            return !self.is_about_title(index, name) && !self.stands_before_grade(index, name);
        }
        if self.is_level_of_title(name) || self.open.specialties.is_some() || self.is_in_stop_list(folded) {
            return false;
        }
        if self.is_graded_by_family(name) {
            return true;
        }
        if follows.levels || self.continues_role_name(folded) {
            return false;
        }
        self.begins_with_duties(index, name, follows) || self.stands_among_levels(index, name)
    }

    fn is_never_role(&self, folded: &str) -> bool {
        let ends = &self.facts.levels.not_roles.never_ends;
        folded.is_empty() || ends.iter().any(|end| folded.ends_with(end.as_str()))
    }

    /// Whether a heading that does not look like a role holds the grade of the page's own role, as "Compensation" may.
    fn is_about_title(&self, index: usize, name: &RoleName) -> bool {
        let names_title = |statement: &GradeStatement| {
            let subject = RoleName::parse(&statement.subject, &self.facts.levels);
            self.title.as_ref().is_some_and(|title| title.is_same(&subject))
        };
        !name.looks_like_role(&self.facts.levels) && self.statements[index].iter().any(names_title)
    }

    /// "### Projects you might work on" between a role and its Job Grade, "### Grade" instead of that.
    fn stands_before_grade(&self, index: usize, name: &RoleName) -> bool {
        let heading = self.heading(index);
        let is_role = name.looks_like_role(&self.facts.levels) && !self.is_in_stop_list(&heading.folded);
        let waits_for_grade = |role: OpenRole| {
            let own = self.family.roles[role.index].heading;
            heading.depth > role.depth
                && !role.is_closed
                && own.is_none_or(|own| self.statements[own].is_empty())
                && !self.family.has_own(role.index, SectionKind::JobGrade)
        };
        !is_role && self.open.role.is_some_and(waits_for_grade)
    }

    /// "### Senior" below the page of the Senior Engineer: a part of that page.
    fn is_level_of_title(&self, name: &RoleName) -> bool {
        name.is_bare_level() && self.title.as_ref().is_some_and(|title| title.level() == name.level())
    }

    /// Whether a Job Grade of the whole family names it.
    fn is_graded_by_family(&self, name: &RoleName) -> bool {
        self.family_subjects.iter().any(|subject| subject.is_identical(name))
    }

    fn begins_with_duties(&self, index: usize, name: &RoleName, follows: &Following) -> bool {
        // A role that comes late may stand deeper than the Hiring Process before it.
        let is_at_home = |section: usize| self.family.sections[section].kind.is_trailing();
        follows.duties && name.looks_like_role(&self.facts.levels) && self.section_above(index).is_none_or(is_at_home)
    }

    /// Whether it stands after Levels with a name that only roles have.
    fn stands_among_levels(&self, index: usize, name: &RoleName) -> bool {
        self.seen_levels_heading
            && name.level().is_some()
            && name.has_role_noun(&self.facts.levels)
            && !name.is_bare_level()
            && self.section_above(index).is_none()
    }

    /// A heading over several roles: a Levels heading, a table or a deeper role follows.
    pub(super) fn is_group(&self, index: usize, follows: &Following) -> bool {
        let depth = self.heading(index).depth;
        if self.section_above(index).is_some() {
            return false;
        }
        if follows.levels {
            // "What you'll do" is a section by another name, and no group of levels.
            return section_in_other_words(&self.heading(index).folded, self.facts).is_none();
        }
        let next = index + 1;
        let leads_to_role = self.family.headings.get(next).is_some_and(|heading| {
            heading.depth > depth
                && self.section_names[next].is_none()
                && self.is_role(next, &RoleName::parse(&heading.text, &self.facts.levels), &self.following(next))
        });
        leads_to_role || (follows.duties && depth <= 2 && self.leads_to_levels(index))
    }

    /// `## Analysts`, `### Responsibilities`, `### Levels`, `#### Analyst`.
    fn leads_to_levels(&self, index: usize) -> bool {
        let depth = self.heading(index).depth;
        (index + 1..self.section_names.len())
            .take_while(|&next| self.heading(next).depth > depth)
            .any(|next| self.section_names[next].as_ref().is_some_and(|name| name.kind == SectionKind::Levels))
    }

    /// What stands between this heading and the next that may be a role.
    pub(super) fn following(&self, index: usize) -> Following {
        let mut found = Following { grade: !self.statements[index].is_empty(), duties: false, levels: false };
        for next in index + 1..self.section_names.len() {
            let Some(name) = &self.section_names[next] else {
                if !self.is_between(index, next) {
                    break;
                }
                found.grade |= !found.levels && !self.statements[next].is_empty();
                continue;
            };
            match name.kind {
                SectionKind::JobGrade => found.grade |= !found.levels,
                SectionKind::Responsibilities | SectionKind::Requirements => found.duties |= !found.levels,
                SectionKind::Levels => found.levels = true,
                SectionKind::Specialties | SectionKind::Segment => break,
                SectionKind::NiceToHave => {}
                kind if kind.is_trailing() => break,
                _ => {}
            }
        }
        found
    }

    /// Whether a heading stands below another without being a role: "Projects you might work on", "Grade".
    fn is_between(&self, index: usize, next: usize) -> bool {
        let heading = self.heading(next);
        let is_role = || RoleName::parse(&heading.text, &self.facts.levels).looks_like_role(&self.facts.levels);
        let is_grade = ["grade", "garde", "level"].contains(&last_word(&heading.folded));
        heading.depth > self.heading(index).depth && (is_grade || self.is_in_stop_list(&heading.folded)) && !is_role()
    }

    fn is_in_stop_list(&self, folded: &str) -> bool {
        let stop = &self.facts.levels.not_roles;
        stop.whole.iter().any(|text| text == folded)
            || stop.starts.iter().any(|start| folded.starts_with(start.as_str()))
            || stop.ends.iter().any(|end| folded.ends_with(end.as_str()))
    }

    /// A heading that begins with the current role's name and says more: a section of that role without a known name.
    fn continues_role_name(&self, folded: &str) -> bool {
        let Some(role) = self.open.role else { return false };
        let own = fold(&self.family.roles[role.index].written);
        folded.strip_prefix(own.as_str()).is_some_and(|rest| rest.starts_with(' ') && !own.is_empty())
    }

    /// The current role, if its name is repeated to the word.
    pub(super) fn repeated_role(&self, index: usize, name: &RoleName) -> Option<usize> {
        let role = self.open.role?.index;
        let current = &self.family.roles[role];
        // "### Tax Analyst" in the Career Ladder is a part of that.
        if self.section_above(index).is_some_and(|section| self.family.sections[section].kind.is_trailing()) {
            return None;
        }
        (current.name.is_identical(name) && !name.is_empty() && current.heading.is_some()).then_some(role)
    }

    /// The same words again: a group heading came first, or a section's name was forgotten.
    pub(super) fn repeated_heading(&mut self, index: usize, role: usize) {
        let has_content = self.family.all_sections_of(Owner::Role(role)).next().is_some();
        let first = self.family.roles[role].heading;
        if has_content || self.is_among_sections(index) {
            self.family.headings[index].class = HeadingClass::Unnamed(role);
            self.open.section = None;
            return;
        }
        if let Some(first) = first {
            self.family.headings[first].class = HeadingClass::Group;
        }
        let heading = self.heading(index);
        let (span, text_span, depth) = (heading.span, heading.text_span, heading.depth);
        let role_data = &mut self.family.roles[role];
        role_data.heading = Some(index);
        role_data.span = span;
        role_data.name_span = text_span;
        if let Some(open) = &mut self.open.role {
            open.depth = depth;
        }
        self.open.section = None;
        self.family.headings[index].class = HeadingClass::Role(role);
    }

    /// Whether the next heading is a section of the same depth: then this one was meant as a section too.
    fn is_among_sections(&self, index: usize) -> bool {
        let depth = self.heading(index).depth;
        let next = self.section_names.get(index + 1).and_then(Option::as_ref);
        next.is_some_and(|name| name.kind.is_of_role() && self.heading(index + 1).depth == depth)
    }

    /// Opens a role that begins at a heading: mostly its own, else that of the section which shows that there is a role.
    /// Gives back its index.
    pub(super) fn open_role(&mut self, at: usize, written: String, name: RoleName, depth: u8) -> usize {
        let heading = &self.family.headings[at];
        if self.open.group.is_some_and(|group| heading.depth < self.family.headings[group].depth) {
            self.open.group = None;
        }
        let role = self.family.roles.len();
        let found = Role::new(written, name, heading.text_span, heading.span);
        self.family.roles.push(Role { heading: Some(at), group: self.open.group, ..found });
        self.open.role = Some(OpenRole { index: role, depth, is_closed: false });
        self.open.section = None;
        self.open.specialty = None;
        role
    }
}
