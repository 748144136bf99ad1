use crate::declare_rule;
use crate::model::{GradeStatement, Role};
use crate::rule::{RuleContext, Sink};
use crate::text::key;

declare_rule! {
    /// The sentence with a role's grade names another role, level or track than the heading above it.
    ///
    /// Mostly the sentence was copied from the level below, and its grade with it. Abbreviations, the order of the words
    /// and "(Intermediate)" make no other role.
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// ### Senior Tax Analyst
    ///
    /// #### Job Grade
    ///
    /// The Tax Analyst is a [grade 7](/handbook/#gitlab-job-grades).
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// ### Senior Tax Analyst
    ///
    /// #### Job Grade
    ///
    /// The Sr. Analyst, Tax is a [grade 7](/handbook/#gitlab-job-grades).
    /// ```
    "role-mismatch", Grades, Error; check
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    for role in cx.family.roles.iter().filter(|role| !is_one_of_several(role)) {
        for statement in role.statements.iter().filter(|statement| statement.is_about_another()) {
            report(role, statement, sink);
        }
    }
}

fn report(role: &Role, statement: &GradeStatement, sink: &mut Sink) {
    let named = statement.named();
    sink.report(
        statement.subject_span,
        key(named),
        format!("The grade sentence of `{}` is about `{named}`", role.written),
    )
    .caption(statement.relation.other_in_words().unwrap_or_default())
    .label(role.name_span, "the heading above it")
    .help(format!("Write `{}`, and check that the grade is its own; or correct the heading", role.written));
}

/// Where one sentence names the role itself, others beside it compare it with the levels around it.
fn is_one_of_several(role: &Role) -> bool {
    role.statements.iter().any(|other| !other.is_about_another() && !other.subject.is_empty())
}
