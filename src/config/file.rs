//! `.jflint.yaml` as it is written: every key, name, glob and severity is checked while it is read, so that an error
//! knows its line.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::marker::PhantomData;
use std::path::PathBuf;
use std::str::FromStr;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::{self, DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_yaml::Value;

use crate::diagnostic::Severity;
use crate::nearest::did_you_mean;
use crate::{options, rules};

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

/// `off`, or how severe the findings of a rule are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Level(pub Option<Severity>);

impl Level {
    pub fn name(self) -> &'static str {
        self.0.map_or("off", Severity::name)
    }
}

impl FromStr for Level {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "off" => Ok(Self(None)),
            "info" => Ok(Self(Some(Severity::Info))),
            "warning" => Ok(Self(Some(Severity::Warning))),
            "error" => Ok(Self(Some(Severity::Error))),
            other => {
                let hint = did_you_mean(other, ["off", "info", "warning", "error"]);
                Err(format!("`{other}` is no severity: write off, info, warning or error{hint}"))
            }
        }
    }
}

impl<'de> Deserialize<'de> for Level {
    fn deserialize<D: Deserializer<'de>>(value: D) -> Result<Self, D::Error> {
        value.deserialize_str(Parsed::new("off, info, warning or error"))
    }
}

/// The name of a rule that exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct RuleName(pub &'static str);

impl FromStr for RuleName {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match rules::find(text) {
            Some(rule) => Ok(Self(rule.name)),
            None => {
                let hint = did_you_mean(text, rules::ALL.iter().map(|rule| rule.name));
                let hint = if hint.is_empty() { "; `jflint rules` lists them".to_owned() } else { hint };
                Err(format!("there is no rule `{text}`{hint}"))
            }
        }
    }
}

impl<'de> Deserialize<'de> for RuleName {
    fn deserialize<D: Deserializer<'de>>(value: D) -> Result<Self, D::Error> {
        value.deserialize_str(Parsed::new("the name of a rule"))
    }
}

/// What is said about one rule.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RuleSetting {
    pub level: Option<Level>,
    pub options: BTreeMap<String, Value>,
}

/// What is said about rules, by name.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RuleTable(pub BTreeMap<RuleName, RuleSetting>);

impl<'de> Deserialize<'de> for RuleTable {
    fn deserialize<D: Deserializer<'de>>(value: D) -> Result<Self, D::Error> {
        value.deserialize_map(RuleTableVisitor)
    }
}

struct RuleTableVisitor;

impl<'de> Visitor<'de> for RuleTableVisitor {
    type Value = RuleTable;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("rules with their severities, such as `placeholder: off`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<RuleTable, A::Error> {
        let mut table = BTreeMap::new();
        while let Some(name) = map.next_key::<RuleName>()? {
            table.insert(name, map.next_value_seed(SettingOf(name.0))?);
        }
        Ok(RuleTable(table))
    }
}

/// Reads what is said about the rule that it names: a severity, or a mapping of a severity and options.
struct SettingOf(&'static str);

impl<'de> DeserializeSeed<'de> for SettingOf {
    type Value = RuleSetting;

    fn deserialize<D: Deserializer<'de>>(self, value: D) -> Result<RuleSetting, D::Error> {
        value.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for SettingOf {
    type Value = RuleSetting;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("off, info, warning or error, or a mapping with `severity` and the rule's options")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<RuleSetting, E> {
        let level = text.parse().map_err(E::custom)?;
        Ok(RuleSetting { level: Some(level), options: BTreeMap::new() })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<RuleSetting, A::Error> {
        let mut setting = RuleSetting::default();
        while let Some(key) = map.next_key::<String>()? {
            if key == "severity" {
                setting.level = Some(map.next_value()?);
            } else {
                let value = map.next_value_seed(OptionOf { rule: self.0, name: &key })?;
                setting.options.insert(key, value);
            }
        }
        options::check_together(self.0, &setting.options).map_err(A::Error::custom)?;
        Ok(setting)
    }
}

/// Reads one option of a rule, and checks it where its line is still known.
struct OptionOf<'a> {
    rule: &'static str,
    name: &'a str,
}

impl<'de> DeserializeSeed<'de> for OptionOf<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, value: D) -> Result<Value, D::Error> {
        value.deserialize_any(self)
    }
}

impl OptionOf<'_> {
    fn checked<E: de::Error>(&self, value: Value) -> Result<Value, E> {
        options::check(self.rule, self.name, &value).map_err(E::custom)?;
        Ok(value)
    }
}

// One method a kind of value, so that the error of the check is given the place of the value.
impl<'de> Visitor<'de> for OptionOf<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a value of the option `{}`", self.name)
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Value, E> {
        self.checked(value.into())
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Value, E> {
        self.checked(value.into())
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Value, E> {
        self.checked(value.into())
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Value, E> {
        self.checked(value.into())
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Value, E> {
        self.checked(value.into())
    }

    fn visit_unit<E: de::Error>(self) -> Result<Value, E> {
        self.checked(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, values: A) -> Result<Value, A::Error> {
        let value = Value::deserialize(de::value::SeqAccessDeserializer::new(values))?;
        self.checked(value)
    }

    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<Value, A::Error> {
        let value = Value::deserialize(de::value::MapAccessDeserializer::new(entries))?;
        self.checked(value)
    }
}

/// Patterns of paths, in gitignore's manner: `*` stays within a folder, `**` does not, a pattern without `/` holds at
/// any depth, and one that names a folder holds for everything below it.
#[derive(Debug, Clone)]
pub struct Globs {
    patterns: Vec<String>,
    /// Two for each pattern: itself, and what lies below.
    set: GlobSet,
}

impl Globs {
    /// The first pattern that holds for any of these ways to write one path.
    pub fn matching(&self, paths: &[String]) -> Option<&str> {
        let first = paths.iter().filter_map(|path| self.set.matches(path).into_iter().min()).min()?;
        self.patterns.get(first / 2).map(String::as_str)
    }

    pub fn patterns(&self) -> &[String] {
        &self.patterns
    }

    /// Patterns that are known to be valid.
    #[allow(clippy::expect_used, reason = "the patterns are compiled in and a test reads them")]
    pub fn embedded(patterns: &[&str]) -> Self {
        let globs: Vec<Glob> = patterns.iter().map(|pattern| pattern.parse().expect("a valid pattern")).collect();
        Self::new(globs).expect("valid patterns")
    }

    fn new(globs: Vec<Glob>) -> Result<Self, globset::Error> {
        let mut set = GlobSetBuilder::new();
        let mut patterns = Vec::new();
        for glob in globs {
            set.add(glob.itself).add(glob.below);
            patterns.push(glob.pattern);
        }
        Ok(Self { patterns, set: set.build()? })
    }
}

impl Default for Globs {
    fn default() -> Self {
        Self { patterns: Vec::new(), set: GlobSet::empty() }
    }
}

impl<'de> Deserialize<'de> for Globs {
    fn deserialize<D: Deserializer<'de>>(value: D) -> Result<Self, D::Error> {
        Self::new(Vec::deserialize(value)?).map_err(D::Error::custom)
    }
}

/// One pattern of [`Globs`].
#[derive(Debug)]
struct Glob {
    pattern: String,
    itself: globset::Glob,
    below: globset::Glob,
}

impl FromStr for Glob {
    type Err = String;

    fn from_str(pattern: &str) -> Result<Self, String> {
        if pattern.starts_with('!') {
            return Err(format!("the glob `{pattern}` begins with `!`, which has no meaning here; leave it out"));
        }
        let from_root = pattern.trim_start_matches("./").trim_matches('/');
        if from_root.is_empty() {
            return Err(format!("the glob `{pattern}` names no file; write one such as `**/drafts/**`"));
        }
        let begins_anywhere = !pattern.trim_end_matches('/').contains('/');
        let from_root = if begins_anywhere { format!("**/{from_root}") } else { from_root.to_owned() };
        let build = |text: &str| GlobBuilder::new(text).literal_separator(true).build();
        let both = build(&from_root).and_then(|itself| Ok((itself, build(&format!("{from_root}/**"))?)));
        let (itself, below) = both.map_err(|error| format!("the glob `{pattern}` is not valid: {}", error.kind()))?;
        Ok(Self { pattern: pattern.to_owned(), itself, below })
    }
}

impl<'de> Deserialize<'de> for Glob {
    fn deserialize<D: Deserializer<'de>>(value: D) -> Result<Self, D::Error> {
        value.deserialize_str(Parsed::new("a glob such as `**/drafts/**`"))
    }
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
struct Parsed<T> {
    expected: &'static str,
    of: PhantomData<T>,
}

impl<T> Parsed<T> {
    fn new(expected: &'static str) -> Self {
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

/// Refuses a document in which a key stands twice under one parent: of two settings one would be lost.
struct NoKeyTwice;

impl<'de> DeserializeSeed<'de> for NoKeyTwice {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, value: D) -> Result<(), D::Error> {
        value.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for NoKeyTwice {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value without a `!tag`")
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut values: A) -> Result<(), A::Error> {
        while values.next_element_seed(NoKeyTwice)?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut seen = BTreeSet::new();
        while map.next_key_seed(FreshKey(&mut seen))?.is_some() {
            map.next_value_seed(NoKeyTwice)?;
        }
        Ok(())
    }
}

/// A key that was not there before.
struct FreshKey<'a>(&'a mut BTreeSet<String>);

impl<'de> DeserializeSeed<'de> for FreshKey<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, key: D) -> Result<(), D::Error> {
        key.deserialize_str(self)
    }
}

impl Visitor<'_> for FreshKey<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: de::Error>(self, key: &str) -> Result<(), E> {
        if self.0.insert(key.to_owned()) {
            Ok(())
        } else {
            Err(E::custom(format!("the key `{key}` stands here twice; keep one of the two")))
        }
    }
}
