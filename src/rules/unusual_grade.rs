use crate::declare_rule;
use crate::facts::{TitleGrade, Track};
use crate::model::Grade;
use crate::rule::{RuleContext, Sink};
use crate::text::key;

declare_rule! {
    /// A title that has the same grade in every job family has another one here.
    ///
    /// A Senior Manager is grade 9, a Director 10, a Senior Director 11 and a Vice President 12, whatever the department.
    /// The one that differs was mostly copied with the sentence of another level.
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// ### Senior Manager, Tax
    ///
    /// The Senior Manager, Tax is a [grade 8](/handbook/#gitlab-job-grades).
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// ### Senior Manager, Tax
    ///
    /// The Senior Manager, Tax is a [grade 9](/handbook/#gitlab-job-grades).
    ///
    /// ### Senior Tax Manager
    ///
    /// The Senior Tax Manager is a [grade 7](/handbook/#gitlab-job-grades).
    /// ```
    "unusual-grade", Grades, Warning, yields_to: ["grade-mismatch", "malformed-grade", "outdated-grade", "inverted-grades"]; check
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    for (index, role) in cx.family.roles.iter().enumerate() {
        let (Some(title), Some(found)) = (title_of(cx, index), cx.family.sole_grade_of(index)) else { continue };
        if found.grade == Grade::whole(title.grade) {
            continue;
        }
        let level = &title.level;
        let message =
            format!("`{}` has grade {}, but a {level} has {} elsewhere", role.written, found.grade, title.grade);
        sink.report(found.span, key(&role.written), message)
            .help(format!("Check the number: every {level} has grade {}", title.grade));
    }
}

fn title_of<'a>(cx: &'a RuleContext<'_>, role: usize) -> Option<&'a TitleGrade> {
    let name = &cx.family.roles[role].name;
    let level = name.level().filter(|_| name.track() == Some(Track::Management))?;
    cx.facts.grades.titles.iter().find(|title| title.level == level)
}
