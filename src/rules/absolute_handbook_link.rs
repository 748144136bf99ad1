use crate::declare_rule;
use crate::diagnostic::Safety;
use crate::rule::{RuleContext, Sink};
use crate::source::Span;
use crate::text::last_word;

declare_rule! {
    /// A page of the handbook is linked with its host, where a relative link is the convention.
    ///
    /// A relative link also works in the preview of a merge request, survives a move of the site, and is checked by the
    /// site's own link checker.
    ///
    /// Addresses that are shown as they are, and pages of the host outside the handbook, are left alone; but an address in
    /// brackets after its words was a link before it was copied.
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// We work by our [values](https://about.gitlab.com/handbook/values/).
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// We work by our [values](/handbook/values/).
    /// ```
    "absolute-handbook-link", Links, Info, fix: Unsafe, yields_to: ["malformed-link"]; check
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    let facts = &cx.facts.links;
    for (id, link) in cx.tree.links() {
        let Some(path) = facts.path_on_site(&link.url).filter(|path| facts.is_linked_relatively(path)) else {
            continue;
        };
        if link.autolink {
            shown(cx, cx.tree.node(id).span, path, sink);
            continue;
        }
        let host = &link.url[..link.url.len() - path.len()];
        let finding = sink
            .report(cx.destination(id, link), path, format!("The link names the host `{host}` of the site itself"))
            .help(format!("Write `{path}`"));
        if let Some(span) = link.destination {
            finding.fix(Safety::Unsafe, "Leave the host out", span, path);
        }
    }
}

/// "our values (https://about.gitlab.com/handbook/values/)"
fn shown(cx: &RuleContext<'_>, address: Span, path: &str, sink: &mut Sink) {
    let text = cx.source.text();
    let words = text[..address.start].strip_suffix(" (").map(last_word).unwrap_or_default();
    if !words.is_empty() && text[address.end..].starts_with(')') {
        sink.report(address, path, format!("The page is shown by its address after `{words}`"))
            .help(format!("Link the words that stand before it: `[{words}]({path})`"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    #[test]
    fn an_address_in_brackets_was_a_link() {
        let count = |text: &str| RULE.findings(&Source::new("x.md", format!("# Tax\n\n{text}\n"))).len();
        let address = "https://about.gitlab.com/handbook/values/";
        assert_eq!(count(&format!("Shares our values ({address}), and works by them.")), 1);
        for right in [
            format!("The values are at {address}."),
            format!("({address})"),
            format!("Shares our values (see {address})."),
            format!("Shares our values (`{address}`)."),
            "Uses our tools (https://about.gitlab.com/pricing/).".to_owned(),
            "Shares our [values](/handbook/values/).".to_owned(),
        ] {
            assert_eq!(count(&right), 0, "{right}");
        }
    }
}
