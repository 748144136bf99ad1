//! A merge request, from its branch to the status: only what the branch brings counts.

use std::collections::BTreeMap;

use super::project::{PAGE, Project, Run};

const SUPPORT: &str = "content/job-families/support/support-engineering.md";
const TAX: &str = "content/job-families/finance/tax.md";
const CHECK: &str = "check --new-since main --format concise";

/// A checkout of the small handbook, whose pages have old findings, on a branch that has changed nothing yet.
fn handbook() -> Project {
    let project = Project::outside_repositories();
    for page in [SUPPORT, TAX] {
        let fixture = format!("{}/fixtures/handbook/{page}", env!("CARGO_MANIFEST_DIR"));
        project.file(page, std::fs::read(fixture).expect("a fixture"));
    }
    project.git("init --quiet").commit().git("checkout --quiet -b branch");
    project
}

/// The same, where the branch changed a grade in a table and misspelt a word.
fn changed_handbook() -> Project {
    let project = handbook();
    project.edit(SUPPORT, "(#support-engineer) | [Grade 6]", "(#support-engineer) | [Grade 5]");
    project.edit(TAX, "calender", "calender, which is neccessary");
    project
}

/// Path and rule of each finding that is told.
fn told(run: &Run) -> Vec<(&str, &str)> {
    run.lines().into_iter().filter_map(path_and_rule).collect()
}

/// Of `path:line:column: severity rule: message`.
fn path_and_rule(line: &str) -> Option<(&str, &str)> {
    let (place, rest) = line.split_once(": ")?;
    let rule = rest.split_once(": ")?.0.split(' ').nth(1)?;
    Some((place.split(':').next()?, rule))
}

#[track_caller]
fn tells_exactly_two(run: &Run, tax: &str, support: &str) {
    assert_eq!(told(run), [(tax, "typo"), (support, "grade-mismatch")], "{run}");
    assert_eq!(run.status, 1, "{run}");
}

/// Fingerprint and line of every finding by what it is.
fn fingerprints(project: &Project, folder: &str, arguments: &str) -> BTreeMap<String, u64> {
    let run = project.run_in(folder, &format!("check --format json {arguments}"));
    let report: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    let findings = report["diagnostics"].as_array().expect("a list").iter();
    let text = |value: &serde_json::Value| value.as_str().expect("a text").to_owned();
    findings.map(|one| (text(&one["fingerprint"]), one["span"]["start"]["line"].as_u64().expect("a line"))).collect()
}

#[test]
fn an_untouched_branch_is_clean() {
    let run = handbook().run(CHECK);
    assert_eq!((run.status, run.out.as_str()), (0, ""), "{run}");
    assert!(run.err.contains("nothing new") && run.err.contains("known findings are not shown"), "{run}");
}

#[test]
fn exactly_what_the_branch_brings_is_new() {
    let project = changed_handbook();
    tells_exactly_two(&project.run(CHECK), TAX, SUPPORT);
    project.commit();
    tells_exactly_two(&project.run(CHECK), TAX, SUPPORT);
}

#[test]
fn it_is_the_same_from_any_folder() {
    let project = changed_handbook();
    let below = "content/job-families";
    tells_exactly_two(&project.run_in(below, CHECK), "finance/tax.md", "support/support-engineering.md");
    let from_beside = project.run_in("content/job-families/support", &format!("{CHECK} ../finance ."));
    assert_eq!(told(&from_beside).len(), 2, "{from_beside}");
    assert_eq!(fingerprints(&project, below, ""), fingerprints(&project, "", ""));
}

#[test]
fn programs_are_told_of_all_findings_and_which_are_new() {
    let run = changed_handbook().run("check --new-since main --format json");
    let report: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    let findings = report["diagnostics"].as_array().expect("a list");
    let counting = |one: &&serde_json::Value| one["severity"] != "info" && one["new"] == true;
    assert_eq!(findings.iter().filter(counting).count(), 2, "{run}");
    let known = findings.iter().filter(|one| one["new"] == false).count();
    assert_eq!(report["summary"]["known"], known, "{run}");
    assert!(known > 10 && findings.iter().all(|one| one["new"].is_boolean()));
    let without = changed_handbook().run("check --format json");
    assert!(without.out.contains("\"new\":null") && !without.out.contains("\"new\":true"));
}

#[test]
fn a_renamed_page_brings_nothing_new() {
    let project = changed_handbook();
    let (tax, support) = ("content/job-families/tax/tax.md", "content/job-families/support/engineers/index.html.md");
    project.folder_at("content/job-families/tax");
    project.folder_at("content/job-families/support/engineers");
    project.git(&format!("mv {TAX} {tax}")).git(&format!("mv {SUPPORT} {support}"));
    let run = project.run(CHECK);
    let mut rules: Vec<&str> = told(&run).into_iter().map(|(_, rule)| rule).collect();
    rules.sort_unstable();
    assert_eq!((rules, run.status), (vec!["grade-mismatch", "typo"], 1), "{run}");
    project.commit();
    assert_eq!(told(&project.run(CHECK)).len(), 2);
}

#[test]
fn a_page_that_was_moved_behind_the_back_of_git_is_found() {
    let project = changed_handbook();
    std::fs::rename(project.path(TAX), project.path("content/job-families/finance/taxes.md")).expect("it moves");
    let run = project.run(CHECK);
    tells_exactly_two(&run, "content/job-families/finance/taxes.md", SUPPORT);
}

#[test]
fn fifty_lines_more_at_the_top_change_no_fingerprint() {
    let project = changed_handbook();
    let before = fingerprints(&project, "", "");
    let words = "Fifty lines of words that are spelt as they should be.\n\n".repeat(25);
    project.edit(TAX, "---\n\n", &format!("---\n\n{words}"));
    let after = fingerprints(&project, "", "");
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    assert!(before.iter().any(|(fingerprint, line)| after[fingerprint] == line + 50));
    tells_exactly_two(&project.run(CHECK), TAX, SUPPORT);
}

#[test]
fn a_new_page_is_new_and_a_deleted_one_says_nothing() {
    let project = handbook();
    project.page("content/job-families/sourcer.md").git(&format!("rm --quiet {TAX}"));
    let run = project.run(&format!("{CHECK} --select placeholder"));
    assert_eq!(told(&run), [("content/job-families/sourcer.md", "placeholder")], "{run}");
}

#[test]
fn what_was_repaired_on_the_main_branch_meanwhile_is_not_new() {
    let project = changed_handbook();
    project.commit().git("checkout --quiet main");
    project.edit(TAX, "calender", "calendar").commit().git("checkout --quiet branch");
    let run = project.run(CHECK);
    tells_exactly_two(&run, TAX, SUPPORT);
    assert!(run.err.contains("where this branch left main"), "{run}");
}

#[test]
fn a_hook_judges_the_next_commit() {
    let project = handbook();
    let hook = |project: &Project| project.run(&format!("check --new-since HEAD --format concise {TAX} {SUPPORT}"));
    assert_eq!(hook(&project).status, 0);
    project.edit(TAX, "calender", "calender, which is neccessary");
    let run = hook(&project);
    assert_eq!((told(&run), run.status), (vec![(TAX, "typo")], 1), "{run}");
    project.commit();
    assert_eq!(hook(&project).status, 0);
}

#[test]
fn before_the_first_commit_everything_is_new() {
    let project = Project::outside_repositories();
    project.git("init --quiet").page("page.md");
    let run = project.run("check --new-since HEAD --select placeholder --format concise page.md");
    assert_eq!(run.status, 1, "{run}");
    assert!(run.err.contains("no commit yet"), "{run}");
}

#[test]
fn a_rule_that_was_switched_on_makes_nothing_new() {
    let project = handbook();
    project.config("rules: { duplicate-bullet: error, coded-language: warning }\n");
    assert_eq!(project.run(CHECK).status, 0);
}

#[track_caller]
fn fails_with(run: &Run, words: &str) {
    assert_eq!((run.status, run.out.as_str()), (2, ""), "{run}");
    let failures = run.err.lines().filter(|line| line.starts_with("error:") || line.starts_with("not checked:"));
    let failures: Vec<&str> = failures.collect();
    assert_eq!(failures.len(), 1, "one clear message:\n{run}");
    assert!(failures[0].contains(words), "{run}");
}

#[test]
fn what_is_missing_is_said_with_the_way_out() {
    let project = handbook();
    fails_with(&project.run("check --new-since no/such"), "git fetch origin no/such");
    let gone = "0123456789abcdef0123456789abcdef01234567";
    fails_with(&project.run(&format!("check --new-since {gone}")), &format!("git fetch --depth 1 origin {gone}"));
    fails_with(&project.run(&format!("check --new-since {}", "0".repeat(40))), "no earlier one");
    fails_with(&project.run("check --new-since="), "variable that should name it is empty");
    fails_with(&project.run("check --new-since=--output=x"), "begins with `-`");
}

#[test]
fn without_git_and_without_a_repository_there_is_nothing_to_compare_with() {
    let project = handbook();
    let mut command = project.command("");
    let output = command.args(["check", "--new-since", "main"]).env("PATH", "").output().expect("jflint starts");
    let err = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() == Some(2) && err.contains("install it"), "{err}");

    let outside = Project::outside_repositories();
    outside.page("page.md");
    fails_with(&outside.run("check --new-since main page.md"), "in no git repository");
    let hollow = Project::new();
    hollow.page("page.md");
    fails_with(&hollow.run("check --new-since main page.md"), "no repository that git can read");
}

#[test]
fn a_checkout_of_another_user_needs_a_word_of_permission() {
    let project = handbook();
    let mut command = project.command("");
    command.args(["check", "--new-since", "main"]).env("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1");
    let output = command.output().expect("jflint starts");
    let err = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() == Some(2) && err.contains("git config --global --add safe.directory"), "{err}");
}

#[test]
fn a_shallow_clone_needs_the_base_and_no_more() {
    let project = changed_handbook();
    project.commit();
    let origin = project.path("").to_string_lossy().into_owned();
    let clone = Project::outside_repositories();
    clone.git(&format!("clone --quiet --depth 1 --branch branch file://{origin} checkout"));
    fails_with(&clone.run_in("checkout", CHECK), "The clone is shallow");
    clone.git("-C checkout fetch --quiet --depth 1 origin main:main");
    let run = clone.run_in("checkout", CHECK);
    tells_exactly_two(&run, TAX, SUPPORT);
    assert!(run.err.contains("too shallow"), "{run}");
}

#[test]
fn what_else_goes_wrong_goes_wrong_in_a_merge_request_too() {
    let project = handbook();
    fails_with(&project.run(&format!("{CHECK} content/no/such")), "there is no such file or folder");
    let latin = "content/job-families/latin.md";
    project.file(latin, b"---\ntitle: Caf\xE9\n---\n");
    fails_with(&project.run(CHECK), "it is not UTF-8");
    std::fs::remove_file(project.path(latin)).expect("it is ours");
    project.config("rulez: 1\n");
    fails_with(&project.run(CHECK), "rulez");
}

#[test]
fn fail_on_and_notes_speak_of_what_is_new() {
    let project = handbook();
    project.edit(TAX, "calender", "calender, which is neccessary");
    assert_eq!(project.run(&format!("{CHECK} --fail-on error")).status, 0);
    assert_eq!(project.run(&format!("{CHECK} --quiet")).err, "");
    let page = project.run_with("", "check --new-since main --format concise --select placeholder -", PAGE);
    assert_eq!(page.status, 1, "{page}");
}

#[test]
fn a_repair_of_what_is_new_leaves_what_was_there() {
    let project = changed_handbook();
    let old = std::fs::read_to_string(project.path(TAX)).expect("the page");
    let run = project.run("check --fix --new-since main --format concise");
    assert_eq!(told(&run), [(SUPPORT, "grade-mismatch")], "{run}");
    let text = std::fs::read_to_string(project.path(TAX)).expect("the page");
    assert_eq!(text, old.replace("neccessary", "necessary"));
}

#[test]
fn a_repair_before_the_commit_counts_what_is_new_of_the_rest() {
    let project = handbook();
    project.edit(SUPPORT, "- Find the cause", "- Find the neccessary cause");
    let run = project.run(&format!("check --fix --new-since HEAD --format concise {SUPPORT}"));
    assert_eq!((run.status, run.out.as_str()), (0, ""), "{run}");
    let text = std::fs::read_to_string(project.path(SUPPORT)).expect("the page");
    assert!(text.contains("- Find the necessary cause"), "{text}");
    project.edit(SUPPORT, "(#support-engineer) | [Grade 6]", "(#support-engineer) | [Grade 5]");
    let run = project.run(&format!("check --fix --new-since HEAD --format concise {SUPPORT}"));
    assert_eq!((told(&run), run.status), (vec![(SUPPORT, "grade-mismatch")], 1), "{run}");
    assert_eq!(project.run("check --fix --baseline known.json").status, 2);
}
