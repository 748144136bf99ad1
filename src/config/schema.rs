//! The JSON Schema of `.jflint.yaml`, for editors: made from the types by which it is read.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};

use crate::config::file::{ConfigFile, DocsUrl};
use crate::config::globs::Globs;
use crate::config::rule_table::{Level, RuleTable};
use crate::rule::Rule;
use crate::{options, rules};

/// The schema of the file.
pub fn schema() -> Value {
    let mut schema = schemars::schema_for!(ConfigFile).to_value();
    if let Some(definitions) = schema["$defs"].as_object_mut() {
        definitions.extend(definitions_of_options());
    }
    schema["title"] = json!("Configuration of jflint");
    schema
}

/// What options refer to. The options of a rule themselves stand in the rule's entry, beside its severity.
fn definitions_of_options() -> Map<String, Value> {
    let mut options = options::schema();
    let rules = options["properties"].take();
    let of_rules: Vec<&str> =
        rules.as_object().into_iter().flatten().filter_map(|(_, rule)| rule["$ref"].as_str()).collect();
    let mut definitions = options["$defs"].as_object().cloned().unwrap_or_default();
    definitions.retain(|name, _| !of_rules.contains(&format!("#/$defs/{name}").as_str()));
    definitions
}

impl JsonSchema for RuleTable {
    fn schema_name() -> Cow<'static, str> {
        "Rules".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let level = generator.subschema_for::<Level>().to_value();
        let options = options::schema();
        let setting = |rule: &&Rule| (rule.name.to_owned(), setting_of(rule, &level, &options));
        let properties: Map<String, Value> = rules::ALL.iter().map(setting).collect();
        json_schema!({ "type": "object", "properties": properties, "additionalProperties": false })
    }
}

/// A severity, or a mapping of a severity and the rule's options.
fn setting_of(rule: &Rule, level: &Value, options: &Value) -> Value {
    let mut properties = json!({ "severity": level });
    let own =
        options["properties"][rule.name]["$ref"].as_str().and_then(|name| options.pointer(name.strip_prefix('#')?));
    if let (Some(all), Some(own)) = (properties.as_object_mut(), own.and_then(|own| own["properties"].as_object())) {
        all.extend(own.clone());
    }
    let mapping = json!({ "type": "object", "properties": properties, "additionalProperties": false });
    json!({ "description": rule.summary(), "anyOf": [level, mapping] })
}

impl JsonSchema for Level {
    fn schema_name() -> Cow<'static, str> {
        "Severity".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "enum": ["off", "info", "warning", "error"] })
    }
}

impl JsonSchema for Globs {
    fn schema_name() -> Cow<'static, str> {
        "Globs".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        // What `Glob` refuses: no file named, or a `!`.
        json_schema!({ "type": "array", "items": { "type": "string", "pattern": "^[^!].*[^/.]|^[^!/.]" } })
    }
}

impl JsonSchema for DocsUrl {
    fn schema_name() -> Cow<'static, str> {
        "Address".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": "\\{rule\\}" })
    }
}
