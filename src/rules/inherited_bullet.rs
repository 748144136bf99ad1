use rustc_hash::FxHashMap;

use crate::bullets::{Bullet, Bullets};
use crate::declare_rule;
use crate::diagnostic::Safety;
use crate::facts::SectionKind;
use crate::rule::{RuleContext, Sink};

declare_rule! {
    /// A bullet repeats one of the role that this section extends.
    ///
    /// The section says that it extends another role, so it has that role's bullets already. A repeated one makes
    /// readers ask what else is not taken over, and the two wordings drift apart. A bullet that every role must have,
    /// such as "Ability to use GitLab", may be repeated.
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// ## Tax Analyst
    ///
    /// The Tax Analyst is a [grade 6](/handbook/#gitlab-job-grades).
    ///
    /// ### Requirements
    ///
    /// - Ability to use GitLab
    /// - Experience with tax law
    ///
    /// ## Senior Tax Analyst
    ///
    /// The Senior Tax Analyst is a [grade 7](/handbook/#gitlab-job-grades).
    ///
    /// ### Requirements
    ///
    /// - Extends the Tax Analyst requirements
    /// - Experience with tax law
    /// - Experience with audits
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// ## Tax Analyst
    ///
    /// The Tax Analyst is a [grade 6](/handbook/#gitlab-job-grades).
    ///
    /// ### Requirements
    ///
    /// - Ability to use GitLab
    /// - Experience with tax law
    ///
    /// ## Senior Tax Analyst
    ///
    /// The Senior Tax Analyst is a [grade 7](/handbook/#gitlab-job-grades).
    ///
    /// ### Requirements
    ///
    /// - Extends the Tax Analyst requirements
    /// - Experience with audits
    /// ```
    "inherited-bullet", Content, Warning, fix: Unsafe; check
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    if cx.family.roles.iter().all(|role| role.extensions.is_empty()) {
        return;
    }
    for kind in [SectionKind::Responsibilities, SectionKind::Requirements, SectionKind::NiceToHave] {
        check_kind(cx, kind, sink);
    }
}

fn check_kind(cx: &RuleContext<'_>, kind: SectionKind, sink: &mut Sink) {
    let repeatable = repeatable_bullets(cx, kind);
    // The guide asks for these in every role, and some repeat them for that reason.
    let required: Vec<u64> = cx.facts.required_bullets.iter().map(|bullet| Bullets::hash_of(&bullet.wording)).collect();
    for (role, list) in lists_of_roles(cx, kind) {
        let own = list.iter().filter(|bullet| cx.bullets().is_repeated(bullet) && !bullet.extends);
        let own: Vec<&Bullet> = own.filter(|bullet| !required.contains(&bullet.hash)).collect();
        if own.is_empty() || has_exceptions(cx, role, kind) {
            continue;
        }
        let extended = cx.family.extended_by(role, kind);
        let inherited = |bullet: &Bullet| {
            let of = |other: usize| repeatable.get(&(other, bullet.hash)).map(|inherited| (other, *inherited));
            extended.iter().copied().find_map(of)
        };
        let repeat = |bullet| inherited(bullet).map(|(other, inherited)| Repeat { role, bullet, other, inherited });
        let repeats: Vec<Repeat<'_>> = own.into_iter().filter_map(repeat).collect();
        let leaves_some = repeats.len() < list.len();
        repeats.iter().for_each(|repeat| report(cx, repeat, leaves_some, sink));
    }
}

/// The bullets of each section of that kind that belongs to a role, with the role.
fn lists_of_roles<'c>(cx: &'c RuleContext<'_>, kind: SectionKind) -> impl Iterator<Item = (usize, &'c [Bullet])> {
    cx.family.sections_of_roles(kind).map(|(section, role)| (role, cx.bullets().of(section)))
}

/// Of each role the bullets that stand on the page more than once, by the hash of their words.
fn repeatable_bullets<'c>(cx: &'c RuleContext<'_>, kind: SectionKind) -> FxHashMap<(usize, u64), &'c Bullet> {
    let mut repeatable = FxHashMap::default();
    for (role, list) in lists_of_roles(cx, kind) {
        for bullet in list.iter().filter(|bullet| cx.bullets().is_repeated(bullet)) {
            repeatable.entry((role, bullet.hash)).or_insert(bullet);
        }
    }
    repeatable
}

/// "Extends the Analyst requirements, except for:"
fn has_exceptions(cx: &RuleContext<'_>, role: usize, kind: SectionKind) -> bool {
    let extensions = cx.family.roles[role].extensions.iter().filter(|extension| extension.applies_to(kind));
    extensions.map(|extension| cx.source.slice(extension.span)).any(|text| text.contains(" except"))
}

/// A bullet, and the one that it repeats.
struct Repeat<'a> {
    role: usize,
    bullet: &'a Bullet,
    other: usize,
    inherited: &'a Bullet,
}

/// Without `leaves_some`, nothing would be left of the section: its heading must go, too, or say what it extends.
fn report(cx: &RuleContext<'_>, repeat: &Repeat<'_>, leaves_some: bool, sink: &mut Sink) {
    let (here, there) = (&cx.family.roles[repeat.role].written, &cx.family.roles[repeat.other].written);
    let (item, inherited) = (&repeat.bullet.item, &repeat.inherited.item);
    let finding = sink
        .report(item.span, item.key(cx.tree), format!("`{here}` extends `{there}`, which has this bullet already"))
        .help("Delete the bullet, or say in it what is new")
        .label(inherited.span, format!("the bullet of `{there}`"));
    // One that leads elsewhere says something of its own: the Director's Leadership page is not the Manager's. A row of a
    // matrix, "**Mentoring**: ...", would leave a hole, or bring back what a level between the two has in its place.
    let is_row = cx.source.slice(item.span).starts_with("**");
    let may_go = leaves_some && !is_row && cx.links_are_in(item.text, inherited.text);
    if let Some(lines) = item.lines(cx.source, cx.tree).filter(|_| may_go) {
        finding.fix(Safety::Unsafe, "Delete the bullet", lines, "");
    }
}
