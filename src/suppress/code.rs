//! Where a document holds code or front matter, in which a comment is no comment.

use std::collections::HashMap;

use crate::source::{Source, Span};

/// The front matter with its fences; empty where there is none.
pub fn front_matter(source: &Source) -> Span {
    let is_opening = |line: &str| line.trim_start_matches('\u{feff}').trim_end() == "---";
    if !is_opening(source.line(1)) {
        return Span::default();
    }
    let closing = (2..=source.lines().count()).find(|line| matches!(source.line(*line).trim_end(), "---" | "..."));
    closing.map(|line| Span::new(0, source.lines().start(line + 1))).unwrap_or_default()
}

/// Fenced blocks and code in backticks from a byte on, in their order. A line is looked at by itself: code in
/// backticks that goes on in the next line is not seen.
pub fn code_spans(source: &Source, from: usize) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut fence: Option<Fence> = None;
    for line in source.line_of(from)..=source.lines().count() {
        let span = source.line_span(line);
        let text = source.slice(span);
        match fence {
            Some(open) if open.is_closed_by(text) => {
                spans.push(Span::new(open.start, span.end));
                fence = None;
            }
            Some(_) => {}
            None => {
                fence = Fence::opening(text, span.start);
                if fence.is_none() {
                    spans.extend(inline_code(text, span.start));
                }
            }
        }
    }
    spans.extend(fence.map(|open| Span::new(open.start, source.text().len())));
    spans
}

/// An open fenced block.
#[derive(Clone, Copy)]
struct Fence {
    start: usize,
    mark: char,
    length: usize,
}

impl Fence {
    fn opening(line: &str, start: usize) -> Option<Self> {
        // In a list or a quote a fence is indented or stands after marks.
        let text = line.trim_start_matches([' ', '\t', '>']);
        let mark = text.chars().next().filter(|mark| matches!(mark, '`' | '~'))?;
        let info = text.trim_start_matches(mark);
        let length = text.len() - info.len();
        (length >= 3 && !(mark == '`' && info.contains('`'))).then_some(Self { start, mark, length })
    }

    fn is_closed_by(self, line: &str) -> bool {
        let text = line.trim_start_matches([' ', '\t', '>']).trim_end();
        text.len() >= self.length && text.chars().all(|c| c == self.mark)
    }
}

/// Code in backticks on one line: as many close it as opened it.
fn inline_code(line: &str, start: usize) -> Vec<Span> {
    let runs = backtick_runs(line);
    let partners = next_of_same_length(&runs);
    let mut spans = Vec::new();
    let mut index = 0;
    while let Some(run) = runs.get(index) {
        match partners[index] {
            Some(partner) => {
                spans.push(Span::new(start + run.start, start + runs[partner].end));
                index = partner + 1;
            }
            None => index += 1,
        }
    }
    spans
}

fn backtick_runs(line: &str) -> Vec<Span> {
    let mut runs: Vec<Span> = Vec::new();
    for at in memchr::memchr_iter(b'`', line.as_bytes()) {
        match runs.last_mut() {
            Some(run) if run.end == at => run.end += 1,
            _ => runs.push(Span::new(at, at + 1)),
        }
    }
    runs
}

/// For each run the next one that is as long.
fn next_of_same_length(runs: &[Span]) -> Vec<Option<usize>> {
    let mut next = vec![None; runs.len()];
    let mut latest = HashMap::new();
    for (index, run) in runs.iter().enumerate().rev() {
        next[index] = latest.insert(run.end - run.start, index);
    }
    next
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> Vec<String> {
        let source = Source::new("x.md", text);
        code_spans(&source, 0).into_iter().map(|span| source.slice(span).to_owned()).collect()
    }

    #[test]
    fn code_in_backticks_ends_where_as_many_stand() {
        assert_eq!(code("a `b` ``c ` d`` `e"), ["`b`", "``c ` d``"]);
    }

    #[test]
    fn a_fence_ends_at_its_like_or_with_the_document() {
        assert_eq!(code("a\n~~~ x\n```\n~~~\nb `c`\n"), ["~~~ x\n```\n~~~", "`c`"]);
        assert_eq!(code("- a\n  ````\n  ```\nb"), ["  ````\n  ```\nb"]);
    }

    #[test]
    fn front_matter_needs_both_fences() {
        let span = |text: &str| front_matter(&Source::new("x.md", text)).end;
        assert_eq!(span("\u{feff}---\na: b\n---\nc"), 16);
        assert_eq!(span("---\na: b\n"), 0);
        assert_eq!(span("a\n---\n---\n"), 0);
    }
}
