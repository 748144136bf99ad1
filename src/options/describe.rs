//! What the options say of themselves: their JSON Schema, and the same in words.

use serde_json::Value;

use super::fields::Options;

/// An option of a rule, as the documentation tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OptionDoc {
    pub name: String,
    /// What kind of value it takes: `number`, `list of texts`.
    pub kind: String,
    /// The value that holds where nothing is said, if that is not just an empty list.
    pub default: Option<String>,
    pub text: String,
}

/// The schema of all options: an object whose properties are rules, with the definitions that it refers to.
pub fn schema() -> Value {
    schemars::schema_for!(Options).to_value()
}

/// The options of a rule by name; none for a rule without.
pub fn options_of(rule: &str) -> Vec<OptionDoc> {
    let schema = schema();
    let Some(properties) = of_rule(&schema, rule).and_then(|rule| rule["properties"].as_object()) else {
        return Vec::new();
    };
    let doc = |(name, option): (&String, &Value)| OptionDoc {
        name: name.clone(),
        kind: kind(&schema, option),
        default: default(option),
        text: one_line(option["description"].as_str().unwrap_or_default()),
    };
    properties.iter().map(doc).collect()
}

/// Options of a rule as somebody might write them, on one line of YAML.
pub fn example_of(rule: &str) -> Option<String> {
    let schema = schema();
    of_rule(&schema, rule)?["examples"].get(0).map(flow)
}

fn of_rule<'s>(schema: &'s Value, rule: &str) -> Option<&'s Value> {
    Some(resolve(schema, schema["properties"].get(rule)?))
}

/// What a `$ref` refers to; anything else is itself.
fn resolve<'s>(schema: &'s Value, value: &'s Value) -> &'s Value {
    let pointer = value["$ref"].as_str().and_then(|name| name.strip_prefix('#'));
    pointer.and_then(|pointer| schema.pointer(pointer)).unwrap_or(value)
}

fn kind(schema: &Value, option: &Value) -> String {
    let option = resolve(schema, option);
    match option["type"].as_str() {
        Some("integer" | "number") => "number".to_owned(),
        Some("string") => "text".to_owned(),
        Some("array") => format!("list of {}", kind_of_many(schema, resolve(schema, &option["items"]))),
        _ => keys(option).map_or_else(String::new, |keys| format!("keys {keys}")),
    }
}

fn kind_of_many(schema: &Value, item: &Value) -> String {
    match keys(item) {
        Some(keys) => format!("rows with {keys}"),
        None if item.get("enum").is_some() => "names of sections".to_owned(),
        None => format!("{}s", kind(schema, item)),
    }
}

fn keys(object: &Value) -> Option<String> {
    let required = object["required"].as_array();
    let is_required = |key: &str| required.is_some_and(|required| required.iter().any(|name| name == key));
    let keys = object["properties"].as_object()?.keys();
    let all_optional = required.is_none();
    let words: Vec<String> = keys
        .map(|key| if all_optional || is_required(key) { format!("`{key}`") } else { format!("`{key}` (optional)") })
        .collect();
    Some(words.join(", "))
}

fn default(option: &Value) -> Option<String> {
    let value = option.get("default")?;
    let is_empty = value.as_array().is_some_and(Vec::is_empty) || value.is_object();
    (!is_empty).then(|| flow(value))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A value on one line of YAML, with quotes only where it needs them.
pub fn flow(value: &Value) -> String {
    match value {
        Value::Array(items) => format!("[{}]", items.iter().map(flow).collect::<Vec<_>>().join(", ")),
        Value::Object(entries) => {
            let entries: Vec<String> = entries.iter().map(|(key, value)| format!("{key}: {}", flow(value))).collect();
            format!("{{ {} }}", entries.join(", "))
        }
        Value::String(text) if is_plain(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Whether YAML reads a text as it is, and as a text.
fn is_plain(text: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '/' | '.' | '\'');
    text.starts_with(char::is_alphabetic)
        && text.chars().all(is_word)
        && !matches!(text, "true" | "false" | "null" | "yes" | "no" | "on" | "off")
}
