//! What one pass over the words of a page looks for: the terms of `rules/terms.yaml` and of `rules/grammar.yaml`.

use rustc_hash::FxHashSet;

use super::grammar::GrammarFacts;
use super::terms::{TermKind, TermRows};
use crate::lexicon::Lexicon;
use crate::text::fold;

/// The rows of `rules/terms.yaml`, with an index of their words.
#[derive(Debug, Clone)]
pub struct Terms {
    rows: TermRows,
    lexicon: Lexicon<TermKind>,
    /// The brands, folded.
    names: FxHashSet<String>,
    /// The other ways in which brands may be written.
    other_names: FxHashSet<String>,
}

impl Terms {
    /// Of the rows, and of the terms that the grammar has.
    pub fn new(rows: TermRows, grammar: &GrammarFacts) -> Self {
        let lexicon = Lexicon::new(rows.terms().chain(grammar.terms()));
        let names = rows.brands.iter().map(|brand| fold(&brand.right)).collect();
        let other_names = rows.brands.iter().flat_map(|brand| brand.also.iter().cloned()).collect();
        Self { rows, lexicon, names, other_names }
    }

    /// The rows of `rules/terms.yaml`, with what the project added.
    pub fn rows(&self) -> &TermRows {
        &self.rows
    }

    /// The names of one word that others may be slips of, as their owners write them.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let brands = self.rows.brands.iter().filter(|brand| !brand.is_word);
        brands.map(|brand| brand.right.as_str()).filter(|name| !name.contains(' '))
    }

    /// Whether a name is written so, or may be.
    pub fn is_name(&self, written: &str) -> bool {
        self.names.contains(&fold(written)) || self.other_names.contains(written)
    }

    /// The terms that one pass over the words of a page looks for.
    pub fn lexicon(&self) -> &Lexicon<TermKind> {
        &self.lexicon
    }
}
