//! `jflint explain` and `jflint rules`: what the rules say of themselves.

use std::fmt::Write as _;

use super::Status;
use super::terminal::Terminal;
use crate::diagnostic::Safety;
use crate::docgen;
use crate::rule::Rule;
use crate::rules;

/// Prints the documentation of a rule.
pub fn explain(rule: &str, terminal: &Terminal) -> Status {
    match rules::find(rule) {
        Some(rule) => terminal.print(&docgen::explain(rule, &terminal.style())),
        None => terminal.fail(&format!("there is no rule `{rule}`")),
    }
}

/// Prints a line for each rule, by group.
pub fn list(terminal: &Terminal) -> Status {
    let width = rules::ALL.iter().map(|rule| rule.name.len()).max().unwrap_or_default();
    let mut text = String::new();
    let mut group = None;
    for rule in rules::ALL {
        if group.replace(rule.group) != Some(rule.group) {
            let gap = if text.is_empty() { "" } else { "\n" };
            let _ = writeln!(text, "{gap}{}", rule.group.name());
        }
        let name = rule.name;
        let _ = writeln!(text, "  {name:width$}  {:7}  {:6}  {}", severity(rule), repair(rule), rule.summary());
    }
    text.push_str("\nfix: `--fix` repairs it; unsafe: `--fix --unsafe-fixes` does, look at the result\n");
    text.push_str("`jflint explain RULE` says more\n");
    terminal.print(&text)
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
