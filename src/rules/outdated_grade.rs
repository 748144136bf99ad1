use crate::declare_rule;
use crate::model::{GradeStatement, GradeValue};
use crate::rule::{RuleContext, Sink};
use crate::source::Span;
use crate::text::{fold, key};

declare_rule! {
    /// A grade that was given up, that does not link to the list of job grades, or is a number alone.
    ///
    /// Grade 9.5 ended in September 2022: the roles went to 9 or 10, and only the compensation team knows which. The
    /// link tells readers outside the company what a grade is, and the word that the number is one: nobody "is a 7". A table
    /// of levels may have bare numbers.
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// ### Tax Analyst
    ///
    /// The Tax Analyst is a [grade 9.5](/handbook/#gitlab-job-grades).
    ///
    /// ### Senior Tax Analyst
    ///
    /// The Senior Tax Analyst is a [10](/handbook/#gitlab-job-grades).
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
            number_alone(cx, statement, sink);
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

/// "The Analyst is a [7](...)"
fn number_alone(cx: &RuleContext<'_>, statement: &GradeStatement, sink: &mut Sink) {
    let Some(link) = statement.link.map(|link| cx.tree.node(link).span) else { return };
    let written = cx.source.slice(statement.grade_span);
    let before = Span::new(statement.subject_span.end.max(statement.span.start), statement.grade_span.start);
    let (before, after) = (cx.source.slice(before), cx.source.slice(Span::new(link.end, statement.span.end)));
    let says_what = |text: &str| ["grade", "level"].iter().any(|word| fold(text).contains(word));
    let is_number = statement.grades.iter().any(|grade| grade.span == statement.grade_span);
    if is_number && before.trim_start().starts_with("is ") && !says_what(before) && !says_what(after) {
        sink.report(statement.grade_span, "number", format!("The grade is the number `{written}` alone"))
            .help(format!("Write `[grade {written}]`"));
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
