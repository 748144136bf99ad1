//! Tables that give the grade of each role.

use crate::model::grade::{Grade, GradeValue};
use crate::source::Span;
use crate::syntax::{NodeId, NodeKind, Tree};
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
    /// The link of the label, and where its destination is written.
    pub link: Option<(String, Span)>,
    pub grade: Option<GradeValue>,
    /// Index of the role that it is about.
    pub role: Option<usize>,
}

impl LevelsRow {
    /// The anchor on this page to which the label leads.
    pub fn anchor(&self) -> Option<&str> {
        self.link.as_ref().and_then(|(url, _)| url.strip_prefix('#'))
    }
}

/// Reads the tables directly below the root that have a grade column.
pub fn read_tables(tree: &Tree) -> Vec<LevelsTable> {
    tree.children(NodeId::ROOT)
        .filter(|id| tree.node(*id).kind == NodeKind::Table)
        .filter_map(|id| read_table(tree, id))
        .collect()
}

fn read_table(tree: &Tree, table: NodeId) -> Option<LevelsTable> {
    let mut rows = tree.children(table);
    let header: Vec<String> = tree.children(rows.next()?).map(|cell| fold(tree.visible(cell).text())).collect();
    let grade_column =
        header.iter().position(|text| matches!(text.as_str(), "grade" | "job grade" | "grades" | "level grade"));
    let role_column = header.iter().position(|text| {
        matches!(
            text.as_str(),
            "role" | "level" | "title" | "job title" | "job" | "position" | "roles" | "levels" | "name"
        )
    });
    // A single header cell over rows of two is a table without its second heading.
    let grade_column = grade_column.or((header.len() == 1).then_some(1));
    let role_column = role_column.unwrap_or(0);
    let rows: Vec<LevelsRow> = rows.flat_map(|row| read_row(tree, row, role_column, grade_column?)).collect();
    let is_levels = grade_column.is_some() && rows.iter().any(|row| row.grade.is_some());
    is_levels.then(|| LevelsTable { span: tree.node(table).span, rows })
}

fn read_row(tree: &Tree, row: NodeId, role_column: usize, grade_column: usize) -> Option<LevelsRow> {
    let cells: Vec<NodeId> = tree.children(row).collect();
    let label_cell = *cells.get(role_column)?;
    let label = tree.visible(label_cell);
    let text = label.text().trim();
    let start = label.text().len() - label.text().trim_start().len();
    if text.is_empty() {
        return None;
    }
    let link = tree.descendants(label_cell).find_map(|id| {
        let link = tree.node(id).link()?;
        Some((link.url.clone(), link.destination?))
    });
    let grade = cells.get(grade_column).and_then(|cell| read_grade(tree, *cell));
    Some(LevelsRow {
        label: text.to_owned(),
        label_span: label.span(start..start + text.len()),
        link,
        grade,
        role: None,
    })
}

/// The number of a cell: `[Grade 8](...)`, `6`, `Level 10`.
fn read_grade(tree: &Tree, cell: NodeId) -> Option<GradeValue> {
    let visible = tree.visible(cell);
    let text = visible.text();
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let length = text[start..].find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(text.len() - start);
    let number = text[start..start + length].trim_end_matches('.');
    let grade = Grade::parse(number)?;
    Some(GradeValue { grade, span: visible.span(start..start + number.len()) })
}
