//! The options themselves. The doc comments are their documentation, in the pages, in the terminal and in editors.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::facts::{Facts, RequiredFor, SectionKind};

/// Derives what every struct of options needs: it is read strictly, has a default, and describes itself.
macro_rules! options {
    ($($(#[$attribute:meta])* pub struct $name:ident { $($fields:tt)* })+) => {
        $(
            #[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
            $(#[$attribute])*
            #[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
            pub struct $name { $($fields)* }
        )+
    };
}

/// The same for a row of a list, whose keys must be there unless they have a default.
macro_rules! rows {
    ($($(#[$attribute:meta])* pub struct $name:ident { $($fields:tt)* })+) => {
        $(
            #[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
            $(#[$attribute])*
            #[serde(deny_unknown_fields, rename_all = "kebab-case")]
            pub struct $name { $($fields)* }
        )+
    };
}

options! {
    /// What a configuration may say to rules, beside their severity. A field is a rule, its struct the rule's options.
    #[derive(Default)]
    pub struct Options {
        pub missing_section: MissingSection,
        pub missing_required_bullet: MissingRequiredBullet,
        pub nonstandard_section: NonstandardSection,
        pub malformed_grade: MalformedGrade,
        pub outdated_grade: OutdatedGrade,
        pub equal_grades: EqualGrades,
        pub unusual_grade: UnusualGrade,
        pub placeholder: Placeholder,
        pub repeated_level_list: RepeatedLevelList,
        pub performance_indicator_count: PerformanceIndicatorCount,
        pub brand_case: BrandCase,
        pub discouraged_term: DiscouragedTerm,
        pub missing_hyphen: MissingHyphen,
        pub vacancy_tone: VacancyTone,
        pub years_of_experience: YearsOfExperience,
        pub coded_language: CodedLanguage,
        pub absolute_handbook_link: AbsoluteHandbookLink,
    }

    /// Which sections must be there.
    #[schemars(example = json!({"family": ["career-ladder", "hiring-process"]}))]
    pub struct MissingSection {
        /// The sections that each role must have, in its own text or taken over.
        pub role: Vec<SectionName>,
        /// The sections that the page must have once.
        pub family: Vec<SectionName>,
    }

    /// Bullets that each role's requirements must have.
    #[derive(Default)]
    #[schemars(example = json!({"add": [{"wording": "Ability to travel", "also": ["Willing to travel"]}]}))]
    pub struct MissingRequiredBullet {
        /// Bullets that must be there too.
        pub add: Vec<RequiredBulletRow>,
        /// Bullets that need not be there, by their wording: `Ability to use GitLab`.
        pub off: Vec<String>,
    }

    /// Names of sections that other pages do not use.
    #[derive(Default)]
    #[schemars(example = json!({"add": [{"name": "Meet the Team", "section": "hiring-process"}], "off": ["KPIs"]}))]
    pub struct NonstandardSection {
        /// Names that are understood as a section, and told. With the same name in `off` it is a name like the usual one.
        pub add: Vec<SectionNameRow>,
        /// Names that are as good as the usual one.
        pub off: Vec<String>,
    }

    /// Which grades there are.
    #[derive(Default)]
    #[schemars(example = json!({"add": [13]}))]
    pub struct MalformedGrade {
        /// Grades that exist here, beside 4 to 12, 14 and 15.
        pub add: Vec<u16>,
        /// Grades that do not exist here.
        pub off: Vec<u16>,
    }

    /// Grades that were given up.
    #[derive(Default)]
    #[schemars(example = json!({"add": [{"grade": 8.5, "since": "May 2024"}]}))]
    pub struct OutdatedGrade {
        /// Grades that were given up here.
        pub add: Vec<OutdatedGradeRow>,
        /// Grades that still hold here, such as 9.5.
        pub off: Vec<f64>,
    }

    /// Kinds of work whose levels share a grade on purpose.
    #[derive(Default)]
    #[schemars(example = json!({"add": ["Solutions Architect"]}))]
    pub struct EqualGrades {
        /// Names of roles; every level of a role whose name has these words may share a grade.
        pub add: Vec<String>,
        /// Names of roles that do not share grades here: `Area Sales Manager`, `Business Development` or `Account Executive`.
        pub off: Vec<String>,
    }

    /// Titles with the same grade in every family.
    #[derive(Default)]
    #[schemars(example = json!({"add": [{"title": "manager", "grade": 8}], "off": ["vice president"]}))]
    pub struct UnusualGrade {
        /// Titles that always have a grade; one that is known already gets another grade.
        pub add: Vec<TitleGradeRow>,
        /// Titles whose grade may differ.
        pub off: Vec<String>,
    }

    /// Text that holds the place of other text.
    #[derive(Default)]
    #[schemars(example = json!({"add": ["details follow"], "allow": ["bonus to be determined"]}))]
    pub struct Placeholder {
        /// Phrases that are placeholders, wherever they stand.
        pub add: Vec<String>,
        /// Phrases of jflint that are none here, such as `TBD`.
        pub off: Vec<String>,
        /// Wordings with a placeholder in them that are meant as they are.
        pub allow: Vec<String>,
    }

    /// When a list is repeated.
    #[schemars(example = json!({"least": 6}))]
    pub struct RepeatedLevelList {
        /// The fewest bullets of another level that are worth a word.
        pub least: usize,
    }

    /// How many performance indicators a list should have.
    #[schemars(example = json!({"least": 2, "most": 6}))]
    pub struct PerformanceIndicatorCount {
        /// The fewest indicators that a list should have.
        pub least: usize,
        /// The most indicators that a list should have.
        pub most: usize,
    }

    /// Names that are written in one way.
    #[derive(Default)]
    #[schemars(example = json!({"add": [{"name": "KubeCon", "wrong": ["kubecon", "Kube Con"]}], "off": ["SOX"]}))]
    pub struct BrandCase {
        /// Names to look for; one that is known already is replaced.
        pub add: Vec<BrandRow>,
        /// Names that may be written in any way.
        pub off: Vec<String>,
    }

    /// Terms to avoid.
    #[derive(Default)]
    #[schemars(example = json!({"add": [{"terms": ["low-hanging fruit"], "instead": "quick win", "reason": "not everybody knows the idiom"}], "off": ["GitLabber"]}))]
    pub struct DiscouragedTerm {
        /// Terms to look for.
        pub add: Vec<DiscouragedTermRow>,
        /// Terms that may be used.
        pub off: Vec<String>,
    }

    /// Words that are one with a hyphen.
    #[derive(Default)]
    #[schemars(example = json!({"add": ["customer obsessed"], "off": ["go to market"]}))]
    pub struct MissingHyphen {
        /// Words to look for, with blanks where the hyphens belong.
        pub add: Vec<String>,
        /// Words that may stand apart.
        pub off: Vec<String>,
    }

    /// Phrases of vacancies.
    #[derive(Default)]
    #[schemars(example = json!({"add": ["send us your CV"], "off": ["you will"]}))]
    pub struct VacancyTone {
        /// Phrases to look for.
        pub add: Vec<String>,
        /// Phrases that may be used.
        pub off: Vec<String>,
    }

    /// Numbers of years.
    #[derive(Default)]
    #[schemars(example = json!({"allow": ["admitted to the bar"]}))]
    pub struct YearsOfExperience {
        /// Words that make a number of years right: a paragraph or bullet that has them is left alone.
        pub allow: Vec<String>,
    }

    /// The balance of words.
    #[schemars(example = json!({"margin": 5}))]
    pub struct CodedLanguage {
        /// How many more words must attract men than women before the page is told of.
        pub margin: usize,
    }

    /// Which pages are linked without their host.
    #[derive(Default)]
    #[schemars(example = json!({"hosts": {"add": ["handbook.example.com"]}, "folders": {"off": ["/job-families"]}}))]
    pub struct AbsoluteHandbookLink {
        /// Hosts of the site itself.
        pub hosts: Texts,
        /// Folders of the site that are linked relatively.
        pub folders: Texts,
    }

    /// Changes to a list of words.
    #[derive(Default)]
    pub struct Texts {
        /// What the list has here besides.
        pub add: Vec<String>,
        /// What it does not have here.
        pub off: Vec<String>,
    }
}

rows! {
    /// A bullet that each role's requirements must have.
    pub struct RequiredBulletRow {
        /// As it should be written.
        pub wording: String,
        /// Other wordings that count.
        #[serde(default)]
        pub also: Vec<String>,
    }

    /// A heading and the section that it stands for.
    pub struct SectionNameRow {
        /// The heading.
        pub name: String,
        /// The section.
        pub section: SectionName,
    }

    /// A grade that was given up.
    pub struct OutdatedGradeRow {
        /// The number.
        pub grade: f64,
        /// When it ended.
        pub since: String,
    }

    /// A title and its grade.
    pub struct TitleGradeRow {
        /// A level of management, such as `director`.
        pub title: String,
        /// The grade that it always has.
        pub grade: u16,
    }

    /// A name that is written in one way.
    pub struct BrandRow {
        /// The name as its owner writes it. With a capital anywhere, every other way is wrong.
        pub name: String,
        /// Other ways that are right.
        #[serde(default)]
        pub also: Vec<String>,
        /// Ways that are wrong though they have no capital, nothing but capitals, or other letters.
        #[serde(default)]
        pub wrong: Vec<String>,
    }

    /// Terms to avoid for one reason.
    pub struct DiscouragedTermRow {
        /// The terms.
        pub terms: Vec<String>,
        /// What to write instead.
        #[serde(default)]
        pub instead: Option<String>,
        /// Why.
        pub reason: String,
    }
}

/// A section of a job family, by the name that the guide gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SectionName {
    JobGrade,
    Responsibilities,
    Requirements,
    NiceToHaves,
    PerformanceIndicators,
    CareerLadder,
    HiringProcess,
}

impl SectionName {
    const ALL: [Self; 7] = [
        Self::JobGrade,
        Self::Responsibilities,
        Self::Requirements,
        Self::NiceToHaves,
        Self::PerformanceIndicators,
        Self::CareerLadder,
        Self::HiringProcess,
    ];

    /// What the name stands for in the facts.
    pub fn kind(self) -> SectionKind {
        match self {
            Self::JobGrade => SectionKind::JobGrade,
            Self::Responsibilities => SectionKind::Responsibilities,
            Self::Requirements => SectionKind::Requirements,
            Self::NiceToHaves => SectionKind::NiceToHave,
            Self::PerformanceIndicators => SectionKind::PerformanceIndicators,
            Self::CareerLadder => SectionKind::CareerLadder,
            Self::HiringProcess => SectionKind::HiringProcess,
        }
    }
}

impl Default for MissingSection {
    fn default() -> Self {
        let facts = Facts::embedded();
        let required = |whom| {
            let is_required =
                |name: &SectionName| facts.section(name.kind()).is_some_and(|fact| fact.required == Some(whom));
            SectionName::ALL.into_iter().filter(is_required).collect()
        };
        Self { role: required(RequiredFor::Role), family: required(RequiredFor::Family) }
    }
}

impl Default for RepeatedLevelList {
    fn default() -> Self {
        Self { least: Facts::embedded().lists.repeated }
    }
}

impl Default for PerformanceIndicatorCount {
    fn default() -> Self {
        let bounds = Facts::embedded().lists.indicators;
        Self { least: bounds.least, most: bounds.most }
    }
}

impl Default for CodedLanguage {
    fn default() -> Self {
        Self { margin: Facts::embedded().terms.rows().coded.margin }
    }
}
