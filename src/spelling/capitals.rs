//! Capitals inside words.

use super::joined::JOINED;
use super::{WordClass, is_in_lexicon, is_usual, word_class};

/// What a word with a capital that strayed into it was meant to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StrayCapital {
    /// In its own case.
    pub right: String,
    /// Whether nothing else is likely.
    pub is_sure: bool,
}

/// How a word with a capital inside was meant, if that is a slip.
pub fn stray_capital(written: &str, is_name: impl Fn(&str) -> bool) -> Option<StrayCapital> {
    if !written.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return None;
    }
    typed_twice(written)
        .or_else(|| held_too_long(written))
        .or_else(|| capital_inside(written))
        .map(|right| StrayCapital { right, is_sure: true })
        .or_else(|| joined_at_capital(written, is_name).map(|right| StrayCapital { right, is_sure: false }))
}

/// "pProgram"
fn typed_twice(written: &str) -> Option<String> {
    let (first, rest) = written.split_at_checked(1)?;
    let (second, tail) = rest.split_at_checked(1)?;
    let twice = is_small(first) && first.to_ascii_uppercase() == second && is_small(tail);
    (twice && rest.len() > 3 && is_meant_small(&rest.to_lowercase())).then(|| rest.to_owned())
}

/// "THe", "MAnager"
fn held_too_long(written: &str) -> Option<String> {
    let (start, tail) = written.split_at_checked(2)?;
    let held = start.bytes().all(|byte| byte.is_ascii_uppercase()) && is_small(tail) && !tail.is_empty();
    let lower = written.to_lowercase();
    let is_known = || is_meant_small(&lower) || JOINED.contains(&lower.as_str());
    (held && is_known()).then(|| start[..1].to_owned() + &lower[1..])
}

/// "manaGer": not where two words meet.
fn capital_inside(written: &str) -> Option<String> {
    let at = written.bytes().skip(2).position(|byte| byte.is_ascii_uppercase())? + 2;
    // "SaFe" and "LeSS" are names.
    let is_short_name = written.len() == SHORT_NAME && !is_small(&written[..1]);
    let only_one = is_small(&written[1..at]) && is_small(&written[at + 1..]) && !is_short_name;
    let lower = written.to_lowercase();
    let meet = || is_usual(&lower[..at]) && is_usual(&lower[at..]);
    (only_one && is_meant_small(&lower) && !meet()).then(|| written[..1].to_owned() + &lower[1..])
}

/// "successManage", "etcCOSO", "andGitLab"
fn joined_at_capital(written: &str, is_name: impl Fn(&str) -> bool) -> Option<String> {
    let at = written.bytes().position(|byte| byte.is_ascii_uppercase()).filter(|at| *at > 2)?;
    let (left, right) = written.split_at(at);
    let lower = right.to_lowercase();
    let is_word = right.len() > 3 && is_small(&right[1..]) && is_in_lexicon(&lower);
    let is_acronym = right.len() > 2 && right.bytes().all(|byte| byte.is_ascii_uppercase());
    let ends = left == "etc" || left.len() > 3 && is_in_lexicon(left) || JOINED.contains(&left);
    (ends && (is_word || is_acronym || is_name(right))).then(|| format!("{left} {right}"))
}

fn is_small(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// A usual word that nobody writes with capitals inside, as some do "GoLang".
fn is_small_word(lower: &str) -> bool {
    is_usual(lower) && !word_class(lower).is_some_and(WordClass::is_modern)
}

/// In letters: so short a name is written in any way.
const SHORT_NAME: usize = 4;

/// Letters from which on any word of the dictionary is meant, not only a usual one.
const LONG: usize = 7;

/// Whether a word of which a capital can hardly be meant has a right form in small letters: abbreviations have four letters
/// at most, and of the long words any may be meant.
fn is_meant_small(lower: &str) -> bool {
    let known = || word_class(lower).is_some_and(|class| !class.is_name_only() && !class.is_modern());
    match lower.len() {
        ..4 => false,
        4 => is_in_lexicon(lower),
        5..LONG => is_small_word(lower),
        _ => is_small_word(lower) || known(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_inside_are_slips_only_in_plain_words() {
        let right = |written| stray_capital(written, |name| name == "GitLab").map(|found| found.right);
        assert_eq!(right("pProgram").as_deref(), Some("Program"));
        assert_eq!(right("MAnager").as_deref(), Some("Manager"));
        assert_eq!(right("THe").as_deref(), Some("The"));
        assert_eq!(right("manaGer").as_deref(), Some("manager"));
        assert_eq!(right("successManage").as_deref(), Some("success Manage"));
        assert_eq!(right("etcCOSO").as_deref(), Some("etc COSO"));
        assert_eq!(right("andGitLab").as_deref(), Some("and GitLab"));
        for word in [
            "LeSS",
            "DoD",
            "KPIs",
            "ITs",
            "MEd",
            "nodeJS",
            "eCommerce",
            "gRPC",
            "TeamWork",
            "PageViews",
            "iPad",
            "GoLang",
        ] {
            assert_eq!(right(word), None, "{word}");
        }
    }
}
