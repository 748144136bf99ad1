use crate::declare_rule;
use crate::rule::{RuleContext, Sink};
use crate::syntax::{Link, NodeId, NodeKind, TemplateKind};
use crate::text::{fold, folded_opening};

declare_rule! {
    /// A link that leads nowhere, or that nobody can see.
    ///
    /// The address was to be looked up later, and nothing on the page tells that it never was: the words look like every
    /// other link and do nothing. A link without words is there and cannot be clicked.
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// Candidates are invited to a [screening call]().
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// Candidates are invited to a [screening call](/handbook/hiring/interviewing/#screening-call).
    /// ```
    "empty-link", Links, Warning, yields_to: ["placeholder", "template-text"]; check
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    for (id, link) in cx.tree.links() {
        let text = cx.tree.visible(id).text().trim();
        let span = cx.tree.node(id).span;
        if leads_nowhere(link, text) {
            let key = folded_opening(text);
            sink.report(span, key, format!("The link `{text}` leads nowhere"))
                .help("Add the address, or take the link out");
        } else if text.is_empty() && !link.autolink && !shows_picture(cx, id) && !is_anchor(cx, id) {
            sink.report(span, link.url.as_str(), format!("The link to `{}` has no words", link.url))
                .help("Write between `[` and `]` what the link is about, or take it out");
        }
    }
}

/// `#` alone leads to the top of the page, which some links mean.
fn leads_nowhere(link: &Link, text: &str) -> bool {
    let url = link.url.trim();
    url.is_empty() || (url == "#" && !fold(text).contains("top"))
}

fn shows_picture(cx: &RuleContext<'_>, id: NodeId) -> bool {
    cx.tree.descendants(id).any(|inner| matches!(cx.tree.node(inner).kind, NodeKind::Image(_) | NodeKind::HtmlInline))
}

/// `[](#x){:name="x"}` is a way to set an anchor.
fn is_anchor(cx: &RuleContext<'_>, id: NodeId) -> bool {
    let end = cx.tree.node(id).span.end;
    cx.tree.templates().iter().any(|template| template.kind == TemplateKind::Attribute && template.span.start == end)
}
