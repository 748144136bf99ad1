use std::collections::VecDeque;

use rustc_hash::FxHashMap;

use crate::bullets::{Bullet, Bullets, Content};
use crate::declare_rule;
use crate::facts::{SectionKind, Track};
use crate::rule::{RuleContext, Sink};
use crate::source::Span;
use crate::text::key;
use crate::word_hash::{ByWord, WordSet};

declare_rule! {
    /// A level repeats the list of an earlier level instead of extending it.
    ///
    /// The authoring guide asks not to repeat the list of a more junior level but to write "Extends the Analyst
    /// responsibilities" and then what is new: readers see what a promotion means, and a change is made in one place.
    /// It is said once a section, at the first repeated bullet, where four bullets or more and half of the shorter list
    /// are those of the other level; of these two at least word for word, the others may be almost the same.
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

/// How many earlier lists with a bullet are remembered: the nearest is asked for, and time stays linear.
const REMEMBERED: usize = 16;

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    for kind in [SectionKind::Responsibilities, SectionKind::Requirements, SectionKind::NiceToHave] {
        check_kind(cx, kind, sink);
    }
}

/// The bullets of a role's section.
struct List<'a> {
    section: usize,
    role: usize,
    /// How many say something themselves, equal ones counted once.
    length: usize,
    /// Those that may stand in another list, too.
    repeated: Vec<&'a Bullet>,
}

impl<'a> List<'a> {
    fn new(section: usize, role: usize, bullets: &'a Bullets) -> Self {
        let mut list = Self { section, role, length: 0, repeated: Vec::new() };
        let mut seen = WordSet::default();
        for bullet in bullets.of(section).iter().filter(|bullet| !bullet.extends) {
            let is_repeated = bullets.is_repeated(bullet);
            if !is_repeated || seen.insert(bullet.hash) {
                list.length += 1;
                list.repeated.extend(is_repeated.then_some(bullet));
            }
        }
        list
    }
}

/// Which earlier lists have a bullet.
type Earlier = ByWord<VecDeque<usize>>;

fn check_kind(cx: &RuleContext<'_>, kind: SectionKind, sink: &mut Sink) {
    let lists = cx.family.sections_of_roles(kind).map(|(section, role)| List::new(section, role, cx.bullets()));
    let lists: Vec<List<'_>> = lists.collect();
    let mut earlier = Earlier::default();
    for (at, list) in lists.iter().enumerate() {
        let own = not_inherited(cx, kind, &lists, list, &earlier);
        if let Some((other, repeats)) = nearest_repeated(cx, &lists, list, &own, &earlier) {
            report(cx, list, other, &repeats, sink);
        }
        for bullet in &list.repeated {
            let holders = earlier.entry(bullet.hash).or_default();
            holders.push_back(at);
            if holders.len() > REMEMBERED {
                holders.pop_front();
            }
        }
    }
}

/// What a role takes over anyway is another rule's matter.
fn not_inherited<'a>(
    cx: &RuleContext<'_>,
    kind: SectionKind,
    lists: &[List<'_>],
    list: &List<'a>,
    earlier: &Earlier,
) -> Vec<&'a Bullet> {
    let extended = cx.family.extended_by(list.role, kind);
    let is_inherited = |bullet: &&Bullet| {
        let mut holders = earlier.get(&bullet.hash).into_iter().flatten();
        holders.any(|other| extended.contains(&lists[*other].role))
    };
    list.repeated.iter().copied().filter(|bullet| !is_inherited(bullet)).collect()
}

/// A bullet that an earlier list has, too.
struct Repeat {
    here: Span,
    there: Span,
    is_exact: bool,
}

/// The nearest earlier list of another role that shares enough bullets, with these.
fn nearest_repeated<'a, 'l>(
    cx: &RuleContext<'_>,
    lists: &'l [List<'a>],
    list: &List<'_>,
    own: &[&Bullet],
    earlier: &Earlier,
) -> Option<(&'l List<'a>, Vec<Repeat>)> {
    let mut shared: FxHashMap<usize, usize> = FxHashMap::default();
    for other in own.iter().filter_map(|bullet| earlier.get(&bullet.hash)).flatten() {
        *shared.entry(*other).or_default() += 1;
    }
    let mut candidates: Vec<usize> =
        shared.into_iter().filter(|(_, count)| *count >= FEWEST_EXACT).map(|(other, _)| other).collect();
    candidates.sort_unstable_by(|one, other| other.cmp(one));
    let candidates = candidates.into_iter().map(|other| &lists[other]).filter(|other| other.role != list.role);
    candidates.map(|other| (other, repeats(cx, list, other, own))).find(|(other, repeats)| {
        let shorter = list.length.min(other.length);
        repeats.len() >= cx.facts.lists.repeated && repeats.len() * 2 >= shorter
    })
}

/// How many bullets must be equal before those that are almost so count: by chance lists resemble each other.
const FEWEST_EXACT: usize = 2;

/// How many bullets of a list are compared with those of another: more than any real list has, and time stays linear.
const MOST_COMPARED: usize = 64;

/// The bullets of a list that another has, or almost has, in order: those of `own` are known to stand in some list.
fn repeats(cx: &RuleContext<'_>, list: &List<'_>, other: &List<'_>, own: &[&Bullet]) -> Vec<Repeat> {
    let bullets = cx.bullets();
    let content = |bullet| Content::new(bullets, bullet, &cx.facts.lists.stop_words);
    let contents =
        |section: usize| bullets.of(section).iter().filter(|bullet| !bullet.extends).take(MOST_COMPARED).map(content);
    let there: Vec<Content<'_>> = contents(other.section).collect();
    let exact = |here: &Bullet| {
        let is_own = || own.iter().any(|bullet| bullet.item.span == here.item.span);
        there.iter().find(|there| there.bullet().hash == here.hash).filter(|_| is_own())
    };
    let mut repeats = Vec::new();
    for here in contents(list.section) {
        let span = here.bullet().item.span;
        if let Some(there) = exact(here.bullet()) {
            repeats.push(Repeat { here: span, there: there.bullet().item.span, is_exact: true });
        } else if let Some(there) = there.iter().find(|there| here.is_almost(there)) {
            repeats.push(Repeat { here: span, there: there.bullet().item.span, is_exact: false });
        }
    }
    repeats
}

fn report(cx: &RuleContext<'_>, list: &List<'_>, other: &List<'_>, repeats: &[Repeat], sink: &mut Sink) {
    let Some(first) = repeats.iter().find(|repeat| repeat.is_exact) else { return };
    let (here, there) = (&cx.family.roles[list.role].written, &cx.family.roles[other.role].written);
    let name = cx.facts.section_name(cx.family.sections[list.section].kind).to_lowercase();
    let altered = match repeats.iter().filter(|repeat| !repeat.is_exact).count() {
        0 => String::new(),
        altered => format!(", {altered} of them worded differently"),
    };
    let message = format!("`{here}` repeats {} of the {name} of `{there}`{altered}", repeats.len());
    let help = match is_below(cx, list.role, other.role) {
        _ if is_led_by(cx, list.role, other.role) => {
            format!("Put the {name} that both have into one section for the whole page")
        }
        true => format!("Write `Extends the {here} {name}` in `{there}`, and below it only what is new"),
        false => format!("Write `Extends the {there} {name}`, and below it only what is new"),
    };
    sink.report(first.here, key(there), message)
        .help(help)
        .caption("the first of them")
        .label(first.there, format!("as in `{there}`"));
}

/// Whether a role leads nobody, and another one people: it does not extend the duties of who leads.
fn is_led_by(cx: &RuleContext<'_>, role: usize, other: usize) -> bool {
    [role, other].map(|index| cx.family.roles[index].name.track()) == [Some(Track::Ic), Some(Track::Management)]
}

/// Whether a role has a lower level than another that stands before it: the higher one extends it.
fn is_below(cx: &RuleContext<'_>, role: usize, other: usize) -> bool {
    let [role, other] = [role, other].map(|index| &cx.family.roles[index].name);
    let ranks = role.rank(&cx.facts.levels).zip(other.rank(&cx.facts.levels));
    role.track() == other.track() && ranks.is_some_and(|(role, other)| role < other)
}

#[cfg(test)]
mod tests {
    use crate::source::Source;

    #[test]
    fn who_leads_nobody_extends_nobody_who_leads() {
        let list = "- Files the returns\n- Keeps the books\n- Answers the auditors\n- Plans the quarter\n- Trains the clerks\n";
        let role = |name: &str| format!("## {name}\n\n### Responsibilities\n\n{list}\n");
        let help = |first: &str, second: &str| {
            let found = super::RULE.findings(&Source::new("x.md", role(first) + &role(second)));
            found.into_iter().map(|finding| finding.help).collect::<Vec<_>>()
        };
        let together = "Put the responsibilities that both have into one section for the whole page";
        assert_eq!(help("Manager, Tax", "Staff Tax Analyst"), [together]);
        let extends = "Write `Extends the Tax Analyst responsibilities`, and below it only what is new";
        assert_eq!(help("Tax Analyst", "Staff Tax Analyst"), [extends]);
    }
}
