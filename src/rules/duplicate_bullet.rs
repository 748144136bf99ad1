use rustc_hash::FxHashMap;

use crate::bullets::Bullet;
use crate::declare_rule;
use crate::diagnostic::Safety;
use crate::facts::SectionKind;
use crate::model::{Item, Owner};
use crate::rule::{RuleContext, Sink};

declare_rule! {
    /// The same bullet stands twice in a list, or among the responsibilities of a role and among its requirements.
    ///
    /// A reader takes the second for something new and looks for the difference. Mostly a list grew from two sources,
    /// and nobody read it from the top. Case, links, emphasis and punctuation make no difference.
    ///
    /// A hiring process may well have two equal steps, and bullets under different bullets may say the same: both are
    /// left alone.
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// ## Tax Analyst
    ///
    /// ### Requirements
    ///
    /// - Ability to use GitLab
    /// - Experience with tax law
    /// - Ability to use GitLab.
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// ## Tax Analyst
    ///
    /// ### Requirements
    ///
    /// - Ability to use GitLab
    /// - Experience with tax law
    /// ```
    "duplicate-bullet", Content, Warning, fix: Unsafe, yields_to: ["merge-conflict"]; check
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    let bullets = cx.bullets();
    let sections = cx.family.sections.iter().enumerate();
    let sections = sections.filter(|(_, section)| section.kind != SectionKind::HiringProcess);
    for list in sections.map(|(index, _)| bullets.of(index)).chain(bullets.loose()) {
        check_bullets(cx, list.iter().filter(|bullet| bullets.is_repeated(bullet)), sink);
    }
    check_kinds(cx, sink);
}

/// Shorter bullets, such as `TBD` and "Use GitLab every day", may stand in both.
const FEWEST_WORDS: usize = 5;

/// Bullets that are among the duties of a role and among what it asks for.
fn check_kinds(cx: &RuleContext<'_>, sink: &mut Sink) {
    let repeated = |kind: SectionKind| {
        let sections = cx.family.sections.iter().enumerate().filter(move |(_, section)| section.kind == kind);
        sections.flat_map(|(index, section)| {
            let own =
                cx.bullets().of(index).iter().filter(|bullet| cx.bullets().is_repeated(bullet) && !bullet.extends);
            let own = own.filter(|bullet| cx.bullets().words(bullet).len() >= FEWEST_WORDS);
            own.map(move |bullet| ((section.owner, bullet.hash), &bullet.item))
        })
    };
    let duties: FxHashMap<(Owner, u64), &Item> = repeated(SectionKind::Responsibilities).collect();
    for (key, required) in repeated(SectionKind::Requirements) {
        if let Some(duty) = duties.get(&key) {
            report_kinds(cx, duty, required, sink);
        }
    }
}

fn report_kinds(cx: &RuleContext<'_>, duty: &Item, required: &Item, sink: &mut Sink) {
    let (first, second) = if duty.span < required.span { (duty, required) } else { (required, duty) };
    let text = second.words(cx.tree);
    let message = format!("`{text}` is among the responsibilities and among the requirements");
    sink.report(second.span, second.key(cx.tree), message)
        .help("Keep it where it belongs")
        .label(first.span, "the first time");
}

fn check_bullets<'a>(cx: &RuleContext<'_>, bullets: impl Iterator<Item = &'a Bullet>, sink: &mut Sink) {
    let mut seen: FxHashMap<(u64, usize, Option<usize>), &Item> = FxHashMap::default();
    for bullet in bullets {
        let item = &bullet.item;
        let first = *seen.entry((bullet.hash, bullet.list, item.parent)).or_insert(item);
        if first.node != item.node {
            report(cx, first, item, sink);
        }
    }
}

fn report(cx: &RuleContext<'_>, first: &Item, second: &Item, sink: &mut Sink) {
    let text = second.words(cx.tree);
    let finding = sink
        .report(second.span, second.key(cx.tree), format!("The list has the bullet `{text}` twice"))
        .help("Delete one of the two, or say in the second what it adds")
        .label(first.span, "the first time");
    // One that leads elsewhere says something of its own.
    let lines = second.lines(cx.source, cx.tree).filter(|_| cx.links_are_in(second.text, first.text));
    if let Some(lines) = lines {
        finding.fix(Safety::Unsafe, "Delete the second bullet", lines, "");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    #[test]
    fn a_duty_is_no_requirement_of_the_same_role() {
        let told = |second: &str, bullet: &str| {
            let page = format!(
                "# Tax\n\n## Levels\n\n### Tax Analyst\n\n#### Responsibilities\n\n- {bullet}\n- Files them\n\n{second}\n\n- {bullet}\n"
            );
            RULE.findings(&Source::new("x.md", page)).len()
        };
        assert_eq!(told("#### Requirements", "Prepares the tax returns of companies"), 1);
        assert_eq!(told("#### Requirements", "TBD"), 0);
        assert_eq!(told("### Tax Manager\n\n#### Requirements", "Prepares the tax returns"), 0);
        assert_eq!(told("#### Performance Indicators", "Prepares the tax returns"), 0);
    }
}
