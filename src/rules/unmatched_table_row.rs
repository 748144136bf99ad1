use crate::declare_rule;
use crate::model::{LevelsRow, LevelsTable, Role, RoleName};
use crate::rule::{RuleContext, Sink};
use crate::text::fold;

declare_rule! {
    /// A row of the table of levels has no section on the page, or a role has no row in the table.
    ///
    /// The table is what a reader looks at first: a role that stands only there has no text, and one that is missing
    /// there is not found. A row that links another page stands for the role there.
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// ## Levels
    ///
    /// | Role | Grade |
    /// | --- | --- |
    /// | Tax Analyst | 6 |
    /// | VP, Tax | 12 |
    ///
    /// ### Tax Analyst
    ///
    /// The Tax Analyst is a [grade 6](/handbook/#gitlab-job-grades).
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// ## Levels
    ///
    /// | Role | Grade |
    /// | --- | --- |
    /// | Tax Analyst | 6 |
    ///
    /// ### Tax Analyst
    ///
    /// The Tax Analyst is a [grade 6](/handbook/#gitlab-job-grades).
    /// ```
    "unmatched-table-row", Grades, Warning, yields_to: ["table-link-mismatch"]; check
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    // Where no row fits, the table is about something else.
    for table in cx.family.tables.iter().filter(|table| table.rows.iter().any(|row| row.role.is_some())) {
        for row in table.rows.iter().filter(|row| row.role.is_none() && !leads_elsewhere(row) && !has_heading(cx, row)) {
            let message = format!("No section on this page is about `{}`", row.label);
            let finding = sink
                .report(row.label_span, fold(&row.label), message)
                .help("Add a section with that heading, or correct the row");
            if let Some((_, destination)) = row.link {
                finding.label(destination, "so its link leads nowhere");
            }
        }
    }
    for role in cx.family.roles.iter().filter(|role| role.rows.is_empty() && role.heading.is_some()) {
        if let Some(table) = cx.family.tables.iter().find(|table| should_have(cx, table, role)) {
            sink.report(role.name_span, fold(&role.written), format!("The table of levels has no row for `{}`", role.written))
                .label(cx.source.line_span(cx.source.line_of(table.span.start)), "the table")
                .help(format!("Add a row for `{}` and its grade", role.written));
        }
    }
}

fn leads_elsewhere(row: &LevelsRow) -> bool {
    row.link.as_ref().is_some_and(|(url, _)| !url.starts_with('#'))
}

/// A heading that jflint took for no role is a section all the same.
fn has_heading(cx: &RuleContext<'_>, row: &LevelsRow) -> bool {
    let label = RoleName::parse(&row.label, &cx.facts.levels);
    row.anchor().is_some_and(|anchor| cx.family.anchors.contains(anchor))
        || cx.family.headings.iter().any(|heading| RoleName::parse(&heading.text, &cx.facts.levels).is_same(&label))
}

/// Whether a table that holds most levels of a role's kind of work should hold this one.
fn should_have(cx: &RuleContext<'_>, table: &LevelsTable, role: &Role) -> bool {
    let is_kin = |other: &&Role| other.name.base() == role.name.base() && other.name.track() == role.name.track() && other.group == role.group;
    let is_listed = |other: &&Role| table.rows.iter().any(|row| row.role.is_some_and(|index| std::ptr::eq(&cx.family.roles[index], *other)));
    let kin = cx.family.roles.iter().filter(is_kin);
    let (listed, missing): (Vec<&Role>, Vec<&Role>) = kin.partition(is_listed);
    listed.len() > missing.len()
}
