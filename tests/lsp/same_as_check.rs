//! The editor shows what `jflint check` finds: the same pages, the same findings, at the same places.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use super::client::{Editor, Project, START, edited};

/// A finding, as both tell it: rule, severity, places in lines and columns from 1, and words.
type Told = (String, String, [u64; 4], String);

fn of_check(finding: &Value) -> Told {
    let words = |name: &str| finding[name].as_str().expect("words").to_owned();
    let place = |end: &str, part: &str| finding["span"][end][part].as_u64().expect("a number");
    let span = [place("start", "line"), place("start", "column"), place("end", "line"), place("end", "column")];
    let message = [words("message"), words("help")].join("\n").trim_end().to_owned();
    (words("rule"), words("severity"), span, message)
}

fn of_editor(finding: &Value) -> Told {
    let severity = match finding["severity"].as_u64() {
        Some(1) => "error",
        Some(2) => "warning",
        _ => "info",
    };
    let place = |end: &str, part: &str| finding["range"][end][part].as_u64().expect("a number") + 1;
    let span = [place("start", "line"), place("start", "character"), place("end", "line"), place("end", "character")];
    let words = |name: &str| finding[name].as_str().expect("words").to_owned();
    (words("code"), severity.to_owned(), span, words("message"))
}

/// Copies Markdown to a project, each page below a job-family folder.
pub fn copy(from: &Path, project: &Project) -> Vec<String> {
    let mut folders = vec![from.to_owned()];
    let mut pages = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path: PathBuf = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(text) = std::fs::read_to_string(&path) {
                let page = format!("job-families/{}", path.strip_prefix(from).expect("it is below").display());
                project.file(&page, &text);
                pages.push(page);
            }
        }
    }
    pages.sort();
    pages
}

/// The findings of every page as `check` tells them, by path.
fn check(project: &Project) -> Vec<Value> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jflint"));
    let output = command.args(["check", "--format", "json", "."]).current_dir(project.path("")).output();
    let report: Value = serde_json::from_slice(&output.expect("jflint runs").stdout).expect("it is JSON");
    report["diagnostics"].as_array().expect("a list").clone()
}

/// What the editor shows, with columns counted as `check` counts them.
fn editor(project: &Project) -> Editor {
    project.editor_that(json!({"general": {"positionEncodings": ["utf-32"]}, "textDocument": {"diagnostic": {}}}))
}

fn compare(folder: &Path) {
    let project = Project::new();
    let pages = copy(folder, &project);
    assert!(pages.len() > 3);
    project.file(
        ".jflint.yaml",
        "rules:\n  typo: error\noverrides:\n  - files: [\"**/t*\"]\n    rules:\n      placeholder: info\n",
    );
    let by_check = check(&project);
    assert!(!by_check.is_empty());
    let mut editor = editor(&project);
    let mut compared = 0;
    for page in &pages {
        let uri = project.uri(page).replace('%', "%25").replace(' ', "%20");
        let text = std::fs::read_to_string(project.path(page)).expect("it was written");
        editor.open(&uri, &text);
        let shown: Vec<Told> = editor.pull(&uri).iter().map(of_editor).collect();
        let found: Vec<Told> =
            by_check.iter().filter(|finding| finding["path"] == page.as_str()).map(of_check).collect();
        assert_eq!(shown.len(), found.len(), "{page}");
        for (shown, found) in shown.iter().zip(&found) {
            assert_eq!((&shown.0, &shown.1, &shown.3), (&found.0, &found.1, &found.3), "{page}");
            // A byte order mark has no column in a report, and a line end is no place in an editor.
            if !text.contains(['\u{feff}', '\r']) {
                assert_eq!(shown.2, found.2, "{page}: {}", shown.3);
            }
        }
        compared += shown.len();
        editor.close(&uri);
    }
    assert_eq!(compared, by_check.len(), "no page is left out");
}

#[test]
fn of_the_fixtures() {
    compare(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures"));
}

/// A page that `check --fix` repairs is repaired in the same way.
#[test]
fn repairs_of_the_fixtures() {
    let (project, repaired) = (Project::new(), Project::new());
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let pages = copy(&fixtures, &project);
    copy(&fixtures, &repaired);
    let mut check = Command::new(env!("CARGO_BIN_EXE_jflint"));
    check.args(["check", "--fix", "--quiet", "."]).current_dir(repaired.path("")).output().expect("jflint runs");
    let mut editor = project.editor();
    let mut changed = 0;
    for page in &pages {
        let uri = project.uri(page).replace('%', "%25").replace(' ', "%20");
        let text = std::fs::read_to_string(project.path(page)).expect("it was written");
        let by_check = std::fs::read_to_string(repaired.path(page)).expect("it was written");
        editor.open(&uri, &text);
        let actions = editor.actions(&uri, json!({"start": START, "end": START}), Some(&["source.fixAll"]));
        let by_editor = actions.first().map_or(text.clone(), |action| edited(&text, &uri, action));
        assert_eq!(by_editor, by_check, "{page}");
        changed += usize::from(by_check != text);
    }
    assert!(changed > 10);
}

/// Pages of a real handbook, where they are at hand.
#[test]
fn of_the_corpus() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    if corpus.is_dir() {
        compare(&corpus);
    }
}
