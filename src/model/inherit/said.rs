//! What a text says with a wording that may take something over.

use std::ops::Range;

use crate::facts::{Cue, CueNeeds, InheritanceFacts, SectionKind};
use crate::model::inherit::Target;
use crate::model::inherit::clause::{is_section_word, speaks_of_section, words_in};
use crate::source::Span;
use crate::syntax::NodeId;

/// What a text says with a cue.
pub struct Said<'t> {
    pub facts: &'t InheritanceFacts,
    pub cue: &'t Cue,
    /// The part of the sentence between commas in which the cue stands, in small letters.
    pub clause: &'t str,
    /// The name of a role after the cue, and its place in the text; empty where none is named.
    pub name: &'t str,
    pub name_range: Range<usize>,
    pub word: Option<(SectionKind, Span)>,
    /// The first link of the sentence.
    pub link: Option<NodeId>,
    /// What the link means, or else the name.
    pub target: Target,
}

impl Said<'_> {
    /// Whether it speaks of something that can be taken over.
    pub fn takes_over(&self) -> bool {
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
    pub fn points_up(&self) -> bool {
        self.target == Target::Elsewhere && self.link.is_none() && self.has_word(|word| self.facts.is_above(word))
    }
}
