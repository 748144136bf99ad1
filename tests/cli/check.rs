//! `jflint check` and the other commands: options, streams and exit status.

use std::io::Read as _;

use super::project::{PAGE, Project};

fn project() -> Project {
    let project = Project::new();
    project.page("page.md");
    project
}

#[test]
fn findings_go_to_standard_output_and_words_about_the_run_to_standard_error() {
    insta::assert_snapshot!(project().run("check --select placeholder --format concise page.md"));
    insta::assert_snapshot!(project().run("check --select placeholder --format concise --quiet page.md"));
    insta::assert_snapshot!(project().run("check --select placeholder --format concise --verbose page.md"));
}

#[test]
fn the_status_follows_fail_on() {
    let project = project();
    project.config("rules: { placeholder: info }\n");
    let status = |arguments: &str| project.run(&format!("check --select placeholder page.md {arguments}")).status;
    assert_eq!(status(""), 0);
    assert_eq!(status("--fail-on info"), 1);
    project.config("");
    assert_eq!(status(""), 1);
    assert_eq!(status("--fail-on error"), 0);
    assert_eq!(status("missing.md"), 2, "what could not be done counts more than findings");
}

#[test]
fn the_status_is_the_same_in_every_format() {
    for format in ["text", "concise", "json"] {
        let status = |rest: &str| project().run(&format!("check --format {format} --select placeholder {rest}")).status;
        assert_eq!(
            (status("page.md"), status("page.md nope"), status("page.md --fail-on error")),
            (1, 2, 0),
            "{format}"
        );
    }
}

#[test]
fn rules_are_chosen() {
    let project = project();
    project.file("page.md", format!("{PAGE}- Ability to use Gitlab\n"));
    let rules = |arguments: &str| project.run(&format!("check --format concise page.md {arguments}")).out;
    assert!(rules("").contains("placeholder") && rules("").lines().count() > 1);
    assert_eq!(rules("--select placeholder,brand-case --ignore brand-case").lines().count(), 1);
    assert!(!rules("--ignore placeholder").contains("placeholder"));
    project.config("rules: { placeholder: off }\n");
    assert_eq!(rules("--select placeholder").lines().count(), 1, "the command line counts more than the configuration");
}

#[test]
fn wrong_arguments_are_told_with_the_nearest_valid_one() {
    let project = project();
    let runs = [
        "",
        "chek",
        "check --select placeholdr",
        "check --ignore placeholder,spelling",
        "check --fail-on eror",
        "check --format jsn",
        "check --threads 0",
        "check --quiet --verbose",
        "check --statistic",
        "explain grade-mismtach",
        "explain",
    ];
    let told: Vec<String> = runs.iter().map(|run| format!("$ jflint {run}\n{}", project.run(run))).collect();
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn help_and_version_are_no_failure() {
    let project = project();
    for arguments in
        ["--help", "check --help", "--version", "rules", "explain placeholder", "config", "outline page.md"]
    {
        let run = project.run(arguments);
        assert_eq!((run.status, run.err.as_str()), (0, ""), "{run}");
        assert!(!run.out.is_empty());
    }
}

#[test]
fn every_rule_is_listed_with_a_summary() {
    let run = project().run("rules");
    for rule in jflint::rules::ALL {
        let is_told = |line: &str| line.trim_start().starts_with(rule.name) && line.ends_with(rule.summary());
        assert!(run.lines().into_iter().any(is_told), "{}", rule.name);
    }
}

#[test]
fn the_outline_is_printed_for_people_and_programs() {
    let project = project();
    assert!(project.run("outline page.md").out.starts_with("page.md\n"));
    let run = project.run("outline --format json page.md missing.md");
    let outline: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    assert_eq!((&outline["documents"][0]["path"], run.status), (&"page.md".into(), 2), "{run}");
}

#[test]
fn any_number_of_threads_prints_the_same() {
    let project = Project::new();
    for number in 0..40 {
        project.page(&format!("job-families/{}/page-{number}.md", number % 7));
    }
    project.file("job-families/3/latin.md", b"\xE9").file("job-families/4/latin.md", b"a\xE9");
    for format in ["text", "concise", "json"] {
        let run = |threads: usize| project.run(&format!("check --format {format} --threads {threads}")).to_string();
        let one = run(1);
        assert_eq!(one, run(8));
        assert_eq!(one, run(3));
    }
}

#[test]
fn a_reader_that_has_seen_enough_is_no_failure() {
    let project = Project::new();
    for number in 0..300 {
        project.file(&format!("job-families/page-{number}.md"), PAGE.replace("- TBD", &"- TBD\n\n".repeat(20)));
    }
    for arguments in
        [["check", "--format=json"], ["check", "--format=text"], ["check", "--list-files"], ["check", "--help"]]
    {
        let mut child = project.command("").args(arguments).spawn().expect("jflint starts");
        let mut out = child.stdout.take().expect("it has a standard output");
        out.read_exact(&mut [0; 10]).expect("it prints something");
        drop(out);
        let output = child.wait_with_output().expect("jflint ends");
        let err = String::from_utf8_lossy(&output.stderr);
        assert!(!err.contains("panic") && !err.contains("cannot be written"), "{err}");
        assert!(output.status.code().is_some_and(|status| status < 2), "{err}");
    }
}

#[test]
fn colours_are_for_terminals_unless_they_are_asked_for() {
    let is_coloured = |arguments: &str| project().run(&format!("check page.md {arguments}")).out.contains('\u{1b}');
    assert!(!is_coloured(""));
    assert!(is_coloured("--color always"));
    assert!(!is_coloured("--color never"));
}

#[test]
fn statistics_tell_how_often_each_rule_spoke() {
    insta::assert_snapshot!(project().run("check --select placeholder --format concise --statistics page.md"));
}
