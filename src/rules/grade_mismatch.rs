use std::cell::OnceCell;
use std::collections::HashMap;

use crate::declare_rule;
use crate::model::{GradeStatement, GradeValue, Role, RoleName, grade};
use crate::rule::{RuleContext, Sink};
use crate::source::Span;
use crate::text::key;

declare_rule! {
    /// Two places give one role different grades: the table of levels and the role's text, or two sentences.
    ///
    /// The grade decides about pay, and a reader cannot know which of the two holds. Only a person can: the number is
    /// never changed by jflint. A sentence that gives several grades ("a grade 6 or a grade 7") agrees with each.
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// ## Levels
    ///
    /// | Role | Grade |
    /// | --- | --- |
    /// | [Tax Analyst](#tax-analyst) | 6 |
    ///
    /// ### Tax Analyst
    ///
    /// The Tax Analyst is a [grade 7](/handbook/#gitlab-job-grades).
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// ## Levels
    ///
    /// | Role | Grade |
    /// | --- | --- |
    /// | [Tax Analyst](#tax-analyst) | 6 |
    ///
    /// ### Tax Analyst
    ///
    /// The Tax Analyst is a [grade 6](/handbook/#gitlab-job-grades).
    /// ```
    "grade-mismatch", Grades, Error, yields_to: ["merge-conflict"]; check
}

/// A place that gives a role's grade.
struct Claim<'a> {
    grades: &'a [GradeValue],
    span: Span,
    place: &'static str,
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    let roles = OnceCell::new();
    let named = |name: &RoleName| {
        let roles: &HashMap<_, _> = roles.get_or_init(|| cx.family.roles_by_key());
        roles.get(&name.key()).map_or(&[][..], Vec::as_slice)
    };
    for (index, role) in cx.family.roles.iter().enumerate() {
        let claims = claims(cx, index, role, |statement| is_copy(cx, statement, index, &named));
        let Some((first, others)) = claims.split_first() else { continue };
        for other in others.iter().filter(|other| !grade::agree(first.grades, other.grades)) {
            report(cx, role, first, other, sink);
        }
    }
}

fn report(cx: &RuleContext<'_>, role: &Role, first: &Claim<'_>, other: &Claim<'_>, sink: &mut Sink) {
    let (here, there) = (grade::in_words(first.grades), grade::in_words(other.grades));
    sink.report(
        first.span,
        key(&role.written),
        format!("The grade of `{}` is {here} here and {there} {}", role.written, other.place),
    )
    .caption(format!("{here} here"))
    .label(other.span, format!("{there} {}", other.place))
    .help(help(cx, first, other));
}

fn help(cx: &RuleContext<'_>, first: &Claim<'_>, other: &Claim<'_>) -> String {
    let unknown = first.grades.iter().chain(other.grades).find(|grade| !grade.grade.is_known(&cx.facts.grades));
    unknown.map_or("Correct the one that is wrong".to_owned(), |grade| {
        format!("Correct the {0}: there is no grade {0}", grade.grade)
    })
}

fn place_of(grades: &[GradeValue]) -> Span {
    grades.iter().map(|grade| grade.span).reduce(Span::to).unwrap_or_default()
}

/// Every place that gives the grade, the one that counts first: the role's own text, else the table.
fn claims<'a>(
    cx: &'a RuleContext<'_>,
    index: usize,
    role: &'a Role,
    is_copy: impl Fn(&GradeStatement) -> bool,
) -> Vec<Claim<'a>> {
    if role.statements.iter().any(|statement| statement.told_elsewhere) {
        return Vec::new();
    }
    let own = || role.statements.iter().filter(|statement| !statement.grades.is_empty());
    let of_statement = |statement: &'a GradeStatement| Claim {
        grades: &statement.grades,
        span: place_of(&statement.grades),
        place: "in another sentence",
    };
    let mut claims: Vec<Claim<'a>> =
        own().filter(|statement| !statement.is_about_another()).map(of_statement).collect();
    if claims.is_empty() {
        // Copied from another role, name and number: that is one slip, and `role-mismatch` names it.
        claims.extend(own().filter(|statement| !is_copy(statement)).map(of_statement));
    }
    let rows = cx.family.rows_of(index).filter(|row| !row.grades.is_empty());
    claims.extend(rows.map(|row| Claim {
        grades: &row.grades,
        span: place_of(&row.grades),
        place: "in the table of levels",
    }));
    let family = role.family_statements.iter().filter(|statement| !statement.grades.is_empty());
    claims.extend(family.map(of_statement));
    claims
}

/// Whether another role, the one that the statement names, has that grade.
fn is_copy<'a>(
    cx: &RuleContext<'_>,
    statement: &GradeStatement,
    index: usize,
    named: &impl Fn(&RoleName) -> &'a [usize],
) -> bool {
    let name = RoleName::parse(&statement.subject, &cx.facts.levels);
    let others = named(&name).iter().filter(|other| **other != index);
    others.into_iter().any(|other| grade::agree(&statement.grades, &cx.family.grades_of(*other)))
}
