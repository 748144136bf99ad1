//! The visible text as words.
use crate::model::JobFamily;
use crate::source::Source;
use crate::syntax::Tree;
#[derive(Debug, Default)]
pub struct Prose {}
impl Prose {
    pub fn read(_s: &Source, _t: &Tree, _f: &JobFamily) -> Self {
        Self {}
    }
}
