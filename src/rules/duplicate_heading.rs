use rustc_hash::FxHashMap;

use crate::declare_rule;
use crate::model::{HeadingClass, Owner};
use crate::rule::{RuleContext, Sink};
use crate::text::key;

declare_rule! {
    /// The same heading stands twice under one heading.
    ///
    /// Mostly one of them was copied and not renamed, or the text between them belongs together. A link to the second
    /// needs `-1` at its end, and breaks when somebody removes the first.
    ///
    /// The same heading under different roles or specialties is how job families are made.
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// ## Tax Analyst
    ///
    /// ### Requirements
    ///
    /// - Knows the law
    ///
    /// ### Requirements
    ///
    /// - Ability to use GitLab
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// ## Tax Analyst
    ///
    /// ### Requirements
    ///
    /// - Knows the law
    ///
    /// ## Senior Tax Analyst
    ///
    /// ### Requirements
    ///
    /// - Ability to use GitLab
    /// ```
    "duplicate-heading", Structure, Warning, yields_to: ["merge-conflict", "unnamed-section"]; check
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    let mut seen: FxHashMap<(Place, &str), usize> = FxHashMap::default();
    seen.reserve(cx.family.headings.len());
    let parents = cx.family.parents();
    for (index, heading) in cx.family.headings.iter().enumerate() {
        // Every group of roles may have its Levels, and the group's heading may be a sibling of them.
        let is_container = matches!(heading.class, HeadingClass::Container(_));
        if heading.folded.is_empty() || is_container || matches!(heading.class, HeadingClass::Unnamed(_)) {
            continue;
        }
        let place = Place { parent: parents[index], depth: heading.depth, owner: owner(cx, index) };
        if let Some(first) = seen.insert((place, heading.folded.as_str()), index) {
            let first = &cx.family.headings[first];
            sink.report(
                heading.text_span,
                key(&heading.folded),
                format!("The heading `{}` stands here for the second time", heading.text),
            )
            .label(first.text_span, "the first time")
            .help("Rename one of them, or put their text together");
        }
    }
}

/// Where a heading stands. Sections of a role may be its siblings, so that the heading above does not tell them apart.
#[derive(PartialEq, Eq, Hash)]
struct Place {
    parent: Option<usize>,
    depth: u8,
    owner: Owner,
}

fn owner(cx: &RuleContext<'_>, index: usize) -> Owner {
    match cx.family.headings[index].class {
        HeadingClass::Section(section) | HeadingClass::Part(section) => cx.family.sections[section].owner,
        HeadingClass::Role(_) | HeadingClass::Group | HeadingClass::Container(_) | HeadingClass::Specialty(_) => {
            Owner::Family
        }
        HeadingClass::Unnamed(role) => Owner::Role(role),
        HeadingClass::Free => {
            cx.family.role_at(cx.family.headings[index].span.start).map_or(Owner::Family, Owner::Role)
        }
    }
}
