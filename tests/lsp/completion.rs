//! What is offered where the author writes.

use serde_json::{Value, json};

use super::client::{FAMILY, Project, offset, place_of};

/// What is offered at the `|` of a text, and the text without it.
fn offers(text: &str, capabilities: Value) -> (Vec<Value>, String) {
    let project = Project::new();
    let uri = project.uri("job-families/a.md");
    let place = place_of(text, "|");
    let text = text.replacen('|', "", 1);
    let mut editor = project.editor_that(capabilities);
    editor.open(&uri, &text);
    let offers = editor.request("textDocument/completion", json!({"textDocument": {"uri": uri}, "position": place}));
    (offers.as_array().expect("a list").clone(), text)
}

fn labels(text: &str) -> Vec<String> {
    let (offers, _) = offers(text, json!({}));
    offers.iter().map(|offer| offer["label"].as_str().expect("a label").to_owned()).collect()
}

/// The text after an offer is taken.
fn taken(text: &str, label: &str) -> String {
    let (offers, mut text) = offers(text, json!({}));
    let offer = offers.iter().find(|offer| offer["label"] == label).unwrap_or_else(|| panic!("{label}: {offers:?}"));
    let (range, new) = (&offer["textEdit"]["range"], offer["textEdit"]["newText"].as_str().expect("a text"));
    text.replace_range(offset(&text, &range["start"])..offset(&text, &range["end"]), new);
    text
}

/// The family without its table, because `|` marks the cursor here, and changed in one place.
fn family(old: &str, new: &str) -> String {
    let (start, rest) = FAMILY.split_once("| Role").expect("a table");
    let (_, rest) = rest.split_once("### Sourcer\n").expect("a role");
    let text = format!("{start}### Sourcer\n{rest}");
    assert!(text.contains(old), "{old}");
    text.replacen(old, new, 1)
}

#[test]
fn headings_that_are_lacking_are_offered_at_their_level() {
    let text =
        family("#### Sourcer Responsibilities\n\n- Finds people for open jobs\n- Keeps notes of every talk\n", "##|\n");
    assert_eq!(labels(&text), ["#### Responsibilities"]);
    assert!(taken(&text, "#### Responsibilities").contains("\n#### Responsibilities\n\n#### Sourcer Requirements"));
    let text = family("## Career Ladder\n\nThe next step is not yet defined at GitLab.\n\n", "## Care|\n\n");
    assert_eq!(labels(&text), ["## Career Ladder"]);
    let text = family("## Hiring Process", "### |\n\n## Hiring Process");
    assert_eq!(labels(&text), [""; 0]);
}

#[test]
fn at_the_end_of_the_page_there_is_something_to_offer_too() {
    let text = "---\ntitle: \"Sourcing\"\n---\n\n## Sourcer\n\nThe Sourcer is a [grade 6](/x/#gitlab-job-grades).\n\n### Requirements\n\n- Ability to use GitLab\n\n";
    assert!(labels(&format!("{text}###|")).contains(&"### Responsibilities".to_owned()));
    assert!(labels(&format!("{text}## |")).contains(&"## Career Ladder".to_owned()));
    assert_eq!(labels(&format!("{}- |", text.replace("- Ability to use GitLab\n\n", ""))), ["Ability to use GitLab"]);
}

#[test]
fn the_grade_is_offered_as_a_sentence() {
    let sentence =
        "The Sourcer is a [grade 6](/handbook/total-rewards/compensation/compensation-calculator/#gitlab-job-grades).";
    let text = family(&format!("#### Sourcer Job Grade\n\n{sentence}"), "The|");
    assert_eq!(labels(&text), ["The Sourcer is a grade …"]);
    let after = taken(&text, "The Sourcer is a grade …");
    assert!(after.contains(&sentence.replace('6', "N")), "{after}");
    let text = family(sentence, "|");
    assert_eq!(labels(&text), ["The Sourcer is a grade …"]);
    let snippets = json!({"textDocument": {"completion": {"completionItem": {"snippetSupport": true}}}});
    let (offers, _) = offers(&text, snippets);
    assert_eq!(offers[0]["insertTextFormat"], 2);
    assert!(offers[0]["textEdit"]["newText"].as_str().is_some_and(|text| text.contains("[grade ${1:N}]")));
}

#[test]
fn a_bullet_that_every_role_must_have_is_offered_in_its_section() {
    let text = family("- Ability to use GitLab\n", "- Abil|\n");
    assert_eq!(labels(&text), ["Ability to use GitLab"]);
    assert!(taken(&text, "Ability to use GitLab").contains("\n- Ability to use GitLab\n- Experience"));
    let text = family("- Ability to use GitLab\n", "|\n");
    assert!(taken(&text, "Ability to use GitLab").contains("\n- Ability to use GitLab\n- Experience"));
    assert_eq!(labels(&family("- Finds people", "- |\n- Finds people")), [""; 0]);
}

#[test]
fn comments_that_leave_findings_out_are_offered() {
    for start in ["<", "<!--", "<!-- jflint-dis"] {
        let text = format!("---\ntitle: A\n---\n\n- recieve {start}|\n");
        insta::allow_duplicates! { insta::assert_debug_snapshot!(labels(&text)); }
    }
    let text = "---\ntitle: A\n---\n\n- recieve <!-- jflint-disable-line ty| -->\n";
    let (offers, _) = offers(text, json!({}));
    let mut sorted = offers.clone();
    sorted.sort_by_key(|offer| offer["sortText"].as_str().map(str::to_owned));
    let first: Vec<&Value> =
        sorted.iter().map(|offer| &offer["label"]).take_while(|label| **label != "absolute-handbook-link").collect();
    assert!(first.contains(&&json!("typo")), "{first:?}");
    assert!(taken(text, "typo").contains("<!-- jflint-disable-line typo -->"));
    assert_eq!(labels("---\ntitle: A\n---\n\n<!-- done --> |\n"), [""; 0]);
}

#[test]
fn who_writes_something_else_is_left_alone() {
    let sentence =
        "The Sourcer is a [grade 6](/handbook/total-rewards/compensation/compensation-calculator/#gitlab-job-grades).";
    assert_eq!(labels(&family(sentence, "They find|")), [""; 0]);
    assert_eq!(labels(&family("- Ability to use GitLab\n", "- Interviews|\n")), [""; 0]);
}
