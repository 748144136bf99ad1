use crate::bullets::Bullet;
use crate::declare_rule;
use crate::facts::SectionKind;
use crate::model::Section;
use crate::rule::{RuleContext, Sink};

declare_rule! {
    /// A list of performance indicators has fewer than three or more than five.
    ///
    /// The authoring guide asks for three to five: fewer do not show how the work is measured, more do not show what
    /// matters.
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// ## Performance Indicators
    ///
    /// - Returns filed in time
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// ## Performance Indicators
    ///
    /// - Returns filed in time
    /// - Questions answered within a day
    /// - Audits without a remark
    /// ```
    "performance-indicator-count", Content, Info; check
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    for (index, section) in cx.family.sections.iter().enumerate() {
        if section.kind == SectionKind::PerformanceIndicators {
            check_section(cx, index, section, sink);
        }
    }
}

fn check_section(cx: &RuleContext<'_>, index: usize, section: &Section, sink: &mut Sink) {
    let bounds = cx.facts.lists.indicators;
    let Some(heading) = cx.family.heading_of(section) else { return };
    let lists = list_lengths(cx.bullets().of(index));
    let all: usize = lists.iter().sum();
    let longest = lists.into_iter().max().unwrap_or(0);
    // What has no list at all is prose or a placeholder, and a template may bring more.
    let (key, message) = if longest > bounds.most {
        ("many", format!("There are {longest} performance indicators in one list"))
    } else if all > 0 && all < bounds.least && !has_template(cx, section) {
        ("few", format!("There {} only {all} performance {}", if all == 1 { "is" } else { "are" }, if all == 1 { "indicator" } else { "indicators" }))
    } else {
        return;
    };
    sink.report(heading.text_span, key, message)
        .help(format!("Name {} to {}: those that show best how the work goes", bounds.least, bounds.most));
}

/// How many indicators each list has, without the bullets that explain one.
fn list_lengths(bullets: &[Bullet]) -> Vec<usize> {
    let indicators: Vec<&Bullet> = bullets.iter().filter(|bullet| bullet.item.parent.is_none()).collect();
    indicators.chunk_by(|a, b| a.list == b.list).map(<[&Bullet]>::len).collect()
}

fn has_template(cx: &RuleContext<'_>, section: &Section) -> bool {
    cx.tree.templates().iter().any(|template| section.span.contains(template.span.start))
}
