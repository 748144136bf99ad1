use crate::declare_rule;
use crate::model::GradeValue;
use crate::rule::{RuleContext, Sink};
use crate::text::key;

declare_rule! {
    /// A grade that was given up, or that does not link to the list of job grades.
    ///
    /// Grade 9.5 ended in September 2022: the roles went to 9 or 10, and only the compensation team knows which. The
    /// link tells readers outside the company what a grade is. A table of levels may have bare numbers.
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// ### Tax Analyst
    ///
    /// The Tax Analyst is a [grade 9.5](/handbook/#gitlab-job-grades).
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// ### Tax Analyst
    ///
    /// The Tax Analyst is a [grade 9](/handbook/#gitlab-job-grades).
    /// ```
    "outdated-grade", Grades, Warning, yields_to: ["malformed-grade", "malformed-link"]; check
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    for role in &cx.family.roles {
        for statement in role.statements.iter().chain(&role.family_statements) {
            statement.grades.iter().for_each(|grade| given_up(cx, &role.written, grade, sink));
            if statement.link.is_none() && !statement.grades.is_empty() {
                sink.report(
                    statement.grade_span,
                    "link",
                    format!("The grade of `{}` has no link to the job grades", role.written),
                )
                .help(format!("Link it: `[grade {}]({})`", statement.grades[0].grade, cx.facts.grades.page));
            }
        }
    }
    for row in cx.family.tables.iter().flat_map(|table| &table.rows) {
        row.grades.iter().for_each(|grade| given_up(cx, &row.label, grade, sink));
    }
}

fn given_up(cx: &RuleContext<'_>, role: &str, grade: &GradeValue, sink: &mut Sink) {
    let Some(outdated) = grade.grade.outdated(&cx.facts.grades) else { return };
    sink.report(
        grade.span,
        format!("{} {}", key(role), grade.grade),
        format!("Grade {} ended in {}", grade.grade, outdated.since),
    )
    .help("Ask the compensation team which grade the role has now");
}
