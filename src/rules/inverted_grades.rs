use std::cmp::Ordering;

use crate::declare_rule;
use crate::model::ladder::flat_steps;
use crate::rule::{RuleContext, Sink};
use crate::text::key;

declare_rule! {
    /// A higher level has a lower grade than a level below it.
    ///
    /// Only levels of one kind of work and one track are compared: a "Manager, Tax" may well have a higher grade than a
    /// "Senior Tax Analyst", and an "Accounting Manager" a lower one than a "Principal Accountant".
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
    /// The Senior Tax Analyst is a [grade 6](/handbook/#gitlab-job-grades).
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// ### Senior Tax Analyst
    ///
    /// The Senior Tax Analyst is a [grade 8](/handbook/#gitlab-job-grades).
    ///
    /// ### Senior Payroll Specialist
    ///
    /// The Senior Payroll Specialist is a [grade 7](/handbook/#gitlab-job-grades).
    /// ```
    "inverted-grades", Grades, Error, yields_to: ["grade-mismatch", "malformed-grade"]; check
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    for step in flat_steps(cx.family, &cx.facts.levels).iter().filter(|step| step.order() == Ordering::Less) {
        let (higher, lower) = (&cx.family.roles[step.higher].written, &cx.family.roles[step.lower].written);
        let (grade, other) = (step.higher_grade.grade, step.lower_grade.grade);
        let key = format!("{} {}", key(higher), key(lower));
        sink.report(
            step.higher_grade.span,
            key,
            format!("`{higher}` has grade {grade}, below the {other} of `{lower}`"),
        )
        .label(step.lower_grade.span, format!("{other} for `{lower}`"))
        .help("Correct the one that is wrong: the higher level has the higher grade");
    }
}
