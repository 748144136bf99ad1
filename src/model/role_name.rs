//! Names of roles, read and compared. The one place that knows that "Sr Director of CSM" and "Senior Director, Customer
//! Success Management" are one role, and that "Manager, X" leads people where "X Manager" does not.

mod brackets;
mod difference;
mod title;

use std::borrow::Cow;
use std::sync::Arc;

use brackets::Brackets;
use difference::{Difference, have_one_root, without};
use title::LevelAndTrack;

use crate::facts::{LevelFact, LevelFacts, LevelWords, Track};
use crate::text::{fold, simple_words, stem};

/// The name of a role, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleName {
    /// Folded words without connectives, long forms for "Sr" and "VP", plural endings cut; parted by blanks.
    words: String,
    /// How many words at the start are the level, where the level stands at the start.
    leading: usize,
    /// The level's row in `rules/levels.yaml`; nothing for a name without a level word.
    level: Option<Arc<LevelFact>>,
    /// A level in parentheses: "Analyst (Intermediate)". It may be left out without renaming the role.
    remark: Option<Arc<LevelFact>>,
    /// An abbreviation in parentheses: "Customer Success Manager (CSM)".
    acronym: Option<String>,
    /// How many words stand before the abbreviation.
    before_acronym: usize,
    /// The words that stand in parentheses: "Director, Infrastructure (Platform)". They may be left out too.
    bracketed: String,
    track: Option<Track>,
    level_words: Arc<LevelWords>,
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

impl Relation {
    /// Whether the name is that of another role, or of another level.
    pub fn is_other(self) -> bool {
        self.other_in_words().is_some()
    }

    /// What the name is, where it is not the role's own.
    pub fn other_in_words(self) -> Option<&'static str> {
        match self {
            Self::OtherLevel => Some("another level"),
            Self::Other => Some("another role"),
            Self::Same | Self::Shorter | Self::Longer => None,
        }
    }
}

impl RoleName {
    /// Reads a name as written in a heading or a sentence.
    pub fn parse(written: &str, levels: &LevelFacts) -> Self {
        let folded = fold(&without_marks(written));
        let Brackets { plain, remark, acronym, acronym_at, bracketed } = Brackets::read(folded, written, levels);
        let before_acronym = words_of(&plain[..acronym_at], levels).split_ascii_whitespace().count();
        let words = words_of(&plain, levels);
        let LevelAndTrack { level, leading, track } = LevelAndTrack::read(&words, &plain, levels);
        let level_words = Arc::clone(&levels.words);
        Self { words, leading, level, remark, acronym, before_acronym, bracketed, track, level_words }
    }

    fn words(&self) -> impl Iterator<Item = &str> {
        self.words.split_ascii_whitespace()
    }

    /// The level word, such as `senior manager`; nothing for an unmarked role.
    pub fn level(&self) -> Option<&str> {
        let level = self.level.as_ref().or(self.remark.as_ref())?;
        (!level.unmarked).then_some(level.word.as_str())
    }

    /// Whether roles of this level have a grade that anybody may know.
    pub fn is_graded(&self) -> bool {
        let is_executive = self.level.as_ref().is_some_and(|level| level.ungraded);
        !(is_executive && self.track == Some(Track::Management))
    }

    /// Orders the levels of one track; an unmarked role of a person's own work stands between junior and senior.
    pub fn rank(&self, levels: &LevelFacts) -> Option<u16> {
        self.level.as_ref().or(self.remark.as_ref()).or_else(|| levels.unmarked()).map(|level| level.rank)
    }

    /// Whether the role leads people; nothing where the name does not tell.
    pub fn track(&self) -> Option<Track> {
        self.track
    }

    /// The name without its level, words in alphabetical order: equal for the levels of one kind of work.
    pub fn base(&self) -> String {
        let mut base: Vec<&str> = self.base_words().collect();
        base.sort_unstable();
        base.join(" ")
    }

    /// Its level and the rest, in words that are equal for one role, whatever the order they are written in.
    pub fn key(&self) -> String {
        key_of(self.level(), &self.base())
    }

    /// Whether it is only a level: "Senior", "Staff", "Intermediate".
    pub fn is_bare_level(&self) -> bool {
        (self.level.is_some() || !self.words.is_empty()) && self.base_words().next().is_none()
    }

    /// Whether it has no words at all.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && self.remark.is_none()
    }

    /// Whether it has a level word or a noun that roles are called by.
    pub fn looks_like_role(&self, levels: &LevelFacts) -> bool {
        self.level.is_some() || self.has_role_noun(levels)
    }

    /// Whether it has a noun that roles are called by.
    pub fn has_role_noun(&self, levels: &LevelFacts) -> bool {
        self.words().any(|word| levels.is_role_noun(word))
    }

    /// What this name says of `other`: `Shorter` when this one leaves words out.
    pub fn compare(&self, other: &Self) -> Relation {
        if self.remarks_differ(other) {
            return Relation::OtherLevel;
        }
        if self.words == other.words {
            return if self.acronyms_differ(other) { Relation::Other } else { Relation::Same };
        }
        let (mine, theirs) = (self.words_as_spelt_by(other), other.words_as_spelt_by(self));
        let difference = Difference {
            extra: without(&mine, &theirs).into_iter().filter(|word| !other.says_aside(word)).collect(),
            missing: without(&theirs, &mine).into_iter().filter(|word| !self.says_aside(word)).collect(),
        };
        if self.differs_only_by_brackets(other, &difference) {
            return Relation::Same;
        }
        if self.differs_by_level(other, &difference) {
            // Another level changes one word; where each has two of its own, the work is another.
            let is_same_work = difference.extra.len() < mine.len() && difference.in_both() <= 1;
            return if is_same_work { Relation::OtherLevel } else { Relation::Other };
        }
        match (difference.extra.is_empty(), difference.missing.is_empty()) {
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
        self.words == other.words && self.marked_level() == other.marked_level() && !self.acronyms_differ(other)
    }

    /// The level in parentheses, but for "(Intermediate)", which the unmarked role has.
    fn marked_level(&self) -> Option<&LevelFact> {
        self.remark.as_deref().filter(|level| !level.unmarked)
    }

    /// "Account Executive (SMB)" is not the one of "(ENT)".
    fn acronyms_differ(&self, other: &Self) -> bool {
        let acronyms = self.acronym.as_deref().zip(other.acronym.as_deref());
        acronyms.is_some_and(|(mine, theirs)| stem(mine) != stem(theirs))
    }

    /// The words that tell the work of a job family of this name.
    pub fn words_of_work(&self, levels: &LevelFacts) -> Vec<&str> {
        self.base_words().filter(|word| !levels.is_family_noun(word)).collect()
    }

    /// Strikes out those of its words that another name has in any form: "Sourcing" and "Sourcer" have one root, and "CSM"
    /// abbreviates "Customer Success Manager".
    pub fn strike_words_of(&self, other: &Self, words: &mut Vec<&str>) {
        let lacking = without(&self.words_as_spelt_by(other), &other.words_as_spelt_by(self));
        words.retain(|word| lacking.contains(word) && !other.words().any(|own| have_one_root(word, own)));
    }

    fn base_words(&self) -> impl Iterator<Item = &str> {
        let level = self.level.as_ref().map_or("", |level| &level.word);
        // "X Manager" keeps its noun: it is the kind of work, not the level.
        let is_title = |index, word: &str| {
            index < self.leading || !self.level_words.is_noun(word) || self.track == Some(Track::Management)
        };
        let is_level =
            move |index, word: &str| level.split_ascii_whitespace().any(|own| own == word) && is_title(index, word);
        let own = self.words().enumerate().filter(move |(index, word)| !is_level(*index, word));
        own.map(|(_, word)| word).filter(|word| !self.level_words.is_unmarked(word))
    }

    fn remarks_differ(&self, other: &Self) -> bool {
        let is_another = |remark: &LevelFact, level: &Option<Arc<LevelFact>>| {
            !remark.unmarked && level.as_ref().is_some_and(|level| level.word != remark.word)
        };
        match (&self.remark, &other.remark) {
            (Some(a), Some(b)) => a != b,
            // "Senior Analyst" under "Analyst (Associate)" is another level; "Analyst" under it is not.
            // "Associate Analyst (Junior)" says it twice and is no other level than "Associate Analyst".
            _ if self.level == other.level && self.level.is_some() => false,
            (Some(mine), None) => is_another(mine, &other.level),
            (None, Some(theirs)) => is_another(theirs, &self.level),
            (None, None) => false,
        }
    }

    /// Whether it says a word though it is none of its words: "Analyst (Senior)" is the Senior Analyst, and every analyst
    /// of no level the intermediate one.
    fn says_aside(&self, word: &str) -> bool {
        self.level_words.is_unmarked(word)
            || self.remark.as_ref().is_some_and(|remark| remark.word == word)
            || self.acronym.as_deref() == Some(word)
    }

    /// Whether one of the names has all words of the other, and beside them only what stands in its parentheses.
    fn differs_only_by_brackets(&self, other: &Self, difference: &Difference<'_>) -> bool {
        let Difference { extra, missing } = difference;
        missing.is_empty() && self.has_in_brackets(extra) || extra.is_empty() && other.has_in_brackets(missing)
    }

    fn has_in_brackets(&self, words: &[&str]) -> bool {
        words.iter().all(|word| self.bracketed.split_ascii_whitespace().any(|own| own == *word))
    }

    /// Whether a word that tells the level or the track is on one side only.
    fn differs_by_level(&self, other: &Self, difference: &Difference<'_>) -> bool {
        let Difference { extra, missing } = difference;
        extra.iter().chain(missing).any(|word| self.level_words.tells_level(word))
            || self.has_title_noun(extra)
            || other.has_title_noun(missing)
    }

    /// Whether one of some words is the noun of its title, as in "Group Manager, X"; in "X Manager" and "People Group" it
    /// is the kind of work.
    fn has_title_noun(&self, words: &[&str]) -> bool {
        let Some(title) = self.level.as_ref().filter(|_| self.track == Some(Track::Management)) else { return false };
        let is_of_title = |word: &str| title.word.split_ascii_whitespace().any(|own| own == word);
        words.iter().any(|word| matches!(*word, "manager" | "group") && is_of_title(word))
    }

    /// Its words, with those of the other name in the place of abbreviations that this spells out.
    fn words_as_spelt_by<'w>(&'w self, other: &'w Self) -> Vec<&'w str> {
        let others: Vec<&str> = other.words().collect();
        let mut spelt_out = Vec::with_capacity(others.len());
        for word in self.words() {
            match other.words_of_acronym(word, &others) {
                Some(words) => spelt_out.extend_from_slice(words),
                None => spelt_out.push(word),
            }
        }
        spelt_out
    }

    /// The consecutive words that an abbreviation stands for: by the page's own bracket, or by their initials.
    fn words_of_acronym<'o, 'w>(&self, acronym: &str, own: &'o [&'w str]) -> Option<&'o [&'w str]> {
        if acronym.len() < 2 || acronym.len() > 6 || own.contains(&acronym) {
            return None;
        }
        let by_initials = run_with_initials(acronym, own);
        let is_own = self.acronym.as_deref().map(stem) == Some(acronym);
        if is_own { by_initials.or_else(|| self.words_before_acronym(own)) } else { by_initials }
    }

    /// "User Experience (UX)": as many words as the abbreviation has letters.
    fn words_before_acronym<'o, 'w>(&self, own: &'o [&'w str]) -> Option<&'o [&'w str]> {
        let letters = self.acronym.as_ref()?.chars().count();
        let end = self.before_acronym.min(own.len());
        let words = own.get(end.saturating_sub(letters).max(self.leading)..end)?;
        // "Partner Manager (APAC)": a region abbreviates nothing of the name.
        let initial = self.acronym.as_ref()?.chars().next()?;
        words.first().is_some_and(|first| first.starts_with(initial)).then_some(words)
    }
}

fn run_with_initials<'o, 'w>(acronym: &str, words: &'o [&'w str]) -> Option<&'o [&'w str]> {
    let initials = || acronym.chars().filter(|letter| letter.is_alphanumeric());
    let has_initials = |run: &&[&str]| run.iter().zip(initials()).all(|(word, initial)| word.starts_with(initial));
    words.windows(initials().count().max(1)).find(has_initials)
}

/// A level and the rest of a name, in words that are equal for one role, whatever the order they are written in.
pub(super) fn key_of(level: Option<&str>, base: &str) -> String {
    [level.unwrap_or(""), " ", base].concat()
}

/// So many roles are compared word by word with a name; job families have thirty at most, and time stays linear.
pub const MOST_COMPARED: usize = 256;

/// Without the braces of a template and the marks of emphasis.
fn without_marks(written: &str) -> Cow<'_, str> {
    let has_marks = written.bytes().fold(false, |has, byte| has | matches!(byte, b'{' | b'}' | b'*' | b'_'));
    if has_marks { Cow::Owned(written.replace(['{', '}', '*', '_'], "")) } else { Cow::Borrowed(written) }
}

/// The words that tell one role from another.
fn words_of(plain: &str, levels: &LevelFacts) -> String {
    let mut words = String::with_capacity(plain.len());
    push_words(&mut words, plain, levels);
    words
}

fn push_words(pushed: &mut String, plain: &str, levels: &LevelFacts) {
    for word in simple_words(plain) {
        match levels.read_as(word) {
            Some(words) => words.iter().for_each(|word| push_word(pushed, word)),
            None => push_word(pushed, stem(word)),
        }
    }
}

fn push_word(pushed: &mut String, word: &str) {
    if !pushed.is_empty() {
        pushed.push(' ');
    }
    pushed.push_str(word);
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
            ("Partner Manager (APAC)", "Partner Manager, APAC", Same),
            ("Director, Infrastructure (Reliability)", "Director, Infrastructure (Platform)", Other),
            ("Account Executive (SMB)", "Account Executive (ENT)", Other),
            ("Director, Application Security", "Director, Security Research", Other),
            ("Manager, Sourcing", "Program Manager, Enablement", Other),
            ("Chief Technology Officer", "Executive VP of Engineering", Other),
        ];
        for (statement, heading, expected) in cases {
            assert_eq!(name(statement).compare(&name(heading)), expected, "{statement:?} against {heading:?}");
        }
    }

    #[test]
    fn only_the_same_words_and_brackets_are_identical() {
        let cases = [
            ("Customer Success Manager (CSM)", "Customer Success Manager", true),
            ("Data Engineer (Intermediate)", "Data Engineer", true),
            ("Data Engineer (Junior)", "Data Engineer", false),
            ("Account Executive (SMB)", "Account Executive (ENT)", false),
            ("Manager, Tax", "Tax Manager", false),
        ];
        for (one, other, expected) in cases {
            assert_eq!(name(one).is_identical(&name(other)), expected, "{one} {other}");
            assert_eq!(name(other).is_identical(&name(one)), expected, "{other} {one}");
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
