//! Names of roles, read and compared. The one place that knows that "Sr Director of CSM" and "Senior Director, Customer
//! Success Management" are one role, and that "Manager, X" leads people where "X Manager" does not.

use std::borrow::Cow;
use std::sync::Arc;

use crate::facts::{LevelFact, LevelFacts, Track};
use crate::text::{fold, slips, stem, words};

/// The name of a role, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleName {
    /// Folded words without connectives, long forms for "Sr" and "VP", plural endings cut.
    tokens: Vec<String>,
    /// How many tokens at the start are the level, where the level stands at the start.
    leading: usize,
    /// The level's row in `rules/levels.yaml`; nothing for a name without a level word.
    level: Option<Arc<LevelFact>>,
    /// A level in parentheses: "Analyst (Intermediate)". It may be left out without renaming the role.
    remark: Option<String>,
    /// An abbreviation in parentheses: "Customer Success Manager (CSM)".
    acronym: Option<String>,
    /// How many tokens stand before the abbreviation.
    before_acronym: usize,
    /// The tokens that stand in parentheses: "Director, Infrastructure (Platform)". They may be left out too.
    bracketed: Vec<String>,
    track: Option<Track>,
}

/// What one name says of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// The same role: case, punctuation, abbreviations and the order of words aside.
    Same,
    /// The same with words left out.
    Shorter,
    /// The same with words added.
    Longer,
    /// The same kind of work at another level, or on another track.
    OtherLevel,
    /// Another role.
    Other,
}

/// Words that join the others and tell no roles apart.
const CONNECTIVES: [&str; 9] = ["of", "the", "and", "&", "for", "in", "to", "a", "an"];

impl RoleName {
    /// Reads a name as written in a heading or a sentence.
    pub fn parse(written: &str, levels: &LevelFacts) -> Self {
        let folded = fold(&without_marks(written));
        let mut remark = None;
        let mut acronym = None;
        let mut before_acronym = 0;
        let mut bracketed = Vec::new();
        let mut plain = String::with_capacity(folded.len());
        for (text, is_inside) in split_brackets(&folded) {
            if !is_inside {
                plain.push_str(text);
                continue;
            }
            match bracket_of(text, levels) {
                Bracket::Level(word) => remark = Some(word),
                Bracket::Acronym if is_capitals(written, text) => {
                    acronym = Some(text.to_owned());
                    before_acronym = tokens_of(&plain).len();
                }
                Bracket::Remark => {}
                Bracket::Acronym | Bracket::Words => {
                    bracketed.extend(tokens_of(text));
                    plain.push(' ');
                    plain.push_str(text);
                    plain.push(' ');
                }
            }
        }
        let before_comma = plain.split_once(',').map(|(before, _)| before.trim());
        let tokens = tokens_of(&plain);
        let (level, leading) = find_level(&tokens, levels);
        let track = track_of(&tokens, level.as_deref(), leading, before_comma, &plain, levels);
        let level = level_for_track(level, track, levels);
        Self { tokens, leading, level, remark, acronym, before_acronym, bracketed, track }
    }

    /// The level word, such as `senior manager`; nothing for an unmarked role.
    pub fn level(&self) -> Option<&str> {
        let word = self.level.as_ref().map(|level| level.word.as_str()).or(self.remark.as_deref())?;
        (word != "intermediate").then_some(word)
    }

    /// Whether roles of this level have a grade that anybody may know.
    pub fn is_graded(&self) -> bool {
        let is_executive = self.level.as_ref().is_some_and(|level| level.ungraded);
        !(is_executive && self.track == Some(Track::Management))
    }

    /// Orders the levels of one track; an unmarked role of a person's own work stands between junior and senior.
    pub fn rank(&self, levels: &LevelFacts) -> Option<u16> {
        match (&self.level, &self.remark) {
            (Some(level), _) => Some(level.rank),
            (None, Some(remark)) => levels.levels.iter().find(|level| level.word == *remark).map(|level| level.rank),
            (None, None) => levels.levels.iter().find(|level| level.word == "intermediate").map(|level| level.rank),
        }
    }

    /// Whether the role leads people; nothing where the name does not tell.
    pub fn track(&self) -> Option<Track> {
        self.track
    }

    /// The name without its level, words in alphabetical order: equal for the levels of one kind of work.
    pub fn base(&self) -> String {
        let mut base = self.base_tokens();
        base.sort_unstable();
        base.join(" ")
    }

    /// Its level and the rest, in words that are equal for one role, whatever the order they are written in.
    pub fn key(&self) -> String {
        format!("{} {}", self.level().unwrap_or(""), self.base())
    }

    /// Whether it is only a level: "Senior", "Staff", "Intermediate".
    pub fn is_bare_level(&self) -> bool {
        self.base_tokens().is_empty() && (self.level.is_some() || !self.tokens.is_empty())
    }

    /// Whether it has no words at all.
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty() && self.remark.is_none()
    }

    /// Whether it has a level word or a noun that roles are called by.
    pub fn looks_like_role(&self, levels: &LevelFacts) -> bool {
        self.level.is_some() || self.has_role_noun(levels)
    }

    /// Whether it has a noun that roles are called by.
    pub fn has_role_noun(&self, levels: &LevelFacts) -> bool {
        self.tokens.iter().any(|token| levels.is_role_noun(token))
    }

    /// What this name says of `other`: `Shorter` when this one leaves words out.
    pub fn compare(&self, other: &Self) -> Relation {
        if self.remarks_differ(other) {
            return Relation::OtherLevel;
        }
        if self.tokens == other.tokens {
            return Relation::Same;
        }
        let (mine, theirs) = (self.expanded(other), other.expanded(self));
        let (mut extra, mut missing) = (without(&mine, &theirs), without(&theirs, &mine));
        // "Senior Analyst" and "Analyst (Senior)" say the same.
        let said = |token: &str, name: &Self| token == "intermediate" || name.remark.as_deref() == Some(token);
        extra.retain(|token| !said(token, other));
        missing.retain(|token| !said(token, self));
        let only_brackets = |tokens: &[&str], name: &Self| {
            tokens.iter().all(|token| name.bracketed.iter().any(|bracketed| bracketed == token))
        };
        if missing.is_empty() && only_brackets(&extra, self) || extra.is_empty() && only_brackets(&missing, other) {
            return Relation::Same;
        }
        if self.level_changed(other, &extra, &missing) {
            let shared = mine.len() - extra.len();
            return if shared > 0 && extra.len().min(missing.len()) <= 1 {
                Relation::OtherLevel
            } else {
                Relation::Other
            };
        }
        match (extra.is_empty(), missing.is_empty()) {
            (true, false) if !mine.is_empty() => Relation::Shorter,
            (false, true) if !theirs.is_empty() => Relation::Longer,
            _ => Relation::Other,
        }
    }

    /// Whether the two name one role for certain.
    pub fn is_same(&self, other: &Self) -> bool {
        self.compare(other) == Relation::Same
    }

    /// Whether the two are the same word for word, so that "Manager, X" and "X Manager" stay apart.
    pub fn is_identical(&self, other: &Self) -> bool {
        self.tokens == other.tokens && !self.remarks_differ(other)
    }

    fn base_tokens(&self) -> Vec<&str> {
        let level: Vec<&str> = self.level.as_ref().map_or(Vec::new(), |level| level.word.split(' ').collect());
        // "X Manager" keeps its noun: it is the kind of work, not the level.
        self.tokens
            .iter()
            .enumerate()
            .filter(|(index, token)| {
                let is_title = *index < self.leading || !is_noun_level(token) || self.track == Some(Track::Management);
                !(level.contains(&token.as_str()) && is_title)
            })
            .map(|(_, token)| token.as_str())
            .filter(|token| *token != "intermediate")
            .collect()
    }

    fn remarks_differ(&self, other: &Self) -> bool {
        let of = |name: &Self| name.remark.clone().filter(|remark| remark != "intermediate");
        match (&self.remark, &other.remark) {
            (Some(a), Some(b)) => a != b,
            // "Senior Analyst" under "Analyst (Associate)" is another level; "Analyst" under it is not.
            // "Associate Analyst (Junior)" says it twice and is no other level than "Associate Analyst".
            _ if self.level == other.level && self.level.is_some() => false,
            (Some(_), None) => {
                of(self).is_some_and(|mine| other.level.as_ref().is_some_and(|level| level.word != mine))
            }
            (None, Some(_)) => {
                of(other).is_some_and(|theirs| self.level.as_ref().is_some_and(|level| level.word != theirs))
            }
            (None, None) => false,
        }
    }

    /// Whether a word that tells the level or the track is on one side only.
    fn level_changed(&self, other: &Self, extra: &[&str], missing: &[&str]) -> bool {
        // The noun of "Group Manager, X", where "X Manager" and "People Group" are none.
        let title_lost = |name: &Self, lost: &[&str]| {
            let title =
                name.level.as_ref().filter(|_| name.track == Some(Track::Management)).map_or("", |level| &level.word);
            lost.iter()
                .any(|token| matches!(*token, "manager" | "group") && title.split(' ').any(|word| word == *token))
        };
        extra.iter().chain(missing).any(|token| is_level_token(token))
            || title_lost(self, extra)
            || title_lost(other, missing)
    }

    /// The tokens, with abbreviations that `other` spells out replaced by its words.
    fn expanded<'n>(&'n self, other: &'n Self) -> Vec<&'n str> {
        let mut tokens = Vec::with_capacity(self.tokens.len());
        for token in &self.tokens {
            match other.words_of_acronym(token) {
                Some(words) => tokens.extend(words.iter().map(String::as_str)),
                None => tokens.push(token.as_str()),
            }
        }
        tokens
    }

    /// The consecutive words that an abbreviation stands for: by the page's own bracket, or by their initials.
    fn words_of_acronym(&self, token: &str) -> Option<&[String]> {
        if token.len() < 2 || token.len() > 6 || self.tokens.iter().any(|own| own == token) {
            return None;
        }
        if self.acronym.as_deref().map(stem) == Some(token) {
            return self.run_with_initials(token).or_else(|| self.words_before_acronym());
        }
        self.run_with_initials(token)
    }

    /// "User Experience (UX)": as many words as the abbreviation has letters.
    fn words_before_acronym(&self) -> Option<&[String]> {
        let letters = self.acronym.as_ref()?.chars().count();
        let end = self.before_acronym.min(self.tokens.len());
        self.tokens.get(end.saturating_sub(letters).max(self.leading)..end).filter(|words| !words.is_empty())
    }

    fn run_with_initials(&self, token: &str) -> Option<&[String]> {
        let length = token.chars().count();
        self.tokens
            .windows(length)
            .find(|run| run.iter().zip(token.chars()).all(|(word, initial)| word.starts_with(initial)))
    }
}

/// So many roles are compared word by word with a name; job families have thirty at most, and time stays linear.
pub(super) const MOST_COMPARED: usize = 256;

/// Without the braces of a template and the marks of emphasis.
fn without_marks(written: &str) -> Cow<'_, str> {
    let has_marks = written.bytes().any(|byte| matches!(byte, b'{' | b'}' | b'*' | b'_'));
    if has_marks { Cow::Owned(written.replace(['{', '}', '*', '_'], "")) } else { Cow::Borrowed(written) }
}

enum Bracket {
    Level(String),
    Acronym,
    /// "(people manager)", or half a sentence.
    Remark,
    Words,
}

fn bracket_of(text: &str, levels: &LevelFacts) -> Bracket {
    let text = text.trim();
    if text == "people manager" || text == "manager of people" || text.split(' ').count() > 4 {
        return Bracket::Remark;
    }
    let is_level = |level: &&Arc<LevelFact>| level.word == text || level.also.iter().any(|also| also == text);
    if let Some(level) = levels.levels.iter().filter(|level| level.track == Track::Ic).find(is_level) {
        return Bracket::Level(level.word.clone());
    }
    if text.len() <= 5 && text.chars().all(char::is_alphanumeric) { Bracket::Acronym } else { Bracket::Words }
}

/// Whether the folded `text` is written in capitals in the original.
fn is_capitals(written: &str, text: &str) -> bool {
    written.contains(&text.to_uppercase())
}

/// Splits at parentheses: each part, and whether it stood inside.
fn split_brackets(text: &str) -> impl Iterator<Item = (&str, bool)> {
    text.split('(').enumerate().flat_map(|(index, part)| match (index, part.split_once(')')) {
        (0, _) => vec![(part, false)],
        (_, Some((inside, after))) => vec![(inside.trim(), true), (after, false)],
        (_, None) => vec![(part, false)],
    })
}

/// The words that tell one role from another.
fn tokens_of(plain: &str) -> Vec<String> {
    plain
        .split(['/', '-'])
        .flat_map(words)
        .flat_map(expand)
        .filter(|word| !is_connective(word))
        .map(|word| stem(word).to_owned())
        .collect()
}

/// Long forms, as several words where they are several.
fn expand<'w>(word: &'w str) -> impl Iterator<Item = &'w str> {
    let long: &'w [&'w str] = match word {
        "sr" | "sr." => &["senior"],
        "jr" | "jr." => &["junior"],
        "vp" => &["vice", "president"],
        "svp" => &["senior", "vice", "president"],
        "evp" => &["executive", "vice", "president"],
        "mgr" => &["manager"],
        "dir" => &["director"],
        _ => &[],
    };
    long.is_empty().then_some(word).into_iter().chain(long.iter().copied())
}

fn is_connective(word: &str) -> bool {
    CONNECTIVES.contains(&word)
}

/// The longest level at the start of the name, else one inside it; and how many leading tokens it takes.
fn find_level(tokens: &[String], levels: &LevelFacts) -> (Option<Arc<LevelFact>>, usize) {
    if let Some(level) = levels.starting(tokens) {
        return (Some(Arc::clone(level)), level.word.split(' ').count());
    }
    // A manager at the end of a name is its noun ("Field Marketing Manager"), not its level.
    let inside =
        (1..tokens.len()).find_map(|at| levels.starting(&tokens[at..]).filter(|level| level.word != "manager"));
    (inside.cloned(), 0)
}

fn track_of(
    tokens: &[String],
    level: Option<&LevelFact>,
    leading: usize,
    before_comma: Option<&str>,
    plain: &str,
    levels: &LevelFacts,
) -> Option<Track> {
    if tokens.iter().any(|token| token == "chief") && plain.contains("chief of staff") {
        return None;
    }
    let last = tokens.last()?;
    let is_people_noun = |token: &String| levels.people_before_manager.contains(token);
    let leads_by_noun = tokens.windows(2).any(|pair| pair[1] == "manager" && is_people_noun(&pair[0]))
        || (last == "manager" && plain.trim_end().ends_with("senior manager"));
    // "Senior Manager" alone or before a comma or "of" leads people; "Senior Manager Experience Analyst" does not.
    let title = level.filter(|level| level.track == Track::Management).is_some_and(|level| {
        !level.word.ends_with("manager")
            || leading == tokens.len()
            || before_comma.is_some_and(|before| fold(before).ends_with("manager"))
            || plain.contains("manager of ")
            || plain.contains("manager - ")
            || !ends_with_role_noun(tokens, levels)
    });
    Some(if title || leads_by_noun { Track::Management } else { Track::Ic })
}

fn ends_with_role_noun(tokens: &[String], levels: &LevelFacts) -> bool {
    tokens.last().is_some_and(|last| levels.is_role_noun(last))
}

/// A level of the other track is none: "Associate Manager" of one's own work is an associate, and a "Senior Engineering
/// Manager" is a senior manager.
fn level_for_track(level: Option<Arc<LevelFact>>, track: Option<Track>, levels: &LevelFacts) -> Option<Arc<LevelFact>> {
    let managing =
        |word: &str| levels.levels.iter().find(|other| other.track == Track::Management && other.word == word);
    let Some(level) = level else {
        return (track == Some(Track::Management)).then(|| managing("manager").cloned()).flatten();
    };
    match track {
        Some(Track::Management) if level.track == Track::Ic => {
            managing(&format!("{} manager", level.word)).or_else(|| managing("manager")).cloned()
        }
        Some(Track::Ic) if level.track == Track::Management => {
            let first = level.word.split(' ').next()?.to_owned();
            levels.levels.iter().find(|other| other.word == first && other.track == Track::Ic).cloned()
        }
        _ => Some(level),
    }
}

fn is_noun_level(token: &str) -> bool {
    matches!(token, "manager" | "director" | "lead" | "fellow" | "associate" | "intern" | "head" | "chief")
}

/// Whether a word tells the level by itself, wherever it stands.
fn is_level_token(token: &str) -> bool {
    matches!(
        token,
        "intern"
            | "junior"
            | "associate"
            | "senior"
            | "lead"
            | "staff"
            | "principal"
            | "distinguished"
            | "fellow"
            | "director"
            | "vice"
            | "president"
            | "chief"
            | "executive"
    )
}

/// The words of `all` that `other` lacks, near misspellings counted as the same word.
fn without<'a>(all: &[&'a str], other: &[&str]) -> Vec<&'a str> {
    let mut left = other.to_vec();
    let mut lacking = Vec::new();
    for token in all {
        match left.iter().position(|candidate| is_near(token, candidate)) {
            Some(index) => _ = left.swap_remove(index),
            None => lacking.push(*token),
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

#[cfg(test)]
mod tests {
    use super::Relation::*;
    use super::*;
    use crate::facts::Facts;

    fn name(written: &str) -> RoleName {
        RoleName::parse(written, &Facts::embedded().levels)
    }

    #[test]
    fn names_compare_as_a_reviewer_compares_them() {
        let cases = [
            ("Sr. Analyst, Finance", "Senior Analyst of Finance", Same),
            ("VP, Sales", "Vice President of Sales", Same),
            ("Red Team Manager", "Manager, Red Team", Same),
            ("Analyst", "Analyst (Intermediate)", Same),
            ("Intermediate Programs Manager", "Programs Manager", Same),
            ("Manager, Channel Sales (people manager)", "Manager, Channel Sales", Same),
            ("CSM", "Customer Success Manager", Same),
            ("Staff CSM", "Staff Customer Success Manager (CSM)", Same),
            ("VP of PS", "Vice President of Professional Services (PS)", Same),
            ("User Experience (UX) Research Manager", "Manager, UX Research", Same),
            ("{Compliance Engineer}", "Compliance Engineer", Same),
            ("Research & Development Lead", "Research and Development Lead", Same),
            ("Revenue Accouting Manager", "Revenue Accounting Manager", Same),
            ("Analyst (Senior)", "Senior Analyst", Same),
            ("Director, Infrastructure", "Director, Infrastructure (Platform)", Same),
            ("Staff Analyst", "Staff Analyst (Staff level is only obtainable through career development)", Same),
            ("Director, People Group Tools", "Director, People Tools", Longer),
            ("Director, Channel Sales Manager", "Director, Channel Sales", Longer),
            ("Senior Accountant", "Senior General Ledger Accountant", Shorter),
            ("Compliance", "Compliance Engineer", Shorter),
            ("Associate Accountant", "Associate Accountant (Junior)", Same),
            ("Security Analyst", "Senior Security Analyst", OtherLevel),
            ("Senior Security Analyst", "Security Analyst", OtherLevel),
            ("Compliance", "Manager, Compliance", OtherLevel),
            ("Manager, Tax", "Senior Manager, Tax", OtherLevel),
            ("Manager, Tax", "Group Manager, Tax", OtherLevel),
            ("Director of CSM", "Senior Director of Customer Success Management", OtherLevel),
            ("Analyst (Associate)", "Analyst (Intermediate)", OtherLevel),
            ("Director, Infrastructure (Reliability)", "Director, Infrastructure (Platform)", Other),
            ("Director, Application Security", "Director, Security Research", Other),
            ("Manager, Sourcing", "Program Manager, Enablement", Other),
            ("Chief Technology Officer", "Executive VP of Engineering", Other),
        ];
        for (statement, heading, expected) in cases {
            assert_eq!(name(statement).compare(&name(heading)), expected, "{statement:?} against {heading:?}");
        }
    }

    #[test]
    fn comparison_is_the_same_from_the_other_side() {
        let cases = [
            ("Director, Sales Manager", "Director, Sales"),
            ("Analyst", "Senior Analyst"),
            ("CSM", "Customer Success Manager"),
        ];
        for (a, b) in cases {
            let back = match name(b).compare(&name(a)) {
                Shorter => Longer,
                Longer => Shorter,
                same => same,
            };
            assert_eq!(name(a).compare(&name(b)), back, "{a:?} {b:?}");
        }
    }

    #[test]
    fn the_track_follows_the_comma() {
        let cases = [
            ("Manager, Channel Sales", Some(Track::Management)),
            ("Channel Sales Manager", Some(Track::Ic)),
            ("Senior Channel Sales Manager", Some(Track::Ic)),
            ("Senior Manager, Tax", Some(Track::Management)),
            ("Senior Director", Some(Track::Management)),
            ("Backend Engineering Manager", Some(Track::Management)),
            ("Security Automation Senior Manager", Some(Track::Management)),
            ("Senior Engineering Manager, Development", Some(Track::Management)),
            ("Senior Engineering Manager", Some(Track::Management)),
            ("VP of Integrated Marketing", Some(Track::Management)),
            ("Associate Manager, Candidate Experience", Some(Track::Management)),
            ("Engineering Fellow", Some(Track::Ic)),
            ("Chief of Staff to the CFO", None),
            ("FP&A Manager", Some(Track::Ic)),
            ("Manager, FP&A", Some(Track::Management)),
        ];
        for (written, track) in cases {
            assert_eq!(name(written).track(), track, "{written}");
        }
    }

    #[test]
    fn levels_and_bases() {
        let cases = [
            ("Senior Tax Analyst", Some("senior"), "analyst tax"),
            ("Tax Analyst (Intermediate)", None, "analyst tax"),
            ("Senior Manager, Tax", Some("senior manager"), "tax"),
            ("Field Marketing Manager", None, "field manager marketing"),
            ("Associate Field Marketing Manager", Some("associate"), "field manager marketing"),
            ("Engineering Fellow", Some("fellow"), "engineering fellow"),
            ("Senior Director", Some("senior director"), ""),
            ("Staff", Some("staff"), ""),
            ("Senior Engineering Manager", Some("senior manager"), "engineering"),
            ("Security Automation Senior Manager", Some("senior manager"), "automation security"),
        ];
        for (written, level, base) in cases {
            assert_eq!((name(written).level(), name(written).base().as_str()), (level, base), "{written}");
        }
    }
}
