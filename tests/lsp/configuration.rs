//! `.jflint.yaml` in the editor: what it changes, and what is wrong with it.

use serde_json::{Value, json};

use super::client::{PAGE, PAUSE, Project, listed, range};

const WATCHING: &str = "workspace/didChangeWatchedFiles";

fn messages(findings: &[Value]) -> Vec<&str> {
    findings.iter().map(|finding| finding["message"].as_str().expect("a message")).collect()
}

#[test]
fn pages_outside_of_job_families_are_not_linted() {
    let project = Project::new();
    project.only_typos().file("job-families/.gitignore", "drafts.md\n").file("job-families/drafts.md", PAGE);
    let mut editor = project.editor();
    for path in ["README.md", "docs/a.md", "job-families/a.txt", "job-families/drafts.md"] {
        editor.open(&project.uri(path), PAGE);
    }
    editor.open("untitled:job-families/a.md", PAGE);
    let last = project.uri("content/job-families/é/last.html.md.erb");
    assert_eq!(editor.findings_of(&last, PAGE).len(), 1);
    let others = editor.rest(PAUSE);
    assert!(others.is_empty(), "{others:?}");
}

#[test]
fn a_draft_is_linted_wherever_it_stands_as_long_as_it_describes_a_job() {
    const DUTIES: &str = "\n### Responsibilities\n\n- recieve applications\n";
    let project = Project::new();
    project.only_typos().file(".gitignore", "private/\n").file("private/a.md", "");
    let mut editor = project.editor();
    let draft = project.uri("draft.md");
    assert_eq!(editor.findings_of(&draft, &format!("{PAGE}{DUTIES}")).len(), 2);
    editor.change(&draft, 2, json!([{"text": PAGE}]));
    assert!(editor.findings(&draft).is_empty());
    editor.change(&draft, 3, json!([{"text": format!("{PAGE}{DUTIES}")}]));
    assert_eq!(editor.findings(&draft).len(), 2);
    editor.open(&project.uri("private/a.md"), &format!("{PAGE}{DUTIES}"));
    let others = editor.rest(PAUSE);
    assert!(others.is_empty(), "{others:?}");
}

#[test]
fn the_project_says_which_pages_are_linted() {
    let project = Project::new();
    let mut editor = project.editor();
    let uri = project.uri("jobs/a.md");
    project.file(".jflint.yaml", "include: [jobs]\n");
    assert!(editor.findings_of(&uri, PAGE).iter().any(|finding| finding["code"] == "typo"));
}

#[test]
fn a_page_that_gets_excluded_loses_its_findings() {
    let project = Project::new();
    let mut editor = project.editor();
    let uri = project.uri("job-families/a.md");
    assert!(!editor.findings_of(&uri, PAGE).is_empty());
    project.file(".jflint.yaml", "exclude: [a.md]\n");
    let change = |kind: u8| json!({"changes": [{"uri": project.uri(".jflint.yaml"), "type": kind}]});
    editor.notify(WATCHING, change(1));
    assert!(editor.findings(&uri).is_empty());
    std::fs::remove_file(project.path(".jflint.yaml")).expect("it is there");
    editor.notify(WATCHING, change(3));
    assert!(!editor.findings(&uri).is_empty());
}

#[test]
fn the_editor_watches_configurations_and_word_lists() {
    let project = Project::new();
    project.file(".jflint.yaml", "word-lists: [lists/words.txt]\n").file("lists/words.txt", "recieve\n");
    let mut editor =
        project.editor_that(json!({"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": true}}}));
    let globs = |asked: Value| asked["registrations"][0]["registerOptions"]["watchers"][0]["globPattern"].clone();
    assert_eq!(globs(editor.told("client/registerCapability")), "**/*.{md,md.erb}");
    assert_eq!(globs(editor.told("client/registerCapability")), "**/.jflint.yaml");
    let uri = project.uri("job-families/a.md");
    assert!(editor.findings_of(&uri, PAGE).iter().all(|finding| finding["code"] != "typo"));
    assert_eq!(globs(editor.told("client/registerCapability")), "**/words.txt");
    project.file("lists/words.txt", "");
    editor.notify(WATCHING, json!({"changes": [{"uri": project.uri("lists/words.txt"), "type": 2}]}));
    assert!(editor.findings(&uri).iter().any(|finding| finding["code"] == "typo"));
}

#[test]
fn without_watching_a_change_is_seen_when_a_page_is_saved() {
    let project = Project::new();
    let mut editor = project.editor();
    let uri = project.uri("job-families/a.md");
    assert!(!editor.findings_of(&uri, PAGE).is_empty());
    project.file(".jflint.yaml", "exclude: [a.md]\n");
    editor.save(&uri);
    assert!(editor.findings(&uri).is_empty());
}

#[test]
fn an_error_is_shown_in_the_configuration_and_then_taken_back() {
    let project = Project::new();
    project.file(".jflint.yaml", "# Ours\nrules:\n  tpyo: off\n");
    let mut editor = project.editor();
    let (page, config) = (project.uri("job-families/a.md"), project.uri(".jflint.yaml"));
    editor.open(&page, PAGE);
    let findings = editor.findings(&config);
    insta::assert_json_snapshot!(findings);
    let shown = editor.told("window/showMessage");
    assert!(shown["message"].as_str().is_some_and(|words| words.contains(".jflint.yaml:3:3")), "{shown}");
    project.file(".jflint.yaml", "rules:\n  typo: off\n");
    editor.notify(WATCHING, json!({"changes": [{"uri": config, "type": 2}]}));
    assert!(editor.findings(&config).is_empty());
    assert!(editor.findings(&page).iter().all(|finding| finding["code"] != "typo"));
}

#[test]
fn an_open_configuration_counts_as_it_stands_unless_it_is_wrong() {
    let project = Project::new();
    project.only_typos();
    let before = std::fs::read_to_string(project.path(".jflint.yaml")).expect("it is there");
    let mut editor = project.editor();
    let (page, config) = (project.uri("job-families/a.md"), project.uri(".jflint.yaml"));
    assert_eq!(editor.findings_of(&page, PAGE).len(), 1);
    editor.open(&config, &before);
    assert_eq!(editor.findings(&page).len(), 1);
    let lines = before.lines().count() as u32;
    editor.change(&config, 2, json!([{"range": range(lines, 0, 0), "text": "words: [recieve]\n"}]));
    assert_eq!(editor.findings(&page).len(), 0);
    editor.change(&config, 3, json!([{"range": range(lines, 0, 5), "text": "wodrs"}]));
    let told = editor.findings(&config);
    assert_eq!(told[0]["range"]["start"], json!({"line": lines, "character": 0}));
    assert!(messages(&told)[0].contains("wodrs"), "{told:?}");
    // Then the file counts, which still finds the word.
    assert_eq!(listed(&editor.findings(&page)), ["typo 10:2-10:9"]);
    editor.close(&config);
    assert_eq!(editor.findings(&config).len(), 0);
}

#[test]
fn an_editor_that_asks_is_told_to_ask_again() {
    let project = Project::new();
    let capabilities =
        json!({"textDocument": {"diagnostic": {}}, "workspace": {"diagnostics": {"refreshSupport": true}}});
    let mut editor = project.editor_that(capabilities);
    let uri = project.uri("job-families/a.md");
    editor.open(&uri, PAGE);
    assert!(!editor.pull(&uri).is_empty());
    project.file(".jflint.yaml", "exclude: [a.md]\n");
    editor.notify(WATCHING, json!({"changes": [{"uri": project.uri(".jflint.yaml"), "type": 1}]}));
    editor.told("workspace/diagnostic/refresh");
    assert!(editor.pull(&uri).is_empty());
}
