//! `jflint config`: what holds for a file, and where each thing comes from.

use std::fmt::Write as _;
use std::path::PathBuf;

use super::arguments::Config as Arguments;
use super::terminal::Terminal;
use super::{Status, working_folder};
use crate::config::{Configs, FILE_NAME, Origin, Place, RuleInForce};
use crate::disk;

/// Stands for any page of a folder.
const ANY_PAGE: &str = "page.md";

/// Prints what holds for a file; for a folder, what holds for a page that stands directly in it.
pub fn run(arguments: &Arguments, terminal: &Terminal) -> Status {
    let given = arguments.file.clone().unwrap_or_else(|| PathBuf::from("."));
    let file = if given.is_dir() { given.join(ANY_PAGE) } else { given };
    let mut configs = Configs::new(arguments.isolated, &working_folder());
    match configs.place_of(disk::real_path(&file)) {
        Ok(place) => terminal.print(&describe(&place, &configs, arguments.isolated)),
        Err(error) => terminal.fail(&error.to_string()),
    }
}

fn describe(place: &Place, configs: &Configs, isolated: bool) -> String {
    let mut text = String::new();
    for (what, value) in [
        ("file", place.repository_path.clone()),
        ("repository", place.repository.as_deref().map_or_else(|| "none".to_owned(), disk::shown)),
        ("configuration", configuration(place, configs, isolated)),
        ("checked", whether_checked(place)),
        ("words", words(place)),
        ("docs-url", place.config.docs_url_pattern().unwrap_or("none").to_owned()),
    ] {
        let _ = writeln!(text, "{what:14} {value}");
    }
    text.push_str("\nrules\n");
    let rules = place.rules_in_force();
    let width = rules.iter().map(|rule| rule.rule.len()).max().unwrap_or_default();
    for rule in &rules {
        let _ = writeln!(text, "  {:width$}  {:7}  {}", rule.rule, rule.level.name(), origin(&rule.origin));
        options(rule, width, &mut text);
    }
    text
}

fn configuration(place: &Place, configs: &Configs, isolated: bool) -> String {
    match place.config.path() {
        Some(path) => configs.shown(path),
        None if isolated => format!("the defaults (--isolated reads no {FILE_NAME})"),
        None => format!("the defaults (there is no {FILE_NAME} above the file)"),
    }
}

fn whether_checked(place: &Place) -> String {
    match (place.excluded_by(), place.included_by()) {
        (Some(glob), _) => format!("never: `exclude` has `{glob}`"),
        (None, Some(glob)) => format!("yes: `include` has `{glob}`"),
        (None, None) => "only when it is named: no glob of `include` holds".to_owned(),
    }
}

fn words(place: &Place) -> String {
    let sources = place.config.word_sources();
    let counts: Vec<String> = sources.iter().map(|(source, count)| format!("{count} from {source}")).collect();
    if counts.is_empty() { "none of the project's own".to_owned() } else { counts.join(", ") }
}

fn origin(origin: &Origin) -> String {
    match origin {
        Origin::Default => "default".to_owned(),
        Origin::Rules => "rules".to_owned(),
        Origin::Override(number, files) => format!("overrides, entry {number}: {}", files.join(", ")),
    }
}

fn options(rule: &RuleInForce, width: usize, text: &mut String) {
    for option in &rule.options {
        let _ = writeln!(text, "  {:width$}    {option}", "");
    }
}
