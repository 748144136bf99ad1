//! The README's first command: what a person sees of the small handbook in `fixtures/`.

#![allow(clippy::expect_used, reason = "a test fails by panicking")]

use std::process::{Command, Output};

fn jflint(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_jflint"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env_remove("NO_COLOR")
        .output()
        .expect("the binary runs")
}

fn seen(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    format!("{}\n-- standard error, status {}\n{}", text(&output.stdout), output.status, text(&output.stderr))
}

#[test]
fn the_small_handbook_as_a_person_sees_it() {
    insta::assert_snapshot!(seen(&jflint(&["check", "--isolated", "fixtures/handbook"])));
}

#[test]
fn the_small_handbook_one_line_a_finding() {
    insta::assert_snapshot!(seen(&jflint(&[
        "check",
        "--isolated",
        "--show",
        "info",
        "--format",
        "concise",
        "fixtures/handbook"
    ])));
}

#[test]
fn output_is_the_same_for_any_number_of_threads() {
    let outputs: Vec<Output> = ["1", "2", "7"]
        .iter()
        .map(|threads| jflint(&["check", "--threads", threads, "--format", "json", "fixtures"]))
        .collect();
    assert!(outputs.windows(2).all(|pair| pair[0].stdout == pair[1].stdout));
    assert!(!outputs[0].stdout.is_empty());
}
