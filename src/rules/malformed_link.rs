use crate::declare_rule;
use crate::diagnostic::Safety;
use crate::links::{Broken, BrokenKind, WrongAddress, broken_at, may_be_in_broken, wrong_address};
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
    for at in memchr::memchr2_iter(b']', b')', page).filter(|at| may_be_in_broken(page[*at], page.get(at + 1))) {
        let Some((block, start)) = cx.prose().block_at(at).filter(|_| at >= done) else { continue };
        if let Some(broken) = broken_at(block.text(), at - start).filter(|broken| is_text(cx, block, broken)) {
            done = start + broken.range.end;
            report(cx, block, &broken, sink);
        }
    }
}

/// In characters: so much of a link tells it from others.
const KEY_LENGTH: usize = 80;

fn check_address(cx: &RuleContext<'_>, id: NodeId, link: &Link, sink: &mut Sink) {
    let url = link.url.as_str();
    let Some(WrongAddress { problem, right }) = wrong_address(url, &cx.facts.links) else { return };
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
