use crate::declare_rule;
use crate::facts::SectionKind;
use crate::model::{JobFamily, Role};
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
        if has_grade(cx.family, index, role) || !role.name.is_graded() {
            continue;
        }
        sink.report(role.name_span, "grade", format!("`{}` has no job grade", role.written)).help(format!(
            "Add a `Job Grade` section: \"The {} is a [grade N](/handbook/total-rewards/compensation/compensation-calculator/#gitlab-job-grades).\"",
            role.written
        ));
    }
}

fn has_grade(family: &JobFamily, index: usize, role: &Role) -> bool {
    !family.grades_of(index).is_empty()
        // A grade without a number is another rule's matter, or explains itself.
        || !role.statements.is_empty()
        || !role.family_statements.is_empty()
        || family.has_own(index, SectionKind::JobGrade)
}
