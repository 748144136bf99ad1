//! What holds for any document, however damaged.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod documents;

use documents::{documents, every_rule_on};
use jflint::facts::Facts;
use jflint::lint::lint;
use jflint::outline::document;
use jflint::source::{Source, Span};
use proptest::prelude::*;

fn on_boundaries(text: &str, span: Span) {
    assert!(span.start <= span.end && span.end <= text.len(), "{span:?} in {} bytes", text.len());
    assert!(text.is_char_boundary(span.start) && text.is_char_boundary(span.end), "{span:?} cuts a character");
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
