//! What stands in the wrong place of a page's outline, as its headings tell: too deep or too shallow, or inside a heading
//! to which it does not belong.
//!
//! A heading is given by its index in [`JobFamily::headings`].

mod closings;
mod inside;
mod moves;
mod roles;
mod sections;
mod throughout;

pub use closings::{ClosingSentence, closing_sentences};
pub use roles::LostHeading;
pub use throughout::{BesideRoles, Repeated};

use crate::model::{Heading, HeadingClass, JobFamily, Section};
use sections::UsualDepths;

/// A section in a wrong place.
#[derive(Debug, Clone, Copy)]
pub struct Slip {
    pub heading: usize,
    /// The heading beside which it is seen.
    pub other: usize,
    /// How the section stands to it: "inside", "beside", "above".
    pub relation: &'static str,
    /// The depth that the section should have.
    pub depth: u8,
}

/// Where the sections and roles of a page stand: what is asked again and again.
#[derive(Debug)]
pub struct Placement<'a> {
    family: &'a JobFamily,
    /// For each heading the one under which it stands.
    parents: Vec<Option<usize>>,
    usual: UsualDepths,
    /// For each section what is wrong with its depth beside that of its role, or of its siblings.
    beside: Vec<Option<Slip>>,
    /// The headings of the one role that is deeper than all others, so that its sections stand beside it, and of the first
    /// role.
    pub role_below_others: Option<(usize, usize)>,
}

impl<'a> Placement<'a> {
    /// Looks at all sections of a page.
    pub fn of(family: &'a JobFamily) -> Self {
        let usual = UsualDepths::of(family);
        let mut beside = sections::beside_roles(family, &usual);
        let role_below_others = roles::role_below_others(family, &beside, &usual);
        if let Some((role, _)) = role_below_others {
            // With its heading right, they are.
            beside.iter_mut().for_each(|slip| *slip = slip.filter(|slip| slip.other != role));
        }
        Self { family, parents: family.parents(), usual, beside, role_below_others }
    }

    /// The sections whose headings stand in a wrong place, in document order.
    pub fn slips(&self) -> Vec<Slip> {
        let slip_of = |(section, beside): (&Section, &Option<Slip>)| {
            let heading = section.heading?;
            let inside = || self.slip_inside(section, heading, self.parents[heading]?);
            beside.or_else(inside)
        };
        self.family.sections.iter().zip(&self.beside).filter_map(slip_of).collect()
    }

    fn heading(&self, index: usize) -> &'a Heading {
        &self.family.headings[index]
    }

    fn is_role(&self, heading: usize) -> bool {
        matches!(self.family.headings[heading].class, HeadingClass::Role(_))
    }
}

/// The heading of a role that does not begin at one of its sections.
fn own_heading(family: &JobFamily, role: usize) -> Option<usize> {
    family.roles[role].heading.filter(|heading| !matches!(family.headings[*heading].class, HeadingClass::Section(_)))
}
