//! What a document means: the roles of a job family, their sections and grades, and what they inherit.
//!
//! Roles are recovered in document order, not from the tree of headings: a tenth of the sections are siblings of, or
//! shallower than, the role that they belong to (`finder`).

mod finder;
mod finding_owner;
pub mod front_matter;
pub mod grade;
mod grade_statement;
pub mod heading;
mod inherit;
mod items;
pub mod ladder;
mod opening;
mod reports_to;
pub mod role_name;
mod role_text;
pub mod slug;
mod stand_in;
pub mod table;

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use crate::facts::{Facts, LevelFacts, SectionKind};
use crate::source::{Source, Span};
use crate::syntax::{NodeId, Tree};

pub use finding_owner::OWNER_PAGE;
pub use front_matter::{Flaw, FrontMatter, Scalar, YamlError};
pub use grade::{Grade, GradeValue};
pub use grade_statement::GradeStatement;
pub use heading::{Heading, HeadingClass, Slip, marks};
pub use inherit::{Extension, Target};
pub use items::{Item, items_in};
pub use opening::Opening;
pub use reports_to::ReportsTo;
pub use role_name::{MOST_COMPARED, Relation, RoleName};
pub use slug::Anchors;
pub use stand_in::{StandIn, UnmarkedHeading, may_be_name};
pub use table::{LevelsRow, LevelsTable};

/// A job-family document, understood.
#[derive(Debug)]
pub struct JobFamily {
    pub front_matter: FrontMatter,
    /// A page that only points to others, or that describes a duty and no job: nothing is required of it.
    pub is_stub: bool,
    /// What stands before the first heading, if it says something.
    pub overview: Option<Span>,
    /// All headings outside quotes and lists, in order.
    pub headings: Vec<Heading>,
    pub roles: Vec<Role>,
    pub sections: Vec<Section>,
    /// Indices into `sections`: a page of 5,000 roles must not look through all sections for each.
    by_owner: FxHashMap<Owner, Vec<usize>>,
    pub containers: Vec<Container>,
    pub specialties: Vec<Specialty>,
    pub tables: Vec<LevelsTable>,
    /// Those that are written out, as `<a id="x">`, `{#x}`.
    written_anchors: Vec<String>,
    anchors: OnceLock<Anchors>,
    /// Where something that is absent from the whole family is reported.
    pub place: Span,
}

/// A role: a job of the family at one level.
#[derive(Debug)]
pub struct Role {
    /// As its heading has it, without the words of a section; of a role without a heading, the title.
    pub written: String,
    pub name: RoleName,
    /// [`RoleName::base`], which many look-ups need.
    pub base: String,
    /// The heading's words; of a role without a heading, the title in the front matter.
    pub name_span: Span,
    /// Index of the heading at which it begins; nothing where the title is the role. Mostly that is its own heading; of a
    /// role whose heading was lost it is that of its first section, "Manager, Tax Job Grade".
    pub heading: Option<usize>,
    /// From its heading to the next role's, or to what ends it.
    pub span: Span,
    /// Grade statements in its own text.
    pub statements: Vec<GradeStatement>,
    /// Statements of the family that name this role.
    pub family_statements: Vec<GradeStatement>,
    /// Rows of the levels tables about it.
    pub rows: Vec<RowId>,
    pub reports_to: Vec<ReportsTo>,
    /// The name with which its introduction begins, where that is no sentence about its grade or manager.
    pub opening: Option<Opening>,
    pub extensions: Vec<Extension>,
    /// Its text is put off until the role is hired for.
    pub deferred: bool,
    /// The heading of the group that it stands in, such as "Security Analysts" over three levels.
    pub group: Option<usize>,
}

impl Role {
    /// A role of which no more is known than its name and where it stands.
    fn new(written: String, name: RoleName, name_span: Span, span: Span) -> Self {
        Self {
            written,
            base: name.base(),
            name,
            name_span,
            heading: None,
            span,
            statements: Vec::new(),
            family_statements: Vec::new(),
            rows: Vec::new(),
            reports_to: Vec::new(),
            opening: None,
            extensions: Vec::new(),
            deferred: false,
            group: None,
        }
    }

    /// [`RoleName::key`].
    pub fn key(&self) -> String {
        role_name::key_of(self.name.level(), &self.base)
    }

    /// How a name that its text uses for it compares with its own. Most are the same to the letter.
    pub fn called(&self, written: &str, levels: &LevelFacts) -> Relation {
        if written.is_empty() || written.eq_ignore_ascii_case(&self.written) {
            return Relation::Same;
        }
        let name = RoleName::parse(written, levels);
        if name.is_empty() { Relation::Same } else { name.compare(&self.name) }
    }
}

/// A row of a levels table.
#[derive(Debug, Clone, Copy)]
pub struct RowId {
    /// Index into the tables of the page.
    pub table: usize,
    /// Index into the rows of the table.
    pub row: usize,
}

/// Where the grades of a role are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GradeSource {
    /// In its own text.
    Body,
    /// In a levels table.
    Table,
    /// In what the family says of it, or of all roles.
    Family,
}

/// To whom a section belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Owner {
    Family,
    Role(usize),
    Specialty(usize),
}

/// A section of a job family.
#[derive(Debug)]
pub struct Section {
    pub kind: SectionKind,
    /// Index of its heading; nothing for a template that stands for the section.
    pub heading: Option<usize>,
    pub owner: Owner,
    /// The group heading under which a family-level section stands.
    pub group: Option<usize>,
    /// What stands before the section's name in the heading, folded; mostly the role.
    pub prefix: String,
    /// How the prefix compares with the name of the role to which the section belongs; `Same` where there is no prefix,
    /// and for the family's sections.
    pub relation: Relation,
    /// What is misspelt in its heading.
    pub misspelt: Option<Slip>,
    /// Called what the guide does not call it.
    pub nonstandard: bool,
    /// From its heading to the next that ends it.
    pub span: Span,
    /// Its blocks, those under headings inside it too.
    pub blocks: Vec<NodeId>,
    pub items: Vec<Item>,
}

/// A heading that holds roles or specialties.
#[derive(Debug)]
pub struct Container {
    pub kind: SectionKind,
    pub heading: usize,
}

/// A field of work below the roles: "Backend", "Alliances".
#[derive(Debug)]
pub struct Specialty {
    pub name: String,
    pub heading: usize,
    pub span: Span,
}

impl JobFamily {
    /// Understands a document.
    pub fn read(source: &Source, tree: &Tree, facts: &Facts) -> Self {
        finder::read(source, tree, facts)
    }

    /// The title, if the page has one that is not blank.
    pub fn title(&self) -> Option<&str> {
        self.front_matter.title.as_ref().map(|title| title.text.trim()).filter(|title| !title.is_empty())
    }

    /// Whether a heading would mean the same with other words: the same section, a role, or neither.
    pub fn means_same(&self, heading: &Heading, reworded: &str, facts: &Facts) -> bool {
        let section = heading::section_name(&heading::folded(reworded), reworded, facts).map(|name| name.kind);
        let is_role = |words: &str| RoleName::parse(words, &facts.levels).looks_like_role(&facts.levels);
        match heading.class {
            HeadingClass::Section(index) => section == Some(self.sections[index].kind),
            HeadingClass::Container(index) => section == Some(self.containers[index].kind),
            HeadingClass::Role(_) => section.is_none(),
            _ => section.is_none() && is_role(reworded) == is_role(&heading.text),
        }
    }

    /// Whether the page shows by itself that it describes jobs: it has two of duties, requirements and a grade.
    pub fn describes_jobs(&self) -> bool {
        let has = |kind: SectionKind| self.sections.iter().any(|section| section.kind == kind);
        let is_graded = has(SectionKind::JobGrade) || self.roles.iter().any(|role| !role.statements.is_empty());
        let signs = [has(SectionKind::Responsibilities), has(SectionKind::Requirements), is_graded];
        signs.into_iter().filter(|sign| *sign).count() > 1
    }

    /// Where links can arrive. Made when first asked for: of the corpus a page in five links to itself.
    pub fn anchors(&self) -> &Anchors {
        let headings = || self.headings.iter().map(|heading| heading.text.as_str());
        self.anchors.get_or_init(|| Anchors::new(headings(), &self.written_anchors))
    }

    /// The roles that are compared with a name, with their indices. Job families have thirty at most; a page of 5,000 would
    /// take quadratic time.
    fn compared(&self) -> impl Iterator<Item = (usize, &Role)> {
        self.roles.iter().enumerate().take(role_name::MOST_COMPARED)
    }

    fn push_section(&mut self, section: Section) {
        self.by_owner.entry(section.owner).or_default().push(self.sections.len());
        self.sections.push(section);
    }

    /// Learns the owners of the sections anew, after they have changed.
    fn index_sections(&mut self) {
        self.by_owner.clear();
        for (index, section) in self.sections.iter().enumerate() {
            self.by_owner.entry(section.owner).or_default().push(index);
        }
    }

    /// The sections that belong to a role, a specialty or the family itself, in order.
    pub fn all_sections_of(&self, owner: Owner) -> impl Iterator<Item = &Section> {
        self.by_owner.get(&owner).into_iter().flatten().map(|index| &self.sections[*index])
    }

    /// The sections of one kind that belong to a role itself.
    pub fn sections_of(&self, owner: Owner, kind: SectionKind) -> impl Iterator<Item = &Section> {
        self.all_sections_of(owner).filter(move |section| section.kind == kind)
    }

    /// The sections of one kind that belong to roles, each with its role, as indices.
    pub fn sections_of_roles(&self, kind: SectionKind) -> impl Iterator<Item = (usize, usize)> {
        let of_kind = self.sections.iter().enumerate().filter(move |(_, section)| section.kind == kind);
        of_kind.filter_map(|(index, section)| match section.owner {
            Owner::Role(role) => Some((index, role)),
            Owner::Family | Owner::Specialty(_) => None,
        })
    }

    /// Whether the role has a section of that kind itself.
    pub fn has_own(&self, role: usize, kind: SectionKind) -> bool {
        self.sections_of(Owner::Role(role), kind).next().is_some()
    }

    /// The family's sections of that kind that serve a role: those of its group, and those of no group.
    pub fn family_sections_for(&self, role: usize, kind: SectionKind) -> impl Iterator<Item = &Section> {
        let group = self.roles[role].group;
        self.sections_of(Owner::Family, kind).filter(move |section| section.group.is_none() || section.group == group)
    }

    /// The headings that stand in a span.
    pub fn headings_in(&self, span: Span) -> &[Heading] {
        let before = |offset: usize| self.headings.partition_point(|heading| heading.span.start < offset);
        self.headings.get(before(span.start)..before(span.end)).unwrap_or_default()
    }

    /// The heading of a section.
    pub fn heading_of(&self, section: &Section) -> Option<&Heading> {
        section.heading.and_then(|index| self.headings.get(index))
    }

    /// Where the heading of a section has what stands before the section's name.
    pub fn prefix_span(&self, section: &Section, source: &Source) -> Option<Span> {
        let heading = self.heading_of(section)?;
        let place = crate::text::find_folded(source.slice(heading.text_span), &section.prefix);
        let start = heading.text_span.start;
        Some(place.map_or(heading.text_span, |at| Span::new(start + at, start + at + section.prefix.len())))
    }

    /// The grades of a role: its text's, else the table's, else the family's.
    pub fn grades_of(&self, role: usize) -> Vec<GradeValue> {
        let of = |statements: &[GradeStatement]| statements.iter().flat_map(|found| found.grades.clone()).collect();
        match self.grade_source_of(role) {
            GradeSource::Body => of(&self.roles[role].statements),
            GradeSource::Table => self.rows_of(role).flat_map(|row| row.grades.clone()).collect(),
            GradeSource::Family => of(&self.roles[role].family_statements),
        }
    }

    /// Where the grades of a role come from, if it has any.
    pub fn grade_source_of(&self, role: usize) -> GradeSource {
        if self.roles[role].statements.iter().any(|statement| !statement.grades.is_empty()) {
            GradeSource::Body
        } else if self.rows_of(role).any(|row| !row.grades.is_empty()) {
            GradeSource::Table
        } else {
            GradeSource::Family
        }
    }

    /// For each heading the one under which it stands: the last before it that is shallower.
    pub fn parents(&self) -> Vec<Option<usize>> {
        // The headings that are open, the deepest last.
        let mut open: Vec<usize> = Vec::new();
        let parent = |(index, heading): (usize, &Heading)| {
            while open.last().is_some_and(|last| self.headings[*last].depth >= heading.depth) {
                open.pop();
            }
            let parent = open.last().copied();
            open.push(index);
            parent
        };
        self.headings.iter().enumerate().map(parent).collect()
    }

    /// A heading and those that stand under it, as indices.
    pub fn with_deeper(&self, heading: usize) -> Range<usize> {
        let Some(top) = self.headings.get(heading) else { return heading..heading };
        let deeper = self.headings[heading + 1..].iter().take_while(|after| after.depth > top.depth).count();
        heading..heading + 1 + deeper
    }

    /// The grade of a role that has a single one, and has it by a sentence about itself.
    pub fn sole_grade_of(&self, role: usize) -> Option<GradeValue> {
        if self.roles[role].statements.iter().any(GradeStatement::is_about_another) {
            return None;
        }
        let grades = self.grades_of(role);
        let first = grades.first()?;
        grades.iter().all(|other| other.grade == first.grade).then_some(*first)
    }

    /// The roles of each name, by its key: for many look-ups.
    pub fn roles_by_key(&self) -> HashMap<String, Vec<usize>> {
        let mut roles: HashMap<String, Vec<usize>> = HashMap::new();
        for (index, role) in self.roles.iter().enumerate() {
            roles.entry(role.key()).or_default().push(index);
        }
        roles
    }

    /// Tells whether the page has a role of a name; on most pages nobody asks.
    pub fn has_role_named(&self) -> impl Fn(&RoleName) -> bool + '_ {
        let roles = OnceCell::new();
        move |name| roles.get_or_init(|| self.roles_by_key()).contains_key(&name.key())
    }

    /// The rows of the levels tables about a role.
    pub fn rows_of(&self, role: usize) -> impl Iterator<Item = &LevelsRow> {
        self.roles[role].rows.iter().map(|id| &self.tables[id.table].rows[id.row])
    }

    /// The role at whose heading a link to `#anchor` arrives.
    pub fn role_of_anchor(&self, anchor: &str) -> Option<usize> {
        match self.headings.get(self.anchors().heading_of(anchor)?)?.class {
            HeadingClass::Role(role) => Some(role),
            _ => None,
        }
    }

    /// The headings to which the page links.
    pub fn linked_headings(&self, tree: &Tree) -> HashSet<NodeId> {
        tree.links()
            .filter_map(|(_, link)| link.url.strip_prefix('#'))
            .filter_map(|anchor| self.anchors().heading_of(anchor))
            .map(|index| self.headings[index].node)
            .collect()
    }

    /// The role in whose text a byte stands.
    pub fn role_at(&self, offset: usize) -> Option<usize> {
        // The title's role comes first and has no heading; the others follow one another on the page.
        let with_heading = self.roles.partition_point(|role| role.heading.is_none());
        let after = self.roles[with_heading..].partition_point(|role| role.span.start <= offset);
        let nearest = (with_heading + after).checked_sub(1).filter(|nearest| *nearest >= with_heading);
        let contains = |index: &usize| self.roles[*index].span.contains(offset);
        nearest.filter(contains).or_else(|| (0..with_heading).find(contains))
    }

    /// The text of the role whose heading stands at a byte.
    pub fn role_span_at(&self, offset: usize) -> Option<Span> {
        self.roles
            .iter()
            .find(|role| role.heading.is_some_and(|heading| self.headings[heading].span.contains(offset)))
            .map(|role| role.span)
    }

    /// The section in which a byte stands.
    pub fn section_at(&self, offset: usize) -> Option<&Section> {
        // A template that stands for a section lies inside the section of a heading, and those do not overlap.
        let after = self.sections.partition_point(|section| section.span.start <= offset);
        let with_heading = self.sections[..after].iter().rposition(|section| section.heading.is_some()).unwrap_or(0);
        self.sections[with_heading..after].iter().rev().find(|section| section.span.contains(offset))
    }
}
