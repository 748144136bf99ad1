//! `jflint init`: a first configuration, commented, that changes nothing until a line is taken into use.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use crate::config::FILE_NAME;
use crate::disk;

/// The word lists of the handbook's own spelling check, which are read where they stand.
const HANDBOOK_WORD_LISTS: [&str; 2] = [".vale/handbook/spelling-exceptions.txt", ".vale/handbook/spelling-names.txt"];

const BEGINNING: &str = "\
# What jflint checks here. This file holds for every file below its folder, down to the next `.jflint.yaml`.
# `jflint config FILE` shows what holds for a file, `jflint rules` lists the rules, `jflint explain RULE` explains one.

# How severe the findings of a rule are: off, info, warning or error; and its options, which `jflint explain RULE` tells.
rules:
  # coded-language: off
  # typo: error
  # placeholder: { severity: error, allow: [\"bonus to be determined\"] }

# Other severities and options for some files. Of two entries that hold for a file, the later counts.
overrides:
  # - files: [\"**/sales/**\"]
  #   rules:
  #     equal-grades: off

# Folders whose Markdown is linted. Paths begin at the root of the repository.
include:
  - \"**/job-families/**\"
  - \"**/job-description-library/**\"

# Files that are never linted, also when they are named on the command line.
exclude:
  # - \"**/drafts/**\"

# Words that are spelt right here.
words:
  # - GitLabber

# Files with a word on each line that is spelt right here. Paths begin at the folder of this file.
word-lists:
";

const NO_WORD_LIST: &str = "  # - spelling-exceptions.txt\n";

const END: &str = "
# Where the rules are explained: each finding links there.
# docs-url: \"https://example.com/rules.md#{rule}\"
";

/// Why no configuration was written.
#[derive(Debug, thiserror::Error)]
pub enum InitError {
    #[error("{0} is there already; jflint does not overwrite it")]
    Exists(String),
    #[error("{0} cannot be written: {1}")]
    Unwritable(String, String),
}

/// A configuration that was written.
#[derive(Debug)]
pub struct Written {
    pub path: PathBuf,
    /// The word lists of the checkout that it names: they turn `unknown-word` on.
    pub word_lists: Vec<String>,
}

/// Writes a first configuration into `folder`.
///
/// # Errors
///
/// When there is one already, or the folder cannot be written.
pub fn init(folder: &Path) -> Result<Written, InitError> {
    let word_lists = word_lists(folder);
    let path = folder.join(FILE_NAME);
    let name = FILE_NAME.to_owned();
    let write = || {
        let mut file = std::fs::File::create_new(&path)?;
        file.write_all(contents(&word_lists).as_bytes())
    };
    match write() {
        Ok(()) => Ok(Written { path, word_lists }),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Err(InitError::Exists(name)),
        Err(error) => Err(InitError::Unwritable(name, disk::io_words(&error))),
    }
}

/// The first configuration of a folder without word lists.
pub fn first_configuration() -> String {
    format!("{BEGINNING}{NO_WORD_LIST}{END}")
}

fn contents(lists: &[String]) -> String {
    let entries: String = lists.iter().map(|list| format!("  - {list}\n")).collect();
    let entries = if lists.is_empty() { NO_WORD_LIST.to_owned() } else { entries };
    format!("{BEGINNING}{entries}{END}")
}

/// The lists that the checkout has, at the folder or at the root of its repository, as paths from the folder.
fn word_lists(folder: &Path) -> Vec<String> {
    let real = disk::real_folder(folder);
    let mut up = String::new();
    for ancestor in real.ancestors() {
        let here = HANDBOOK_WORD_LISTS.iter().filter(|list| ancestor.join(list).is_file());
        let lists: Vec<String> = here.map(|list| format!("{up}{list}")).collect();
        if !lists.is_empty() || ancestor.join(".git").exists() {
            return lists;
        }
        up.push_str("../");
    }
    Vec::new()
}
