//! Every format as the real binary writes it, and as others check it.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::path::Path;
use std::process::{Command, Output};

use insta::{assert_json_snapshot, assert_snapshot};
use serde_json::Value;

const FORMATS: [&str; 8] = ["text", "concise", "json", "gitlab", "sarif", "junit", "github", "markdown"];

/// A page whose text would be markup or a command in one format or another, with a fault at each such place.
const ODD: &str = "---\ntitle: \"Odd | <b>Jobs</b>\"\n---\n\n## Levels\n\n### Engineer <i>|</i> & ]]> \u{1F98A}\n\n\
    #### Responsibilities\n\n- Recieve | a `pipe` & <script>alert(1)</script> ]]> \u{1F98A} in Gitlab\n\
    - Ask @everyone, see #1 and !2 \u{7}\u{1b}[31m, with the the ::error::command%0A\n\
    - Recieve | a `pipe` & <script>alert(1)</script> ]]> \u{1F98A} in Gitlab\n\
    - [](http://x.y/a|b)\n- {add a | pipe}\n- A \u{202e}wrod\u{fffe} (and a `tick\n\n\
    #### Requirements\n\n- TBD\n\n## Career Ladder\n\n| From | To |\n| --- | --- |\n| Enginer <br> a \\| b | TBD @all |\n";

const CLEAN: &str = "---\ntitle: \"Notes\"\n---\n\nThis folder holds the job families.\n";

fn jflint(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_jflint"))
        .args(["check", "--isolated"])
        .args(arguments)
        .current_dir(folder)
        .env_remove("NO_COLOR")
        .env("TERM", "xterm")
        .output()
        .expect("the binary runs")
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("reports are UTF-8")
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn handbook(format: &str) -> String {
    stdout(&jflint(root(), &["fixtures/handbook", "--format", format]))
}

/// A repository with one page in a folder of any name.
fn repository(pages: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::create_dir(folder.path().join(".git")).expect("a folder can be made");
    for (path, text) in pages {
        let file = folder.path().join(path);
        std::fs::create_dir_all(file.parent().expect("it has a folder")).expect("a folder can be made");
        std::fs::write(file, text).expect("a page can be written");
    }
    folder
}

fn odd(format: &str) -> String {
    let folder = repository(&[("job-families/B\u{fc}ro 7%/a, b:c.md", ODD.as_bytes())]);
    stdout(&jflint(folder.path(), &["--show", "info", "--format", format]))
}

fn clean(format: &str) -> String {
    let folder = repository(&[("job-families/index.md", CLEAN.as_bytes())]);
    let output = jflint(folder.path(), &["--format", format]);
    assert_eq!(output.status.code(), Some(0), "{}{}", stdout(&output), stderr(&output));
    stdout(&output)
}

/// A page with faults, one without, one that is no text, and a path where nothing is.
fn partly_failed(format: &str) -> String {
    let pages: [(&str, &[u8]); 3] = [
        ("job-families/odd.md", ODD.as_bytes()),
        ("job-families/index.md", CLEAN.as_bytes()),
        ("job-families/Latin | 1.md", b"caf\xe9\n"),
    ];
    let output = jflint(repository(&pages).path(), &["job-families", "not there", "--format", format]);
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    stdout(&output)
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("it is JSON")
}

/// The report without what changes with each version, and the rule table as its first rule.
fn sarif(text: &str) -> Value {
    let mut log = json(text);
    let driver = &mut log["runs"][0]["tool"]["driver"];
    assert_eq!(driver["version"], env!("CARGO_PKG_VERSION"));
    driver["version"] = "of this crate".into();
    driver["semanticVersion"] = "of this crate".into();
    let rules = driver["rules"].as_array_mut().expect("a rule table");
    assert_eq!(rules.len(), jflint::rules::ALL.len());
    rules.truncate(1);
    log
}

#[track_caller]
fn assert_valid(schema: &str, report: &str) {
    let file = root().join("tests/schemas").join(schema);
    let schema = json(&std::fs::read_to_string(file).expect("the schema is there"));
    let validator = jsonschema::validator_for(&schema).expect("it is a schema");
    let report = json(report);
    let errors: Vec<String> =
        validator.iter_errors(&report).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
}

#[test]
fn reports_for_programs_are_valid() {
    for (format, schema) in [("gitlab", "code-quality.json"), ("sarif", "sarif-2.1.0.json"), ("json", "jflint-1.json")]
    {
        for report in [handbook(format), odd(format), clean(format), partly_failed(format)] {
            assert_valid(schema, &report);
        }
    }
}

#[test]
fn the_small_handbook_in_every_format() {
    for format in ["gitlab", "junit", "github", "markdown"] {
        assert_snapshot!(format!("handbook_{format}"), handbook(format));
    }
    assert_json_snapshot!("handbook_sarif", sarif(&handbook("sarif")));
}

#[test]
fn odd_characters_in_every_format() {
    for format in ["concise", "gitlab", "junit", "github", "markdown"] {
        assert_snapshot!(format!("odd_{format}"), odd(format));
    }
    assert_json_snapshot!("odd_sarif", sarif(&odd("sarif")));
}

#[test]
fn a_clean_page_in_every_format() {
    assert_snapshot!(clean("text"), @"");
    assert_snapshot!(clean("concise"), @"");
    assert_snapshot!(clean("github"), @"");
    assert_snapshot!(clean("gitlab"), @"[]");
    assert_snapshot!("clean_markdown", clean("markdown"));
    assert_snapshot!("clean_junit", clean("junit"));
    assert_eq!(sarif(&clean("sarif"))["runs"][0]["results"], json("[]"));
}

#[test]
fn what_could_not_be_checked_in_every_format() {
    for format in ["junit", "github", "markdown"] {
        assert_snapshot!(format!("failed_{format}"), partly_failed(format));
    }
    let log = sarif(&partly_failed("sarif"));
    let invocation = &log["runs"][0]["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    assert_eq!(invocation["toolExecutionNotifications"].as_array().map(Vec::len), Some(2));
    let (whole, partly) = (json(&odd("gitlab")), json(&partly_failed("gitlab")));
    let warnings = whole.as_array().expect("a list").iter().filter(|entry| entry["severity"] != "info").count();
    assert_eq!(partly.as_array().map(Vec::len), Some(warnings));
}

#[test]
fn notes_are_left_to_those_who_ask_for_them() {
    let page = "---\ntitle: \"Tax\"\n---\n\n## Analyst\n\nYou will organise Gitlab in an exciting opportunity.\n";
    let folder = repository(&[("job-families/x.md", page.as_bytes())]);
    let count = |format: &str, more: &[&str]| {
        let arguments = [&["--format", format], more].concat();
        let report = json(&stdout(&jflint(folder.path(), &arguments)));
        let entries = if format == "gitlab" { &report } else { &report["runs"][0]["results"] };
        entries.as_array().map_or(0, Vec::len)
    };
    assert!(count("gitlab", &[]) < count("gitlab", &["--show", "info"]));
    assert_eq!(count("sarif", &[]), count("sarif", &["--show", "info"]));
    assert_eq!(count("gitlab", &["--show", "info"]), count("sarif", &[]));
}

#[test]
fn several_reports_come_from_one_run() {
    let folder = repository(&[("job-families/odd.md", ODD.as_bytes())]);
    let files: Vec<String> = FORMATS.iter().map(|format| format!("{format}=report.{format}")).collect();
    let mut arguments = vec!["--format", "concise"];
    arguments.extend(files.iter().flat_map(|file| ["--output", file]));
    let output = jflint(folder.path(), &arguments);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    for format in FORMATS {
        let written = std::fs::read_to_string(folder.path().join(format!("report.{format}"))).expect("it was written");
        let alone = stdout(&jflint(folder.path(), &["--format", format]));
        assert_eq!(written, alone, "{format}");
    }
    let left = std::fs::read_dir(folder.path()).expect("a folder").count();
    assert_eq!(left, FORMATS.len() + 2, "no file is left over");
}

#[test]
fn a_report_takes_the_place_of_the_last_one() {
    let folder = repository(&[("job-families/index.md", CLEAN.as_bytes())]);
    let file = folder.path().join("gl.json");
    std::fs::write(&file, "a long report of the last run").expect("it can be written");
    let output = jflint(folder.path(), &["--output", "gitlab=gl.json"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(std::fs::read_to_string(&file).expect("it is there"), "[]\n");
}

#[test]
fn a_report_that_cannot_be_written_is_said_before_the_run() {
    let folder = repository(&[("job-families/index.md", CLEAN.as_bytes())]);
    for (outputs, words) in [
        (vec!["gitlab=no/such/gl.json"], "there is no folder `no/such`, make it first"),
        (vec!["gitlab=job-families"], "it is a folder, name a file in it"),
        (vec!["gitlab=x", "sarif=./x"], "two reports cannot go to one file"),
        (vec!["gitlab=-"], "choose it with `--format gitlab`"),
        (vec!["gitlab="], "name a file behind `gitlab=`"),
        (vec!["gitlb=x"], "there is no format `gitlb`"),
        (vec!["gitlab"], "write a format, `=` and a file"),
    ] {
        let arguments: Vec<&str> = outputs.iter().flat_map(|output| ["--output", output]).collect();
        let output = jflint(folder.path(), &arguments);
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr(&output).contains(words), "{}", stderr(&output));
        assert_eq!(stdout(&output), "");
    }
}

/// The cells of a row as GitHub and GitLab part them: at each `|` that no backslash precedes.
fn cells(row: &str) -> usize {
    row.replace("\\|", "").matches('|').count() - 1
}

#[test]
fn no_text_breaks_the_table_or_calls_anyone() {
    let page = odd("markdown");
    for row in page.lines().filter(|line| line.starts_with('|')) {
        assert_eq!(cells(row), 4, "{row}");
    }
    // Mentions are looked for in what is rendered, but not in code.
    let prose: String = page.lines().map(|line| line.split('`').step_by(2).collect::<String>() + "\n").collect();
    for markup in ["@everyone", "@all", "<script", "<b>", "<br>", "<i>"] {
        assert!(!prose.contains(markup), "{markup} in {prose}");
    }
    assert!(!page.contains(['\u{1b}', '\u{7}', '\u{202e}']));
}

#[test]
fn a_comment_stays_short() {
    let ungraded = "---\ntitle: Tax\n---\n\n## Tax Analyst\n\n### Responsibilities\n\n- Cares\n";
    let folder =
        repository(&[("job-families/x.md", broken(2000).as_bytes()), ("job-families/y.md", ungraded.as_bytes())]);
    let page = stdout(&jflint(folder.path(), &["--format", "markdown"]));
    assert!(page.len() < 50_000 && page.contains(" more, for which there is no room here"), "{}", page.len());
    assert!(page.contains("`missing-grade`"), "the page with the error comes first");
}

/// A page with so many findings of which no two say the same.
fn broken(count: usize) -> String {
    let links: String = (0..count).map(|at| format!("- See [the page {at}](#nowhere-{at})\n")).collect();
    format!("---\ntitle: \"Tax\"\n---\n\n### Tax Analyst\n\n#### Responsibilities\n\n{links}")
}
