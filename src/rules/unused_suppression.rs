use crate::declare_rule;
use crate::rule::{RuleContext, Sink};

declare_rule! {
    /// A suppression comment that suppresses nothing, or that names no rule.
    "unused-suppression", Meta, Warning, fix: Safe; check
}

/// `lint` reports it, for only there it is known which suppressions were used.
fn check(_: &RuleContext<'_>, _: &mut Sink) {}
