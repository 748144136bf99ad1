//! What is meant by a misspelling that people are known to make. The list of these was partly made by machine, and of some
//! words the one correction is a form further away: "departmet" of "departments", "conversatino" of "conservation".

use super::guess::{is_doubled_in, is_swapped};
use super::near::{Reach, near, slips_between};
use super::{Corrections, EMBEDDED, is_usual, word_class};

/// Bytes with which two forms of one word begin alike.
const SAME_WORD: usize = 5;

/// As many slips as are counted.
const MOST_SLIPS: u8 = 2;

/// Letters from which on two that are swapped are hardly a chance.
const LONG: usize = 7;

/// The corrections of a misspelling, given in lower case, the nearest first. Where the list has one only, and a usual word
/// is nearer, that word is meant, or either may be.
pub fn words_meant(corrections: Corrections, lower: &str) -> Vec<String> {
    let mut known: Vec<String> = corrections.iter().map(str::to_owned).collect();
    let [right] = known.as_slice() else {
        known.sort_by_key(|word| slips_to(word, lower) - u8::from(is_swapped(lower, word)));
        return known;
    };
    let slips = slips_to(right, lower);
    let swapped = || with_swapped_letters(lower).filter(|word| word != right);
    if slips <= 1 {
        if is_swapped(lower, right) || is_doubled_in(lower, right) || is_doubled_in(right, lower) {
            return known;
        }
        let nearer = if lower.len() < LONG { None } else { swapped() };
        return nearer.or_else(|| as_near(right, lower)).into_iter().chain(known).collect();
    }
    if is_usual_slip(right, lower) {
        return known;
    }
    if let Some(singular) = right.strip_suffix('s')
        && !lower.ends_with('s')
        && slips_to(singular, lower) < slips
        && word_class(singular).is_some()
    {
        let others = forms_near(right, lower).filter(|word| word != singular);
        return std::iter::once(singular.to_owned()).chain(others).collect();
    }
    if let Some(word) = swapped() {
        return vec![word];
    }
    forms_near(right, lower).take(1).chain(known.iter().cloned()).collect()
}

/// The usual words that are one slip away and begin like the correction.
fn forms_near<'r>(right: &'r str, lower: &str) -> impl Iterator<Item = String> + use<'r> {
    let reach = Reach { slips: 1, same_start: true };
    let found = EMBEDDED.words.as_ref().map(|list| near(list, lower, reach)).unwrap_or_default();
    let begins = |word: &String| right.get(..SAME_WORD).is_some_and(|start| word.starts_with(start));
    found.into_iter().map(|near| near.word).filter(move |word| begins(word) && is_usual(word))
}

/// The word of job pages that is as near and begins and ends as it was written: "creatie" of "creative". The last letter is
/// hardly ever wrong: "documens" is no "document".
fn as_near(right: &str, lower: &str) -> Option<String> {
    let found = near(EMBEDDED.lexicon.as_ref()?, lower, Reach { slips: 1, same_start: true });
    let last = lower.as_bytes().last();
    found.into_iter().map(|near| near.word).find(|word| word != right && word.as_bytes().last() == last)
}

/// The usual word of which two letters that stand together were swapped.
fn with_swapped_letters(lower: &str) -> Option<String> {
    let starts = (0..lower.len()).filter(|at| lower.get(*at..at + 2).is_some_and(str::is_ascii));
    let words = starts.map(|at| [&lower[..at], &lower[at + 1..at + 2], &lower[at..at + 1], &lower[at + 2..]].concat());
    words.into_iter().find(|word| is_usual(word))
}

fn slips_to(word: &str, lower: &str) -> u8 {
    slips_between(word, lower, MOST_SLIPS).unwrap_or(MOST_SLIPS + 1)
}

/// "dependencys" and "traing": slips by which people form the word that the list has, though another is nearer.
fn is_usual_slip(right: &str, lower: &str) -> bool {
    let is_plural = lower.ends_with("ys") && right.ends_with("ies");
    let is_participle = lower.ends_with("ng") && right.ends_with("ing");
    is_plural || is_participle
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spelling::known_misspelling;

    fn meant(lower: &str) -> String {
        words_meant(known_misspelling(lower).unwrap(), lower).join(", ")
    }

    #[test]
    fn the_nearer_form_is_meant() {
        for (wrong, right) in [
            ("departmet", "department"),
            ("commuincation", "communication"),
            ("presentaiton", "presentation"),
            ("understsnd", "understand"),
            ("conversatino", "conversation"),
            ("commuincate", "communicate"),
            ("particpiate", "participate"),
        ] {
            assert_eq!(meant(wrong), right, "{wrong}");
        }
    }

    #[test]
    fn either_form_may_be_meant() {
        assert_eq!(meant("participaton"), "participation, participant");
        assert_eq!(meant("excellenet"), "excellent, excellence");
        assert_eq!(meant("functionaliy"), "functionality, functionally");
        assert_eq!(meant("passin"), "passion, passing");
        assert_eq!(meant("principl"), "principal, principle");
        assert_eq!(meant("specialites"), "specialties, specializes");
        assert_eq!(meant("firts"), "first, flirts");
    }

    #[test]
    fn the_list_is_right_where_nothing_is_nearer() {
        for (wrong, right) in [
            ("recieve", "receive"),
            ("documens", "documents"),
            ("managment", "management"),
            ("personel", "personnel, personal"),
            ("dependencys", "dependencies"),
            ("explaing", "explaining"),
            ("traing", "training"),
        ] {
            assert_eq!(meant(wrong), right, "{wrong}");
        }
    }
}
