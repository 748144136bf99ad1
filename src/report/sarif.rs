//! SARIF 2.1.0: everything that was found, for the programs that read the reports of any linter.

mod log;

use std::collections::HashMap;
use std::io::{self, Write};

use super::{Failure, FileReport, Finding, Report, in_sentences, sentence};
use crate::diagnostic::{Fix, Label, Safety, Severity};
use crate::rule::Rule;
use crate::rules;
use crate::source::{Source, Span};
use log::{
    ArtifactChange, ArtifactLocation, Content, Descriptor, DescriptorProperties, Driver, FixProperties, Help,
    Invocation, Level, Location, Log, Notification, PhysicalLocation, Region, Replacement, ReportingConfiguration,
    ResultEntry, ResultFix, Run, Text, Tool,
};

/// The name of our fingerprint among those of other tools; its number rises when the fingerprint changes.
const FINGERPRINT: &str = "jflint/v1";

/// The base of the paths: readers put the root of the repository in its place.
const ROOT: &str = "%SRCROOT%";

pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, &log(report))?;
    writeln!(out)
}

fn log(report: &Report) -> Log<'_> {
    let places: HashMap<&str, usize> = rules::ALL.iter().enumerate().map(|(at, rule)| (rule.name, at)).collect();
    let results = report
        .files
        .iter()
        .flat_map(|file| file.with_fingerprints().map(|(finding, mark)| result(file, finding, mark, &places)))
        .collect();
    let version = env!("CARGO_PKG_VERSION");
    let rules = descriptors(report);
    let root = ArtifactLocation::described("The root of the repository");
    Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [Run {
            tool: Tool { driver: Driver { name: "jflint", version, semantic_version: version, rules } },
            invocations: [invocation(report)],
            original_uri_base_ids: [(ROOT, root)].into(),
            column_kind: "unicodeCodePoints",
            default_encoding: "utf-8",
            results,
        }],
    }
}

fn invocation(report: &Report) -> Invocation {
    Invocation {
        execution_successful: report.failures.is_empty(),
        tool_execution_notifications: report.failures.iter().map(notification).collect(),
    }
}

fn notification(failure: &Failure) -> Notification {
    let message = Text::new(format!("{} was not checked: {}.", failure.path, failure.message));
    let physical_location = PhysicalLocation { artifact_location: artifact(&failure.path), region: None };
    Notification { level: Level::Error, message, locations: [Location { id: None, physical_location, message: None }] }
}

fn descriptors(report: &Report) -> Vec<Descriptor<'_>> {
    let findings = report.files.iter().flat_map(|file| &file.findings);
    let urls: HashMap<&str, &str> =
        findings.filter_map(|finding| Some((finding.diagnostic.rule, finding.url.as_deref()?))).collect();
    rules::ALL.iter().map(|rule| descriptor(rule, urls.get(rule.name).copied())).collect()
}

fn descriptor<'a>(rule: &'static Rule, url: Option<&'a str>) -> Descriptor<'a> {
    let markdown = rule.doc.lines().map(|line| line.strip_prefix(' ').unwrap_or(line)).collect::<Vec<_>>().join("\n");
    Descriptor {
        id: rule.name,
        short_description: Text::new(sentence(rule.summary())),
        help: Help { text: markdown.trim().to_owned(), markdown: markdown.trim().to_owned() },
        help_uri: url.map(encoded_url),
        default_configuration: ReportingConfiguration { enabled: !rule.off_by_default, level: level(rule.severity) },
        properties: DescriptorProperties { tags: [rule.group.name()] },
    }
}

fn result<'a>(
    file: &'a FileReport,
    finding: &'a Finding,
    fingerprint: String,
    places: &HashMap<&str, usize>,
) -> ResultEntry<'a> {
    let diagnostic = &finding.diagnostic;
    let label = |(at, label): (usize, &Label)| location(file, label.span, Some(at + 1), Some(&label.message));
    ResultEntry {
        rule_id: diagnostic.rule,
        rule_index: places.get(diagnostic.rule).copied(),
        level: level(diagnostic.severity),
        message: Text::new(without_links(&in_sentences(diagnostic))),
        locations: [location(file, diagnostic.span, None, None)],
        related_locations: diagnostic.labels.iter().enumerate().map(label).collect(),
        partial_fingerprints: [(FINGERPRINT, fingerprint)].into(),
        baseline_state: finding.new.map(|new| if new { "new" } else { "unchanged" }),
        fixes: diagnostic.fixes.iter().map(|fix| result_fix(file, fix)).collect(),
    }
}

fn result_fix<'a>(file: &FileReport, fix: &'a Fix) -> ResultFix<'a> {
    let replacements = fix.edits.iter().map(|edit| Replacement {
        deleted_region: region(&file.source, edit.span),
        inserted_content: Content { text: &edit.replacement },
    });
    let change =
        ArtifactChange { artifact_location: artifact(&file.repository_path), replacements: replacements.collect() };
    let properties = FixProperties { is_safe: fix.safety == Safety::Safe };
    ResultFix { description: Text::new(sentence(&fix.title)), artifact_changes: [change], properties }
}

fn location(file: &FileReport, span: Span, id: Option<usize>, words: Option<&str>) -> Location {
    let artifact_location = artifact(&file.repository_path);
    let physical_location = PhysicalLocation { artifact_location, region: Some(region(&file.source, span)) };
    Location { id, physical_location, message: words.map(|words| Text::new(sentence(words))) }
}

/// The end is exclusive, as in SARIF.
fn region(source: &Source, span: Span) -> Region {
    let (start, end) = (source.position(span.start), source.position(span.end));
    Region { start_line: start.line, start_column: start.column, end_line: end.line, end_column: end.column }
}

fn artifact(path: &str) -> ArtifactLocation {
    ArtifactLocation { uri: Some(encoded_path(path)), uri_base_id: Some(ROOT), description: None }
}

fn level(severity: Severity) -> Level {
    match severity {
        Severity::Error => Level::Error,
        Severity::Warning => Level::Warning,
        Severity::Info => Level::Note,
    }
}

/// In a message of SARIF, `[words](address)` is a link, whoever wrote it.
fn without_links(words: &str) -> String {
    words.replace("](", "\\](")
}

/// A path as a relative reference. A colon is encoded too: before the first `/` it would end the name of a scheme.
fn encoded_path(path: &str) -> String {
    encoded(path.trim_start_matches('/'), |byte| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte))
}

/// An address that people wrote, in which only what can stand in no address is encoded.
fn encoded_url(url: &str) -> String {
    encoded(url, |byte| byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte))
}

fn encoded(text: &str, stays: impl Fn(u8) -> bool) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if stays(byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_path_is_a_relative_reference() {
        assert_eq!(encoded_path("job-families/Büro 7%/a:b#c?.md"), "job-families/B%C3%BCro%207%25/a%3Ab%23c%3F.md");
        assert_eq!(encoded_path("/tmp/a.md"), "tmp/a.md");
        assert_eq!(encoded_path("<stdin>"), "%3Cstdin%3E");
    }
}
