use crate::declare_rule;
use crate::facts::SectionKind;
use crate::model::{Extension, Relation, Role, RoleName, Target};
use crate::rule::{RuleContext, Sink};
use crate::source::Span;
use crate::text::{fold, key};

declare_rule! {
    /// A section extends the wrong kind of section, or a role that the page does not have.
    ///
    /// "Extends the Tax Analyst responsibilities" among the requirements leaves open which requirements hold, and a
    /// reader looks in vain for a role that was renamed. "Intermediate" is the role without a level in its name; a role of
    /// another page is fine when it is linked.
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// ### Tax Analyst
    ///
    /// The Tax Analyst is a [grade 6](/handbook/#gitlab-job-grades).
    ///
    /// ### Senior Tax Analyst
    ///
    /// The Senior Tax Analyst is a [grade 7](/handbook/#gitlab-job-grades).
    ///
    /// #### Requirements
    ///
    /// - Extends the Tax Analyst responsibilities
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// ### Tax Analyst
    ///
    /// The Tax Analyst is a [grade 6](/handbook/#gitlab-job-grades).
    ///
    /// ### Senior Tax Analyst
    ///
    /// The Senior Tax Analyst is a [grade 7](/handbook/#gitlab-job-grades).
    ///
    /// #### Requirements
    ///
    /// - Extends the Intermediate requirements
    /// ```
    "extends-mismatch", Grades, Warning; check
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    for role in &cx.family.roles {
        for extension in &role.extensions {
            section(cx, extension, sink);
            target(cx, role, extension, sink);
        }
    }
}

fn section(cx: &RuleContext<'_>, extension: &Extension, sink: &mut Sink) {
    let (Some(own), Some((named, span))) = (extension.section, extension.word) else { return };
    let both = [SectionKind::Responsibilities, SectionKind::Requirements];
    if own == named || !both.contains(&own) || !takes_over(cx, extension) {
        return;
    }
    let (own, named) = (cx.facts.section_name(own).to_lowercase(), cx.facts.section_name(named).to_lowercase());
    sink.report(span, "section", format!("The {own} extend {named}"))
        .help(format!("Write `{own}`, if the {own} are meant"));
}

/// "Gathers the requirements of the business" is a duty and takes nothing over.
fn takes_over(cx: &RuleContext<'_>, extension: &Extension) -> bool {
    let names_role = matches!(extension.target, Target::Role(_) | Target::Unknown);
    let text = fold(cx.source.slice(extension.span));
    text.len() < 160 && (extension.opens || names_role || text.contains("the same ") || text.contains("listed "))
}

fn target(cx: &RuleContext<'_>, role: &Role, extension: &Extension, sink: &mut Sink) {
    // A page of one role extends those of other pages.
    let has_others = cx.family.roles.len() > 1 && role.heading.is_some();
    if extension.target != Target::Unknown || !extension.opens || extension.linked || !has_others {
        return;
    }
    let name = RoleName::parse(&extension.name, &cx.facts.levels);
    if role.name.is_same(&name) {
        report(
            extension.name_span,
            &extension.name,
            format!("`{}` extends itself", role.written),
            "Name the level below it",
            sink,
        );
    } else if !is_on_page(cx, &name) {
        let message = format!("No role on this page is called `{}`", extension.name);
        report(
            extension.name_span,
            &extension.name,
            message,
            "Name a role of this page, or link the page where it stands",
            sink,
        );
    }
}

fn report(span: Span, name: &str, message: String, help: &str, sink: &mut Sink) {
    sink.report(span, key(name), message).help(help);
}

/// A specialty, a group or the family itself may be extended too.
fn is_on_page(cx: &RuleContext<'_>, name: &RoleName) -> bool {
    let fits = |text: &str| {
        matches!(
            name.compare(&RoleName::parse(text, &cx.facts.levels)),
            Relation::Same | Relation::Shorter | Relation::Longer
        )
    };
    cx.family.title().is_some_and(fits) || cx.family.headings.iter().any(|heading| fits(&heading.text))
}
