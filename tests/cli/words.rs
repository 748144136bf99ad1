//! `jflint words`, and what a project's own words change.

use super::project::Project;

const FRONT: &str = "---\ntitle: Harbor Pilot\n---\n\n";

fn project() -> Project {
    let project = Project::new();
    project
        .file("job-families/a.md", format!("{FRONT}The zwob and the Blork of a zwob, and the managment.\n"))
        .file("job-families/b.md", format!("{FRONT}Zwobs, BLORK,\n\nzwob's `frob`, and the rudabagger\n"));
    project
}

#[test]
fn the_most_frequent_words_come_first_with_their_places() {
    let run = project().run("words .");
    let expected = "3  zwob        job-families/a.md:5, job-families/b.md:7\n\
        1  Blork       job-families/a.md:5\n\
        1  rudabagger  job-families/b.md:7\n\
        1  Zwobs       job-families/b.md:5\n";
    assert_eq!((run.status, run.out.as_str()), (0, expected), "{run}");
}

#[test]
fn a_list_is_appended_to_and_then_known() {
    let project = project();
    project.file("words.txt", "# ours\nblork");
    let run = project.run("words . --write words.txt");
    assert_eq!(run.status, 0, "{run}");
    assert!(run.err.contains("Added 3 words to words.txt"), "{run}");
    let list = std::fs::read_to_string(project.path("words.txt")).expect("it is there");
    assert_eq!(list, "# ours\nblork\nzwob\nrudabagger\nZwobs\n");

    project.config("word-lists: [words.txt]\n");
    assert_eq!(project.run("words .").out, "");
    let run = project.run("words . --write words.txt");
    assert!(run.err.contains("There is no word that no list has"), "{run}");
    assert!(run.err.contains("words.txt stays as it is"), "{run}");
}

#[test]
fn a_new_list_is_made_and_one_that_cannot_be_is_told() {
    let project = project();
    assert_eq!(project.run("words job-families/a.md --write new.txt").status, 0);
    assert_eq!(std::fs::read_to_string(project.path("new.txt")).expect("it is there"), "zwob\nBlork\n");
    let run = project.run("words job-families/a.md --write missing/new.txt");
    assert_eq!(run.status, 2, "{run}");
    assert!(run.err.contains("error: missing/new.txt cannot be written"), "{run}");
}

#[test]
fn a_path_that_is_not_there_is_a_failure() {
    assert_eq!(project().run("words nowhere").status, 2);
}

#[test]
fn words_in_the_configuration_turn_the_rule_on() {
    let project = project();
    let unknown = |run: &str| project.run(run).out.matches("unknown-word").count();
    assert_eq!(unknown("check . --format concise --show info"), 0);
    project.config("words: [zwob]\n");
    assert_eq!(unknown("check . --format concise --show info"), 3);
    project.config("words: [zwob]\nrules:\n  unknown-word: off\n");
    assert_eq!(unknown("check . --format concise --show info"), 0);
}
