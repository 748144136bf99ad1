use std::cell::OnceCell;
use std::collections::{BTreeMap, HashSet};

use crate::declare_rule;
use crate::facts::Track;
use crate::model::{LevelsRow, RoleName};
use crate::rule::{RuleContext, Sink};
use crate::text::key;

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
    "unmatched-table-row", Grades, Warning; check
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    if !cx.family.tables.is_empty() {
        rows(cx, sink);
        roles(cx, sink);
    }
}

fn rows(cx: &RuleContext<'_>, sink: &mut Sink) {
    let headings = OnceCell::new();
    // Where no row fits, the table is about something else.
    for table in cx.family.tables.iter().filter(|table| table.rows.iter().any(|row| row.role.is_some())) {
        for row in table.rows.iter().filter(|row| row.role.is_none() && !leads_elsewhere(cx, row)) {
            // A heading that jflint took for no role is a section all the same.
            let headings = headings.get_or_init(|| {
                cx.family.headings.iter().map(|heading| key_of(cx, &heading.text)).collect::<HashSet<_>>()
            });
            if !headings.contains(&key_of(cx, &row.label)) {
                report_row(row, sink);
            }
        }
    }
}

fn report_row(row: &LevelsRow, sink: &mut Sink) {
    let message = format!("No section on this page is about `{}`", row.label);
    let finding = sink
        .report(row.label_span, key(&row.label), message)
        .help("Add a section with that heading, or correct the row");
    if let Some(link) = &row.link {
        finding.label(link.destination, "so its link leads nowhere");
    }
}

fn leads_elsewhere(cx: &RuleContext<'_>, row: &LevelsRow) -> bool {
    let leads_elsewhere = |url: &str| url.strip_prefix('#').is_none_or(|anchor| cx.family.anchors().contains(anchor));
    row.link.as_ref().is_some_and(|link| leads_elsewhere(&link.url))
}

fn key_of(cx: &RuleContext<'_>, written: &str) -> String {
    RoleName::parse(written, &cx.facts.levels).key()
}

/// The levels of one kind of work, and how many of them the tables have.
#[derive(Default)]
struct Kin {
    listed: usize,
    missing: Vec<usize>,
    table: Option<usize>,
}

fn roles(cx: &RuleContext<'_>, sink: &mut Sink) {
    let mut kinds: BTreeMap<_, Kin> = BTreeMap::new();
    for (index, role) in cx.family.roles.iter().enumerate().filter(|(_, role)| role.heading.is_some()) {
        let is_management = role.name.track() == Some(Track::Management);
        let kin = kinds.entry((role.base.as_str(), is_management, role.group)).or_default();
        match role.rows.first() {
            Some(row) => {
                kin.listed += 1;
                kin.table = Some(row.table);
            }
            None => kin.missing.push(index),
        }
    }
    // A table that has most levels of a kind of work should have them all; of other work it may have none.
    for kin in kinds.values().filter(|kin| kin.listed > kin.missing.len()) {
        let Some(table) = kin.table.map(|table| &cx.family.tables[table]) else { continue };
        for role in kin.missing.iter().map(|role| &cx.family.roles[*role]) {
            sink.report(
                role.name_span,
                key(&role.written),
                format!("The table of levels has no row for `{}`", role.written),
            )
            .label(cx.source.line_span(cx.source.line_of(table.span.start)), "the table")
            .help(format!("Add a row for `{}` and its grade", role.written));
        }
    }
}
