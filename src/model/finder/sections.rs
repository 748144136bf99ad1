//! The sections: whose each one is, and the templates that stand for one.

use super::{Finder, OpenRole};
use crate::facts::SectionKind;
use crate::model::heading::{HeadingClass, SectionName};
use crate::model::role_name::{Relation, RoleName};
use crate::model::stand_in::unmarked_name;
use crate::model::{Owner, Section, items_in};
use crate::source::Span;
use crate::syntax::NodeId;

/// Whom the words before a section's name mean.
enum Named {
    Role,
    Family,
}

/// A section whose heading is but bold or plain text.
struct Unmarked {
    kind: SectionKind,
    span: Span,
    blocks: Vec<NodeId>,
}

impl Finder<'_> {
    /// "Manager, X Job Grade" while the current role, or the title's, already has its Job Grade: the role's own heading
    /// was lost.
    pub(super) fn opens_implicit_role(&self, index: usize, name: &SectionName) -> bool {
        if name.kind != SectionKind::JobGrade || name.prefix.is_empty() {
            return false;
        }
        let has_grade = self.family.sections_of(self.open.owner(), SectionKind::JobGrade).next().is_some();
        if !has_grade || self.open.role.is_some_and(|role| self.heading(index).depth < role.depth) {
            return false;
        }
        let prefix = RoleName::parse(&name.prefix, &self.facts.levels);
        let current = self.open.role.map(|role| &self.family.roles[role.index].name).or(self.title.as_ref());
        prefix.looks_like_role(&self.facts.levels) && current.is_some_and(|current| !current.is_same(&prefix))
    }

    /// To whom a section belongs: by its prefix, its kind, and its depth below the current role.
    pub(super) fn owner_of(&self, index: usize, name: &SectionName) -> Owner {
        let depth = self.heading(index).depth;
        if let Some(specialty) = self.open.specialty {
            let own_depth = self.heading(self.family.specialties[specialty].heading).depth;
            if depth > own_depth || (name.kind.is_of_role() && self.open.specialties.is_some() && depth == own_depth) {
                return Owner::Specialty(specialty);
            }
        }
        let Some(OpenRole { index: role, depth: role_depth, is_closed }) = self.open.role else { return Owner::Family };
        match self.named_by_prefix(name, role) {
            Some(Named::Role) => return Owner::Role(role),
            Some(Named::Family) => return Owner::Family,
            None => {}
        }
        let is_deeper = depth > role_depth;
        if name.kind.is_of_role() {
            let is_first = !self.family.has_own(role, name.kind);
            let is_own = is_deeper || is_first || (!is_closed && !name.prefix.is_empty());
            return if is_own { Owner::Role(role) } else { Owner::Family };
        }
        // A second one for the family, after a role that came late, is that role's.
        let is_taken = self.family.sections_of(Owner::Family, name.kind).next().is_some();
        if !is_closed && (is_deeper || is_taken) { Owner::Role(role) } else { Owner::Family }
    }

    /// Whom a section's prefix names: the current role, or by the page's title the family ("Incubation Engineer
    /// Responsibilities" below "Staff Incubation Engineer").
    fn named_by_prefix(&self, name: &SectionName, role: usize) -> Option<Named> {
        if name.prefix.is_empty() {
            return None;
        }
        let own = &self.family.roles[role];
        if own.written.eq_ignore_ascii_case(&name.prefix) {
            return Some(Named::Role);
        }
        let prefix = RoleName::parse(&name.prefix, &self.facts.levels);
        if own.name.is_same(&prefix) {
            return Some(Named::Role);
        }
        let is_title = self.title.as_ref().is_some_and(|title| prefix.is_identical(title));
        let is_family = name.kind.is_of_role() && is_title && !self.family.has_own(role, SectionKind::JobGrade);
        is_family.then_some(Named::Family)
    }

    /// Adds a section: that of a heading, or a template that stands for one.
    pub(super) fn add_section(&mut self, heading: Option<usize>, span: Span, owner: Owner, name: SectionName) {
        let section = self.family.sections.len();
        let mut blocks = heading.map_or(Vec::new(), |index| self.heading(index).blocks.clone());
        let unmarked = self.split_at_names(&mut blocks, name.kind);
        let group = if owner == Owner::Family { self.open.group } else { None };
        self.family.push_section(Section {
            kind: name.kind,
            heading,
            owner,
            group,
            prefix: name.prefix,
            relation: Relation::Same,
            misspelt: name.misspelt,
            nonstandard: name.nonstandard,
            span,
            items: items_in(self.tree, &blocks),
            blocks,
        });
        if let Some(index) = heading {
            self.family.headings[index].class = HeadingClass::Section(section);
            self.open.section = Some(section);
        }
        for Unmarked { kind, span, blocks } in unmarked {
            self.family.push_section(Section {
                kind,
                heading: None,
                owner,
                group,
                prefix: String::new(),
                relation: Relation::Same,
                misspelt: None,
                nonstandard: false,
                span,
                items: items_in(self.tree, &blocks),
                blocks,
            });
        }
    }

    fn is_of_role(&self, prefix: &str) -> bool {
        let (levels, name) = (&self.facts.levels, RoleName::parse(prefix, &self.facts.levels));
        name.is_bare_level() || name.has_role_noun(levels)
    }

    /// Parts from the blocks of a section those of other sections whose headings are but bold or plain text in it. What
    /// stands right below the section's own heading is a part of it: "Duties and Requirements" has both.
    fn split_at_names(&self, blocks: &mut Vec<NodeId>, own: SectionKind) -> Vec<Unmarked> {
        let named = |at: usize| {
            let name = unmarked_name(self.tree, (blocks[at], *blocks.get(at + 1)?), self.facts)?;
            // "Business Requirements" are what a role gathers.
            (name.prefix.is_empty() || self.is_of_role(&name.prefix)).then_some((at, name.kind))
        };
        let names: Vec<(usize, SectionKind)> =
            (1..blocks.len()).filter_map(named).filter(|(_, kind)| *kind != own && !kind.is_container()).collect();
        let mut unmarked: Vec<Unmarked> = Vec::with_capacity(names.len());
        for (at, kind) in names.into_iter().rev() {
            let below = blocks.split_off(at + 1);
            let name = self.tree.node(blocks[at]).span;
            let span = below.last().map_or(name, |last| name.to(self.tree.node(*last).span));
            blocks.truncate(at);
            unmarked.push(Unmarked { kind, span, blocks: below });
        }
        unmarked.reverse();
        unmarked
    }

    /// Templates that stand for a whole section, such as the indicators that all of Sales share.
    pub(super) fn template_sections(&mut self, index: usize) {
        for template in self.templates_in(&self.heading(index).blocks) {
            let text = self.source.slice(template);
            let kind =
                self.facts.sections.iter().find(|fact| fact.templates.iter().any(|name| text.contains(name.as_str())));
            if let Some(kind) = kind.map(|fact| fact.kind) {
                let name = SectionName { kind, prefix: String::new(), misspelt: None, nonstandard: false };
                self.add_section(None, template, self.open.owner(), name);
            }
        }
    }

    fn templates_in(&self, blocks: &[NodeId]) -> Vec<Span> {
        let span_of = |block: &NodeId| self.tree.node(*block).span;
        let (Some(first), Some(last)) = (blocks.first().map(span_of), blocks.last().map(span_of)) else {
            return Vec::new();
        };
        let templates = self.tree.templates();
        let before = templates.partition_point(|template| template.span.end <= first.start);
        let near = templates[before..].iter().map(|template| template.span).take_while(|span| span.start < last.end);
        let inside = |span: &Span| {
            let block = blocks.get(blocks.partition_point(|block| span_of(block).end <= span.start));
            block.is_some_and(|block| span_of(block).touches(*span))
        };
        near.filter(inside).collect()
    }
}
