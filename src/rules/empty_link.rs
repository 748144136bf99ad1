use std::ops::Range;

use memchr::memmem;

use crate::declare_rule;
use crate::diagnostic::Safety;
use crate::facts::{LinkFacts, NamedPage, SectionKind, TermKind};
use crate::prose::BlockKind;
use crate::rule::{RuleContext, Sink};
use crate::source::floor_char_boundary;
use crate::syntax::{Link, NodeId, NodeKind, TemplateKind};
use crate::text::{fold, folded_opening};
use crate::wording::FoundTerm;

declare_rule! {
    /// A link that leads nowhere or that nobody can see, or a page to which readers are sent without its link.
    ///
    /// The address was to be looked up later, and nothing on the page tells that it never was: the words look like every
    /// other link and do nothing. A link without words is there and cannot be clicked. "Our team page" or "see the Tax
    /// Leadership page" without a link leaves readers to look for it.
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
    unlinked_pages(cx, sink);
}

/// "For the other levels see the Tax Leadership page."
fn unlinked_pages(cx: &RuleContext<'_>, sink: &mut Sink) {
    let page = cx.tree.visible_all().text().as_bytes();
    for at in memmem::find_iter(page, PAGE) {
        let Some((block, start)) = cx.prose().block_at(at).filter(|(block, _)| block.kind != BlockKind::Heading) else {
            continue;
        };
        let text = block.text();
        let Some(name) = page_named(text, at - start, &cx.facts.links) else { continue };
        // A link elsewhere in the sentence may lead there: "see the Tax Leadership page (here)".
        let written = &text[name.clone()];
        if !cx.tree.is_linked(block.span(sentence_around(text, &name))) {
            sink.report(block.span(name), fold(written), format!("`{written}` has no link"))
                .help(format!("Link the page: `[{written}](...)`"));
        }
    }
}

/// The sentence of a name, or what of it is near.
fn sentence_around(text: &str, name: &Range<usize>) -> Range<usize> {
    let from = floor_char_boundary(text, name.start.saturating_sub(NEAR));
    let to = floor_char_boundary(text, (name.end + NEAR).min(text.len()));
    let start = text[from..name.start].rfind(". ").map_or(from, |at| from + at);
    let end = text[name.end..to].find(". ").map_or(to, |at| name.end + at);
    start..end
}

/// In bytes: a long paragraph is not read again for each name.
const NEAR: usize = 400;

const PAGE: &str = " page";

/// Where a text sends its reader to a page by a name of two words or more, before the "page" at a byte.
fn page_named(text: &str, at: usize, facts: &LinkFacts) -> Option<Range<usize>> {
    let end = at + PAGE.len();
    let is_word = |word: &str| word.starts_with(char::is_uppercase) || matches!(word, "&" | "and" | "of");
    let name: Vec<&str> = text[..at].rsplit(' ').take_while(|word| is_word(word)).take(LONGEST_NAME + 1).collect();
    let length: usize = name.iter().map(|word| word.len() + 1).sum();
    let start = (at + 1).checked_sub(length)?;
    let is_name = (2..=LONGEST_NAME).contains(&name.len()) && text[start..].starts_with(char::is_uppercase);
    let ends = !text[end..].starts_with(char::is_alphanumeric);
    (is_name && ends && facts.sends_to_page(text[..start].trim_end())).then_some(start..end)
}

/// In words.
const LONGEST_NAME: usize = 6;

/// "find their job title on our team page"
fn check_named(cx: &RuleContext<'_>, found: &FoundTerm, page: &NamedPage, sink: &mut Sink) {
    let (block, range) = found.place(cx.prose());
    let span = block.span(range.clone());
    let is_ours = found.before(cx.prose()).is_some_and(|word| word == page.after);
    // To own the page is a duty, and where it was linked before the reader has been sent there.
    let is_duty = cx.family.section_at(span.start).is_some_and(|section| section.kind == SectionKind::Responsibilities);
    let is_known = || cx.source.slice(block.span(0..block.text().len())).contains(&page.address);
    if block.kind == BlockKind::Heading || !is_ours || cx.tree.is_linked(span) || is_duty || is_known() {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_to_which_readers_are_sent_is_linked() {
        let wrong = [
            "For the other levels see the Tax Leadership page.",
            "The levels can be found on the Tax and Audit Leadership page",
            "We have [values](/values). The levels are listed on the Tax Leadership page, too.",
        ];
        let right = [
            "For the other levels see the [Tax Leadership page](/tax).",
            "For the other levels see the [Tax Leadership](/tax) page.",
            "See the Tax Leadership page ([here](/tax)).",
            "See the Tax page.",
            "See the tax leadership page.",
            "See the Tax Leadership pages of others.",
            "Publishes posts on the Tax Leadership page.",
            "# See the Tax Leadership page",
        ];
        RULE.assert_tells(|text| format!("# Tax\n\n{text}\n"), &wrong, &right);
    }
}
