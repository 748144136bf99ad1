//! Whatever the place on whatever page: it is answered, and rightly formed.

use std::path::Path;
use std::time::Duration;

use lsp_server::Message;
use serde_json::{Value, json};

use super::client::{FAMILY, Place, Project};
use super::same_as_check::copy;

/// Looks at a symbol and all below it.
fn each(symbols: &Value, look: &mut impl FnMut(&Value)) {
    for symbol in symbols.as_array().into_iter().flatten() {
        look(symbol);
        each(&symbol["children"], look);
    }
}

/// Whether a range lies in another.
fn fits(outer: &Value, inner: &Value) -> bool {
    let place = |range: &Value, end: &str| {
        (range[end]["line"].as_u64().expect("a number"), range[end]["character"].as_u64().expect("a number"))
    };
    place(outer, "start") <= place(inner, "start") && place(inner, "end") <= place(outer, "end")
}

fn assert_well_formed(symbols: &Value, page: &str) {
    each(symbols, &mut |symbol| {
        assert!(fits(&symbol["range"], &symbol["selectionRange"]), "{page}: {symbol}");
        assert_ne!(symbol["name"], "", "{page}");
        let parent = &symbol["range"];
        each(&symbol["children"], &mut |child| assert!(fits(parent, &child["range"]), "{page}: {symbol}"));
    });
}

#[test]
fn on_every_page_every_place_is_answered() {
    let project = Project::new();
    let mut pages = copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures"), &project);
    for (name, text) in [
        ("title", "---\ntitle: A\n---\n\n## Responsibilities\n\n- b"),
        ("specialties", "## Specialties\n\n### Backend\n\n#### Requirements\n\n- x\n"),
        ("empty", ""),
        ("mark", "\u{feff}"),
        ("marks", "#\n##\n### \n- \n<!--\n| |\n|-|\n"),
        ("family", FAMILY),
    ] {
        let page = format!("job-families/own-{name}.md");
        project.file(&page, text);
        pages.push(page);
    }
    let capabilities = json!({"textDocument": {"diagnostic": {},
        "documentSymbol": {"hierarchicalDocumentSymbolSupport": true}}});
    let mut editor = project.editor_that(capabilities);
    for page in &pages {
        let uri = project.uri(page).replace('%', "%25").replace(' ', "%20");
        let text = std::fs::read_to_string(project.path(page)).expect("it was written");
        editor.open(&uri, &text);
        let symbols = editor.request("textDocument/documentSymbol", json!({"textDocument": {"uri": uri}}));
        assert_well_formed(&symbols, page);
        let lines = u32::try_from(text.lines().count()).expect("pages are short");
        for line in (0..lines + 2).step_by(4) {
            for character in [0, 3, 60] {
                let place = json!({"textDocument": {"uri": uri}, "position": Place { line, character }});
                editor.request("textDocument/hover", place.clone());
                editor.request("textDocument/completion", place);
            }
        }
    }
    let said = editor.rest(Duration::from_millis(200));
    assert!(said.iter().all(|message| !matches!(message, Message::Notification(_))), "it stumbled: {said:?}");
}
