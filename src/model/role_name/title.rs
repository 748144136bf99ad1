//! The level and the track that a role's name tells.

use std::sync::Arc;

use crate::facts::{LevelFact, LevelFacts, Track};

/// What a name tells of the place of its role: the level, and the track.
pub(super) struct LevelAndTrack {
    pub(super) level: Option<Arc<LevelFact>>,
    /// How many words at the start are the level, where the level stands at the start.
    pub(super) leading: usize,
    pub(super) track: Option<Track>,
}

impl LevelAndTrack {
    /// `plain` is the folded name, and `words` those of its words that tell one role from another.
    pub(super) fn read(words: &str, plain: &str, levels: &LevelFacts) -> Self {
        let (level, leading) = find_level(words, levels);
        let listed: Vec<&str> = words.split_ascii_whitespace().collect();
        let track = Title { words: &listed, plain, level: level.as_deref(), leading }.track(levels);
        Self { level: level_for_track(level, track, levels), leading, track }
    }
}

/// The longest level at the start of the name, else one inside it; and how many leading words it takes.
fn find_level(words: &str, levels: &LevelFacts) -> (Option<Arc<LevelFact>>, usize) {
    if let Some(level) = levels.starting(words) {
        return (Some(Arc::clone(level)), level.word.split_ascii_whitespace().count());
    }
    // A manager at the end of a name is its noun ("Field Marketing Manager"), not its level.
    let later = words.match_indices(' ').map(|(at, _)| &words[at + 1..]);
    let inside = later.filter_map(|rest| levels.starting(rest)).find(|level| level.word != "manager");
    (inside.cloned(), 0)
}

/// A name, of which the track is asked.
struct Title<'n> {
    words: &'n [&'n str],
    /// The folded name, in which commas and connectives still stand.
    plain: &'n str,
    level: Option<&'n LevelFact>,
    /// How many words at the start are the level.
    leading: usize,
}

impl Title<'_> {
    fn track(&self, levels: &LevelFacts) -> Option<Track> {
        // A chief of staff may lead people or not.
        if self.words.is_empty() || self.words.contains(&"chief") && self.plain.contains("chief of staff") {
            return None;
        }
        let leads_people = self.has_level_of_management(levels) || self.is_manager_of_people(levels);
        Some(if leads_people { Track::Management } else { Track::Ic })
    }

    /// "Senior Manager" alone or before a comma or "of" leads people; "Senior Manager Experience Analyst" does not.
    fn has_level_of_management(&self, levels: &LevelFacts) -> bool {
        let Some(level) = self.level.filter(|level| level.track == Track::Management) else { return false };
        let is_before_comma =
            || self.plain.split_once(',').is_some_and(|(before, _)| before.trim_end().ends_with("manager"));
        let is_joined = || self.plain.contains("manager of ") || self.plain.contains("manager - ");
        let ends_as_role = || self.words.last().is_some_and(|last| levels.is_role_noun(last));
        !level.word.ends_with("manager")
            || self.leading == self.words.len()
            || is_before_comma()
            || is_joined()
            || !ends_as_role()
    }

    /// "Engineering Manager", "Security Automation Senior Manager"; a Field Marketing Manager leads nobody.
    fn is_manager_of_people(&self, levels: &LevelFacts) -> bool {
        let is_people_noun = |word: &str| levels.people_before_manager.iter().any(|noun| noun == word);
        let is_after_noun = self.words.windows(2).any(|pair| pair[1] == "manager" && is_people_noun(pair[0]));
        is_after_noun || self.words.ends_with(&["manager"]) && self.plain.trim_end().ends_with("senior manager")
    }
}

/// A level of the other track is none: "Associate Manager" of one's own work is an associate, and a "Senior Engineering
/// Manager" is a senior manager.
fn level_for_track(level: Option<Arc<LevelFact>>, track: Option<Track>, levels: &LevelFacts) -> Option<Arc<LevelFact>> {
    let managing = |word: &str| levels.of(Track::Management, word);
    let Some(level) = level else {
        return (track == Some(Track::Management)).then(|| managing("manager").cloned()).flatten();
    };
    match track {
        Some(Track::Management) if level.track == Track::Ic => {
            managing(&format!("{} manager", level.word)).or_else(|| managing("manager")).cloned()
        }
        Some(Track::Ic) if level.track == Track::Management => {
            levels.of(Track::Ic, level.word.split(' ').next()?).cloned()
        }
        _ => Some(level),
    }
}
