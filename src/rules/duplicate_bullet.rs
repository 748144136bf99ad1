use rustc_hash::FxHashMap;

use crate::bullets::Bullet;
use crate::declare_rule;
use crate::diagnostic::Safety;
use crate::facts::SectionKind;
use crate::model::Item;
use crate::rule::{RuleContext, Sink};

declare_rule! {
    /// The same bullet stands twice in a list.
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
    "duplicate-bullet", Content, Warning, fix: Unsafe; check
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    let bullets = cx.bullets();
    let sections = cx.family.sections.iter().enumerate();
    let sections = sections.filter(|(_, section)| section.kind != SectionKind::HiringProcess);
    for list in sections.map(|(index, _)| bullets.of(index)).chain(bullets.loose()) {
        check_bullets(cx, list.iter().filter(|bullet| bullets.is_repeated(bullet)), sink);
    }
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
