//! What people of the domain know, from `rules/*.yaml`: typed, unknown keys refused.

mod abbreviations;
mod cues;
mod grades;
mod grammar;
mod inheritance;
mod levels;
mod links;
mod lists;
mod placeholders;
mod required_bullets;
mod sections;
mod template_text;
mod term_index;
mod terms;

use std::sync::{Arc, LazyLock};

use serde::{Deserialize, Deserializer};

use crate::lexicon::stems_of;
use crate::word_hash::{WordSet, WordTable, hash_of};

pub use abbreviations::Abbreviations;
pub use cues::{Cue, CueNeeds, Cues, CuesOnPage};
pub use grades::{EqualLadder, GradeFacts, GradeWordings, LevelsTableColumns, OutdatedGrade, TitleGrade};
pub use grammar::{
    Article, BareNoun, BarePlace, GrammarFacts, KnownForm, PluralNoun, Subject, VerbForm, VerbPhrase, Verbs,
};
pub use inheritance::{InheritanceFacts, SectionWord};
pub use levels::{LevelFact, LevelFacts, LevelWords, NotRoles, Track};
pub use links::LinkFacts;
pub use lists::{Bounds, ListFacts};
pub use placeholders::{
    Placeholder, PlaceholderCase, PlaceholderFacts, PlaceholderRows, PlaceholderWhere, PlaceholderWords,
};
pub use required_bullets::{BulletPattern, RequiredBullet};
pub use sections::{RequiredFor, SectionFact, SectionForm, SectionForms, SectionKind};
pub use template_text::{TemplatePhrase, TemplateTextFacts};
pub use term_index::Terms;
pub use terms::{
    Articles, Brand, CodedWords, Compound, DiscouragedTerm, DoubledWords, GenderedPronoun, GluedUnit, MisspeltWord,
    NamedPage, Parted, PhrasalVerb, PhrasalVerbs, Shortening, Starts, Suspended, TermKind, TermRows, Unit,
    VacancyPhrase, Years,
};

/// All facts by which documents are read and judged, with what the configuration adds to them.
#[derive(Debug, Clone)]
pub struct Facts {
    pub sections: Vec<SectionFact>,
    pub levels: LevelFacts,
    pub grades: GradeFacts,
    pub inheritance: InheritanceFacts,
    pub required_bullets: Vec<RequiredBullet>,
    pub words: OwnWords,
    /// Made of `sections`.
    pub section_forms: SectionForms,
    pub placeholders: PlaceholderFacts,
    pub template_text: TemplateTextFacts,
    pub terms: Terms,
    pub links: LinkFacts,
    pub lists: ListFacts,
    pub grammar: GrammarFacts,
}

/// The words that are spelt right in this project.
#[derive(Debug, Clone, Default)]
pub struct OwnWords {
    /// Hashes of the single words, as [`hash_of`] makes them.
    known: Arc<WordSet>,
    written: Arc<[String]>,
}

impl OwnWords {
    /// Of the entries of a project's lists; one of several words stands for each of them.
    pub fn new(written: Arc<[String]>) -> Self {
        let known = written.iter().flat_map(|entry| stems_of(entry)).collect();
        Self { known: Arc::new(known), written }
    }

    /// Whether the project knows the word with this stem.
    pub fn contains(&self, stem: u64) -> bool {
        self.known.contains(&stem)
    }

    /// As the project writes them.
    pub fn written(&self) -> impl Iterator<Item = &str> {
        self.written.iter().map(String::as_str)
    }
}

/// A list of words, in lower case.
impl<'de> Deserialize<'de> for WordTable {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Vec::<String>::deserialize(deserializer)?.iter().map(|word| hash_of(word)).collect())
    }
}

/// A file of `rules/`, as `build.rs` made it.
macro_rules! facts {
    ($name:literal) => {
        include_str!(concat!(env!("OUT_DIR"), "/", $name, ".json"))
    };
}

static EMBEDDED: LazyLock<Arc<Facts>> = LazyLock::new(|| Arc::new(Facts::read_embedded()));

impl Facts {
    /// The facts that jflint was built with.
    pub fn embedded() -> Arc<Self> {
        Arc::clone(&EMBEDDED)
    }

    fn read_embedded() -> Self {
        let sections: Vec<SectionFact> = embedded(facts!("sections"));
        let grammar: GrammarFacts = embedded(facts!("grammar"));
        Self {
            words: OwnWords::default(),
            section_forms: SectionForms::new(&sections),
            sections,
            levels: embedded(facts!("levels")),
            grades: embedded(facts!("grades")),
            inheritance: embedded(facts!("inheritance")),
            required_bullets: embedded(facts!("required-bullets")),
            placeholders: embedded(facts!("placeholders")),
            template_text: embedded(facts!("template-text")),
            terms: Terms::new(embedded(facts!("terms")), &grammar),
            links: embedded(facts!("links")),
            lists: embedded(facts!("lists")),
            grammar,
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
fn embedded<T: for<'de> Deserialize<'de>>(json: &str) -> T {
    serde_json::from_str(json).expect("the embedded facts are valid")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_embedded_file_is_valid() {
        assert!(!Facts::embedded().sections.is_empty());
    }
}
