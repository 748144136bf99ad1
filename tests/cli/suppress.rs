//! Comments that take findings away, from the text to the exit status.

use super::project::Project;

const CHECK: &str = "check --select placeholder,unused-suppression --format concise page.md";

#[test]
fn suppressed_findings_are_counted_and_fail_nothing() {
    let project = Project::new();
    project.file(
        "page.md",
        "---\ntitle: Sourcer\n---\n\n## Responsibilities\n\n- TBD <!-- jflint-disable-line placeholder -- next week -->\n",
    );
    insta::assert_snapshot!(project.run(CHECK));
}

#[test]
fn above_the_heading_of_a_role_the_whole_role_is_meant() {
    let project = Project::new();
    let page = "---\ntitle: Sourcer\n---\n\n{}## Sourcer\n\n### Responsibilities\n\n- TBD\n\n### Requirements\n\n- TBD\n\n\
                ## Senior Sourcer\n\n### Responsibilities\n\n- TBD\n\n### Requirements\n\n- Patience\n";
    project.file("page.md", page.replace("{}", ""));
    assert_eq!(project.run(CHECK).lines().len(), 3);
    project.file("page.md", page.replace("{}", "<!-- jflint-disable-next-line placeholder -->\n\n"));
    insta::assert_snapshot!(project.run(CHECK));
}

#[test]
fn what_suppresses_nothing_is_a_finding() {
    let project = Project::new();
    project.file("page.md", "---\ntitle: Sourcer\n---\n\n<!-- jflint-disable-file placeholdr, placeholder -->\n");
    insta::assert_snapshot!(project.run(CHECK));
}
