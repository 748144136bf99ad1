//! Repairs, from the arguments to the files, the words and the exit status.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use super::project::{Project, Run};

/// A page with two findings that a safe fix repairs, one that an unsafe one does, and a placeholder.
const DAMAGED: &str =
    "---\ntitle: Sourcer\n---\n\n## Responsibilities\n\n- Recieve the the candidates in Gitlab\n- TBD\n";
const REPAIRED: &str =
    "---\ntitle: Sourcer\n---\n\n## Responsibilities\n\n- Receive the the candidates in GitLab\n- TBD\n";

const RULES: &str = "--select typo,brand-case,doubled-word,placeholder,unused-suppression";

fn damaged() -> Project {
    let project = Project::new();
    project.file("job-families/a.md", DAMAGED).file("job-families/b.md", REPAIRED);
    project
}

fn check(project: &Project, arguments: &str) -> Run {
    project.run(&format!("check {RULES} --format concise {arguments}"))
}

fn text(project: &Project, path: &str) -> String {
    fs::read_to_string(project.path(path)).expect("the page is there")
}

/// The names of all files in a folder, hidden ones too.
fn names(project: &Project, folder: &str) -> Vec<String> {
    let entries = fs::read_dir(project.path(folder)).expect("the folder is there");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn safe_fixes_are_made_and_what_is_left_is_told() {
    let project = damaged();
    insta::assert_snapshot!(check(&project, "--fix"));
    assert_eq!(text(&project, "job-families/a.md"), REPAIRED);
    assert_eq!(names(&project, "job-families"), ["a.md", "b.md"]);
}

#[test]
fn unsafe_fixes_are_made_on_request() {
    let project = damaged();
    insta::assert_snapshot!(check(&project, "--fix --unsafe-fixes"));
    assert!(text(&project, "job-families/a.md").contains("Receive the candidates in GitLab"));
}

#[test]
fn the_status_counts_what_is_left() {
    let project = damaged();
    assert_eq!(project.run("check --select typo,brand-case --fix").status, 0);
    assert_eq!(project.run("check --select typo,brand-case --fix --quiet").err, "");
}

#[test]
fn where_nothing_changes_no_file_is_touched() {
    let project = damaged();
    let modified = |project: &Project| {
        let metadata = fs::metadata(project.path("job-families/b.md")).expect("the page is there");
        metadata.modified().expect("the system knows")
    };
    let before = modified(&project);
    let run = check(&project, "--fix job-families/b.md");
    assert_eq!(modified(&project), before);
    insta::assert_snapshot!(run);
}

#[test]
fn unsafe_fixes_alone_do_nothing() {
    insta::assert_snapshot!(check(&damaged(), "--unsafe-fixes"));
}

#[test]
fn suppressed_findings_and_excluded_pages_are_left_alone() {
    let project = Project::new();
    let page = "---\ntitle: x\n---\n\n- Recieve <!-- jflint-disable-line typo -- a name -->\n";
    project.file("page.md", page).file("drafts/page.md", DAMAGED).config("exclude: [drafts]\n");
    let run = check(&project, "--fix page.md drafts/page.md");
    assert_eq!((text(&project, "page.md").as_str(), run.status), (page, 0));
    assert_eq!(text(&project, "drafts/page.md"), DAMAGED);
}

#[test]
fn line_ends_a_byte_order_mark_and_a_missing_last_line_end_stay() {
    let project = Project::new();
    let page = "\u{feff}---\r\ntitle: x\r\n---\r\n\r\nRecieve\nit";
    project.file("page.md", page);
    check(&project, "--fix page.md");
    assert_eq!(text(&project, "page.md"), page.replace("Recieve", "Receive"));
}

#[test]
fn json_tells_what_is_left() {
    let project = damaged();
    let run = project.run(&format!("check {RULES} --fix --format json"));
    let json: serde_json::Value = serde_json::from_str(&run.out).expect("it is JSON");
    let rules: Vec<&str> =
        json["diagnostics"].as_array().expect("a list").iter().filter_map(|one| one["rule"].as_str()).collect();
    assert_eq!(rules, ["doubled-word", "placeholder", "doubled-word", "placeholder"]);
    assert_eq!(json["summary"]["fixable"], 0);
}

#[test]
fn the_repaired_document_of_standard_input_is_printed() {
    let project = Project::new();
    let run = project.run_with("", &format!("check {RULES} --format concise --fix --stdin-filename a.md -"), DAMAGED);
    assert_eq!(run.out, REPAIRED);
    insta::assert_snapshot!(run.err);
    assert_eq!(run.status, 1);
}

#[test]
fn an_excluded_document_of_standard_input_goes_through_as_it_is() {
    let project = Project::new();
    project.config("exclude: [drafts]\n");
    let run = project.run_with("", "check --fix --stdin-filename drafts/a.md -", DAMAGED);
    assert_eq!((run.out.as_str(), run.status), (DAMAGED, 0), "{run}");
}

#[test]
fn a_diff_shows_what_would_change_and_writes_nothing() {
    let project = damaged();
    insta::assert_snapshot!(project.run(&format!("check {RULES} --diff")));
    insta::assert_snapshot!(project.run(&format!("check {RULES} --diff --unsafe-fixes job-families/a.md")));
    assert_eq!(text(&project, "job-families/a.md"), DAMAGED);
}

#[test]
fn a_diff_of_nothing_is_status_0() {
    insta::assert_snapshot!(damaged().run(&format!("check {RULES} --diff --fix job-families/b.md")));
}

#[test]
fn a_diff_for_people_has_colours_and_no_control_characters_of_the_page() {
    let project = Project::new();
    project.file("page.md", "Recieve \u{1b}[2J it");
    insta::assert_snapshot!(
        project.run("check --select typo --diff --color always page.md").out.replace('\u{1b}', "ESC")
    );
}

#[test]
fn a_diff_has_no_other_format() {
    assert_eq!(damaged().run("check --diff --format json").status, 2);
}

#[test]
fn a_diff_can_be_applied_with_patch() {
    let project = Project::new();
    let pages = [
        ("with blank/a.md", DAMAGED.to_owned()),
        ("crlf.md", DAMAGED.replace('\n', "\r\n")),
        ("no-end.md", DAMAGED.trim_end().replace("TBD", "Recieve")),
    ];
    for (path, page) in &pages {
        project.file(path, page);
    }
    let command = |program: &mut Command| {
        program
            .current_dir(project.path(""))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .output()
    };
    let mut jflint = project.command("");
    jflint.args("check --select typo,brand-case --diff".split(' ')).args(pages.iter().map(|(path, _)| path));
    let diff = command(&mut jflint).expect("jflint runs").stdout;
    fs::write(project.path("all.diff"), &diff).expect("the folder takes it");
    let Ok(patch) = command(Command::new("patch").args(["--binary", "-p0", "-i", "all.diff"])) else { return };
    assert!(patch.status.success(), "{}\n{}", String::from_utf8_lossy(&patch.stdout), String::from_utf8_lossy(&diff));
    for (path, page) in &pages {
        assert_eq!(text(&project, path), page.replace("Recieve", "Receive").replace("Gitlab", "GitLab"));
    }
}

#[cfg(unix)]
mod on_unix {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    use super::*;

    fn set_mode(path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("the mode can be set");
    }

    #[test]
    fn a_page_that_may_not_be_written_is_told_and_left_as_it_is() {
        let project = damaged();
        project.file("job-families/c.md", DAMAGED);
        let closed = project.path("job-families/a.md");
        set_mode(&closed, 0o444);
        // Nothing is closed to root.
        if fs::OpenOptions::new().append(true).open(&closed).is_ok() {
            check(&project, "--fix job-families/a.md");
            assert_eq!(text(&project, "job-families/a.md"), REPAIRED);
            return;
        }
        insta::assert_snapshot!(check(&project, "--fix"));
        assert_eq!(text(&project, "job-families/a.md"), DAMAGED);
        assert_eq!(text(&project, "job-families/c.md"), REPAIRED);
        assert_eq!(names(&project, "job-families"), ["a.md", "b.md", "c.md"]);
    }

    #[test]
    fn permissions_are_kept_and_links_are_followed() {
        let project = damaged();
        set_mode(&project.path("job-families/a.md"), 0o640);
        symlink("job-families/a.md", project.path("link.md")).expect("the folder takes a link");
        check(&project, "--fix link.md");
        assert_eq!(text(&project, "job-families/a.md"), REPAIRED);
        let metadata = |path: &str| fs::symlink_metadata(project.path(path)).expect("it is there");
        assert!(metadata("link.md").is_symlink());
        assert_eq!(metadata("job-families/a.md").permissions().mode() & 0o777, 0o640);
    }
}
