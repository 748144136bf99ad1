//! `jflint explain` and `jflint rules`: what the rules say of themselves.

use std::fmt::Write as _;

use super::Status;
use super::terminal::Terminal;
use crate::diagnostic::Safety;
use crate::rule::Rule;
use crate::rules;

/// Prints the documentation of a rule.
pub fn explain(rule: &str, terminal: &Terminal) -> Status {
    let Some(rule) = rules::find(rule) else { return Status::Failed };
    let text = format!("{}\n{}\n\n{}", terminal.bold(rule.name), facts(rule), readable(rule.doc, terminal));
    terminal.write(|out| out.write_all(text.as_bytes()))
}

/// Prints a line for each rule, by group.
pub fn list(terminal: &Terminal) -> Status {
    let width = rules::ALL.iter().map(|rule| rule.name.len()).max().unwrap_or_default();
    let mut text = String::new();
    let mut group = None;
    for rule in rules::ALL {
        if group.replace(rule.group) != Some(rule.group) {
            let gap = if text.is_empty() { "" } else { "\n" };
            let _ = writeln!(text, "{gap}{}", terminal.bold(rule.group.name()));
        }
        let name = rule.name;
        let _ = writeln!(text, "  {name:width$}  {:7}  {:7}  {}", severity(rule), repair(rule), rule.summary());
    }
    text.push_str("\n`jflint explain RULE` says more of each. fix: `--fix` repairs it; unsafe: look at the repair\n");
    terminal.write(|out| out.write_all(text.as_bytes()))
}

fn severity(rule: &Rule) -> &'static str {
    if rule.off_by_default { "off" } else { rule.severity.name() }
}

fn repair(rule: &Rule) -> &'static str {
    match rule.fix {
        Some(Safety::Safe) => "fix",
        Some(Safety::Unsafe) => "unsafe",
        None => "",
    }
}

fn facts(rule: &Rule) -> String {
    let severity = if rule.off_by_default {
        format!("off until the configuration asks for it, then {}", rule.severity.name())
    } else {
        rule.severity.name().to_owned()
    };
    let repair = match rule.fix {
        Some(Safety::Safe) => "; `--fix` can repair it",
        Some(Safety::Unsafe) => "; `--fix --unsafe-fixes` can repair it: look at the result",
        None => "",
    };
    format!("{}: {severity}{repair}", rule.group.name())
}

/// Markdown for a terminal: headings stand out, examples are indented, the rest stays as it is.
fn readable(doc: &str, terminal: &Terminal) -> String {
    let mut text = String::new();
    let mut fence = None;
    for line in doc.lines() {
        // Doc comments begin each line with a blank.
        let line = line.strip_prefix(' ').unwrap_or(line);
        match (fence, fence_of(line)) {
            (None, Some(opening)) => fence = Some(opening),
            (Some(opening), Some(closing)) if closing >= opening && line.trim_end().len() == closing => fence = None,
            (Some(_), _) if line.is_empty() => text.push('\n'),
            (Some(_), _) => text.extend(["    ", line, "\n"]),
            (None, None) => text.extend([heading(line, terminal).as_str(), "\n"]),
        }
    }
    text
}

/// How many backticks a line begins with, if they are a fence.
fn fence_of(line: &str) -> Option<usize> {
    let ticks = line.len() - line.trim_start_matches('`').len();
    (ticks >= 3).then_some(ticks)
}

fn heading(line: &str, terminal: &Terminal) -> String {
    let words = line.trim_start_matches('#');
    if words.len() < line.len() && words.starts_with(' ') { terminal.bold(words.trim()) } else { line.to_owned() }
}
