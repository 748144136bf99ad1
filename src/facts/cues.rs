//! Wordings that are sought in every bullet and sentence of every page.

use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use serde::Deserialize;

use crate::text::Initials;

/// A wording, at the start of a bullet or sentence, or anywhere in it.
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "CueRow")]
pub struct Cue {
    /// In lower case.
    wording: String,
    opens: bool,
    pub needs: CueNeeds,
    pub example: String,
}

/// Of what a wording must speak to count: "In addition to the audit" takes nothing over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CueNeeds {
    /// A role of the page, a link, "the requirements", "above".
    #[default]
    Object,
    /// These, or a role that the page does not have.
    Role,
    Nothing,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CueRow {
    #[serde(default)]
    starts: Option<String>,
    #[serde(default)]
    contains: Option<String>,
    #[serde(default)]
    needs: CueNeeds,
    example: String,
}

impl TryFrom<CueRow> for Cue {
    type Error = String;

    fn try_from(row: CueRow) -> Result<Self, String> {
        let (wording, opens) = match (row.starts, row.contains) {
            (Some(wording), None) => (wording, true),
            (None, Some(wording)) => (wording, false),
            _ => return Err(format!("a wording has either `starts` or `contains`: {}", row.example)),
        };
        Ok(Self { wording, opens, needs: row.needs, example: row.example })
    }
}

impl Cue {
    /// Whether it must begin a bullet or sentence.
    pub fn opens(&self) -> bool {
        self.opens
    }
}

/// Wordings that are looked for together.
#[derive(Debug, Clone, Deserialize)]
#[serde(from = "Vec<Cue>")]
pub struct Cues {
    starting: Vec<Cue>,
    /// Of `starting`.
    initials: Initials,
    /// Those that may stand anywhere. None is part of another.
    inside: Vec<Cue>,
    /// Finds one of `inside`; nothing where they are too many to compile, which a test excludes for ours.
    matcher: Option<AhoCorasick>,
}

impl From<Vec<Cue>> for Cues {
    fn from(rows: Vec<Cue>) -> Self {
        let (starting, inside): (Vec<Cue>, Vec<Cue>) = rows.into_iter().partition(Cue::opens);
        // Leftmost and in one case, so that whole vectors of text are skipped: 1 instruction a byte instead of 12.
        let matcher = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostFirst)
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .build(inside.iter().map(|cue| &cue.wording))
            .ok();
        let initials = Initials::of(starting.iter().map(|cue| cue.wording.as_str()));
        Self { starting, initials, inside, matcher }
    }
}

impl Cues {
    /// Whether a text has one of the wordings.
    pub fn are_in(&self, text: &str) -> bool {
        let lower = text.to_ascii_lowercase();
        let stand_inside = || self.matcher.as_ref().is_some_and(|matcher| matcher.is_match(&lower));
        self.at_start(&lower).is_some() || stand_inside()
    }

    /// Whether a text begins with one.
    pub fn open(&self, text: &str) -> bool {
        self.at_start(&text.to_ascii_lowercase()).is_some()
    }

    /// The wordings of a page, given with its ASCII letters in lower case.
    pub fn on_page<'c, 't>(&'c self, lower: &'t str) -> CuesOnPage<'c, 't> {
        let found = self.matcher.iter().flat_map(|matcher| matcher.find_iter(lower));
        let inside = found.filter_map(|found| Some((self.inside.get(found.pattern().as_usize())?, found.range())));
        CuesOnPage { cues: self, lower, inside: inside.collect() }
    }

    /// The shortest wording with which a text begins, and where it ends.
    fn at_start(&self, lower: &str) -> Option<(&Cue, usize)> {
        let bare = lower.trim_start();
        // Most texts begin with another letter, and most wordings with another than the text.
        let initial = *bare.as_bytes().first()?;
        if !self.initials.may_be(initial) {
            return None;
        }
        let begins = |cue: &&Cue| cue.wording.as_bytes().first() == Some(&initial) && bare.starts_with(&cue.wording);
        let shortest = self.starting.iter().filter(begins).min_by_key(|cue| cue.wording.len())?;
        Some((shortest, lower.len() - bare.len() + shortest.wording.len()))
    }
}

/// The wordings of a page.
#[derive(Debug)]
pub struct CuesOnPage<'c, 't> {
    cues: &'c Cues,
    lower: &'t str,
    /// In the order of the page.
    inside: Vec<(&'c Cue, Range<usize>)>,
}

impl<'c> CuesOnPage<'c, '_> {
    /// Whether a part of the page has one of the wordings.
    pub fn are_in(&self, part: Range<usize>) -> bool {
        self.all(part).next().is_some()
    }

    /// The wordings in a part of the page, and where they stand, counted from the part's start: the one that it begins
    /// with, then the others.
    pub fn all(&self, part: Range<usize>) -> impl Iterator<Item = (&'c Cue, Range<usize>)> {
        let opening = self.lower.get(part.clone()).and_then(|text| self.cues.at_start(text));
        let opening = opening.map(|(cue, end)| (cue, 0..end));
        let first = self.inside.partition_point(|(_, found)| found.start < part.start);
        let inside = self.inside[first..].iter().take_while(move |(_, found)| found.end <= part.end);
        let inside = inside.map(move |(cue, found)| (*cue, found.start - part.start..found.end - part.start));
        opening.into_iter().chain(inside)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Facts;

    #[test]
    fn every_cue_fires_on_its_example() {
        let facts = Facts::embedded();
        let of_lists = [&facts.lists.closings, &facts.lists.introductions];
        for cues in [&facts.inheritance.cues, &facts.inheritance.deferrals].into_iter().chain(of_lists) {
            for cue in cues.starting.iter().chain(&cues.inside) {
                assert!(Cues::from(vec![cue.clone()]).are_in(&cue.example), "{}", cue.example);
                assert!(cues.are_in(&cue.example), "{}", cue.example);
            }
            assert!(cues.matcher.is_some());
            let wordings = || cues.inside.iter().map(|cue| cue.wording.as_str());
            let is_part = |wording: &str| wordings().any(|other| other != wording && other.contains(wording));
            assert_eq!(wordings().find(|wording| is_part(wording)), None, "only the longer one would be found");
        }
    }

    #[test]
    fn a_row_has_one_wording() {
        let read = |row: &str| serde_json::from_str::<Cue>(row).map_err(|error| error.to_string());
        assert!(read(r#"{"starts": "as above", "example": "As above"}"#).is_ok_and(|cue| cue.opens()));
        assert!(read(r#"{"contains": "as above", "example": "As above"}"#).is_ok_and(|cue| !cue.opens()));
        for row in [r#"{"example": "As above"}"#, r#"{"starts": "a", "contains": "b", "example": "As above"}"#] {
            assert_eq!(read(row).err(), Some("a wording has either `starts` or `contains`: As above".to_owned()));
        }
    }
}
