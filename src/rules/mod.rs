//! The registry: every rule, once. Its order is the order of the docs.

use crate::rule::Rule;

macro_rules! registry {
    ($($module:ident),+ $(,)?) => {
        $(mod $module;)+
        /// Every rule of jflint, in the order of the catalogue.
        pub static ALL: &[&Rule] = &[$(&$module::RULE),+];
    };
}

registry! {
    malformed_front_matter,
    missing_section,
    missing_required_bullet,
    empty_section,
    misspelt_section,
    missing_grade,
    placeholder,
    typo,
    british_spelling,
    brand_case,
    punctuation_spacing,
    wrong_article,
    doubled_word,
    plural_apostrophe,
    unbalanced_bracket,
    discouraged_term,
    gendered_pronoun,
    vacancy_tone,
    years_of_experience,
    coded_language,
    unused_suppression,
}

/// Where a rule stands in [`ALL`].
pub fn index_of(name: &str) -> Option<usize> {
    ALL.iter().position(|rule| rule.name == name)
}

/// The rule of that name.
pub fn find(name: &str) -> Option<&'static Rule> {
    index_of(name).map(|index| ALL[index])
}
