//! The examples in the documentation of the rules are true: each bad one makes its rule speak, no good one does.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use jflint::diagnostic::Diagnostic;
use jflint::docgen::examples;
use jflint::facts::Facts;
use jflint::lint::{Settings, lint};
use jflint::rule::Rule;
use jflint::rules;
use jflint::source::Source;
use jflint::suppress::UNUSED_SUPPRESSION;

/// All rules on, those that are off by default too.
fn every_rule() -> Settings {
    let mut settings = Settings::new(Facts::embedded());
    for rule in rules::ALL {
        settings.set(rule.name, Some(rule.severity));
    }
    settings
}

fn findings(rule: &Rule, text: &str, settings: &Settings) -> Vec<Diagnostic> {
    let mut findings = lint(&Source::new("example.md", text), settings).diagnostics;
    findings.retain(|diagnostic| diagnostic.rule == rule.name);
    findings
}

#[test]
fn bad_examples_make_their_rule_speak_and_good_ones_do_not() {
    let settings = every_rule();
    let mut wrong = String::new();
    for rule in rules::ALL {
        for example in examples(rule) {
            let findings = findings(rule, &example.text, &settings);
            if findings.is_empty() == example.bad {
                let kind = if example.bad { "is silent about a bad" } else { "speaks about a good" };
                wrong += &format!("\n{} {kind} example:\n\n{}\n{findings:#?}\n", rule.name, example.text);
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_rule_has_a_bad_and_a_good_example() {
    // Which suppressions are used is known to `lint` alone, and tested there.
    let explained = rules::ALL.iter().filter(|rule| rule.name != UNUSED_SUPPRESSION);
    let without: Vec<&str> = explained
        .filter(|rule| [true, false].iter().any(|&bad| !examples(rule).iter().any(|example| example.bad == bad)))
        .map(|rule| rule.name)
        .collect();
    assert!(without.is_empty(), "rules without a bad or a good example: {without:?}");
}

#[test]
fn every_rule_has_a_summary_of_one_line() {
    for rule in rules::ALL {
        let summary = rule.summary();
        assert!(summary.ends_with('.') && summary.len() <= 140, "{}: {summary:?}", rule.name);
    }
}
