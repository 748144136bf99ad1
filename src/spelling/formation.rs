//! How words are formed that no dictionary has, though anybody understands them.

use super::{is_usual, word_class};

/// How a word is formed, if it is one that no dictionary has though anybody understands it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Formation {
    /// From no word.
    None,
    /// Of two words, or of one with something before it: many a slip looks like that, such as "interrests".
    Loose,
    /// From a word by an ending.
    Firm,
}

/// Beginnings with which anybody forms a new word.
const PREFIXES: [&str; 35] = [
    "anti", "auto", "bi", "co", "cross", "cyber", "de", "dis", "down", "ex", "hyper", "inter", "intra", "macro",
    "mega", "meta", "micro", "mid", "mini", "mis", "multi", "non", "off", "out", "over", "post", "pre", "pro", "re",
    "self", "semi", "sub", "super", "un", "under",
];

/// Endings, and what stands in the plain word in their place.
const SUFFIXES: [(&str, &str); 43] = [
    ("s", ""),
    ("es", ""),
    ("ies", "y"),
    ("ed", ""),
    ("ed", "e"),
    ("ing", ""),
    ("ing", "e"),
    ("er", ""),
    ("er", "e"),
    ("ers", ""),
    ("ers", "e"),
    ("or", "e"),
    ("ors", "e"),
    ("able", ""),
    ("able", "e"),
    ("ability", ""),
    ("ability", "e"),
    ("ability", "able"),
    ("ibility", "ible"),
    ("ly", ""),
    ("ally", "al"),
    ("ally", "ic"),
    ("ically", "y"),
    ("ness", ""),
    ("less", ""),
    ("ful", ""),
    ("fully", "ful"),
    ("ist", ""),
    ("ists", ""),
    ("ize", ""),
    ("ize", "y"),
    ("ized", ""),
    ("ized", "y"),
    ("izes", ""),
    ("izing", ""),
    ("izing", "y"),
    ("ization", ""),
    ("ation", "e"),
    ("ations", "ation"),
    ("ship", ""),
    ("ships", ""),
    ("wise", ""),
    ("ity", "e"),
];

/// Endings of words that take "-ly".
const ADJECTIVES: [&str; 15] =
    ["ive", "al", "ic", "ous", "ful", "less", "ent", "ant", "ed", "ing", "ar", "some", "ish", "ate", "ward"];

/// Shorter words are found in everything.
const LEAST_STEM: usize = 4;

/// Letters from which on a word stands in another by no chance, though few know it.
const TELLING_STEM: usize = 6;

/// Letters from which on a word in "-ed" takes no "s": "seeds" is a word, "completeds" is none.
const LONG_STEM: usize = 7;

/// How a word is formed, if it is as new words are: no dictionary has them all.
pub fn formation(lower: &str) -> Formation {
    // The dictionaries have no other letters, and the parts below are cut between bytes.
    if !lower.is_ascii() {
        return Formation::None;
    }
    if is_inflected(lower) {
        return Formation::Firm;
    }
    let mut rests = PREFIXES.iter().filter_map(|prefix| lower.strip_prefix(prefix));
    let has_prefix = rests.any(|rest| is_telling_stem(rest) || rest.len() >= LEAST_STEM && is_inflected(rest));
    if has_prefix || is_compound(lower) { Formation::Loose } else { Formation::None }
}

fn is_stem(stem: &str) -> bool {
    stem.len() >= LEAST_STEM && word_class(stem).is_some_and(|class| !class.is_name_only())
}

/// Whether a word is in another by no chance: "metics" is no plural that somebody made of "metic", and "reorts" no new word made of
/// "orts".
fn is_telling_stem(stem: &str) -> bool {
    is_stem(stem) && (stem.len() >= TELLING_STEM || is_usual(stem))
}

fn is_inflected(lower: &str) -> bool {
    SUFFIXES.iter().any(|(suffix, plain)| {
        let Some(stem) = lower.strip_suffix(suffix) else { return false };
        let is_made_of = |plain: &str| if *suffix == "s" { is_telling_stem(plain) } else { is_stem(plain) };
        takes(stem, suffix, plain) && is_made_of(&format!("{stem}{plain}"))
            || is_doubled(stem, suffix) && {
                let single = &stem[..stem.len() - 1];
                // "organized" is a usual word, so "organnized" is a slip.
                is_stem(single) && !is_usual(&format!("{single}{suffix}"))
            }
    })
}

/// Whether a word takes an ending in this way: "companys", "managees" and "applyed" are slips.
fn takes(stem: &str, suffix: &str, plain: &str) -> bool {
    let ends_in = |endings: &[&str]| endings.iter().any(|ending| stem.ends_with(ending));
    let in_vowel = stem.ends_with(['a', 'e', 'i', 'o', 'u']);
    let hisses = ends_in(&["s", "x", "z", "ch", "sh"]);
    let in_y = stem.ends_with('y') && !ends_in(&["ay", "ey", "oy", "uy"]);
    match (suffix, plain) {
        ("s", _) => !(hisses || in_y || stem.ends_with("ed") && stem.len() >= LONG_STEM),
        ("es", _) => hisses || stem.ends_with('o'),
        ("ing", "") => !in_vowel || ends_in(&["ee", "o"]),
        ("ed" | "er" | "ers" | "ist" | "ists" | "ize" | "ized" | "izes" | "izing", "") => !stem.ends_with('e') && !in_y,
        ("ly", "") => ends_in(&ADJECTIVES),
        ("ness" | "ful" | "less", "") => !in_y,
        ("ship" | "ships", "") => !stem.ends_with('s') || stem.ends_with("ss"),
        // "manageable" and "noticeable" keep their "e".
        ("able" | "ability", "e") => !stem.ends_with(['c', 'e', 'g']),
        // "accountable" takes "-ility".
        ("ity", "e") => !ends_in(&["e", "abl", "ibl"]),
        (_, "e") => !stem.ends_with('e'),
        _ => true,
    }
}

/// "plannable": a last letter stands twice after a single vowel, and before one.
fn is_doubled(stem: &str, suffix: &str) -> bool {
    let is_vowel = |letter: u8| b"aeiou".contains(&letter);
    let [.., before, vowel, letter, last] = *stem.as_bytes() else { return false };
    let doubled = letter == last && b"bdglmnprt".contains(&last);
    suffix.starts_with(['a', 'e', 'i']) && doubled && is_vowel(vowel) && !is_vowel(before)
}

/// Shorter parts are found in everything.
const LEAST_PART: usize = 3;

/// Two usual words, as in "topline".
fn is_compound(lower: &str) -> bool {
    (LEAST_PART..=lower.len().saturating_sub(LEAST_PART))
        .map(|at| lower.split_at(at))
        .any(|(left, right)| is_usual(left) && is_usual(right))
}
