use crate::declare_rule;
use crate::model::{RoleName, Section};
use crate::rule::{RuleContext, Sink};
use crate::text::key;

declare_rule! {
    /// A section is called by a name that other pages do not use.
    ///
    /// Readers who know other job families look for `Hiring Process`, and so do links and tools.
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// ## Interview Process
    ///
    /// - A screening call
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// ## Hiring Process
    ///
    /// - A screening call
    /// ```
    "nonstandard-section", Structure, Info, yields_to: ["misspelt-section"]; check
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    for section in cx.family.sections.iter().filter(|section| section.nonstandard) {
        let Some(heading) = cx.family.heading_of(section) else { continue };
        if is_of_something(cx, section) || has_usual(cx, section) {
            continue;
        }
        let usual = cx.facts.section_name(section.kind);
        sink.report(
            heading.text_span,
            key(&heading.folded),
            format!("`{}` is called `{usual}` on other pages", heading.text),
        )
        .help(format!("Call it `{usual}`, and change the links that lead to it"));
    }
}

/// "Travel Requirement" is no section of that kind.
fn is_of_something(cx: &RuleContext<'_>, section: &Section) -> bool {
    let is_role = || RoleName::parse(&section.prefix, &cx.facts.levels).has_role_noun(&cx.facts.levels);
    !section.prefix.is_empty() && section.kind.is_of_role() && !is_role()
}

/// Whether the same role has a section of the usual name, too.
fn has_usual(cx: &RuleContext<'_>, section: &Section) -> bool {
    cx.family.sections_of(section.owner, section.kind).any(|other| !other.nonstandard)
}
