use std::cmp::Ordering;

use crate::declare_rule;
use crate::model::ladder::{Step, flat_steps};
use crate::rule::{RuleContext, Sink};
use crate::text::key;

declare_rule! {
    /// Two levels of one kind of work have the same grade.
    ///
    /// It may be meant: in Sales, levels often differ by quota and not by grade. Ladders that are known to be so are left
    /// alone, and so is a role whose text says that it has the same grade.
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// ### Tax Analyst
    ///
    /// The Tax Analyst is a [grade 7](/handbook/#gitlab-job-grades).
    ///
    /// ### Senior Tax Analyst
    ///
    /// The Senior Tax Analyst is a [grade 7](/handbook/#gitlab-job-grades).
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// ### Area Sales Manager
    ///
    /// The Area Sales Manager is a [grade 9](/handbook/#gitlab-job-grades).
    ///
    /// ### Senior Area Sales Manager
    ///
    /// The Senior Area Sales Manager is a [grade 9](/handbook/#gitlab-job-grades).
    /// ```
    "equal-grades", Grades, Info, yields_to: ["grade-mismatch", "malformed-grade"]; check
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    for step in flat_steps(cx.family, &cx.facts.levels).iter().filter(|step| step.order() == Ordering::Equal) {
        if !is_by_design(cx, step) && !says_so(cx, step) {
            report(cx, step, sink);
        }
    }
}

fn report(cx: &RuleContext<'_>, step: &Step, sink: &mut Sink) {
    let (higher, lower) = (&cx.family.roles[step.higher].written, &cx.family.roles[step.lower].written);
    let grade = step.higher_grade.grade;
    let key = format!("{} {}", key(higher), key(lower));
    sink.report(step.higher_grade.span, key, format!("`{higher}` has the same grade {grade} as `{lower}`"))
        .label(step.lower_grade.span, format!("{grade} for `{lower}` too"))
        .help("Check that the two are meant to have one grade");
}

fn is_by_design(cx: &RuleContext<'_>, step: &Step) -> bool {
    let base = &cx.family.roles[step.higher].base;
    let has = |word: &str| base.split(' ').any(|own| own == word);
    cx.facts.grades.equal_by_design.iter().any(|ladder| ladder.words.iter().all(|word| has(word)))
}

/// "This job is the same grade as the Analyst."
fn says_so(cx: &RuleContext<'_>, step: &Step) -> bool {
    let text = cx.source.slice(cx.family.roles[step.higher].span).as_bytes();
    ["same grade", "same job grade"].iter().any(|words| memchr::memmem::find(text, words.as_bytes()).is_some())
}

#[cfg(test)]
mod tests {
    use crate::facts::Facts;
    use crate::model::RoleName;

    #[test]
    fn every_ladder_by_design_has_a_role() {
        let facts = Facts::embedded();
        for ladder in &facts.grades.equal_by_design {
            let base = RoleName::parse(&ladder.example, &facts.levels).base();
            assert!(
                ladder.words.iter().all(|word| base.split(' ').any(|own| own == word)),
                "{}: {base}",
                ladder.example
            );
        }
    }
}
