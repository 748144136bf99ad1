//! The options of rules: one struct for each rule that has any. This is the only place where they are named; reading
//! and checking a configuration, the nearest valid name, and merging into the facts all follow from the fields.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;
use serde_yaml::{Mapping, Value};

use crate::facts::{Facts, OwnWords};
use crate::nearest::{did_you_mean, nearest};

/// What a configuration may say to rules, beside their severity. A field is a rule, its struct the rule's options.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Options {}

/// What one configuration adds to the facts.
#[derive(Debug, Clone, Default)]
pub struct Project {
    pub options: Options,
    /// Words that are spelt right here, as they stand in the configuration and its word lists.
    pub words: Arc<[String]>,
}

impl Project {
    /// The facts that jflint was built with, and what the project adds to them: the one place where the two meet.
    pub fn facts(&self) -> Arc<Facts> {
        let embedded = Facts::embedded();
        if self.words.is_empty() {
            return embedded;
        }
        Arc::new(Facts { words: OwnWords::new(Arc::clone(&self.words)), ..(*embedded).clone() })
    }
}

/// Options as a configuration gives them, by rule and name; each was read by [`check`].
pub type RawOptions = BTreeMap<&'static str, BTreeMap<String, Value>>;

/// The options of all rules.
///
/// # Errors
///
/// A sentence about the first option that does not exist or has no valid value.
pub fn read(raw: &RawOptions) -> Result<Options, String> {
    let rules = raw.iter().filter(|(_, options)| !options.is_empty()).map(|(rule, options)| {
        let options: Mapping = options.iter().map(|(name, value)| (name.as_str().into(), value.clone())).collect();
        (Value::from(*rule), Value::from(options))
    });
    serde_yaml::from_value(Value::Mapping(rules.collect())).map_err(|error| in_plain_words(&error.to_string()))
}

/// Whether a rule takes an option with such a value.
///
/// # Errors
///
/// A sentence that says what is wrong, with the nearest valid name.
pub fn check(rule: &'static str, name: &str, value: &Value) -> Result<(), String> {
    if nearest(name, ["severity"]).is_some() {
        return Err(format!("`{rule}` has no option `{name}`; did you mean `severity`?"));
    }
    let one = RawOptions::from([(rule, BTreeMap::from([(name.to_owned(), value.clone())]))]);
    read(&one).map(drop).map_err(|message| {
        let has_no_options = message.starts_with(&format!("there is no key `{rule}`"));
        if has_no_options { format!("`{rule}` has no options but `severity`") } else { message }
    })
}

/// What serde says about a document, for people who write no programs.
pub fn in_plain_words(message: &str) -> String {
    plain_unknown_field(message)
        .unwrap_or_else(|| message.to_owned())
        .replace("invalid type: unit value, ", "there is no value; ")
        .replace("invalid type: ", "this is not the right kind of value: ")
        .replace("missing field", "a key is missing:")
        .replace("value: map,", "value: keys with values,")
        .replace("value: enum,", "value: a `!tag`,")
        .replace("sequence", "list")
        .replace("floating point ", "number ")
        .replace("integer ", "number ")
        .replace("boolean ", "")
}

/// serde names the unknown field first and then all valid ones, each between backticks: the nearest is what helps.
fn plain_unknown_field(message: &str) -> Option<String> {
    let (place, rest) = message.split_once("unknown field `")?;
    let (name, rest) = rest.split_once('`')?;
    let valid: Vec<&str> = rest.split('`').skip(1).step_by(2).collect();
    let hint = did_you_mean(name, valid.iter().copied());
    let hint = match (hint.is_empty(), valid.is_empty()) {
        (false, _) => hint,
        (true, false) => format!("; these exist: {}", valid.join(", ")),
        (true, true) => String::new(),
    };
    Some(format!("{place}there is no key `{name}`{hint}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Default, Deserialize)]
    #[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
    struct Sample {
        equal_grades: usize,
        off_for: Vec<String>,
    }

    fn complaint(yaml: &str) -> String {
        in_plain_words(&serde_yaml::from_str::<Sample>(yaml).expect_err("the sample is wrong").to_string())
    }

    #[test]
    fn an_unknown_key_comes_with_the_nearest() {
        assert!(complaint("equal-grade: 1").starts_with("there is no key `equal-grade`; did you mean `equal-grades`?"));
        assert!(complaint("colour: 1").starts_with("there is no key `colour`; these exist: equal-grades, off-for"));
    }

    #[test]
    fn a_wrong_kind_of_value_is_said_without_the_words_of_programmers() {
        assert!(complaint("off-for: one").contains("expected a list"));
    }

    #[test]
    fn a_rule_without_options_refuses_every_option() {
        let message = check("placeholder", "severty", &Value::from(1)).expect_err("refused");
        assert_eq!(message, "`placeholder` has no option `severty`; did you mean `severity`?");
    }
}
