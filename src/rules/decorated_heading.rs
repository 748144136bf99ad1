use crate::declare_rule;
use crate::diagnostic::{Edit, Safety};
use crate::model::{Heading, HeadingClass};
use crate::rule::{RuleContext, Sink};
use crate::source::Span;
use crate::syntax::{NodeId, NodeKind};
use crate::text::key;

declare_rule! {
    /// A heading is bold or italic, holds a link, or ends in a colon.
    ///
    /// A heading stands out by itself. Other pages have it plain, and a link in it cannot be told from a link to it.
    ///
    /// A question or a sentence that leads over to a list may keep its colon: "As a member of the team you will:".
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// ## **Hiring Process**
    ///
    /// ## Requirements:
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// ## Hiring Process
    ///
    /// ## Requirements
    /// ```
    "decorated-heading", Structure, Warning, fix: Safe; check
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    for heading in &cx.family.headings {
        let mut decorations = marked_parts(cx, heading);
        decorations.extend(colon(cx, heading));
        if !decorations.is_empty() {
            report(cx, heading, decorations, sink);
        }
    }
}

/// What makes a heading more than words.
struct Decoration {
    what: &'static str,
    span: Span,
    edits: Vec<Edit>,
}

fn report(cx: &RuleContext<'_>, heading: &Heading, decorations: Vec<Decoration>, sink: &mut Sink) {
    let has_link = decorations.iter().any(|decoration| decoration.what == LINK);
    // Without its marks, what is underlined may begin with those of another block: `**# One**`.
    let is_underlined = heading.marks(cx.source).is_none();
    // Without a link nothing is lost, and no anchor changes: neither marks nor a colon at the end are part of one.
    let safety = if has_link || is_underlined { Safety::Unsafe } else { Safety::Safe };
    let what: Vec<&str> = decorations.iter().map(|decoration| decoration.what).collect();
    let span = decorations.iter().map(|decoration| decoration.span).reduce(Span::to).unwrap_or(heading.text_span);
    let edits: Vec<Edit> = decorations.into_iter().flat_map(|decoration| decoration.edits).collect();
    let message = format!("The heading `{}` {}", heading.text, what.join(" and "));
    let finding = sink.report(span, key(&heading.folded), message).help("Leave the plain words");
    if !edits.is_empty() {
        finding.fix_edits(safety, "Leave the plain words", edits);
    }
}

const LINK: &str = "holds a link";

fn marked_parts(cx: &RuleContext<'_>, heading: &Heading) -> Vec<Decoration> {
    cx.tree.descendants(heading.node).filter_map(|id| marked_part(cx, heading, id)).collect()
}

fn marked_part(cx: &RuleContext<'_>, heading: &Heading, id: NodeId) -> Option<Decoration> {
    let node = cx.tree.node(id);
    let what = match &node.kind {
        NodeKind::Strong => "is bold",
        NodeKind::Emphasis => "is italic",
        NodeKind::Link(link) if !link.autolink => LINK,
        _ => return None,
    };
    // A link that is a part of the heading says more than its words.
    let is_part = what == LINK && cx.tree.visible(id).text().len() < cx.tree.visible(heading.node).text().trim().len();
    let edits = if is_part { None } else { unwrap(cx, id) };
    Some(Decoration { what, span: node.span, edits: edits.unwrap_or_default() })
}

/// The edits that leave only what stands between the marks of a node.
fn unwrap(cx: &RuleContext<'_>, id: NodeId) -> Option<Vec<Edit>> {
    let span = cx.tree.node(id).span;
    let mut inside = cx.tree.children(id).map(|child| cx.tree.node(child).span);
    let first = inside.next()?;
    let last = inside.last().unwrap_or(first);
    let fits = span.start < first.start && last.end < span.end;
    let removed = |span: Span| Edit { span, replacement: String::new() };
    fits.then(|| vec![removed(Span::new(span.start, first.start)), removed(Span::new(last.end, span.end))])
}

/// More words than this lead over to what follows.
const LABEL_WORDS: usize = 3;

fn colon(cx: &RuleContext<'_>, heading: &Heading) -> Option<Decoration> {
    let before = heading.text.strip_suffix(':')?;
    let is_named = !matches!(heading.class, HeadingClass::Free | HeadingClass::Part(_));
    if !is_named && before.split_whitespace().count() > LABEL_WORDS {
        return None;
    }
    // ":rocket:" is a sign by itself.
    let is_emoji =
        before.rsplit_once(':').is_some_and(|(_, name)| !name.is_empty() && !name.contains(char::is_whitespace));
    let visible = cx.tree.visible(heading.node);
    let at = visible.text().rfind(':').filter(|_| !is_emoji)?;
    if visible.unspoken().any(|(code, _)| code.contains(&at)) {
        return None;
    }
    let span = visible.span(at..at + 1);
    let edits = if cx.source.slice(span) == ":" { vec![Edit { span, replacement: String::new() }] } else { Vec::new() };
    Some(Decoration { what: "ends in a colon", span, edits })
}
