//! Findings that are left out by a comment, in the form that suits the place.

use serde_json::{Value, json};

use super::client::{Editor, Project, edited, place_of};

/// The actions that leave a finding of a rule out.
fn suppressions(editor: &mut Editor, uri: &str, text: &str, words: &str, rule: &str) -> Vec<Value> {
    let place = place_of(text, words);
    let actions = editor.actions(uri, json!({"start": place, "end": place}), Some(&["quickfix"]));
    let is_it = |action: &Value| {
        action["title"].as_str().is_some_and(|title| title.starts_with("Suppress"))
            && action["diagnostics"][0]["code"] == rule
    };
    actions.into_iter().filter(is_it).collect()
}

#[test]
fn each_place_has_its_form() {
    let project = Project::new();
    let uri = project.uri("job-families/a.md");
    let mut editor = project.editor();
    for (text, words, rule, comment) in [
        (
            "---\ntitle: A\n---\n\n- recieve it\n- more\n",
            "recieve",
            "typo",
            "- recieve it <!-- jflint-disable-line typo -- reason -->\n- more\n",
        ),
        (
            "---\ntitle: A\n---\n\nWe recieve\r\nthem.\n",
            "recieve",
            "typo",
            "We recieve <!-- jflint-disable-line typo -- reason -->\r\n",
        ),
        (
            "---\ntitle: A\n---\n\n### Recieve\n",
            "Recieve",
            "typo",
            "### Recieve <!-- jflint-disable-line typo -- reason -->\n",
        ),
        (
            "---\ntitle: A\n---\n\n| a | b |\n| - | - |\n| recieve | c |\n",
            "recieve",
            "typo",
            "| recieve | c <!-- jflint-disable-line typo -- reason --> |\n",
        ),
        (
            "---\ntitle: A\n---\n\n| a | recieve |\n| - | - |\n",
            "recieve",
            "typo",
            "| a | recieve <!-- jflint-disable-line typo -- reason --> |\n",
        ),
        (
            "---\ntitle: \"The recieve\"\n---\n\ntext\n",
            "recieve",
            "typo",
            "# jflint-disable-next-line typo -- reason\ntitle:",
        ),
        (
            "no front matter\n",
            "no",
            "malformed-front-matter",
            "no front matter <!-- jflint-disable-line malformed-front-matter -- reason -->\n",
        ),
    ] {
        let before = editor.findings_of(&uri, text).len();
        let actions = suppressions(&mut editor, &uri, text, words, rule);
        assert_eq!(actions.len(), 1, "{text}");
        let after = edited(text, &uri, &actions[0]);
        assert!(after.contains(comment), "{after}");
        assert!(editor.findings_of(&uri, &after).len() < before, "{after}");
    }
}

#[test]
fn a_reason_is_to_be_filled_in_where_the_editor_can() {
    let project = Project::new();
    let uri = project.uri("job-families/a.md");
    let text = "---\ntitle: A\n---\n\n- recieve it\n";
    let mut editor = project
        .editor_that(json!({"workspace": {"workspaceEdit": {"documentChanges": true, "snippetEditSupport": true}}}));
    editor.findings_of(&uri, text);
    let actions = suppressions(&mut editor, &uri, text, "recieve", "typo");
    let edit = &actions[0]["edit"]["documentChanges"][0]["edits"][0];
    assert_eq!(
        edit["snippet"],
        json!({"kind": "snippet", "value": " <!-- jflint-disable-line typo -- ${1:reason} -->"})
    );
    assert_eq!(edit["range"]["start"], json!({"line": 4, "character": 12}));
}
