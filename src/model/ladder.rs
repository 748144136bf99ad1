//! The ladder of a kind of work: its levels in order, and the steps on which the grade does not rise.

use std::cmp::Ordering;

use rustc_hash::FxHashMap;

use crate::facts::{LevelFacts, Track};
use crate::model::{GradeValue, JobFamily};

/// Two levels of one kind of work and one track, the higher of which has no higher grade.
#[derive(Debug, Clone, Copy)]
pub struct Step {
    /// Index of the role of the lower level.
    pub lower: usize,
    /// Index of the role of the higher level.
    pub higher: usize,
    pub lower_grade: GradeValue,
    pub higher_grade: GradeValue,
}

impl Step {
    /// How the grade of the higher level compares with that of the lower.
    pub fn order(&self) -> Ordering {
        self.higher_grade.grade.cmp(&self.lower_grade.grade)
    }
}

/// A role with its place on the ladder.
struct Rung {
    /// Index of the role.
    role: usize,
    rank: u16,
    grade: GradeValue,
}

/// The steps of a family that do not rise, one for each level: against the highest grade below it. Roles of other work or
/// of the other track are never compared: of 25 such "violations" in 217 documents none was one.
pub fn flat_steps(family: &JobFamily, levels: &LevelFacts) -> Vec<Step> {
    let mut ladders: FxHashMap<(&str, Track), Vec<Rung>> = FxHashMap::default();
    for (role, data) in family.roles.iter().enumerate() {
        let (Some(track), Some(rank)) = (data.name.track(), data.name.rank(levels)) else { continue };
        let Some(grade) = family.sole_grade_of(role) else { continue };
        ladders.entry((data.base.as_str(), track)).or_default().push(Rung { role, rank, grade });
    }
    let mut steps: Vec<Step> = ladders.into_values().flat_map(steps_of).collect();
    steps.sort_by_key(|step| (step.higher, step.lower));
    steps
}

fn steps_of(mut rungs: Vec<Rung>) -> Vec<Step> {
    rungs.sort_by_key(|rung| (rung.rank, rung.role));
    let mut steps = Vec::new();
    let mut highest: Option<&Rung> = None;
    for level in rungs.chunk_by(|a, b| a.rank == b.rank) {
        if let Some(lower) = highest {
            let flat = level.iter().filter(|rung| rung.grade.grade <= lower.grade.grade);
            steps.extend(flat.map(|rung| Step {
                lower: lower.role,
                higher: rung.role,
                lower_grade: lower.grade,
                higher_grade: rung.grade,
            }));
        }
        highest = level.iter().chain(highest).max_by_key(|rung| (rung.grade.grade, rung.rank));
    }
    steps
}
