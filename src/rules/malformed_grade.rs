use crate::declare_rule;
use crate::diagnostic::Safety;
use crate::model::{GradeStatement, GradeValue, Role};
use crate::rule::{RuleContext, Sink};
use crate::source::Span;
use crate::text::key;

declare_rule! {
    /// A grade that cannot be read: no number, `#` or braces left from the template, or a number that is no grade.
    ///
    /// The template's sentence is "The {Role} is a grade #": what is left of it shows up on the page. The grades run from
    /// 4 to 12, and 14 and 15 are executives'.
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// ### Tax Analyst
    ///
    /// #### Job Grade
    ///
    /// The {Tax Analyst} is a [grade #6](/handbook/#gitlab-job-grades).
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// ### Tax Analyst
    ///
    /// #### Job Grade
    ///
    /// The Tax Analyst is a [grade 6](/handbook/#gitlab-job-grades).
    /// ```
    "malformed-grade", Grades, Error, fix: Unsafe, yields_to: ["template-text", "grade-mismatch"]; check
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    for role in &cx.family.roles {
        for statement in role.statements.iter().chain(&role.family_statements) {
            braces(cx, statement, sink);
            number(cx, role, statement, sink);
            statement.grades.iter().for_each(|grade| existence(cx, &role.written, grade, sink));
        }
    }
    for row in cx.family.tables.iter().flat_map(|table| &table.rows) {
        row.grades.iter().for_each(|grade| existence(cx, &row.label, grade, sink));
    }
}

fn braces(cx: &RuleContext<'_>, statement: &GradeStatement, sink: &mut Sink) {
    let written = cx.source.slice(statement.subject_span);
    if !written.starts_with('{') || !written.ends_with('}') {
        return;
    }
    let named = statement.named();
    sink.report(statement.subject_span, "braces", format!("The braces of the template are left round `{named}`"))
        .help("Take the braces out")
        .fix(Safety::Unsafe, "Take the braces out", statement.subject_span, named);
}

fn number(cx: &RuleContext<'_>, role: &Role, statement: &GradeStatement, sink: &mut Sink) {
    let Some(first) = statement.grades.first() else {
        // "The Lead is a grade above it" after the grade itself.
        let is_stated = role.statements.iter().any(|other| !other.grades.is_empty());
        if statement.is_malformed() && !is_stated {
            sink.report(statement.grade_span, "no number", format!("The grade of `{}` has no number", role.written))
                .help("Write the number, as in `[grade N](...)`");
        }
        return;
    };
    let sign = Span::new(first.span.start.saturating_sub(1), first.span.start);
    if cx.source.slice(sign) == "#" {
        sink.report(
            sign,
            "number sign",
            format!("The `#` of the template is left before the grade of `{}`", role.written),
        )
        .help(format!("Write `grade {}`", first.grade))
        .fix(Safety::Unsafe, "Take the `#` out", sign, "");
    }
}

fn existence(cx: &RuleContext<'_>, role: &str, grade: &GradeValue, sink: &mut Sink) {
    if grade.grade.is_known(&cx.facts.grades) {
        return;
    }
    let grades = &cx.facts.grades;
    let valid: Vec<String> = grades.valid.iter().map(u16::to_string).chain(grades.kept.iter().cloned()).collect();
    sink.report(grade.span, format!("{} {}", key(role), grade.grade), format!("There is no grade {}", grade.grade))
        .help(format!("Correct the number: the grades are {}", valid.join(", ")));
}
