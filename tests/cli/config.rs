//! `.jflint.yaml`: where it is found, what it may say, and what is said when it is wrong.

use super::project::Project;

/// What is said about a configuration.
fn complaint(yaml: &str) -> String {
    let project = Project::new();
    project.page("page.md").config(yaml);
    let run = project.run("check page.md");
    assert_eq!((run.status, run.out.as_str()), (2, ""), "{run}");
    run.err
}

/// Each is wrong in one way.
const MISTAKES: &[&str] = &[
    "rulez:\n  placeholder: off\n",
    "exclude: [a]\ncolour: red\n",
    "rules:\n  empty-section: info\n  placeholdr: off\n",
    "rules:\n  spelling: off\n",
    "rules:\n  placeholder: warn\n",
    "rules:\n  placeholder: 3\n",
    "rules:\n  placeholder: [off]\n",
    "rules:\n  placeholder:\n    severity: none\n",
    "rules:\n  placeholder:\n    severty: off\n",
    "rules:\n  placeholder: { severity: off, words: [a, b] }\n",
    "rules: off\n",
    "rules:\n  placeholder: off\n  empty-section: info\n  placeholder: info\n",
    "exclude: [a]\n\nwords: [b]\nexclude: [c]\n",
    "overrides:\n  - files: [a]\n",
    "overrides:\n  - files: [a]\n    rules: { placeholder: off }\n    exclude: [b]\n",
    "overrides:\n  - files: [a]\n    rules:\n      plaecholder: off\n",
    "exclude: [\"!a\"]\n",
    "exclude: [\"/\"]\n",
    "exclude: a\n",
    "words:\n  a: b\n",
    "docs-url: https://example.com/rules\n",
    "rules: {\n",
    "- a\n",
    "words: [!a b]\n",
    "exclude:\n  - **/drafts/**\n",
    "rules:\n  performance-indicator-count:\n    lest: 2\n",
    "rules:\n  performance-indicator-count: { least: two }\n",
    "rules:\n  performance-indicator-count:\n    least: -1\n",
    "rules:\n  missing-section:\n    role: [responsibilites]\n",
    "rules:\n  brand-case:\n    severity: error\n    add:\n      - { name: KubeCon, wrongs: [kubecon] }\n",
    "rules:\n  discouraged-term:\n    add: [{ terms: [a] }]\n",
    "rules:\n  absolute-handbook-link: { host: { add: [a] } }\n",
    "rules:\n  placeholder:\n    ad: [a]\n",
    "overrides:\n  - files: [a]\n    rules: { vacancy-tone: { off: you will } }\n",
];

/// Wrong in a way that a schema cannot tell: it reads no files and knows no globs, and no rows of jflint.
const BEYOND_A_SCHEMA: &[&str] = &[
    "exclude: [\"a/**\", \"b[\"]\n",
    "word-lists:\n  - words.txt\n",
    "rules:\n  brand-case: { off: [Gitlb] }\n",
    "rules:\n  discouraged-term:\n    off: [guy]\n",
    "rules:\n  unusual-grade: { add: [{ title: senior manger, grade: 9 }] }\n",
    "rules:\n  nonstandard-section: { off: [interview proces] }\n",
    "rules:\n  malformed-grade: { off: [3] }\n",
    "rules:\n  performance-indicator-count:\n    least: 6\n",
    "rules:\n  missing-required-bullet: { off: [Ability to use GitHub] }\n",
];

#[test]
fn every_mistake_is_told_with_its_line_and_the_nearest_valid_name() {
    let mistakes = MISTAKES.iter().chain(BEYOND_A_SCHEMA);
    let told: Vec<String> = mistakes.map(|yaml| format!("{yaml}=> {}", complaint(yaml))).collect();
    insta::assert_snapshot!(told.join("\n"));
}

/// Configurations in the documentation; what else is YAML there belongs to other programs.
fn documented() -> Vec<String> {
    let pages = ["README.md", "docs/configuration.md", "docs/rules.md"];
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let texts = pages.map(|page| std::fs::read_to_string(root.join(page)).expect("the page is there"));
    let blocks = texts.iter().flat_map(|text| text.split("```yaml\n").skip(1));
    let blocks = blocks.filter_map(|rest| rest.split("```").next()).map(str::to_owned);
    let of_others = ["jflint:", "repos:", "include:\n  - component:"];
    blocks.filter(|block| !of_others.iter().any(|start| block.starts_with(start))).collect()
}

#[test]
fn the_schema_and_the_program_agree() {
    let project = Project::new();
    let schema = serde_json::from_str(&project.run("schema").out).expect("the schema is JSON");
    let validator = jsonschema::validator_for(&schema).expect("the schema is valid");
    // As YAML first: JSON would let a key stand twice.
    let read = |yaml: &str| serde_yaml::from_str(yaml).and_then(serde_yaml::from_value::<serde_json::Value>);
    project.run("init");
    let init = std::fs::read_to_string(project.path(".jflint.yaml")).expect("it was written");
    let good = documented().into_iter().chain([init, everything_in_use()]);
    for yaml in good.chain(GOOD.iter().map(|yaml| (*yaml).to_owned())) {
        let value = read(&yaml).unwrap_or_else(|error| panic!("{error}\n{yaml}"));
        let errors: Vec<String> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:?}\n{yaml}");
        project.page("page.md").file("spelling-exceptions.txt", "Kubecon\n");
        project.file(".vale/handbook/spelling-exceptions.txt", "Kubecon\n").config(&yaml);
        assert_eq!(project.run("config page.md").err, "", "{yaml}");
    }
    for yaml in MISTAKES {
        assert!(read(yaml).is_err() || read(yaml).is_ok_and(|value| !validator.is_valid(&value)), "{yaml}");
    }
    for yaml in BEYOND_A_SCHEMA {
        assert!(read(yaml).is_ok_and(|value| validator.is_valid(&value)), "a schema can tell this now: {yaml}");
    }
}

/// Each is right.
const GOOD: &[&str] = &[
    "rules:\nwords:\nexclude:\n",
    "rules: { placeholder: off, missing-section: { severity: info } }\ndocs-url: https://example.com/{rule}\n",
    "overrides: [{ files: [\"**/sales/**\"], rules: { placeholder: { add: [a], allow: [b] } } }]\nwords: [a]\n",
];

#[test]
fn a_configuration_may_be_empty() {
    for yaml in ["", "# nothing\n", "rules:\nwords:\nexclude:\n", "---\n"] {
        let project = Project::new();
        project.page("page.md").config(yaml);
        assert_eq!(project.run("check --select placeholder page.md").status, 1, "{yaml}");
    }
}

#[test]
fn a_broken_configuration_is_told_once_and_other_files_are_checked() {
    let project = Project::new();
    project.page("a/1.md").page("a/2.md").page("b/1.md").file("a/.jflint.yaml", "rulez: 1\n");
    insta::assert_snapshot!(project.run("check --select placeholder --format concise a/1.md a/2.md b/1.md"));
}

#[test]
fn the_nearest_configuration_applies_alone() {
    let project = Project::new();
    project.config("rules: { placeholder: off }\n").page("page.md").page("below/deep/page.md");
    assert_eq!(
        project.run("check --quiet page.md below/deep/page.md --format concise").out.matches("placeholder").count(),
        0
    );
    project.file("below/.jflint.yaml", "rules: { empty-section: off }\n");
    for (folder, path) in [("", "below/deep/page.md"), ("below", "deep/page.md"), ("below/deep", "page.md")] {
        let run = project.run_in(folder, &format!("check {path} --format concise"));
        assert!(run.out.contains("placeholder"), "from {folder}: {run}");
    }
}

#[test]
fn the_search_ends_at_the_root_of_the_repository() {
    let project = Project::outside_repositories();
    project.config("rulez: broken\n").page("repository/page.md").page("worktree/page.md").page("plain/page.md");
    project.folder_at("repository/.git");
    project.file("worktree/.git", "gitdir: elsewhere\n");
    assert_eq!(project.run("check repository/page.md --select placeholder").status, 1);
    assert_eq!(project.run("check worktree/page.md --select placeholder").status, 1);
    assert_eq!(project.run("check plain/page.md --select placeholder").status, 2);
    assert_eq!(project.run("check plain/page.md --select placeholder --isolated").status, 1);
}

#[test]
fn overrides_hold_in_their_order_for_the_files_that_they_name() {
    let project = Project::new();
    project.page("sales/page.md").page("sales/drafts/page.md").page("people/page.md").config(
        "rules: { placeholder: error }\n\
         overrides:\n\
         - files: [\"**/sales/**\"]\n  rules: { placeholder: off }\n\
         - files: [\"sales/drafts\"]\n  rules: { placeholder: { severity: info } }\n",
    );
    let run = project.run("check --format json sales/page.md sales/drafts/page.md people/page.md");
    let report: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    let found: Vec<String> = report["diagnostics"]
        .as_array()
        .expect("a list")
        .iter()
        .filter(|diagnostic| diagnostic["rule"] == "placeholder")
        .map(|diagnostic| format!("{} {}", diagnostic["path"], diagnostic["severity"]))
        .collect();
    assert_eq!(found, ["\"people/page.md\" \"error\"", "\"sales/drafts/page.md\" \"info\""]);
}

#[test]
fn findings_link_to_the_documentation_of_the_project() {
    let project = Project::new();
    project.page("page.md").config("docs-url: https://example.com/rules.md#{rule}\n");
    let run = project.run("check --format json --select placeholder page.md");
    assert!(run.out.contains("\"url\":\"https://example.com/rules.md#placeholder\""), "{run}");
}

#[test]
fn words_of_the_project_are_spelt_right_there_and_nowhere_else() {
    let project = Project::new();
    let page = "---\ntitle: Sourcer\n---\n\nRecieve the acommodation’s keys.\n";
    project.file("a/page.md", page).file("b/page.md", page).file("a/words.txt", "# ours\nAcommodation\n");
    project.file("a/.jflint.yaml", "words: [recieve]\nword-lists: [words.txt]\n");
    let found = |path: &str| project.run(&format!("check --select typo --format concise {path}")).lines().len();
    assert_eq!((found("a/page.md"), found("b/page.md")), (0, 2));
}

#[test]
fn init_writes_a_file_that_loads_and_changes_nothing() {
    let project = Project::new();
    project.page("job-families/page.md");
    let before = project.run("check");
    insta::assert_snapshot!(project.run("init"));
    insta::assert_snapshot!(std::fs::read_to_string(project.path(".jflint.yaml")).expect("it was written"));
    assert_eq!(project.run("check").to_string(), before.to_string());
    insta::assert_snapshot!(project.run("init"));
}

/// What `init` writes, with every line that it comments out taken into use.
fn everything_in_use() -> String {
    let project = Project::new();
    project.run("init");
    let written = std::fs::read_to_string(project.path(".jflint.yaml")).expect("it was written");
    let is_example = |line: &str| {
        line.trim_start_matches("  ").starts_with("# ") && (line.starts_with("  ") || line.contains("docs-url:"))
    };
    let in_use = |line: &str| if is_example(line) { line.replacen("# ", "", 1) } else { line.to_owned() };
    written.lines().map(in_use).collect::<Vec<_>>().join("\n")
}

#[test]
fn every_line_that_init_comments_out_may_be_taken_into_use() {
    let project = Project::new();
    project.page("page.md").file("spelling-exceptions.txt", "Kubecon\n").config(&everything_in_use());
    let run = project.run("config page.md");
    assert_eq!((run.status, run.err.as_str()), (0, ""), "{run}");
}

#[test]
fn init_names_the_word_lists_of_the_handbook() {
    let project = Project::new();
    project.file(".vale/handbook/spelling-exceptions.txt", "# Names\nKubecon\n\nGitaly\n");
    project.file(".vale/handbook/spelling-names.txt", "Sid\n").folder_at("content");
    project.run_in("content", "init");
    project.run("init");
    let words =
        |run: super::project::Run| run.lines().into_iter().find(|line| line.starts_with("words")).map(str::to_owned);
    insta::assert_snapshot!(words(project.run("config .")).expect("words"));
    insta::assert_snapshot!(words(project.run("config content")).expect("words"));
}

#[test]
fn config_shows_what_holds_and_where_it_comes_from() {
    let project = Project::new();
    project.page("content/job-families/sales/page.md").config(
        "rules: { placeholder: error, missing-section: { severity: info, family: [career-ladder] } }\n\
         overrides: [{ files: [\"**/sales/**\"], rules: { placeholder: off, vacancy-tone: { off: [you will] } } }]\n\
         exclude: [\"**/drafts/**\"]\n\
         words: [Kubecon]\n\
         docs-url: https://example.com/{rule}\n",
    );
    let shown = |arguments: &str| {
        let run = project.run(arguments);
        // Most rules say nothing here, and new ones are not to change this.
        let is_told = |line: &&str| !line.ends_with("default");
        run.to_string()
            .lines()
            .filter(is_told)
            .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ") + "\n")
            .collect::<String>()
    };
    insta::assert_snapshot!(shown("config content/job-families/sales/page.md"));
    insta::assert_snapshot!(shown("config content/job-families/drafts/new.md"));
    insta::assert_snapshot!(shown("config --isolated"));
    project.config("rulez: 1\n");
    insta::assert_snapshot!(shown("config"));
}
