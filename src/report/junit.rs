//! A test report: each document is a suite, each finding a test that failed.

use std::collections::HashMap;
use std::io::{self, Write};

use quick_junit::{NonSuccessKind, TestCase, TestCaseStatus, TestSuite};

use super::terminal::printable;
use super::{Failure, FileReport, Finding, Report, Style};

/// The one test of a document without findings, as the report must show that it was checked.
const ALL_IS_WELL: &str = "all is well";

pub(super) fn write(report: &Report, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let mut tests = quick_junit::Report::new("jflint");
    tests.add_test_suites(report.files.iter().map(|file| suite(file, style)));
    tests.add_test_suites(report.failures.iter().map(unchecked));
    tests.serialize(out).map_err(io::Error::other)
}

fn suite(file: &FileReport, style: &Style) -> TestSuite {
    let mut suite = TestSuite::new(xml(&file.repository_path));
    let mut seen: HashMap<String, usize> = HashMap::new();
    for finding in file.findings.iter().filter(|finding| style.shows(finding)) {
        let words = format!("{}: {}", finding.diagnostic.rule, finding.diagnostic.message);
        let count = seen.entry(words.clone()).or_default();
        *count += 1;
        // GitLab takes tests of one name for one test. A line in the name would make it another after each edit.
        let name = if *count == 1 { words } else { format!("{words} ({count})") };
        suite.add_test_case(test(file, finding, &name));
    }
    if suite.test_cases.is_empty() {
        suite.add_test_case(case(ALL_IS_WELL, &file.repository_path, TestCaseStatus::success()));
    }
    suite
}

fn test(file: &FileReport, finding: &Finding, name: &str) -> TestCase {
    let diagnostic = &finding.diagnostic;
    let place = file.source.position(diagnostic.span.start);
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
    status.set_type(diagnostic.severity.name()).set_message(xml(&diagnostic.message)).set_description(xml(&format!(
        "{}:{}:{}: {}",
        file.repository_path, place.line, place.column, diagnostic.help
    )));
    let mut case = case(name, &file.repository_path, status);
    case.extra.insert("line".into(), place.line.to_string().into());
    case
}

fn unchecked(failure: &Failure) -> TestSuite {
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
    status.set_message(xml(&failure.message));
    let mut suite = TestSuite::new(xml(&failure.path));
    suite.add_test_case(case("not checked", &failure.path, status));
    suite
}

fn case(name: &str, path: &str, status: TestCaseStatus) -> TestCase {
    let mut case = TestCase::new(xml(name), status);
    case.set_classname(xml(path));
    case.extra.insert("file".into(), xml(path).into());
    case
}

/// The text as one line without the characters that XML cannot hold; its markup is escaped by the writer.
fn xml(text: &str) -> String {
    printable(text).replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
}
