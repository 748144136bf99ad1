//! The front matter of a page: its title and description, and whether it is YAML at all.

use crate::source::{Source, Span};
use crate::syntax::{Fence, Tree};

/// More than this is no front matter of a handbook page.
const MAX_BYTES: usize = 16 * 1024;

/// In brackets that are open at once: deeper nesting costs YAML readers quadratic time.
const MAX_DEPTH: usize = 32;

/// What stands above a page.
#[derive(Debug, Clone, Default)]
pub struct FrontMatter {
    /// With its fences; nothing where the page has none.
    pub span: Option<Span>,
    pub fence: Option<Fence>,
    pub title: Option<Scalar>,
    pub description: Option<Scalar>,
    /// Nothing where the YAML can be read.
    pub error: Option<YamlError>,
}

/// Why the YAML cannot be read.
#[derive(Debug, Clone)]
pub struct YamlError {
    pub flaw: Flaw,
    /// The line of the error; all of the YAML where it is too much to be read.
    pub place: Span,
}

/// What is wrong with the YAML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Flaw {
    /// A key stands here for the second time.
    Twice(String),
    /// The value of a key begins with a quotation mark that has no partner.
    Unclosed { key: String, mark: char },
    /// As the reader of YAML says it, without the place.
    Other(String),
}

/// A text of the front matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scalar {
    pub text: String,
    /// Without quotes. May run over several lines.
    pub span: Span,
    /// The key before it.
    pub key_span: Span,
}

#[derive(serde::Deserialize)]
struct Keys {
    title: Option<serde_yaml::Value>,
    description: Option<serde_yaml::Value>,
}

impl FrontMatter {
    pub fn read(source: &Source, tree: &Tree) -> Self {
        let Some(block) = tree.front_matter() else { return Self::default() };
        let mut front = Self { span: Some(block.span), fence: Some(block.fence), ..Self::default() };
        let yaml = source.slice(block.yaml);
        if let Some(reason) = too_large(yaml) {
            front.error = Some(YamlError { flaw: Flaw::Other(reason), place: block.yaml });
            return front;
        }
        let flaw = written_flaw(source, block.yaml);
        match serde_yaml::from_str::<Option<Keys>>(yaml) {
            Ok(keys) => {
                let keys = keys.unwrap_or(Keys { title: None, description: None });
                front.title = keys.title.and_then(|value| scalar(source, block.yaml, "title", value));
                front.description = keys.description.and_then(|value| scalar(source, block.yaml, "description", value));
                // The reader passes over keys that nobody asks for; the site's does not.
                front.error = flaw.filter(|error| matches!(error.flaw, Flaw::Twice(_)));
            }
            Err(error) => {
                let line = error.location().map_or(0, |location| location.line().saturating_sub(1));
                let place =
                    source.line_span((source.line_of(block.yaml.start) + line).min(source.line_of(block.span.end)));
                let flaw_read = || YamlError { flaw: Flaw::Other(plain_reason(&error.to_string())), place };
                front.error = Some(flaw.unwrap_or_else(flaw_read));
                // A broken key elsewhere does not hide the title.
                front.title = written_title(source, block.yaml);
            }
        }
        front
    }
}

fn too_large(yaml: &str) -> Option<String> {
    if yaml.len() > MAX_BYTES {
        return Some(format!("it is longer than {} KB", MAX_BYTES / 1024));
    }
    let mut depth = 0usize;
    for byte in yaml.bytes() {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MAX_DEPTH {
            return Some(format!("its brackets are nested more than {MAX_DEPTH} deep"));
        }
    }
    None
}

/// What the lines themselves show, where the reader of YAML would name another place or speak as to a programmer.
fn written_flaw(source: &Source, yaml: Span) -> Option<YamlError> {
    let lines = source.line_of(yaml.start)..source.line_of(yaml.end);
    let mut seen: Vec<&str> = Vec::new();
    for line in lines.clone() {
        let Some((key, value)) = key_of(source.line(line)) else { continue };
        let error = |flaw| Some(YamlError { flaw, place: source.line_span(line) });
        if seen.contains(&key) {
            return error(Flaw::Twice(key.to_owned()));
        }
        seen.push(key);
        let mut goes_on = (line + 1..lines.end).map(|next| source.line(next)).take_while(|next| key_of(next).is_none());
        if let Some(mark @ ('"' | '\'')) = value.chars().next()
            && !value[1..].contains(mark)
            && !goes_on.any(|next| next.contains(mark))
        {
            return error(Flaw::Unclosed { key: key.to_owned(), mark });
        }
    }
    None
}

/// The key at the top level with which a line begins, and what stands behind its colon.
fn key_of(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    let is_key = key.starts_with(char::is_alphabetic) && !key.contains(|c: char| c.is_whitespace() || c == '"');
    (is_key && (value.is_empty() || value.starts_with([' ', '\t']))).then(|| (key, value.trim()))
}

/// The reason without the place, which is said apart.
fn plain_reason(error: &str) -> String {
    error.split(" at line ").next().unwrap_or(error).to_owned()
}

fn scalar(source: &Source, yaml: Span, key: &str, value: serde_yaml::Value) -> Option<Scalar> {
    let text = match value {
        serde_yaml::Value::String(text) => text,
        serde_yaml::Value::Null => String::new(),
        serde_yaml::Value::Number(number) => number.to_string(),
        serde_yaml::Value::Bool(value) => value.to_string(),
        _ => return None,
    };
    let (key_span, span) = place(source, yaml, key)?;
    Some(Scalar { text, span, key_span })
}

fn written_title(source: &Source, yaml: Span) -> Option<Scalar> {
    let (key_span, span) = place(source, yaml, "title")?;
    Some(Scalar { text: source.slice(span).to_owned(), span, key_span })
}

/// Where a key at the top level stands, and its value without quotes.
fn place(source: &Source, yaml: Span, key: &str) -> Option<(Span, Span)> {
    let first = source.line_of(yaml.start);
    let last = source.line_of(yaml.end);
    let line = (first..last.max(first + 1))
        .find(|&line| source.line(line).strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with(':')))?;
    let span = source.line_span(line);
    let colon = span.start + source.line(line).find(':')?;
    let is_continued = |line: &usize| {
        let text = source.line(*line);
        text.starts_with([' ', '\t']) || text.is_empty()
    };
    let last_line = (line + 1..last).take_while(is_continued).last().unwrap_or(line);
    let value = Span::new(colon + 1, source.line_span(last_line).end);
    Some((Span::new(span.start, colon), unquoted(source, value)))
}

fn unquoted(source: &Source, value: Span) -> Span {
    let text = source.slice(value);
    let start = value.start + (text.len() - text.trim_start().len());
    let trimmed = text.trim();
    let quoted = trimmed.len() >= 2 && trimmed.starts_with(['"', '\'']) && trimmed.ends_with(&trimmed[..1]);
    if quoted { Span::new(start + 1, start + trimmed.len() - 1) } else { Span::new(start, start + trimmed.len()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Source, FrontMatter) {
        let source = Source::new("x.md", text);
        let tree = Tree::parse(&source);
        let front = FrontMatter::read(&source, &tree);
        (source, front)
    }

    #[test]
    fn a_title_is_found_with_its_place() {
        for text in [
            "---\ntitle: \"Tax\"\n---\n",
            "---\ntitle: Tax\n---\n",
            "title: 'Tax'\nlayout: x\n---\n",
            "\u{feff}---\r\ntitle: Tax\r\n--- \r\n",
        ] {
            let (source, front) = read(text);
            let title = front.title.expect("a title");
            assert_eq!((title.text.as_str(), source.slice(title.span)), ("Tax", "Tax"), "{text:?}");
        }
    }

    #[test]
    fn a_description_may_run_over_lines() {
        let (source, front) = read("---\ndescription: \"one\n  two\"\ntitle: Tax\n---\n");
        assert_eq!(source.slice(front.description.expect("a description").span), "one\n  two");
    }

    #[test]
    fn broken_yaml_says_where() {
        let (source, front) = read("---\nlayout: x\ntitle: \"Tax\n---\n# H\n");
        let error = front.error.expect("an error");
        assert!(source.line_of(error.place.start) >= 2);
    }

    #[test]
    fn a_flaw_that_the_lines_show_is_told_at_its_line() {
        let flaw = |yaml: &str| {
            let (source, front) = read(&format!("---\n{yaml}---\n# H\n"));
            front.error.map(|error| (source.line_of(error.place.start), error.flaw))
        };
        let twice = |key: &str| Flaw::Twice(key.to_owned());
        let unclosed = |key: &str, mark: char| Flaw::Unclosed { key: key.to_owned(), mark };
        assert_eq!(flaw("title: Tax\nlayout: x\ntitle: Taxes\n"), Some((4, twice("title"))));
        assert_eq!(flaw("title: Tax\nlayout: x\nlayout: x\n"), Some((4, twice("layout"))));
        assert_eq!(flaw("title: Tax\ndescription: \"We file\n"), Some((3, unclosed("description", '"'))));
        assert_eq!(flaw("title: 'Tax\nlayout: x\n"), Some((2, unclosed("title", '\''))));
        for right in [
            "title: \"Tax\"\ndescription: \"We file\n  and file\"\n",
            "title: Tax\ndescription: >\n  title: \"x\n  title: y\n",
            "title: Tax\nredirects:\n- to: a\n- to: b\n",
            "title: Tax\ndescription: What's \"new\n",
            "# title: x\ntitle: Tax\n",
        ] {
            assert_eq!(flaw(right), None, "{right}");
        }
        assert!(matches!(flaw("title: Tax: all of it\n"), Some((2, Flaw::Other(_)))));
    }

    #[test]
    fn deep_nesting_is_refused_before_it_is_read() {
        let (_, front) = read(&format!("---\ntitle: {}\n---\n", "[".repeat(9000)));
        assert!(front.error.is_some());
    }
}
