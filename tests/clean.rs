//! Honest pages: about a family without faults, no rule has anything to say, notes and rules that are off included.

#![allow(clippy::expect_used, reason = "a test fails by panicking")]

use std::path::Path;
use std::process::Command;

use jflint::facts::Facts;
use jflint::lint::{Settings, lint};
use jflint::rules;
use jflint::source::Source;

#[test]
fn nothing_is_said_about_families_without_faults() {
    let every_rule: Vec<&str> = rules::ALL.iter().map(|rule| rule.name).collect();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/clean");
    let pages = std::fs::read_dir(&folder).expect("the fixtures are part of the project");
    let pages: Vec<_> = pages.map(|page| page.expect("a page").path()).collect();
    assert!(pages.len() >= 3, "one from each template, and one that begins with tables");
    let run = Command::new(env!("CARGO_BIN_EXE_jflint"))
        .args(["check", "--isolated", "--quiet", "--show", "info", "--select", &every_rule.join(",")])
        .args(pages)
        .output()
        .expect("jflint starts");
    let printed = String::from_utf8_lossy(&[run.stdout, run.stderr].concat()).into_owned();
    assert_eq!((printed.as_str(), run.status.code()), ("", Some(0)), "{printed}");
}

/// A family of three, with a sentence below the job grade of each.
fn family(sentences: [&str; 3]) -> String {
    let role = |(name, grade, sentence): (&str, u8, &str)| {
        format!(
            "### {name}\n\n#### {name} Job Grade\n\nThe {name} is a [grade {grade}](/handbook/total-rewards/compensation/\
             compensation-calculator/#gitlab-job-grades).\n\n{sentence}\n\n#### {name} Responsibilities\n\n\
             - Files the {grade} returns\n\n#### {name} Requirements\n\n- Ability to use GitLab\n\n"
        )
    };
    let [analyst, senior, manager] = sentences;
    let roles = [("Tax Analyst", 6, analyst), ("Senior Tax Analyst", 7, senior), ("Manager, Tax", 8, manager)];
    let roles: String = roles.into_iter().map(role).collect();
    format!("---\ntitle: \"Tax\"\n---\n\n## Levels\n\n{roles}")
}

/// Rules that compare the names of roles.
const ABOUT_ROLES: [&str; 6] =
    ["role-name-variant", "role-mismatch", "reports-to-mismatch", "wrong-role-section", "extends-mismatch", "grammar"];

fn found_of_roles(page: String) -> Vec<String> {
    let found = lint(&Source::new("x.md", page), &Settings::new(Facts::embedded())).diagnostics;
    let found = found.into_iter().filter(|diagnostic| ABOUT_ROLES.contains(&diagnostic.rule));
    found.map(|diagnostic| format!("{}: {}", diagnostic.rule, diagnostic.message)).collect()
}

#[test]
fn a_sentence_may_say_more_of_a_role_than_its_name() {
    for sentence in [
        "At GitLab, the Tax Analyst reports to the Manager, Tax.",
        "Like all analysts, the Tax Analyst reports to the Manager, Tax.",
        "The Tax Analyst, who works with auditors, reports to the Manager, Tax.",
        "The Tax Analyst role, which is remote, reports to the Manager, Tax.",
        "The Tax Analyst, like the Senior Tax Analyst, reports to the Manager, Tax.",
        "Currently, the Tax Analyst is a grade 6.",
        "The Tax Analyst role, one level below the Senior Tax Analyst, is a grade 6.",
        "Tax Analyst is the first level of this family.",
        "As a Senior Tax Analyst gains experience, so does the Tax Analyst.",
    ] {
        assert_eq!(found_of_roles(family([sentence, "", ""])), [""; 0], "{sentence}");
    }
    for sentence in [
        "A Senior Tax Analyst reports to the Manager, Tax.",
        "Every Tax Analyst reports to the Manager, Tax.",
        "Tax Analysts will report to the Manager, Tax.",
        "A team of two to five Tax Analysts reports to the Manager, Tax.",
    ] {
        assert_eq!(found_of_roles(family(["", "", sentence])), [""; 0], "{sentence}");
    }
    let copied = "The Tax Analyst reports to the Manager, Tax.";
    assert_eq!(found_of_roles(family(["", copied, ""])).len(), 1);
}

#[test]
fn a_bullet_may_extend_two_roles() {
    let page = family(["", "", ""]);
    for bullet in [
        "Extends the Tax Analyst and Senior Tax Analyst responsibilities",
        "Extends the responsibilities of the Tax Analyst and Senior Tax Analyst",
        "Extends both the Senior Tax Analyst and Tax Analyst responsibilities",
    ] {
        let page = page.replace("- Files the 8 returns", &format!("- {bullet}\n- Files the 8 returns"));
        assert_eq!(found_of_roles(page), [""; 0], "{bullet}");
    }
}
