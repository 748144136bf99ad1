use crate::declare_rule;
use crate::facts::LinkFacts;
use crate::rule::{RuleContext, Sink};

declare_rule! {
    /// A link that lost its path, its `#` or its first slash, and so leads to the wrong page.
    ///
    /// `/#hires-vs-plan` opens the front page of the site, where no such anchor is, with the host before it as well as
    /// without; `technical-architect` and `handbook/hiring/` are looked for below this page. Nobody sees it before
    /// clicking.
    ///
    /// Paths that begin with a dot, or that end in a file's ending, are relative on purpose, and so are those of a page
    /// that only leads to others.
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// - [Hires vs plan](/#hires-vs-plan)
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// - [Hires vs plan](/handbook/people-group/metrics/#hires-vs-plan)
    /// ```
    "bare-site-anchor", Links, Warning, yields_to: ["malformed-link"]; check
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    for (id, link) in cx.tree.links().filter(|(_, link)| !link.autolink) {
        let url = link.url.as_str();
        let span = cx.destination(id, link);
        if has_no_page(cx.facts.links.path_on_site(url).unwrap_or(url)) {
            sink.report(
                span,
                url,
                format!("`{url}` leads to the front page of the site: the path before `#` is missing"),
            )
            .help("Write the path of the page that has this anchor, such as `/handbook/.../#...`");
        } else if !cx.family.is_stub && is_path_without_slash(url, &cx.facts.links) {
            sink.report(span, url, format!("`{url}` is looked for below this page: something is missing before it"))
                .help(help(cx, url));
        }
    }
}

fn has_no_page(path: &str) -> bool {
    path.strip_prefix("/#").is_some_and(|anchor| !anchor.is_empty() && !anchor.starts_with(['/', '!']))
}

/// A path that begins with a name: no scheme, no host, no file beside this one.
fn is_path_without_slash(url: &str, facts: &LinkFacts) -> bool {
    let first = first_name(url);
    url.starts_with(|c: char| c.is_ascii_alphanumeric())
        && !first.contains([':', '.', '@', '%', '&'])
        && !facts.files.iter().any(|ending| path_of(url).ends_with(ending.as_str()))
        && !url.contains(char::is_whitespace)
}

fn path_of(url: &str) -> &str {
    url.split(['#', '?']).next().unwrap_or(url)
}

/// What stands before the first slash: of an address with a scheme, that.
fn first_name(url: &str) -> &str {
    url.split(['/', '#', '?']).next().unwrap_or(url)
}

fn help(cx: &RuleContext<'_>, url: &str) -> String {
    let first = first_name(url);
    if cx.family.anchors().contains(url) {
        format!("Write `#{url}`: a heading of this page has that anchor")
    } else if cx.facts.links.folders.iter().any(|folder| folder == first) {
        format!("Write `/{url}`")
    } else {
        "Write the whole path, from its `/` on, or a `#` before the anchor of this page".to_owned()
    }
}
