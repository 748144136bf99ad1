//! What a role takes over from another role, from its group or from the family instead of stating it.

mod clause;
mod meant;
mod reader;
mod said;

use crate::facts::SectionKind;
use crate::model::role_name::Relation;
use crate::model::{JobFamily, Role};
use crate::source::Span;
use crate::syntax::NodeId;

pub(super) use reader::{Passage, Reader};

/// A wording by which a role takes over what stands elsewhere.
#[derive(Debug, Clone)]
pub struct Extension {
    /// The bullet or sentence.
    pub span: Span,
    /// The section in which it stands; nothing for the role's own introduction.
    pub section: Option<SectionKind>,
    /// The section word that it uses: "Extends the Analyst *responsibilities*".
    pub word: Option<(SectionKind, Span)>,
    /// The role that it names, as written; empty where it names none.
    pub name: String,
    pub name_span: Span,
    pub target: Target,
    /// How the name compares with that of the role that it means; `Same` where it means none of the page.
    pub relation: Relation,
    /// It begins the bullet or sentence.
    pub opens: bool,
    /// The link that leads to what it takes over.
    pub link: Option<NodeId>,
}

/// What is taken over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    Role(usize),
    /// Roles of other pages, groups, "above".
    Elsewhere,
    /// It names a role that the page does not have.
    Unknown,
}

impl Role {
    /// Whether the role takes over sections of that kind: by a cue in its introduction, or in such a section itself.
    pub fn inherits(&self, kind: SectionKind) -> bool {
        self.extensions.iter().any(|extension| extension.applies_to(kind))
    }
}

impl JobFamily {
    /// The roles whose sections of that kind a role takes over, those that they extend themselves too; the nearest
    /// first.
    pub fn extended_by(&self, role: usize, kind: SectionKind) -> Vec<usize> {
        let mut extended = vec![role];
        let mut next = 0;
        while let Some(data) = extended.get(next).and_then(|role| self.roles.get(*role)) {
            for extension in data.extensions.iter().take(MOST_EXTENSIONS).filter(|extension| extension.applies_to(kind))
            {
                if let Target::Role(target) = extension.target
                    && extended.len() <= LONGEST_CHAIN
                    && !extended.contains(&target)
                {
                    extended.push(target);
                }
            }
            next += 1;
        }
        extended.split_off(1)
    }
}

/// No role has a longer name.
const MOST_WORDS: usize = 9;

/// A ladder has a dozen levels at most.
const LONGEST_CHAIN: usize = 16;

/// A role says of each of its sections once what it takes over. One that says it in 14,000 bullets would take quadratic time.
const MOST_EXTENSIONS: usize = 64;

impl Extension {
    /// Whether sections of that kind are taken over by it.
    pub fn applies_to(&self, kind: SectionKind) -> bool {
        match self.section {
            None => self.covers(kind),
            Some(section) => section == kind,
        }
    }

    /// Of an introduction: whether it speaks of that kind, or of everything.
    fn covers(&self, kind: SectionKind) -> bool {
        let words = [SectionKind::Responsibilities, SectionKind::Requirements];
        match self.word {
            Some((word, _)) if words.contains(&kind) => word == kind,
            _ => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Facts;
    use crate::source::Source;
    use crate::syntax::Tree;

    /// From whom the Senior Tax Analyst takes something over by a bullet among its requirements, if it does.
    fn by_bullet(bullet: &str) -> Option<Target> {
        let role = |name: &str, first: &str| {
            format!(
                "## {name}\n\nThe {name} is a grade 7.\n\n### Responsibilities\n\n- Files\n\n\
                 ### Requirements\n\n- {first}\n- Ability to use GitLab\n\n"
            )
        };
        extension_of(&(role("Tax Analyst", "Patience") + &role("Senior Tax Analyst", bullet)))
    }

    fn by_introduction(text: &str) -> Option<Target> {
        let page = "## Tax Analyst\n\nThe Tax Analyst is a grade 6.\n\n### Requirements\n\n- Files\n\n\
                    ## Senior Tax Analyst\n\nThe Senior Tax Analyst is a grade 7.\n\n";
        extension_of(&format!("{page}{text}\n"))
    }

    fn extension_of(page: &str) -> Option<Target> {
        let source = Source::new("x.md", page);
        let tree = Tree::parse(&source);
        let family = JobFamily::read(&source, &tree, &Facts::embedded());
        family.roles[1].extensions.first().map(|extension| extension.target)
    }

    #[test]
    fn wordings_lead_to_the_role_that_they_name() {
        for bullet in [
            "Extends the Tax Analyst requirements",
            "An extension of the Tax Analyst",
            "Expands on the Tax Analyst requirements",
            "Builds upon the Tax Analyst requirements",
            "Building on the Tax Analyst",
            "All Tax Analyst requirements plus",
            "All requirements from the Tax Analyst role",
            "All requirements of the Tax Analyst, in addition to:",
            "Same requirements as the Tax Analyst",
            "The same requirements as Tax Analyst apply",
            "Includes the Tax Analyst requirements",
            "Includes everything listed for the Tax Analyst.",
            "Everything from Tax Analyst, plus",
            "Everything required of a Tax Analyst",
            "Inherits from Tax Analyst",
            "On top of the Tax Analyst requirements",
            "Beyond the Tax Analyst requirements:",
            "As well as the Tax Analyst requirements:",
            "Along with all Tax Analyst requirements:",
            "Fulfills the Tax Analyst requirements",
            "Refer to the [Tax Analyst requirements](#tax-analyst)",
            "Tax Analyst requirements, plus:",
            "[Tax Analyst requirements](#tax-analyst), plus:",
            "Must meet all qualifications of the Tax Analyst",
            "Everything above, plus",
            "All of the above, plus",
            "As above, plus",
            "The above requirements, plus",
            "Extends the previous level",
        ] {
            assert_eq!(by_bullet(bullet), Some(Target::Role(0)), "{bullet}");
        }
    }

    #[test]
    fn what_only_sounds_like_it_takes_nothing_over() {
        for bullet in [
            "Gather the requirements of the business",
            "Knowledge of requirements of the SEC",
            "Knowledge of Tax Analyst responsibilities",
            "In addition to English, a second language",
            "In addition to the quarterly audit, supports the Tax Analyst",
            "All of the work is remote",
            "All candidates must meet the following requirements",
            "Tax Analyst requirements gathering",
            "Experience with the tools of a Tax Analyst",
            "Extends the reach of the team",
            "Everything in writing: keeps the handbook current",
            "Same as other teams, works asynchronously",
            "Builds on the success of the team",
            "Includes travel",
        ] {
            assert_eq!(by_bullet(bullet), None, "{bullet}");
        }
        for text in [
            "In addition to the quarterly audit, the Senior Tax Analyst runs the plan.",
            "The Senior Tax Analyst extends the reach of the team.",
            "The Senior Tax Analyst has the same job as auditors do elsewhere.",
            "As described above, the team is small.",
            "The Senior Tax Analyst takes on the responsibilities of the team.",
        ] {
            assert_eq!(by_introduction(text), None, "{text}");
        }
    }

    #[test]
    fn an_introduction_takes_over_what_it_names() {
        for text in [
            "The Senior Tax Analyst is an extension of the Tax Analyst.",
            "The Senior Tax Analyst builds on the Tax Analyst role.",
            "The Senior Tax Analyst role extends the Tax Analyst role.",
            "The Senior Tax Analyst files. This role extends the [Tax Analyst](#tax-analyst) role.",
        ] {
            assert_eq!(by_introduction(text), Some(Target::Role(0)), "{text}");
        }
        for text in [
            "The Senior Tax Analyst shares the same requirements and responsibilities outlined above.",
            "The Senior Tax Analyst extends the role outlined above.",
            "The Senior Tax Analyst role extends the Bridge Builder role.",
            "Unless otherwise specified, all Senior Tax Analysts share the following.",
        ] {
            assert_eq!(by_introduction(text), Some(Target::Elsewhere), "{text}");
        }
    }
}
