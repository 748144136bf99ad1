//! What suppressions take away and what is said of those that take nothing. `TBD` stands for a finding of the rule
//! `placeholder`, so that these tests know nothing of what the rules look for.

use std::fmt::Write as _;

use super::*;
use crate::diagnostic::{Safety, Severity};
use crate::facts::Facts;

/// What is left of the findings, and what is said about suppressions, in the order of the document.
fn suppressed(source: &Source, on: impl Fn(&str) -> bool) -> (Vec<Diagnostic>, Vec<Diagnostic>) {
    let tree = Tree::parse(source);
    let family = JobFamily::read(source, &tree, &Facts::embedded());
    let suppressions = Suppressions::read(source, &tree, &family);
    let mut left: Vec<Diagnostic> = source.text().match_indices("TBD").map(|(at, _)| finding(at)).collect();
    let used = suppressions.apply(&mut left);
    let mut about = suppressions.unused(&used, on);
    about.sort_by_key(|diagnostic| diagnostic.span);
    (left, about)
}

fn finding(at: usize) -> Diagnostic {
    Diagnostic {
        rule: "placeholder",
        severity: Severity::Warning,
        message: String::new(),
        help: String::new(),
        span: Span::new(at, at + 3),
        caption: String::new(),
        labels: Vec::new(),
        fixes: Vec::new(),
        owner: String::new(),
        key: String::new(),
    }
}

/// The lines whose findings are left, and what is said about suppressions.
fn told(text: &str) -> (Vec<usize>, Vec<String>) {
    let source = Source::new("x.md", text);
    let (left, about) = suppressed(&source, |_| true);
    let lines = left.iter().map(|diagnostic| source.line_of(diagnostic.span.start)).collect();
    (lines, about.into_iter().map(|diagnostic| diagnostic.message).collect())
}

#[track_caller]
fn leaves(text: &str, lines: &[usize]) {
    assert_eq!(told(text), (lines.to_vec(), Vec::new()), "{text}");
}

/// The text after every safe fix about suppressions, applied as `--fix` does: until nothing changes.
fn repaired(text: &str) -> String {
    let mut text = text.to_owned();
    for _ in 0..10 {
        let source = Source::new("x.md", text.clone());
        let (_, about) = suppressed(&source, |_| true);
        let Some(fix) = about.iter().find_map(|diagnostic| diagnostic.applicable_fix(Safety::Unsafe)) else {
            return text;
        };
        for edit in fix.edits.iter().rev() {
            text.replace_range(edit.span.range(), &edit.replacement);
        }
    }
    panic!("the fixes do not end: {text}");
}

#[test]
fn the_next_line_is_the_next_that_says_something() {
    leaves("<!-- jflint-disable-next-line placeholder -->\nTBD\nTBD\n", &[3]);
    leaves("<!-- jflint-disable-next-line -->\n\n\nTBD TBD\n\nTBD\n", &[6]);
    leaves("<!-- jflint-disable-next-line\nplaceholder -- we\nknow -->\n\nTBD\n", &[]);
}

#[test]
fn this_line_is_the_line_of_the_comment() {
    leaves("- TBD <!-- jflint-disable-line placeholder -->\n- TBD\n", &[2]);
    leaves("| TBD | <%# jflint-disable-line placeholder %> |\n", &[]);
}

#[test]
fn a_block_lasts_until_it_is_ended_or_the_page_is() {
    leaves("TBD\n<!-- jflint-disable placeholder -->\nTBD\n<!-- jflint-enable placeholder -->\nTBD\n", &[1, 5]);
    leaves("<!-- jflint-disable -->\nTBD\n<!-- jflint-enable placeholder -->\nTBD\n", &[4]);
    leaves("<!-- jflint-disable placeholder -->\nTBD\n<!-- jflint-enable -->\nTBD\n", &[4]);
    leaves("TBD\n<!-- jflint-disable -->\nTBD", &[1]);
}

#[test]
fn a_file_is_all_of_it_wherever_the_comment_stands() {
    leaves("TBD\n\n<!-- jflint-disable-file placeholder -->\n\nTBD", &[]);
    leaves("---\n# jflint-disable-file placeholder\n---\nTBD", &[]);
}

#[test]
fn comments_in_front_matter_count() {
    leaves("---\n# jflint-disable-next-line placeholder -- soon\n\ntitle: TBD\nx: TBD\n---\n", &[5]);
    leaves("---\ntitle: TBD # jflint-disable-line placeholder\n---\n", &[]);
}

#[test]
fn comments_in_code_do_not_count() {
    leaves("`<!-- jflint-disable-file -->`\n\nTBD\n", &[3]);
    leaves("~~~html\n<!-- jflint-disable-file -->\n~~~\n\nTBD\n", &[5]);
}

#[test]
fn every_directive_that_covers_a_finding_is_used() {
    leaves(
        "<!-- jflint-disable-file placeholder -->\n<!-- jflint-disable -->\n<!-- jflint-disable placeholder -->\n\
         <!-- jflint-disable-next-line -->\n<!-- jflint-disable-next-line placeholder -->\n\
         TBD <!-- jflint-disable-line placeholder --> <!-- jflint-disable-line -->\n",
        &[],
    );
}

#[test]
fn what_suppresses_nothing_is_told() {
    let text = "<!-- jflint-disable-file placehodler -->\n\n<!-- jflint-disable-next-line placeholder -->\nx\n\n\
                y <!-- jflint-disable-line -->\n\n<!-- jflint-disable placeholder unused-suppression -->\n\n\
                <!-- jflint-enable -->\n\n<!-- jflint-enable placeholder -->\n\n<!-- jflint-disable-nextline -->\n\
                <!-- jflint-silence grades -->\n";
    let source = Source::new("x.md", text);
    let mut told = String::new();
    for diagnostic in suppressed(&source, |_| true).1 {
        let Diagnostic { message, help, key, .. } = &diagnostic;
        let _ = writeln!(told, "{}: {message} | {help} | {key}", source.line_of(diagnostic.span.start));
    }
    insta::assert_snapshot!(told);
}

#[test]
fn the_fix_takes_out_no_more_than_is_of_no_use() {
    let cases = [
        // Alone on its line, with and without empty lines around it.
        ("a\n\n<!-- jflint-disable-next-line placeholder -->\n\nb\n", "a\n\nb\n"),
        ("# a\n<!-- jflint-disable-next-line placeholder -->\nb\n", "# a\nb\n"),
        ("a\r\n\r\n<!-- jflint-disable-file placeholder -->", "a\r\n\r\n"),
        ("\u{feff}<!-- jflint-disable-file placeholder -->\n\nb\n", "\u{feff}b\n"),
        // It parts two paragraphs.
        ("a\n<!-- jflint-disable-next-line placeholder -->\nb\n", "a\n\nb\n"),
        // At the end of a line.
        ("- a <!-- jflint-disable-line placeholder -->\n", "- a\n"),
        ("---\ntitle: a # jflint-disable-line placeholder\n---\n", "---\ntitle: a\n---\n"),
        ("---\ntitle: a\n# jflint-disable-next-line placeholder\nb: c\n---\n", "---\ntitle: a\nb: c\n---\n"),
        // One name of several.
        (
            "TBD <!-- jflint-disable-line typo, placeholder, brand-case -- z -->\n",
            "TBD <!-- jflint-disable-line placeholder -- z -->\n",
        ),
        ("TBD <!-- jflint-disable-line placeholder typo-->\n", "TBD <!-- jflint-disable-line placeholder-->\n"),
        // What somebody meant to say.
        ("a <!-- jflint-disable-line because of it -->\n", "a <!-- jflint-disable-line because of it -->\n"),
        // Both ends of a block.
        ("a\n\n<!-- jflint-disable placeholder -->\n\nb\n\n<!-- jflint-enable placeholder -->\n", "a\n\nb\n\n"),
    ];
    for (before, after) in cases {
        assert_eq!(repaired(before), after, "{before}");
    }
}

#[test]
fn a_suppression_of_this_rule_suppresses_it_only_where_it_is_named() {
    leaves("a <!-- jflint-disable-line placeholder unused-suppression -->\n", &[]);
    leaves("<!-- jflint-disable-file unused-suppression -->\n\na <!-- jflint-disable-line placeholder -->\n", &[]);
}

#[test]
fn nothing_is_said_of_rules_that_are_off() {
    let source = Source::new("x.md", "a <!-- jflint-disable-line placeholder --> <!-- jflint-disable-line -->\n");
    assert_eq!(suppressed(&source, |rule| rule != "placeholder"), (Vec::new(), Vec::new()));
}

#[test]
fn time_grows_with_the_document_and_no_faster() {
    let pieces = [
        "<!-- jflint-disable -->\n",
        "<!-- jflint-disable placeholder -->TBD\n",
        "<!-- jflint-enable placeholder -->\n",
        "<!-- jflint-disable-next-line a b c d e f g h -->\n",
        "<!-- ",
        "<%# ",
        "```\n",
        "` `` ",
        "# jflint-\n",
    ];
    for piece in pieces {
        let text = format!("---\n---\njflint-\n{}", piece.repeat(300_000 / piece.len()));
        let source = Source::new("x.md", text);
        let tree = Tree::parse(&source);
        let family = JobFamily::read(&source, &tree, &Facts::embedded());
        let before = std::time::Instant::now();
        let suppressions = Suppressions::read(&source, &tree, &family);
        let used = suppressions.apply(&mut vec![finding(0), finding(source.text().len())]);
        suppressions.unused(&used, |_| true);
        assert!(before.elapsed().as_secs() < 2, "{piece}: {:?}", before.elapsed());
    }
}
