//! The anchors that a page's headings make. Three generators are in use, and a link is good if any of them makes it.

use std::sync::Arc;

use rustc_hash::FxHashMap;

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
        if c.is_ascii_lowercase() {
            slug.push(c);
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
    /// Each with the heading that makes it; nothing for one that is written out.
    all: FxHashMap<Arc<str>, Option<usize>>,
    /// In the order of the page, as Hugo makes them: for people to read.
    listed: Vec<Arc<str>>,
    seen: [FxHashMap<Arc<str>, usize>; 3],
    headings: usize,
    explicit: usize,
}

impl Anchors {
    /// Adds the anchors of the next heading; a repeated one gets `-1`, `-2`.
    pub fn add_heading(&mut self, text: &str) {
        let heading = self.headings;
        self.headings += 1;
        let hugo = slug(text, SlugRule::Hugo);
        let kramdown = hugo.starts_with(|c: char| !c.is_alphabetic()).then(|| slug(text, SlugRule::Kramdown));
        let gitlab = hugo.contains("--").then(|| slug(text, SlugRule::GitLab));
        // The three mostly agree: then one is made and counted.
        for (seen, base) in self.seen.iter_mut().zip([Some(hugo), kramdown, gitlab]) {
            let Some(base) = base else { continue };
            let anchor: Arc<str> = match seen.get_mut(base.as_str()) {
                Some(count) => {
                    *count += 1;
                    format!("{base}-{}", *count - 1).into()
                }
                None => {
                    let base: Arc<str> = base.into();
                    seen.insert(Arc::clone(&base), 1);
                    base
                }
            };
            self.all.entry(Arc::clone(&anchor)).or_insert(Some(heading));
            if self.listed.len() < self.headings + self.explicit {
                self.listed.push(anchor);
            }
        }
    }

    /// Adds an anchor that is written out: `<a id="x">`, `{#x}`.
    pub fn add_explicit(&mut self, anchor: &str) {
        if !self.all.contains_key(anchor) {
            let anchor: Arc<str> = anchor.into();
            self.all.insert(Arc::clone(&anchor), None);
            self.explicit += 1;
            self.listed.push(anchor);
        }
    }

    /// Whether a link to `#anchor` finds something.
    pub fn contains(&self, anchor: &str) -> bool {
        self.all.contains_key(anchor)
    }

    /// The heading that makes an anchor, counted from 0 in the order in which they were added.
    pub fn heading_of(&self, anchor: &str) -> Option<usize> {
        self.all.get(anchor).copied().flatten()
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
