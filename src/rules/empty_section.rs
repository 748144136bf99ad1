use crate::declare_rule;
use crate::facts::SectionKind;
use crate::model::{Heading, HeadingClass, Owner};
use crate::rule::{RuleContext, Sink};
use crate::text::key;

declare_rule! {
    /// A heading with nothing under it, where something must stand.
    ///
    /// The page promises a section and does not keep it: the text was forgotten, or moved, and the heading stayed.
    /// Headings over roles, over groups of roles and over deeper headings hold others and may be empty themselves.
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// ## Performance Indicators
    ///
    /// ## Career Ladder
    ///
    /// The next step is not yet defined.
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// ## Performance Indicators
    ///
    /// - Returns filed in time
    ///
    /// ## Career Ladder
    ///
    /// The next step is not yet defined.
    /// ```
    "empty-section", Structure, Warning, yields_to: ["merge-conflict", "duplicate-heading"]; check
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    for (index, heading) in cx.family.headings.iter().enumerate() {
        if is_empty(cx, index, heading) && !may_be_empty(cx, index, heading) {
            report(heading, cx.family.headings.get(index + 1), sink);
        }
    }
}

fn report(heading: &Heading, next: Option<&Heading>, sink: &mut Sink) {
    let (name, key) = (&heading.text, key(&heading.folded));
    match next.filter(|next| belongs_below(heading, next)) {
        Some(part) => {
            let relation = if part.depth < heading.depth { "above" } else { "beside" };
            let message = format!("Nothing stands under `{name}`: `{}` stands {relation} it", part.text);
            sink.report(heading.text_span, key, message)
                .caption(format!("level {}", heading.depth))
                .label(part.text_span, format!("level {}", part.depth))
                .help("Make the headings that belong to it deeper, or this one less deep");
        }
        None => {
            sink.report(heading.text_span, key, format!("Nothing stands under `{name}`"))
                .help("Write the section, or take its heading out");
        }
    }
}

/// Whether the next heading, which is no deeper, was meant to be: a section that names this one, or the first specialty.
fn belongs_below(heading: &Heading, next: &Heading) -> bool {
    let names_it = next.folded.strip_prefix(&heading.folded).is_some_and(|rest| rest.starts_with(' '));
    let is_loose = matches!(next.class, HeadingClass::Free | HeadingClass::Specialty(_));
    names_it || is_loose && matches!(heading.class, HeadingClass::Container(_))
}

fn is_empty(cx: &RuleContext<'_>, index: usize, heading: &Heading) -> bool {
    let next = cx.family.headings.get(index + 1);
    let holds_deeper = next.is_some_and(|next| next.depth > heading.depth);
    !holds_deeper && !heading.text.is_empty() && heading.blocks.iter().all(|block| cx.is_blank(*block))
}

fn may_be_empty(cx: &RuleContext<'_>, index: usize, heading: &Heading) -> bool {
    let next = cx.family.headings.get(index + 1);
    match heading.class {
        HeadingClass::Role(_) | HeadingClass::Group | HeadingClass::Unnamed(_) => true,
        // Levels before roles of its own depth holds them all the same; Specialties before nothing is empty.
        HeadingClass::Container(container) => {
            cx.family.containers[container].kind == SectionKind::Levels
                && next.is_some_and(|next| {
                    matches!(next.class, HeadingClass::Role(_) | HeadingClass::Group) && next.depth <= heading.depth
                })
                && cx.family.roles.len() > 1
        }
        HeadingClass::Free => next.is_some_and(|next| {
            matches!(next.class, HeadingClass::Container(_) | HeadingClass::Role(_))
                && next.depth >= heading.depth
                && heading.depth <= 2
                && stands_before_all_roles(cx, index)
        }),
        // An empty Job Grade is told as what it is: a role without a grade.
        HeadingClass::Section(section) => {
            let section = &cx.family.sections[section];
            let lacks_grade = |owner| matches!(owner, Owner::Role(role) if cx.lacks_grade(role));
            section.kind == SectionKind::JobGrade && lacks_grade(section.owner)
        }
        HeadingClass::Part(_) | HeadingClass::Specialty(_) => false,
    }
}

/// Such a heading is the page's own, as "Roles at GitLab" is.
fn stands_before_all_roles(cx: &RuleContext<'_>, index: usize) -> bool {
    cx.family.roles.iter().filter_map(|role| role.heading).all(|role| role > index)
}

#[cfg(test)]
mod tests {
    use crate::facts::Facts;
    use crate::lint::{Settings, lint};
    use crate::source::Source;

    #[test]
    fn parts_that_are_not_deep_enough_are_named() {
        let page =
            "## Clerk\n\n#### Specialties\n\n### Tax\n\n### Tax Responsibilities\n\n- Files\n\n### Requirements\n";
        let found = lint(&Source::new("x.md", page), &Settings::new(Facts::embedded())).diagnostics;
        let found: Vec<&str> =
            found.iter().filter(|one| one.rule == "empty-section").map(|one| one.message.as_str()).collect();
        assert_eq!(
            found,
            [
                "Nothing stands under `Specialties`: `Tax` stands above it",
                "Nothing stands under `Tax`: `Tax Responsibilities` stands beside it",
                "Nothing stands under `Requirements`",
            ]
        );
    }
}
