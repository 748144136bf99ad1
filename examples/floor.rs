//! The floor of the speed budget: reads the files given and parses each with comrak, nothing else.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "an example speaks to the one who runs it")]

use comrak::{Arena, Options, parse_document};

fn main() {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.footnotes = true;
    options.extension.strikethrough = true;
    options.extension.tasklist = true;
    options.extension.autolink = true;
    let mut nodes = 0;
    for path in std::env::args().skip(1) {
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        let arena = Arena::new();
        let root = parse_document(&arena, &text, &options);
        nodes += usize::from(root.first_child().is_some());
    }
    println!("{nodes} documents");
}
