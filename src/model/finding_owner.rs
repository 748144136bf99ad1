//! Whose a finding is: a text that goes into its fingerprint. It has canonical words and ids and no words of headings, which
//! repairs change. To whom a section belongs is [`Owner`], with indices that hold for one reading of the page.

use super::{JobFamily, Owner};

/// The owner of findings about a page as a whole.
pub const OWNER_PAGE: &str = "/";

impl JobFamily {
    /// The owner of findings at a byte: the role or specialty and the section there. `/` stands between them.
    pub fn finding_owner_at(&self, offset: usize) -> String {
        let section = self.section_at(offset);
        let mut words = match section.map(|section| section.owner) {
            Some(Owner::Role(role)) => self.role_words(role),
            Some(Owner::Specialty(index)) => self.headings[self.specialties[index].heading].folded.clone(),
            Some(Owner::Family) => String::new(),
            None => self
                .role_at(offset)
                .filter(|role| self.stands_under(*role, offset))
                .map_or(String::new(), |role| self.role_words(role)),
        };
        words.push('/');
        words.push_str(section.map_or("", |section| section.kind.id()));
        words
    }

    /// Whether the heading above a byte belongs to the role: a shallower one that means nothing to us stands behind the
    /// role by chance, and another edit may move it.
    fn stands_under(&self, role: usize, offset: usize) -> bool {
        let Some(heading) = self.roles[role].heading else { return true };
        let last = self.headings.partition_point(|above| above.span.start <= offset).saturating_sub(1);
        last == heading || self.headings[last].depth > self.headings[heading].depth
    }

    /// The owner of findings about a role as a whole.
    pub fn finding_owner_of_role(&self, role: usize) -> String {
        format!("{}/", self.role_words(role))
    }

    /// The one role of a page without headings for roles has its name from the title. It is the page, and stays that
    /// when the title is repaired or a second role is added.
    fn role_words(&self, role: usize) -> String {
        let role = &self.roles[role];
        role.heading.map_or(String::new(), |_| role.key())
    }
}
