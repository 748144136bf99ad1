//! The anchors that a page's headings make. Three generators are in use, and a link is good if any of them makes it.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::source::Source;
use crate::syntax::{TemplateKind, Tree};

/// How a site makes an anchor of a heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SlugRule {
    /// goldmark's `github` ids: keeps leading digits, does not collapse hyphens.
    Hugo,
    /// Strips what stands before the first letter, does not collapse hyphens.
    Kramdown,
    /// Collapses runs of hyphens ("A & B" becomes `a-b`).
    GitLab,
}

/// The anchor of a heading's visible text.
pub fn slug(text: &str, rule: SlugRule) -> String {
    let text = text.trim().trim_end_matches([':', '.', '…']).trim_end();
    let text = match rule {
        SlugRule::Kramdown => text.trim_start_matches(|c: char| !c.is_alphabetic()),
        SlugRule::Hugo | SlugRule::GitLab => text,
    };
    let mut slug = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_alphabetic() {
            slug.push(c.to_ascii_lowercase());
        } else if c.is_whitespace() || c == '-' {
            if rule != SlugRule::GitLab || !slug.ends_with('-') {
                slug.push('-');
            }
        } else if c.is_alphanumeric() || c == '_' {
            slug.extend(c.to_lowercase());
        }
    }
    slug
}

/// The anchors that a page defines.
#[derive(Debug, Clone, Default)]
pub struct Anchors {
    all: FxHashMap<Arc<str>, Anchor>,
    /// In the order of the page, as Hugo makes them: for people to read.
    listed: Vec<Arc<str>>,
    /// How many headings were added.
    headings: usize,
}

/// What is known of an anchor.
#[derive(Debug, Clone, Copy)]
struct Anchor {
    /// The heading that makes it; nothing for one that is written out.
    heading: Option<usize>,
    /// How many headings each rule makes it of; those after the first get a number.
    times: [usize; 3],
}

impl Anchor {
    fn new(heading: Option<usize>) -> Self {
        Self { heading, times: [0; 3] }
    }
}

impl Anchors {
    /// Of a page with these headings, and anchors written out.
    pub fn new<'t>(headings: impl Iterator<Item = &'t str>, written: &[String]) -> Self {
        let mut anchors = Self::default();
        headings.for_each(|text| anchors.add_heading(text));
        written.iter().for_each(|anchor| anchors.add_written(anchor));
        anchors
    }

    /// Adds the anchors of the next heading; a repeated one gets `-1`, `-2`.
    fn add_heading(&mut self, text: &str) {
        let hugo = slug(text, SlugRule::Hugo);
        // The three mostly agree: then one is made and counted.
        let kramdown = hugo.starts_with(|c: char| !c.is_alphabetic()).then(|| slug(text, SlugRule::Kramdown));
        let has_run = hugo.as_bytes().windows(2).any(|pair| pair == b"--");
        let gitlab = has_run.then(|| slug(text, SlugRule::GitLab));
        let listed = self.add(hugo, SlugRule::Hugo);
        self.listed.push(listed);
        for (slug, rule) in [(kramdown, SlugRule::Kramdown), (gitlab, SlugRule::GitLab)] {
            if let Some(slug) = slug {
                self.add(slug, rule);
            }
        }
        self.headings += 1;
    }

    /// Adds the anchor that a rule makes of the next heading.
    fn add(&mut self, slug: String, rule: SlugRule) -> Arc<str> {
        let base: Arc<str> = slug.into();
        let anchor = self.all.entry(Arc::clone(&base)).or_insert(Anchor::new(Some(self.headings)));
        let before = anchor.times[rule as usize];
        anchor.times[rule as usize] += 1;
        if before == 0 {
            return base;
        }
        let numbered: Arc<str> = format!("{base}-{before}").into();
        self.all.entry(Arc::clone(&numbered)).or_insert(Anchor::new(Some(self.headings)));
        numbered
    }

    /// Adds an anchor that is written out: `<a id="x">`, `{#x}`.
    fn add_written(&mut self, anchor: &str) {
        if !self.all.contains_key(anchor) {
            let anchor: Arc<str> = anchor.into();
            self.all.insert(Arc::clone(&anchor), Anchor::new(None));
            self.listed.push(anchor);
        }
    }

    /// Whether a link to `#anchor` finds something.
    pub fn contains(&self, anchor: &str) -> bool {
        self.all.contains_key(anchor)
    }

    /// The heading that makes an anchor, counted from 0 in the order in which they were added.
    pub fn heading_of(&self, anchor: &str) -> Option<usize> {
        self.all.get(anchor)?.heading
    }

    /// As Hugo makes them, in the order of the page.
    pub fn listed(&self) -> impl Iterator<Item = &str> {
        self.listed.iter().map(AsRef::as_ref)
    }

    /// Every anchor under any rule, in no order.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.all.keys().map(AsRef::as_ref)
    }
}

/// The anchors that a page writes out itself: `<a id="x">`, `{#x}`.
pub(super) fn written_anchors(source: &Source, tree: &Tree) -> Vec<String> {
    let in_html = tree.html().iter().flat_map(|html| html_anchors(source.slice(*html)));
    let attributes = tree.templates().iter().filter(|template| template.kind == TemplateKind::Attribute);
    let in_attributes = attributes.flat_map(|template| {
        let inside = source.slice(template.span).trim_matches(|c| matches!(c, '{' | '}' | ':' | ' '));
        inside.split_whitespace().filter_map(|word| word.strip_prefix('#'))
    });
    in_html.chain(in_attributes).map(str::to_owned).collect()
}

/// The values of `id="x"` and `name="x"`.
fn html_anchors(html: &str) -> impl Iterator<Item = &str> {
    html.match_indices(['"', '\'']).filter_map(|(at, quote)| {
        let before = html[..at].trim_end().strip_suffix('=')?.trim_end().as_bytes();
        let ends_with = |name: &[u8]| {
            before.len().checked_sub(name.len()).is_some_and(|start| before[start..].eq_ignore_ascii_case(name))
        };
        (ends_with(b"id") || ends_with(b"name")).then_some(())?;
        html[at + 1..].split_once(quote).map(|(value, _)| value)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_generator_has_its_own_slugs() {
        let text = "2. Sales & Marketing_Ops: ";
        assert_eq!(slug(text, SlugRule::Hugo), "2-sales--marketing_ops");
        assert_eq!(slug(text, SlugRule::Kramdown), "sales--marketing_ops");
        assert_eq!(slug(text, SlugRule::GitLab), "2-sales-marketing_ops");
    }

    #[test]
    fn no_break_spaces_and_colons_leave_no_hyphen_at_the_end() {
        assert_eq!(slug("Job Grade\u{a0}", SlugRule::Hugo), "job-grade");
        assert_eq!(slug("Requirements:", SlugRule::Hugo), "requirements");
    }

    #[test]
    fn repeated_headings_are_numbered() {
        let mut anchors = Anchors::default();
        anchors.add_heading("Job Grade");
        anchors.add_heading("Job Grade");
        assert!(anchors.contains("job-grade") && anchors.contains("job-grade-1"));
        assert!(!anchors.contains("job-grade-2"));
    }
}
