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
    "performance-indicator-count", Content, Info, yields_to: ["placeholder"]; check
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
    // A bullet below another one explains it.
    let indicators: Vec<&Bullet> =
        cx.bullets().of(index).iter().filter(|bullet| bullet.item.parent.is_none()).collect();
    let longest = indicators.chunk_by(|a, b| a.list == b.list).map(<[&Bullet]>::len).max().unwrap_or(0);
    // What has no list at all is prose, and a template may bring more.
    let Some(first) = indicators.first() else { return };
    let (key, message) = match indicators.len() {
        _ if longest > bounds.most => ("many", format!("There are {longest} performance indicators in one list")),
        1 if !has_template(cx, section) => ("few", "There is only 1 performance indicator".to_owned()),
        few if few < bounds.least && !has_template(cx, section) => {
            ("few", format!("There are only {few} performance indicators"))
        }
        _ => return,
    };
    sink.report(heading.text_span, key, message)
        .help(format!("Name {} to {}: those that show best how the work goes", bounds.least, bounds.most))
        .label(first.item.span, "the first of them");
}

fn has_template(cx: &RuleContext<'_>, section: &Section) -> bool {
    cx.tree.templates().iter().any(|template| section.span.contains(template.span.start))
}
