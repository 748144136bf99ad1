//! Links whose brackets went wrong, so that Markdown takes them for text.

use std::ops::Range;

use crate::links::LONGEST;

/// A stretch of text that was meant for a link.
#[derive(Debug)]
pub struct Broken {
    /// From the bracket that closes the words, as bytes of the block's text.
    pub range: Range<usize>,
    pub kind: BrokenKind,
    /// What should stand at the range, where that is clear.
    pub right: Option<String>,
}

/// What is wrong with it.
#[derive(Debug)]
pub enum BrokenKind {
    /// `[words][/path]`
    SquareBrackets,
    /// `[words][name]` without a line `[name]: ...`
    Undefined(String),
    /// `[words] (/path)`
    Apart,
    /// `(words)[/path]`
    Swapped,
    /// `[words]((/path)`, `[words](/path`, `[words](/path]`, `[words](/pa th)`
    Address(&'static str),
}

/// Whether a bracket may stand inside a link that went wrong, by what follows it: nearly all close a remark or end a link.
pub fn may_be_in_broken(bracket: u8, next: Option<&u8>) -> bool {
    matches!((bracket, next), (b']', Some(b'[' | b'(' | b' ')) | (b')', Some(b'[')))
}

/// Whether a link that went wrong has its inner brackets at `at`: the bracket that closes its words, and the next.
pub fn broken_at(text: &str, at: usize) -> Option<Broken> {
    let rest = &text[at + 1..];
    match (text.as_bytes()[at], rest.bytes().next()?) {
        (b']', b'[') => square_brackets(text, at),
        (b']', b'(') => inline(text, at),
        (b']', b' ') if rest.starts_with(" (") && begins_address(&rest[2..]) => apart(text, at),
        (b')', b'[') if begins_address(&rest[1..]) => swapped(text, at),
        _ => None,
    }
}

fn begins_address(text: &str) -> bool {
    ["/", "#", "http://", "https://"].iter().any(|start| text.starts_with(start))
        && text[1..].starts_with(|c: char| c.is_ascii_alphanumeric())
}

/// The address at the start of a text: up to a blank or a bracket.
fn address(text: &str) -> &str {
    let end = text.char_indices().take(LONGEST).find(|(_, c)| c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']'));
    let limit = || text.char_indices().nth(LONGEST).map_or(text.len(), |(at, _)| at);
    &text[..end.map_or_else(limit, |(at, _)| at)]
}

/// The words before a closing bracket, if an opening one stands near enough before it.
fn words_before(text: &str, at: usize, open: u8) -> Option<&str> {
    let from = at.saturating_sub(LONGEST);
    let start = text.as_bytes()[from..at].iter().rposition(|byte| *byte == open)? + from;
    let words = text.get(start + 1..at)?;
    (words.chars().filter(|c| c.is_alphanumeric()).count() > 1).then_some(words)
}

fn square_brackets(text: &str, at: usize) -> Option<Broken> {
    let words = words_before(text, at, b'[')?;
    let inside = &text[at + 2..];
    let end = inside
        .char_indices()
        .take(LONGEST)
        .find(|(_, c)| matches!(c, ']' | ')' | '[' | '\n'))
        .filter(|(_, c)| matches!(c, ']' | ')'))?
        .0;
    let target = &inside[..end];
    let range = at..at + 2 + end + 1;
    if begins_address(target) && !target.contains(' ') {
        return Some(Broken { range, kind: BrokenKind::SquareBrackets, right: Some(format!("]({target})")) });
    }
    let before = text[..at - words.len() - 1].chars().next_back();
    let is_index = before.is_some_and(|c| c.is_alphanumeric() || matches!(c, ']' | '_' | '\\'));
    let is_name = !target.starts_with('^')
        && inside[end..].starts_with(']')
        && (target.is_empty() || target.contains(char::is_alphanumeric));
    let name = if target.is_empty() { words } else { target };
    (!is_index && is_name).then(|| Broken { range, kind: BrokenKind::Undefined(name.to_owned()), right: None })
}

fn apart(text: &str, at: usize) -> Option<Broken> {
    words_before(text, at, b'[')?;
    let target = address(&text[at + 3..]);
    let end = at + 3 + target.len();
    text[end..].starts_with(')').then(|| Broken {
        range: at..end + 1,
        kind: BrokenKind::Apart,
        right: Some(format!("]({target})")),
    })
}

fn swapped(text: &str, at: usize) -> Option<Broken> {
    let words = words_before(text, at, b'(')?;
    let target = address(&text[at + 2..]);
    let end = at + 2 + target.len();
    let right = format!("[{words}]({target})");
    let range = at - words.len() - 1..end + 1;
    text[end..].starts_with(']').then_some(Broken { range, kind: BrokenKind::Swapped, right: Some(right) })
}

fn inline(text: &str, at: usize) -> Option<Broken> {
    let after = &text[at + "](".len()..];
    let inner = after.trim_start_matches(['(', ' ']);
    if !begins_address(inner) {
        return None;
    }
    let start = text.len() - inner.len();
    let link = Inline { text, at, address: start..start + address(inner).len() };
    Some(match link.after_address().bytes().next() {
        Some(b')') if after.len() > inner.len() => link.opened_twice(),
        Some(b')') => link.without_own_words(),
        Some(b']') => link.broken(link.address.end + 1, "ends with `]` for `)`", Some(&text[link.address.clone()])),
        _ => link.closed_later().unwrap_or_else(|| link.unclosed()),
    })
}

/// `](/path` where Markdown sees no link.
struct Inline<'t> {
    text: &'t str,
    /// Where the words end.
    at: usize,
    /// Up to a blank or a bracket.
    address: Range<usize>,
}

/// In bytes: a bracket that stands farther off closes something else.
const FARTHEST_END: usize = 80;

impl<'t> Inline<'t> {
    fn after_address(&self) -> &'t str {
        &self.text[self.address.end..]
    }

    fn broken(&self, end: usize, problem: &'static str, address: Option<&str>) -> Broken {
        let right = address.map(|address| format!("]({address})"));
        Broken { range: self.at..end, kind: BrokenKind::Address(problem), right }
    }

    /// `]((/path)`, `]( /path)`
    fn opened_twice(&self) -> Broken {
        let rest = self.after_address();
        let closing = rest.len() - rest.trim_start_matches(')').len();
        self.broken(self.address.end + closing, "has a bracket too many", Some(&self.text[self.address.clone()]))
    }

    /// `](/path)`, where nothing is wrong from the bracket on.
    fn without_own_words(&self) -> Broken {
        let problem = match words_before(self.text, self.at, b'[') {
            None => "has no `[` before its words",
            Some(_) => "stands in another link, or its words have a bracket too many",
        };
        self.broken(self.address.end + 1, problem, None)
    }

    /// `](/pa th)`, `](/path "Title)`
    fn closed_later(&self) -> Option<Broken> {
        let rest = self.after_address();
        let is_end = |close: &usize| *close < FARTHEST_END && rest[*close..].starts_with(')');
        let close = rest.find([')', '(', '[', ']']).filter(is_end)?;
        let end = self.address.end + close;
        if rest[..close].contains(['"', '\u{201c}', '\u{201d}']) {
            return Some(self.broken(end + 1, "has a title in quotes that cannot be read", None));
        }
        if rest[..close].trim().len() == close {
            return None;
        }
        let joined: String = self.text[self.address.start..end].split_whitespace().collect();
        Some(self.broken(end + 1, "has a blank in it", Some(&joined)))
    }

    /// `](/path and so on`
    fn unclosed(&self) -> Broken {
        let kept = self.text[self.address.clone()].trim_end_matches(['.', ',', ';', ':']);
        self.broken(self.address.start + kept.len(), "has no closing `)`", Some(kept))
    }
}
