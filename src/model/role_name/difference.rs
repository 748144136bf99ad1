//! How the words of two names differ.

use crate::text::slips;

/// What two names do not share.
pub(super) struct Difference<'w> {
    /// Words that only the first has.
    pub(super) extra: Vec<&'w str>,
    /// Words that only the second has.
    pub(super) missing: Vec<&'w str>,
}

impl Difference<'_> {
    /// How many words each of the two has at least beside what they share.
    pub(super) fn in_both(&self) -> usize {
        self.extra.len().min(self.missing.len())
    }
}

/// The words of `all` that `other` lacks, near misspellings counted as the same word.
pub(super) fn without<'a>(all: &[&'a str], other: &[&str]) -> Vec<&'a str> {
    let mut left = other.to_vec();
    let mut lacking = Vec::new();
    for word in all {
        match left.iter().position(|candidate| is_near(word, candidate)) {
            Some(index) => _ = left.swap_remove(index),
            None => lacking.push(*word),
        }
    }
    lacking
}

/// One slip in a word of six letters, two in one of nine: its misspelling is another rule's matter.
fn is_near(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    let length = a.len().min(b.len());
    let allowed = if length >= 9 { 2 } else { usize::from(length >= 6) };
    allowed > 0 && a.len().abs_diff(b.len()) <= allowed && slips(a, b, allowed).is_some()
}

/// In bytes: what two words share at least that are formed from one.
const ROOT: usize = 5;

/// "Recruiting" and "Recruiter", "Data Engineering" and "Data Engineer".
pub(super) fn have_one_root(a: &str, b: &str) -> bool {
    a.as_bytes().get(..ROOT).is_some_and(|root| b.as_bytes().starts_with(root))
}
