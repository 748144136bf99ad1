//! What jflint understands of documents of every shape, as `jflint outline` prints it.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use jflint::facts::Facts;
use jflint::outline::document;
use jflint::source::Source;

#[test]
fn documents_of_every_shape_are_understood() {
    insta::glob!("../fixtures/model", "*.*", |path| {
        let text = std::fs::read_to_string(path).expect("the fixture can be read");
        let name = path.file_name().and_then(|name| name.to_str()).expect("the fixture has a name");
        insta::assert_snapshot!(document(&Source::new(name, text), &Facts::embedded()).to_text());
    });
}
