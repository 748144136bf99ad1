//! Finds the comments that speak to jflint, in the text of a document.

use memchr::memmem;

use crate::rules;
use crate::source::{Source, Span};
use crate::syntax::Tree;

/// What all of these comments begin with.
const PREFIX: &str = "jflint-";

/// One comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directive {
    /// The whole comment, with its marks.
    pub span: Span,
    pub verb: Verb,
    /// None are named where all rules are meant.
    pub names: Vec<Name>,
}

/// What a comment asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verb {
    NextLine,
    Line,
    Disable,
    Enable,
    File,
    /// Nothing that jflint knows; as written.
    Unknown(String),
}

/// Those that exist.
static KNOWN_VERBS: [Verb; 5] = [Verb::NextLine, Verb::Line, Verb::Disable, Verb::Enable, Verb::File];

impl Verb {
    fn new(word: &str) -> Self {
        let known = KNOWN_VERBS.iter().find(|verb| verb.word() == word);
        known.cloned().unwrap_or_else(|| Self::Unknown(word.to_owned()))
    }

    /// All that exist, without the prefix.
    pub fn words() -> impl Iterator<Item = &'static str> {
        KNOWN_VERBS.iter().map(Self::word)
    }

    /// As it is written, without the prefix.
    pub fn word(&self) -> &str {
        match self {
            Self::NextLine => "disable-next-line",
            Self::Line => "disable-line",
            Self::Disable => "disable",
            Self::Enable => "enable",
            Self::File => "disable-file",
            Self::Unknown(word) => word,
        }
    }
}

/// A rule as a comment names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    pub text: String,
    pub span: Span,
    /// The rule, if there is one of that name.
    pub rule: Option<&'static str>,
}

/// All directives of a document, in its order.
pub fn directives(source: &Source, tree: &Tree) -> Vec<Directive> {
    // Nearly every page has none, and then this is all that it costs.
    if memmem::find(source.text().as_bytes(), PREFIX.as_bytes()).is_none() {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut body = 0;
    if let Some(front_matter) = tree.front_matter() {
        found = yaml_comments(source, front_matter.yaml);
        body = front_matter.span.end;
    }
    found.extend(markup_comments(source, body, tree.code()));
    found
}

/// `# jflint-...` in the front matter, on a line of its own or at the end of one.
fn yaml_comments(source: &Source, yaml: Span) -> Vec<Directive> {
    let lines = source.line_of(yaml.start)..=source.line_of(yaml.end);
    lines.filter_map(|line| yaml_comment(source, source.line_span(line))).collect()
}

fn yaml_comment(source: &Source, line: Span) -> Option<Directive> {
    let text = source.slice(line);
    let prefix = text.find(PREFIX)?;
    let before = text.get(..prefix)?.trim_end_matches([' ', '\t']).strip_suffix('#')?;
    let is_comment = before.is_empty() || before.ends_with([' ', '\t']);
    let comment = Span::new(line.start + before.len(), line.end);
    is_comment.then(|| parse(source, comment, Span::new(line.start + prefix, line.end))).flatten()
}

/// A kind of comment in the body of a page.
struct Markup {
    opening: &'static str,
    closing: &'static str,
}

const MARKUP: [Markup; 2] = [Markup { opening: "<!--", closing: "-->" }, Markup { opening: "<%#", closing: "%>" }];

/// `<!-- jflint-... -->` and `<%# jflint-... %>` outside code, from a byte on.
fn markup_comments(source: &Source, from: usize, code: &[Span]) -> Vec<Directive> {
    let text = source.text().as_bytes();
    let mut code = code.iter().peekable();
    let mut found = Vec::new();
    // A kind that is not closed once is never closed after, and must not be looked for again and again.
    let mut unclosed = [false; MARKUP.len()];
    let mut at = from;
    while let Some(next) = text.get(at..).and_then(|rest| memchr::memchr(b'<', rest)) {
        at += next;
        while code.next_if(|span| span.end <= at).is_some() {}
        if let Some(span) = code.peek().filter(|span| span.contains(at)) {
            at = span.end;
            continue;
        }
        let Some(kind) = MARKUP.iter().position(|kind| text[at..].starts_with(kind.opening.as_bytes())) else {
            at += 1;
            continue;
        };
        let body = at + MARKUP[kind].opening.len();
        let closing = MARKUP[kind].closing;
        let end = if unclosed[kind] { None } else { memmem::find(&text[body..], closing.as_bytes()) };
        let Some(end) = end.map(|length| body + length) else {
            unclosed[kind] = true;
            at = body;
            continue;
        };
        found.extend(parse(source, Span::new(at, end + closing.len()), Span::new(body, end)));
        at = end + closing.len();
    }
    found
}

/// Reads what stands in a comment; nothing if it does not speak to jflint.
fn parse(source: &Source, comment: Span, body: Span) -> Option<Directive> {
    let mut words = words(source.slice(body), body.start);
    let (verb, _) = words.next()?;
    let verb = Verb::new(verb.strip_prefix(PREFIX)?.trim_end_matches(':'));
    let names = words.take_while(|(word, _)| !begins_reason(word)).map(|(word, span)| Name {
        text: word.to_owned(),
        span,
        rule: rules::find(word).map(|rule| rule.name),
    });
    Some(Directive { span: comment, verb, names: names.collect() })
}

/// After two hyphens, or the dash that some editors make of them, a person says why.
fn begins_reason(word: &str) -> bool {
    word.starts_with("--") || word.starts_with(['–', '—'])
}

/// The words between blanks and commas, with their spans.
fn words(text: &str, start: usize) -> impl Iterator<Item = (&str, Span)> {
    text.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty()).map(move |word| {
        let at = start + (word.as_ptr() as usize - text.as_ptr() as usize);
        (word, Span::new(at, at + word.len()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        let source = Source::new("x.md", text);
        let said = |directive: &Directive| {
            let names: Vec<&str> = directive.names.iter().map(|name| name.text.as_str()).collect();
            format!("{} [{}] {}", directive.verb.word(), names.join(" "), source.slice(directive.span))
        };
        directives(&source, &Tree::parse(&source)).iter().map(said).collect()
    }

    #[test]
    fn names_are_parted_by_blanks_or_commas_and_end_at_the_reason() {
        assert_eq!(
            read("<!-- jflint-disable-line a, b,c  d -- for e -->"),
            ["disable-line [a b c d] <!-- jflint-disable-line a, b,c  d -- for e -->"]
        );
        assert_eq!(read("<!--jflint-disable a—b --c-->"), ["disable [a—b] <!--jflint-disable a—b --c-->"]);
        assert_eq!(read("<!-- jflint-disable-file — all of it -->").len(), 1);
    }

    #[test]
    fn each_kind_of_comment_is_read() {
        assert_eq!(read("x <%# jflint-disable-line a %>"), ["disable-line [a] <%# jflint-disable-line a %>"]);
        assert_eq!(
            read("---\n# jflint-disable-next-line a\ntitle: X # jflint-disable-line b\nx: '#jflint-enable'\n---\n"),
            ["disable-next-line [a] # jflint-disable-next-line a", "disable-line [b] # jflint-disable-line b"]
        );
        assert_eq!(read("<!--\njflint-disable\n a\n-->").len(), 1);
    }

    #[test]
    fn what_is_no_comment_is_not_read() {
        assert_eq!(read("`<!-- jflint-disable a -->`"), [""; 0]);
        assert_eq!(read("```\n<!-- jflint-disable a -->\n```\n"), [""; 0]);
        assert_eq!(read("<!-- see jflint-disable a -->"), [""; 0]);
        assert_eq!(read("<!-- never closed <!-- jflint-disable a"), [""; 0]);
        assert_eq!(read("# jflint-disable a\n"), [""; 0]);
        assert_eq!(read("<!-- out <!-- jflint-disable a -->"), [""; 0]);
    }

    #[test]
    fn an_unclosed_comment_hides_no_later_comment_of_another_kind() {
        assert_eq!(read("<!-- open\n\n<%# jflint-disable a %>").len(), 1);
    }
}
