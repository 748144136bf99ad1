use crate::declare_rule;
use crate::diagnostic::Safety;
use crate::model::LevelsRow;
use crate::model::slug::{SlugRule, slug};
use crate::rule::{RuleContext, Sink};
use crate::text::key;

declare_rule! {
    /// A row of the table of levels leads to another role than the one that it names.
    ///
    /// Rows are copied, and the link of the copy is forgotten: the reader who wants the Senior Manager arrives at the
    /// Director.
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// ## Levels
    ///
    /// | Role | Grade |
    /// | --- | --- |
    /// | [Tax Analyst](#tax-analyst) | 6 |
    /// | [Senior Tax Analyst](#tax-analyst) | 7 |
    ///
    /// ### Tax Analyst
    ///
    /// The Tax Analyst is a [grade 6](/handbook/#gitlab-job-grades).
    ///
    /// ### Senior Tax Analyst
    ///
    /// The Senior Tax Analyst is a [grade 7](/handbook/#gitlab-job-grades).
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// ## Levels
    ///
    /// | Role | Grade |
    /// | --- | --- |
    /// | [Sr Analyst](#senior-tax-analyst) | 7 |
    ///
    /// ### Senior Tax Analyst
    ///
    /// The Senior Tax Analyst is a [grade 7](/handbook/#gitlab-job-grades).
    /// ```
    "table-link-mismatch", Grades, Warning, fix: Unsafe; check
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    for row in cx.family.tables.iter().flat_map(|table| &table.rows) {
        if row.leads_to.is_some() && row.leads_to != row.role {
            report(cx, row, sink);
        }
    }
}

fn report(cx: &RuleContext<'_>, row: &LevelsRow, sink: &mut Sink) {
    let (Some(role), Some(link)) = (row.leads_to, &row.link) else { return };
    let arrives = &cx.family.roles[role];
    let message = format!("The row of `{}` leads to `{}`", row.label, arrives.written);
    let finding = sink
        .report(link.destination, key(&row.label), message)
        .label(row.label_span, "the role of this row")
        .label(arrives.name_span, "where its link arrives");
    let own = row.role.and_then(|role| cx.family.roles[role].heading).map(|heading| &cx.family.headings[heading]);
    let Some(heading) = own else {
        finding.help("Correct the link, or the role that the row names");
        return;
    };
    let anchor = slug(&heading.text, SlugRule::Hugo);
    finding.help(format!("Link `#{anchor}`")).fix(
        Safety::Unsafe,
        format!("Link `#{anchor}`"),
        link.destination,
        format!("#{anchor}"),
    );
}
