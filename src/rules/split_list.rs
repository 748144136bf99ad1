use crate::declare_rule;
use crate::diagnostic::{Edit, Safety};
use crate::lists::adjacent;
use crate::rule::{RuleContext, Sink};
use crate::source::Span;
use crate::syntax::{NodeId, NodeKind};
use crate::text::folded_opening;

declare_rule! {
    /// A list is cut in two: its marker changes, or one blank line stands inside it.
    ///
    /// Markdown begins a new list where the marker changes, and a blank line between two bullets sets all bullets of
    /// the list apart from each other. The page shows gaps that nobody meant.
    ///
    /// Lists whose bullets all have blank lines between them are left alone, and so are blank lines after a bullet that
    /// has bullets below it.
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// ### Requirements
    ///
    /// * Extends the Tax Analyst requirements
    /// - Experience with tax law
    /// - Ability to use GitLab
    /// ```
    ///
    /// ```markdown
    /// ### Requirements
    ///
    /// - Experience with tax law
    /// - Ability to use GitLab
    /// - Excellent written English
    ///
    /// - Comfort with large tables
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// ### Requirements
    ///
    /// - Extends the Tax Analyst requirements
    /// - Experience with tax law
    /// - Ability to use GitLab
    /// ```
    "split-list", Lists, Warning, fix: Unsafe; check
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    let mut group: Vec<NodeId> = Vec::new();
    for list in cx.tree.children(NodeId::ROOT).filter(|id| is_bullet_list(cx, *id)) {
        check_gap(cx, list, sink);
        if group.last().is_some_and(|last| !goes_on(cx, *last, list)) {
            check_markers(cx, &group, sink);
            group.clear();
        }
        group.push(list);
    }
    check_markers(cx, &group, sink);
}

/// Bullets that are indented are meant to stand below those above them.
fn goes_on(cx: &RuleContext<'_>, last: NodeId, list: NodeId) -> bool {
    let column = |id: NodeId| {
        let start = cx.tree.node(id).span.start;
        start - cx.source.line_start(start)
    };
    adjacent(cx.source, cx.tree, last, list) && column(last) == column(list)
}

fn is_bullet_list(cx: &RuleContext<'_>, id: NodeId) -> bool {
    matches!(cx.tree.node(id).kind, NodeKind::List { ordered: false })
}

/// Lists that only their markers part: those with the rarer marker are wrong.
fn check_markers(cx: &RuleContext<'_>, group: &[NodeId], sink: &mut Sink) {
    if group.len() < 2 {
        return;
    }
    let Some(common) = common_marker(cx, group) else { return };
    for (at, list) in group.iter().enumerate() {
        let Some(marker) = marker_of(cx, *list).filter(|marker| *marker != common) else { continue };
        let neighbour = match at.checked_sub(1) {
            Some(before) => cx.tree.children(group[before]).last(),
            None => group.get(1).and_then(|next| cx.tree.children(*next).next()),
        };
        let Some(neighbour) = neighbour else { continue };
        report_marker(cx, *list, neighbour, [marker, common], sink);
    }
}

/// The marker that most bullets of some lists have; of two the first.
fn common_marker(cx: &RuleContext<'_>, group: &[NodeId]) -> Option<char> {
    let count = |wanted: char| -> usize {
        let lists = group.iter().filter(|list| marker_of(cx, **list) == Some(wanted));
        lists.map(|list| cx.tree.children(*list).count()).sum()
    };
    let first = marker_of(cx, *group.first()?);
    ['*', '-', '+'].into_iter().max_by_key(|marker| (count(*marker), Some(*marker) == first))
}

/// `neighbour` is a bullet of the list before or after it.
fn report_marker(cx: &RuleContext<'_>, list: NodeId, neighbour: NodeId, [marker, common]: [char; 2], sink: &mut Sink) {
    let marks: Vec<Span> = cx.tree.children(list).map(|item| mark_span(cx, item)).collect();
    let Some(first) = marks.first() else { return };
    let edits = marks.iter().map(|span| Edit { span: *span, replacement: common.to_string() }).collect();
    let message = format!("The list changes its marker: `{marker}` here, `{common}` in the rest");
    sink.report(*first, key(cx, *first), message)
        .help(format!("Write `{common}` for every bullet of the list"))
        .label(mark_span(cx, neighbour), format!("`{common}` here"))
        .fix_edits(Safety::Unsafe, format!("Change it to `{common}`"), edits);
}

/// The words of the bullet whose marker stands there.
fn key(cx: &RuleContext<'_>, marker: Span) -> String {
    let line = Span::new(marker.end, cx.source.whole_lines(marker).end);
    folded_opening(cx.source.slice(line))
}

fn marker_of(cx: &RuleContext<'_>, list: NodeId) -> Option<char> {
    match cx.tree.node(cx.tree.children(list).next()?).kind {
        NodeKind::Item { marker, .. } => Some(marker),
        _ => None,
    }
}

fn mark_span(cx: &RuleContext<'_>, item: NodeId) -> Span {
    let start = cx.tree.node(item).span.start;
    Span::new(start, start + 1)
}

/// Fewer bullets do not show which is meant, with blank lines or without.
const LEAST: usize = 4;

/// Nearly all bullets are parted by one line end and nothing else.
fn has_blank_line(cx: &RuleContext<'_>, between: Span) -> bool {
    between.end > between.start + 1 && cx.source.line_of(between.end) > cx.source.line_of(between.start) + 1
}

/// One blank line in a list that has none elsewhere.
fn check_gap(cx: &RuleContext<'_>, list: NodeId, sink: &mut Sink) {
    let mut items = cx.tree.children(list);
    let Some(mut before) = items.next() else { return };
    let mut gaps = items.filter_map(|after| {
        let before = std::mem::replace(&mut before, after);
        let between = Span::new(cx.tree.node(before).span.end, cx.tree.node(after).span.start);
        has_blank_line(cx, between).then_some((before, after, between))
    });
    let (Some((before, after, between)), None) = (gaps.next(), gaps.next()) else { return };
    if cx.tree.children(list).count() < LEAST {
        return;
    }
    let is_plain = cx.tree.children(before).count() == 1;
    if is_plain && cx.source.slice(between).trim().is_empty() {
        let blank = Span::new(
            cx.source.whole_lines(Span::at(between.start)).end,
            cx.source.whole_lines(Span::at(between.end)).start,
        );
        sink.report(mark_span(cx, after), key(cx, mark_span(cx, after)), "One blank line cuts this list in two")
            .help("Delete the blank line")
            .caption("goes on here")
            .label(mark_span(cx, before), "stops here")
            .fix(Safety::Unsafe, "Delete the blank line", blank, "");
    }
}
