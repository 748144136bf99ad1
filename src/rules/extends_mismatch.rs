use std::cell::OnceCell;

use crate::declare_rule;
use crate::facts::SectionKind;
use crate::model::{Extension, Heading, HeadingClass, Owner, Relation, Role, RoleName, Target};
use crate::rule::{RuleContext, Sink};
use crate::source::Span;
use crate::text::{fold, key, last_word};

declare_rule! {
    /// A section extends the wrong kind of section, or a role that the page does not have, or links to another.
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
    // Of the headings, read when the first is asked for.
    let names = OnceCell::new();
    for role in &cx.family.roles {
        for extension in &role.extensions {
            section(cx, extension, sink);
            link(cx, extension, sink);
            target(cx, role, extension, &names, sink);
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

/// The link of the text leads to another role of the page than it names, or to another section.
fn link(cx: &RuleContext<'_>, extension: &Extension, sink: &mut Sink) {
    let Some((id, link)) = extension.link.and_then(|id| Some((id, cx.tree.node(id).link()?))) else { return };
    let arrives = link.url.strip_prefix('#').and_then(|anchor| cx.family.anchors().heading_of(anchor));
    let Some(heading) = arrives.map(|heading| &cx.family.headings[heading]) else { return };
    let is_name = cx.tree.node(id).span.covers(extension.name_span);
    let named = if is_name { other_role(cx, &extension.name, heading) } else { None };
    if let Some(said) = named.or_else(|| other_section(cx, extension, heading)) {
        let message = format!("The text is about `{said}`, and its link leads to `{}`", heading.text);
        sink.report(cx.destination(id, link), key(&heading.folded), message)
            .label(heading.text_span, "where it arrives")
            .help("Correct the link, or the words that it belongs to");
    }
}

/// The role of the page that is named, where a heading is another role's, or a section of one.
fn other_role<'a>(cx: &'a RuleContext<'_>, name: &str, heading: &Heading) -> Option<&'a str> {
    let arrives = match heading.class {
        HeadingClass::Role(role) => role,
        HeadingClass::Section(section) => match cx.family.sections[section].owner {
            Owner::Role(role) => role,
            _ => return None,
        },
        _ => return None,
    };
    let name = RoleName::parse(name, &cx.facts.levels);
    let arrives = &cx.family.roles[arrives];
    let mut roles = cx.family.roles.iter().take(MOST_HEADINGS);
    let named = roles.find(|role| !name.is_bare_level() && role.name.is_same(&name))?;
    (!arrives.name.is_same(&name)).then_some(&named.written)
}

/// The section of which the text speaks, where a heading is another one's.
fn other_section<'a>(cx: &'a RuleContext<'_>, extension: &Extension, heading: &Heading) -> Option<&'a str> {
    let HeadingClass::Section(section) = heading.class else { return None };
    let (kind, (said, _)) = (cx.family.sections[section].kind, extension.word?);
    let both = [SectionKind::Responsibilities, SectionKind::Requirements];
    let is_other = kind != said && both.contains(&kind);
    // In the other section the word itself is wrong.
    (is_other && extension.section.is_none_or(|own| own == said)).then(|| cx.facts.section_name(said))
}

fn target(cx: &RuleContext<'_>, role: &Role, extension: &Extension, names: &OnceCell<Vec<RoleName>>, sink: &mut Sink) {
    // A page of one role extends those of other pages.
    let has_others = cx.family.roles.len() > 1 && role.heading.is_some() && cx.family.headings.len() <= MOST_HEADINGS;
    if extension.target != Target::Unknown || extension.link.is_some() || !has_others {
        return;
    }
    let name = RoleName::parse(&extension.name, &cx.facts.levels);
    // In the middle of a sentence a name may be that of a team or a bank.
    if !extension.opens && !is_whole_name(&extension.name, &name, cx) {
        return;
    }
    if role.name.is_same(&name) {
        report(
            extension.name_span,
            &extension.name,
            format!("`{}` extends itself", role.written),
            "Name the level below it",
            sink,
        );
    } else if !is_family(cx, &name)
        && !names.get_or_init(|| names_on_page(cx)).iter().any(|other| is_like(&name, other))
    {
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

/// "Tax Clerk", not "clerk" nor "Tax team".
fn is_whole_name(written: &str, name: &RoleName, cx: &RuleContext<'_>) -> bool {
    let ends_in_noun = RoleName::parse(last_word(written), &cx.facts.levels).has_role_noun(&cx.facts.levels);
    let is_capital = |word: &str| word.starts_with(char::is_uppercase) || matches!(word, "of" | "and" | "for");
    ends_in_noun && !name.is_bare_level() && written.contains(' ') && written.split(' ').all(is_capital)
}

fn report(span: Span, name: &str, message: String, help: &str, sink: &mut Sink) {
    sink.report(span, key(name), message).help(help);
}

/// Every name is compared with every heading: pages of more are no job families, and take no longer than others.
const MOST_HEADINGS: usize = 512;

/// Whether a name is the family's, or short for it. A title such as "Tax" is no role, and a Tax Accountant another name.
fn is_family(cx: &RuleContext<'_>, name: &RoleName) -> bool {
    let Some(title) = cx.family.title() else { return false };
    let title = RoleName::parse(title, &cx.facts.levels);
    match name.compare(&title) {
        Relation::Longer => title.looks_like_role(&cx.facts.levels),
        relation => matches!(relation, Relation::Same | Relation::Shorter),
    }
}

/// A specialty or a group may be extended too.
fn names_on_page(cx: &RuleContext<'_>) -> Vec<RoleName> {
    let title = cx.family.title();
    let headings = cx.family.headings.iter().map(|heading| heading.text.as_str());
    let mut texts: Vec<&str> = headings.filter(|text| Some(*text) != title).collect();
    // Every role has its Responsibilities.
    texts.sort_unstable();
    texts.dedup();
    texts.into_iter().map(|text| RoleName::parse(text, &cx.facts.levels)).collect()
}

fn is_like(name: &RoleName, other: &RoleName) -> bool {
    !name.compare(other).is_other()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    fn findings_of(title: &str, extended: &str) -> Vec<String> {
        let role = |name: &str| format!("## {name}\n\nThe {name} is a grade 7.\n\n### Responsibilities\n\n");
        let page = format!("---\ntitle: \"{title}\"\n---\n\n# {title}\n\n{}- Files\n\n", role("Tax Analyst"))
            + &format!("{}- Extends the {extended} responsibilities\n", role("Senior Tax Analyst"));
        RULE.findings(&Source::new("x.md", page)).into_iter().map(|found| found.message).collect()
    }

    #[test]
    fn a_title_that_is_no_role_lends_its_name_to_none() {
        for name in ["Tax Accountant", "Tax Lead"] {
            assert_eq!(findings_of("Tax", name), [format!("No role on this page is called `{name}`")]);
        }
    }

    #[test]
    fn a_family_may_be_extended() {
        for (title, extended) in [
            ("Tax Accountant", "Tax Accountant"),
            ("Tax Accountant and Auditor", "Tax Accountant"),
            ("Tax Accountant", "Tax Accountant, Operations"),
            ("Tax", "Tax"),
            ("Tax", "Tax Analyst"),
        ] {
            assert_eq!(findings_of(title, extended), Vec::<String>::new(), "{title}: {extended}");
        }
    }

    #[test]
    fn a_name_in_the_middle_of_a_sentence_is_whole() {
        let page = |text: &str| {
            let roles = "## Tax Analyst\n\nThe Tax Analyst is a grade 6.\n\n### Requirements\n\n- Files\n\n\
                        ## Senior Tax Analyst\n\nThe Senior Tax Analyst is a grade 7.\n\n";
            format!("{roles}{text}\n")
        };
        let wrong = [
            "This role extends the Bridge Builder Manager role by adding vision.",
            "### Requirements\n\n- The same requirements of a Bridge Engineer, plus the below:",
        ];
        let right = [
            "This role extends the Tax Analyst role by adding vision.",
            "This role extends the [Bridge Builder Manager](/bridges) role by adding vision.",
            "This role extends the Bridge team's work.",
            "### Requirements\n\n- The same requirements of an engineer, plus the below:",
            "### Requirements\n\n- The same requirements as any Lead has in the Lead Bank, plus:",
        ];
        RULE.assert_tells(page, &wrong, &right);
    }

    #[test]
    fn a_link_leads_to_what_the_text_names() {
        let role = |name: &str, bullet: &str| {
            format!(
                "## {name}\n\nThe {name} is a grade 7.\n\n### {name} Responsibilities\n\n- {bullet}\n\n\
                 ### {name} Requirements\n\n- Cares\n\n"
            )
        };
        let page = |bullet: &str| {
            role("Tax Analyst", "Files") + &role("Tax Lead", "Plans") + &role("Senior Tax Analyst", bullet)
        };
        let wrong = [
            "Extends the [Tax Analyst](#tax-lead) responsibilities",
            "Extends the [Tax Analyst responsibilities](#tax-lead-responsibilities)",
            "Includes the responsibilities listed [here](#tax-analyst-requirements)",
        ];
        let right = [
            "Extends the [Tax Analyst](#tax-analyst) responsibilities",
            "Extends the [Analyst, Tax](#tax-analyst-responsibilities) responsibilities",
            "Extends the Tax Analyst responsibilities, as the [Tax Lead](#tax-lead) does",
            "Includes the responsibilities listed [here](#tax-analyst-responsibilities)",
            "Extends the responsibilities and [requirements](#tax-analyst-requirements) of the Tax Analyst",
        ];
        RULE.assert_tells(page, &wrong, &right);
    }
}
