//! Files that are made from the code are those that the code would make now.
//!
//! `JFLINT_UPDATE=1 cargo test --test generated` writes them again.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::path::Path;
use std::{env, fs};

use jflint::{cli, docgen};

/// Compares a file, by its path from the root of the repository, with what it should say.
fn assert_current(path: &str, expected: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if env::var_os("JFLINT_UPDATE").is_some() {
        fs::create_dir_all(file.parent().expect("it lies in a folder")).expect("the folder can be made");
        fs::write(&file, expected).expect("the file can be written");
    }
    let current = fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");
    assert!(current == expected, "{path} is stale: JFLINT_UPDATE=1 cargo test --test generated");
}

#[test]
fn the_page_of_the_rules() {
    assert_current("docs/rules.md", &docgen::rules_markdown());
}

#[test]
fn the_page_of_the_configuration() {
    assert_current("docs/configuration.md", &docgen::configuration_markdown());
}

#[test]
fn the_page_of_the_command_line() {
    assert_current("docs/cli.md", &cli::reference());
}

#[test]
fn the_schema_of_the_configuration() {
    assert_current("docs/jflint.schema.json", &cli::schema());
}
