//! Links that Markdown reads, with an address that cannot be meant.

use crate::facts::LinkFacts;
use crate::links::LONGEST;

/// An address that cannot be meant.
#[derive(Debug)]
pub struct WrongAddress {
    /// What is wrong with it, said after its name: "has a bracket too many".
    pub problem: &'static str,
    /// How it should be, where that is clear.
    pub right: Option<String>,
}

impl WrongAddress {
    fn new(problem: &'static str, right: Option<String>) -> Self {
        Self { problem, right }
    }
}

/// What is wrong with an address, if anything.
pub fn wrong_address(url: &str, facts: &LinkFacts) -> Option<WrongAddress> {
    if url.starts_with(['{', '<']) || url.len() > LONGEST {
        return None;
    }
    if url.starts_with('(') {
        return Some(WrongAddress::new("has a bracket too many", Some(url.trim_matches(['(', ')', ' ']).to_owned())));
    }
    // Half of the work on an address would go into looking for this one.
    if url.contains(']') && url.contains("](") {
        return Some(WrongAddress::new("holds the brackets of another link", None));
    }
    if let Some(rest) = url.strip_suffix(['[', ']']).filter(|rest| !rest.ends_with('[')) {
        return Some(WrongAddress::new("ends in a stray bracket", Some(rest.to_owned())));
    }
    wrong_scheme(url, facts).or_else(|| wrong_anchor(url, facts))
}

fn wrong_scheme(url: &str, facts: &LinkFacts) -> Option<WrongAddress> {
    let is_right = ["http://", "https://", "mailto:", "/", "#", "."].iter().any(|start| url.starts_with(start));
    if is_right {
        let is_doubled = ["http://http", "https://http"].iter().any(|start| url.starts_with(start));
        if !is_doubled {
            return None;
        }
        let inner = url[url.rfind("http")?..].to_owned();
        return Some(WrongAddress::new("begins with `https://` twice", Some(inner)));
    }
    if let Some(rest) = facts.misspelt_schemes.iter().find_map(|start| url.strip_prefix(start.as_str())) {
        let right = format!("https://{}", rest.trim_start_matches(['/', ':']));
        return Some(WrongAddress::new("does not begin with `https://`", Some(right)));
    }
    let host = url.split(['/', '#', '?']).next().unwrap_or(url);
    let is_host = host.starts_with("www.") || facts.host_ends.iter().any(|end| host.ends_with(end.as_str()));
    let is_plain = host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'));
    let right = || Some(format!("https://{url}"));
    (is_host && is_plain && host.contains('.')).then(|| WrongAddress::new("lacks `https://` before the host", right()))
}

/// Pages of other sites may have more than one `#`, and slashes after it; anchors of headings have neither.
fn wrong_anchor(url: &str, facts: &LinkFacts) -> Option<WrongAddress> {
    let own = facts.path_on_site(url).or_else(|| url.starts_with(['/', '#']).then_some(url))?;
    let (_, anchor) = own.split_once('#')?;
    let page = &url[..url.len() - anchor.len()];
    let last = anchor.rsplit('#').next().unwrap_or(anchor).trim_matches('/');
    let right = || (!last.is_empty()).then(|| format!("{page}{last}"));
    if anchor.contains('#') {
        return Some(WrongAddress::new("has more than one `#`", right()));
    }
    let has_slash = anchor.len() > 1 && anchor.ends_with('/') && !anchor.starts_with(['/', '!']);
    has_slash.then(|| WrongAddress::new("has a `/` after its anchor", right()))
}
