//! What a configuration says of rules: their severities and options, each checked while it is read.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::Deserialize;
use serde::de::{self, DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_yaml::Value;

use crate::config::file::Parsed;
use crate::diagnostic::Severity;
use crate::nearest::did_you_mean;
use crate::{options, rules};

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
