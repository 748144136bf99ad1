//! The options of rules: one struct for each rule that has any. `fields` is the only place where they are named; reading
//! and checking a configuration, the nearest valid name, the documentation and the schema follow from its types, and
//! `merge` brings them into the facts.

mod describe;
mod fields;
mod merge;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_yaml::{Mapping, Value};

use crate::facts::{Facts, OwnWords};
use crate::nearest::{did_you_mean, nearest};

pub use describe::{OptionDoc, example_of, flow, options_of, schema};
pub use fields::Options;

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
        // They were merged once when the configuration was read.
        let facts = merge::merged(&self.options).unwrap_or_else(|_| Facts::embedded());
        if self.words.is_empty() {
            return facts;
        }
        Arc::new(Facts { words: OwnWords::new(Arc::clone(&self.words)), ..Arc::unwrap_or_clone(facts) })
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
    let options = read(&one).map_err(|message| match options_of(rule).as_slice() {
        [] => format!("`{rule}` has no options but `severity`"),
        _ => message,
    })?;
    merge::merged(&options).map(drop)
}

/// Whether the options of a rule agree with each other; each was read by [`check`].
///
/// # Errors
///
/// A sentence about those that do not.
pub fn check_together(rule: &'static str, options: &BTreeMap<String, Value>) -> Result<(), String> {
    let count = read(&RawOptions::from([(rule, options.clone())]))?.performance_indicator_count;
    if count.least > count.most {
        return Err(format!("`least` is {} and `most` is {}: no number is both", count.least, count.most));
    }
    Ok(())
}

/// What serde says about a document, for people who write no programs.
pub fn in_plain_words(message: &str) -> String {
    plain_unknown_name(message)
        .unwrap_or_else(|| message.to_owned())
        .replace("invalid type: unit value, ", "there is no value; ")
        .replace("invalid type: ", "this is not the right kind of value: ")
        .replace("missing field", "a key is missing:")
        .replace("value: map,", "value: keys with values,")
        .replace("value: enum,", "value: a `!tag`,")
        .replace("sequence", "list")
        .replace("expected usize", "expected a whole number")
        .replace("expected u16", "expected a whole number")
        .replace("expected f64", "expected a number")
        .replace("floating point ", "number ")
        .replace("integer ", "number ")
        .replace("boolean ", "")
}

/// serde names the unknown field or word first and then all valid ones, each between backticks: the nearest is what helps.
fn plain_unknown_name(message: &str) -> Option<String> {
    let (what, (place, rest)) = [("key", "unknown field `"), ("value", "unknown variant `")]
        .into_iter()
        .find_map(|(what, words)| Some((what, message.split_once(words)?)))?;
    let (name, rest) = rest.split_once('`')?;
    let valid: Vec<&str> = rest.split('`').skip(1).step_by(2).collect();
    let hint = did_you_mean(name, valid.iter().copied());
    let hint = match (hint.is_empty(), valid.is_empty()) {
        (false, _) => hint,
        (true, false) => format!("; these exist: {}", valid.join(", ")),
        (true, true) => String::new(),
    };
    Some(format!("{place}there is no {what} `{name}`{hint}"))
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

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
    fn every_rule_with_options_is_there_and_says_what_each_does() {
        for rule in schema()["properties"].as_object().expect("a field is a rule").keys() {
            assert!(crate::rules::find(rule).is_some(), "there is no rule `{rule}`");
            let docs = options_of(rule);
            assert!(
                !docs.is_empty() && docs.iter().all(|one| !one.text.is_empty() && !one.kind.is_empty()),
                "{docs:?}"
            );
            assert!(example_of(rule).is_some(), "`{rule}` shows no options");
        }
    }

    #[test]
    fn what_the_documentation_of_options_names_is_there() {
        let grades: Vec<u16> = (4..=12).chain([14, 15]).collect();
        assert_eq!(Facts::embedded().grades.valid, grades, "see `add` of `malformed-grade`");
        let off: Vec<&str> = vec!["Area Sales Manager", "Business Development", "Account Executive"];
        assert_eq!(Facts::embedded().grades.equal_by_design.len(), off.len(), "see `off` of `equal-grades`");
        assert_eq!(check("equal-grades", "off", &Value::from(off)), Ok(()));
    }

    #[test]
    fn a_rule_without_options_refuses_every_option() {
        let message = check("placeholder", "severty", &Value::from(1)).expect_err("refused");
        assert_eq!(message, "`placeholder` has no option `severty`; did you mean `severity`?");
    }
}
