//! What is said about the place under the pointer.

use serde_json::{Value, json};

use super::client::{FAMILY, PAGE, Project, place_of};

fn hover(project: &Project, text: &str, words: &str) -> Value {
    let uri = project.uri("job-families/a.md");
    let mut editor = project.editor();
    editor.open(&uri, text);
    editor.request("textDocument/hover", json!({"textDocument": {"uri": uri}, "position": place_of(text, words)}))
}

fn words(hover: &Value) -> &str {
    assert_eq!(hover["contents"]["kind"], "markdown");
    hover["contents"]["value"].as_str().expect("words")
}

#[test]
fn a_finding_says_what_and_why_and_what_to_write() {
    let project = Project::new();
    let hover = hover(project.only_typos(), PAGE, "ieve");
    insta::assert_snapshot!(words(&hover));
}

#[test]
fn a_role_says_what_it_is_and_what_it_takes_over() {
    let project = Project::new();
    let hover = hover(&project, FAMILY, "Senior Sourcer\n\nThe");
    insta::assert_snapshot!(words(&hover));
}

#[test]
fn where_nothing_is_nothing_is_said() {
    let project = Project::new();
    assert_eq!(hover(&project, FAMILY, "Sourcers find"), Value::Null);
    assert_eq!(hover(&project, FAMILY, "---"), Value::Null);
}
