//! The JSON Schema of `.jflint.yaml`, for editors: made from the types by which it is read.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};

use super::file::{ConfigFile, DocsUrl, Globs, Level, RuleTable};
use crate::rule::Rule;
use crate::{options, rules};

/// The schema of the file.
pub fn schema() -> Value {
    let mut schema = schemars::schema_for!(ConfigFile).to_value();
    let options = options::schema();
    if let (Some(own), Some(of_options)) = (schema["$defs"].as_object_mut(), options["$defs"].as_object()) {
        own.extend(of_options.clone());
    }
    schema["title"] = json!("Configuration of jflint");
    schema
}

impl JsonSchema for RuleTable {
    fn schema_name() -> Cow<'static, str> {
        "Rules".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let level = generator.subschema_for::<Level>().to_value();
        let options = options::schema();
        let setting = |rule: &&Rule| (rule.name.to_owned(), setting_of(rule, &level, &options));
        let properties: Map<String, Value> = rules::ALL.iter().map(|rule| setting(rule)).collect();
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
