//! Which files a configuration speaks of.

use std::str::FromStr;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use serde::Deserialize;
use serde::de::{Deserializer, Error as _};

use crate::config::file::Parsed;

/// Patterns of paths, in gitignore's manner: `*` stays within a folder, `**` does not, a pattern without `/` holds at
/// any depth, and one that names a folder holds for everything below it.
#[derive(Debug, Clone)]
pub struct Globs {
    patterns: Vec<String>,
    /// Two for each pattern: itself, and what lies below.
    set: GlobSet,
}

impl Globs {
    /// The first pattern that holds for any of these ways to write one path.
    pub fn matching(&self, paths: &[String]) -> Option<&str> {
        let first = paths.iter().filter_map(|path| self.set.matches(path).into_iter().min()).min()?;
        self.patterns.get(first / 2).map(String::as_str)
    }

    pub fn patterns(&self) -> &[String] {
        &self.patterns
    }

    /// Patterns that are known to be valid.
    #[allow(clippy::expect_used, reason = "the patterns are compiled in and a test reads them")]
    pub fn embedded(patterns: &[&str]) -> Self {
        let globs: Vec<Glob> = patterns.iter().map(|pattern| pattern.parse().expect("a valid pattern")).collect();
        Self::new(globs).expect("valid patterns")
    }

    fn new(globs: Vec<Glob>) -> Result<Self, globset::Error> {
        let mut set = GlobSetBuilder::new();
        let mut patterns = Vec::new();
        for glob in globs {
            set.add(glob.itself).add(glob.below);
            patterns.push(glob.pattern);
        }
        Ok(Self { patterns, set: set.build()? })
    }
}

impl Default for Globs {
    fn default() -> Self {
        Self { patterns: Vec::new(), set: GlobSet::empty() }
    }
}

impl<'de> Deserialize<'de> for Globs {
    fn deserialize<D: Deserializer<'de>>(value: D) -> Result<Self, D::Error> {
        Self::new(Vec::deserialize(value)?).map_err(D::Error::custom)
    }
}

/// One pattern of [`Globs`].
#[derive(Debug)]
struct Glob {
    pattern: String,
    itself: globset::Glob,
    below: globset::Glob,
}

impl FromStr for Glob {
    type Err = String;

    fn from_str(pattern: &str) -> Result<Self, String> {
        if pattern.starts_with('!') {
            return Err(format!("the glob `{pattern}` begins with `!`, which has no meaning here; leave it out"));
        }
        let from_root = pattern.trim_start_matches("./").trim_matches('/');
        if from_root.is_empty() {
            return Err(format!("the glob `{pattern}` names no file; write one such as `**/drafts/**`"));
        }
        let begins_anywhere = !pattern.trim_end_matches('/').contains('/');
        let from_root = if begins_anywhere { format!("**/{from_root}") } else { from_root.to_owned() };
        let build = |text: &str| GlobBuilder::new(text).literal_separator(true).build();
        let both = build(&from_root).and_then(|itself| Ok((itself, build(&format!("{from_root}/**"))?)));
        let (itself, below) = both.map_err(|error| format!("the glob `{pattern}` is not valid: {}", error.kind()))?;
        Ok(Self { pattern: pattern.to_owned(), itself, below })
    }
}

impl<'de> Deserialize<'de> for Glob {
    fn deserialize<D: Deserializer<'de>>(value: D) -> Result<Self, D::Error> {
        value.deserialize_str(Parsed::new("a glob such as `**/drafts/**`"))
    }
}
