//! Words that are added to those that are spelt right in the project.

use serde_json::{Value, json};

use super::client::{PAGE, Project, range};

fn capabilities() -> Value {
    json!({"workspace": {"workspaceEdit": {"documentChanges": true, "resourceOperations": ["create", "rename"]}}})
}

fn additions(project: &Project, capabilities: Value) -> Vec<Value> {
    let uri = project.uri("job-families/a.md");
    let mut editor = project.editor_that(capabilities);
    editor.findings_of(&uri, PAGE);
    let actions = editor.actions(&uri, range(10, 3, 3), Some(&["quickfix"]));
    actions
        .into_iter()
        .filter(|action| action["title"].as_str().is_some_and(|title| title.starts_with("Add")))
        .collect()
}

#[test]
fn a_project_without_a_configuration_gets_one() {
    let project = Project::new();
    let actions = additions(&project, capabilities());
    assert_eq!(actions[0]["title"], "Add `recieve` to .jflint.yaml: it is spelt right here");
    assert_eq!(
        actions[0]["edit"]["documentChanges"],
        json!([
            {"kind": "create", "uri": project.uri(".jflint.yaml"), "options": {"overwrite": false, "ignoreIfExists": true}},
            {"textDocument": {"uri": project.uri(".jflint.yaml"), "version": null},
             "edits": [{"range": range(0, 0, 0), "newText": "words:\n  - recieve\n"}]},
        ])
    );
    assert!(additions(&project, json!({})).is_empty(), "an editor that makes no files is not asked to");
}

#[test]
fn a_configuration_gets_the_word() {
    let project = Project::new();
    project.file(".jflint.yaml", "words:\n  - foo\nrules: {}\n");
    let actions = additions(&project, json!({}));
    let edits = &actions[0]["edit"]["changes"][project.uri(".jflint.yaml")];
    assert_eq!(*edits, json!([{"range": range(2, 0, 0), "newText": "  - recieve\n"}]));
}

#[test]
fn a_word_list_comes_before_the_configuration() {
    let project = Project::new();
    project.file(".jflint.yaml", "word-lists: [a.txt]\n").file("a.txt", "foo");
    let actions = additions(&project, capabilities());
    assert_eq!(actions[0]["title"], "Add `recieve` to a.txt: it is spelt right here");
    let change = &actions[0]["edit"]["documentChanges"][0];
    assert_eq!(change["edits"], json!([{"range": range(0, 3, 3), "newText": "\nrecieve\n"}]));
}

#[test]
fn a_configuration_that_is_open_is_changed_where_it_stands() {
    let project = Project::new();
    project.file(".jflint.yaml", "");
    let (page, config) = (project.uri("job-families/a.md"), project.uri(".jflint.yaml"));
    let mut editor = project.editor_that(capabilities());
    editor.open(&config, "# not saved yet\n");
    editor.findings_of(&page, PAGE);
    let actions = editor.actions(&page, range(10, 3, 3), Some(&["quickfix"]));
    let action = actions.iter().find(|action| action["title"].as_str().is_some_and(|title| title.starts_with("Add")));
    let change = &action.expect("it is offered")["edit"]["documentChanges"][0];
    assert_eq!(change["textDocument"], json!({"uri": config, "version": 1}));
    assert_eq!(change["edits"][0]["range"], range(1, 0, 0));
    editor.change(&config, 2, json!([{"range": range(1, 0, 0), "text": change["edits"][0]["newText"]}]));
    assert!(editor.findings(&page).iter().all(|finding| finding["code"] != "typo"));
}
