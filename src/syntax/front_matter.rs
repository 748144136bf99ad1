//! Finds the front matter, also where a fence is missing: comrak would make a heading of it.

use super::{Fence, FrontMatter};
use crate::source::{Source, Span};

pub(super) fn bom_length(text: &str) -> usize {
    if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 }
}

/// The lines within which an unopened front matter must be closed to be taken for one.
const UNOPENED_LINES: usize = 10;

pub(super) fn find(source: &Source) -> Option<FrontMatter> {
    let lines = source.lines();
    let first = (1..=lines.count()).find(|&line| !trimmed(source, line).is_empty())?;
    if is_fence(source.line(first)) && first == 1 {
        return Some(opened_front_matter(source));
    }
    if !is_key_line(trimmed(source, first)) {
        return None;
    }
    let close = (first + 1..=lines.count().min(first + UNOPENED_LINES)).find(|&line| is_fence(source.line(line)))?;
    let yaml_lines = first..close;
    yaml_lines.clone().all(|line| looks_like_yaml(source.line(line))).then(|| FrontMatter {
        span: Span::new(lines.start(first), lines.start(close + 1)),
        yaml: Span::new(lines.start(first), lines.start(close)),
        fence: Fence::Unopened,
    })
}

fn opened_front_matter(source: &Source) -> FrontMatter {
    let lines = source.lines();
    let start = bom_length(source.text());
    let yaml_start = lines.start(2);
    let close = (2..=lines.count()).find(|&line| is_fence(source.line(line)));
    let (yaml_end, end, fence) = match close {
        Some(line) => (lines.start(line), lines.start(line + 1), Fence::Both),
        None => {
            let after =
                (2..=lines.count()).find(|&line| !looks_like_yaml(source.line(line))).unwrap_or(lines.count() + 1);
            (lines.start(after), lines.start(after), Fence::Unclosed)
        }
    };
    FrontMatter { span: Span::new(start, end), yaml: Span::new(yaml_start, yaml_end.max(yaml_start)), fence }
}

fn trimmed(source: &Source, line: usize) -> &str {
    source.line(line).trim_start_matches('\u{feff}').trim()
}

/// `---`, with blanks after it: Hugo and Middleman both take it so.
fn is_fence(line: &str) -> bool {
    line.trim_start_matches('\u{feff}').trim_end() == "---"
}

fn is_key_line(line: &str) -> bool {
    line.split_once(':').is_some_and(|(key, value)| {
        key.starts_with(|c: char| c.is_ascii_alphabetic())
            && key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
            && (value.is_empty() || value.starts_with([' ', '\t']))
    })
}

/// A key, the continuation of one, a list item under it, or a comment.
fn looks_like_yaml(line: &str) -> bool {
    is_key_line(line.trim_end()) || (line.starts_with([' ', '\t', '#']) && !is_heading(line)) || line.starts_with("- ")
}

fn is_heading(line: &str) -> bool {
    let marks = line.len() - line.trim_start_matches('#').len();
    marks > 1 && line[marks..].starts_with(' ')
}
