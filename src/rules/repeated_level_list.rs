use std::collections::{HashMap, HashSet, VecDeque};

use crate::bullets::Bullet;
use crate::declare_rule;
use crate::facts::SectionKind;
use crate::model::Owner;
use crate::rule::{RuleContext, Sink};
use crate::text::fold;

declare_rule! {
    /// A level repeats the list of an earlier level instead of extending it.
    ///
    /// The authoring guide asks not to repeat the list of a more junior level but to write "Extends the Analyst
    /// responsibilities" and then what is new: readers see what a promotion means, and a change is made in one place.
    /// It is said once a section, at the first repeated bullet, where four bullets or more and half of the shorter list
    /// are those of the other level.
    ///
    /// Leave it where the two roles are different jobs that happen to share duties.
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
    /// - Excellent written English
    /// - Comfort with large tables
    ///
    /// ## Senior Tax Analyst
    ///
    /// The Senior Tax Analyst is a [grade 7](/handbook/#gitlab-job-grades).
    ///
    /// ### Requirements
    ///
    /// - Ability to use GitLab
    /// - Experience with tax law
    /// - Excellent written English
    /// - Comfort with large tables
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
    /// - Excellent written English
    /// - Comfort with large tables
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
    "repeated-level-list", Content, Info; check
}

/// The fewest repeated bullets that are worth a word.
const LEAST: usize = 4;

/// How many earlier lists with a bullet are remembered: the nearest is asked for, and time stays linear.
const REMEMBERED: usize = 16;

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    for kind in [SectionKind::Responsibilities, SectionKind::Requirements, SectionKind::NiceToHave] {
        check_kind(cx, kind, sink);
    }
}

/// Which earlier sections have a bullet, and which bullet of theirs it is.
type Earlier<'a> = HashMap<u64, VecDeque<(usize, &'a Bullet)>>;

fn check_kind(cx: &RuleContext<'_>, kind: SectionKind, sink: &mut Sink) {
    let mut earlier: Earlier<'_> = HashMap::new();
    for (index, section) in cx.family.sections.iter().enumerate().filter(|(_, section)| section.kind == kind) {
        let Owner::Role(role) = section.owner else { continue };
        let bullets = distinct(cx.bullets().of(index));
        // What is taken over from a role anyway is another rule's matter.
        let extended = cx.family.extended_by(role, kind);
        let owners = |bullet: &Bullet| earlier.get(&bullet.hash).into_iter().flatten().map(|(section, _)| cx.family.sections[*section].owner);
        let is_inherited = |bullet: &Bullet| owners(bullet).any(|owner| extended.iter().any(|role| owner == Owner::Role(*role)));
        let own: Vec<&Bullet> = bullets.iter().copied().filter(|bullet| !is_inherited(bullet)).collect();
        if let Some(other) = nearest(cx, role, &own, bullets.len(), &earlier) {
            report(cx, role, other, &own, &earlier, sink);
        }
        for bullet in bullets {
            let lists = earlier.entry(bullet.hash).or_default();
            lists.push_back((index, bullet));
            if lists.len() > REMEMBERED {
                lists.pop_front();
            }
        }
    }
}

/// The bullets that say something themselves, each once.
fn distinct(bullets: &[Bullet]) -> Vec<&Bullet> {
    let mut seen = HashSet::new();
    bullets.iter().filter(|bullet| !bullet.extends && seen.insert(bullet.hash)).collect()
}

/// The nearest earlier section of another role that shares enough bullets.
fn nearest(cx: &RuleContext<'_>, role: usize, own: &[&Bullet], length: usize, earlier: &Earlier<'_>) -> Option<usize> {
    let mut shared: HashMap<usize, usize> = HashMap::new();
    for (section, _) in own.iter().filter_map(|bullet| earlier.get(&bullet.hash)).flatten() {
        *shared.entry(*section).or_default() += 1;
    }
    let is_repeated = |section: usize, count: usize| {
        let shorter = length.min(distinct(cx.bullets().of(section)).len());
        count >= LEAST && count * 2 >= shorter && cx.family.sections[section].owner != Owner::Role(role)
    };
    shared.into_iter().filter(|(section, count)| is_repeated(*section, *count)).map(|(section, _)| section).max()
}

fn report(cx: &RuleContext<'_>, role: usize, other: usize, own: &[&Bullet], earlier: &Earlier<'_>, sink: &mut Sink) {
    let twin = |bullet: &Bullet| {
        let lists = earlier.get(&bullet.hash)?;
        lists.iter().find(|(section, _)| *section == other).map(|(_, twin)| twin.item.span)
    };
    let mut repeated = own.iter().filter_map(|bullet| Some((bullet.item.span, twin(bullet)?)));
    let Some((first, twin)) = repeated.next() else { return };
    let count = repeated.count() + 1;
    let section = &cx.family.sections[other];
    let Owner::Role(other_role) = section.owner else { return };
    let (here, there) = (&cx.family.roles[role].written, &cx.family.roles[other_role].written);
    let name = cx.facts.section_name(section.kind).to_lowercase();
    sink.report(first, fold(there), format!("`{here}` repeats {count} of the {name} of `{there}`"))
        .help(format!("Write `Extends the {there} {name}`, and below it only what is new"))
        .caption("the first of them")
        .label(twin, format!("as in `{there}`"));
}
