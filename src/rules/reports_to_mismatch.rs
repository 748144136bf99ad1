use crate::declare_rule;
use crate::model::slug::{SlugRule, slug};
use crate::model::{HeadingClass, Relation, ReportsTo, Role, RoleName};
use crate::rule::{RuleContext, Sink};
use crate::syntax::{Link, NodeId};
use crate::text::key;

declare_rule! {
    /// The sentence that says to whom a role reports is about another role or level, or links to another than it names.
    ///
    /// It was mostly copied from the level below, with the manager who is named in it. Sentences about the people who
    /// report to the role ("Analysts report to the Manager, Tax") are no such thing. Of a link to another page the anchor
    /// tells where it leads.
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// ### Senior Tax Analyst
    ///
    /// The Tax Analyst reports to the Manager, Tax.
    ///
    /// #### Job Grade
    ///
    /// The Senior Tax Analyst is a [grade 7](/handbook/#gitlab-job-grades).
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// ### Manager, Tax
    ///
    /// The Tax Manager reports to the Director, Tax, and Senior Tax Analysts report to the Manager, Tax.
    ///
    /// #### Job Grade
    ///
    /// The Manager, Tax is a [grade 8](/handbook/#gitlab-job-grades).
    /// ```
    "reports-to-mismatch", Grades, Warning; check
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    let has_role = cx.family.has_role_named();
    for role in cx.family.roles.iter().filter(|role| role.heading.is_some()) {
        for sentence in role.reports_to.iter().filter(|sentence| is_about_another(cx, role, sentence, &has_role)) {
            report(role, sentence, sink);
        }
    }
    links(cx, &has_role, sink);
}

fn is_about_another(
    cx: &RuleContext<'_>,
    role: &Role,
    sentence: &ReportsTo,
    has_role: impl Fn(&RoleName) -> bool,
) -> bool {
    match sentence.relation {
        Relation::OtherLevel => true,
        // "The team reports to": another name counts when it is that of another role here, or below "### Staff" of
        // another level.
        Relation::Other => {
            let subject = RoleName::parse(&sentence.subject, &cx.facts.levels);
            let is_level = role.name.is_bare_level() && subject.has_role_noun(&cx.facts.levels);
            has_role(&subject) || is_level && subject.level() != role.name.level()
        }
        Relation::Same | Relation::Shorter | Relation::Longer => false,
    }
}

fn report(role: &Role, sentence: &ReportsTo, sink: &mut Sink) {
    let subject = &sentence.subject;
    let message = format!("The sentence under `{}` says to whom the `{subject}` reports", role.written);
    sink.report(sentence.subject_span, key(subject), message)
        .caption(sentence.relation.other_in_words().unwrap_or_default())
        .label(role.name_span, "the heading above it")
        .help(format!("Write `{}`, and check to whom it reports", role.written));
}

/// The links of such sentences: "reports to the [Director, Tax](#director-audit)".
fn links(cx: &RuleContext<'_>, has_role: impl Fn(&RoleName) -> bool, sink: &mut Sink) {
    for (id, link) in cx.tree.links() {
        let span = cx.tree.node(id).span;
        let Some(role) = cx.family.role_at(span.start) else { continue };
        if !cx.family.roles[role].reports_to.iter().any(|sentence| sentence.span.covers(span)) {
            continue;
        }
        let visible = cx.tree.visible(id);
        let named = visible.text().trim();
        if let Some(other) = other_role(cx, named, &link.url, &has_role) {
            report_link(cx, id, link, named, other, sink);
        }
    }
}

/// What a link leads to, where that is another role than the one that its text names.
fn other_role<'a>(
    cx: &'a RuleContext<'_>,
    named: &str,
    url: &'a str,
    has_role: impl Fn(&RoleName) -> bool,
) -> Option<&'a str> {
    let levels = &cx.facts.levels;
    // Mostly the two are the same to the letter.
    let (page, anchor) = url.split_once('#').filter(|(_, anchor)| slug(named, SlugRule::Hugo) != *anchor)?;
    let heading = cx.family.anchors().heading_of(anchor).filter(|_| page.is_empty());
    let (written, arrives) = match heading.map(|heading| cx.family.headings[heading].class) {
        Some(HeadingClass::Role(role)) => (cx.family.roles[role].written.as_str(), cx.family.roles[role].name.clone()),
        Some(_) => return None,
        None => (anchor, RoleName::parse(&anchor.replace('-', " "), levels)),
    };
    let name = RoleName::parse(named, levels);
    let are_roles = [&name, &arrives].iter().all(|name| name.looks_like_role(levels) && !name.is_bare_level());
    // "Manager or Senior Manager, Tax" names two.
    if !are_roles || named.contains('/') || named.contains(" or ") {
        return None;
    }
    let is_of_page = heading.is_some() && has_role(&name);
    let is_other = match name.compare(&arrives) {
        // A Controller without a level may be a director.
        Relation::OtherLevel => is_of_page || name.level().is_some(),
        // Under an old name another page may have the same role; then no word of its work is left.
        Relation::Other => is_of_page || has_part_of_work(cx, &name, &arrives),
        Relation::Same | Relation::Shorter | Relation::Longer => false,
    };
    is_other.then_some(written)
}

/// Whether two roles share words of their work, and each has some that the other lacks.
fn has_part_of_work(cx: &RuleContext<'_>, one: &RoleName, other: &RoleName) -> bool {
    let lacking = |name: &RoleName, from: &RoleName| {
        let mut words = name.words_of_work(&cx.facts.levels);
        let all = words.len();
        name.strike_words_of(from, &mut words);
        (words.len(), all)
    };
    let (mine, all) = lacking(one, other);
    let (theirs, _) = lacking(other, one);
    mine > 0 && theirs > 0 && mine < all
}

fn report_link(cx: &RuleContext<'_>, id: NodeId, link: &Link, named: &str, arrives: &str, sink: &mut Sink) {
    sink.report(
        cx.destination(id, link),
        key(named),
        format!("The text names the `{named}`, and its link leads to `{arrives}`"),
    )
    .help("Correct the link, or the role that the text names");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_leads_to_the_role_that_the_text_names() {
        let page = |object: &str| {
            "---\ntitle: Tax Analyst\n---\n\n## Tax Analyst\n\nThe Tax Analyst reports to the {object}.\n\n\
             ### Job Grade\n\nThe Tax Analyst is a grade 6.\n\n## Manager, Tax\n\n### Job Grade\n\n\
             The Manager, Tax is a grade 8.\n\n## Senior Tax Counsel\n\n### Job Grade\n\n\
             The Senior Tax Counsel is a grade 9.\n"
                .replace("{object}", object)
        };
        let wrong = [
            "[Manager, Tax](#senior-tax-counsel)",
            "[Senior Manager, Tax](#manager-tax) role at our company",
            "[Tax Analyst](#senior-tax-counsel)",
            "[Manager, Tax](/job-families/audit/#senior-manager-tax)",
            "[Tax Research Director](/job-families/tax-leadership/#director-tax-operations)",
        ];
        let right = [
            "[Manager, Tax](#manager-tax)",
            "[Tax Manager](#manager-tax)",
            "[Manager](#manager-tax)",
            "[VP of Tax](/job-families/tax/#vice-president-tax)",
            "[Sr. Director, Tax](/job-families/tax/#senior-director-tax-us)",
            "[Director of Tax & Audit](/job-families/tax/#director-tax--audit)",
            "[Manager/Senior Manager, Tax](/job-families/tax/#manager-tax)",
            "[Director of Bookkeepers](/job-families/tax/#director-of-accountants)",
            "[Manager, Tax](/job-families/tax/#responsibilities)",
            "[Manager, Tax](/job-families/tax/)",
            "[Chief Tax Officer](/company/team/#cto)",
            "[Tax Controller](/job-families/tax/#director-tax-controller)",
        ];
        RULE.assert_tells(page, &wrong, &right);
    }

    #[test]
    fn below_a_level_alone_the_level_tells() {
        let page = |sentence: &str| {
            format!(
                "---\ntitle: Tax Analyst\n---\n\n## Levels\n\n### Staff\n\n{sentence}\n\n#### Job Grade\n\nThis role is a grade 8.\n"
            )
        };
        let wrong = ["The Senior Tax Analyst reports to the Manager, Tax."];
        let right =
            ["The Staff Tax Analyst reports to the Manager.", "The team reports to the Manager.", "It reports to me."];
        RULE.assert_tells(page, &wrong, &right);
    }
}
