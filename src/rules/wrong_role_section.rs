use crate::declare_rule;
use crate::model::{Owner, Relation, Role, RoleName, Section};
use crate::rule::{RuleContext, Sink};

declare_rule! {
    /// A section's heading names another role than the one in whose text it stands.
    ///
    /// Mostly the section was copied from another level, and a reader who jumps to it takes it for that level's. Headings
    /// that name the role in fewer words, by an abbreviation or by its level alone, are fine.
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// ### Senior Manager, Tax
    ///
    /// #### Senior Manager, Tax Job Grade
    ///
    /// The Senior Manager, Tax is a [grade 9](/handbook/#gitlab-job-grades).
    ///
    /// #### Director, Tax Requirements
    ///
    /// - Ability to use GitLab
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// ### Senior Manager, Tax
    ///
    /// #### Senior Manager Job Grade
    ///
    /// The Senior Manager, Tax is a [grade 9](/handbook/#gitlab-job-grades).
    ///
    /// #### Sr. Manager, Tax Requirements
    ///
    /// - Ability to use GitLab
    /// ```
    "wrong-role-section", Structure, Warning, yields_to: ["role-mismatch", "misspelt-section"]; check
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    for section in &cx.family.sections {
        let Owner::Role(role) = section.owner else { continue };
        let what = match section.names {
            Relation::OtherLevel => "another level",
            Relation::Other => "another role",
            Relation::Same | Relation::Shorter | Relation::Longer => continue,
        };
        report(cx, section, &cx.family.roles[role], what, sink);
    }
}

fn report(cx: &RuleContext<'_>, section: &Section, role: &Role, what: &str, sink: &mut Sink) {
    let name = RoleName::parse(&section.prefix, &cx.facts.levels);
    // The only role of a page may have a part for each of its levels: "Senior Requirements".
    let is_part = role.heading.is_none() && name.is_bare_level();
    let Some(span) = cx.family.prefix_span(section, cx.source) else { return };
    if !name.looks_like_role(&cx.facts.levels) || is_part {
        return;
    }
    let prefix = cx.source.slice(span);
    sink.report(span, section.prefix.as_str(), format!("A section of `{}` is headed `{prefix}`", role.written))
        .caption(what)
        .label(role.name_span, "the role that it stands under")
        .help(format!("Write `{}`, or give the section back to its role", role.written));
}
