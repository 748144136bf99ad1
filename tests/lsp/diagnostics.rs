//! Findings reach the editor: when, where, and how they look.

use serde_json::json;

use super::client::{PAGE, PAUSE, Project, listed, range};

#[test]
fn a_page_is_linted_when_it_is_opened() {
    let project = Project::new();
    let project = project.only_typos();
    let uri = project.uri("job-families/a.md");
    let findings = project.editor().findings_of(&uri, PAGE);
    insta::assert_json_snapshot!(findings);
}

#[test]
fn labels_are_related_places_and_notes_are_hints() {
    let project = Project::new();
    let uri = project.uri("job-families/a.md");
    project.file(".jflint.yaml", "docs-url: https://example.com/rules/{rule}\n");
    let page = "---\ntitle: \"Sourcer\"\n---\n\nOrganise.\n\n| Role | Grade |\n| --- | --- |\n| [Sourcer](#sourcer) | Grade 5 |\n\n### Sourcer\n\n#### Job Grade\n\nThe Sourcer is a [grade 6](/x/#gitlab-job-grades).\n\n#### Responsibilities\n\n- Ability to use GitLab\n- Find people for all teams\n- Find people for all teams\n";
    let mut editor = project.editor_that(json!({"textDocument": {"publishDiagnostics":
        {"relatedInformation": true, "tagSupport": {"valueSet": [1, 2]}}}}));
    let findings = editor.findings_of(&uri, page);
    let of = |rule: &str| findings.iter().find(|finding| finding["code"] == rule).expect("it is found");
    let mismatch = of("grade-mismatch");
    assert_eq!(mismatch["severity"], 1);
    assert_eq!(mismatch["codeDescription"]["href"], "https://example.com/rules/grade-mismatch");
    assert_eq!(mismatch["relatedInformation"][0]["location"]["uri"], uri);
    assert!(mismatch["relatedInformation"][0]["message"].as_str().is_some_and(|words| !words.is_empty()));
    assert_eq!(of("british-spelling")["severity"], 4);
    assert_eq!(of("duplicate-bullet")["tags"], json!([1]));
    // An editor that cannot show them is not sent them.
    let findings = project.editor().findings_of(&uri, page);
    assert!(
        findings.iter().all(|finding| finding.get("relatedInformation").is_none() && finding.get("tags").is_none())
    );
}

#[test]
fn places_are_counted_as_the_editor_counts() {
    let project = Project::new();
    let project = project.only_typos();
    let uri = project.uri("job-families/a.md");
    let text = "---\ntitle: \"A\"\n---\n\n- é 好 🦊 recieve it\n";
    for (encodings, chosen, start) in [
        (json!(["utf-16"]), "utf-16", 9),
        (json!(["utf-8", "utf-16"]), "utf-8", 14),
        (json!(["utf-32", "utf-16"]), "utf-32", 8),
        (json!(null), "utf-16", 9),
    ] {
        let mut editor = project.editor_that(json!({"general": {"positionEncodings": encodings}}));
        assert_eq!(editor.introduction["capabilities"]["positionEncoding"], chosen);
        let findings = editor.findings_of(&uri, text);
        assert_eq!(findings[0]["range"], range(4, start, start + 7), "{chosen}");
    }
}

#[test]
fn an_editor_that_asks_is_not_sent_findings() {
    let project = Project::new();
    let project = project.only_typos();
    let uri = project.uri("job-families/a.md");
    let mut editor = project.editor_that(json!({"textDocument": {"diagnostic": {}}}));
    assert_eq!(editor.introduction["capabilities"]["diagnosticProvider"]["interFileDependencies"], false);
    editor.open(&uri, PAGE);
    assert_eq!(listed(&editor.pull(&uri)), ["typo 10:2-10:9"]);
    // The findings are those of the text as it is now, however short ago it was changed.
    editor.change(&uri, 2, json!([{"range": range(10, 2, 9), "text": "receive"}]));
    assert_eq!(editor.pull(&uri), [json!(null); 0]);
    assert_eq!(editor.pull("file:///never/opened.md"), [json!(null); 0]);
    assert_eq!(editor.times_told(&uri, PAUSE), 0);
}

#[test]
fn an_editor_that_does_not_ask_is_not_told_to() {
    let project = Project::new();
    assert!(project.editor().introduction["capabilities"].get("diagnosticProvider").is_none());
}

#[test]
fn findings_are_taken_back_when_a_page_is_closed_or_deleted() {
    let project = Project::new();
    let project = project.only_typos();
    project.file("job-families/a.md", PAGE);
    let uri = project.uri("job-families/a.md");
    let mut editor = project.editor();
    assert_eq!(editor.findings_of(&uri, PAGE).len(), 1);
    editor.close(&uri);
    assert_eq!(editor.findings(&uri).len(), 0);
    for (method, params) in [
        ("workspace/didChangeWatchedFiles", json!({"changes": [{"uri": uri, "type": 3}]})),
        ("workspace/didDeleteFiles", json!({"files": [{"uri": project.uri("job-families")}]})),
    ] {
        assert_eq!(editor.findings_of(&uri, PAGE).len(), 1);
        editor.notify(method, params);
        assert_eq!(editor.findings(&uri).len(), 0);
    }
}

#[test]
fn what_was_repaired_is_found_no_more() {
    let project = Project::new();
    let project = project.only_typos();
    let uri = project.uri("job-families/a.md");
    let mut editor = project.editor();
    editor.open(&uri, PAGE);
    assert_eq!(editor.findings(&uri).len(), 1);
    editor.change(&uri, 2, json!([{"range": range(10, 2, 9), "text": "receive"}]));
    assert_eq!(editor.findings(&uri).len(), 0);
}

#[test]
fn a_burst_of_changes_is_answered_once_and_rightly() {
    let project = Project::new();
    let project = project.only_typos();
    let uri = project.uri("job-families/a.md");
    let mut editor = project.editor();
    editor.findings_of(&uri, PAGE);
    for (version, c) in (2..).zip("recieve ".repeat(5).chars()) {
        let at = u32::try_from(version).unwrap();
        editor.change(&uri, version, json!([{"range": range(10, at, at), "text": c.to_string()}]));
    }
    assert_eq!(listed(&editor.findings(&uri)).len(), 6);
    assert_eq!(editor.times_told(&uri, PAUSE), 0);
}

#[test]
fn a_grade_that_is_changed_in_the_table_is_seen() {
    let project = Project::new();
    let uri = project.uri("job-families/a.md");
    let page = "---\ntitle: \"Sourcer\"\n---\n\n| Role | Grade |\n| --- | --- |\n| [Sourcer](#sourcer) | Grade 6 |\n\n### Sourcer\n\n#### Job Grade\n\nThe Sourcer is a [grade 6](/x/#gitlab-job-grades).\n";
    let mut editor = project.editor();
    let rules = |findings: Vec<serde_json::Value>| -> Vec<String> {
        findings.iter().map(|finding| finding["code"].as_str().unwrap_or_default().to_owned()).collect()
    };
    editor.open(&uri, page);
    assert!(!rules(editor.findings(&uri)).contains(&"grade-mismatch".to_owned()));
    editor.change(&uri, 2, json!([{"range": range(6, 29, 30), "text": "7"}]));
    assert!(rules(editor.findings(&uri)).contains(&"grade-mismatch".to_owned()));
}

#[test]
fn options_choose_when_pages_are_linted_and_what_is_shown() {
    let project = Project::new();
    let uri = project.uri("job-families/a.md");
    let page = "---\ntitle: \"A\"\n---\n\nOrganise and recieve.\n";
    let mut editor = project.editor_with(json!({"processId": null, "rootUri": null,
        "capabilities": {"textDocument": {"diagnostic": {}}},
        "initializationOptions": {"run": "onSave", "severity": "warning"}}));
    let findings = editor.findings_of(&uri, page);
    assert!(findings.iter().any(|finding| finding["code"] == "typo"));
    assert!(findings.iter().all(|finding| finding["severity"] != 4));
    editor.change(&uri, 2, json!([{"text": page.replace("recieve", "receive")}]));
    assert_eq!(editor.times_told(&uri, PAUSE), 0);
    editor.save(&uri);
    assert!(editor.findings(&uri).iter().all(|finding| finding["code"] != "typo"));
}

#[test]
fn options_that_are_wrong_are_told() {
    let project = Project::new();
    let mut editor = project.editor_with(json!({"capabilities": {}, "initializationOptions": {"rnu": "onSave"}}));
    let message = editor.told("window/showMessage");
    assert!(message["message"].as_str().is_some_and(|words| words.contains("`rnu`")), "{message}");
}
