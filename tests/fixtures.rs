//! Whole documents for each rule: in `bad.md` it speaks, in `good.md` (what a naive version falls for) it does not.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;

use jflint::diagnostic::Diagnostic;
use jflint::facts::Facts;
use jflint::lint::{Settings, lint};
use jflint::rule::Rule;
use jflint::rules;
use jflint::source::Source;

fn findings(rule: &Rule, path: &Path) -> Vec<Diagnostic> {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut settings = Settings::new(Facts::embedded());
    settings.set(rule.name, Some(rule.severity));
    let mut findings = lint(&Source::new("fixture.md", text), &settings).diagnostics;
    findings.retain(|diagnostic| diagnostic.rule == rule.name);
    findings
}

#[test]
fn every_rule_speaks_in_its_bad_document_and_not_in_its_good_one() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/rules");
    let mut wrong = String::new();
    for entry in fs::read_dir(&folder).expect("the fixtures are part of the project") {
        let name = entry.expect("a folder that can be listed").file_name().to_string_lossy().into_owned();
        if rules::find(&name).is_none() {
            wrong += &format!("\nfixtures/rules/{name} names no rule");
        }
    }
    for rule in rules::ALL {
        let (name, path) = (rule.name, folder.join(rule.name));
        if !path.is_dir() {
            wrong += &format!("\n{name} has no fixtures");
            continue;
        }
        if findings(rule, &path.join("bad.md")).is_empty() {
            wrong += &format!("\n{name} is silent about its bad.md");
        }
        for finding in findings(rule, &path.join("good.md")) {
            wrong += &format!("\n{name} speaks about its good.md: {}", finding.message);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
