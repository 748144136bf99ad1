//! Rebuilds the lexicon of the spelling rules: the words that many pages about jobs use.
//!
//! `rules/spelling/README.md` says what the lexicon is for and how to call this.

#![allow(clippy::print_stdout, reason = "an example speaks to the one who runs it")]

use std::collections::{BTreeMap, HashSet};
use std::error::Error;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use jflint::facts::Facts;
use jflint::model::JobFamily;
use jflint::prose::Prose;
use jflint::source::Source;
use jflint::spelling::word_class;
use jflint::syntax::Tree;
use jflint::text::fold;

type Failure = Box<dyn Error>;

/// In how many pages a word must stand. Whichever of them is linted, five others vouch for the word.
const LEAST_PAGES: u64 = 6;

/// Shorter words are near everything.
const LEAST_LETTERS: usize = 3;

const USAGE: &str = "usage: build_lexicon <folder of Markdown pages> <output file>";

fn main() -> Result<(), Failure> {
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let [folder, output] = arguments.as_slice() else {
        return Err(USAGE.into());
    };
    let mut pages_with: BTreeMap<String, u64> = BTreeMap::new();
    let pages = pages_below(folder)?;
    for page in &pages {
        for word in words_of(&fs::read_to_string(page)?) {
            *pages_with.entry(word).or_default() += 1;
        }
    }
    pages_with.retain(|word, pages| *pages >= LEAST_PAGES && is_plain_word(word));
    let mut builder = fst::MapBuilder::memory();
    // The order of magnitude tells which of several words is meant more often, and keeps the map small.
    builder.extend_iter(pages_with.iter().map(|(word, pages)| (word, u64::from(pages.ilog2()))))?;
    fs::write(output, builder.into_inner()?)?;
    println!("{} pages, {} words that stand in {LEAST_PAGES} or more", pages.len(), pages_with.len());
    Ok(())
}

fn pages_below(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut pages = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            pages.extend(pages_below(&path)?);
        } else if [Some(OsStr::new("md")), Some(OsStr::new("erb"))].contains(&path.extension()) {
            pages.push(path);
        }
    }
    Ok(pages)
}

/// The different words of a page, in lower case and without `'s`.
fn words_of(page: &str) -> HashSet<String> {
    let source = Source::new("page.md", page);
    let tree = Tree::parse(&source);
    let family = JobFamily::read(&source, &tree, &Facts::embedded());
    let prose = Prose::read(&source, &tree, &family);
    let blocks = prose.blocks().iter();
    let words = blocks
        .flat_map(|block| prose.words(block).iter().filter(|word| !word.technical).map(|word| fold(block.stem(word))));
    words.collect()
}

/// A single word of the dictionary, as no misspelling is; the names are known from `rules/terms.yaml`.
fn is_plain_word(word: &str) -> bool {
    let plain = word.len() >= LEAST_LETTERS && word.bytes().all(|byte| byte.is_ascii_lowercase());
    plain && !Facts::embedded().terms.is_name(word) && word_class(word).is_some_and(|class| !class.is_name_only())
}
