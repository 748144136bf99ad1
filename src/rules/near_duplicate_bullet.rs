use crate::bullets::{Bullet, Content};
use crate::declare_rule;
use crate::facts::SectionKind;
use crate::rule::{RuleContext, Sink};

declare_rule! {
    /// Two bullets of a section say almost the same.
    ///
    /// Often one is the older wording of the other. A reader who meets both looks for a difference that nobody meant.
    /// The bullets share four of five words, or one has all words of the other and a few more.
    ///
    /// Leave them where the difference matters. Bullets that differ in one word only ("US tax returns", "local tax
    /// returns") are not reported, nor are steps of a hiring process and performance indicators.
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// ## Tax Analyst
    ///
    /// ### Requirements
    ///
    /// - Excellent written and verbal communication skills
    /// - Experience with tax law
    /// - Excellent verbal and written communication skills in English
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// ## Tax Analyst
    ///
    /// ### Requirements
    ///
    /// - Supervises the preparation of US tax returns
    /// - Supervises the preparation of local tax returns
    /// ```
    "near-duplicate-bullet", Content, Info, yields_to: ["merge-conflict", "duplicate-bullet"]; check
}

/// How many bullets before a bullet are compared with it: more than any real list has, and time stays linear.
const WINDOW: usize = 64;

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    for (index, section) in cx.family.sections.iter().enumerate() {
        if matches!(section.kind, SectionKind::Responsibilities | SectionKind::Requirements | SectionKind::NiceToHave) {
            check_section(cx, index, sink);
        }
    }
}

fn check_section(cx: &RuleContext<'_>, section: usize, sink: &mut Sink) {
    // A bullet with bullets below it introduces those.
    let all = cx.bullets().of(section);
    let plain = all.iter().filter(|bullet| bullet.item.has_own_lines(cx.source, cx.tree));
    let mut bullets = Vec::with_capacity(all.len());
    bullets.extend(plain.map(|bullet| Content::new(cx.bullets(), bullet, &cx.facts.lists.stop_words)));
    for (at, second) in bullets.iter().enumerate() {
        let before = &bullets[at.saturating_sub(WINDOW)..at];
        let is_almost =
            |first: &&Content<'_>| first.bullet().item.parent == second.bullet().item.parent && first.is_almost(second);
        if let Some(first) = before.iter().find(is_almost) {
            report(cx, first.bullet(), second.bullet(), sink);
        }
    }
}

fn report(cx: &RuleContext<'_>, first: &Bullet, second: &Bullet, sink: &mut Sink) {
    let text = second.item.words(cx.tree);
    sink.report(second.item.span, second.item.key(cx.tree), format!("`{text}` says almost the same as a bullet above"))
        .help("Make one of the two, or say more clearly how they differ")
        .label(first.item.span, "the bullet that it resembles");
}
