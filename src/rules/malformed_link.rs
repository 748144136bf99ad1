use std::ops::Range;

use crate::declare_rule;
use crate::diagnostic::Safety;
use crate::facts::LinkFacts;
use crate::prose::Block;
use crate::rule::{RuleContext, Sink};
use crate::syntax::{Link, NodeId, Unspoken};
use crate::text::{folded_opening, opening};

declare_rule! {
    /// A link whose brackets or address are broken.
    ///
    /// The page then shows the brackets and the address as text, or opens something else. A reference such as
    /// `[values][our-values]` needs a line that says where `our-values` leads.
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// - Supports [Open Source][/solutions/open-source/]
    /// - Shares our [values]((/handbook/values/)
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// - Supports [Open Source](/solutions/open-source/)
    /// - Shares our [values][our-values]
    ///
    /// [our-values]: /handbook/values/
    /// ```
    "malformed-link", Links, Error, fix: Unsafe, yields_to: ["template-text"]; check
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    for (id, link) in cx.tree.links().filter(|(_, link)| !link.autolink) {
        check_address(cx, id, link, sink);
    }
    let mut done = 0;
    // Not by the marks of the prose: a bare address takes the brackets after it along.
    let page = cx.tree.visible_all().text().as_bytes();
    for at in memchr::memchr2_iter(b']', b')', page).filter(|at| is_inside(page[*at], page.get(at + 1))) {
        let Some((block, start)) = cx.prose().block_at(at).filter(|_| at >= done) else { continue };
        if let Some(broken) = broken_at(block.text(), at - start).filter(|broken| is_text(cx, block, broken)) {
            done = start + broken.range.end;
            report(cx, block, &broken, sink);
        }
    }
}

/// Whether a bracket may stand inside a link that went wrong, by what follows it: nearly all close a remark or end a link.
fn is_inside(bracket: u8, next: Option<&u8>) -> bool {
    matches!((bracket, next), (b']', Some(b'[' | b'(' | b' ')) | (b')', Some(b'[')))
}

/// Longer stretches are no address.
const LONGEST: usize = 400;
const KEY_LENGTH: usize = 80;

// Links that Markdown reads, with an address that cannot be meant.

fn check_address(cx: &RuleContext<'_>, id: NodeId, link: &Link, sink: &mut Sink) {
    let url = link.url.as_str();
    let Some((problem, right)) = wrong_address(url, &cx.facts.links) else { return };
    let finding =
        sink.report(cx.destination(id, link), opening(url, KEY_LENGTH), format!("The address `{url}` {problem}"));
    match (right, link.destination) {
        (Some(right), Some(span)) => {
            let title = format!("Change it to `{right}`");
            finding.help(format!("Write `{right}`")).fix(Safety::Unsafe, title, span, right);
        }
        _ => {
            finding.help("Write the address as the browser shows it");
        }
    }
}

/// What is wrong with an address, and how it should be, where that is clear.
fn wrong_address(url: &str, facts: &LinkFacts) -> Option<(&'static str, Option<String>)> {
    if url.starts_with(['{', '<']) || url.len() > LONGEST {
        return None;
    }
    if url.starts_with('(') {
        return Some(("has a bracket too many", Some(url.trim_matches(['(', ')', ' ']).to_owned())));
    }
    // Half of the work on an address would go into looking for this one.
    if url.contains(']') && url.contains("](") {
        return Some(("holds the brackets of another link", None));
    }
    if let Some(rest) = url.strip_suffix(['[', ']']).filter(|rest| !rest.ends_with('[')) {
        return Some(("ends in a stray bracket", Some(rest.to_owned())));
    }
    wrong_scheme(url, facts).or_else(|| wrong_anchor(url, facts))
}

fn wrong_scheme(url: &str, facts: &LinkFacts) -> Option<(&'static str, Option<String>)> {
    let is_right = ["http://", "https://", "mailto:", "/", "#", "."].iter().any(|start| url.starts_with(start));
    if is_right {
        let doubled = ["http://http", "https://http"].iter().any(|start| url.starts_with(start));
        let inner = if doubled { url.rfind("http").map(|at| url[at..].to_owned()) } else { None };
        return inner.map(|inner| ("begins with `https://` twice", Some(inner)));
    }
    if let Some(rest) = facts.misspelt_schemes.iter().find_map(|start| url.strip_prefix(start.as_str())) {
        return Some((
            "does not begin with `https://`",
            Some(format!("https://{}", rest.trim_start_matches(['/', ':']))),
        ));
    }
    let host = url.split(['/', '#', '?']).next().unwrap_or(url);
    let is_host = host.starts_with("www.") || facts.host_ends.iter().any(|end| host.ends_with(end.as_str()));
    let is_plain = host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'));
    (is_host && is_plain && host.contains('.'))
        .then(|| ("lacks `https://` before the host", Some(format!("https://{url}"))))
}

/// Pages of other sites may have more than one `#`, and slashes after it; anchors of headings have neither.
fn wrong_anchor(url: &str, facts: &LinkFacts) -> Option<(&'static str, Option<String>)> {
    let own = facts.path_on_site(url).or_else(|| url.starts_with(['/', '#']).then_some(url))?;
    let (_, anchor) = own.split_once('#')?;
    let page = &url[..url.len() - anchor.len()];
    let last = anchor.rsplit('#').next().unwrap_or(anchor).trim_matches('/');
    let right = || (!last.is_empty()).then(|| format!("{page}{last}"));
    if anchor.contains('#') {
        return Some(("has more than one `#`", right()));
    }
    let has_slash = anchor.len() > 1 && anchor.ends_with('/') && !anchor.starts_with(['/', '!']);
    has_slash.then(|| ("has a `/` after its anchor", right()))
}

// Links that Markdown takes for text.

/// A stretch of text that was meant for a link.
struct Broken {
    /// From the bracket that closes the words, as bytes of the block's text.
    range: Range<usize>,
    kind: BrokenKind,
    /// What should stand at the range, where that is clear.
    right: Option<String>,
}

enum BrokenKind {
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

/// Whether a link that went wrong has its inner brackets at `at`: the bracket that closes its words, and the next.
fn broken_at(text: &str, at: usize) -> Option<Broken> {
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

/// Whether the brackets are text of the source: no code, no template, no escape.
fn is_text(cx: &RuleContext<'_>, block: &Block<'_>, broken: &Broken) -> bool {
    let (start, end) = (broken.range.start, broken.range.end);
    let first = cx.source.slice(block.span(start..start + 1));
    let visible = block.node.map(|node| cx.tree.visible(node).part(start..end));
    matches!(first, "]" | "(") && visible.is_some_and(|text| text.unspoken().all(|(_, kind)| kind == Unspoken::Url))
}

fn report(cx: &RuleContext<'_>, block: &Block<'_>, broken: &Broken, sink: &mut Sink) {
    let span = block.span(broken.range.clone());
    let written = &block.text()[broken.range.clone()];
    let (message, help) = match &broken.kind {
        BrokenKind::Undefined(name) => (
            format!("The page does not say where `[{name}]` leads, so the brackets are shown as text"),
            format!("Add a line `[{name}]: /handbook/...`, or write the address in round brackets"),
        ),
        BrokenKind::SquareBrackets => (
            "The address stands in square brackets, so it is shown as text".to_owned(),
            "Put the address in round brackets".to_owned(),
        ),
        BrokenKind::Apart => (
            "A blank parts the words of the link from its address".to_owned(),
            "Take the blank between `]` and `(` out".to_owned(),
        ),
        BrokenKind::Swapped => (
            "The brackets of the link are swapped".to_owned(),
            "Put the words in square brackets and the address in round ones".to_owned(),
        ),
        BrokenKind::Address(problem) => {
            (format!("The link `{}` {problem}, so it is shown as text", opening(written, KEY_LENGTH)), help_for(broken))
        }
    };
    let finding = sink.report(span, folded_opening(written), message).help(help);
    // What was put together from the visible text fits only where the source says the same.
    if let Some(right) = broken.right.as_ref().filter(|_| block.is_verbatim(cx.source, broken.range.clone())) {
        finding.fix(Safety::Unsafe, "Repair the link", span, right.as_str());
    }
}

fn help_for(broken: &Broken) -> String {
    match &broken.right {
        Some(right) => format!("Write `{right}` after the words of the link"),
        None => "Write it as `[words](address)`".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostic;
    use crate::source::Source;

    /// Each finding's text, and the whole text as its fix would make it.
    fn found(text: &str) -> Vec<(String, Option<String>)> {
        let source = Source::new("x.md", text);
        let repaired = |finding: &Diagnostic| {
            let edit = finding.fixes.first()?.edits.first()?;
            Some(format!("{}{}{}", &text[..edit.span.start], edit.replacement, &text[edit.span.end..]))
        };
        let findings = RULE.findings(&source);
        findings.iter().map(|finding| (source.slice(finding.span).to_owned(), repaired(finding))).collect()
    }

    #[test]
    fn brackets_that_a_bare_address_took_along_are_told() {
        for broken in ["See https://a.b/c](https://a.b/c) for more.", "See www.a.b[grade](/x/y)."] {
            assert_eq!(found(broken).len(), 1, "{broken}");
        }
    }

    #[test]
    fn what_can_be_repaired_becomes_a_link() {
        let cases = [
            ("[a b][/x/y/]", "[a b](/x/y/)"),
            ("[a b] (/x/)", "[a b](/x/)"),
            ("(a b)[https://x.y/z]", "[a b](https://x.y/z)"),
            ("[a b](( /x/)", "[a b](/x/)"),
            ("[a b]((/x/))", "[a b](/x/)"),
            ("[a b](/x/] and", "[a b](/x/) and"),
            ("[a b](/x/y and", "[a b](/x/y) and"),
            ("[a b](/x /y/) and", "[a b](/x/y/) and"),
            ("[a b](/x/#c[)", "[a b](/x/#c)"),
            ("[a b](https:/x.y)", "[a b](https://x.y)"),
            ("[a b](gitlab.com/x)", "[a b](https://gitlab.com/x)"),
            ("[a b](https://https://x.y)", "[a b](https://x.y)"),
            ("[a b](/x/##c)", "[a b](/x/#c)"),
            ("[a b](/x/#c/)", "[a b](/x/#c)"),
        ];
        for (broken, right) in cases {
            let found = found(broken);
            assert_eq!(found.len(), 1, "{broken}: {found:?}");
            assert_eq!(found[0].1.as_deref(), Some(right), "{broken}");
            assert!(self::found(right).is_empty(), "{right}");
        }
    }

    #[test]
    fn undefined_references_are_found() {
        assert_eq!(found("our [values][our-values]"), [("][our-values]".to_owned(), None)]);
        assert_eq!(found("our [values][]"), [("][]".to_owned(), None)]);
        assert!(found("our [values][our-values]\n\n[our-values]: /x").is_empty());
    }

    #[test]
    fn brackets_of_other_kinds_are_left_alone() {
        let cases = [
            "`[a b][/x]` and `[a b](/x y`",
            "issues?label_name[]=x, list[0][1] and [a][^1]",
            "[a b](https://gitlab.com/x?label_name[]=y)",
            "\\[a b\\](/x y)",
            "[x] (see below), [sic](which is what he said",
            "[a b](mailto:x@y.z) [c](../d#e) [f](<%= x %>) [g]({{< ref \"x#y\" >}})",
            "[a b](https://docs.x.y/#/z/#w/)",
            "```\n[a b][/x]\n```",
        ];
        for text in cases {
            assert!(found(text).is_empty(), "{text}: {:?}", found(text));
        }
    }
}
