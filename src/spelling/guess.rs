//! What a word that no list has may be a slip of. By the word alone: where it stands, the page says.

use super::formation::Formation;
use super::joined::joined;
use super::near::{Near, Reach, near, slips_between, words_with_another_start};
use super::{EMBEDDED, WordClass, is_usual, word_class};

/// What was probably meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guess {
    /// In lower case but for names; the likeliest first.
    pub words: Vec<String>,
    pub slips: u8,
    pub basis: Basis,
}

/// Why something else was meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// One slip away from a name that is known.
    Name,
    /// One slip away from a word that pages about jobs use often.
    Lexicon,
    /// Two words without a blank between.
    Joined,
    /// A letter or a part of the word stands twice: "mobbile", "efficienciency".
    Stutter,
    /// Two slips away from a word that pages about jobs use often; perhaps one from another form of it.
    TwoSlips,
    /// One slip away from a common word, or if it is long, from any.
    Common,
    /// A contraction without its apostrophe: "dont".
    Contraction,
    /// Of four letters, and one slip away from a word that half of the pages about jobs use.
    Top,
}

/// Shorter words are never slips for sure: abbreviations look like them.
const SHORT: usize = 4;

/// The value in the lexicon of words that stand in 16 pages or more of those that were counted: the binary logarithm of that
/// number, rounded down.
const TOP: u64 = 4;

/// Letters from which on one slip still leaves the word recognisable.
const ONE_SLIP: usize = 5;

/// Letters from which on two slips do, and from which on a word is told that job pages do not use more than other pages.
const LONG: usize = 7;

/// Letters from which on hardly two words of the whole dictionary are one slip apart.
const VERY_LONG: usize = 9;

/// More words than this help nobody.
const MOST_WORDS: usize = 3;

/// Letters from which on a word is told that by chance may look as if formed of two others, though it is near no word of job
/// pages.
const LONG_CHANCE: usize = 10;

/// What a word in lower case that no list has may be a slip of: one slip from a word that pages about jobs use often or
/// from one of `names`, which are written as their owners write them; or two words without a blank.
pub fn near_guess<'n>(lower: &str, formation: Formation, names: impl Iterator<Item = &'n str>) -> Option<Guess> {
    if let Some(right) = contraction(lower) {
        return Some(Guess { words: vec![right], slips: 1, basis: Basis::Contraction });
    }
    if !is_guessable(lower) {
        return None;
    }
    let in_lexicon = || guess_of(one_slip(lower), Basis::Lexicon);
    match formation {
        Formation::Firm => None,
        Formation::Loose if lower.len() < ONE_SLIP => None,
        Formation::Loose => {
            let better = || in_lexicon().filter(|guess| is_better_than_chance(lower, guess));
            of_joined(lower).or_else(better).or_else(|| of_stutter(lower, 1))
        }
        Formation::None if lower.len() < ONE_SLIP => of_top_words(lower),
        Formation::None => of_joined(lower)
            .or_else(|| of_names(lower, names))
            .or_else(in_lexicon)
            .or_else(|| of_stutter(lower, lower.len() / 2)),
    }
}

/// What a word of which there is no near guess may be a slip of: one slip from a word of the dictionary, or two from one
/// of the lexicon. Both together are the form that is meant ("initiated"), and evidence that it is ("initiate").
pub fn far_guess(lower: &str, formation: Formation) -> Option<Guess> {
    if !is_guessable(lower) {
        return None;
    }
    match formation {
        Formation::Firm => None,
        Formation::Loose => of_common(lower, false).filter(|guess| {
            let is_swapped = |word: &String| is_swapped(lower, word);
            lower.len() >= LONG_CHANCE || lower.len() >= LONG && guess.words.iter().all(is_swapped)
        }),
        Formation::None if lower.len() < LONG - 1 => None,
        // Of so short a word it is only sure if nothing else can be meant.
        Formation::None if lower.len() < LONG => of_common(lower, false).filter(|guess| guess.words.len() == 1),
        Formation::None => match of_common(lower, lower.len() >= VERY_LONG) {
            Some(common) => Some(Guess { basis: two_slips(lower).map_or(common.basis, |guess| guess.basis), ..common }),
            None => two_slips(lower).or_else(|| of_start(lower)),
        },
    }
}

fn is_guessable(lower: &str) -> bool {
    lower.len() >= SHORT && lower.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// Endings of contractions, and how they are written.
const CONTRACTED: [(&str, &str); 4] = [("nt", "n't"), ("ve", "'ve"), ("ll", "'ll"), ("re", "'re")];
/// Words that stand with "is" in one.
const WITH_IS: [&str; 7] = ["that", "there", "here", "what", "where", "who", "how"];

fn contraction(lower: &str) -> Option<String> {
    let with_is = lower.strip_suffix('s').filter(|stem| WITH_IS.contains(stem)).map(|stem| format!("{stem}'s"));
    with_is.or_else(|| {
        let mut endings = CONTRACTED.iter();
        endings.find_map(|(ending, right)| {
            let right = format!("{}{right}", lower.strip_suffix(ending)?);
            word_class(&right).is_some().then_some(right)
        })
    })
}

/// Of short words hardly one is not a slip away from others: only from those that many pages use.
fn of_top_words(lower: &str) -> Option<Guess> {
    let mut found = one_slip(lower);
    found.retain(|near| near.value >= TOP && near.word.len() >= SHORT);
    guess_of(found, Basis::Top)
}

/// A word made of two by chance is one slip away from another by chance too, if it is short.
fn is_better_than_chance(lower: &str, guess: &Guess) -> bool {
    lower.len() >= LONG || guess.words.iter().all(|word| is_swapped(lower, word) || is_doubled_in(lower, word))
}

/// "mattre" for "matter": of the slips that keep the length this alone keeps the letters.
pub fn is_swapped(lower: &str, right: &str) -> bool {
    let sum = |word: &str| word.bytes().map(u32::from).sum::<u32>();
    lower.len() == right.len() && sum(lower) == sum(right)
}

/// "legall" for "legal"
pub fn is_doubled_in(lower: &str, right: &str) -> bool {
    let bytes = lower.as_bytes();
    let same = lower.bytes().zip(right.bytes()).take_while(|(one, other)| one == other).count();
    lower.len() == right.len() + 1 && same > 0 && bytes[same] == bytes[same - 1] && lower[same + 1..] == right[same..]
}

/// The words nearest to one that no list has, for people to choose from.
pub fn nearest<'w>(lower: &str, own: impl Iterator<Item = &'w str>) -> Vec<String> {
    let most = if lower.len() >= LONG { 2 } else { 1 };
    let own = own.filter_map(|word| Some((slips_between(&word.to_lowercase(), lower, most)?, word.to_owned())));
    let mut found: Vec<(u8, String)> = own.filter(|(slips, _)| *slips > 0).collect();
    let reach = Reach { slips: most, same_start: most > 1 };
    for near in EMBEDDED.lexicon.iter().flat_map(|list| near(list, lower, reach)) {
        found.push((near.slips, near.word));
    }
    let reach = Reach { slips: 1, same_start: false };
    for near in EMBEDDED.words.iter().flat_map(|list| near(list, lower, reach)) {
        found.push((near.slips, near.word));
    }
    found.sort_by_key(|(slips, _)| *slips);
    let mut words = Vec::new();
    for (_, word) in found {
        if words.len() < MOST_WORDS && !words.contains(&word) {
            words.push(word);
        }
    }
    words
}

/// "toouch" is a letter too many; and "beand" may as well be "brand".
fn of_joined(lower: &str) -> Option<Guess> {
    let parts = joined(lower)?;
    if is_doubled_of_usual(lower) {
        return None;
    }
    let near = one_slip(lower).into_iter().map(|near| near.word);
    Some(Guess { words: std::iter::once(parts).chain(near).take(MOST_WORDS).collect(), slips: 1, basis: Basis::Joined })
}

/// Whether a usual word is left when one of two equal letters is taken out.
fn is_doubled_of_usual(lower: &str) -> bool {
    let bytes = lower.as_bytes();
    let doubled = (1..bytes.len()).filter(|at| bytes[*at] == bytes[at - 1]);
    doubled.into_iter().any(|at| is_usual(&[&lower[..at], &lower[at + 1..]].concat()))
}

fn of_names<'n>(lower: &str, names: impl Iterator<Item = &'n str>) -> Option<Guess> {
    let words: Vec<String> = names
        .filter(|name| name.len() >= ONE_SLIP && name.as_bytes()[0].eq_ignore_ascii_case(&lower.as_bytes()[0]))
        .filter(|name| slips_between(&name.to_lowercase(), lower, 1) == Some(1) && !is_plural(lower, name))
        .map(str::to_owned)
        .collect();
    (!words.is_empty()).then_some(Guess { words, slips: 1, basis: Basis::Name })
}

fn is_plural(lower: &str, name: &str) -> bool {
    lower.strip_suffix('s').is_some_and(|stem| stem.eq_ignore_ascii_case(name))
}

/// The words of the lexicon that are one slip away. The first letter is seldom wrong, and looking for words with any other
/// takes ten times as long as looking for those of which the rest is right.
fn one_slip(lower: &str) -> Vec<Near> {
    let Some(list) = EMBEDDED.lexicon.as_ref() else { return Vec::new() };
    let mut found = near(list, lower, Reach { slips: 1, same_start: true });
    found.extend(words_with_another_start(list, lower));
    // Fingers that are too quick swap letters: "rolse" is "roles" rather than "role".
    let swapped = |near: &Near| is_swapped(lower, &near.word);
    found.sort_by(|a, b| (swapped(b), b.value, &a.word).cmp(&(swapped(a), a.value, &b.word)));
    found.dedup();
    found
}

/// Two slips in a short word leave too little of it.
fn two_slips(lower: &str) -> Option<Guess> {
    let mut found = near(EMBEDDED.lexicon.as_ref()?, lower, Reach { slips: 2, same_start: true });
    found.retain(|near| near.word.len() >= LONG);
    guess_of(found, Basis::TwoSlips)
}

fn of_common(lower: &str, or_rare: bool) -> Option<Guess> {
    let mut found = near(EMBEDDED.words.as_ref()?, lower, Reach { slips: 1, same_start: true });
    let class = |near: &Near| WordClass { bits: near.value };
    found.retain(|near| class(near).is_common() || or_rare && !class(near).is_name_only());
    guess_of(found, Basis::Common)
}

/// A common word of which only the start is wrong.
fn of_start(lower: &str) -> Option<Guess> {
    let mut found = words_with_another_start(EMBEDDED.words.as_ref()?, lower);
    found.retain(|near| WordClass { bits: near.value }.is_common());
    guess_of(found, Basis::Common)
}

/// The nearest only: one slip before two.
fn guess_of(found: Vec<Near>, basis: Basis) -> Option<Guess> {
    let fewest = found.first()?.slips;
    let nearest = found.into_iter().take_while(|near| near.slips == fewest).take(MOST_WORDS);
    Some(Guess { words: nearest.map(|near| near.word).collect(), slips: fewest, basis })
}

/// The word with one of two equal neighbouring parts left out, of which none has more letters than `longest`.
fn of_stutter(lower: &str, longest: usize) -> Option<Guess> {
    let parts = (1..=longest).flat_map(|length| (0..=lower.len() - 2 * length).map(move |at| (at, length)));
    let twice = parts.filter(|(at, length)| lower[*at..at + length] == lower[at + length..at + 2 * length]);
    let word = twice.map(|(at, length)| lower[..at].to_owned() + &lower[at + length..]).find(|word| is_usual(word))?;
    Some(Guess { words: vec![word], slips: 1, basis: Basis::Stutter })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spelling::capitals::stray_capital;
    use crate::spelling::formation::formation;

    fn either<'n>(lower: &str, names: impl Iterator<Item = &'n str>) -> Option<Guess> {
        near_guess(lower, formation(lower), names).or_else(|| far_guess(lower, formation(lower)))
    }

    fn guessed(lower: &str) -> Option<(Vec<String>, Basis)> {
        either(lower, ["Zuora", "GitLab"].into_iter()).map(|guess| (guess.words, guess.basis))
    }

    fn one(word: &str, basis: Basis) -> Option<(Vec<String>, Basis)> {
        Some((vec![word.to_owned()], basis))
    }

    #[test]
    fn slips_lead_to_words() {
        assert_eq!(guessed("inititated"), one("initiated", Basis::TwoSlips));
        assert_eq!(guessed("eliver"), one("deliver", Basis::Lexicon));
        assert_eq!(guessed("zoura"), one("Zuora", Basis::Name));
        assert_eq!(guessed("efficienciency"), one("efficiency", Basis::Stutter));
        assert_eq!(guessed("mobbile"), one("mobile", Basis::Stutter));
        assert_eq!(guessed("tutorails"), one("tutorials", Basis::Common));
        assert_eq!(guessed("accountablity"), one("accountability", Basis::Lexicon));
        assert_eq!(guessed("metics"), one("metrics", Basis::Lexicon));
        assert_eq!(guessed("organnized"), one("organized", Basis::Lexicon));
        assert_eq!(guessed("kaleidoscpe"), one("kaleidoscope", Basis::Common));
        assert_eq!(guessed("dont"), one("don't", Basis::Contraction));
        assert_eq!(guessed("thats"), one("that's", Basis::Contraction));
        assert_eq!(guessed("whta"), one("what", Basis::Top));
        assert!(guessed("rolse").is_some_and(|(words, _)| words[0] == "roles"));
        assert_eq!(guessed("rboadly"), one("broadly", Basis::Common));
        assert_eq!(guessed("strategys"), one("strategy", Basis::Lexicon));
    }

    #[test]
    fn joined_words_are_parted() {
        assert_eq!(guessed("valuesand"), one("values and", Basis::Joined));
        assert_eq!(guessed("threetwo"), one("three two", Basis::Joined));
        assert_eq!(guessed("theteam"), one("the team", Basis::Joined));
        assert_eq!(guessed("willbe"), one("will be", Basis::Joined));
        assert_eq!(guessed("hiringprocess"), one("hiring process", Basis::Joined));
        assert_eq!(guessed("toensure"), one("to ensure", Basis::Joined));
        assert_eq!(guessed("toouch"), one("touch", Basis::Lexicon));
        assert!(guessed("beand").is_some_and(|(words, _)| words.len() > 1));
    }

    #[test]
    fn new_words_are_no_slips() {
        for word in [
            "automations",
            "upskilling",
            "teambuilder",
            "dashboarded",
            "nonroutine",
            "intrapersonally",
            "topline",
            "reactively",
            "discoverability",
            "plannable",
            "zuoras",
            "relicenses",
            "productwise",
            "redis",
            "repatch",
            "dedenting",
            "globbing",
            "unpinned",
        ] {
            assert_eq!(guessed(word), None, "{word}");
        }
    }

    #[test]
    fn chance_makes_no_word() {
        for word in [
            "companys",
            "approachs",
            "applyed",
            "happyly",
            "managees",
            "inviteed",
            "workking",
            "strungly",
            "knowledgable",
        ] {
            assert_ne!(formation(word), Formation::Firm, "{word}");
        }
        assert_eq!(guessed("interrests"), one("interests", Basis::Lexicon));
        assert_eq!(guessed("managemet"), one("management", Basis::Lexicon));
        assert_eq!(guessed("undecoded"), None);
    }

    #[test]
    fn other_letters_are_no_matter() {
        for word in ["𞸡ὐlayout", "ⶫᰫrecievelayout", "naïvetés", "l’équipe"] {
            assert_eq!(formation(word), Formation::None, "{word}");
            assert_eq!(either(word, std::iter::once("GitLab")), None, "{word}");
            assert_eq!(stray_capital(word, |_| true), None, "{word}");
        }
    }

    #[test]
    fn the_nearest_words_are_told() {
        assert_eq!(nearest("berht", ["Berthing", "berth"].into_iter())[0], "berth");
        assert!(nearest("xqzvk", std::iter::empty()).is_empty());
    }
}
