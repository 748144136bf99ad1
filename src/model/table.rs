//! Tables that give the grade of each role.

use std::ops::Range;

use crate::facts::LevelsTableColumns;
use crate::model::grade::{Grade, GradeValue};
use crate::source::Span;
use crate::syntax::{NodeId, NodeKind, Tree, Visible};
use crate::text::fold;

/// A table of roles or levels and their grades.
#[derive(Debug, Clone)]
pub struct LevelsTable {
    pub span: Span,
    pub rows: Vec<LevelsRow>,
}

/// A row of such a table; two roles joined by `<br>` in one cell are two rows of one line.
#[derive(Debug, Clone)]
pub struct LevelsRow {
    pub label: String,
    pub label_span: Span,
    pub link: Option<LabelLink>,
    /// Most have one.
    pub grades: Vec<GradeValue>,
    /// Index of the role that it is about.
    pub role: Option<usize>,
    /// Index of the role at whose heading the link arrives.
    pub leads_to: Option<usize>,
}

/// The link of a row's label.
#[derive(Debug, Clone)]
pub struct LabelLink {
    pub url: String,
    /// Where the address is written.
    pub destination: Span,
}

impl LevelsRow {
    /// The anchor on this page to which the label leads.
    pub fn anchor(&self) -> Option<&str> {
        self.link.as_ref().and_then(|link| link.url.strip_prefix('#'))
    }
}

/// Reads the tables directly below the root that have a grade column.
pub fn read_tables(tree: &Tree, columns: &LevelsTableColumns) -> Vec<LevelsTable> {
    tree.children(NodeId::ROOT)
        .filter(|id| tree.node(*id).kind == NodeKind::Table)
        .filter_map(|id| read_table(tree, id, columns))
        .collect()
}

fn read_table(tree: &Tree, table: NodeId, columns: &LevelsTableColumns) -> Option<LevelsTable> {
    let mut rows = tree.children(table);
    let header: Vec<String> = tree.children(rows.next()?).map(|cell| fold(tree.visible(cell).text())).collect();
    let grade_column = header.iter().position(|text| columns.grade.contains(text));
    let role_column = header.iter().position(|text| columns.role.contains(text));
    // A single header cell over rows of two is a table without its second heading.
    let grade_column = grade_column.or((header.len() == 1).then_some(1))?;
    let role_column = role_column.unwrap_or(0);
    let rows: Vec<LevelsRow> = rows.flat_map(|row| read_row(tree, row, role_column, grade_column)).collect();
    let is_levels = rows.iter().any(|row| !row.grades.is_empty());
    is_levels.then(|| LevelsTable { span: tree.node(table).span, rows })
}

fn read_row(tree: &Tree, row: NodeId, role_column: usize, grade_column: usize) -> Vec<LevelsRow> {
    let cells: Vec<NodeId> = tree.children(row).collect();
    let Some(label_cell) = cells.get(role_column) else { return Vec::new() };
    let labels = lines_of(tree, *label_cell);
    let grades = cells.get(grade_column).map_or(Vec::new(), |cell| lines_of(tree, *cell));
    let grades_beside = |line: usize| match grades.get(line) {
        Some(own) if grades.len() == labels.len() => read_grades(own),
        _ => grades.iter().flat_map(read_grades).collect(),
    };
    let links = links_in(tree, *label_cell);
    labels.iter().enumerate().filter_map(|(line, label)| read_label(label, &links, grades_beside(line))).collect()
}

/// A link of a cell, and the part of the visible text that shows it.
struct ShownLink {
    shown: Range<usize>,
    link: LabelLink,
}

fn read_label(label: &Visible<'_>, links: &[ShownLink], grades: Vec<GradeValue>) -> Option<LevelsRow> {
    let text = label.text().trim();
    let start = label.text().len() - label.text().trim_start().len();
    if text.is_empty() {
        return None;
    }
    let is_inside = |shown: &Range<usize>| label.range().start <= shown.start && shown.end <= label.range().end;
    let link = links.iter().find(|link| is_inside(&link.shown)).map(|found| found.link.clone());
    let label_span = label.span(start..start + text.len());
    Some(LevelsRow { label: text.to_owned(), label_span, link, grades, role: None, leads_to: None })
}

fn links_in(tree: &Tree, cell: NodeId) -> Vec<ShownLink> {
    let read = |id: NodeId| {
        let link = tree.node(id).link()?;
        let label_link = LabelLink { url: link.url.clone(), destination: link.destination? };
        Some(ShownLink { shown: tree.visible(id).range(), link: label_link })
    };
    tree.descendants(cell).filter_map(read).collect()
}

/// A cell, cut at each `<br>`: the only HTML that a reader sees something of.
fn lines_of(tree: &Tree, cell: NodeId) -> Vec<Visible<'_>> {
    let whole = tree.visible(cell);
    let mut lines = Vec::new();
    let mut start = 0;
    let breaks = tree.descendants(cell).filter(|id| tree.node(*id).kind == NodeKind::HtmlInline);
    for shown in breaks.map(|id| tree.visible(id).range()).filter(|shown| !shown.is_empty()) {
        lines.push(whole.part(start..shown.start - whole.range().start));
        start = shown.end - whole.range().start;
    }
    lines.push(whole.part(start..whole.text().len()));
    lines
}

/// The numbers of a cell: `[Grade 8](...)`, `6`, `Level 10`, `6 or 7`.
fn read_grades(visible: &Visible<'_>) -> Vec<GradeValue> {
    let text = visible.text();
    let mut grades = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find(|c: char| c.is_ascii_digit()) {
        let start = at + found;
        let length = text[start..].find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(text.len() - start);
        let number = text[start..start + length].trim_end_matches('.');
        at = start + length;
        if let Some(grade) = Grade::parse(number) {
            grades.push(GradeValue { grade, span: visible.span(start..start + number.len()) });
        }
    }
    grades
}
