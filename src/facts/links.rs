//! `rules/links.yaml`: the site and its addresses.

use serde::Deserialize;

/// `rules/links.yaml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinkFacts {
    /// Hosts of the site itself.
    pub hosts: Vec<String>,
    /// Folders of the site that are linked relatively by convention.
    pub relative: Vec<String>,
    /// First folders of the site.
    pub folders: Vec<String>,
    /// Ends of host names.
    pub host_ends: Vec<String>,
    /// Endings of files.
    pub files: Vec<String>,
    /// Beginnings of addresses that were meant as `https://`.
    pub misspelt_schemes: Vec<String>,
    /// Words before the name of a page to which a reader is sent.
    sends_to: Vec<String>,
}

impl LinkFacts {
    /// The path of an address on the site's own hosts, from its `/` on.
    pub fn path_on_site<'u>(&self, url: &'u str) -> Option<&'u str> {
        let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
        let path = self.hosts.iter().find_map(|host| rest.strip_prefix(host.as_str()))?;
        path.starts_with('/').then_some(path)
    }

    /// Whether a text ends by sending its reader to the page that is named next.
    pub fn sends_to_page(&self, text: &str) -> bool {
        self.sends_to.iter().any(|words| {
            let start = text.len().checked_sub(words.len());
            start.and_then(|start| text.get(start..)).is_some_and(|end| end.eq_ignore_ascii_case(words))
        })
    }

    /// Whether a path lies in a folder that is linked relatively.
    pub fn is_linked_relatively(&self, path: &str) -> bool {
        self.relative.iter().any(|folder| {
            path.strip_prefix(folder.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '#', '?']))
        })
    }
}
