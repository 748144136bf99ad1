use std::ops::Range;

use crate::declare_rule;
use crate::facts::SectionKind;
use crate::model::{MOST_COMPARED, Opening, Owner, Relation, Role, RoleName, Section};
use crate::rule::{RuleContext, Sink};
use crate::source::Span;
use crate::syntax::NodeId;
use crate::text::{find_ignoring_case, fold, key, strip_article};

declare_rule! {
    /// A role's text begins with another role, a section's heading names one, or the career ladder is another's.
    ///
    /// Mostly it was copied from another level or page, and a reader who jumps to it takes it for theirs. Headings that
    /// name the role in fewer words, by an abbreviation or by its level alone, are fine, and so is a family whose words all
    /// stand in the page's title or in the names of its roles, in this form or another.
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
        if let Some(what) = section.relation.other_in_words() {
            report(cx, section, &cx.family.roles[role], what, sink);
        }
    }
    openings(cx, sink);
    ladders_of_roles(cx, sink);
    ladders(cx, sink);
}

/// "The Director, Tax is responsible for" below "Senior Director, Tax".
fn openings(cx: &RuleContext<'_>, sink: &mut Sink) {
    let has_role = cx.family.has_role_named();
    // A title without a level may be the family's, of whose roles its text speaks.
    let is_one = |role: &&Role| role.heading.is_some() || role.name.level().is_some();
    for role in cx.family.roles.iter().filter(is_one) {
        let Some(Opening { subject, subject_span, relation }) = &role.opening else { continue };
        let name = RoleName::parse(subject, &cx.facts.levels);
        let is_about_another = match relation {
            Relation::OtherLevel => name.base() == role.base || has_role(&name),
            // At its level it is the role by another name; else the text may begin with those whom it works with.
            Relation::Other => has_role(&name) || name.level().is_some() && name.level() == role.name.level(),
            Relation::Same | Relation::Shorter | Relation::Longer => false,
        };
        if is_about_another {
            let message = format!("The text of `{}` speaks of the `{subject}`", role.written);
            sink.report(*subject_span, key(subject), message)
                .label(role.name_span, if role.heading.is_some() { "the heading above it" } else { "the title" })
                .help(format!("Write `{}`, and check that the text is its own", role.written));
        }
    }
}

/// "The next step in the Tax job family is not yet defined" on a page about something else.
fn ladders(cx: &RuleContext<'_>, sink: &mut Sink) {
    let Some(title) = cx.family.title() else { return };
    let ladders = cx.family.sections.iter().filter(|section| section.kind == SectionKind::CareerLadder);
    for (named, span) in ladders.flat_map(|section| &section.blocks).filter_map(|block| family_named(cx, *block)) {
        if is_other_family(cx, named, title) {
            let message = format!("The career ladder is that of the `{named}` job family, on the page `{title}`");
            sink.report(span, fold(named), message).help("Write the ladder of this job family");
        }
    }
}

/// "The next step for the Tax Analyst is" in the career ladder of the Senior Tax Analyst.
fn ladders_of_roles(cx: &RuleContext<'_>, sink: &mut Sink) {
    let has_role = cx.family.has_role_named();
    let ladders = cx.family.sections.iter().filter(|section| section.kind == SectionKind::CareerLadder);
    let of_roles: Vec<&Section> = ladders.filter(|section| matches!(section.owner, Owner::Role(_))).collect();
    // The only one is the family's and stands too deep.
    for section in of_roles.iter().filter(|_| of_roles.len() > 1) {
        let Owner::Role(role) = section.owner else { continue };
        let role = &cx.family.roles[role];
        for (name, named, span) in section.blocks.iter().filter_map(|block| role_named(cx, *block)) {
            let is_known = name.base() == role.base || has_role(&name);
            if role.heading.is_some() && is_known && name.compare(&role.name) == Relation::OtherLevel {
                let message = format!("The career ladder of `{}` is about the `{named}`", role.written);
                sink.report(span, key(named), message)
                    .caption("another level")
                    .label(role.name_span, "the heading above it")
                    .help("Write the next step of this role");
            }
        }
    }
}

/// The role of which a ladder says the next step.
fn role_named<'a>(cx: &RuleContext<'a>, block: NodeId) -> Option<(RoleName, &'a str, Span)> {
    let visible = cx.tree.visible(block);
    let text = visible.text();
    let rest = after_cue(text)?.strip_prefix(" for ")?;
    let end = rest.find(" is ").or_else(|| rest.find(" are "))?;
    let named = strip_article(&rest[..end]).trim_end_matches([',', ' ']);
    let name = RoleName::parse(named, &cx.facts.levels);
    let is_role = name.has_role_noun(&cx.facts.levels) && !name.is_bare_level() && !named.contains(['.', ';', ':']);
    let end = text.len() - rest.len() + end;
    let start = text[..end].rfind(named)?;
    is_role.then(|| (name, named, visible.span(start..start + named.len())))
}

/// What follows "next step" in a text.
fn after_cue(text: &str) -> Option<&str> {
    let cue = find_ignoring_case(text.as_bytes(), CUE)? + CUE.len();
    Some(text[cue..].strip_prefix('s').unwrap_or(&text[cue..]))
}

/// The family that a ladder says it is of. One to which it links is where it leads.
fn family_named<'a>(cx: &RuleContext<'a>, block: NodeId) -> Option<(&'a str, Span)> {
    let visible = cx.tree.visible(block);
    let range = family_named_in(visible.text())?;
    let span = visible.span(range.clone());
    (!cx.tree.is_linked(span)).then(|| (&visible.text()[range], span))
}

/// With these words a career ladder begins to say what comes.
const CUE: &str = "next step";

/// The name in "The next step in the X job family".
fn family_named_in(text: &str) -> Option<Range<usize>> {
    let rest = after_cue(text)?;
    let rest = rest.strip_prefix(" in the ").or_else(|| rest.strip_prefix(" for the "))?;
    let name = rest[..find_ignoring_case(rest.as_bytes(), " job family")?].trim_end();
    // "The next step for the Analyst is the Tax job family" goes on after the name.
    let is_of_name = |word: &str| !word.starts_with(char::is_lowercase) || matches!(word, "and" | "of" | "for");
    let is_name = !name.contains(['.', ';', ':']) && name.split(' ').all(is_of_name);
    let start = text.len() - rest.len();
    is_name.then(|| start..start + name.len())
}

/// Whether a word of a family's work stands neither in the title nor in the name of a role or specialty.
fn is_other_family(cx: &RuleContext<'_>, named: &str, title: &str) -> bool {
    let parse = |written: &str| RoleName::parse(written, &cx.facts.levels);
    let name = parse(named);
    let mut foreign = name.words_of_work(&cx.facts.levels);
    name.strike_words_of(&parse(title), &mut foreign);
    // Mostly the title has them all.
    if foreign.is_empty() {
        return false;
    }
    cx.family.roles.iter().take(MOST_COMPARED).for_each(|role| name.strike_words_of(&role.name, &mut foreign));
    let specialties = cx.family.specialties.iter().take(MOST_COMPARED);
    specialties.for_each(|specialty| name.strike_words_of(&parse(&specialty.name), &mut foreign));
    !foreign.is_empty()
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
        .help(format!("Write `{}`, or give the section back to its role", role.written));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_begins_with_its_role() {
        let page = |opening: &str| {
            let role = |name: &str, text: &str| format!("## {name}\n\n{text}\n\n### Job Grade\n\nIt is a grade 7.\n\n");
            let directors = role("Director, Tax", "Leads.") + &role("Senior Director, Tax Research", opening);
            directors + &role("Tax Analyst", "Files.")
        };
        let wrong = [
            "The Director, Tax Research is responsible for the team.",
            "The Tax Analyst extends the Clerk role.",
            "As a Senior Director of Audits, you will lead the team.",
            "The Senior Director of Audits for our company leads the team.",
        ];
        let right = [
            "The Senior Director, Tax Research is responsible for the team.",
            "The Sr Director of Tax leads the team.",
            "The Director leads the team.",
            "The Research Engineer works with us.",
            "The Tax Analysts file what the team finds.",
            "The Tax Analyst team files.",
            "A Director, Tax Research may apply.",
            "Leads the team of the Director, Tax.",
            "The team is led by it.\n\nThe Director, Tax is another role.",
        ];
        RULE.assert_tells(page, &wrong, &right);
    }

    #[test]
    fn a_title_with_a_level_is_a_role() {
        let page = |title: &str| {
            format!(
                "---\ntitle: {title}\n---\n\nAs a Senior Tax Analyst, you file.\n\n## Job Grade\n\nIt is a grade 8.\n"
            )
        };
        RULE.assert_tells(page, &["Staff Tax Analyst"], &["Senior Tax Analyst", "Tax Analyst", "Tax"]);
    }

    #[test]
    fn the_ladder_of_a_role_is_about_it() {
        let page = |ladder: &str| {
            let role = |name: &str, ladder: &str| {
                format!("## {name}\n\n### Job Grade\n\nIt is a grade 7.\n\n### Career Ladder\n\n{ladder}\n\n")
            };
            role("Tax Analyst", "The next step is open.") + &role("Senior Tax Analyst", ladder)
        };
        let wrong =
            ["The next step for the Tax Analyst is the Manager, Tax.", "Next steps for a Staff Tax Analyst are open."];
        let right = [
            "The next step for the Senior Tax Analyst is the Manager, Tax.",
            "The next step for the Senior Analyst is the Manager, Tax.",
            "The next step for the Audit Engineer is open.",
            "The next step for this role is open. The Tax Analyst is another.",
            "The next step is the Staff Tax Analyst.",
        ];
        RULE.assert_tells(page, &wrong, &right);
    }

    #[test]
    fn a_ladder_is_of_the_page_when_its_words_are() {
        let page = |ladder: &str| {
            format!(
                "---\ntitle: Field Research & Surveys\n---\n\n## Senior Surveyor\n\n### Job Grade\n\nThe Senior \
                 Surveyor is a grade 7.\n\n## Research Data Analyst (RDA)\n\n### Job Grade\n\nThe RDA is a grade \
                 6.\n\n## Career Ladder\n\n{ladder}\n"
            )
        };
        let wrong = [
            "The next step in the Lending Desk job family is not yet defined.",
            "The next steps in the Field Photography Job Family are open.",
            "* The next step for the Field Research and Lending job family is open.",
        ];
        let right = [
            "The next step in the Surveying job family is not yet defined.",
            "The next step in the Field Research Management job family is not yet defined.",
            "The next step in the RDA job family is not yet defined.",
            "The next step in the FR&S job family is not yet defined.",
            "The next step in the Director, Surveys job family is not yet defined.",
            "The next step in the job family is the Lending Desk job family.",
            "The next step for the Surveyor is the Lending Desk job family.",
            "The next step in the [Lending Desk](/lending) job family is open.",
        ];
        RULE.assert_tells(page, &wrong, &right);
    }
}
