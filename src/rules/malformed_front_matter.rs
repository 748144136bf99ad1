use crate::declare_rule;
use crate::diagnostic::Safety;
use crate::model::{Flaw, FrontMatter, OWNER_PAGE, Scalar};
use crate::rule::{RuleContext, Sink};
use crate::source::Span;
use crate::syntax::Fence;

declare_rule! {
    /// The front matter is missing, is not fenced by `---`, is no valid YAML, or has no proper title.
    ///
    /// The site takes the page's title from it. Without the opening fence the keys are shown as a heading, without the
    /// closing one the page may vanish, and blanks inside the quotes show up in lists and in the browser's tab.
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// layout: job_family_page
    /// title: "Tax"
    /// ---
    ///
    /// ## Tax Analyst
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// ---
    /// title: "Tax"
    /// ---
    ///
    /// ## Tax Analyst
    /// ```
    "malformed-front-matter", Document, Error, fix: Safe, yields_to: ["merge-conflict"]; check
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    let front = &cx.family.front_matter;
    let Some(span) = front.span else {
        return missing(cx, sink);
    };
    match front.fence {
        Some(Fence::Unopened) => unopened(cx, span, sink),
        Some(Fence::Unclosed) => unclosed(cx, span, sink),
        _ => {}
    }
    match &front.error {
        Some(error) => {
            let (message, help) = told(&error.flaw);
            sink.report(error.place, "yaml", message).owner(OWNER_PAGE).help(help);
        }
        None => title(cx, front, sink),
    }
}

/// The message and the help of a flaw.
fn told(flaw: &Flaw) -> (String, String) {
    match flaw {
        Flaw::Twice(key) => (
            format!("`{key}` stands in the front matter for the second time"),
            format!("Keep the `{key}` that is meant"),
        ),
        Flaw::Unclosed { key, mark } => (
            format!("The front matter cannot be read: the value of `{key}` has no closing `{mark}`"),
            format!("Add a `{mark}` at the end of the value"),
        ),
        Flaw::Other(reason) => (
            format!("The front matter cannot be read: {reason}"),
            "Put the value in double quotes, and one key on a line: `title: \"...\"`".to_owned(),
        ),
    }
}

fn missing(cx: &RuleContext<'_>, sink: &mut Sink) {
    let start = Span::at(0);
    let title = cx.family.headings.first().map_or("...", |heading| heading.text.as_str());
    sink.report(start, "missing", "The page has no front matter")
        .owner(OWNER_PAGE)
        .help(format!("Begin the page with three lines: `---`, `title: \"{title}\"`, `---`"));
}

fn unopened(cx: &RuleContext<'_>, span: Span, sink: &mut Sink) {
    let line = cx.source.line_span(cx.source.line_of(span.start));
    // The fence counts on the first line only, whatever stands before the keys.
    let text = cx.source.text();
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    sink.report(line, "unopened", "The `---` before the front matter is missing")
        .owner(OWNER_PAGE)
        .help("Add a line `---` before the first key")
        .fix(Safety::Safe, "Add the line `---`", Span::at(start), format!("---{}", cx.source.line_end()));
}

fn unclosed(cx: &RuleContext<'_>, span: Span, sink: &mut Sink) {
    let line = cx.source.line_span(cx.source.line_of(span.start));
    let ends_line = cx.source.slice(Span::new(0, span.end)).ends_with(['\n', '\r']);
    let fence = if ends_line { format!("---{}", cx.source.line_end()) } else { format!("{}---", cx.source.line_end()) };
    sink.report(line, "unclosed", "The `---` after the front matter is missing")
        .owner(OWNER_PAGE)
        .help("Add a line `---` after the last key")
        .fix(Safety::Unsafe, "Add the line `---`", Span::at(span.end), fence);
}

fn title(cx: &RuleContext<'_>, front: &FrontMatter, sink: &mut Sink) {
    let Some(title) = &front.title else {
        let place = front.span.map_or(Span::at(0), |span| Span::at(span.start));
        sink.report(place, "title", "The front matter has no `title`")
            .owner(OWNER_PAGE)
            .help("Add `title: \"...\"` with the name of the job family");
        return;
    };
    if title.text.trim().is_empty() {
        sink.report(title.key_span, "blank title", "The `title` is blank")
            .owner(OWNER_PAGE)
            .help("Write the name of the job family");
    } else if title.text.trim() != title.text {
        padded(cx, title, sink);
    }
}

fn padded(cx: &RuleContext<'_>, title: &Scalar, sink: &mut Sink) {
    let written = cx.source.slice(title.span);
    sink.report(title.span, "padded title", "The `title` has blanks inside its quotes")
        .owner(OWNER_PAGE)
        .help("Take the blanks out")
        .fix(Safety::Safe, "Take the blanks out", title.span, written.trim());
}
