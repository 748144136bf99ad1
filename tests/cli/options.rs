//! What the options of rules change, through the real binary.

use super::project::Project;

/// The words after the name of the rule, for each finding.
fn findings(project: &Project, rule: &str) -> Vec<String> {
    let run = project.run(&format!("check --format concise --show info --select {rule} page.md"));
    assert!(run.status < 2, "{run}");
    run.lines().iter().map(|line| line.split(&format!("{rule}: ")).last().unwrap_or_default().to_owned()).collect()
}

/// What a rule finds in a page without a configuration, and with some options.
fn before_and_after(rule: &str, page: &str, options: &str) -> (usize, usize) {
    let project = Project::new();
    project.file("page.md", format!("---\ntitle: \"Tax\"\n---\n\n{page}"));
    let before = findings(&project, rule).len();
    project.config(&format!("rules:\n  {rule}: {options}\n"));
    (before, findings(&project, rule).len())
}

const ROLE: &str = "## Tax Analyst\n\n### Job Grade\n\nThe Tax Analyst is a [grade 6](/x/#gitlab-job-grades).\n\n\
                    ### Responsibilities\n\n- File returns\n\n### Requirements\n\n- Ability to use GitLab\n";

/// A role of another grade than 6.
fn graded(role: &str, grade: &str) -> String {
    ROLE.replace("Tax Analyst", role).replace("grade 6", &format!("grade {grade}"))
}

#[test]
fn options_add_switch_off_and_change() {
    let list = |count: usize| "- Returns filed in time\n".repeat(count);
    let indicators = format!("## Performance Indicators\n\n{}", list(2));
    let ladder = format!("{}\n{}", ROLE, graded("Senior Tax Analyst", "6"));
    let sales = ladder.replace("Tax Analyst", "Account Executive");
    let many = "Ambitious, driven and assertive, outspoken\n";
    for (rule, page, options, expected) in [
        ("performance-indicator-count", indicators.as_str(), "{ least: 2 }", (1, 0)),
        ("performance-indicator-count", indicators.as_str(), "{ most: 1, least: 1 }", (1, 1)),
        ("missing-section", ROLE, "{ family: [career-ladder] }", (3, 1)),
        ("missing-section", ROLE, "{ family: [], role: [nice-to-haves] }", (3, 1)),
        ("missing-required-bullet", ROLE, "{ add: [{ wording: Ability to travel }] }", (0, 1)),
        ("missing-required-bullet", ROLE, "{ add: [{ wording: Ability to fly, also: [use GitLab] }] }", (0, 0)),
        (
            "missing-required-bullet",
            "## Tax Analyst\n\n### Requirements\n\n- None\n",
            "{ off: [ability to use GitLab] }",
            (1, 0),
        ),
        ("nonstandard-section", "## KPIs\n\n- One\n", "{ off: [KPIs] }", (1, 0)),
        ("nonstandard-section", "## Expectations\n\n- One\n", "{ off: [Expectations] }", (1, 0)),
        (
            "nonstandard-section",
            "## Meet the Team\n\n- One\n",
            "{ add: [{ name: Meet the Team, section: hiring-process }] }",
            (0, 1),
        ),
        ("malformed-grade", &graded("Tax Analyst", "13"), "{ add: [13] }", (1, 0)),
        ("malformed-grade", &graded("Tax Analyst", "4"), "{ off: [4] }", (0, 1)),
        ("outdated-grade", &graded("Tax Analyst", "9.5"), "{ off: [9.5] }", (1, 0)),
        ("outdated-grade", &graded("Tax Analyst", "8.5"), "{ add: [{ grade: 8.5, since: May 2024 }] }", (0, 1)),
        ("malformed-grade", &graded("Tax Analyst", "9.5"), "{ add: [13] }", (0, 0)),
        ("equal-grades", &ladder, "{ add: [Senior Tax Analysts] }", (1, 0)),
        ("equal-grades", &sales, "{ off: [Account Executive] }", (0, 1)),
        ("unusual-grade", &graded("Director, Tax", "9"), "{ off: [Director] }", (1, 0)),
        ("unusual-grade", &graded("Director, Tax", "9"), "{ add: [{ title: director, grade: 9 }] }", (1, 0)),
        ("placeholder", "- TBD\n- Details follow\n", "{ off: [tbd], add: [details follow] }", (1, 1)),
        ("placeholder", "- Bonus TBD\n- TBD\n", "{ allow: [bonus TBD] }", (2, 1)),
        ("brand-case", "- Gitlab at Kubecon\n", "{ off: [GitLab], add: [{ name: KubeCon }] }", (1, 1)),
        ("discouraged-term", "- Insane, crazy guys with low-hanging fruit\n", "{ off: [crazy] }", (3, 2)),
        (
            "discouraged-term",
            "- Low-hanging fruit\n",
            "{ add: [{ terms: [low hanging fruit], reason: it is an idiom }] }",
            (0, 1),
        ),
        ("missing-hyphen", "- Customer obsessed plans\n", "{ off: [go to market], add: [customer obsessed] }", (0, 1)),
        ("vacancy-tone", "- You will send us your CV\n", "{ off: [You will], add: [send us your CV] }", (1, 1)),
        ("years-of-experience", "- 5+ years of experience at the bar\n", "{ allow: [at the Bar] }", (1, 0)),
        ("coded-language", many, "{ margin: 5 }", (1, 0)),
        (
            "absolute-handbook-link",
            "[a](https://docs.example.com/handbook/b)\n",
            "{ hosts: { add: [\"https://docs.example.com/\"] } }",
            (0, 1),
        ),
        (
            "absolute-handbook-link",
            "[a](https://about.gitlab.com/handbook/b)\n",
            "{ folders: { off: [handbook] } }",
            (1, 0),
        ),
    ] {
        assert_eq!(before_and_after(rule, page, options), expected, "{rule} {options}\n{page}");
    }
}

#[test]
fn an_override_has_options_for_its_files() {
    let project = Project::new();
    project
        .file("a/page.md", "- TBD\n")
        .file("page.md", "- TBD\n")
        .config("overrides:\n- files: [a]\n  rules: { placeholder: { off: [tbd] } }\n");
    let run = project.run("check --select placeholder --format concise a/page.md page.md");
    assert!(run.lines().len() == 1 && run.out.starts_with("page.md"), "{run}");
}

#[test]
fn an_option_is_explained_where_its_rule_is() {
    let run = Project::new().run("explain performance-indicator-count");
    assert!(run.out.contains("Options") && run.out.contains("`least` (number; `3` unless given)"), "{run}");
    assert!(!Project::new().run("explain typo").out.contains("Options"));
}
