//! The outline that an editor shows.

use serde_json::{Value, json};

use super::client::{FAMILY, Project};

/// A line for each symbol: name, detail, lines from 1.
fn tree(symbols: &Value, indent: usize, text: &mut String) {
    for symbol in symbols.as_array().into_iter().flatten() {
        let line = |end: &str| symbol["range"][end]["line"].as_u64().expect("a number") + 1;
        let detail = symbol["detail"].as_str().unwrap_or("-");
        let name = symbol["name"].as_str().expect("a name");
        text.push_str(&format!("{:indent$}{name} ({detail}): {} to {}\n", "", line("start"), line("end")));
        tree(&symbol["children"], indent + 2, text);
    }
}

#[test]
fn roles_hold_their_sections_and_say_their_grades() {
    let project = Project::new();
    let uri = project.uri("job-families/a.md");
    let capabilities = json!({"textDocument": {"documentSymbol": {"hierarchicalDocumentSymbolSupport": true}}});
    let mut editor = project.editor_that(capabilities);
    editor.open(&uri, FAMILY);
    let symbols = editor.request("textDocument/documentSymbol", json!({"textDocument": {"uri": uri}}));
    let mut text = String::new();
    tree(&symbols, 0, &mut text);
    insta::assert_snapshot!(text);
}

#[test]
fn an_editor_without_nesting_is_given_a_list() {
    let project = Project::new();
    let uri = project.uri("job-families/a.md");
    let mut editor = project.editor();
    editor.open(&uri, FAMILY);
    let symbols = editor.request("textDocument/documentSymbol", json!({"textDocument": {"uri": uri}}));
    let symbols = symbols.as_array().expect("a list");
    assert!(symbols.iter().all(|symbol| symbol["location"]["uri"] == uri));
    assert!(symbols.iter().any(|one| one["name"] == "Requirements" && one["containerName"] == "Senior Sourcer"));
    let other = project.uri("README.md");
    editor.open(&other, "# Handbook\n\nHow we work.\n");
    assert_eq!(editor.request("textDocument/documentSymbol", json!({"textDocument": {"uri": other}})), Value::Null);
}
