//! What a role takes over from another role, from its group or from the family instead of stating it.

use std::ops::Range;

use crate::facts::{Cue, CueNeeds, CuesOnPage, Facts, InheritanceFacts, SectionKind};
use crate::model::role_name::{MOST_COMPARED, Relation, RoleName};
use crate::model::{JobFamily, Role};
use crate::source::Span;
use crate::syntax::{NodeId, Tree, Visible};

mod clause;

use clause::{
    after_section_word, clause_around, is_section_word, name_after, section_word, sentence_around, speaks_of_section,
    words_in,
};

/// A wording by which a role takes over what stands elsewhere.
#[derive(Debug, Clone)]
pub struct Extension {
    /// The bullet or sentence.
    pub span: Span,
    /// The section in which it stands; nothing for the role's own introduction.
    pub section: Option<SectionKind>,
    /// The section word that it uses: "Extends the Analyst *responsibilities*".
    pub word: Option<(SectionKind, Span)>,
    /// The role that it names, as written; empty where it names none.
    pub name: String,
    pub name_span: Span,
    pub target: Target,
    /// How the name compares with that of the role that it means; `Same` where it means none of the page.
    pub relation: Relation,
    /// It begins the bullet or sentence.
    pub opens: bool,
    /// The link that leads to what it takes over.
    pub link: Option<NodeId>,
}

/// What is taken over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    Role(usize),
    /// Roles of other pages, groups, "above".
    Elsewhere,
    /// It names a role that the page does not have.
    Unknown,
}

impl Role {
    /// Whether the role takes over sections of that kind: by a cue in its introduction, or in such a section itself.
    pub fn inherits(&self, kind: SectionKind) -> bool {
        self.extensions.iter().any(|extension| extension.applies_to(kind))
    }
}

impl JobFamily {
    /// The roles whose sections of that kind a role takes over, those that they extend themselves too; the nearest
    /// first.
    pub fn extended_by(&self, role: usize, kind: SectionKind) -> Vec<usize> {
        let mut extended = vec![role];
        let mut next = 0;
        while let Some(data) = extended.get(next).and_then(|role| self.roles.get(*role)) {
            for extension in data.extensions.iter().filter(|extension| extension.applies_to(kind)) {
                if let Target::Role(target) = extension.target
                    && extended.len() <= LONGEST_CHAIN
                    && !extended.contains(&target)
                {
                    extended.push(target);
                }
            }
            next += 1;
        }
        extended.split_off(1)
    }
}

/// A ladder has a dozen levels at most.
const LONGEST_CHAIN: usize = 16;

impl Extension {
    /// Whether sections of that kind are taken over by it.
    pub fn applies_to(&self, kind: SectionKind) -> bool {
        match self.section {
            None => self.covers(kind),
            Some(section) => section == kind,
        }
    }

    /// Of an introduction: whether it speaks of that kind, or of everything.
    fn covers(&self, kind: SectionKind) -> bool {
        let words = [SectionKind::Responsibilities, SectionKind::Requirements];
        match self.word {
            Some((word, _)) if words.contains(&kind) => word == kind,
            _ => true,
        }
    }
}

/// A paragraph or bullet in which a role may take something over.
pub(super) struct Passage {
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
pub(super) struct Reader<'a> {
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

    fn role_of_same_name(&self, name: &RoleName) -> Option<usize> {
        if name.is_empty() || name.is_bare_level() {
            return None;
        }
        let mut others =
            self.family.roles.iter().enumerate().filter(|(index, _)| *index != self.role).take(MOST_COMPARED);
        others.find(|(_, role)| role.name.is_same(name)).map(|(index, _)| index)
    }

    /// The nearest role before that has such a section, where "above" cannot mean what serves all roles.
    fn above(&self, kind: SectionKind) -> Option<usize> {
        if self.family.family_sections_for(self.role, kind).next().is_some() {
            return None;
        }
        (0..self.role).rev().take(MOST_COMPARED).find(|role| self.family.has_own(*role, kind))
    }

    fn relation(&self, written: &str, target: Target) -> Relation {
        match target {
            Target::Role(role) => self.family.roles[role].called(written, &self.facts.levels),
            Target::Elsewhere | Target::Unknown => Relation::Same,
        }
    }

    fn named_target(&self, written: &str) -> Target {
        let levels = &self.facts.levels;
        let name = RoleName::parse(written, levels);
        if name.is_empty() || written.split_whitespace().count() > MOST_WORDS {
            return Target::Elsewhere;
        }
        if !name.looks_like_role(levels) {
            // A Bridge Inspector of the page is a role, whatever its noun.
            return self.role_of_same_name(&name).map_or(Target::Elsewhere, Target::Role);
        }
        self.role_named(&name).map_or(Target::Unknown, Target::Role)
    }

    /// The first link in a part of the text.
    fn link_in(&self, text: &Text<'_>, part: Range<usize>) -> Option<NodeId> {
        let part = text.visible.span(part);
        let is_inside = |id: &NodeId| part.contains(self.tree.node(*id).span.start);
        self.tree.descendants(text.id).filter(is_inside).find(|id| self.tree.node(*id).link().is_some())
    }

    /// The role that a name means: "Intermediate" is the unmarked one; of several that a shorter name fits, the first.
    fn role_named(&self, name: &RoleName) -> Option<usize> {
        let own = &self.family.roles[self.role];
        let others = || self.family.roles.iter().enumerate().filter(|(index, _)| *index != self.role);
        if let Some((index, _)) = others().find(|(_, role)| role.name.is_identical(name)) {
            return Some(index);
        }
        let compared = || others().take(MOST_COMPARED);
        if let Some((index, _)) = compared().find(|(_, role)| role.name.is_same(name)) {
            return Some(index);
        }
        if name.is_bare_level() {
            let fits =
                |role: &&(usize, &Role)| role.1.name.level() == name.level() && role.1.name.track() == own.name.track();
            return others()
                .find(|role| fits(&role) && role.1.base == own.base)
                .or_else(|| others().find(|role| fits(&role)))
                .map(|(index, _)| index);
        }
        compared()
            .filter(|(_, role)| role.name.level() == name.level())
            .find(|(_, role)| matches!(name.compare(&role.name), Relation::Shorter | Relation::Longer))
            .map(|(index, _)| index)
    }

    /// The role of the page to which a link leads; nothing where it leads to another place of the page.
    fn linked_target(&self, link: NodeId) -> Option<Target> {
        let link = self.tree.node(link).link()?;
        let Some(anchor) = link.url.strip_prefix('#') else { return Some(Target::Elsewhere) };
        self.family.role_of_anchor(anchor).map(Target::Role)
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

/// What a text says with a cue.
struct Said<'t> {
    facts: &'t InheritanceFacts,
    cue: &'t Cue,
    /// The part of the sentence between commas in which the cue stands, in small letters.
    clause: &'t str,
    /// The name of a role after the cue, and its place in the text; empty where none is named.
    name: &'t str,
    name_range: Range<usize>,
    word: Option<(SectionKind, Span)>,
    /// The first link of the sentence.
    link: Option<NodeId>,
    /// What the link means, or else the name.
    target: Target,
}

impl Said<'_> {
    /// Whether it speaks of something that can be taken over.
    fn takes_over(&self) -> bool {
        match (self.cue.needs, self.target) {
            // "As above, plus" can mean nothing else.
            (CueNeeds::Nothing, _) => true,
            // A role of the page has sections.
            (_, Target::Role(_)) => true,
            // "Extends the Bridge Builder" may mean a role of another page.
            (CueNeeds::Role, Target::Unknown) if self.has_name() => true,
            // "Builds on the Bridge Builder requirements" too, but not "builds on the Bridge Builder programme".
            (CueNeeds::Object, Target::Unknown) if self.has_name() && self.has_word(is_section_word) => true,
            // "Extends the Bridge role": the noun shows that the name is a role's.
            (CueNeeds::Role, _) if self.has_name() && self.has_word(|word| self.facts.is_role_word(word)) => true,
            _ => self.has_object(),
        }
    }

    /// Whether it has a link, what several roles share or "the requirements" as such, with or without a name.
    fn has_object(&self) -> bool {
        // "Everything above, plus" is meant so, "as described above" in the middle of a sentence may mean anything.
        let is_clear = self.cue.opens() || self.cue.needs == CueNeeds::Role;
        self.link.is_some()
            || (is_clear && self.has_word(|word| self.facts.is_shared(word)))
            || speaks_of_section(self.clause, self.facts)
    }

    /// "Extends the reach of the team" names nothing.
    fn has_name(&self) -> bool {
        self.name.starts_with(char::is_uppercase)
    }

    fn has_word(&self, is_it: impl Fn(&str) -> bool) -> bool {
        words_in(self.clause).any(is_it)
    }

    /// Whether it means what stands before on the page, and says no more of it.
    fn points_up(&self) -> bool {
        self.target == Target::Elsewhere && self.link.is_none() && self.has_word(|word| self.facts.is_above(word))
    }
}

/// In bytes: what begins a section with another role's sections is short.
const LONGEST_LEAD: usize = 160;

/// Each is read with its sentence: a paragraph of nothing but cues takes no longer than others.
const MOST_CUES: usize = 4;

/// No role has a longer name.
const MOST_WORDS: usize = 9;

fn starts_with_connective(name: &str) -> bool {
    name.split(' ')
        .next()
        .is_some_and(|word| matches!(word, "the" | "of" | "a" | "an" | "all" | "for" | "and" | "to" | "in"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    /// From whom the Senior Tax Analyst takes something over by a bullet among its requirements, if it does.
    fn by_bullet(bullet: &str) -> Option<Target> {
        let role = |name: &str, first: &str| {
            format!(
                "## {name}\n\nThe {name} is a grade 7.\n\n### Responsibilities\n\n- Files\n\n\
                 ### Requirements\n\n- {first}\n- Ability to use GitLab\n\n"
            )
        };
        extension_of(&(role("Tax Analyst", "Patience") + &role("Senior Tax Analyst", bullet)))
    }

    fn by_introduction(text: &str) -> Option<Target> {
        let page = "## Tax Analyst\n\nThe Tax Analyst is a grade 6.\n\n### Requirements\n\n- Files\n\n\
                    ## Senior Tax Analyst\n\nThe Senior Tax Analyst is a grade 7.\n\n";
        extension_of(&format!("{page}{text}\n"))
    }

    fn extension_of(page: &str) -> Option<Target> {
        let source = Source::new("x.md", page);
        let tree = Tree::parse(&source);
        let family = JobFamily::read(&source, &tree, &Facts::embedded());
        family.roles[1].extensions.first().map(|extension| extension.target)
    }

    #[test]
    fn wordings_lead_to_the_role_that_they_name() {
        for bullet in [
            "Extends the Tax Analyst requirements",
            "An extension of the Tax Analyst",
            "Expands on the Tax Analyst requirements",
            "Builds upon the Tax Analyst requirements",
            "Building on the Tax Analyst",
            "All Tax Analyst requirements plus",
            "All requirements from the Tax Analyst role",
            "All requirements of the Tax Analyst, in addition to:",
            "Same requirements as the Tax Analyst",
            "The same requirements as Tax Analyst apply",
            "Includes the Tax Analyst requirements",
            "Includes everything listed for the Tax Analyst.",
            "Everything from Tax Analyst, plus",
            "Everything required of a Tax Analyst",
            "Inherits from Tax Analyst",
            "On top of the Tax Analyst requirements",
            "Beyond the Tax Analyst requirements:",
            "As well as the Tax Analyst requirements:",
            "Along with all Tax Analyst requirements:",
            "Fulfills the Tax Analyst requirements",
            "Refer to the [Tax Analyst requirements](#tax-analyst)",
            "Tax Analyst requirements, plus:",
            "[Tax Analyst requirements](#tax-analyst), plus:",
            "Must meet all qualifications of the Tax Analyst",
            "Everything above, plus",
            "All of the above, plus",
            "As above, plus",
            "The above requirements, plus",
            "Extends the previous level",
        ] {
            assert_eq!(by_bullet(bullet), Some(Target::Role(0)), "{bullet}");
        }
    }

    #[test]
    fn what_only_sounds_like_it_takes_nothing_over() {
        for bullet in [
            "Gather the requirements of the business",
            "Knowledge of requirements of the SEC",
            "Knowledge of Tax Analyst responsibilities",
            "In addition to English, a second language",
            "In addition to the quarterly audit, supports the Tax Analyst",
            "All of the work is remote",
            "All candidates must meet the following requirements",
            "Tax Analyst requirements gathering",
            "Experience with the tools of a Tax Analyst",
            "Extends the reach of the team",
            "Everything in writing: keeps the handbook current",
            "Same as other teams, works asynchronously",
            "Builds on the success of the team",
            "Includes travel",
        ] {
            assert_eq!(by_bullet(bullet), None, "{bullet}");
        }
        for text in [
            "In addition to the quarterly audit, the Senior Tax Analyst runs the plan.",
            "The Senior Tax Analyst extends the reach of the team.",
            "The Senior Tax Analyst has the same job as auditors do elsewhere.",
            "As described above, the team is small.",
            "The Senior Tax Analyst takes on the responsibilities of the team.",
        ] {
            assert_eq!(by_introduction(text), None, "{text}");
        }
    }

    #[test]
    fn an_introduction_takes_over_what_it_names() {
        for text in [
            "The Senior Tax Analyst is an extension of the Tax Analyst.",
            "The Senior Tax Analyst builds on the Tax Analyst role.",
            "The Senior Tax Analyst role extends the Tax Analyst role.",
            "The Senior Tax Analyst files. This role extends the [Tax Analyst](#tax-analyst) role.",
        ] {
            assert_eq!(by_introduction(text), Some(Target::Role(0)), "{text}");
        }
        for text in [
            "The Senior Tax Analyst shares the same requirements and responsibilities outlined above.",
            "The Senior Tax Analyst extends the role outlined above.",
            "The Senior Tax Analyst role extends the Bridge Builder role.",
            "Unless otherwise specified, all Senior Tax Analysts share the following.",
        ] {
            assert_eq!(by_introduction(text), Some(Target::Elsewhere), "{text}");
        }
    }
}
