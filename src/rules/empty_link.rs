use crate::declare_rule;
use crate::diagnostic::Safety;
use crate::facts::{NamedPage, TermKind};
use crate::prose::BlockKind;
use crate::rule::{RuleContext, Sink};
use crate::syntax::{Link, NodeId, NodeKind, TemplateKind};
use crate::text::{fold, folded_opening};
use crate::wording::FoundTerm;

declare_rule! {
    /// A link that leads nowhere or that nobody can see, or a page of the hiring process that is named without its link.
    ///
    /// The address was to be looked up later, and nothing on the page tells that it never was: the words look like every
    /// other link and do nothing. A link without words is there and cannot be clicked. "Our team page" without a link
    /// leaves candidates to look for it.
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// Candidates are invited to a [screening call](). Find their job titles on our team page.
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// Candidates are invited to a [screening call](/handbook/hiring/interviewing/#screening-call). Find their job titles
    /// on our [team page](/company/team/).
    /// ```
    "empty-link", Links, Warning, fix: Unsafe, yields_to: ["placeholder", "template-text"]; check
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
    for found in cx.wording().terms() {
        if let TermKind::Page(row) = found.kind {
            check_named(cx, found, &cx.facts.terms.rows().pages[row], sink);
        }
    }
}

/// "find their job title on our team page"
fn check_named(cx: &RuleContext<'_>, found: &FoundTerm, page: &NamedPage, sink: &mut Sink) {
    let (block, range) = found.place(cx.prose());
    let span = block.span(range.clone());
    let is_ours = found.before(cx.prose()).is_some_and(|word| word == page.after);
    if block.kind == BlockKind::Heading || !is_ours || cx.tree.is_linked(span) {
        return;
    }
    let written = &block.text()[range.clone()];
    let finding = sink
        .report(span, page.name.as_str(), format!("`{written}` has no link"))
        .help(format!("Link the page: `[{written}]({})`", page.address));
    if block.is_verbatim(cx.source, range) {
        finding.fix(Safety::Unsafe, "Link the page", span, format!("[{written}]({})", page.address));
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
