//! Honest pages: about a family without faults, no rule has anything to say, notes and rules that are off included.

#![allow(clippy::expect_used, reason = "a test fails by panicking")]

use std::path::Path;
use std::process::Command;

use jflint::rules;

#[test]
fn nothing_is_said_about_families_without_faults() {
    let every_rule: Vec<&str> = rules::ALL.iter().map(|rule| rule.name).collect();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/clean");
    let pages = std::fs::read_dir(&folder).expect("the fixtures are part of the project");
    let pages: Vec<_> = pages.map(|page| page.expect("a page").path()).collect();
    assert!(pages.len() >= 3, "one from each template, and one that begins with tables");
    let run = Command::new(env!("CARGO_BIN_EXE_jflint"))
        .args(["check", "--isolated", "--quiet", "--show", "info", "--select", &every_rule.join(",")])
        .args(pages)
        .output()
        .expect("jflint starts");
    let printed = String::from_utf8_lossy(&[run.stdout, run.stderr].concat()).into_owned();
    assert_eq!((printed.as_str(), run.status.code()), ("", Some(0)), "{printed}");
}
