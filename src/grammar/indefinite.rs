//! "a" or "an": the sound of the next word decides, not its letter.

use crate::facts::Articles;
use crate::prose::{Shape, WordAt};

/// The indefinite article in its two forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Indefinite {
    A,
    An,
}

impl Indefinite {
    /// In lower case.
    pub fn written(self) -> &'static str {
        match self {
            Self::A => "a",
            Self::An => "an",
        }
    }
}

/// What a word takes, if it is clear how it sounds.
pub fn indefinite(word: WordAt<'_, '_>, articles: &Articles) -> Option<Indefinite> {
    let (written, shape) = (word.stem(), word.word().shape);
    let is_plain = !word.word().technical && written.chars().all(|c| c.is_ascii_alphabetic()) && written.len() > 1;
    is_plain.then(|| sound(written, shape, articles))?
}

fn sound(word: &str, shape: Shape, articles: &Articles) -> Option<Indefinite> {
    match shape {
        Shape::Capitals => acronym_sound(word, articles),
        Shape::Mixed => mixed_sound(word, articles),
        Shape::Lower | Shape::Capitalised => word_sound(&word.to_ascii_lowercase(), articles),
    }
}

/// "an 8-week plan", "an 11th hour"; 1100 may be "eleven hundred".
pub fn number_sound(digits: &str) -> Option<Indefinite> {
    match digits {
        "11" | "18" => Some(Indefinite::An),
        _ if digits.starts_with('8') => Some(Indefinite::An),
        _ if digits.starts_with('1') => None,
        _ => Some(Indefinite::A),
    }
}

fn word_sound(lower: &str, articles: &Articles) -> Option<Indefinite> {
    // What has no vowel is read letter by letter: "an npm package".
    let has_vowel = lower.contains(['a', 'e', 'i', 'o', 'u', 'y']);
    if !has_vowel || articles.either_starts.begin(lower) {
        None
    } else if articles.silent_starts.begin(lower) || articles.an_starts.begin(lower) {
        Some(Indefinite::An)
    } else if articles.a_starts.begin(lower) || articles.a_words.iter().any(|word| word == lower) {
        Some(Indefinite::A)
    } else {
        Some(if lower.starts_with(['a', 'e', 'i', 'o', 'u']) { Indefinite::An } else { Indefinite::A })
    }
}

/// Pairs of consonants with which a word may begin.
const CLUSTERS: [&str; 12] = ["FL", "FR", "RH", "SC", "SH", "SK", "SL", "SM", "SN", "SP", "ST", "SW"];

/// An acronym is read letter by letter when no word begins so; one with A, E, I or O first sounds so either way.
fn acronym_sound(acronym: &str, articles: &Articles) -> Option<Indefinite> {
    let listed = |list: &[String]| list.iter().any(|known| known == acronym);
    if listed(&articles.acronyms_either) {
        None
    } else if listed(&articles.acronyms_a) {
        Some(Indefinite::A)
    } else if listed(&articles.acronyms_an) || acronym.starts_with(['A', 'E', 'I', 'O']) {
        Some(Indefinite::An)
    } else if acronym.starts_with(['F', 'H', 'L', 'M', 'N', 'R', 'S', 'X']) {
        let vowel = acronym[1..].starts_with(['A', 'E', 'I', 'O', 'U', 'Y']);
        let cluster = CLUSTERS.iter().any(|cluster| acronym.starts_with(cluster));
        (!vowel && !cluster).then_some(Indefinite::An)
    } else if acronym.starts_with('U') {
        None
    } else {
        Some(Indefinite::A)
    }
}

/// "GitLab" sounds as a word, the "ML" of "MLOps" as letters, the plural "APIs" as its acronym.
fn mixed_sound(word: &str, articles: &Articles) -> Option<Indefinite> {
    if let Some(acronym) = word.strip_suffix('s').filter(|stem| stem.chars().all(|c| c.is_ascii_uppercase())) {
        return acronym_sound(acronym, articles);
    }
    let second_is_capital = word[1..].starts_with(|c: char| c.is_ascii_uppercase());
    let listed = articles.acronyms_either.iter().chain(&articles.acronyms_a).any(|known| known == word);
    if listed || (second_is_capital && !word.starts_with(['A', 'E', 'I', 'O', 'a', 'e', 'i', 'o'])) {
        return None;
    }
    word_sound(&word.to_ascii_lowercase(), articles)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Facts;

    #[test]
    fn the_sound_decides() {
        let facts = Facts::embedded();
        let articles = &facts.terms.rows().articles;
        let shape_of = |word: &str| match (word.contains(char::is_lowercase), word.find(char::is_uppercase)) {
            (false, _) => Shape::Capitals,
            (true, None) => Shape::Lower,
            (true, Some(0)) if !word[1..].contains(char::is_uppercase) => Shape::Capitalised,
            _ => Shape::Mixed,
        };
        for (article, words) in [
            (
                Some(Indefinite::A),
                "technical user one once oneness European EULA unique US VP UX GitLab QA Utrecht unanimous unary \
                unidirectional unimodal utensil house heavy year",
            ),
            (
                Some(Indefinite::An),
                "individual hour honest heir uninformed umbrella MBA SDR HR API AE IT EU eBay unidentified unimportant \
                unimaginable uninvited unissued usher unarmed OKR APIs SLA",
            ),
            (None, "SQL SaaS FAQ historic npm ssh MLOps Ubuntu hotel"),
        ] {
            for word in words.split_whitespace() {
                assert_eq!(sound(word, shape_of(word), articles), article, "{word}");
            }
        }
        let numbers = ["8", "80", "11", "18", "5", "100", "1100"].map(number_sound);
        let (a, an) = (Some(Indefinite::A), Some(Indefinite::An));
        assert_eq!(numbers, [an, an, an, an, a, None, None]);
    }
}
