//! What a shell and a manual are made of.

use super::project::Project;

#[test]
fn every_shell_is_served() {
    let project = Project::new();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let run = project.run(&format!("completions {shell}"));
        assert_eq!(run.status, 0, "{shell}");
        assert!(run.out.contains("jflint") && run.out.contains("new-since"), "{shell}");
    }
    assert_eq!(project.run("completions csh").status, 2);
}

#[test]
fn there_is_a_page_of_the_manual_for_every_command() {
    let project = Project::new();
    let run = project.run("man");
    assert_eq!(run.status, 0);
    assert!(run.out.contains(".TH jflint 1") && run.out.contains("jflint\\-check(1)"), "{run}");
    let run = project.run("man check");
    assert!(run.out.contains(".TH jflint-check 1") && run.out.contains("new\\-since"), "{run}");
    let run = project.run("man chekc");
    assert_eq!(run.status, 2);
    assert!(run.err.contains("did you mean `check`?"), "{run}");
}
