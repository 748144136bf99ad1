//! What people of the domain know, from `rules/*.yaml`: typed, unknown keys refused.

use std::sync::{Arc, LazyLock};

use serde::Deserialize;

/// All facts by which documents are read and judged, with what the configuration adds to them.
#[derive(Debug, Clone)]
pub struct Facts {
    pub sections: Vec<SectionFact>,
    pub levels: LevelFacts,
    pub grades: GradeFacts,
    pub inheritance: InheritanceFacts,
    pub required_bullets: Vec<RequiredBullet>,
    pub placeholders: Vec<Placeholder>,
    pub lists: ListFacts,
}

/// What a section of a job family is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SectionKind {
    JobGrade,
    Responsibilities,
    Requirements,
    NiceToHave,
    PerformanceIndicators,
    CareerLadder,
    HiringProcess,
    Levels,
    Specialties,
    Segment,
}

impl SectionKind {
    /// Sections of one role, as against those that serve the family.
    pub fn is_of_role(self) -> bool {
        matches!(self, Self::JobGrade | Self::Responsibilities | Self::Requirements | Self::NiceToHave)
    }

    /// Sections that stand once at the end of the page, for the whole family.
    pub fn is_trailing(self) -> bool {
        matches!(self, Self::PerformanceIndicators | Self::CareerLadder | Self::HiringProcess)
    }

    /// Headings that hold roles or specialties, not text.
    pub fn is_container(self) -> bool {
        matches!(self, Self::Levels | Self::Specialties | Self::Segment)
    }
}

/// One row of `rules/sections.yaml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SectionFact {
    pub kind: SectionKind,
    /// The heading that the authoring guide gives it.
    pub name: String,
    /// For whom it must be there.
    #[serde(default)]
    pub required: Option<RequiredFor>,
    #[serde(default)]
    pub container: bool,
    /// Headings that are this section, in lower case.
    pub forms: Vec<String>,
    /// Headings that are this section under a name that the guide does not know.
    #[serde(default)]
    pub nonstandard: Vec<String>,
    /// Long words that are recognised when misspelt.
    #[serde(default)]
    pub fuzzy: Vec<String>,
    /// Headings whose text does this section's work, though they are no such section.
    #[serde(default)]
    pub stand_ins: Vec<String>,
    #[serde(default)]
    pub stand_in_starts: Vec<String>,
    /// Templates that expand to this section.
    #[serde(default)]
    pub templates: Vec<String>,
}

/// Who must have a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RequiredFor {
    Role,
    Family,
}

/// `rules/levels.yaml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LevelFacts {
    pub levels: Vec<LevelFact>,
    pub people_before_manager: Vec<String>,
    pub role_nouns: Vec<String>,
    pub not_roles: NotRoles,
}

/// A word that says how senior a role is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LevelFact {
    pub word: String,
    pub track: Track,
    /// Orders the levels of one track.
    pub rank: u16,
    /// What the word usually means.
    #[serde(default)]
    pub grade: Option<u16>,
    /// Executives: their grade is not published.
    #[serde(default)]
    pub ungraded: bool,
    #[serde(default)]
    pub also: Vec<String>,
}

/// Whether a role leads people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Track {
    Ic,
    Management,
}

/// Headings that look like roles and are none.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NotRoles {
    pub never_ends: Vec<String>,
    pub whole: Vec<String>,
    pub starts: Vec<String>,
    pub ends: Vec<String>,
}

/// `rules/grades.yaml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GradeFacts {
    pub valid: Vec<u16>,
    pub outdated: Vec<OutdatedGrade>,
    pub titles: Vec<TitleGrade>,
    /// Ends of links that lead to the grades.
    pub anchors: Vec<String>,
    /// Link texts of a "Job Level" section without a number.
    pub level_resources: Vec<String>,
}

/// A grade that was valid once.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OutdatedGrade {
    pub grade: String,
    pub since: String,
    pub example: String,
}

/// A title with the same grade in every family.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TitleGrade {
    pub level: String,
    pub grade: u16,
}

/// `rules/inheritance.yaml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InheritanceFacts {
    pub cues: Vec<Cue>,
    pub deferrals: Vec<Cue>,
}

/// A wording, in lower case: at the start of a bullet or sentence, or anywhere in it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cue {
    #[serde(default)]
    pub starts: Option<String>,
    #[serde(default)]
    pub contains: Option<String>,
    pub example: String,
}

impl Cue {
    /// Where the cue ends in a folded text that has it.
    pub fn find(&self, folded: &str) -> Option<usize> {
        if let Some(start) = self.starts.as_deref().filter(|start| folded.starts_with(start)) {
            return Some(start.len());
        }
        self.contains.as_deref().and_then(|phrase| folded.find(phrase).map(|at| at + phrase.len()))
    }
}

/// A bullet that every role must have, in any of its wordings.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequiredBullet {
    pub name: String,
    /// As the authoring guide words it.
    pub wording: String,
    /// The word that must follow.
    pub ends_with: String,
    /// Beginnings of words that say "can".
    pub verbs: Vec<String>,
    /// Beginnings of words that say "use".
    pub uses: Vec<String>,
    /// How many words may stand between one part and the next.
    pub within: usize,
    pub examples: Vec<String>,
    pub counter_examples: Vec<String>,
}

/// Text that holds the place of what is still to be written.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Placeholder {
    /// In lower case.
    pub phrase: String,
    pub r#where: PlaceholderWhere,
    #[serde(default)]
    pub case: PlaceholderCase,
    pub example: String,
}

/// How much of a sentence or bullet a placeholder is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlaceholderWhere {
    Whole,
    End,
    Anywhere,
}

/// Whether a placeholder counts only in capitals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlaceholderCase {
    #[default]
    Any,
    Upper,
}

/// `rules/lists.yaml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListFacts {
    /// Words that say nothing about what a bullet is about.
    pub stop_words: Vec<String>,
    /// Words after which a sentence goes on.
    pub connectives: Vec<String>,
    /// Beginnings of sentences that close a list.
    pub closings: Vec<Cue>,
    /// How many indicators a family should have.
    pub indicators: Bounds,
}

/// The least and the most of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bounds {
    pub least: usize,
    pub most: usize,
}

static EMBEDDED: LazyLock<Arc<Facts>> = LazyLock::new(|| Arc::new(Facts::read_embedded()));

impl Facts {
    /// The facts that jflint was built with.
    pub fn embedded() -> Arc<Self> {
        Arc::clone(&EMBEDDED)
    }

    fn read_embedded() -> Self {
        Self {
            sections: embedded(include_str!("../rules/sections.yaml")),
            levels: embedded(include_str!("../rules/levels.yaml")),
            grades: embedded(include_str!("../rules/grades.yaml")),
            inheritance: embedded(include_str!("../rules/inheritance.yaml")),
            required_bullets: embedded(include_str!("../rules/required-bullets.yaml")),
            placeholders: embedded(include_str!("../rules/placeholders.yaml")),
            lists: embedded(include_str!("../rules/lists.yaml")),
        }
    }

    /// The row of a section.
    pub fn section(&self, kind: SectionKind) -> Option<&SectionFact> {
        self.sections.iter().find(|fact| fact.kind == kind)
    }

    /// The heading that the guide gives a section.
    pub fn section_name(&self, kind: SectionKind) -> &str {
        self.section(kind).map_or("section", |fact| fact.name.as_str())
    }
}

/// Reads a file that is part of the program: a test reads each, so that it cannot fail for a user.
#[allow(clippy::expect_used, reason = "the text is compiled in and a test reads it")]
fn embedded<T: for<'de> Deserialize<'de>>(yaml: &str) -> T {
    serde_yaml::from_str(yaml).expect("the embedded facts are valid")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_embedded_file_is_valid() {
        assert!(!Facts::embedded().sections.is_empty());
    }

    #[test]
    fn every_cue_fires_on_its_example() {
        let facts = Facts::embedded();
        let inheritance = facts.inheritance.cues.iter().chain(&facts.inheritance.deferrals);
        for cue in inheritance.chain(&facts.lists.closings) {
            assert!(cue.find(&crate::text::fold(&cue.example)).is_some(), "{}", cue.example);
        }
    }
}
