//! The contract of the fingerprint: a finding keeps it through every edit elsewhere, and no two share one.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use jflint::diagnostic::Diagnostic;
use jflint::facts::Facts;
use jflint::fingerprint::fingerprints;
use jflint::lint::{Settings, lint};
use jflint::source::Source;
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// What a finding says, and of which line: whatever else changes, the same words of the same line are the same finding.
type Said = (&'static str, String, String);

/// The fingerprints of a page by what the findings say.
fn by_words(text: &str) -> BTreeMap<Said, BTreeSet<String>> {
    let source = Source::new("job-families/x.md", text);
    let diagnostics = lint(&source, &every_rule_on()).diagnostics;
    let mut found: BTreeMap<Said, BTreeSet<String>> = BTreeMap::new();
    for (diagnostic, fingerprint) in diagnostics.iter().zip(fingerprints(source.path(), &diagnostics)) {
        let line = source.line(source.line_of(diagnostic.span.start)).to_owned();
        let said = (diagnostic.rule, diagnostic.message.clone(), line);
        assert!(found.entry(said).or_default().insert(fingerprint), "two findings share a fingerprint: {diagnostic:?}");
    }
    found
}

fn every_rule_on() -> Settings {
    let mut settings = Settings::new(Facts::embedded());
    for rule in jflint::rules::ALL {
        settings.set(rule.name, Some(rule.severity));
    }
    settings
}

/// The findings that an edit left alone have their fingerprints still.
fn assert_kept(before: &str, after: &str) {
    let (was, is) = (by_words(before), by_words(after));
    for (said, fingerprints) in &was {
        if let Some(now) = is.get(said).filter(|now| now.len() == fingerprints.len()) {
            assert_eq!(fingerprints, now, "{said:?}\n--- before\n{before}\n--- after\n{after}");
        }
    }
}

/// Pages with many kinds of findings, with several roles each.
fn pages() -> &'static [String] {
    static PAGES: std::sync::OnceLock<Vec<String>> = std::sync::OnceLock::new();
    PAGES.get_or_init(|| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
        let mut folders = vec![root.join("handbook"), root.join("rules")];
        let mut pages = Vec::new();
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).expect("a folder of fixtures") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|end| end == "md") {
                    pages.push(path);
                }
            }
        }
        pages.sort();
        let texts = pages.iter().map(|page| std::fs::read_to_string(page).expect("fixtures are UTF-8"));
        // Of an underlined heading `part_of` knows nothing: what stands below it would change its owner with a swap.
        let has_parts = |text: &String| part_of(text).len() > 2 && !text.contains("\n====");
        texts.filter(|text| text.starts_with("---\n") && has_parts(text)).collect()
    })
}

/// A heading with what stands under it, down to the next heading.
#[derive(Debug, Clone)]
struct Part {
    depth: usize,
    text: String,
}

/// What stands above the first heading, then each heading with its text.
fn part_of(text: &str) -> Vec<Part> {
    let mut parts = vec![Part { depth: 0, text: String::new() }];
    let mut in_code = false;
    for line in text.split_inclusive('\n') {
        in_code ^= line.starts_with("```");
        let depth = line.bytes().take_while(|byte| *byte == b'#').count();
        if depth > 0 && !in_code && line[depth..].starts_with(' ') {
            parts.push(Part { depth, text: String::new() });
        }
        if let Some(part) = parts.last_mut() {
            part.text.push_str(line);
        }
    }
    parts
}

fn joined(parts: &[Part]) -> String {
    parts.iter().map(|part| part.text.as_str()).collect()
}

/// A part with all that stands under it.
fn whole(parts: &[Part], at: usize) -> std::ops::Range<usize> {
    let deeper = parts[at + 1..].iter().take_while(|part| part.depth > parts[at].depth).count();
    at..at + 1 + deeper
}

/// An edit that leaves most of a page alone.
#[derive(Debug, Clone)]
enum Change {
    /// Lines above everything but the front matter.
    Top(usize),
    /// A paragraph at the end of a part.
    Paragraph(Index),
    /// A whole section with faults of its own, before the parts of a role or the page.
    Section(Index),
    Delete(Index),
    /// A part and its neighbour of the same depth change places.
    Swap(Index),
    /// Bold and a colon come to a heading: what `decorated-heading` repairs.
    Decorate(Index),
    /// A letter of a heading gets lost: what `misspelt-section` repairs.
    Misspell(&'static str, &'static str),
    Carriage,
}

fn changes() -> impl Strategy<Value = Change> {
    prop_oneof![
        (1usize..60).prop_map(Change::Top),
        any::<Index>().prop_map(Change::Paragraph),
        any::<Index>().prop_map(Change::Section),
        any::<Index>().prop_map(Change::Delete),
        any::<Index>().prop_map(Change::Swap),
        any::<Index>().prop_map(Change::Decorate),
        select(vec![("Responsibilities", "Responsibilties"), ("Requirements", "Requirments")])
            .prop_map(|(right, wrong)| Change::Misspell(right, wrong)),
        Just(Change::Carriage),
    ]
}

const PARAGRAPH: &str = "\nThe work of the team changes with what customers ask for.\n\n";

fn changed(text: &str, change: &Change) -> String {
    let mut parts = part_of(text);
    match change {
        Change::Top(lines) => {
            let end = text[4..].find("\n---\n").map_or(0, |at| at + 9);
            return format!("{}{}{}", &text[..end], "\nOne more line of the page.\n".repeat(*lines), &text[end..]);
        }
        Change::Paragraph(at) => parts[1 + at.index(parts_below(text))].text.push_str(PARAGRAPH),
        Change::Section(at) => {
            let tops: Vec<usize> = top_parts(&parts);
            let at = tops[at.index(tops.len())];
            let depth = parts[at].depth;
            let text = format!("{} Working Here\n\nWe recieve the the Gitlab.\n\n", "#".repeat(depth));
            parts.insert(at, Part { depth, text });
        }
        Change::Delete(at) => {
            let tops = top_parts(&parts);
            parts.drain(whole(&parts, tops[at.index(tops.len())]));
        }
        Change::Swap(at) => {
            let first = whole(&parts, 1 + at.index(parts.len() - 1));
            let follows = parts.get(first.end).is_some_and(|next| next.depth == parts[first.start].depth);
            if follows {
                let second = whole(&parts, first.end);
                // Roles with roles and sections with sections: a section that leaves its role is another section.
                if (first.len() == 1) == (second.len() == 1) {
                    parts[first.start..second.end].rotate_left(first.len());
                }
            }
        }
        Change::Decorate(at) => {
            let part = &mut parts[1 + at.index(parts_below(text))];
            let end = part.text.find('\n').unwrap_or(part.text.len());
            let decorated = format!("{} **{}:**", "#".repeat(part.depth), part.text[part.depth..end].trim());
            part.text.replace_range(..end, &decorated);
        }
        Change::Misspell(right, wrong) => return text.replacen(&format!("# {right}"), &format!("# {wrong}"), 1),
        Change::Carriage => return text.replace('\n', "\r\n"),
    }
    joined(&parts)
}

fn parts_below(text: &str) -> usize {
    part_of(text).len() - 1
}

/// The parts under no other, at which a page may be cut without giving text to another role.
fn top_parts(parts: &[Part]) -> Vec<usize> {
    let top = parts.iter().filter(|part| part.depth > 0).map(|part| part.depth).min().unwrap_or(1);
    (1..parts.len()).filter(|at| parts[*at].depth == top).collect()
}

#[test]
fn there_are_pages_to_try() {
    assert!(pages().len() > 10, "{}", pages().len());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_edit_elsewhere_changes_no_fingerprint(page in any::<Index>(), changes in prop::collection::vec(changes(), 1..4)) {
        let before = page.get(pages());
        let mut after = before.clone();
        for change in &changes {
            // The slip that another heading had, and that was deleted with it, is another slip here.
            let is_made_again = matches!(change, Change::Misspell(_, wrong) if before.contains(*wrong));
            if part_of(&after).len() > 2 && !after.contains('\r') && !is_made_again {
                after = changed(&after, change);
            }
        }
        assert_kept(before, &after);
    }

    #[test]
    fn no_two_findings_share_a_fingerprint(
        pages in prop::collection::vec((any::<Index>(), any::<Index>()), 1..6),
        lines in prop::collection::vec(any::<Index>(), 0..40),
    ) {
        // Pages cut and put together: the same roles, sections and faults again and again.
        let mut text: String = pages.iter().map(|(page, _)| page.get(self::pages()).as_str()).collect();
        for line in &lines {
            let starts: Vec<usize> = text.match_indices('\n').map(|(at, _)| at + 1).collect();
            let (from, to) = (starts[line.index(starts.len())], starts[line.index(starts.len()) / 2]);
            let copied = text[from..].lines().next().unwrap_or("").to_owned() + "\n";
            text.insert_str(to, &copied);
        }
        let source = Source::new("x.md", text);
        let diagnostics = lint(&source, &every_rule_on()).diagnostics;
        let all = fingerprints(source.path(), &diagnostics);
        let distinct: HashSet<&String> = all.iter().collect();
        prop_assert_eq!(distinct.len(), all.len());
    }
}

/// What stands below a specialty is owned by its name, which had the marks of its heading.
#[test]
fn a_colon_after_the_name_of_a_specialty_changes_nothing_below_it() {
    let below = |name: &str| {
        let above = format!("## Tax Analyst\n\n### Specialties\n\n#### {name}\n\n##### Requirements\n\n");
        let mut found = by_words(&(above + "- We recieve the the Gitlab\n"));
        found.retain(|(_, _, line), _| line.starts_with("- We"));
        found
    };
    let plain = below("Payroll");
    assert!(plain.len() > 2, "{plain:?}");
    assert_eq!(plain, below("**Payroll:**"));
}

/// Keys and owners are words of what is wrong: numbers of lines and counts would change with each edit.
#[test]
fn fifty_lines_at_the_top_change_nothing_but_places() {
    for before in pages() {
        let after = changed(before, &Change::Top(50));
        let said = |text: &str| -> Vec<(&'static str, String, String)> {
            let identity = |one: Diagnostic| (one.rule, one.owner, one.key);
            lint(&Source::new("x.md", text), &every_rule_on()).diagnostics.into_iter().map(identity).collect()
        };
        let (was, is) = (said(before), said(&after));
        assert_eq!(was, is, "{before}");
    }
}

/// The fingerprints of a run of the real binary.
fn fingerprints_from(folder: &Path, argument: &str) -> Vec<String> {
    let output = Command::new(env!("CARGO_BIN_EXE_jflint"))
        .args(["check", "--isolated", "--format", "json", argument])
        .current_dir(folder)
        .output()
        .expect("the binary runs");
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    let diagnostics = report["diagnostics"].as_array().expect("a list");
    diagnostics.iter().map(|one| one["fingerprint"].as_str().expect("a text").to_owned()).collect()
}

#[test]
fn they_are_the_same_from_any_folder_and_for_any_way_to_name_the_page() {
    let repository = tempfile::tempdir().expect("a temporary folder");
    let pages: PathBuf = repository.path().join("content/job-families/sales");
    std::fs::create_dir(repository.path().join(".git")).expect("a folder");
    std::fs::create_dir_all(&pages).expect("a folder");
    std::fs::write(
        pages.join("x.md"),
        "---\ntitle: \"Tax\"\n---\n\n## Tax Analyst\n\nTBD, we recieve the the Gitlab.\n",
    )
    .expect("a page");

    let expected = fingerprints_from(repository.path(), "content/job-families/sales/x.md");
    assert!(expected.len() > 2);
    let absolute = pages.join("x.md").to_string_lossy().into_owned();
    let elsewhere = tempfile::tempdir().expect("a temporary folder");
    for (folder, argument) in [
        (repository.path(), "."),
        (repository.path(), "./content/job-families/sales/x.md"),
        (repository.path(), "content/job-families/../job-families/sales/x.md"),
        (repository.path(), absolute.as_str()),
        (&pages, "x.md"),
        (&pages, "./x.md"),
        (&pages, "../../../content/job-families"),
        (elsewhere.path(), absolute.as_str()),
    ] {
        assert_eq!(fingerprints_from(folder, argument), expected, "{argument} from {}", folder.display());
    }
}
