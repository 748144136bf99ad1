//! What a rule says about a document: a finding with its place, its reason and, where possible, its repair.

use crate::source::Span;

/// How much a finding matters. The order is that of `--fail-on`: an error is the greatest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    Info,
    Warning,
    Error,
}

impl Severity {
    /// As in the JSON contract: `error`, `warning`, `info`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A second place that a finding speaks of, such as the other side of a contradiction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    pub span: Span,
    pub message: String,
}

/// Whether a fix may be applied without a person looking at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Safety {
    /// Changes nothing in the outline but what the finding names, no other link target, and adds no finding.
    Safe,
    /// Right in most cases; a person should look.
    Unsafe,
}

/// Replaces the bytes of `span`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    pub span: Span,
    pub replacement: String,
}

/// One way to repair what a diagnostic names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as an editor shows it: starts with a verb.
    pub title: String,
    pub safety: Safety,
    /// Ordered and without overlap.
    pub edits: Vec<Edit>,
}

/// One finding of one rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    pub rule: &'static str,
    pub severity: Severity,
    /// What is wrong here, in the words of the document.
    pub message: String,
    /// What to do about it; starts with a verb.
    pub help: String,
    /// The smallest span that shows it; empty where something is absent.
    pub span: Span,
    /// What stands at `span`, said beside the underlined words; may be empty.
    pub caption: String,
    pub labels: Vec<Label>,
    /// The first is the best; where several are equally good none is applied by itself.
    pub fixes: Vec<Fix>,
    /// The role or specialty and the section in which it stands, in canonical words.
    pub owner: String,
    /// What tells this finding from others of the same rule and owner: no line numbers, no counts.
    pub key: String,
}

impl Diagnostic {
    /// The fix that may be applied without asking: the only one, if it is at most as risky as `allowed`.
    pub fn applicable_fix(&self, allowed: Safety) -> Option<&Fix> {
        match self.fixes.as_slice() {
            [only] if only.safety <= allowed => Some(only),
            _ => None,
        }
    }
}
