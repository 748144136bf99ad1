//! What a person and a program see, over documents written for it.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use insta::assert_snapshot;
use jflint::diagnostic::{Diagnostic, Edit, Fix, Label, Safety, Severity};
use jflint::report::{Failure, FileReport, Finding, Format, Report, Style, Summary, Task, summary_words, write};
use jflint::source::{Source, Span};

const FAMILY: &str = "\
---
title: \"Support Engineering\"
---

## Levels

| Level | Grade |
| --- | --- |
| [Support Engineer](#support-engineer) | 6 |
| [Senior Support Engineer](#senior-support-engineer) | 8 |

### Support Engineer

#### Job Grade

The Support Engineer is a [grade 6](https://example.com/grades).

#### Responsibilities

* Answer the questions that customers of every region ask about their own installations of Gitlab, in the words of \
people who have run it themselves, and write down what was learned so that nobody has to ask twice, in the handbook or \
in the documentation, whichever people read first; then recieve the next one
* Triage issues in Gitlab

### Senior Support Engineer

#### Job Grade

The Senior Support Engineer is a [grade 7](https://example.com/grades).

#### Responsibilities

TBD

#### Requirements

* Ability to use Gitlab, Gitlab CI and Git
";

/// The span of the `nth` occurrence, from 0, of some words.
fn span_of(text: &str, words: &str, nth: usize) -> Span {
    let (start, _) = text.match_indices(words).nth(nth).expect("the words stand in the document");
    Span::new(start, start + words.len())
}

fn diagnostic(rule: &'static str, severity: Severity, span: Span, message: &str) -> Diagnostic {
    Diagnostic {
        rule,
        severity,
        message: message.into(),
        help: String::new(),
        span,
        caption: String::new(),
        labels: Vec::new(),
        fixes: Vec::new(),
        owner: String::new(),
        key: String::new(),
    }
}

fn replace(span: Span, replacement: &str, safety: Safety) -> Fix {
    let edits = vec![Edit { span, replacement: replacement.into() }];
    Fix { title: format!("Write `{replacement}`"), safety, edits }
}

fn brand(text: &str, nth: usize) -> Diagnostic {
    let span = span_of(text, "Gitlab", nth);
    Diagnostic {
        help: "Write `GitLab`".into(),
        key: "Gitlab".into(),
        fixes: vec![replace(span, "GitLab", Safety::Safe)],
        ..diagnostic("brand-spelling", Severity::Warning, span, "`Gitlab` is written `GitLab`")
    }
}

/// One of each kind: a contradiction, an absence, a typo, equal findings, a note.
fn findings_of_family() -> Vec<Diagnostic> {
    let heading = span_of(FAMILY, "### Support Engineer", 0);
    let recieve = span_of(FAMILY, "recieve", 0);
    vec![
        Diagnostic {
            help: "Correct the one that is wrong".into(),
            caption: "7 here".into(),
            labels: vec![Label { span: span_of(FAMILY, "| 8 |", 0), message: "8 in the table of levels".into() }],
            key: "senior support engineer".into(),
            ..diagnostic(
                "grade-mismatch",
                Severity::Error,
                span_of(FAMILY, "grade 7", 0),
                "The grade of `Senior Support Engineer` is 7 here and 8 in the table of levels",
            )
        },
        Diagnostic {
            help:
                "Add a heading `Requirements` with what a candidate must bring, or say which role's requirements this \
                   one extends"
                    .into(),
            ..diagnostic(
                "missing-section",
                Severity::Warning,
                heading,
                "`Support Engineer` has no requirements, and no role that it could have them from",
            )
        },
        Diagnostic {
            help: "Write `receive`".into(),
            caption: "`receive`?".into(),
            fixes: vec![replace(recieve, "receive", Safety::Unsafe)],
            key: "recieve".into(),
            ..diagnostic("typo", Severity::Warning, recieve, "`recieve` is misspelt")
        },
        brand(FAMILY, 0),
        brand(FAMILY, 1),
        brand(FAMILY, 2),
        brand(FAMILY, 3),
        Diagnostic {
            help: "Write it, or take the section out".into(),
            ..diagnostic(
                "placeholder",
                Severity::Warning,
                span_of(FAMILY, "TBD", 0),
                "The responsibilities of `Senior Support Engineer` are not written yet: `TBD`",
            )
        },
        diagnostic(
            "discouraged-term",
            Severity::Info,
            span_of(FAMILY, "nobody", 0),
            "The guide asks for other words than `nobody`",
        ),
    ]
}

fn file(path: &str, text: &str, mut diagnostics: Vec<Diagnostic>) -> FileReport {
    diagnostics.sort_by(|a, b| (a.span, a.rule, &a.key).cmp(&(b.span, b.rule, &b.key)));
    let findings = diagnostics.into_iter().map(|diagnostic| Finding { diagnostic, new: None, url: None }).collect();
    FileReport { source: Source::new(path, text), repository_path: path.into(), findings, suppressed: 0 }
}

fn family() -> FileReport {
    file("job-families/engineering/support-engineer/index.md", FAMILY, findings_of_family())
}

fn report(files: Vec<FileReport>) -> Report {
    Report { files, ..Report::default() }
}

fn one(text: &str, diagnostic: Diagnostic) -> Report {
    report(vec![file("a/index.md", text, vec![diagnostic])])
}

fn written(report: &Report, format: Format, style: &Style) -> String {
    let mut out = Vec::new();
    write(report, format, style, &mut out).expect("a vector takes everything");
    String::from_utf8(out).expect("reports are UTF-8")
}

fn text(report: &Report, style: &Style) -> String {
    written(report, Format::Text, style)
}

fn wide(width: usize) -> Style {
    Style { width, ..Style::default() }
}

/// Escapes as words, so that a snapshot of colours can be read.
fn readable(text: &str) -> String {
    text.replace('\u{1b}', "<esc>")
}

#[test]
fn text_at_60_columns() {
    assert_snapshot!(text(&report(vec![family()]), &wide(60)));
}

#[test]
fn text_at_80_columns() {
    assert_snapshot!(text(&report(vec![family()]), &wide(80)));
}

#[test]
fn text_at_100_columns() {
    assert_snapshot!(text(&report(vec![family()]), &wide(100)));
}

#[test]
fn text_at_120_columns() {
    assert_snapshot!(text(&report(vec![family()]), &wide(120)));
}

#[test]
fn text_in_ascii() {
    let drawn = text(&report(vec![family()]), &Style { ascii: true, ..wide(80) });
    assert!(drawn.is_ascii(), "{drawn}");
    assert_snapshot!(drawn);
}

#[test]
fn text_in_colour_with_links() {
    let mut family = family();
    family.findings.truncate(3);
    family.findings[0].url = Some("https://example.com/rules/#missing-section".into());
    let style = Style { color: true, hyperlinks: true, ..wide(80) };
    assert_snapshot!(readable(&text(&report(vec![family]), &style)));
}

#[test]
fn no_line_is_wider_than_the_terminal() {
    let style = Style { show_info: true, ..Style::default() };
    for width in [60, 72, 80, 100, 120, 200] {
        let drawn = text(&report(vec![family()]), &Style { width, ..style.clone() });
        let widest = drawn.lines().map(|line| line.chars().count()).max();
        assert!(widest <= Some(width.max(65)), "{widest:?} of {width}\n{drawn}");
    }
}

#[test]
fn without_colour_there_is_no_escape() {
    let mut family = family();
    family.findings[0].url = Some("https://example.com".into());
    let report = report(vec![family]);
    for format in [Format::Text, Format::Concise, Format::Json] {
        let drawn = written(&report, format, &Style::default());
        assert!(!drawn.contains('\u{1b}'), "{drawn}");
    }
}

#[test]
fn notes_are_shown_when_asked_for_or_when_they_fail_the_check() {
    let report = report(vec![family()]);
    assert!(!text(&report, &Style::default()).contains("discouraged-term"));
    assert!(text(&report, &Style { show_info: true, ..Style::default() }).contains("note discouraged-term"));
    assert!(text(&report, &Style { fail_on: Severity::Info, ..Style::default() }).contains("discouraged-term"));
}

#[test]
fn known_findings_are_counted_and_not_shown() {
    let mut family = family();
    for (index, finding) in family.findings.iter_mut().enumerate() {
        finding.new = Some(index == 1);
    }
    let report = report(vec![family]);
    assert_snapshot!(text(&report, &wide(80)));
    assert_snapshot!(summary_words(&report, &wide(80)));
}

/// What a Code Quality report lacks counts as repaired, and a comment speaks of what the merge request brings.
#[test]
fn known_findings_stand_in_the_reports_that_are_compared() {
    let mut family = family();
    for (index, finding) in family.findings.iter_mut().enumerate() {
        finding.new = Some(index == 1);
    }
    let report = report(vec![family]);
    let json = |format: Format| -> serde_json::Value {
        serde_json::from_str(&written(&report, format, &Style::default())).expect("it is JSON")
    };
    assert_eq!(json(Format::Gitlab).as_array().map(Vec::len), Some(8));
    let sarif = json(Format::Sarif);
    let results = sarif["runs"][0]["results"].as_array().expect("a list");
    let states: Vec<&str> = results.iter().filter_map(|result| result["baselineState"].as_str()).collect();
    assert_eq!(states.iter().filter(|state| **state == "new").count(), 1);
    assert_eq!(states.iter().filter(|state| **state == "unchanged").count(), 8);
    assert_snapshot!(written(&report, Format::Markdown, &Style::default()));
}

#[test]
fn several_files_have_headings() {
    let other = "# Manager\n\nTBD\n";
    let placeholder = diagnostic("placeholder", Severity::Warning, span_of(other, "TBD", 0), "Not written yet: `TBD`");
    let mut family = family();
    family.findings.truncate(1);
    let clean = file("clean/index.md", "# Clean\n", Vec::new());
    let report = report(vec![family, clean, file("manager/index.md", other, vec![placeholder])]);
    assert_snapshot!(text(&report, &wide(80)));
    assert_snapshot!(summary_words(&report, &wide(80)));
}

#[test]
fn findings_under_one_key_tell_what_differs() {
    let document = "# Jobs\n\n## Manager\n\nText.\n\n## Director\n\nText.\n\n## Vice President\n\nText.\n";
    let missing = |role: &str| Diagnostic {
        key: "ability to use gitlab".into(),
        help: "Add `Ability to use GitLab`".into(),
        ..diagnostic(
            "missing-required-bullet",
            Severity::Warning,
            span_of(document, role, 0),
            &format!("`{role}` does not ask for the ability to use GitLab"),
        )
    };
    let roles = ["Manager", "Director", "Vice President"];
    let report = report(vec![file("a/index.md", document, roles.map(missing).into())]);
    assert_snapshot!(text(&report, &wide(72)));
}

#[test]
fn many_equal_findings_are_one_block() {
    let document = "TBD\n\n".repeat(40) + "TBD TBD";
    let placeholder = |at: (usize, &str)| {
        diagnostic("placeholder", Severity::Warning, Span::new(at.0, at.0 + 3), "Not written yet: `TBD`")
    };
    let diagnostics = document.match_indices("TBD").map(placeholder).collect();
    assert_snapshot!(text(&report(vec![file("a/index.md", &document, diagnostics)]), &wide(72)));
}

#[test]
fn labels_on_one_line_close_lines_and_far_lines() {
    let line =
        "* The manager of the managers manages. ".to_owned() + &"And so on. ".repeat(30) + "Still the manager.\n";
    let document =
        line.clone() + "\n* manager of none\n" + &"\n".repeat(20) + "* manager again\n" + &"manager\n".repeat(4);
    let labels = (1..9).map(|nth| Label { span: span_of(&document, "manager", nth), message: format!("number {nth}") });
    let coded = Diagnostic {
        caption: "number 0".into(),
        labels: labels.collect(),
        ..diagnostic(
            "coded-language",
            Severity::Error,
            span_of(&document, "manager", 0),
            "`manager` stands here 9 times",
        )
    };
    assert_snapshot!(text(&one(&document, coded), &wide(80)));
}

#[test]
fn a_long_caption_far_right_is_folded() {
    let document = "* Report to the management every week what was learned from the answers of last week\n";
    let span = span_of(document, "last week", 0);
    let long = Diagnostic {
        caption: "the same words stand in the section of the Director above, and only there they belong".into(),
        ..diagnostic("duplicate-bullet", Severity::Warning, span, "The same bullet twice")
    };
    assert_snapshot!(text(&one(document, long), &wide(80)));
}

#[test]
fn an_empty_span_at_the_end_of_the_file() {
    let absent = |text: &str| {
        diagnostic("missing-section", Severity::Warning, Span::at(text.len()), "There is no hiring process")
    };
    assert_snapshot!(text(&one("# Manager\n\nText", absent("# Manager\n\nText")), &wide(80)));
    assert_snapshot!(text(&one("# Manager\n", absent("# Manager\n")), &wide(80)));
    assert_snapshot!(text(&one("", absent("")), &wide(80)));
}

#[test]
fn a_span_of_many_lines_is_shown_by_its_first() {
    let section = span_of(FAMILY, "#### Responsibilities\n\nTBD\n\n#### Requirements", 0);
    let several = Diagnostic {
        caption: "from here".into(),
        ..diagnostic("empty-section", Severity::Warning, section, "Nothing here")
    };
    assert_snapshot!(text(&one(FAMILY, several), &wide(80)));
}

#[test]
fn the_underline_stands_under_wide_characters() {
    let document = "* 日本語の🦊 with\ttabs and mañana Gitlab\n";
    assert_snapshot!(text(&one(document, brand(document, 0)), &wide(80)));
    let document = "* ".to_owned() + &"日本語の🦊".repeat(20) + " Gitlab " + &"日本語の🦊".repeat(20);
    assert_snapshot!(text(&one(&document, brand(&document, 0)), &wide(60)));
}

#[test]
fn line_ends_and_byte_order_marks_are_not_shown() {
    let document = "\u{feff}Gitlab one\r\n\r\nGitlab two\r\n";
    let report = report(vec![file("a/index.md", document, vec![brand(document, 0), brand(document, 1)])]);
    assert_snapshot!(text(&report, &wide(80)));
    assert_snapshot!(written(&report, Format::Concise, &Style::default()));
}

#[test]
fn a_document_cannot_send_escapes() {
    let document = "\u{1b}[31mGitlab\u{1b}]0;title\u{7}\n";
    let report = one(document, Diagnostic { message: "\u{1b}[2J".into(), ..brand(document, 0) });
    for format in [Format::Text, Format::Concise, Format::Json] {
        assert!(!written(&report, format, &Style::default()).contains(['\u{1b}', '\u{7}']));
    }
}

#[test]
fn concise_is_one_line_a_finding() {
    assert_snapshot!(written(&report(vec![family()]), Format::Concise, &Style::default()));
}

#[test]
fn statistics_count_by_rule() {
    assert_snapshot!(written(
        &report(vec![family()]),
        Format::Concise,
        &Style { statistics: true, ..Style::default() }
    ));
}

#[test]
fn json_is_the_contract() {
    let mut family = family();
    family.findings.retain(|finding| ["grade-mismatch", "typo"].contains(&finding.diagnostic.rule));
    family.findings[0].url = Some("https://example.com/rules/#typo".into());
    family.findings[1].new = Some(true);
    family.suppressed = 2;
    let failures = vec![Failure { task: Task::Check, path: "b/index.md".into(), message: "it is not UTF-8".into() }];
    let json = written(&Report { files: vec![family], failures, repairs: None }, Format::Json, &Style::default());
    let mut value: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
    assert_eq!(value["version"], env!("CARGO_PKG_VERSION"));
    value["version"] = "of this crate".into();
    insta::assert_json_snapshot!(value);
}

#[test]
fn json_is_sorted_by_path_whatever_the_order_of_files() {
    let placeholder = || diagnostic("placeholder", Severity::Warning, Span::new(0, 3), "Not written yet");
    let files = ["b.md", "a.md"].map(|path| file(path, "TBD", vec![placeholder()]));
    let json = written(&report(files.into()), Format::Json, &Style::default());
    assert!(json.find("a.md") < json.find("b.md"), "{json}");
}

#[test]
fn words_of_a_clean_run() {
    let clean = || file("a/index.md", "# A\n", Vec::new());
    assert_snapshot!(summary_words(&report(vec![clean(), clean()]), &Style::default()), @"2 files checked: all is well.\n");
    assert_snapshot!(summary_words(&Report::default(), &Style::default()), @"No files to check.\n");
    assert_snapshot!(text(&report(vec![clean()]), &Style::default()), @"");
}

#[test]
fn words_of_a_run_with_findings() {
    let mut family = family();
    family.suppressed = 1;
    let report = report(vec![family, file("a/index.md", "# A\n", Vec::new())]);
    assert_snapshot!(summary_words(&report, &Style::default()));
    assert_snapshot!(summary_words(&report, &Style { quiet: true, ..Style::default() }), @"");
    let summary = Summary::of(&report);
    assert_eq!(
        (summary.errors, summary.warnings, summary.infos, summary.fixable, summary.suppressed, summary.files),
        (1, 7, 1, 4, 1, 2)
    );
    assert_eq!(summary.at_least(Severity::Warning), 8);
}

#[test]
fn words_of_a_run_that_could_not_read_everything() {
    let failures = vec![Failure { task: Task::Check, path: "b/index.md".into(), message: "it is not UTF-8".into() }];
    let files = vec![file("a/index.md", "# A\n", Vec::new())];
    assert_snapshot!(summary_words(&Report { files, failures: failures.clone(), repairs: None }, &Style::default()));
    assert_snapshot!(summary_words(
        &Report { files: Vec::new(), failures, repairs: None },
        &Style { quiet: true, ..Style::default() }
    ));
}
