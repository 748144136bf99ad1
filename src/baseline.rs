//! The file of known findings: what a project decided to live with when it began to use jflint.

use serde::{Deserialize, Serialize};

use crate::newness::Trace;

/// Rises when an older jflint could not read the file any more.
const SCHEMA: u32 = 1;

/// A finding that is known. The fields are in the order of the file, which is also the order of its lines.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// From the root of the repository.
    pub path: String,
    pub rule: String,
    /// What tells it from others of its rule and owner.
    pub key: String,
    /// The role and the section.
    pub owner: String,
    /// The line on which it stood, so that people see what is meant.
    pub line: String,
    pub fingerprint: String,
}

impl Entry {
    /// The entry of a finding.
    pub fn new(path: &str, trace: Trace, fingerprint: String) -> Self {
        let Trace { rule, owner, key, line } = trace;
        Self { path: path.to_owned(), rule, key, owner, line, fingerprint }
    }

    /// What is known of the finding.
    pub fn trace(&self) -> Trace {
        Trace { rule: self.rule.clone(), owner: self.owner.clone(), key: self.key.clone(), line: self.line.clone() }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    schema: u32,
    findings: Vec<Entry>,
}

/// Why a text is no baseline: a sentence.
#[derive(Debug, thiserror::Error)]
pub enum BaselineError {
    #[error("line {line}, column {column}: {words}")]
    Broken { line: usize, column: usize, words: String },
    #[error("it was written by a newer jflint (schema {0}): use that version, or write it anew with this one")]
    Newer(u32),
}

/// Reads the text of a baseline.
///
/// # Errors
///
/// When it is none, with the place.
pub fn read(text: &str) -> Result<Vec<Entry>, BaselineError> {
    let file: File = serde_json::from_str(text).map_err(|error| broken(&error))?;
    if file.schema > SCHEMA { Err(BaselineError::Newer(file.schema)) } else { Ok(file.findings) }
}

fn broken(error: &serde_json::Error) -> BaselineError {
    let (line, column) = (error.line(), error.column());
    let words = error.to_string();
    let words = words.strip_suffix(&format!(" at line {line} column {column}")).unwrap_or(&words).to_owned();
    BaselineError::Broken { line, column, words }
}

/// The text of a baseline: a finding a line, sorted, so that its changes are easy to review and to merge.
///
/// # Errors
///
/// Never for entries as they are; those of the JSON writer.
pub fn text(mut entries: Vec<Entry>) -> serde_json::Result<String> {
    entries.sort();
    let lines = entries.iter().map(|entry| serde_json::to_string(entry).map(|line| format!("    {line}")));
    let lines = lines.collect::<serde_json::Result<Vec<_>>>()?.join(",\n");
    let gap = if lines.is_empty() { "" } else { "\n" };
    let indent = if lines.is_empty() { "" } else { "  " };
    Ok(format!("{{\n  \"schema\": {SCHEMA},\n  \"findings\": [{gap}{lines}{gap}{indent}]\n}}\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(path: &str, key: &str) -> Entry {
        let trace = Trace { rule: "typo".into(), owner: "lead".into(), key: key.into(), line: "a \"teh\" b".into() };
        Entry::new(path, trace, "0f".to_owned())
    }

    #[test]
    fn it_is_sorted_with_a_finding_a_line() {
        let text = text(vec![entry("b.md", "teh"), entry("a.md", "teh"), entry("a.md", "hte")]).expect("JSON");
        insta::assert_snapshot!(text);
        assert_eq!(read(&text).expect("it is one").len(), 3);
    }

    #[test]
    fn it_may_be_empty() {
        assert_eq!(read(&text(Vec::new()).expect("JSON")).expect("it is one"), []);
    }

    #[test]
    fn what_is_none_is_told_with_its_place() {
        let words = |text: &str| read(text).expect_err("no baseline").to_string();
        assert_eq!(
            words("{\"schema\": 9, \"findings\": []}").split(':').next(),
            Some("it was written by a newer jflint (schema 9)")
        );
        assert_eq!(words("<<<<<<< HEAD\n{}"), "line 1, column 1: expected value");
        assert_eq!(words(""), "line 1, column 0: EOF while parsing a value");
        assert!(words("{\"schema\": 1, \"findings\": [{}]}").contains("missing field `path`"));
    }
}
