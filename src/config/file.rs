//! `.jflint.yaml` as it is written: every key, name, glob and severity is checked while it is read, so that an error
//! knows its line.

use std::fmt;
use std::marker::PhantomData;
use std::path::PathBuf;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::{self, DeserializeSeed, Deserializer, Visitor};

use crate::config::globs::Globs;
use crate::config::keys::NoKeyTwice;
use crate::config::rule_table::RuleTable;

/// What jflint checks in the folder of this file and below, down to the next such file. A key with nothing under it is a
/// key that is not there.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case", expecting = "keys such as `rules` and `exclude`")]
pub struct ConfigFile {
    /// How severe the findings of a rule are: off, info, warning or error; or a mapping of `severity` and the options of
    /// the rule. A rule that is not named is as the catalogue has it.
    #[serde(deserialize_with = "empty_as_absent")]
    pub rules: Option<RuleTable>,
    /// Other severities and options for some files. Of two entries that hold for a file, the later counts; an option takes
    /// the place of the same option said before.
    #[serde(deserialize_with = "empty_as_absent")]
    pub overrides: Option<Vec<Override>>,
    /// Folders whose Markdown is linted, as globs. A file that is named on the command line is linted wherever it lies.
    /// Unless given: `**/job-families/**` and `**/job-description-library/**`.
    #[serde(deserialize_with = "empty_as_absent")]
    pub include: Option<Globs>,
    /// Files that are never linted, also when they are named on the command line, as globs. `--no-exclude` lints them.
    #[serde(deserialize_with = "empty_as_absent")]
    pub exclude: Option<Globs>,
    /// Words that are spelt right here, in any case.
    #[serde(deserialize_with = "empty_as_absent")]
    pub words: Option<Vec<String>>,
    /// Files with a word on each line that is spelt right here; a line that begins with `#` is a comment. Paths begin at
    /// the folder of this file.
    #[serde(deserialize_with = "empty_as_absent")]
    #[schemars(with = "Option<Vec<String>>")]
    pub word_lists: Option<Vec<PathBuf>>,
    /// Where the rules are explained, with `{rule}` where the name of the rule goes: each finding links there.
    #[serde(deserialize_with = "empty_as_absent")]
    pub docs_url: Option<DocsUrl>,
}

/// Rules that are different for some files.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "an entry with `files` and `rules`")]
pub struct Override {
    /// The files, as globs.
    pub files: Globs,
    /// As `rules` of the whole file.
    pub rules: RuleTable,
}

fn empty_as_absent<'de, D: Deserializer<'de>, T: Deserialize<'de>>(value: D) -> Result<Option<T>, D::Error> {
    Option::deserialize(value)
}

/// Reads the text of a configuration.
///
/// # Errors
///
/// Those of YAML, of a key that stands twice, and of every unknown or invalid name and value.
pub fn read(text: &str) -> Result<ConfigFile, serde_yaml::Error> {
    if !text.lines().any(says_something) {
        return Ok(ConfigFile::default());
    }
    NoKeyTwice.deserialize(serde_yaml::Deserializer::from_str(text))?;
    Ok(serde_yaml::from_str::<Option<ConfigFile>>(text)?.unwrap_or_default())
}

/// YAML calls a document of comments only an error.
fn says_something(line: &str) -> bool {
    let line = line.trim_start_matches('\u{feff}').trim();
    !(line.is_empty() || line.starts_with('#') || line == "---")
}

/// The address of the documentation of a rule, with `{rule}` where its name goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocsUrl(String);

impl DocsUrl {
    pub fn of_rule(&self, rule: &str) -> String {
        self.0.replace("{rule}", rule)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for DocsUrl {
    type Err = String;

    fn from_str(url: &str) -> Result<Self, String> {
        if url.contains("{rule}") {
            Ok(Self(url.to_owned()))
        } else {
            Err(format!("`{url}` has no `{{rule}}`; write it where the name of the rule goes"))
        }
    }
}

impl<'de> Deserialize<'de> for DocsUrl {
    fn deserialize<D: Deserializer<'de>>(value: D) -> Result<Self, D::Error> {
        value.deserialize_str(Parsed::new("an address with `{rule}` in it"))
    }
}

/// Reads a word by [`FromStr`], inside the visit, where YAML still knows the line of the word.
pub(super) struct Parsed<T> {
    expected: &'static str,
    of: PhantomData<T>,
}

impl<T> Parsed<T> {
    pub(super) fn new(expected: &'static str) -> Self {
        Self { expected, of: PhantomData }
    }
}

impl<T: FromStr<Err = String>> Visitor<'_> for Parsed<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.expected)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        text.parse().map_err(E::custom)
    }
}
