use crate::declare_rule;
use crate::model::{GradeStatement, Relation, Role};
use crate::rule::{RuleContext, Sink};
use crate::text::fold;

declare_rule! {
    /// A sentence names the role with more or fewer words than its heading.
    ///
    /// A reader cannot tell whether "Director, Channel Sales Manager" is the "Director, Channel Sales" above it, and a
    /// search for the one does not find the other. Abbreviations, the order of the words and levels in parentheses are no
    /// other name.
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// ### Director, Channel Sales
    ///
    /// #### Job Grade
    ///
    /// The Director, Channel Sales Manager is a [grade 10](/handbook/#gitlab-job-grades).
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// ### Director, Channel Sales
    ///
    /// #### Job Grade
    ///
    /// The Director of Channel Sales is a [grade 10](/handbook/#gitlab-job-grades).
    /// ```
    "role-name-variant", Grades, Warning, yields_to: ["role-mismatch"]; check
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    for role in cx.family.roles.iter().filter(|role| role.heading.is_some() && !role.name.is_bare_level()) {
        for statement in &role.statements {
            report(role, statement, sink);
        }
    }
}

fn report(role: &Role, statement: &GradeStatement, sink: &mut Sink) {
    let how = match statement.names {
        Relation::Longer => "has more words than",
        Relation::Shorter => "has fewer words than",
        _ => return,
    };
    let named = statement.named();
    sink.report(statement.subject_span, fold(named), format!("The name `{named}` {how} the heading `{}`", role.written))
        .label(role.name_span, "the heading above it")
        .help("Use one name in both places");
}
