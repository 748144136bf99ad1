use crate::declare_rule;
use crate::facts::SectionKind;
use crate::model::Owner;
use crate::rule::{RuleContext, Sink};

declare_rule! {
    /// A role does not say which job grade it is.
    ///
    /// The grade decides about pay, and who has to approve a change. It may stand in the role's own text, in a table of
    /// levels, or in a Job Grade section of the family that names the role. A Job Level section that links the sheet
    /// with the levels counts as well: pages of 2026 have no number. The grades of executives are not published.
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// ## Levels
    ///
    /// ### Tax Analyst
    ///
    /// #### Responsibilities
    ///
    /// - Prepares the tax returns
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// ## Levels
    ///
    /// ### Tax Analyst
    ///
    /// #### Job Grade
    ///
    /// The Tax Analyst is a [grade 6](/handbook/#gitlab-job-grades).
    ///
    /// #### Responsibilities
    ///
    /// - Prepares the tax returns
    /// ```
    "missing-grade", Grades, Error; check
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    for (index, role) in cx.family.roles.iter().enumerate().filter(|_| !cx.family.is_stub) {
        if !cx.lacks_grade(index) {
            continue;
        }
        // A heading with nothing under it is where the grade is missed.
        let own = cx.family.sections_of(Owner::Role(index), SectionKind::JobGrade);
        let heading = own.into_iter().find_map(|section| cx.family.heading_of(section));
        let span = heading.map_or(role.name_span, |heading| heading.text_span);
        let sentence = format!("The {} is a [grade N]({}).", role.written, cx.facts.grades.page);
        sink.report(span, "grade", format!("`{}` has no job grade", role.written))
            .help(format!("Add a `Job Grade` section: \"{sentence}\""));
    }
}

#[cfg(test)]
mod tests {
    use crate::facts::Facts;
    use crate::lint::{Settings, lint};
    use crate::source::Source;

    #[test]
    fn an_empty_job_grade_is_told_once_and_there() {
        let page = "## Tax Analyst\n\n### Job Grade\n\n### Responsibilities\n\n- Files\n";
        let mut found = lint(&Source::new("x.md", page), &Settings::new(Facts::embedded())).diagnostics;
        found.retain(|one| matches!(one.rule, "missing-grade" | "empty-section"));
        assert_eq!((found.len(), found[0].rule, &page[found[0].span.range()]), (1, "missing-grade", "Job Grade"));
    }

    #[test]
    fn a_role_below_the_hiring_process_needs_a_grade_too() {
        let page = "## Tax Analyst\n\n### Job Grade\n\nThe Tax Analyst is a grade 6.\n\n## Hiring Process\n\n- A call\n\n\
            ### Tax Director\n\n#### Responsibilities\n\n- Files\n";
        let found = super::RULE.findings(&Source::new("x.md", page));
        assert_eq!(found[0].message, "`Tax Director` has no job grade");
    }
}
