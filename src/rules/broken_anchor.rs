use crate::declare_rule;
use crate::rule::{RuleContext, Sink};
use crate::syntax::TemplateKind;
use crate::text::slips;

declare_rule! {
    /// A link to an anchor that no heading of this page makes.
    ///
    /// The page does not move when the link is clicked. Mostly the heading was renamed, belongs to another page, or the
    /// anchor is off by a letter. An anchor is good if any of the three generators in use would make it.
    ///
    /// On pages that include other files an anchor may come from there, so only those that differ by a letter or two
    /// from one of the page itself are reported.
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// ## Tax Analyst
    ///
    /// Extends the [Analyst](#tax-analysts).
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// ## Tax Analyst
    ///
    /// Extends the [Analyst](#tax-analyst).
    /// ```
    "broken-anchor", Links, Warning, yields_to: ["malformed-link", "table-link-mismatch", "unmatched-table-row"]; check
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    let includes_others = includes_others(cx);
    let mut known = Known::default();
    for (id, link) in cx.tree.links() {
        let Some(anchor) = anchor_of_page(cx, &link.url).filter(|anchor| is_broken(cx, anchor)) else { continue };
        let meant = known.nearest(cx, anchor);
        if includes_others && meant.is_none() {
            continue;
        }
        let (message, help) = match meant {
            Some(meant) if meant.eq_ignore_ascii_case(anchor) => (
                format!("`#{anchor}` differs in case from the anchor `#{meant}` of this page"),
                format!("Write `#{meant}`"),
            ),
            Some(meant) => (no_heading(anchor), format!("Write `#{meant}` if that is what is meant")),
            None => (no_heading(anchor), "Link to a heading of this page, or to the page that has this one".to_owned()),
        };
        sink.report(cx.destination(id, link), anchor, message).help(help);
    }
}

fn no_heading(anchor: &str) -> String {
    format!("No heading of this page has the anchor `#{anchor}`")
}

/// The anchor of a link to this page, whether the link names the page or not.
fn anchor_of_page<'u>(cx: &RuleContext<'_>, url: &'u str) -> Option<&'u str> {
    let (page, anchor) = url.split_once('#')?;
    let is_this_page =
        page.is_empty() || is_path_of(cx.source.file(), cx.facts.links.path_on_site(page).unwrap_or(page));
    // Footnotes make anchors of their own.
    (is_this_page && !anchor.is_empty() && !anchor.starts_with("fn") && !anchor.contains('{')).then_some(anchor)
}

/// Whether `/job-families/x/y/` is the address of the file `job-families/x/y/index.html.md`, or of `y.md`.
fn is_path_of(file: &str, page: &str) -> bool {
    let page = page.trim_matches('/');
    let stem = file.strip_suffix(".erb").unwrap_or(file);
    let stem = stem.strip_suffix(".md").unwrap_or(stem);
    let stem = ["/index.html", "/_index", "/index"].iter().find_map(|end| stem.strip_suffix(end)).unwrap_or(stem);
    page.contains('/') && (stem == page || stem.strip_suffix(page).is_some_and(|folder| folder.ends_with('/')))
}

fn is_broken(cx: &RuleContext<'_>, anchor: &str) -> bool {
    // Escapes stand for characters that slugs keep, which nobody links by hand.
    anchor != "top" && !anchor.contains('%') && !cx.family.anchors().contains(anchor)
}

/// A template other than a list of pages may expand to headings.
fn includes_others(cx: &RuleContext<'_>) -> bool {
    cx.tree.templates().iter().any(|template| {
        let written = cx.source.slice(template.span);
        match template.kind {
            TemplateKind::Attribute => false,
            TemplateKind::Erb => written.contains("partial"),
            TemplateKind::Shortcode => !written.contains("ref "),
        }
    })
}

/// Longer anchors are not compared.
const LONGEST: usize = 120;

/// The anchors of the page, made comparable when the first is asked for.
#[derive(Default)]
struct Known<'f> {
    plain: Option<Vec<(String, &'f str)>>,
    compared: usize,
}

/// Comparing takes time, and a page with so many broken anchors has other troubles than slips.
const MOST_COMPARED: usize = 100_000;

impl<'f> Known<'f> {
    /// The anchor of the page that was probably meant: one slip away, or two in a long one.
    fn nearest(&mut self, cx: &RuleContext<'f>, anchor: &str) -> Option<&'f str> {
        let wanted = plain(anchor);
        if wanted.is_empty() || wanted.len() > LONGEST || self.compared > MOST_COMPARED {
            return None;
        }
        let known = self.plain.get_or_insert_with(|| {
            let listed = cx.family.anchors().listed();
            listed.filter(|known| known.len() <= LONGEST).map(|known| (plain(known), known)).collect()
        });
        self.compared += known.len();
        let allowed = if wanted.len() < 12 { 1 } else { 2 };
        let near = known.iter().filter(|(plain, _)| plain.len().abs_diff(wanted.len()) <= allowed);
        let rated = near.filter_map(|(plain, known)| Some((slips(plain, &wanted, allowed)?, *known)));
        rated.min_by_key(|(slips, _)| *slips).map(|(_, known)| known)
    }
}

/// Without case, runs of hyphens, and the slashes that got into it.
fn plain(anchor: &str) -> String {
    let mut plain = anchor.trim_matches(['/', '#']).to_lowercase();
    while plain.contains("--") {
        plain = plain.replace("--", "-");
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_knows_its_own_address() {
        let files = [
            "sites/job-families/sales/tax/index.html.md",
            "content/job-families/sales/tax.md",
            "job-families/sales/tax/_index.md",
        ];
        for file in files {
            assert!(is_path_of(file, "/job-families/sales/tax/"), "{file}");
            assert!(!is_path_of(file, "/job-families/sales/syntax/"), "{file}");
            assert!(!is_path_of(file, "/handbook/tax/"), "{file}");
        }
        assert!(!is_path_of("tax.md", "/job-families/sales/tax/"));
    }
}
