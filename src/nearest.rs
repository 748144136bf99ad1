//! The name that a person probably meant: one place for rules, keys, severities and directives.

/// Longer words are no slip of a name, and comparing them takes time.
const LONGEST: usize = 64;

/// Beginnings shorter than this may be of anything.
const SHORTEST: usize = 3;

/// The candidate nearest to `word`, if it is near enough to be what was meant. Case and `_` for `-` do not count.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if word.len() > LONGEST {
        return None;
    }
    let folded = word.to_lowercase().replace('_', "-");
    let candidates: Vec<&str> = candidates.into_iter().collect();
    only_one_that_begins_with(&folded, &candidates).or_else(|| fewest_slips(&folded, &candidates))
}

/// The end was left out, as in `warn`.
fn only_one_that_begins_with<'a>(word: &str, candidates: &[&'a str]) -> Option<&'a str> {
    let mut longer = candidates.iter().filter(|candidate| word.len() >= SHORTEST && candidate.starts_with(word));
    longer.next().filter(|_| longer.next().is_none()).copied()
}

fn fewest_slips<'a>(folded: &str, candidates: &[&'a str]) -> Option<&'a str> {
    candidates
        .iter()
        .copied()
        .filter(|candidate| candidate.len().abs_diff(folded.len()) <= tolerance(candidate))
        .map(|candidate| (strsim::damerau_levenshtein(folded, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= tolerance(candidate))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// How many letters may be wrong, missing or too many.
fn tolerance(name: &str) -> usize {
    (name.len() / 3).max(1)
}

/// `; did you mean …?`, or nothing where no candidate is near.
pub fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> String {
    nearest(word, candidates).map(|name| format!("; did you mean `{name}`?")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_all_kinds_are_near() {
        let names = ["grade-mismatch", "role-mismatch", "typo"];
        assert_eq!(nearest("grade-mismacth", names), Some("grade-mismatch"));
        assert_eq!(nearest("Grade_Mismatch", names), Some("grade-mismatch"));
        assert_eq!(nearest("typos", names), Some("typo"));
        assert_eq!(nearest("spelling", names), None);
        assert_eq!(nearest("grade", names), Some("grade-mismatch"));
        assert_eq!(nearest("warn", ["warning", "off"]), Some("warning"));
        assert_eq!(nearest(&"typo".repeat(100_000), names), None);
    }
}
