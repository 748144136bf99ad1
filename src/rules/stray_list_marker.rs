use std::cell::LazyCell;

use crate::declare_rule;
use crate::diagnostic::{Edit, Safety};
use crate::lists::{begin_bullet, lists, marker, paragraphs_beside_lists, signs_at_line_starts};
use crate::rule::{RuleContext, Sink};
use crate::source::Span;
use crate::syntax::{NodeId, NodeKind};
use crate::text::{folded_opening, opening};

declare_rule! {
    /// A sign of a list stands where it makes no list: in the middle of a sentence, twice, or without a blank.
    ///
    /// The page shows the sign itself, or a bullet inside a bullet: `the * various teams`, `- - Experience`,
    /// `-Experience`, `• Experience`, a bullet without text. A `#` at its start makes a heading of the bullet, and two blanks
    /// before it no list below `1. Languages`. Of steps that are counted `1.`, `2.`, `2.`, the page counts the last as `3.`;
    /// where all are `1.`, it is left to count.
    ///
    /// Where the sign is meant, escape it: `\*`.
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// ### Responsibilities
    ///
    /// - Prepares the returns of the * various countries
    /// ```
    ///
    /// ```markdown
    /// ### Responsibilities
    ///
    /// - - Prepares the tax returns
    /// ```
    ///
    /// ```markdown
    /// ### Responsibilities
    ///
    /// • Prepares the tax returns
    /// ```
    ///
    /// ```markdown
    /// ### Performance Indicators
    ///
    /// - # of tax returns
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// ### Responsibilities
    ///
    /// - Prepares the returns of the various countries
    /// - Reconciles *all* accounts
    /// ```
    "stray-list-marker", Lists, Warning, fix: Unsafe, yields_to: ["merge-conflict"]; check
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    check_inside(cx, sink);
    check_joined(cx, sink);
    check_items(cx, sink);
    check_indents(cx, sink);
    check_numbers(cx, sink);
    check_line_starts(cx, sink);
}

/// "the * various teams".
fn check_inside(cx: &RuleContext<'_>, sink: &mut Sink) {
    let abbreviations = &cx.facts.terms.rows().abbreviations;
    for found in cx.inner_markers() {
        let sign = cx.source.slice(found.span);
        if found.may_be_meant() || found.parts_sentences(abbreviations) {
            continue;
        }
        let after = found.after.trim_start();
        let message = format!("A stray `{sign}` stands before `{}`", opening(after, 30));
        let finding = sink
            .report(found.span, folded_opening(after), message)
            .help("Delete it, or begin a new bullet with it")
            .fix(Safety::Unsafe, format!("Delete the `{sign}`"), found.with_blanks, " ");
        let start = begin_bullet(cx.source, cx.tree, found.paragraph);
        if let Some(start) = start.filter(|_| after.starts_with(char::is_uppercase)) {
            finding.fix(Safety::Unsafe, "Begin a new bullet", found.with_blanks, start);
        }
    }
}

/// "detail*oriented".
fn check_joined(cx: &RuleContext<'_>, sink: &mut Sink) {
    let visible = cx.tree.visible_all();
    let text = visible.text();
    for at in memchr::memchr_iter(b'*', text.as_bytes()) {
        let (before, after) = (&text[..at], &text[at + 1..]);
        let left = before.len() - before.trim_end_matches(|c: char| c.is_ascii_lowercase()).len();
        let right = after.len() - after.trim_start_matches(|c: char| c.is_ascii_lowercase()).len();
        let span = visible.span(at..at + 1);
        let joins_words = left >= SHORTEST_WORD && right >= SHORTEST_WORD;
        if !joins_words || cx.source.slice(span) != "*" || !visible.part(at..at + 1).is_prose() {
            continue;
        }
        let word = &text[at - left..at + 1 + right];
        sink.report(span, word, format!("A stray `*` stands in `{word}`"))
            .help("Put a hyphen or a blank in its place")
            .fix(Safety::Unsafe, "Put a hyphen", span, "-")
            .fix(Safety::Unsafe, "Put a blank", span, " ");
    }
}

/// In letters; shorter ones may be a product's name or a formula.
const SHORTEST_WORD: usize = 3;

/// "- - Experience", and bullets without text.
fn check_items(cx: &RuleContext<'_>, sink: &mut Sink) {
    for item in cx.tree.blocks_in(NodeId::ROOT) {
        let NodeKind::Item { content, .. } = cx.tree.node(item).kind else { continue };
        let start = cx.tree.node(item).span.start;
        if cx.tree.children(item).next().is_none() {
            report_empty(cx, Span::new(start, content), sink);
        } else if let Some(sign) = number_sign(cx, item) {
            report_number_sign(cx, sign, sink);
        } else if let Some(inner) = doubled(cx, item).filter(|_| !is_doubled_itself(cx, item)) {
            report_doubled(cx, Span::new(start, inner.start), inner, sink);
        }
    }
}

/// Bullets that were to stand below another, and are indented too little for it: below `1. Languages`, two blanks before
/// `1. Ruby` make no list of their own. The first of a list speaks for all.
fn check_indents(cx: &RuleContext<'_>, sink: &mut Sink) {
    for list in lists(cx.tree) {
        let mut items = cx.tree.children(list);
        let Some(first) = items.next() else { continue };
        if let Some(item) = items.find(|item| column(cx, *item) >= column(cx, first) + NESTING) {
            report_indent(cx, first, item, sink);
        }
    }
}

/// The one number of a list that does not follow from the one before it.
fn check_numbers(cx: &RuleContext<'_>, sink: &mut Sink) {
    for list in lists(cx.tree).filter(|list| matches!(cx.tree.node(*list).kind, NodeKind::List { ordered: true })) {
        let numbers: Vec<(NodeId, u32)> =
            cx.tree.children(list).filter_map(|item| Some((item, number_of(cx, item)?))).collect();
        let mut wrong = numbers.windows(2).filter(|pair| pair[1].1 != pair[0].1 + 1);
        // Of two bullets nobody can tell how they were to be counted, nor where several numbers are wrong.
        if let (Some([before, wrong]), None, 3..) = (wrong.next(), wrong.next(), numbers.len()) {
            report_number(cx, *wrong, before.1, sink);
        }
    }
}

/// The number that an item of an ordered list has in the source.
fn number_of(cx: &RuleContext<'_>, item: NodeId) -> Option<u32> {
    let sign = marker(cx.source, cx.tree, item).trim_start();
    sign[..sign.find(|c: char| !c.is_ascii_digit())?].parse().ok()
}

fn report_number(cx: &RuleContext<'_>, (item, number): (NodeId, u32), before: u32, sink: &mut Sink) {
    let start = cx.tree.node(item).span.start;
    let sign = marker(cx.source, cx.tree, item).trim_end();
    let text = cx.source.rest_of_line(start + sign.len()).trim_start();
    let message = format!("`{number}.` comes after `{before}.` in this list");
    sink.report(Span::new(start, start + sign.len()), folded_opening(text), message)
        .help(format!("Write `{}.` and count on from there, or put back what was lost", before + 1));
}

fn report_indent(cx: &RuleContext<'_>, first: NodeId, item: NodeId, sink: &mut Sink) {
    let (start, sign) = (cx.tree.node(item).span.start, marker(cx.source, cx.tree, item));
    let text = cx.source.rest_of_line(start + sign.len());
    let needed = column(cx, first) + marker(cx.source, cx.tree, first).len();
    let message = format!("`{}` does not stand below the bullet before it", opening(text, 40));
    sink.report(Span::new(start, start + sign.trim_end().len()), folded_opening(text), message)
        .caption("shown as another bullet of the same list")
        .help(format!("Indent it by {needed} blanks, as far as the text above it; or by none"));
}

/// Fewer blanks are a slip of the hand, and mean nothing.
const NESTING: usize = 2;

/// What stands before a bullet's marker on its line, in bytes.
fn column(cx: &RuleContext<'_>, item: NodeId) -> usize {
    let start = cx.tree.node(item).span.start;
    start - cx.source.line_start(start)
}

/// The `#` that makes a heading of the whole bullet.
fn number_sign(cx: &RuleContext<'_>, item: NodeId) -> Option<Span> {
    let first = cx.tree.node(cx.tree.children(item).next()?);
    let is_heading = matches!(first.kind, NodeKind::Heading { .. });
    (is_heading && cx.source.slice(first.span).starts_with("# "))
        .then(|| Span::new(first.span.start, first.span.start + 1))
}

fn report_number_sign(cx: &RuleContext<'_>, sign: Span, sink: &mut Sink) {
    let text = cx.source.rest_of_line(sign.end).trim_start();
    sink.report(sign, folded_opening(text), format!("The `#` makes a heading of the bullet `{}`", opening(text, 40)))
        .help("Write `Number` for it, or escape it: `\\#`")
        .fix(Safety::Unsafe, "Write `Number`", sign, "Number")
        .fix(Safety::Unsafe, "Escape it", sign, "\\#");
}

/// The list that begins on the line of a bullet's marker.
fn doubled(cx: &RuleContext<'_>, item: NodeId) -> Option<Span> {
    let first = cx.tree.node(cx.tree.children(item).next()?);
    let begins_there = || cx.source.line_of(first.span.start) == cx.source.line_of(cx.tree.node(item).span.start);
    (first.kind.is_list() && begins_there()).then_some(first.span)
}

/// Of `- - - Experience`, the first says it.
fn is_doubled_itself(cx: &RuleContext<'_>, item: NodeId) -> bool {
    let outer = cx.tree.ancestors(item).nth(1).filter(|outer| cx.tree.node(*outer).kind.is_item());
    outer.is_some_and(|outer| doubled(cx, outer).is_some_and(|list| list.start == cx.tree.node(item).span.start))
}

fn report_doubled(cx: &RuleContext<'_>, marks: Span, inner: Span, sink: &mut Sink) {
    let after = cx.source.rest_of_line(inner.start);
    sink.report(marks, folded_opening(after), format!("The bullet `{}` has two markers", opening(after, 40)))
        .help("Delete one of them")
        .fix(Safety::Unsafe, "Delete the first", marks, "");
}

fn report_empty(cx: &RuleContext<'_>, marks: Span, sink: &mut Sink) {
    let lines = cx.source.whole_lines(marks);
    let line = cx.source.slice(lines);
    let marker = cx.source.slice(marks).trim();
    // A template or a comment may be all that there is.
    if line.trim() == marker {
        sink.report(Span::new(marks.start, marks.start + marker.len()), "empty", "This bullet is empty")
            .help("Write it, or delete the marker")
            .fix(Safety::Unsafe, "Delete it", lines, "");
    }
}

/// "-Experience" and "• Experience" where a bullet would begin.
fn check_line_starts(cx: &RuleContext<'_>, sink: &mut Sink) {
    let beside_list = LazyCell::new(|| paragraphs_beside_lists(cx.tree));
    for paragraph in cx.paragraphs() {
        let signs = signs_at_line_starts(cx.source, cx.tree, paragraph);
        let Some(first) = signs.first() else { continue };
        let parent = cx.tree.parent(paragraph.node);
        let item = parent.filter(|parent| cx.tree.node(*parent).kind.is_item());
        // A dash may begin a signature, an asterisk a footnote.
        let is_marker = match cx.source.slice(*first).chars().next() {
            Some('*' | '-') => beside_list.contains(&paragraph.node),
            Some('–' | '—') => false,
            _ => true,
        };
        if is_marker || signs.len() > 1 || item.is_some() {
            report_signs(cx, &signs, item, sink);
        }
    }
}

fn report_signs(cx: &RuleContext<'_>, signs: &[Span], item: Option<NodeId>, sink: &mut Sink) {
    let Some(first) = signs.first() else { return };
    let text = cx.source.rest_of_line(first.end);
    let sign = cx.source.slice(*first).trim_end();
    let more = match signs.len() {
        0 | 1 => String::new(),
        2 => " and the line below it".to_owned(),
        lines => format!(" and {} lines below it", lines - 1),
    };
    let marker = item.map_or("- ", |item| marker(cx.source, cx.tree, item));
    let edits = signs.iter().map(|span| Edit { span: *span, replacement: replacement(cx, *span, marker) }).collect();
    sink.report(
        Span::new(first.start, first.start + sign.len()),
        folded_opening(text),
        format!("`{sign}` makes no bullet of `{}`{more}", opening(text, 40)),
    )
    .help(format!("Begin the line with `{marker}`"))
    .fix_edits(Safety::Unsafe, "Make it a bullet", edits);
}

/// A bullet that has its marker loses the sign; a line without one gets a marker in its place.
fn replacement(cx: &RuleContext<'_>, sign: Span, marker: &str) -> String {
    let before = Span::new(cx.source.line_start(sign.start), sign.start);
    if cx.source.slice(before).trim().is_empty() { marker.to_owned() } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    fn too_little(markdown: &str) -> usize {
        let found = RULE.findings(&Source::new("x.md", markdown));
        found.iter().filter(|finding| finding.message.contains("does not stand below")).count()
    }

    #[test]
    fn a_dash_is_stray_only_after_another_mark() {
        let stray = |markdown: &str| RULE.findings(&Source::new("x.md", markdown)).len();
        assert_eq!(stray("- the code, - architecture and plans\n- Good to have: - Experience in sales"), 2);
        assert_eq!(
            stray(
                "- the code - architecture and plans\n- costs: -5, - 6, a `b, - c` and end\n- he says, - and so - that"
            ),
            0
        );
    }

    #[test]
    fn a_bullet_is_indented_too_little_only_beside_those_of_its_own_list() {
        assert_eq!(too_little("1. Languages\n  1. Dutch\n  1. Greek\n1. Ships\n"), 1);
        assert_eq!(too_little("1. Languages\n   1. Dutch\n   1. Greek\n1. Ships\n"), 0);
        assert_eq!(too_little("1. - Dutch\n   - Greek\n2. - Ships\n   - Docks\n"), 0);
        assert_eq!(too_little("> 1. Dutch\n> 1. Greek\n"), 0);
    }

    #[test]
    fn a_number_follows_from_the_one_before() {
        let told = |numbers: &str| {
            let items = numbers.split(' ').map(|number| format!("{number} Talk to us\n"));
            let found = RULE.findings(&Source::new("x.md", items.collect::<String>()));
            found.into_iter().map(|finding| finding.message).collect::<Vec<String>>()
        };
        assert_eq!(told("1. 2. 3. 3."), ["`3.` comes after `3.` in this list"]);
        assert_eq!(told("3. 4. 4. 5."), ["`4.` comes after `4.` in this list"]);
        assert_eq!(told("1. 2. 4."), ["`4.` comes after `2.` in this list"]);
        for right in ["1. 1. 1.", "0. 1. 2.", "3. 4. 5.", "1. 3.", "1. 1. 2. 2.", "* * *", "1) 2) 3)"] {
            assert_eq!(told(right), [""; 0], "{right}");
        }
    }
}
