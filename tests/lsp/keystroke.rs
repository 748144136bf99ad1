//! How long a key takes: from the change to the findings of the changed page, without the pause.

use std::time::{Duration, Instant};

use serde_json::json;

use super::client::{FAMILY, Project, range};

/// The page of the length that the budget speaks of.
const LENGTH: usize = 25_000;

/// Half of the keys may take no longer, in a release.
const BUDGET: Duration = Duration::from_millis(5);

/// A family of many roles, each with its sections.
fn page() -> String {
    let (start, rest) = FAMILY.split_once("### Sourcer\n").expect("the first role");
    let (roles, end) = rest.split_once("## Performance Indicators").expect("the end of the page");
    let mut page = start.to_owned();
    for number in 0.. {
        if page.len() > LENGTH - end.len() {
            break;
        }
        let roles = format!("### Sourcer\n{roles}").replace("Sourcer", &format!("{} Sourcer", name(number)));
        page.push_str(&roles.replace("Finds people", "Recieves and finds 🦊 people"));
    }
    page + "## Performance Indicators" + end
}

/// Roles need names of their own.
fn name(number: usize) -> String {
    let letter = |number: usize| char::from(b'a' + u8::try_from(number % 26).expect("it is small"));
    format!("{}{}ward", letter(number).to_ascii_uppercase(), letter(number / 26))
}

/// `JFLINT=target/release/jflint cargo test --test lsp -- --ignored --nocapture` says how long a release takes.
#[test]
#[ignore = "it measures, which means something of a release on a quiet machine only"]
fn a_key_takes_less_than_anybody_notices() {
    let project = Project::new();
    let uri = project.uri("job-families/a.md");
    let page = page();
    let mut editor = project.editor_that(json!({"textDocument": {"diagnostic": {}}}));
    editor.open(&uri, &page);
    let findings = editor.pull(&uri).len();
    let line = u32::try_from(page.lines().count() / 2).expect("it is small");
    let mut times = Vec::new();
    for version in 2..302 {
        let start = Instant::now();
        editor.change(&uri, version, json!([{"range": range(line, 0, 0), "text": "x"}]));
        editor.pull(&uri);
        times.push(start.elapsed());
    }
    times.sort();
    let (median, last) = (times[times.len() / 2], times[times.len() * 99 / 100]);
    println!("{} bytes, {findings} findings: median {median:?}, 99 % within {last:?}", page.len());
    assert!(median < BUDGET, "{median:?}");
}
