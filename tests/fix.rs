//! What holds for the repair of any document: of pieces, however damaged, and of real pages where they are at hand.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod documents;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use documents::{documents, every_rule_on};
use jflint::diagnostic::{Diagnostic, Edit, Safety};
use jflint::facts::Facts;
use jflint::fix::{Fixed, apply, fix};
use jflint::lint::{Scratch, Settings, lint, lint_with};
use jflint::outline::document;
use jflint::rule::Group;
use jflint::rules;
use jflint::source::Source;
use jflint::syntax::{NodeId, Tree};
use proptest::prelude::*;
use serde_json::Value;

fn fixed(text: &str, allowed: Safety, settings: &Settings, scratch: &Scratch) -> Fixed {
    fix(&Source::new("x.md", text), settings, allowed, scratch)
}

type Counts<'a> = BTreeMap<(&'static str, &'a str), usize>;

/// How often each rule says each thing.
fn counted(diagnostics: &[Diagnostic]) -> Counts<'_> {
    let mut counts = BTreeMap::new();
    for diagnostic in diagnostics {
        *counts.entry((diagnostic.rule, diagnostic.key.as_str())).or_default() += 1;
    }
    counts
}

/// What is found after a repair and was not found before. A finding that names a misspelt role has another key once the
/// name is right: as many keys of the same rule are gone then, besides those of the findings that were repaired.
fn added(before: &[Diagnostic], fixed: &Fixed) -> Vec<(&'static str, String)> {
    let (before, after) = (counted(before), counted(&fixed.left.diagnostics));
    let more = |one: &Counts<'_>, other: &Counts<'_>| -> Vec<(&'static str, String, usize)> {
        let surplus = |(what, count): (&(&'static str, &str), &usize)| {
            let surplus = count.saturating_sub(other.get(what).copied().unwrap_or(0));
            (surplus > 0).then(|| (what.0, what.1.to_owned(), surplus))
        };
        one.iter().filter_map(surplus).collect()
    };
    let (new, gone) = (more(&after, &before), more(&before, &after));
    let total = |all: &[(&str, String, usize)], rule: &str| -> usize {
        all.iter().filter(|(other, ..)| *other == rule).map(|(.., count)| count).sum()
    };
    let renamed = |rule: &str| total(&gone, rule).saturating_sub(fixed.applied.get(rule).copied().unwrap_or(0));
    let is_added = |rule: &str| total(&new, rule) > renamed(rule);
    new.iter().filter(|(rule, ..)| is_added(rule)).map(|(rule, key, _)| (*rule, key.clone())).collect()
}

/// Notes that compare bullets and lists see more once a list is whole again, or has lost the sentence that it swallowed.
fn compares(allowed: Safety, rule: &str) -> bool {
    rule == "uneven-full-stops"
        || allowed == Safety::Unsafe && matches!(rule, "repeated-level-list" | "near-duplicate-bullet")
}

/// A word that is spelt right may be one of which other rules of the prose speak.
fn reads_words(allowed: Safety, rule: &str) -> bool {
    allowed == Safety::Unsafe || rules::find(rule).is_some_and(|rule| rule.group == Group::Prose)
}

/// The documents that stand beside the project, if they do.
fn real_documents() -> Vec<PathBuf> {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let mut folders = vec![shared.join("corpus"), shared.join("seeds")];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten() {
            let path = entry.expect("an entry").path();
            match path.is_dir() {
                true => folders.push(path),
                false => files.extend(path.to_string_lossy().contains(".md").then_some(path)),
            }
        }
    }
    files.sort();
    files
}

/// What is wrong with the repair of a document. What fixes uncover is no fault of theirs where a rule may see more.
fn wrongs(text: &str, allowed: Safety, may_see_more: fn(Safety, &str) -> bool) -> Vec<String> {
    let (settings, scratch) = (&every_rule_on(), &Scratch::default());
    let before = lint_with(&Source::new("x.md", text), settings, scratch);
    let once = fixed(text, allowed, settings, scratch);
    let twice = fixed(&once.text, allowed, settings, scratch);
    let mut wrongs: Vec<String> = added(&before.diagnostics, &once)
        .into_iter()
        .filter(|(rule, _)| !may_see_more(allowed, rule))
        .map(|(rule, key)| format!("a new finding: {rule} {key:?}"))
        .collect();
    if !once.settled {
        wrongs.push("it does not settle".to_owned());
    }
    let repairable = once.left.diagnostics.iter().filter(|left| left.applicable_fix(allowed).is_some());
    wrongs.extend(repairable.map(|left| format!("left: {}: {}", left.rule, left.message)));
    if twice.text != once.text {
        wrongs.push("a second repair changes more".to_owned());
    }
    wrongs
}

/// Where a byte of the text stands after some edits; nothing if they take it away.
fn moved(offset: usize, edits: &[Edit]) -> Option<usize> {
    let mut moved = offset;
    for edit in edits.iter().filter(|edit| edit.span.start <= offset) {
        if edit.span.end > offset && edit.span.start < offset {
            return None;
        }
        if edit.span.end <= offset {
            moved = moved + edit.replacement.len() - (edit.span.end - edit.span.start);
        }
    }
    Some(moved)
}

/// The names in an outline are what a fix may change: everything else is put in one line, with the lines on which it
/// stands after the edits.
fn skeleton(outline: &Value, line: &dyn Fn(u64) -> u64) -> String {
    match outline {
        Value::Object(fields) => {
            let field = |(name, value): (&String, &Value)| match (name.as_str(), value) {
                ("line" | "owner" | "overview" | "role", Value::Number(number)) => {
                    format!("{name} {};", line(number.as_u64().unwrap()))
                }
                ("name" | "base" | "level" | "track" | "title" | "description" | "label" | "reports_to", _) => {
                    format!("{name};")
                }
                ("anchors", Value::Array(all)) => format!("{} anchors;", all.len()),
                _ => format!("{name} {};", skeleton(value, line)),
            };
            fields.iter().map(field).collect()
        }
        Value::Array(all) => format!("[{}]", all.iter().map(|one| skeleton(one, line) + ",").collect::<String>()),
        other => other.to_string(),
    }
}

fn outline(source: &Source) -> Value {
    serde_json::to_value(document(source, &Facts::embedded())).expect("an outline is JSON")
}

fn link_targets(source: &Source) -> Vec<String> {
    let tree = Tree::parse(source);
    tree.descendants(NodeId::ROOT).filter_map(|id| Some(tree.node(id).link()?.url.clone())).collect()
}

/// What a safe fix changes besides the words that its finding names.
fn side_effects(source: &Source, diagnostic: &Diagnostic) -> Vec<String> {
    let Some(fix) = diagnostic.applicable_fix(Safety::Safe) else { return Vec::new() };
    let after = Source::new(source.path(), apply(source.text(), &fix.edits));
    let line_after = |line: u64| {
        let start = source.lines().start(line as usize);
        // A role without a heading, and the family, stand nowhere.
        let stands_nowhere = line == 0 || line == 1;
        if stands_nowhere { line } else { moved(start, &fix.edits).map_or(0, |start| after.line_of(start) as u64) }
    };
    let (before, now) = (outline(source), outline(&after));
    let mut wrongs = Vec::new();
    if skeleton(&before, &line_after) != skeleton(&now, &|line| line) {
        wrongs.push(format!("{} changes the outline:\n{before:#}\n{now:#}", diagnostic.message));
    }
    if link_targets(source) != link_targets(&after) {
        wrongs.push(format!("{} changes a link", diagnostic.message));
    }
    wrongs
}

fn is_crlf_throughout(text: &str) -> bool {
    text.matches('\n').count() == text.matches("\r\n").count()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_document_is_repaired_in_one_run(text in documents()) {
        for allowed in [Safety::Safe, Safety::Unsafe] {
            prop_assert_eq!(wrongs(&text, allowed, reads_words), [""; 0]);
        }
    }

    #[test]
    fn a_fix_changes_nothing_outside_its_edits(text in documents()) {
        let source = Source::new("x.md", text.as_str());
        for fix in lint(&source, &every_rule_on()).diagnostics.iter().flat_map(|found| &found.fixes) {
            let after = apply(&text, &fix.edits);
            let bytes = (0..text.len()).filter(|at| !fix.edits.iter().any(|edit| edit.span.contains(*at)));
            for at in bytes {
                let moved = moved(at, &fix.edits).expect("it is no part of an edit");
                prop_assert_eq!(text.as_bytes()[at], after.as_bytes()[moved], "{} in {}", at, fix.title);
            }
        }
    }

    #[test]
    fn a_safe_fix_has_no_side_effects(text in documents()) {
        let source = Source::new("x.md", text.as_str());
        for diagnostic in lint(&source, &every_rule_on()).diagnostics {
            prop_assert_eq!(side_effects(&source, &diagnostic), [""; 0]);
        }
    }

    #[test]
    fn line_ends_a_byte_order_mark_and_a_missing_last_line_end_stay(text in documents(), marked: bool) {
        let lines: Vec<&str> = text.split(['\r', '\n', '\u{feff}']).filter(|line| !line.is_empty()).collect();
        let text = if marked { "\u{feff}" } else { "" }.to_owned() + &lines.join("\r\n");
        let fixed = fixed(&text, Safety::Unsafe, &every_rule_on(), &Scratch::default()).text;
        prop_assert!(!text.contains('\n') || is_crlf_throughout(&fixed), "{:?}", fixed);
        prop_assert_eq!(fixed.starts_with('\u{feff}'), marked);
        prop_assert_eq!(fixed.matches('\u{feff}').count(), usize::from(marked));
    }
}

/// What the repairs make of a text, all of them and the safe ones only.
fn repaired(text: &str) -> [String; 2] {
    let settings = every_rule_on();
    [Safety::Unsafe, Safety::Safe].map(|allowed| fixed(text, allowed, &settings, &Scratch::default()).text)
}

#[test]
fn what_only_looks_like_a_slip_stays_as_it_is() {
    for text in [
        "See gitlab.com/organisation/colour and /handbook/organisation/ and docs/recieve/index.md here.",
        "Run it with --colour, %programme and ~\"group::organisation\" set.",
        "Change the files under lib/ and ee/lib/ in the spec/ folder.",
        "Serve the UK Ministry of Defence, and call Gitlab::Client.new for it.",
        "Say that a * b is new in the SRE's on-call shift.",
    ] {
        assert_eq!(repaired(&format!("{text}\n")), [format!("{text}\n"), format!("{text}\n")]);
    }
    for heading in ["Goals :dart:", "Using `git:`"] {
        let page = format!("## {heading}\n\nWe do.\n");
        assert_eq!(repaired(&page), [page.clone(), page]);
    }
}

#[test]
fn the_name_of_a_definition_stays_as_it_is() {
    let definitions = "[organisation]: /a\n[recieve]: /b\n[b]: /c\n";
    let page = format!("We use an [organisation], [recieve][] and [colour][b].\n\n{definitions}");
    let right = page.replace("[colour]", "[color]");
    assert_eq!(repaired(&page), [right.clone(), right]);
}

#[test]
fn links_of_the_page_follow_a_heading_that_is_repaired() {
    let page =
        "## Specialities\n\n[Here](#specialities), and how [we hire](#hiring-proces).\n\n## Hiring Proces\n\n- Call\n";
    let [all, safe] = repaired(page);
    assert!(all.contains("## Specialties\n\n[Here](#specialties), and how [we hire](#hiring-process)."), "{all}");
    assert_eq!(all, safe);
}

#[test]
fn a_word_that_may_be_no_tool_is_repaired_only_on_demand() {
    let page = "Call in slack, and plan training/ coaching.\n";
    assert_eq!(repaired(page), ["Call in Slack, and plan training/coaching.\n".to_owned(), page.to_owned()]);
}

#[test]
fn a_section_that_moves_leaves_the_roles_below_it() {
    let role = |name: &str| {
        format!("### {name}\n\n#### Job Grade\n\nThe {name} is a grade 7.\n\n#### Requirements\n\n- Cares\n\n")
    };
    let first = "## Writer\n\n### Job Grade\n\nThe Writer is a grade 6.\n\n## Requirements\n\n- Cares\n\n";
    let page = format!("{first}{}{}", role("Senior Writer"), role("Staff Writer"));
    let [all, _] = repaired(&page);
    assert!(all.contains("### Requirements") && all.contains("\n### Senior Writer"), "{all}");
}

#[test]
fn a_row_of_a_matrix_and_an_exception_are_not_deleted() {
    let role = |name: &str, bullets: &str| {
        format!("## {name}\n\nThe {name} is a grade 7.\n\n### Requirements\n\n{bullets}\n\n")
    };
    let one = role("Tax Analyst", "- **Mentoring**: Mentors the other analysts\n- Files the returns of ten countries");
    for bullets in [
        "- Extends the Tax Analyst requirements\n- **Mentoring**: Mentors the other analysts",
        "- Extends the Tax Analyst requirements, except for:\n- Files the returns of ten countries",
    ] {
        let page = format!("{one}{}", role("Senior Tax Analyst", bullets));
        assert!(repaired(&page)[0].contains(bullets), "{bullets}");
    }
}

/// What is wrong in all real documents, each with its path.
fn wrong_in_real_documents(wrongs: impl Fn(&str) -> Vec<String>) -> String {
    let mut all = String::new();
    for path in real_documents() {
        let text = std::fs::read_to_string(&path).expect("pages are UTF-8");
        all.extend(wrongs(&text).iter().map(|wrong| format!("{}: {wrong}\n", path.display())));
    }
    all
}

#[test]
fn real_documents_are_repaired_in_one_run() {
    for allowed in [Safety::Safe, Safety::Unsafe] {
        let wrong = wrong_in_real_documents(|text| wrongs(text, allowed, compares));
        assert!(wrong.is_empty(), "{allowed:?}\n{wrong}");
    }
}

#[test]
fn safe_fixes_of_real_documents_have_no_side_effects() {
    let (settings, scratch) = (every_rule_on(), Scratch::default());
    let wrong = wrong_in_real_documents(|text| {
        let source = Source::new("x.md", text);
        let found = lint_with(&source, &settings, &scratch).diagnostics;
        found.iter().flat_map(|diagnostic| side_effects(&source, diagnostic)).collect()
    });
    assert!(wrong.is_empty(), "{wrong}");
}
