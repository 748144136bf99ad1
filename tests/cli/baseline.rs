//! The file of known findings: how it is written, read, and kept true.

use super::project::{PAGE, Project};

const CHECK: &str = "check --format concise --baseline known.json page.md";

fn project() -> Project {
    let project = Project::new();
    // One rule, so that the lines of the file are few.
    let off: String = jflint::rules::ALL
        .iter()
        .filter(|rule| !["placeholder", "typo"].contains(&rule.name))
        .map(|rule| format!("  {}: off\n", rule.name))
        .collect();
    project.page("page.md").config(&format!("rules:\n{off}"));
    project
}

fn baseline(project: &Project) -> String {
    std::fs::read_to_string(project.path("known.json")).expect("a baseline")
}

#[test]
fn what_was_written_is_known() {
    let project = project();
    let written = project.run("check --format concise --write-baseline known.json page.md");
    insta::assert_snapshot!(written);
    insta::assert_snapshot!(baseline(&project));
    assert_eq!(project.run(CHECK).status, 0);
    project.edit("page.md", "- TBD\n", "- Recieve\n\n## Requirements\n\n- TBD\n- TODO\n");
    insta::assert_snapshot!(project.run(CHECK));
}

#[test]
fn entries_that_are_repaired_are_told_and_dropped() {
    let project = project();
    project.run("check --write-baseline known.json page.md");
    project.edit("page.md", "- TBD\n", "- Answer letters\n");
    insta::assert_snapshot!(project.run(CHECK));
    assert!(!project.run(&format!("{CHECK} --select typo")).err.contains("not found any more"));
    project.run("check --write-baseline known.json page.md");
    insta::assert_snapshot!(baseline(&project));
    assert!(!project.run(CHECK).err.contains("not found any more"));
}

#[test]
fn pages_that_are_not_checked_keep_their_entries() {
    let project = project();
    project.page("other.md").run("check --write-baseline known.json page.md other.md");
    let both = baseline(&project);
    assert_eq!(both.matches("\"rule\"").count(), 2);
    assert!(!project.run(CHECK).err.contains("not found any more"));
    project.run("check --write-baseline known.json page.md");
    assert_eq!(baseline(&project), both);
    std::fs::remove_file(project.path("other.md")).expect("it is ours");
    assert!(project.run(CHECK).err.contains("1 entry of known.json is not found any more"));
    project.run("check --write-baseline known.json page.md");
    assert_eq!(baseline(&project).matches("\"rule\"").count(), 1);
}

#[test]
fn a_renamed_page_keeps_its_findings() {
    let project = project();
    project.run("check --write-baseline known.json page.md");
    std::fs::rename(project.path("page.md"), project.path("renamed.md")).expect("it moves");
    let run = project.run("check --baseline known.json renamed.md");
    assert_eq!(run.status, 0, "{run}");
    // A second page like it is no rename.
    project.page("page.md");
    assert_eq!(project.run("check --baseline known.json renamed.md page.md").status, 1);
}

#[test]
fn it_holds_from_any_folder() {
    let project = project();
    project.page("job-families/sales/page.md").run("check --write-baseline known.json job-families");
    assert_eq!(project.run_in("job-families/sales", "check --baseline ../../known.json page.md").status, 0);
}

#[test]
fn known_by_either_is_known() {
    let project = project();
    project.git("init --quiet").commit();
    project.page("other.md").run("check --write-baseline known.json other.md");
    let run = project.run("check --baseline known.json --new-since HEAD page.md other.md");
    assert_eq!(run.status, 0, "{run}");
    project.file("third.md", PAGE);
    assert_eq!(project.run("check --baseline known.json --new-since HEAD page.md third.md").status, 1);
}

#[test]
fn a_baseline_that_cannot_be_used_is_a_failure() {
    let project = project();
    insta::assert_snapshot!(project.run(CHECK));
    project.file("known.json", "{\n<<<<<<< HEAD\n");
    insta::assert_snapshot!(project.run(CHECK));
    insta::assert_snapshot!(project.run("check --write-baseline known.json page.md"));
    insta::assert_snapshot!(project.run("check --write-baseline no/such/known.json page.md"));
    insta::assert_snapshot!(project.run("check --write-baseline known.json --new-since HEAD page.md"));
}
