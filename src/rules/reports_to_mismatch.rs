use std::cell::OnceCell;

use crate::declare_rule;
use crate::model::{Relation, ReportsTo, Role, RoleName};
use crate::rule::{RuleContext, Sink};
use crate::text::key;

declare_rule! {
    /// The sentence that says to whom a role reports is about another role or level.
    ///
    /// It was mostly copied from the level below, with the manager who is named in it. Sentences about the people who
    /// report to the role ("Analysts report to the Manager, Tax") are no such thing.
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// ### Senior Tax Analyst
    ///
    /// The Tax Analyst reports to the Manager, Tax.
    ///
    /// #### Job Grade
    ///
    /// The Senior Tax Analyst is a [grade 7](/handbook/#gitlab-job-grades).
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// ### Manager, Tax
    ///
    /// The Tax Manager reports to the Director, Tax, and Senior Tax Analysts report to the Manager, Tax.
    ///
    /// #### Job Grade
    ///
    /// The Manager, Tax is a [grade 8](/handbook/#gitlab-job-grades).
    /// ```
    "reports-to-mismatch", Grades, Warning; check
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    let roles = OnceCell::new();
    let has_role = |name: &RoleName| roles.get_or_init(|| cx.family.roles_by_key()).contains_key(&name.key());
    for role in cx.family.roles.iter().filter(|role| role.heading.is_some()) {
        for sentence in role.reports_to.iter().filter(|sentence| is_about_another(cx, role, sentence, has_role)) {
            report(role, sentence, sink);
        }
    }
}

fn is_about_another(
    cx: &RuleContext<'_>,
    role: &Role,
    sentence: &ReportsTo,
    has_role: impl Fn(&RoleName) -> bool,
) -> bool {
    match sentence.relation {
        Relation::OtherLevel => true,
        // "The team reports to": another name counts when it is that of another role here, or below "### Staff" of
        // another level.
        Relation::Other => {
            let subject = RoleName::parse(&sentence.subject, &cx.facts.levels);
            let is_level = role.name.is_bare_level() && subject.has_role_noun(&cx.facts.levels);
            has_role(&subject) || is_level && subject.level() != role.name.level()
        }
        Relation::Same | Relation::Shorter | Relation::Longer => false,
    }
}

fn report(role: &Role, sentence: &ReportsTo, sink: &mut Sink) {
    let subject = &sentence.subject;
    let message = format!("The sentence under `{}` says to whom the `{subject}` reports", role.written);
    sink.report(sentence.subject_span, key(subject), message)
        .caption(if sentence.relation == Relation::OtherLevel { "another level" } else { "another role" })
        .label(role.name_span, "the heading above it")
        .help(format!("Write `{}`, and check to whom it reports", role.written));
}

#[cfg(test)]
mod tests {
    use crate::source::Source;

    #[test]
    fn below_a_level_alone_the_level_tells() {
        let page = |sentence: &str| {
            format!(
                "---\ntitle: Tax Analyst\n---\n\n## Levels\n\n### Staff\n\n{sentence}\n\n#### Job Grade\n\nThis role is a grade 8.\n"
            )
        };
        let count = |sentence: &str| super::RULE.findings(&Source::new("x.md", page(sentence))).len();
        assert_eq!(count("The Senior Tax Analyst reports to the Manager, Tax."), 1);
        for right in
            ["The Staff Tax Analyst reports to the Manager.", "The team reports to the Manager.", "It reports to me."]
        {
            assert_eq!(count(right), 0, "{right}");
        }
    }
}
