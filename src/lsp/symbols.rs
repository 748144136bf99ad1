//! The outline of a page: its roles with their grades, and their sections.

use lsp_types::{
    BaseSymbolInformation, DocumentSymbol, DocumentSymbolResponse, Location, SymbolInformation, SymbolKind,
};

use super::documents::Page;
use crate::facts::Facts;
use crate::model::grade::in_words;
use crate::model::{JobFamily, Owner, Role, Section};
use crate::source::Span;
use crate::syntax::Tree;

/// The outline of a page, as the editor can show it.
pub fn symbols(page: &Page) -> DocumentSymbolResponse {
    let source = &page.document.source;
    let settings = page.place.settings();
    let family = JobFamily::read(source, &Tree::parse(source), &settings.facts);
    let symbols = Outline { page, facts: &settings.facts, family: &family }.symbols();
    if page.client.nested_symbols { symbols.into() } else { flat(page, symbols, None).into() }
}

struct Outline<'a> {
    page: &'a Page<'a>,
    facts: &'a Facts,
    family: &'a JobFamily,
}

impl Outline<'_> {
    fn symbols(&self) -> Vec<DocumentSymbol> {
        let roles = self.family.roles.iter().enumerate().map(|(index, role)| self.role(index, role));
        let specialties = self.family.specialties.iter().enumerate().map(|(index, specialty)| {
            let heading = &self.family.headings[specialty.heading];
            let sections = self.sections(Owner::Specialty(index));
            self.symbol(&specialty.name, None, SymbolKind::Namespace, [specialty.span, heading.text_span], sections)
        });
        let mut symbols: Vec<DocumentSymbol> = roles.chain(specialties).collect();
        symbols.extend(self.sections(Owner::Family));
        symbols.sort_by_key(|symbol| symbol.range.start);
        symbols
    }

    fn role(&self, index: usize, role: &Role) -> DocumentSymbol {
        let grades = in_words(&self.family.grades_of(index));
        let detail = (!grades.is_empty()).then(|| format!("grade {grades}"));
        let name = if role.written.trim().is_empty() { "The role" } else { &role.written };
        // A role without a heading of its own is the title, above the page.
        let place = if role.heading.is_some() { role.span } else { role.name_span };
        self.symbol(name, detail, SymbolKind::Class, [place, role.name_span], self.sections(Owner::Role(index)))
    }

    fn sections(&self, owner: Owner) -> Vec<DocumentSymbol> {
        self.family.all_sections_of(owner).filter_map(|section| self.section(section)).collect()
    }

    /// A template that stands for a section has no heading to go to.
    fn section(&self, section: &Section) -> Option<DocumentSymbol> {
        let heading = self.family.heading_of(section)?;
        let bullets = section.items.len();
        let detail = format!("{bullets} {}", if bullets == 1 { "bullet" } else { "bullets" });
        let name = self.facts.section_name(section.kind);
        Some(self.symbol(name, Some(detail), SymbolKind::Field, [section.span, heading.text_span], Vec::new()))
    }

    /// The whole and the words to go to. An editor expects a part inside the whole.
    fn symbol(
        &self,
        name: &str,
        detail: Option<String>,
        kind: SymbolKind,
        [whole, words]: [Span; 2],
        children: Vec<DocumentSymbol>,
    ) -> DocumentSymbol {
        let mut range = self.page.range(whole.to(words));
        for child in &children {
            range.start = range.start.min(child.range.start);
            range.end = range.end.max(child.range.end);
        }
        let children = (!children.is_empty()).then_some(children);
        DocumentSymbol::new(name.to_owned(), detail, kind, None, None, range, self.page.range(words), children)
    }
}

/// The same without nesting, for editors that cannot show it.
fn flat(page: &Page, symbols: Vec<DocumentSymbol>, container: Option<&str>) -> Vec<SymbolInformation> {
    let mut flattened = Vec::new();
    for symbol in symbols {
        let location = Location { uri: page.document.uri.clone(), range: symbol.range };
        let information = BaseSymbolInformation {
            name: symbol.name.clone(),
            kind: symbol.kind,
            tags: None,
            container_name: container.map(str::to_owned),
        };
        flattened.push(SymbolInformation::new(None, location, information));
        flattened.extend(flat(page, symbol.children.unwrap_or_default(), Some(&symbol.name)));
    }
    flattened
}
