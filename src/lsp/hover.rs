//! What is said about the place under the pointer: a finding, or a role.

use std::fmt::Write as _;

use lsp_types::{Hover, MarkupContent, MarkupKind};

use super::documents::Page;
use crate::diagnostic::Diagnostic;
use crate::docgen;
use crate::outline::{self, ExtendsOutline, RoleOutline};
use crate::rules;
use crate::source::Span;

/// In lines: longer examples are read in the documentation.
const LONGEST_EXAMPLE: usize = 20;

/// What is said about a byte of a page.
pub fn hover(page: &Page, findings: &[Diagnostic], offset: usize) -> Option<Hover> {
    let (texts, spans): (Vec<String>, Vec<Span>) =
        about_findings(page, findings, offset).into_iter().chain(about_role(page, offset)).unzip();
    let contents = MarkupContent { kind: MarkupKind::Markdown, value: texts.join("\n\n---\n\n") };
    Some(Hover { contents: contents.into(), range: Some(page.range(*spans.first()?)) })
}

/// What is said about each finding at a byte, and where it is.
fn about_findings(page: &Page, findings: &[Diagnostic], offset: usize) -> Vec<(String, Span)> {
    let is_here = |finding: &&Diagnostic| {
        finding.severity >= page.client.options.severity && finding.span.touches(Span::at(offset))
    };
    findings.iter().filter(is_here).map(|finding| (about_finding(page, finding), finding.span)).collect()
}

/// The message, what to do, why, and how it should look.
fn about_finding(page: &Page, finding: &Diagnostic) -> String {
    let mut text = format!("**{}**\n", finding.message);
    if !finding.help.is_empty() {
        let _ = write!(text, "\n{}\n", finding.help);
    }
    if let Some(rule) = rules::find(finding.rule) {
        let why: Vec<&str> = rule.doc.lines().map(str::trim).take_while(|line| !line.starts_with('#')).collect();
        let _ = write!(text, "\n{}\n", why.join("\n").trim());
        let good = docgen::examples(rule).into_iter().find(|example| !example.bad);
        if let Some(good) = good.filter(|good| good.text.lines().count() <= LONGEST_EXAMPLE) {
            let _ = write!(text, "\nRight:\n\n````markdown\n{}````\n", good.text);
        }
    }
    let name = match page.place.config.docs_url(finding.rule) {
        Some(url) => format!("[{}]({url})", finding.rule),
        None => format!("`{}`", finding.rule),
    };
    let _ = write!(text, "\n{name}");
    text
}

/// What is said about the role whose heading a byte stands in, and where that is.
fn about_role(page: &Page, offset: usize) -> Option<(String, Span)> {
    let source = &page.document.source;
    let line = source.line_of(offset);
    let outline = outline::document(source, &page.place.settings().facts);
    let role = outline.roles.iter().find(|role| role.line == line)?;
    // A role without a heading is said to stand on the first line, which says nothing about it.
    let is_heading = !source.line(line).trim_start().starts_with("---");
    is_heading.then(|| (role_in_words(role, &outline), source.line_span(line)))
}

fn role_in_words(role: &RoleOutline, outline: &outline::Document) -> String {
    let mut text = format!("**{}**\n\n", role.name);
    let _ = writeln!(text, "- level: {}", role.level_in_words());
    let _ = writeln!(text, "- track: {}", role.track_in_words().unwrap_or("unknown"));
    let _ = writeln!(text, "- grade: {}", grades(role));
    if let Some(manager) = &role.reports_to {
        let _ = writeln!(text, "- reports to: {manager}");
    }
    for extends in &role.extends {
        let _ = writeln!(text, "- takes over {}", taken_over(extends, outline));
    }
    text
}

fn grades(role: &RoleOutline) -> String {
    let from = |source: &str| match source {
        "body" => "its own text",
        "table" => "the levels table",
        _ => "the family",
    };
    let grades: Vec<String> = role
        .grades
        .iter()
        .map(|grade| format!("{} (from {}, line {})", grade.value, from(grade.source), grade.line))
        .collect();
    match (grades.is_empty(), role.grade_elsewhere) {
        (false, _) => grades.join(", "),
        (true, true) => "on another page, which this one links".to_owned(),
        (true, false) => "none".to_owned(),
    }
}

fn taken_over(extends: &ExtendsOutline, outline: &outline::Document) -> String {
    let what = extends.section.map_or("everything".to_owned(), |kind| kind.id().replace('_', " "));
    let named = |line: usize| outline.roles.iter().find(|role| role.line == line).map(|role| role.name.as_str());
    match extends.role {
        Some(line) => format!("{what} of {} (line {line})", named(line).unwrap_or(&extends.name)),
        None if extends.name.is_empty() => format!("{what} of another page or of the family"),
        None => format!("{what} of {}, which stands elsewhere", extends.name),
    }
}
