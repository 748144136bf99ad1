//! The direction in which the parts of jflint depend on each other, read from the source.
#![allow(clippy::expect_used, reason = "a helper of tests fails the test")]

use std::collections::BTreeSet;
use std::path::Path;

/// A source file: its path below `src`, and its text.
type File = (String, String);

/// What each part may name of the crate. A part is a file or folder of `src`; those that are not here may name all.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("source", &[]),
    ("text", &[]),
    ("word_hash", &[]),
    ("nearest", &[]),
    ("disk", &[]),
    ("spelling", &["text", "word_hash"]),
    ("syntax", &["source"]),
    ("diagnostic", &["source"]),
    ("lexicon", &["text", "word_hash"]),
    ("facts", &["text", "lexicon", "word_hash"]),
    ("model", &["syntax", "source", "facts", "text"]),
    // The title and the description are prose too, and the model has read them.
    ("prose", &["syntax", "source", "facts", "text", "word_hash", "model"]),
    // Views of the model and the prose that several rules share.
    ("lists", &["model", "prose", "syntax", "source", "facts", "text"]),
    ("bullets", &["lists", "model", "prose", "syntax", "source", "text", "word_hash"]),
    // Names of roles are evidence for what a word in them means.
    ("wording", &["facts", "lexicon", "model", "prose", "source", "spelling", "text", "word_hash"]),
    ("grammar", &["bullets", "facts", "lexicon", "prose", "source", "syntax", "text", "wording", "word_hash"]),
    ("punctuation", &["source", "facts", "prose"]),
    ("links", &["facts"]),
    ("placement", &["facts", "model", "syntax", "text"]),
    ("rule", &["model", "prose", "bullets", "lists", "wording", "syntax", "source", "facts", "diagnostic"]),
    (
        "rules",
        &[
            "rule",
            "model",
            "prose",
            "bullets",
            "lists",
            "wording",
            "grammar",
            "punctuation",
            "links",
            "placement",
            "syntax",
            "source",
            "facts",
            "diagnostic",
            "declare_rule",
            "spelling",
            "text",
            "word_hash",
        ],
    ),
    ("suppress", &["model", "syntax", "source", "diagnostic", "rules", "nearest"]),
    ("lint", &["source", "syntax", "model", "prose", "wording", "facts", "rule", "rules", "diagnostic", "suppress"]),
    ("fix", &["source", "diagnostic", "lint"]),
    ("fingerprint", &["diagnostic"]),
    ("newness", &["diagnostic", "source", "text"]),
    ("baseline", &["newness"]),
    ("git", &["disk"]),
    ("outline", &["source", "syntax", "model", "facts"]),
    ("report", &["source", "diagnostic", "fingerprint", "rule", "rules"]),
    ("docgen", &["report", "rule", "rules", "diagnostic", "options", "config"]),
    (
        "lsp",
        &[
            "lint",
            "fix",
            "suppress",
            "config",
            "walk",
            "disk",
            "diagnostic",
            "rule",
            "rules",
            "docgen",
            "outline",
            "model",
            "syntax",
            "source",
            "facts",
        ],
    ),
    ("options", &["facts", "nearest", "text"]),
    ("config", &["disk", "lint", "rule", "rules", "diagnostic", "options", "nearest", "text"]),
    ("walk", &["config", "disk", "report", "source"]),
];

/// The parts that may touch files, streams, processes or the environment.
const WITH_INPUT_AND_OUTPUT: &[&str] = &["disk", "git", "walk", "config", "cli", "lsp", "main"];

/// Ways to the world outside. A report writes to what it is given, so `std::io` alone is none.
const OUTSIDE: &[&str] = &["std::fs", "std::env", "std::process", "std::net", "io::stdin", "io::stdout", "io::stderr"];

/// The part to which a file belongs: `rules/typo.rs` and `rules.rs` to `rules`.
fn part(path: &str) -> &str {
    path.split('/').next().unwrap_or(path).trim_end_matches(".rs")
}

/// What the program itself says: without its tests and comments.
fn code(text: &str) -> String {
    let program = text.split("#[cfg(test)]\nmod tests").next().unwrap_or(text);
    program.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// What follows `crate::` anywhere in the code; of `crate::{a, b::c}` both.
fn imports(code: &str) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    // `$crate::` is a macro's way to name the crate in the file that uses it.
    for (at, prefix) in code.match_indices("crate::").filter(|(at, _)| !code[..*at].ends_with('$')) {
        let rest = &code[at + prefix.len()..];
        match rest.strip_prefix('{') {
            Some(group) => found.extend(group_members(group)),
            None => {
                found.insert(first_name(rest));
            }
        }
    }
    found
}

fn first_name(path: &str) -> &str {
    path.split(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap_or_default()
}

/// The first names in a group, its opening brace left out.
fn group_members(group: &str) -> Vec<&str> {
    let mut depth = 0;
    let mut members = Vec::new();
    let mut start = 0;
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            ',' | '}' if depth == 0 => {
                members.push(first_name(group[start..at].trim()));
                start = at + 1;
                if c == '}' {
                    break;
                }
            }
            '}' => depth -= 1,
            _ => {}
        }
    }
    members.retain(|member| !member.is_empty());
    members
}

/// Everything in some files that goes in a wrong direction, each as a sentence.
fn violations(files: &[File]) -> Vec<String> {
    let rules: Vec<&str> = files.iter().filter_map(|(path, text)| rule_module(path, text)).collect();
    files.iter().flat_map(|(path, text)| violations_of(path, &code(text), &rules)).collect()
}

fn violations_of(path: &str, code: &str, rules: &[&str]) -> Vec<String> {
    let part = part(path);
    let mut wrong = Vec::new();
    if let Some((_, allowed)) = MAY_IMPORT.iter().find(|(name, _)| *name == part) {
        let foreign = imports(code).into_iter().filter(|name| *name != part && !allowed.contains(name));
        wrong.extend(foreign.map(|name| format!("{path} imports {name}")));
    }
    // The rest of `syntax` may speak of comrak, and not use it.
    let name = if part == "syntax" { "comrak::" } else { "comrak" };
    if path != "syntax/convert.rs" && code.contains(name) {
        wrong.push(format!("{path} names comrak"));
    }
    if part != "git" && code.contains("Command::new") {
        wrong.push(format!("{path} runs a program"));
    }
    if !WITH_INPUT_AND_OUTPUT.contains(&part) {
        wrong.extend(OUTSIDE.iter().filter(|way| code.contains(**way)).map(|way| format!("{path} uses {way}")));
    }
    if let Some(own) = rule_file(path) {
        let names = |other: &&&str| **other != own && names_module(code, other);
        wrong.extend(rules.iter().filter(names).map(|other| format!("{path} imports the rule {other}")));
    }
    wrong
}

fn names_module(code: &str, module: &str) -> bool {
    [format!("super::{module}"), format!("rules::{module}")]
        .iter()
        .any(|path| code.match_indices(path.as_str()).any(|(at, _)| first_name(&code[at + path.len()..]).is_empty()))
}

/// The name of a module below `rules`.
fn rule_file(path: &str) -> Option<&str> {
    path.strip_prefix("rules/")?.strip_suffix(".rs").filter(|module| *module != "mod")
}

/// The same, if it declares a rule.
fn rule_module<'a>(path: &'a str, text: &str) -> Option<&'a str> {
    rule_file(path).filter(|_| text.contains("declare_rule!"))
}

/// All files of the program but those that only hold tests.
fn source_files() -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder of the source") {
            let path = entry.expect("an entry").path();
            let below = path.strip_prefix(&root).expect("it lies in src").to_string_lossy().replace('\\', "/");
            if path.is_dir() {
                folders.push(path);
            } else if below.ends_with(".rs") && !below.ends_with("tests.rs") {
                files.push((below, std::fs::read_to_string(&path).expect("source is UTF-8")));
            }
        }
    }
    files.sort();
    files
}

#[test]
fn the_parts_depend_on_each_other_in_one_direction() {
    let files = source_files();
    assert!(files.iter().any(|(path, _)| path == "lint.rs"));
    let wrong = violations(&files);
    assert!(wrong.is_empty(), "see section 2 of the design:\n{}", wrong.join("\n"));
}

#[test]
fn what_the_directions_speak_of_is_there() {
    let parts: BTreeSet<String> = source_files().iter().map(|(path, _)| part(path).to_owned()).collect();
    for (part, _) in MAY_IMPORT {
        assert!(parts.contains(*part), "there is no {part} any more: take it out of MAY_IMPORT");
    }
}

#[test]
fn main_only_hands_over() {
    let main = source_files().into_iter().find(|(path, _)| path == "main.rs").expect("main.rs").1;
    assert!(main.lines().count() < 30);
}

#[test]
fn a_wrong_direction_is_seen() {
    let sample = |path: &str, text: &str| violations(&[(path.to_owned(), text.to_owned())]);
    assert_eq!(sample("source.rs", "use crate::syntax::Tree;"), ["source.rs imports syntax"]);
    assert_eq!(sample("model/mod.rs", "fn f(r: &crate::report::Report) {}"), ["model/mod.rs imports report"]);
    assert_eq!(
        sample("diagnostic.rs", "use crate::{source::{Span, Source}, config::Config, walk};"),
        ["diagnostic.rs imports config", "diagnostic.rs imports walk"]
    );
    assert_eq!(sample("rules/typo.rs", "use comrak::Arena;"), ["rules/typo.rs names comrak"]);
    assert_eq!(sample("syntax.rs", "use comrak::Arena;"), ["syntax.rs names comrak"]);
    assert_eq!(sample("lint.rs", "let text = std::fs::read(path);"), ["lint.rs uses std::fs"]);
    assert_eq!(sample("cli/check.rs", "Command::new(\"git\")"), ["cli/check.rs runs a program"]);
    assert_eq!(sample("rules/typo.rs", "use crate::config::Config;"), ["rules/typo.rs imports config"]);
}

#[test]
fn a_rule_that_imports_another_is_seen() {
    let file = |path: &str, text: &str| (path.to_owned(), text.to_owned());
    let other = file("rules/typo.rs", "declare_rule! {}");
    let wrong = |text: &str| violations(&[other.clone(), file("rules/brand_case.rs", text)]);
    assert_eq!(wrong("use super::typo::check;"), ["rules/brand_case.rs imports the rule typo"]);
    assert_eq!(wrong("use super::typo_words;"), [""; 0]);
    assert_eq!(wrong("use super::shared::words;"), [""; 0]);
}

#[test]
fn what_is_allowed_is_not_seen() {
    let sample = |path: &str, text: &str| violations(&[(path.to_owned(), text.to_owned())]);
    assert_eq!(sample("syntax/convert.rs", "use comrak::Arena;\nuse crate::source::Span;"), [""; 0]);
    assert_eq!(
        sample("source.rs", "// use crate::syntax::Tree;\n\n#[cfg(test)]\nmod tests {\n use crate::lint::lint;\n}"),
        [""; 0]
    );
    assert_eq!(sample("rule.rs", "$crate::lint::lint"), [""; 0]);
    assert_eq!(sample("cli/check.rs", "use crate::report::Report;\nuse std::io::stdout;"), [""; 0]);
}
