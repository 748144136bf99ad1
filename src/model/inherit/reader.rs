//! Reads from a bullet or paragraph what a role takes over.

use std::ops::Range;

use crate::facts::{Cue, CuesOnPage, Facts, SectionKind};
use crate::model::JobFamily;
use crate::model::inherit::clause::{after_section_word, clause_around, name_after, section_word, sentence_around};
use crate::model::inherit::said::Said;
use crate::model::inherit::{Extension, MOST_WORDS, Target};
use crate::model::role_name::{Relation, RoleName};
use crate::source::Span;
use crate::syntax::{NodeId, Tree, Visible};

/// In bytes: what begins a section with another role's sections is short.
const LONGEST_LEAD: usize = 160;

/// Each is read with its sentence: a paragraph of nothing but cues takes no longer than others.
const MOST_CUES: usize = 4;

/// A paragraph or bullet in which a role may take something over.
pub struct Passage {
    /// The section in which it stands; nothing for the role's own introduction.
    pub section: Option<SectionKind>,
    pub text: NodeId,
    /// Its section begins with it.
    pub is_first: bool,
}

impl Passage {
    /// A passage of the role's own introduction.
    pub fn of_introduction(text: NodeId) -> Self {
        Self { section: None, text, is_first: false }
    }
}

/// Reads what a role takes over.
pub struct Reader<'a> {
    pub tree: &'a Tree,
    pub facts: &'a Facts,
    pub family: &'a JobFamily,
    pub role: usize,
    pub cues: &'a CuesOnPage<'a, 'a>,
}

impl Reader<'_> {
    /// What the text takes over: by a cue, or where a section begins by naming a role of the page with a section.
    pub fn extension(&self, passage: &Passage) -> Option<Extension> {
        let Passage { section, text: id, is_first } = *passage;
        let visible = self.tree.visible(id);
        let mut cues = self.cues.all(visible.range()).peekable();
        if cues.peek().is_none() && (!is_first || self.family.roles.len() < 2 || visible.text().len() > LONGEST_LEAD) {
            return None;
        }
        let text = Text { visible: &visible, lower: &self.tree.visible_lower()[visible.range()], id };
        cues.take(MOST_CUES)
            .find_map(|(cue, range)| self.by_cue(section, &text, cue, range))
            .or_else(|| self.by_section_word(section.filter(|_| is_first)?, &text))
    }

    fn by_cue(&self, section: Option<SectionKind>, text: &Text<'_>, cue: &Cue, at: Range<usize>) -> Option<Extension> {
        let said = self.said_with(text, cue, at);
        if !said.takes_over() {
            return None;
        }
        // "The Staff Analyst role extends the Senior Analyst role" speaks of the whole role, wherever it stands.
        let is_of_section = self.is_bullet(text.id) || cue.opens() || said.word.is_some();
        let (target, relation) = self.meant_by(&said, section);
        Some(Extension {
            span: text.visible.whole(),
            section: section.filter(|_| is_of_section),
            name_span: text.visible.span(said.name_range),
            name: said.name.to_owned(),
            word: said.word,
            target,
            relation,
            opens: cue.opens(),
            link: said.link,
        })
    }

    fn said_with<'t>(&'t self, text: &Text<'t>, cue: &'t Cue, at: Range<usize>) -> Said<'t> {
        let sentence = sentence_around(text.visible.text(), at.clone());
        let name_range = self.name_after(text, at.end);
        let name = text.visible.text().get(name_range.clone()).unwrap_or("");
        let link = self.link_in(text, sentence.clone());
        Said {
            facts: &self.facts.inheritance,
            cue,
            clause: clause_around(&text.lower[sentence.clone()], at.start - sentence.start..at.end - sentence.start),
            name_range,
            name,
            word: text.section_word(),
            link,
            target: link.and_then(|link| self.linked_target(link)).unwrap_or_else(|| self.named_target(name)),
        }
    }

    /// What is taken over, and how the name in the text compares with it. "The requirements above" of a section are
    /// those of a role before; an introduction speaks of what stands above, and then lists its own all the same.
    fn meant_by(&self, said: &Said<'_>, section: Option<SectionKind>) -> (Target, Relation) {
        match section.filter(|_| said.points_up()).and_then(|kind| self.above(kind)) {
            Some(role) => (Target::Role(role), Relation::Same),
            None => (said.target, self.relation(said.name, said.target)),
        }
    }

    fn name_after(&self, text: &Text<'_>, cue_end: usize) -> Range<usize> {
        name_after(text.visible.text(), text.lower, cue_end, &self.facts.inheritance)
    }

    fn is_bullet(&self, text: NodeId) -> bool {
        let parent = self.tree.parent(text);
        parent.is_some_and(|parent| self.tree.node(parent).kind.is_item())
    }

    /// "Tax Analyst requirements, plus", "Performs all duties of the Tax Analyst": whatever the verb is.
    fn by_section_word(&self, section: SectionKind, text: &Text<'_>) -> Option<Extension> {
        // "Knows the responsibilities of the Tax Analyst" is a requirement of its own.
        let words = self.facts.inheritance.section_words.iter().filter(|word| word.section == section);
        let (at, length) =
            words.into_iter().find_map(|known| Some((text.lower.find(&known.word)?, known.word.len())))?;
        let after = after_section_word(&text.lower[at + length..], &self.facts.inheritance)?;
        let (name_range, role) = self.name_before(text, at).or_else(|| {
            let range = self.name_after(text, at + length);
            let is_object = self.facts.inheritance.leads_to_name(after);
            let name = RoleName::parse(text.visible.text().get(range.clone())?, &self.facts.levels);
            Some((range, self.role_of_same_name(&name).filter(|_| is_object)?))
        })?;
        let sentence = sentence_around(text.visible.text(), at..at + length);
        Some(Extension {
            span: text.visible.whole(),
            section: Some(section),
            word: text.section_word(),
            name_span: text.visible.span(name_range.clone()),
            name: text.visible.text()[name_range].to_owned(),
            target: Target::Role(role),
            relation: Relation::Same,
            opens: false,
            link: self.link_in(text, sentence),
        })
    }

    /// The name of a role of the page that ends before a byte, and the role.
    fn name_before(&self, text: &Text<'_>, at: usize) -> Option<(Range<usize>, usize)> {
        let before = text.visible.text()[..at].trim_end();
        let starts = before.match_indices(' ').map(|(blank, _)| blank + 1);
        let starts: Vec<usize> = std::iter::once(0).chain(starts).collect();
        let last = &starts[starts.len().saturating_sub(MOST_WORDS)..];
        last.iter().find_map(|start| {
            let name = before[*start..].trim_end_matches("'s").trim_end_matches("’s");
            let parsed = RoleName::parse(name, &self.facts.levels);
            let begins = name.starts_with(|c: char| c.is_alphanumeric()) && !starts_with_connective(name);
            let role = self.role_of_same_name(&parsed).filter(|_| begins)?;
            Some((*start..*start + name.len(), role))
        })
    }

    /// The first link in a part of the text.
    fn link_in(&self, text: &Text<'_>, part: Range<usize>) -> Option<NodeId> {
        let part = text.visible.span(part);
        let is_inside = |id: &NodeId| part.contains(self.tree.node(*id).span.start);
        self.tree.descendants(text.id).filter(is_inside).find(|id| self.tree.node(*id).link().is_some())
    }
}

/// A bullet or paragraph.
struct Text<'a> {
    visible: &'a Visible<'a>,
    /// With ASCII letters in lower case: as many bytes.
    lower: &'a str,
    id: NodeId,
}

impl Text<'_> {
    /// The one section that it speaks of, and where.
    fn section_word(&self) -> Option<(SectionKind, Span)> {
        let (kind, range) = section_word(self.lower)?;
        Some((kind, self.visible.span(range)))
    }
}

fn starts_with_connective(name: &str) -> bool {
    name.split(' ')
        .next()
        .is_some_and(|word| matches!(word, "the" | "of" | "a" | "an" | "all" | "for" | "and" | "to" | "in"))
}
