//! jflint lints job-family documents. The folders are the data flow:
//!
//! ```text
//! source -> syntax -> model + prose -> rules -> diagnostics -> report | fix | lsp
//! ```

pub mod baseline;
pub mod bullets;
pub mod cli;
pub mod config;
pub mod diagnostic;
pub mod disk;
pub mod docgen;
pub mod facts;
pub mod fingerprint;
pub mod fix;
pub mod git;
pub mod grammar;
pub mod lexicon;
pub mod links;
pub mod lint;
pub mod lists;
pub mod lsp;
pub mod model;
pub mod nearest;
pub mod newness;
pub mod options;
pub mod outline;
pub mod placement;
pub mod prose;
pub mod punctuation;
pub mod report;
pub mod rule;
pub mod rules;
pub mod source;
pub mod spelling;
pub mod suppress;
pub mod syntax;
pub mod text;
pub mod walk;
pub mod word_hash;
pub mod wording;
