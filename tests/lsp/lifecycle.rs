//! How a server begins and ends, and what it makes of nonsense.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::client::{Editor, PAGE, PAUSE, Project, listed};

#[test]
fn it_ends_as_it_is_told() {
    let project = Project::new();
    assert_eq!(project.editor().end(), Some(0));
}

#[test]
fn an_exit_without_a_word_is_an_error() {
    let project = Project::new();
    let mut editor = project.editor();
    editor.notify("exit", Value::Null);
    assert_eq!(editor.status(), Some(1));
    let mut editor = Editor::start(&project.path(""));
    editor.notify("exit", Value::Null);
    assert_eq!(editor.status(), Some(1));
}

#[test]
fn when_the_editor_vanishes_so_does_the_server() {
    let project = Project::new();
    let mut editor = project.editor();
    editor.open(&project.uri("job-families/a.md"), PAGE);
    editor.vanish();
    assert_eq!(editor.status(), Some(1));
    let mut editor = Editor::start(&project.path(""));
    editor.vanish();
    assert_eq!(editor.status(), Some(1));
}

#[test]
fn what_is_no_message_ends_it() {
    let project = Project::new();
    for nonsense in ["hello\r\n\r\n", "Content-Length: 3\r\n\r\n{x}", "Content-Length: 99999\r\n\r\n"] {
        let mut editor = project.editor();
        editor.write_bytes(nonsense.as_bytes());
        editor.vanish();
        assert_eq!(editor.status(), Some(1), "{nonsense}");
    }
}

#[test]
fn it_answers_nothing_before_it_begins_and_after_it_is_shut_down() {
    let project = Project::new();
    let mut editor = Editor::start(&project.path(""));
    let refused = editor.try_request("textDocument/diagnostic", json!({})).expect_err("it has not begun");
    assert_eq!(refused.0, -32002);
    editor.request("initialize", json!({"capabilities": {}}));
    editor.notify("initialized", json!({}));
    assert_eq!(editor.try_request("initialize", json!({})).expect_err("once is enough").0, -32600);
    editor.request("shutdown", Value::Null);
    assert_eq!(editor.try_request("textDocument/diagnostic", json!({})).expect_err("it is shut down").0, -32600);
    editor.notify("exit", Value::Null);
    assert_eq!(editor.status(), Some(0));
}

#[test]
fn what_it_does_not_know_it_says() {
    let project = Project::new();
    let mut editor = project.editor();
    let (code, words) = editor.try_request("textDocument/rename", json!({})).expect_err("pages are not renamed");
    assert_eq!((code, words.as_str()), (-32601, "jflint does not answer `textDocument/rename`"));
    assert_eq!(editor.try_request("no/such/thing", json!([1])).expect_err("nobody knows it").0, -32601);
    assert_eq!(editor.try_request("textDocument/codeAction", json!({"x": 1})).expect_err("no page is named").0, -32602);
    editor.notify("$/setTrace", json!({"value": "off"}));
    editor.notify("workspace/didChangeConfiguration", json!({"settings": null}));
    editor.notify("textDocument/didOpen", json!({"textDocument": 5}));
    assert!(editor.told("window/showMessage")["message"].as_str().is_some_and(|words| words.contains("didOpen")));
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn places_that_are_not_there_are_answered() {
    let project = Project::new();
    let project = project.only_typos();
    let uri = project.uri("job-families/a.md");
    let mut editor = project.editor();
    editor.findings_of(&uri, PAGE);
    let place = |line: u32, character: u32| json!({"line": line, "character": character});
    let far = json!({"start": place(u32::MAX, u32::MAX), "end": place(0, 0)});
    assert!(!editor.actions(&uri, far.clone(), None).is_empty(), "a range upside down is all of it");
    assert!(editor.actions("file:///nowhere.md", far.clone(), None).is_empty());
    let end = json!({"start": place(900, 0), "end": place(900, 7)});
    editor.change(&uri, 2, json!([{"range": end, "text": "- thier\n"}]));
    assert_eq!(listed(&editor.findings(&uri)), ["typo 10:2-10:9", "typo 11:2-11:7"]);
    editor.change("file:///nowhere.md", 2, json!([{"text": ""}]));
    editor.close("file:///nowhere.md");
    editor.save("file:///nowhere.md");
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn a_long_page_is_linted_soon() {
    let project = Project::new();
    let uri = project.uri("job-families/a.md");
    let text = format!("{PAGE}{}", "- Find people for the teams that recieve 🦊 them\n".repeat(20_000));
    assert!(text.len() > 1_000_000);
    let mut editor = project.editor_that(json!({"textDocument": {"diagnostic": {}}}));
    editor.open(&uri, &text);
    let start = Instant::now();
    assert!(editor.pull(&uri).len() > 1);
    editor.change(&uri, 2, json!([{"text": PAGE}]));
    editor.pull(&uri);
    // A debug build on a busy machine is slow; a loop that grows with the square would take hours.
    assert!(start.elapsed() < Duration::from_secs(50));
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn a_page_of_one_long_line_is_told_soon() {
    let project = Project::new();
    let project = project.only_typos();
    let uri = project.uri("job-families/a.md");
    let text = format!("---\ntitle: \"A\"\n---\n\n- {}\n", "recieve 🦊 ".repeat(15_000));
    assert!(text.len() > 180_000);
    let mut editor = project.editor_that(json!({"textDocument": {"diagnostic": {}}}));
    editor.open(&uri, &text);
    let start = Instant::now();
    let findings = editor.pull(&uri);
    assert_eq!((findings.len(), &findings[14_999]["range"]["start"]["character"]), (15_000, &json!(2 + 14_999 * 11)));
    assert!(start.elapsed() < Duration::from_secs(50));
    // However many findings are chosen, the answer does not take the day.
    let all = json!({"start": {"line": 0, "character": 0}, "end": {"line": 9, "character": 0}});
    let start = Instant::now();
    assert!(editor.actions(&uri, all, Some(&["quickfix"])).len() >= 15_000);
    assert!(start.elapsed() < Duration::from_secs(100));
}

#[test]
fn an_editor_that_does_not_read_is_still_heard() {
    let project = Project::new();
    let uri = project.uri("job-families/a.md");
    let mut editor = project.editor();
    let text = format!("{PAGE}{}", "- recieve\n".repeat(2_000));
    for version in 0..20 {
        editor.open(&uri, &format!("{text}- {version}\n"));
    }
    assert_eq!(editor.times_told(&uri, PAUSE * 20).min(20), 20);
    assert_eq!(editor.end(), Some(0));
}
