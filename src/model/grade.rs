//! Grades, and how those of two places compare.

use std::fmt;

use crate::facts::{GradeFacts, OutdatedGrade};
use crate::source::Span;

/// A grade, in tenths: 9.5 was one until 2022.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Grade(u16);

impl Grade {
    /// A grade without tenths, such as 7.
    pub fn whole(value: u16) -> Self {
        Self(value.saturating_mul(10))
    }

    /// Reads `7`, `9.5`; nothing for other text.
    pub fn parse(text: &str) -> Option<Self> {
        let (whole, tenth) = text.split_once('.').unwrap_or((text, "0"));
        if whole.is_empty() || whole.len() > 2 || tenth.len() != 1 {
            return None;
        }
        Some(Self(whole.parse::<u16>().ok()?.checked_mul(10)? + tenth.parse::<u16>().ok()?))
    }

    /// Whether there is such a grade today.
    pub fn is_valid(self, facts: &GradeFacts) -> bool {
        let is_kept = || facts.kept.iter().any(|kept| Self::parse(kept) == Some(self));
        facts.valid.iter().any(|valid| Self::whole(*valid) == self) || is_kept()
    }

    /// Whether there is such a grade, or was.
    pub fn is_known(self, facts: &GradeFacts) -> bool {
        self.is_valid(facts) || self.outdated(facts).is_some()
    }

    /// What is known of a grade that was given up.
    pub fn outdated(self, facts: &GradeFacts) -> Option<&OutdatedGrade> {
        facts.outdated.iter().find(|outdated| Self::parse(&outdated.grade) == Some(self))
    }

    /// For JSON: 7, 9.5.
    pub fn value(self) -> f64 {
        f64::from(self.0) / 10.0
    }
}

impl fmt::Display for Grade {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_multiple_of(10) {
            write!(f, "{}", self.0 / 10)
        } else {
            write!(f, "{}.{}", self.0 / 10, self.0 % 10)
        }
    }
}

/// A grade and where it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GradeValue {
    pub grade: Grade,
    pub span: Span,
}

/// Whether two places that give grades can both be right: they share one, or one lies between two of the other.
pub fn agree(a: &[GradeValue], b: &[GradeValue]) -> bool {
    let within = |grade: &GradeValue, others: &[GradeValue]| {
        let values = || others.iter().map(|other| other.grade);
        values().min().is_some_and(|least| least <= grade.grade)
            && values().max().is_some_and(|most| grade.grade <= most)
    };
    a.iter().any(|grade| within(grade, b)) || b.iter().any(|grade| within(grade, a))
}

/// Grades in words: "7", "11 or 12".
pub fn in_words(grades: &[GradeValue]) -> String {
    grades.iter().map(|grade| grade.grade.to_string()).collect::<Vec<_>>().join(" or ")
}
