//! Whatever a document holds and wherever a rule points, every format can say it.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use jflint::diagnostic::{Diagnostic, Edit, Fix, Label, Safety, Severity};
use jflint::report::{FileReport, Finding, Format, Report, Style, summary_words, write};
use jflint::source::{Source, Span};
use proptest::prelude::*;
use serde_json::Value;

/// Text as it comes from a file that was read with replacement characters, and from people.
fn text() -> impl Strategy<Value = String> {
    let bytes =
        prop::collection::vec(any::<u8>(), 0..300).prop_map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    let pieces = prop::sample::select(vec![
        "a",
        "word ",
        "好",
        "🦊",
        "\t",
        "\r\n",
        "\n",
        "\r",
        "\u{feff}",
        "\u{301}",
        "\u{200b}",
        "\u{1b}[31m",
        "\u{a0}",
        "\u{202e}",
        "👩\u{200d}🚒",
        "* ",
        "|",
        "`",
    ]);
    let written = prop::collection::vec(pieces, 0..200).prop_map(|pieces| pieces.concat());
    prop_oneof![bytes, written]
}

/// Spans by fractions of the text, beyond its end too; not all on character boundaries.
fn spans() -> impl Strategy<Value = Vec<(usize, usize)>> {
    prop::collection::vec((0usize..1100, 0usize..1100), 1..12)
}

fn span(text: &str, (from, to): (usize, usize)) -> Span {
    Span::new(from * text.len() / 1000, to * text.len() / 1000)
}

fn report(text: &str, words: &str, spans: &[(usize, usize)]) -> Report {
    let severities = [Severity::Error, Severity::Warning, Severity::Info];
    let all: Vec<Span> = spans.iter().map(|&one| span(text, one)).collect();
    let diagnostics: Vec<Diagnostic> = all
        .iter()
        .enumerate()
        .map(|(index, &span)| Diagnostic {
            rule: ["typo", "grade-mismatch"][index % 2],
            severity: severities[index % 3],
            message: words.into(),
            help: words.into(),
            span,
            caption: if index % 3 == 0 { String::new() } else { words.into() },
            labels: all.iter().skip(index + 1).map(|&span| Label { span, message: words.into() }).collect(),
            fixes: vec![Fix {
                title: words.into(),
                safety: Safety::Safe,
                edits: vec![Edit { span, replacement: words.into() }],
            }],
            owner: words.into(),
            key: ["", "key"][index % 2].into(),
        })
        .collect();
    let findings = diagnostics.into_iter().map(|diagnostic| Finding { diagnostic, new: None, url: None }).collect();
    let file =
        FileReport { source: Source::new("a.md", text), repository_path: "a.md".into(), findings, suppressed: 0 };
    Report { files: vec![file], ..Report::default() }
}

fn written(report: &Report, format: Format, style: &Style) -> String {
    let mut out = Vec::new();
    write(report, format, style, &mut out).expect("a vector takes everything");
    String::from_utf8(out).expect("reports are UTF-8")
}

/// Line and column by their definition, without the line table.
fn place(text: &str, offset: usize) -> (u64, u64) {
    let before = text[..offset].replace("\r\n", " \n").replace('\r', "\n");
    // Half of a line end is still the line that it ends.
    let before = if text[..offset].ends_with('\r') && text[offset..].starts_with('\n') {
        before.strip_suffix('\n').map(|line| format!("{line} ")).unwrap_or(before)
    } else {
        before
    };
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or("").trim_start_matches('\u{feff}').chars().count() + 1;
    (line as u64, column as u64)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn people_are_told_of_any_finding(
        text in text(),
        words in "\\PC{0,120}",
        spans in spans(),
        width in 0usize..200,
        color: bool,
        ascii: bool,
    ) {
        let style = Style { color, width, ascii, show_info: true, hyperlinks: color, statistics: true, ..Style::default() };
        let report = report(&text, &words, &spans);
        let drawn = written(&report, Format::Text, &style);
        prop_assert!(drawn.contains("a.md:"));
        let has_escapes = drawn.contains('\u{1b}');
        prop_assert!(color || !has_escapes);
        let concise = written(&report, Format::Concise, &Style { statistics: false, ..style.clone() });
        prop_assert_eq!(concise.lines().count(), spans.len());
        prop_assert!(!summary_words(&report, &style).is_empty());
    }

    #[test]
    fn programs_are_told_true_positions(text in text(), words in any::<String>(), spans in spans()) {
        let report = report(&text, &words, &spans);
        let json: Value = serde_json::from_str(&written(&report, Format::Json, &Style::default())).expect("it is JSON");
        let diagnostics = json["diagnostics"].as_array().expect("a list");
        prop_assert_eq!(diagnostics.len(), spans.len());
        for diagnostic in diagnostics {
            for end in ["start", "end"] {
                let position = &diagnostic["span"][end];
                let offset = position["offset"].as_u64().expect("a number") as usize;
                prop_assert!(text.is_char_boundary(offset));
                let told = (position["line"].as_u64(), position["column"].as_u64());
                let (line, column) = place(&text, offset);
                prop_assert_eq!(told, (Some(line), Some(column)), "offset {} of {:?}", offset, text);
            }
        }
    }
}

/// The comment as GitHub and GitLab render it.
fn rendered(markdown: &str) -> String {
    let mut options = comrak::Options::default();
    options.extension.table = true;
    options.extension.autolink = true;
    options.extension.strikethrough = true;
    options.render.r#unsafe = true;
    comrak::markdown_to_html(markdown, &options)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_words_become_markup_in_a_comment(text in text(), words in words_of_markup(), spans in spans()) {
        let page = written(&report(&text, &words, &spans), Format::Markdown, &Style::default());
        let html = rendered(&page);
        for row in html.split("<tr>").skip(2) {
            prop_assert_eq!(row.matches("<td>").count(), 4, "{}\n{}", page, html);
        }
        for markup in ["<a ", "<img", "<script", "<em>", "<del>", "<b>", "<br"] {
            prop_assert!(!html.contains(markup), "{} in\n{}\n{}", markup, page, html);
        }
        // What is left outside code is searched for names, issues and emoji.
        let prose: String = html.split("<code>").map(|part| part.rsplit("</code>").next().unwrap_or("")).collect();
        for call in ["@all", "#12", "!12", "~bug", ":tada:"] {
            prop_assert!(!prose.contains(call), "{} in\n{}\n{}", call, page, html);
        }
    }

    #[test]
    fn any_words_leave_a_report_whole(text in text(), words in words_of_markup(), spans in spans()) {
        let report = report(&text, &words, &spans);
        let style = Style { show_info: true, ..Style::default() };
        let gitlab: Value = serde_json::from_str(&written(&report, Format::Gitlab, &style)).expect("it is JSON");
        prop_assert_eq!(gitlab.as_array().map(Vec::len), Some(spans.len()));
        let sarif: Value = serde_json::from_str(&written(&report, Format::Sarif, &style)).expect("it is JSON");
        prop_assert_eq!(sarif["runs"][0]["results"].as_array().map(Vec::len), Some(spans.len()));
        let github = written(&report, Format::Github, &style);
        prop_assert_eq!(github.lines().filter(|line| line.starts_with("::")).count(), spans.len());
        prop_assert_eq!(github.split(['\r', '\n']).filter(|line| !line.is_empty()).count(), spans.len());
        let junit = quick_junit::Report::deserialize_from_str(&written(&report, Format::Junit, &style));
        prop_assert_eq!(junit.expect("it is a test report").failures, spans.len());
    }
}

/// Pieces that mean something in one format or another.
fn words_of_markup() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "word ",
        "`",
        "``",
        "|",
        "\\",
        "\\|",
        "*",
        "**",
        "_x_",
        "~~",
        "<b>",
        "<br>",
        "<script>",
        "</code>",
        "<!--",
        "&amp;",
        "&#64;",
        "]]>",
        "[x](http://x.y)",
        "![i](x)",
        "[x]",
        "www.x.y",
        "https://x.y",
        "a@b.c",
        "@all",
        " @all",
        "#12",
        "!12",
        "~bug",
        ":tada:",
        "$x$",
        "\n",
        "\r\n",
        "\t",
        "\u{1b}[31m",
        "\u{ffff}",
        "\u{0}",
        "%0A",
        "::error::x",
        "{0}",
        "é",
        "🦊",
    ]);
    prop::collection::vec(pieces, 1..12).prop_map(|pieces| format!("x{}", pieces.concat()))
}
