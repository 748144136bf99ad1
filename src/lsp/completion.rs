//! What a page still lacks, offered where the author writes: the findings say what, the facts how it is written.

use lsp_types::{CompletionItem, CompletionItemKind, InsertTextFormat, TextEdit};

use super::documents::Page;
use crate::diagnostic::Diagnostic;
use crate::facts::{Facts, RequiredFor, SectionKind};
use crate::lint::Settings;
use crate::model::{JobFamily, Owner, marks};
use crate::rules;
use crate::source::Span;
use crate::suppress;
use crate::syntax::Tree;

/// What may be written at a byte of a page.
pub fn completions(page: &Page, findings: &[Diagnostic], offset: usize) -> Vec<CompletionItem> {
    let source = &page.document.source;
    let line = source.line_span(source.line_of(offset));
    let before = source.slice(Span::new(line.start, offset.min(line.end)));
    if let Some(comment) = before.rfind("<!--").map(|at| &before[at..]).filter(|comment| !comment.contains("-->")) {
        return in_comment(page, findings, comment, offset);
    }
    if before.ends_with('<') {
        return directives(page, Span::new(offset - 1, offset));
    }
    let settings = page.place.settings();
    let tree = Tree::parse(source);
    let family = JobFamily::read(source, &tree, &settings.facts);
    let place = offset.min(source.text().len().saturating_sub(1));
    let writer = Writer {
        page,
        findings,
        settings: &settings,
        family: &family,
        line: Span::new(line.start, offset),
        offset,
        place,
    };
    if before.starts_with('#') { writer.headings() } else { writer.text(before) }
}

/// In a comment: the directives, and behind one of them the names of rules.
fn in_comment(page: &Page, findings: &[Diagnostic], comment: &str, offset: usize) -> Vec<CompletionItem> {
    let words = comment["<!--".len()..].trim_start();
    let last = words.split([' ', ',']).next_back().unwrap_or_default();
    if words.starts_with("jflint-") && words.contains(' ') {
        return names_of_rules(page, findings, Span::new(offset - last.len(), offset));
    }
    directives(page, Span::new(offset - comment.len(), offset))
}

fn directives(page: &Page, span: Span) -> Vec<CompletionItem> {
    let directive = |verb: &str| {
        let [label, plain, snippet] = ["", "RULE -- reason", "${1:rule} -- ${2:reason}"].map(|rest| {
            let rest = if verb == "enable" { rest.split(" --").next().unwrap_or_default() } else { rest };
            format!("<!-- jflint-{verb} {rest} -->").replace("  ", " ")
        });
        let text = if page.client.snippets { snippet } else { plain };
        let kind = CompletionItemKind::Snippet;
        item(page, Offer { label, kind, detail: "leave findings out", text, filter: None }, span)
    };
    suppress::verbs().map(directive).collect()
}

/// The names of all rules; those first that found something here.
fn names_of_rules(page: &Page, findings: &[Diagnostic], span: Span) -> Vec<CompletionItem> {
    let name = |rule: &&'static crate::rule::Rule| {
        let found = findings.iter().any(|finding| finding.rule == rule.name);
        let offer = Offer {
            label: rule.name.to_owned(),
            kind: CompletionItemKind::EnumMember,
            detail: rule.summary(),
            text: rule.name.to_owned(),
            filter: None,
        };
        CompletionItem { sort_text: Some(format!("{}{}", u8::from(!found), rule.name)), ..item(page, offer, span) }
    };
    rules::ALL.iter().map(name).collect()
}

/// Offers what the page lacks at a place.
struct Writer<'a> {
    page: &'a Page<'a>,
    findings: &'a [Diagnostic],
    settings: &'a Settings,
    family: &'a JobFamily,
    /// From the start of the line to the cursor.
    line: Span,
    offset: usize,
    /// A byte of the role and the section in which the cursor stands: behind the last there is none.
    place: usize,
}

impl Writer<'_> {
    fn facts(&self) -> &Facts {
        &self.settings.facts
    }

    /// The findings of a rule about the role in which the cursor stands, or about the page.
    fn lacking<'b>(&'b self, rule: &'b str) -> impl Iterator<Item = &'b Diagnostic> {
        let role = self.family.role_at(self.place);
        let is_here = move |finding: &&Diagnostic| {
            let of_role = role.is_some_and(|role| {
                let role = &self.family.roles[role];
                role.name_span == finding.span || role.span.covers(finding.span)
            });
            of_role || finding.span == self.family.place
        };
        self.findings.iter().filter(move |finding| finding.rule == rule).filter(is_here)
    }

    /// The headings of the sections that the role and the page lack.
    fn headings(&self) -> Vec<CompletionItem> {
        let missing = self.lacking("missing-section").map(|finding| finding.key.as_str());
        let mut names: Vec<&str> = missing.collect();
        if self.lacking("missing-grade").next().is_some() {
            names.push(self.facts().section_name(SectionKind::JobGrade));
        }
        let sections = self.facts().sections.iter().filter(|fact| names.contains(&fact.name.as_str()));
        let heading = |fact: &crate::facts::SectionFact| {
            let marks = marks(self.depth(fact.kind));
            let detail = match fact.required {
                Some(RequiredFor::Family) => "the page lacks it",
                _ => "the role lacks it",
            };
            let text = format!("{marks} {}", fact.name);
            // What was typed so far must be the beginning, with however many marks.
            let typed = self.page.document.source.slice(self.line);
            let typed_marks = &typed[..typed.len() - typed.trim_start_matches('#').len()];
            let filter = Some(format!("{typed_marks} {}", fact.name));
            let offer = Offer { label: text.clone(), kind: CompletionItemKind::Struct, detail, text, filter };
            item(self.page, offer, self.line)
        };
        sections.map(heading).collect()
    }

    /// How deep the heading of a section should be: as its siblings, else below its role.
    fn depth(&self, kind: SectionKind) -> u8 {
        let owner = match self.family.role_at(self.place) {
            Some(role) if kind.is_of_role() => Owner::Role(role),
            _ => Owner::Family,
        };
        let siblings =
            self.family.all_sections_of(owner).filter(|section| section.kind.is_of_role() == kind.is_of_role());
        let sibling =
            siblings.filter_map(|section| self.family.heading_of(section)).map(|heading| heading.depth).next();
        let below_role = || match owner {
            Owner::Role(role) => Some(self.family.headings[self.family.roles[role].heading?].depth + 1),
            _ => None,
        };
        sibling.or_else(below_role).unwrap_or(2).min(6)
    }

    /// Outside of headings: the sentence with the grade, and the bullets that every role must have.
    fn text(&self, before: &str) -> Vec<CompletionItem> {
        let words = before.trim_start();
        let bullet = words.strip_prefix(['-', '*', '+']).filter(|rest| rest.is_empty() || rest.starts_with(' '));
        match bullet {
            Some(words) => self.bullets(words.trim_start(), ""),
            None if words.is_empty() => self.grade(words).into_iter().chain(self.bullets(words, "- ")).collect(),
            None => self.grade(words).into_iter().collect(),
        }
    }

    fn bullets(&self, typed: &str, marker: &str) -> Vec<CompletionItem> {
        let in_requirements =
            self.family.section_at(self.place).is_some_and(|section| section.kind == SectionKind::Requirements);
        if !in_requirements {
            return Vec::new();
        }
        let lacking: Vec<&str> = self.lacking("missing-required-bullet").map(|finding| finding.key.as_str()).collect();
        let bullets = self.facts().required_bullets.iter().filter(|bullet| lacking.contains(&bullet.name.as_str()));
        let bullets = bullets.filter(|bullet| begins_with(&bullet.wording, typed));
        let offer = |bullet: &crate::facts::RequiredBullet| Offer {
            label: bullet.wording.clone(),
            kind: CompletionItemKind::Text,
            detail: "every role must have it",
            text: format!("{marker}{}", bullet.wording),
            filter: None,
        };
        bullets.map(|bullet| item(self.page, offer(bullet), self.typed(typed))).collect()
    }

    /// "The Sourcer is a [grade N](...)."
    fn grade(&self, typed: &str) -> Option<CompletionItem> {
        self.lacking("missing-grade").next().or_else(|| self.empty_grade())?;
        let role = &self.family.roles[self.family.role_at(self.place)?];
        let grade = if self.page.client.snippets { "${1:N}" } else { "N" };
        let text = format!("The {} is a [grade {grade}]({}).", role.written, self.facts().grades.page);
        if !begins_with(&text, typed) {
            return None;
        }
        let label = format!("The {} is a grade …", role.written);
        let filter = Some(text.clone());
        let offer = Offer { label, kind: CompletionItemKind::Snippet, detail: "the role has no grade", text, filter };
        Some(item(self.page, offer, self.typed(typed)))
    }

    /// The heading of the section is there, and nothing under it.
    fn empty_grade(&self) -> Option<&Diagnostic> {
        let section = self.family.section_at(self.place).filter(|section| section.kind == SectionKind::JobGrade)?;
        self.lacking("empty-section").find(|finding| section.span.covers(finding.span))
    }

    /// What was typed, up to the cursor.
    fn typed(&self, typed: &str) -> Span {
        Span::new(self.offset - typed.len(), self.offset)
    }
}

/// Whether a text is what somebody is about to write.
fn begins_with(text: &str, typed: &str) -> bool {
    text.to_lowercase().starts_with(&typed.to_lowercase())
}

/// Something to write.
struct Offer<'a> {
    label: String,
    kind: CompletionItemKind,
    detail: &'a str,
    text: String,
    /// With what the typed words are compared, if not the text.
    filter: Option<String>,
}

/// An offer in the place of what was typed.
fn item(page: &Page, offer: Offer, typed: Span) -> CompletionItem {
    let is_snippet = page.client.snippets && offer.text.contains("${");
    let text_edit = TextEdit { range: page.range(typed), new_text: offer.text.clone() };
    CompletionItem {
        filter_text: Some(offer.filter.unwrap_or_else(|| offer.text.replace("${1:", "").replace("${2:", ""))),
        label: offer.label,
        kind: Some(offer.kind),
        detail: Some(offer.detail.to_owned()),
        insert_text_format: is_snippet.then_some(InsertTextFormat::Snippet),
        text_edit: Some(text_edit.into()),
        ..CompletionItem::default()
    }
}
