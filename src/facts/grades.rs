//! `rules/grades.yaml`: which grades there are, and how they are stated.

use serde::Deserialize;

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
