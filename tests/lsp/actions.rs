//! What an editor offers to do about findings.

use serde_json::{Value, json};

use super::client::{Editor, PAGE, Project, edited, listed, range};

fn titles(actions: &[Value]) -> Vec<&str> {
    actions.iter().map(|action| action["title"].as_str().expect("a title")).collect()
}

fn quick_fixes(editor: &mut Editor, uri: &str, range: Value) -> Vec<Value> {
    editor.actions(uri, range, Some(&["quickfix"]))
}

#[test]
fn a_misspelt_word_is_corrected() {
    let project = Project::new();
    let project = project.only_typos();
    let uri = project.uri("job-families/a.md");
    for capabilities in [json!({}), json!({"workspace": {"workspaceEdit": {"documentChanges": true}}})] {
        let mut editor = project.editor_that(capabilities);
        editor.findings_of(&uri, PAGE);
        let actions = quick_fixes(&mut editor, &uri, range(10, 4, 4));
        assert_eq!(actions[0]["isPreferred"], true);
        assert_eq!(actions[0]["kind"], "quickfix");
        assert_eq!(actions[0]["diagnostics"][0]["code"], "typo");
        let repaired = edited(PAGE, &uri, &actions[0]);
        assert_eq!(repaired, PAGE.replace("recieve", "receive"));
        editor.change(&uri, 2, json!([{"text": repaired}]));
        assert_eq!(editor.findings(&uri).len(), 0);
        assert_eq!(titles(&quick_fixes(&mut editor, &uri, range(10, 4, 4))), [""; 0]);
    }
}

#[test]
fn an_edit_names_the_version_for_which_it_was_made() {
    let project = Project::new();
    let project = project.only_typos();
    let uri = project.uri("job-families/a.md");
    let mut editor = project.editor_that(json!({"workspace": {"workspaceEdit": {"documentChanges": true}}}));
    editor.open(&uri, PAGE);
    editor.change(&uri, 7, json!([{"range": range(4, 0, 0), "text": "é"}]));
    let actions = quick_fixes(&mut editor, &uri, range(10, 4, 4));
    assert_eq!(actions[0]["edit"]["documentChanges"][0]["textDocument"]["version"], 7);
}

#[test]
fn of_several_corrections_each_is_offered_and_none_preferred() {
    let project = Project::new();
    let project = project.only_typos();
    let uri = project.uri("job-families/a.md");
    let page = PAGE.replace("recieve", "manger of");
    let mut editor = project.editor();
    let words = ["thier", "calender", "ther", "definately", "wich", "form", "manger", "loosing", "managment"];
    let text = words.iter().fold(page, |text, word| format!("{text}- {word} it\n"));
    editor.findings_of(&uri, &text);
    let lines = text.lines().count() as u32;
    let all = editor.actions(
        &uri,
        json!({"start": {"line": 0, "character": 0}, "end": {"line": lines, "character": 0}}),
        Some(&["quickfix"]),
    );
    let several = all.iter().filter(|action| action["isPreferred"] == false && action["kind"] == "quickfix").count();
    assert!(several >= 2, "{:?}", titles(&all));
}

#[test]
fn all_safe_repairs_are_made_as_check_makes_them() {
    let project = Project::new();
    let uri = project.uri("job-families/a.md");
    let page =
        "---\ntitle: \"A\"\n---\r\n\r\n## **Levels**\r\n\r\n- recieve é 🦊 thier Gitlab\r\n- fine\r\n- a individual";
    let mut editor = project.editor();
    editor.findings_of(&uri, page);
    let actions = editor.actions(&uri, range(0, 0, 0), Some(&["source.fixAll"]));
    assert_eq!(titles(&actions), ["Make all safe repairs of this page"]);
    assert_eq!(actions[0]["kind"], "source.fixAll.jflint");
    project.file("job-families/a.md", page);
    let mut check = std::process::Command::new(env!("CARGO_BIN_EXE_jflint"));
    check.args(["check", "--fix", "--quiet"]).arg(project.path("job-families/a.md"));
    check.output().expect("jflint runs");
    let by_check = std::fs::read_to_string(project.path("job-families/a.md")).expect("it is there");
    assert_ne!(by_check, page);
    assert_eq!(edited(page, &uri, &actions[0]), by_check);
}

#[test]
fn only_what_is_asked_for_is_offered() {
    let project = Project::new();
    let project = project.only_typos();
    let uri = project.uri("job-families/a.md");
    let mut editor = project.editor();
    assert_eq!(listed(&editor.findings_of(&uri, PAGE)), ["typo 10:2-10:9"]);
    let kinds = |actions: Vec<Value>| -> Vec<String> {
        actions.iter().map(|action| action["kind"].as_str().expect("a kind").to_owned()).collect()
    };
    assert!(kinds(editor.actions(&uri, range(10, 2, 9), Some(&["quickfix"]))).iter().all(|kind| kind == "quickfix"));
    assert_eq!(kinds(editor.actions(&uri, range(0, 0, 0), Some(&["source"]))), ["source.fixAll.jflint"]);
    assert_eq!(kinds(editor.actions(&uri, range(0, 0, 0), Some(&["source.fixAll.jflint"]))), ["source.fixAll.jflint"]);
    assert_eq!(kinds(editor.actions(&uri, range(10, 2, 9), Some(&["refactor"]))), [""; 0]);
    assert_eq!(kinds(editor.actions(&uri, range(10, 2, 9), Some(&["source.fixAllOthers"]))), [""; 0]);
    assert!(kinds(editor.actions(&uri, range(10, 2, 9), None)).contains(&"source.fixAll.jflint".to_owned()));
}
