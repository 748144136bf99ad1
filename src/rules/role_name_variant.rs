use std::collections::BTreeMap;

use crate::declare_rule;
use crate::facts::LevelFacts;
use crate::model::{Extension, Opening, Owner, Relation, RoleName, Section, Target};
use crate::rule::{RuleContext, Sink};
use crate::source::Span;
use crate::text::{fold, words};

declare_rule! {
    /// A sentence or a section's heading names the role with more or fewer words than the role's heading.
    ///
    /// A reader cannot tell whether "Director, Channel Sales Manager" is the "Director, Channel Sales" above it, and a
    /// search for the one does not find the other. Abbreviations, the order of the words and levels in parentheses are no
    /// other name.
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// ### Director, Channel Sales
    ///
    /// #### Job Grade
    ///
    /// The Director, Channel Sales Manager is a [grade 10](/handbook/#gitlab-job-grades).
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// ### Director, Channel Sales
    ///
    /// #### Job Grade
    ///
    /// The Director of Channel Sales is a [grade 10](/handbook/#gitlab-job-grades).
    /// ```
    "role-name-variant", Grades, Warning; check
}

/// A place that names a role in other words than its heading.
struct Mention<'a> {
    role: usize,
    named: &'a str,
    span: Span,
    relation: Relation,
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    let mut by_name: BTreeMap<(usize, String), Vec<Mention<'_>>> = BTreeMap::new();
    for mention in mentions(cx) {
        let role = &cx.family.roles[mention.role];
        let differs = matches!(mention.relation, Relation::Shorter | Relation::Longer);
        // Of a role that is called "Senior", or has no heading but the title, nobody expects the very words.
        if differs && role.heading.is_some() && !role.name.is_bare_level() {
            by_name.entry((mention.role, fold(mention.named))).or_default().push(mention);
        }
    }
    for ((_, key), mentions) in &by_name {
        report(cx, key, mentions, sink);
    }
}

fn mentions<'a>(cx: &'a RuleContext<'_>) -> Vec<Mention<'a>> {
    let mut found = Vec::new();
    for (role, data) in cx.family.roles.iter().enumerate() {
        found.extend(data.statements.iter().map(|statement| Mention {
            role,
            named: statement.named(),
            span: statement.subject_span,
            relation: statement.relation,
        }));
        found.extend(data.reports_to.iter().map(|sentence| Mention {
            role,
            named: &sentence.subject,
            span: sentence.subject_span,
            relation: sentence.relation,
        }));
        found.extend(data.opening.as_ref().and_then(|opening| opened(role, opening)));
        found.extend(data.extensions.iter().filter_map(|extension| extended(cx, extension)));
    }
    found.extend(cx.family.sections.iter().filter_map(|section| headed(cx, section)));
    found
}

/// Text may call a role by fewer words than its heading.
fn opened(role: usize, opening: &Opening) -> Option<Mention<'_>> {
    let Opening { subject, subject_span, relation } = opening;
    (*relation == Relation::Longer).then_some(Mention {
        role,
        named: subject,
        span: *subject_span,
        relation: *relation,
    })
}

/// "Extends the Analyst" is short for the Tax Analyst; more words than the role has name one that is not there.
fn extended<'a>(cx: &RuleContext<'_>, extension: &'a Extension) -> Option<Mention<'a>> {
    let Target::Role(role) = extension.target else { return None };
    let written = &cx.family.roles[role].written;
    let mention = Mention { role, named: &extension.name, span: extension.name_span, relation: extension.relation };
    let is_other_name = extension.relation == Relation::Longer && extension.link.is_none();
    let is_one = !names_several(&extension.name, &cx.facts.levels);
    (is_other_name && is_one && has_more_of_name(&extension.name, written)).then_some(mention)
}

/// "Tax Analyst and Senior Tax Analyst"
fn names_several(name: &str, levels: &LevelFacts) -> bool {
    let parts = [" and ", " & ", "/"].into_iter().find_map(|joint| name.split_once(joint));
    parts
        .is_some_and(|(one, other)| [one, other].iter().all(|part| RoleName::parse(part, levels).has_role_noun(levels)))
}

/// Whether what a name has more than a heading is written like a name: "Tax Analyst and further" goes on otherwise.
fn has_more_of_name(name: &str, heading: &str) -> bool {
    let heading = fold(heading);
    let is_surplus = |word: &&str| !words(&heading).any(|own| own == fold(word));
    let surplus = words(name).filter(is_surplus);
    surplus.filter(|word| word.len() > LONGEST_CONNECTIVE).all(|word| !word.starts_with(char::is_lowercase))
}

/// In bytes: "of", "the", "for" stand in names.
const LONGEST_CONNECTIVE: usize = 3;

/// A section may be headed by its role in short.
fn headed<'a>(cx: &'a RuleContext<'_>, section: &Section) -> Option<Mention<'a>> {
    let Owner::Role(role) = section.owner else { return None };
    if section.relation != Relation::Longer {
        return None;
    }
    let span = cx.family.prefix_span(section, cx.source)?;
    Some(Mention { role, named: cx.source.slice(span), span, relation: section.relation })
}

/// The same other name in several places is one slip, mostly the heading's.
fn report(cx: &RuleContext<'_>, key: &str, mentions: &[Mention<'_>], sink: &mut Sink) {
    let Some(first) = mentions.iter().min_by_key(|mention| mention.span) else { return };
    let role = &cx.family.roles[first.role];
    let how = if first.relation == Relation::Longer { "more" } else { "fewer" };
    let message = format!("The name `{}` has {how} words than the heading `{}`", first.named, role.written);
    let mut finding = sink
        .report(first.span, key, message)
        .owner(cx.family.finding_owner_of_role(first.role))
        .label(role.name_span, "the role's heading");
    for other in mentions.iter().filter(|mention| mention.span != first.span) {
        finding = finding.label(other.span, "here too");
    }
    finding.help("Use one name in all places");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    fn findings_of(bullet: &str) -> Vec<String> {
        let role = |name: &str, bullet: &str| {
            format!("## {name}\n\nThe {name} is a grade 7.\n\n### Responsibilities\n\n- {bullet}\n- Files\n\n")
        };
        let page = role("Tax Analyst", "Plans") + &role("Senior Tax Analyst", bullet);
        RULE.findings(&Source::new("x.md", page)).into_iter().map(|found| found.message).collect()
    }

    #[test]
    fn how_a_sentence_goes_on_is_no_name() {
        for bullet in [
            "All responsibilities of the Tax Analyst and in addition:",
            "All responsibilities of the Tax Analyst, in addition to:",
            "All responsibilities from the Tax Analyst role",
            "All responsibilities listed for the Tax Analyst role",
            "The same responsibilities as Tax Analyst apply",
            "Combines the responsibilities of the Tax Analyst with:",
            "Extends the Tax Analyst further",
        ] {
            assert_eq!(findings_of(bullet), Vec::<String>::new(), "{bullet}");
        }
    }

    #[test]
    fn a_longer_name_is_another() {
        let message = "The name `Tax Analyst of the Board` has more words than the heading `Tax Analyst`";
        assert_eq!(findings_of("Extends the Tax Analyst of the Board responsibilities"), [message]);
    }
}
