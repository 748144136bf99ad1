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
    merge_conflict,
    missing_section,
    missing_required_bullet,
    empty_section,
    misspelt_section,
    unnamed_section,
    wrong_role_section,
    misplaced_section,
    nonstandard_section,
    duplicate_heading,
    skipped_heading_level,
    decorated_heading,
    unmarked_heading,
    unordered_levels,
    missing_grade,
    grade_mismatch,
    role_mismatch,
    role_name_variant,
    malformed_grade,
    outdated_grade,
    unmatched_table_row,
    table_link_mismatch,
    inverted_grades,
    equal_grades,
    unusual_grade,
    reports_to_mismatch,
    extends_mismatch,
    template_text,
    placeholder,
    duplicate_bullet,
    near_duplicate_bullet,
    repeated_level_list,
    inherited_bullet,
    misplaced_requirement,
    performance_indicator_count,
    lost_bullet,
    unbulleted_list,
    run_together_bullets,
    stray_list_marker,
    split_list,
    uneven_full_stops,
    swallowed_paragraph,
    typo,
    british_spelling,
    unknown_word,
    brand_case,
    punctuation_spacing,
    missing_full_stop,
    wrong_article,
    doubled_word,
    plural_apostrophe,
    missing_hyphen,
    needless_hyphen,
    grammar,
    unbalanced_bracket,
    discouraged_term,
    gendered_pronoun,
    vacancy_tone,
    years_of_experience,
    coded_language,
    malformed_link,
    bare_site_anchor,
    empty_link,
    broken_anchor,
    absolute_handbook_link,
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
