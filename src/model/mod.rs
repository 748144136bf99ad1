//! What a document means.
use crate::facts::Facts;
use crate::source::{Source, Span};
use crate::syntax::Tree;
#[derive(Debug, Default)]
pub struct JobFamily {}
impl JobFamily {
    pub fn read(_s: &Source, _t: &Tree, _f: &Facts) -> Self {
        Self {}
    }
    /// The role or specialty and the section at a byte, in canonical words: the owner of findings there.
    pub fn owner_words(&self, _offset: usize) -> String {
        String::new()
    }

    /// The whole of the role whose heading is at a byte; nothing where no role's heading stands.
    pub fn role_span_at(&self, _offset: usize) -> Option<Span> {
        None
    }
}
