//! `rules/sections.yaml`: the sections of a job family, and the headings by which they are known.

use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::text::{first_word, last_word};

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

    /// Its name in `rules/*.yaml`, for fingerprints and the outline.
    pub fn id(self) -> &'static str {
        match self {
            Self::JobGrade => "job_grade",
            Self::Responsibilities => "responsibilities",
            Self::Requirements => "requirements",
            Self::NiceToHave => "nice_to_have",
            Self::PerformanceIndicators => "performance_indicators",
            Self::CareerLadder => "career_ladder",
            Self::HiringProcess => "hiring_process",
            Self::Levels => "levels",
            Self::Specialties => "specialties",
            Self::Segment => "segment",
        }
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
    /// Headings that are this section, in lower case.
    pub forms: Vec<String>,
    /// Headings that are this section under a name that the guide does not know.
    #[serde(default)]
    pub nonstandard: Vec<String>,
    /// The same, where they are the whole heading: with other words it is about something else.
    #[serde(default)]
    pub nonstandard_alone: Vec<String>,
    /// Long words, and several of which the last is short, that are recognised when misspelt.
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

/// The forms of all sections by their last and by their first word: a heading is compared with a few, not with all.
#[derive(Debug, Clone, Default)]
pub struct SectionForms {
    by_last_word: FxHashMap<String, Vec<SectionForm>>,
    by_first_word: FxHashMap<String, Vec<SectionForm>>,
}

/// A heading that is a section.
#[derive(Debug, Clone)]
pub struct SectionForm {
    pub text: String,
    pub kind: SectionKind,
    pub nonstandard: bool,
    /// Whether it is the whole heading, or none.
    pub alone: bool,
}

impl SectionFact {
    fn all_forms(&self) -> impl Iterator<Item = SectionForm> {
        let form =
            |text: &String| SectionForm { text: text.clone(), kind: self.kind, nonstandard: false, alone: false };
        let nonstandard = move |text| SectionForm { nonstandard: true, ..form(text) };
        let alone = self.nonstandard_alone.iter().map(move |text| SectionForm { alone: true, ..nonstandard(text) });
        self.forms.iter().map(form).chain(self.nonstandard.iter().map(nonstandard)).chain(alone)
    }
}

impl SectionForms {
    /// The forms of some sections.
    pub fn new(sections: &[SectionFact]) -> Self {
        let mut forms = Self::default();
        for fact in sections {
            for form in fact.all_forms() {
                forms.by_last_word.entry(last_word(&form.text).to_owned()).or_default().push(form.clone());
                forms.by_first_word.entry(first_word(&form.text).to_owned()).or_default().push(form);
            }
        }
        let lists = forms.by_last_word.values_mut().chain(forms.by_first_word.values_mut());
        lists.for_each(|list| list.sort_by_key(|form| std::cmp::Reverse(form.text.len())));
        forms
    }

    /// Those that end with a word, the longest first.
    pub fn ending_with(&self, word: &str) -> &[SectionForm] {
        self.by_last_word.get(word).map_or(&[], Vec::as_slice)
    }

    /// Those that begin with a word, the longest first.
    pub fn beginning_with(&self, word: &str) -> &[SectionForm] {
        self.by_first_word.get(word).map_or(&[], Vec::as_slice)
    }
}

/// Who must have a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RequiredFor {
    Role,
    Family,
}

#[cfg(test)]
mod tests {
    use crate::facts::Facts;

    #[test]
    fn sections_are_called_in_code_as_in_the_rules() {
        for fact in &Facts::embedded().sections {
            assert_eq!(serde_yaml::to_value(fact.kind).expect("a name"), fact.kind.id());
        }
    }
}
