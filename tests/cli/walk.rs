//! Which files are checked, under which paths.

use super::project::{PAGE, Project};

fn handbook() -> Project {
    let project = Project::new();
    project
        .page("content/job-families/sales/sourcer.md")
        .page("content/job-families/sales/lead/index.html.md")
        .page("content/job-families/people/index.html.md.erb")
        .page("content/job-description-library/sourcer.md")
        .page("content/handbook/sourcer.md")
        .page("content/job-families/.hidden/sourcer.md")
        .file("content/job-families/notes.txt", PAGE);
    project
}

#[track_caller]
fn lists(project: &Project, folder: &str, arguments: &str, expected: &[&str]) {
    let run = project.run_in(folder, &format!("check --list-files {arguments}"));
    assert_eq!((run.lines(), run.status), (expected.to_vec(), 0), "{run}");
}

#[test]
fn a_folder_means_the_pages_below_its_job_family_folders() {
    let all = [
        "content/job-description-library/sourcer.md",
        "content/job-families/people/index.html.md.erb",
        "content/job-families/sales/lead/index.html.md",
        "content/job-families/sales/sourcer.md",
    ];
    lists(&handbook(), "", "", &all);
    lists(&handbook(), "", ".", &all);
    lists(&handbook(), "", "content", &all);
}

#[test]
fn a_folder_below_job_families_means_its_pages_too() {
    let handbook = handbook();
    lists(&handbook, "content/job-families/sales", "", &["lead/index.html.md", "sourcer.md"]);
    lists(&handbook, "content/job-families/people", "../sales/lead", &["../sales/lead/index.html.md"]);
    lists(&handbook, "", "content/job-families/sales/lead/", &["content/job-families/sales/lead/index.html.md"]);
}

#[test]
fn a_page_keeps_the_path_as_it_was_given() {
    let handbook = handbook();
    lists(&handbook, "content", "./job-families/people", &["./job-families/people/index.html.md.erb"]);
    lists(&handbook, "content", "handbook/../handbook/sourcer.md", &["handbook/../handbook/sourcer.md"]);
}

#[test]
fn a_file_that_is_named_is_checked_whatever_its_place_and_name() {
    lists(
        &handbook(),
        "content",
        "handbook/sourcer.md job-families/notes.txt",
        &["handbook/sourcer.md", "job-families/notes.txt"],
    );
}

#[test]
fn a_file_that_is_named_twice_is_checked_once() {
    let paths = "job-families/people ./job-families/people/index.html.md.erb job-families/people/../people";
    lists(&handbook(), "content", paths, &["job-families/people/index.html.md.erb"]);
}

#[test]
fn without_a_repository_the_whole_path_counts() {
    let project = Project::outside_repositories();
    project.page("job-families/sales/sourcer.md");
    lists(&project, "job-families/sales", "", &["sourcer.md"]);
}

#[test]
fn what_git_ignores_is_left_out_unless_it_is_named() {
    let project = handbook();
    project.file(".gitignore", "people/\n");
    lists(&project, "content/job-families", "", &["sales/lead/index.html.md", "sales/sourcer.md"]);
    lists(&project, "content/job-families", "people", &["people/index.html.md.erb"]);
}

#[test]
fn the_configuration_says_which_folders_count() {
    let project = handbook();
    project.config("include: ['**/handbook']\n");
    lists(&project, "", "", &["content/handbook/sourcer.md"]);
}

#[test]
fn what_is_excluded_is_left_out_also_when_it_is_named() {
    let project = handbook();
    project.config("exclude: [\"**/sales/**\"]\n");
    lists(&project, "content/job-families", "", &["people/index.html.md.erb"]);
    let named = "check --select placeholder --format concise content/job-families/sales/sourcer.md";
    insta::assert_snapshot!(project.run(named));
    assert!(project.run(&format!("{named} --quiet")).err.is_empty());
    assert_eq!(project.run(&format!("{named} --no-exclude")).status, 1);
}

#[test]
fn globs_hold_from_the_root_and_from_the_folder_of_the_configuration() {
    for glob in ["content/job-families/sales", "sales", "sales/", "/sales/**", "**/sales"] {
        let project = handbook();
        project.file("content/job-families/.jflint.yaml", format!("exclude: [\"{glob}\"]\n"));
        lists(&project, "content/job-families", "", &["people/index.html.md.erb"]);
    }
}

#[test]
fn nothing_to_check_under_a_named_path_is_a_failure() {
    let project = handbook();
    insta::assert_snapshot!(project.run("check content/handbook"));
    insta::assert_snapshot!(project.run("check content/handbook --allow-empty"));
    project.config("exclude: [people]\n");
    insta::assert_snapshot!(project.run("check content/job-families/people"));
}

#[test]
fn nothing_to_check_in_the_current_folder_is_said() {
    insta::assert_snapshot!(handbook().run_in("content/handbook", "check"));
}

#[test]
fn what_cannot_be_read_is_said_and_the_rest_is_checked() {
    let project = Project::new();
    project.page("good.md").file("latin.md", b"---\ntitle: Caf\xE9\n---\n");
    insta::assert_snapshot!(project.run("check --select placeholder --format concise good.md latin.md missing.md"));
}

#[test]
fn standard_input_is_a_document() {
    let project = Project::new();
    insta::assert_snapshot!(project.run_with("", "check --select placeholder --format concise -", PAGE));
    let named = "check --select placeholder --format concise - --stdin-filename a/new/page.md";
    insta::assert_snapshot!(project.run_with("", named, PAGE));
    insta::assert_snapshot!(project.run_with("", "check -", b"\xFF"));
    insta::assert_snapshot!(project.run("check --stdin-filename page.md"));
}

#[test]
fn standard_input_is_excluded_by_its_name() {
    let project = Project::new();
    project.config("exclude: [drafts]\n");
    insta::assert_snapshot!(project.run_with("", "check - --stdin-filename drafts/page.md", PAGE));
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_read_is_a_failure() {
    use std::os::unix::fs::PermissionsExt as _;
    let project = handbook();
    let closed = project.path("content/job-families/people");
    let mode = |mode| std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(mode)).expect("it is ours");
    mode(0o000);
    let is_open_to_us = std::fs::read_dir(&closed).is_ok();
    let run = project.run("check --list-files content");
    mode(0o755);
    if !is_open_to_us {
        insta::assert_snapshot!(run);
    }
}

#[cfg(unix)]
#[test]
fn a_link_to_a_folder_is_followed_where_it_is_named() {
    let project = handbook();
    std::os::unix::fs::symlink("content/job-families/people", project.path("link")).expect("a link can be made");
    lists(&project, "", "link", &["link/index.html.md.erb"]);
}
