use crate::declare_rule;
use crate::model::{HeadingClass, Role};
use crate::rule::{RuleContext, Sink};
use crate::text::key;

declare_rule! {
    /// The levels of a role do not stand in ascending order.
    ///
    /// The authoring guide lists levels from the lowest up, and each extends the one before: a reader who is sent back
    /// to a level that comes later loses the thread.
    ///
    /// Only levels of the same kind of work and the same track are compared.
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// ## Levels
    ///
    /// ### Senior Tax Analyst
    ///
    /// The Senior Tax Analyst is a [grade 7](/handbook/#gitlab-job-grades).
    ///
    /// ### Tax Analyst
    ///
    /// The Tax Analyst is a [grade 6](/handbook/#gitlab-job-grades).
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// ## Levels
    ///
    /// ### Tax Analyst
    ///
    /// The Tax Analyst is a [grade 6](/handbook/#gitlab-job-grades).
    ///
    /// ### Senior Tax Analyst
    ///
    /// The Senior Tax Analyst is a [grade 7](/handbook/#gitlab-job-grades).
    /// ```
    "unordered-levels", Structure, Info; check
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    let roles = &cx.family.roles;
    for (index, role) in roles.iter().enumerate().skip(1) {
        let is_same_work = |before: &usize| roles[*before].base == role.base && are_compared(&roles[*before], role);
        let Some(before) = (0..index).rev().take(NEAR).find(is_same_work) else { continue };
        let rank = |role: &Role| role.name.rank(&cx.facts.levels);
        let falls = matches!((rank(&roles[before]), rank(role)), (Some(before), Some(own)) if own < before);
        if falls && are_beside(cx, &roles[before], role) {
            let message = format!("`{}` is a lower level than `{}` above it", role.written, roles[before].written);
            sink.report(role.name_span, key(&role.written), message)
                .label(roles[before].name_span, "the higher level")
                .help("Put the lower level first");
        }
    }
}

/// Levels of one role stand near each other.
const NEAR: usize = 12;

fn are_compared(one: &Role, other: &Role) -> bool {
    one.group == other.group && one.name.track().is_some() && one.name.track() == other.name.track()
}

/// A role whose heading stands above the others' is what they are levels of.
fn are_beside(cx: &RuleContext<'_>, before: &Role, role: &Role) -> bool {
    let depth = |role: &Role| {
        let heading = &cx.family.headings[role.heading?];
        matches!(heading.class, HeadingClass::Role(_)).then_some(heading.depth)
    };
    matches!((depth(before), depth(role)), (Some(before), Some(own)) if before >= own)
}
