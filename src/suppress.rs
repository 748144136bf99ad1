//! Comments in the document that take findings away.

use crate::diagnostic::Diagnostic;
use crate::model::JobFamily;
use crate::source::Source;
use crate::syntax::Tree;

/// The rule under which unused suppressions are reported.
pub const UNUSED_SUPPRESSION: &str = "unused-suppression";

#[derive(Debug, Default)]
pub struct Suppressions {}

impl Suppressions {
    pub fn read(_source: &Source, _tree: &Tree, _family: &JobFamily) -> Self {
        Self {}
    }
    pub fn apply(&self, _diagnostics: &mut Vec<Diagnostic>) -> Vec<bool> {
        Vec::new()
    }
    pub fn unused(&self, _used: &[bool], _on: impl Fn(&str) -> bool) -> Vec<Diagnostic> {
        Vec::new()
    }
}
