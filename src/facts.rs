//! What people of the domain know, from `rules/*.yaml`: typed, unknown keys refused.

mod abbreviations;
mod cues;
mod grammar;
mod inheritance;
mod levels;
mod terms;

use std::sync::{Arc, LazyLock};

use rustc_hash::FxHashMap;
use serde::{Deserialize, Deserializer};

use crate::lexicon::stems_of;
use crate::text::{first_word, last_word, words};
use crate::word_hash::{ByWord, WordSet, WordTable, hash_of};

pub use abbreviations::Abbreviations;
pub use cues::{Cue, CueNeeds, Cues, CuesOnPage};
pub use grammar::{
    Article, BareNoun, BarePlace, GrammarFacts, KnownForm, PluralNoun, Subject, VerbForm, VerbPhrase, Verbs,
};
pub use inheritance::{InheritanceFacts, SectionWord};
pub use levels::{LevelFact, LevelFacts, LevelWords, NotRoles, Track};
pub use terms::{
    Articles, Brand, CodedWords, Compound, DiscouragedTerm, DoubledWords, GenderedPronoun, GluedUnit, MisspeltWord,
    NamedPage, Parted, PhrasalVerb, PhrasalVerbs, Shortening, Starts, Suspended, TermKind, TermRows, Terms, Unit,
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

/// `rules/grades.yaml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GradeFacts {
    pub valid: Vec<u16>,
    pub outdated: Vec<OutdatedGrade>,
    pub titles: Vec<TitleGrade>,
    /// Ends of links that lead to the grades.
    pub anchors: Vec<String>,
    /// The page of the grades, in links that lead to it without an anchor.
    pub page_name: String,
    /// Link texts of a "Job Level" section without a number.
    pub level_resources: Vec<String>,
    /// Outdated grades that a project still has.
    #[serde(default)]
    pub kept: Vec<String>,
    /// The page that explains the grades.
    pub page: String,
    pub statements: GradeWordings,
    pub tables: LevelsTableColumns,
    /// Kinds of work whose levels share a grade on purpose.
    pub equal_by_design: Vec<EqualLadder>,
}

impl GradeFacts {
    /// Whether a link leads to the grades.
    pub fn is_grade_link(&self, url: &str) -> bool {
        self.anchors.iter().any(|anchor| url.contains(anchor.as_str())) || url.contains(&self.page_name)
    }
}

/// How the sentence is made that states a grade; in lower case.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GradeWordings {
    /// Each begins with one blank, by which it is found.
    pub verbs: Vec<String>,
    /// What stands before a grade instead of a sentence.
    pub labels: Vec<String>,
    pub before_role: Vec<String>,
    pub after_role: Vec<String>,
    /// Subjects that name no role.
    pub no_roles: Vec<String>,
    /// Words that say that a linked sheet has the grade.
    pub told_there: Vec<String>,
    /// Words that say that there is no grade.
    pub without: Vec<String>,
}

/// The titles of the columns of a levels table, in lower case.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LevelsTableColumns {
    pub grade: Vec<String>,
    pub role: Vec<String>,
}

/// A kind of work whose levels share a grade.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EqualLadder {
    /// Words that the role's name has, without its level; in lower case and in the singular.
    pub words: Vec<String>,
    pub example: String,
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

/// A bullet that every role must have, in any of its wordings.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequiredBullet {
    pub name: String,
    /// As the authoring guide words it.
    pub wording: String,
    /// Other wordings that count.
    #[serde(default)]
    pub also: Vec<String>,
    /// What every other wording that counts has in common.
    #[serde(default)]
    pub pattern: Option<BulletPattern>,
    pub examples: Vec<String>,
    pub counter_examples: Vec<String>,
}

/// A wording as beginnings of words that follow each other.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BulletPattern {
    /// The word that must follow.
    pub ends_with: String,
    /// Words after which that word means something else.
    #[serde(default)]
    pub not_after: Vec<String>,
    /// Beginnings of words that say "can".
    pub verbs: Vec<String>,
    /// Beginnings of words that say "use"; of several words, parted by blanks, each begins one.
    pub uses: Vec<String>,
    /// How many words may stand between one part and the next.
    pub within: usize,
}

/// `rules/placeholders.yaml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceholderRows {
    pub phrases: Vec<Placeholder>,
    /// What a page or its sections consist of.
    pub parts: Vec<String>,
    /// Sentences that only look like a placeholder.
    pub house: Vec<String>,
    /// Wordings with a placeholder in them that a project means as they are, folded.
    #[serde(default)]
    pub allowed: Vec<String>,
}

/// The placeholders, ready to be found in running text.
#[derive(Debug, Clone, Deserialize)]
#[serde(from = "PlaceholderRows")]
pub struct PlaceholderFacts {
    pub rows: PlaceholderRows,
    /// By the stem of the longest word of each phrase, which is the rarest in other text.
    by_longest: ByWord<Vec<PlaceholderWords>>,
    signs: Vec<String>,
    parts: Vec<u64>,
}

/// The words of a phrase, as the prose has them.
#[derive(Debug, Clone)]
pub struct PlaceholderWords {
    pub hashes: Box<[u64]>,
    /// Which of them is the longest.
    pub longest: usize,
    unless_before: Box<[u64]>,
    row: usize,
}

impl From<PlaceholderRows> for PlaceholderFacts {
    fn from(rows: PlaceholderRows) -> Self {
        let mut by_longest: ByWord<Vec<PlaceholderWords>> = ByWord::default();
        let hashes = |words: &[String]| -> Box<[u64]> { words.iter().map(|word| hash_of(word)).collect() };
        for (row, fact) in rows.phrases.iter().enumerate() {
            let written: Vec<&str> = words(&fact.phrase).collect();
            if let Some(longest) = (0..written.len()).max_by_key(|&at| written[at].len()) {
                let hashes_of_phrase = written.iter().map(|word| hash_of(word)).collect();
                let unless_before = hashes(&fact.unless_before);
                let phrase = PlaceholderWords { hashes: hashes_of_phrase, longest, unless_before, row };
                let stem = written[longest].strip_suffix("'s").unwrap_or(written[longest]);
                by_longest.entry(hash_of(stem)).or_default().push(phrase);
            }
        }
        let has_no_words = |phrase: &&String| words(phrase).next().is_none();
        let signs = rows.phrases.iter().map(|fact| &fact.phrase).filter(has_no_words).cloned().collect();
        let parts = hashes(&rows.parts).into_vec();
        Self { rows, by_longest, signs, parts }
    }
}

impl PlaceholderFacts {
    /// Whether there is a phrase whose longest word has this stem.
    pub fn has_longest(&self, stem: u64) -> bool {
        self.by_longest.contains_key(&stem)
    }

    /// The phrases whose longest word has this stem, in the order of the file.
    pub fn with_longest(&self, stem: u64) -> impl Iterator<Item = (&PlaceholderWords, &Placeholder)> {
        let found = self.by_longest.get(&stem).map_or(&[][..], Vec::as_slice);
        found.iter().map(|words| (words, &self.rows.phrases[words.row]))
    }

    /// The phrases that have no words, such as `???`.
    pub fn signs(&self) -> &[String] {
        &self.signs
    }

    /// Whether a word names a part of a page.
    pub fn is_part(&self, word: u64) -> bool {
        self.parts.contains(&word)
    }
}

impl PlaceholderWords {
    /// Whether the word after the phrase makes it something else.
    pub fn is_undone_by(&self, next: u64) -> bool {
        self.unless_before.contains(&next)
    }
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
    /// Words that make it something else when they follow.
    #[serde(default)]
    pub unless_before: Vec<String>,
    pub example: String,
}

/// How much of a sentence or bullet a placeholder is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlaceholderWhere {
    Whole,
    Start,
    End,
    /// The end of a short sentence about a part of the page.
    OfPart,
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
    pub stop_words: WordTable,
    /// Words after which a sentence goes on.
    pub connectives: Vec<String>,
    /// Beginnings of sentences that close a list.
    pub closings: Cues,
    /// What sentences have in them that introduce the steps of a hiring process.
    pub introductions: Cues,
    /// How many indicators a family should have.
    pub indicators: Bounds,
    /// The fewest bullets of another level that are worth a word.
    pub repeated: usize,
}

/// A list of words, in lower case.
impl<'de> Deserialize<'de> for WordTable {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Vec::<String>::deserialize(deserializer)?.iter().map(|word| hash_of(word)).collect())
    }
}

/// The least and the most of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bounds {
    pub least: usize,
    pub most: usize,
}

/// `rules/template-text.yaml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(from = "TemplateTextFile")]
pub struct TemplateTextFacts {
    pub verbs: Vec<String>,
    /// What stands for a name.
    pub slots: Vec<String>,
    /// Instructions that stand without brackets.
    pub phrases: Vec<TemplatePhrase>,
    /// With which `phrases` begin.
    first_words: WordSet,
}

impl From<TemplateTextFile> for TemplateTextFacts {
    fn from(file: TemplateTextFile) -> Self {
        let first_words = file.phrases.iter().map(|known| hash_of(first_word(&known.phrase))).collect();
        Self { verbs: file.verbs, slots: file.slots, phrases: file.phrases, first_words }
    }
}

impl TemplateTextFacts {
    /// Whether an instruction without brackets begins with a word, given by its stem.
    pub fn begins_phrase(&self, stem: u64) -> bool {
        self.first_words.contains(&stem)
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TemplateTextFile {
    verbs: Vec<String>,
    slots: Vec<String>,
    phrases: Vec<TemplatePhrase>,
}

/// An instruction of a template, in lower case.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TemplatePhrase {
    pub phrase: String,
    pub example: String,
}

/// `rules/links.yaml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinkFacts {
    /// Hosts of the site itself.
    pub hosts: Vec<String>,
    /// Folders of the site that are linked relatively by convention.
    pub relative: Vec<String>,
    /// First folders of the site.
    pub folders: Vec<String>,
    /// Ends of host names.
    pub host_ends: Vec<String>,
    /// Endings of files.
    pub files: Vec<String>,
    /// Beginnings of addresses that were meant as `https://`.
    pub misspelt_schemes: Vec<String>,
    /// Words before the name of a page to which a reader is sent.
    sends_to: Vec<String>,
}

impl LinkFacts {
    /// The path of an address on the site's own hosts, from its `/` on.
    pub fn path_on_site<'u>(&self, url: &'u str) -> Option<&'u str> {
        let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
        let path = self.hosts.iter().find_map(|host| rest.strip_prefix(host.as_str()))?;
        path.starts_with('/').then_some(path)
    }

    /// Whether a text ends by sending its reader to the page that is named next.
    pub fn sends_to_page(&self, text: &str) -> bool {
        self.sends_to.iter().any(|words| {
            let start = text.len().checked_sub(words.len());
            start.and_then(|start| text.get(start..)).is_some_and(|end| end.eq_ignore_ascii_case(words))
        })
    }

    /// Whether a path lies in a folder that is linked relatively.
    pub fn is_linked_relatively(&self, path: &str) -> bool {
        self.relative.iter().any(|folder| {
            path.strip_prefix(folder.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '#', '?']))
        })
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
    fn sections_are_called_in_code_as_in_the_rules() {
        for fact in &Facts::embedded().sections {
            assert_eq!(serde_yaml::to_value(fact.kind).expect("a name"), fact.kind.id());
        }
    }

    #[test]
    fn every_embedded_file_is_valid() {
        assert!(!Facts::embedded().sections.is_empty());
    }
}
