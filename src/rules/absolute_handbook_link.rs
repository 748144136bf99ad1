use crate::declare_rule;
use crate::diagnostic::Safety;
use crate::rule::{RuleContext, Sink};

declare_rule! {
    /// A page of the handbook is linked with its host, where a relative link is the convention.
    ///
    /// A relative link also works in the preview of a merge request, survives a move of the site, and is checked by the
    /// site's own link checker.
    ///
    /// Addresses that are shown as they are, and pages of the host outside the handbook, are left alone.
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
    for (id, link) in cx.tree.links().filter(|(_, link)| !link.autolink) {
        let Some(path) = facts.path_on_site(&link.url).filter(|path| facts.is_linked_relatively(path)) else {
            continue;
        };
        let host = &link.url[..link.url.len() - path.len()];
        let finding = sink
            .report(cx.destination(id, link), path, format!("The link names the host `{host}` of the site itself"))
            .help(format!("Write `{path}`"));
        if let Some(span) = link.destination {
            finding.fix(Safety::Unsafe, "Leave the host out", span, path);
        }
    }
}
