//! What holds for any document, however damaged.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use jflint::facts::Facts;
use jflint::lint::{Settings, lint};
use jflint::outline::document;
use jflint::source::{Source, Span};
use proptest::prelude::*;

/// Pieces of which job-family documents are made, whole and broken.
const PIECES: &[&str] = &[
    "---\n",
    "--- \n",
    "title: \"Tax\"\n",
    "title: \"Tax\n",
    "layout: x\n",
    "## Levels\n",
    "### Tax Analyst\n",
    "#### Job Grade\u{a0}\n",
    "### Senior Tax Analyst Requirements\n",
    "## Career Ladder\n",
    "####### x\n",
    "# \n",
    "## ## \n",
    "The Tax Analyst is a [grade 6](/x/#gitlab-job-grades).\n",
    "The {Tax Analyst} is a [grade #](",
    "- Extends the Tax Analyst ",
    "responsibilities\n",
    "requirements\n",
    "- Ability to use GitLab\n",
    "* * nested\n",
    "- [ ] task\n",
    "1. one\n",
    "lost line\n",
    "TBD",
    "To be defined at time of business need.\n",
    "| Role | Grade |\n| -- | - |\n",
    "| [a](#b) | Grade 7 |\n",
    "| x \\| y | 8\n",
    "{{% job-families/sales/performance %}}\n",
    "{{<",
    ">}}",
    "<%= x %>",
    "<%",
    "{:.no_toc}",
    "{#id}",
    "{add a list]",
    "[a][b]",
    "[b]: /x\n",
    "](",
    "[TODO]()",
    "![i](x)",
    "`code",
    "```\n",
    "~~~\n",
    "<!-- jflint-disable-line typo -->",
    "<!-- jflint-disable-file -->",
    "<!--",
    "-->",
    "<a id=\"x\">",
    "<br>",
    "> ",
    ">> quote\n",
    "    indented\n",
    "\t",
    "\r\n",
    "\r",
    "\n",
    "\n\n",
    " ",
    "\u{a0}",
    "é",
    "好",
    "🦊",
    "\u{feff}",
    "\0",
    "\\",
    "&amp;",
    "&#x1F98A;",
    "**",
    "_",
    "~~",
    "https://x.y/z",
    "www.x.y",
    "a@b.c",
    "[^1]",
    "[^1]: note\n",
    "(",
    ")",
    "..",
    " ,",
    "Gitlab",
    "teh ",
    "recieve",
    "the the ",
    "a individual",
    "OKR's",
    "5+ years",
    "you will",
    "he/she",
];

fn documents() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => prop::sample::select(PIECES).prop_map(str::to_owned),
        1 => "\\PC{0,6}",
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

fn on_boundaries(text: &str, span: Span) {
    assert!(span.start <= span.end && span.end <= text.len(), "{span:?} in {} bytes", text.len());
    assert!(text.is_char_boundary(span.start) && text.is_char_boundary(span.end), "{span:?} cuts a character");
}

fn every_rule_on() -> Settings {
    let mut settings = Settings::new(Facts::embedded());
    for rule in jflint::rules::ALL {
        settings.set(rule.name, Some(rule.severity));
    }
    settings
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn no_document_breaks_the_linter(text in documents()) {
        let source = Source::new("x.md", text.as_str());
        for diagnostic in lint(&source, &every_rule_on()).diagnostics {
            on_boundaries(&text, diagnostic.span);
            for label in &diagnostic.labels {
                on_boundaries(&text, label.span);
            }
            for edit in diagnostic.fixes.iter().flat_map(|fix| &fix.edits) {
                on_boundaries(&text, edit.span);
            }
            prop_assert!(!diagnostic.message.is_empty() && !diagnostic.help.is_empty());
        }
        document(&source, &Facts::embedded()).to_text();
    }

    #[test]
    fn any_text_has_a_tree_whose_spans_nest(text in "\\PC{0,200}") {
        let source = Source::new("x.md", text.as_str());
        let tree = jflint::syntax::Tree::parse(&source);
        for id in tree.descendants(jflint::syntax::NodeId::ROOT) {
            on_boundaries(&text, tree.node(id).span);
            on_boundaries(&text, tree.visible(id).whole());
        }
    }

    #[test]
    fn linting_twice_says_the_same(text in documents()) {
        let source = Source::new("x.md", text.as_str());
        let settings = every_rule_on();
        prop_assert_eq!(lint(&source, &settings).diagnostics, lint(&source, &settings).diagnostics);
    }
}
