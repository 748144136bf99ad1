//! `jflint outline`: what jflint understood of a document, as a tree to read and as JSON.

use std::fmt::Write as _;

use serde::Serialize;

use crate::facts::{Facts, SectionKind, Track};
use crate::model::{GradeSource, JobFamily, LevelsRow, Owner, Role, Section, Target};
use crate::source::{Source, Span};
use crate::syntax::Tree;

/// The JSON form, version 1.
#[derive(Debug, Serialize)]
pub struct Outline {
    pub schema: u8,
    pub documents: Vec<Document>,
}

/// One document.
#[derive(Debug, Serialize)]
pub struct Document {
    pub path: String,
    pub title: Option<String>,
    pub description: Option<String>,
    pub overview: Option<usize>,
    pub stub: bool,
    pub roles: Vec<RoleOutline>,
    pub sections: Vec<SectionOutline>,
    pub containers: Vec<ContainerOutline>,
    pub specialties: Vec<SpecialtyOutline>,
    pub tables: Vec<TableOutline>,
    pub anchors: Vec<String>,
}

/// A role. `line` is its heading's, 1 where the title is the role.
#[derive(Debug, Serialize)]
pub struct RoleOutline {
    pub name: String,
    pub line: usize,
    pub base: String,
    pub level: Option<String>,
    pub track: Option<Track>,
    pub grades: Vec<GradeOutline>,
    /// The page says where the grade is instead of giving it.
    pub grade_elsewhere: bool,
    pub reports_to: Option<String>,
    pub extends: Vec<ExtendsOutline>,
}

/// A grade and where it comes from: `body`, `table`, `family`.
#[derive(Debug, Serialize)]
pub struct GradeOutline {
    pub value: f64,
    pub line: usize,
    pub source: &'static str,
}

/// What a role takes over: `section` is where it says so (nothing for its introduction), `role` the line of the role
/// that it extends, if the page has it.
#[derive(Debug, Serialize)]
pub struct ExtendsOutline {
    pub line: usize,
    pub section: Option<SectionKind>,
    pub name: String,
    pub role: Option<usize>,
}

/// A section. `owner` is the line of its role's or specialty's heading, 0 for the family.
#[derive(Debug, Serialize)]
pub struct SectionOutline {
    pub kind: SectionKind,
    pub line: usize,
    pub owner: usize,
    pub items: usize,
}

/// Levels, Specialties or Segment.
#[derive(Debug, Serialize)]
pub struct ContainerOutline {
    pub kind: SectionKind,
    pub line: usize,
}

/// A specialty or segment.
#[derive(Debug, Serialize)]
pub struct SpecialtyOutline {
    pub name: String,
    pub line: usize,
}

/// A table of roles and grades.
#[derive(Debug, Serialize)]
pub struct TableOutline {
    pub line: usize,
    pub rows: Vec<RowOutline>,
}

/// A row of it; `role` is the line of the role that it is about.
#[derive(Debug, Serialize)]
pub struct RowOutline {
    pub line: usize,
    pub label: String,
    pub anchor: Option<String>,
    pub grade: Option<f64>,
    pub role: Option<usize>,
}

/// Outlines some documents.
pub fn outline(sources: &[Source], facts: &Facts) -> Outline {
    Outline { schema: 1, documents: sources.iter().map(|source| document(source, facts)).collect() }
}

/// Outlines one document.
pub fn document(source: &Source, facts: &Facts) -> Document {
    let tree = Tree::parse(source);
    let family = JobFamily::read(source, &tree, facts);
    let writer = Outliner { source, family: &family };
    Document {
        path: source.path().to_owned(),
        title: family.title().map(str::to_owned),
        description: family.front_matter.description.as_ref().map(|scalar| scalar.text.clone()),
        overview: family.overview.map(|span| source.line_of(span.start)),
        stub: family.is_stub,
        roles: family.roles.iter().enumerate().map(|(index, role)| writer.role(index, role)).collect(),
        // A template that stands for a section has no heading to point at.
        sections: family
            .sections
            .iter()
            .filter(|section| section.heading.is_some())
            .map(|section| writer.section(section))
            .collect(),
        containers: family
            .containers
            .iter()
            .map(|container| ContainerOutline { kind: container.kind, line: writer.heading_line(container.heading) })
            .collect(),
        specialties: family
            .specialties
            .iter()
            .map(|specialty| SpecialtyOutline {
                name: specialty.name.clone(),
                line: writer.heading_line(specialty.heading),
            })
            .collect(),
        tables: writer.tables(),
        anchors: family.anchors().listed().map(str::to_owned).collect(),
    }
}

struct Outliner<'a> {
    source: &'a Source,
    family: &'a JobFamily,
}

impl Outliner<'_> {
    fn line(&self, span: Span) -> usize {
        self.source.line_of(span.start)
    }

    fn heading_line(&self, heading: usize) -> usize {
        self.line(self.family.headings[heading].span)
    }

    fn role_line(&self, role: usize) -> usize {
        self.family.roles[role].heading.map_or(1, |heading| self.heading_line(heading))
    }

    fn role(&self, index: usize, role: &Role) -> RoleOutline {
        RoleOutline {
            name: role.written.clone(),
            line: self.role_line(index),
            base: role.base.clone(),
            level: role.name.level().map(str::to_owned),
            track: role.name.track(),
            grades: self.grades(index),
            grade_elsewhere: role.statements.iter().any(|statement| statement.told_elsewhere),
            reports_to: role.reports_to.first().map(|sentence| sentence.object.clone()),
            extends: role
                .extensions
                .iter()
                .map(|extension| ExtendsOutline {
                    line: self.line(extension.span),
                    section: extension.section,
                    name: extension.name.clone(),
                    role: match extension.target {
                        Target::Role(target) => Some(self.role_line(target)),
                        Target::Elsewhere | Target::Unknown => None,
                    },
                })
                .collect(),
        }
    }

    fn grades(&self, role: usize) -> Vec<GradeOutline> {
        let source = match self.family.grade_source_of(role) {
            GradeSource::Body => "body",
            GradeSource::Table => "table",
            GradeSource::Family => "family",
        };
        self.family
            .grades_of(role)
            .into_iter()
            .map(|grade| GradeOutline { value: grade.grade.value(), line: self.line(grade.span), source })
            .collect()
    }

    fn section(&self, section: &Section) -> SectionOutline {
        SectionOutline {
            kind: section.kind,
            line: self.line(section.span),
            owner: match section.owner {
                Owner::Family => 0,
                Owner::Role(role) => self.role_line(role),
                Owner::Specialty(index) => self.heading_line(self.family.specialties[index].heading),
            },
            items: section.items.len(),
        }
    }

    fn tables(&self) -> Vec<TableOutline> {
        let row = |row: &LevelsRow| RowOutline {
            line: self.line(row.label_span),
            label: row.label.clone(),
            anchor: row.anchor().map(str::to_owned),
            grade: row.grades.first().map(|grade| grade.grade.value()),
            role: row.role.map(|role| self.role_line(role)),
        };
        self.family
            .tables
            .iter()
            .map(|table| TableOutline { line: self.line(table.span), rows: table.rows.iter().map(row).collect() })
            .collect()
    }
}

impl RoleOutline {
    /// Its level word, or that it has none.
    pub fn level_in_words(&self) -> &str {
        self.level.as_deref().unwrap_or("no level word")
    }

    /// Whether it leads people; nothing where the name does not tell.
    pub fn track_in_words(&self) -> Option<&'static str> {
        self.track.map(|track| match track {
            Track::Management => "leads people",
            Track::Ic => "individual work",
        })
    }
}

impl Document {
    /// A tree to read: what jflint took for the family, its roles, their grades and sections.
    pub fn to_text(&self) -> String {
        let mut text = format!("{}\n  title: {}\n", self.path, self.title.as_deref().unwrap_or("none"));
        if self.stub {
            text.push_str("  a page without roles or sections: nothing is required of it\n");
        }
        if let Some(line) = self.overview {
            let _ = writeln!(text, "  overview, line {line}");
        }
        self.tables_text(&mut text);
        for role in &self.roles {
            self.role_text(role, &mut text);
        }
        for specialty in &self.specialties {
            let _ = writeln!(text, "  specialty: {} (line {})", specialty.name, specialty.line);
            self.sections_text(specialty.line, "    ", &mut text);
        }
        let has_family_sections = self.sections.iter().any(|section| section.owner == 0);
        if has_family_sections {
            text.push_str("  the family\n");
            self.sections_text(0, "    ", &mut text);
        }
        for container in &self.containers {
            let _ = writeln!(text, "  heading over others: {} (line {})", container.kind.id(), container.line);
        }
        let _ = writeln!(text, "  anchors: {}", self.anchors.join(", "));
        text
    }

    fn tables_text(&self, text: &mut String) {
        for table in &self.tables {
            let _ = writeln!(text, "  levels table, line {}", table.line);
            for row in &table.rows {
                let grade = row.grade.map_or("no grade".to_owned(), |grade| format!("grade {grade}"));
                let role = row.role.map_or("no role of this page".to_owned(), |line| format!("role at line {line}"));
                let _ = writeln!(text, "    {}: {grade}, {role}", row.label);
            }
        }
    }

    fn role_text(&self, role: &RoleOutline, text: &mut String) {
        let grades =
            role.grades.iter().map(|grade| format!("grade {} ({}, line {})", grade.value, grade.source, grade.line));
        let grades = grades.collect::<Vec<_>>().join(", ");
        let (level, track) = (role.level_in_words(), role.track_in_words().unwrap_or("track unknown"));
        let grades = match (grades.is_empty(), role.grade_elsewhere) {
            (false, _) => grades,
            (true, true) => "a grade that the page only links".to_owned(),
            (true, false) => "no grade".to_owned(),
        };
        let _ = writeln!(text, "  role: {} (line {}): {level}, {track}, {grades}", role.name, role.line);
        if let Some(manager) = &role.reports_to {
            let _ = writeln!(text, "    reports to {manager}");
        }
        for extends in &role.extends {
            let what = extends.section.map_or("the role", SectionKind::id);
            let from =
                extends.role.map_or("what stands elsewhere".to_owned(), |line| format!("the role at line {line}"));
            let _ = writeln!(text, "    {what} extends {from} (line {})", extends.line);
        }
        self.sections_text(role.line, "    ", text);
    }

    fn sections_text(&self, owner: usize, indent: &str, text: &mut String) {
        for section in self.sections.iter().filter(|section| section.owner == owner) {
            let bullets = if section.items == 1 { "bullet" } else { "bullets" };
            let _ =
                writeln!(text, "{indent}{} (line {}): {} {bullets}", section.kind.id(), section.line, section.items);
        }
    }
}
