use std::ops::Range;

use crate::declare_rule;
use crate::diagnostic::Safety;
use crate::facts::{Shortening, TermKind};
use crate::lists::lists;
use crate::prose::{Block, Mark};
use crate::rule::{RuleContext, Sink};
use crate::source::{Span, floor_char_boundary};
use crate::syntax::NodeId;
use crate::text::{fold, folded_opening, match_case};
use crate::wording::FoundTerm;

declare_rule! {
    /// A blank is missing or too many beside a punctuation mark, or a mark is too many or missing.
    ///
    /// Small slips that readers stumble over. Numbers, abbreviations ("e.g.,", "etc.,"), domains ("GitLab.com"), `...`,
    /// `::` and code are left alone.
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// - Consulting,and training of customers
    /// - Meets the expectations .
    /// - Plans, reports, etc..
    /// - Executes- and improves the training/ coaching
    /// - Writes plans ( for sales ).They are short, e,g. one page
    /// - Writes Go, Ruby, etc
    /// - Owns the plan; including its budget and the report (eg. its charts)
    /// - Answers a 30min call with tools such as, Slack. (or by mail)
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// - Consulting, and training of customers, e.g., on GitLab.com
    /// - Meets the expectations of 1,000 users...
    /// - Plans, reports, etc., in the short- and long-term
    /// ```
    "punctuation-spacing", Prose, Warning, fix: Safe; check
}

/// A slip in a text: where it is, what to call it, and what may stand in place of all or part of it.
struct Slip {
    range: Range<usize>,
    message: String,
    changed: Range<usize>,
    corrections: &'static [&'static str],
    help: &'static str,
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    check_marks(cx, sink);
    for found in cx.wording().terms() {
        if let TermKind::Unstopped(row) = found.kind {
            check_unstopped(cx, found, &cx.facts.terms.rows().unstopped[row], sink);
        }
    }
    lists(cx.tree).for_each(|list| check_ends(cx, list, sink));
}

/// A bullet that ends in a comma or a semicolon, where at least half of its list do not: "one, / two, / and three." has one
/// that does not.
fn check_ends(cx: &RuleContext<'_>, list: NodeId, sink: &mut Sink) {
    let items = cx.tree.children(list).count();
    let last_paragraph = |item| cx.tree.children(item).last().filter(|last| cx.tree.node(*last).kind.is_paragraph());
    let ends_open = |text: &NodeId| cx.source.slice(cx.tree.node(*text).span).trim_end().ends_with([',', ';']);
    let open: Vec<NodeId> = cx.tree.children(list).filter_map(last_paragraph).filter(ends_open).collect();
    if 2 * open.len() <= items && open.len() + 2 <= items {
        open.into_iter().for_each(|paragraph| report_open_end(cx, paragraph, sink));
    }
}

fn report_open_end(cx: &RuleContext<'_>, paragraph: NodeId, sink: &mut Sink) {
    let visible = cx.tree.visible(paragraph);
    let text = visible.text().trim_end();
    let Some(mark) = text.chars().next_back().filter(|mark| matches!(mark, ',' | ';')) else { return };
    let at = text.len() - mark.len_utf8();
    let (span, word) = (visible.span(at..text.len()), trailing_word(&text[..at]));
    let name = if mark == ',' { "a comma" } else { "a semicolon" };
    // The last word may be what is corrected.
    sink.report(span, folded_opening(text), format!("The bullet ends in {name}: `{word}{mark}`"))
        .help("Take the mark out, or end the sentence with a full stop")
        .fix(Safety::Unsafe, "Take the mark out", span, "");
}

/// `reports, etc`, `(eg. reports)`, and `reports, etc...`
fn check_unstopped(cx: &RuleContext<'_>, found: &FoundTerm, shortening: &Shortening, sink: &mut Sink) {
    let (block, word) = found.place(cx.prose());
    let (before, after) = (&block.text()[..word.start], &block.text()[word.end..]);
    let is_path = before.ends_with(['/', '.', '-']) || after.starts_with(['/', '-', '\'', '\u{2019}', '\u{2026}']);
    let stops = after.len() - after.trim_start_matches('.').len();
    let range = word.start..word.end + stops;
    let written = &block.text()[range.clone()];
    let is_acronym = block.text()[word].ends_with(char::is_uppercase);
    // Two stops are told as a mark that stands twice.
    if is_path || is_acronym || stops == 2 || fold(written) == shortening.right {
        return;
    }
    let (span, right) = (block.span(range.clone()), match_case(written, &shortening.right));
    let finding =
        sink.report(span, fold(written), format!("`{written}` is written `{right}`")).help(format!("Write `{right}`"));
    if block.is_verbatim(cx.source, range) {
        finding.fix(cx.safety_in(block), format!("Change it to `{right}`"), span, right);
    }
}

fn check_marks(cx: &RuleContext<'_>, sink: &mut Sink) {
    for block in cx.prose().blocks() {
        check_semicolon(cx, block, sink);
        let text = block.text();
        let mut from = 0;
        for at in cx.prose().marks(block).iter().filter(|mark| is_checked(mark.sign)).map(Mark::at) {
            if at < from || is_usual(text.as_bytes(), at) {
                continue;
            }
            let slip = slip_at(text, at, &cx.facts.terms.rows().abbreviations);
            // Markup in a blank may be shown as something.
            let is_shown = |range: &Range<usize>| {
                !text[range.clone()].contains(['(', ')']) || block.is_verbatim(cx.source, range.clone())
            };
            if let Some(slip) = slip.filter(|slip| cx.prose().is_plain(block, &slip.range) && is_shown(&slip.range)) {
                from = slip.range.end;
                report(cx, block, slip, sink);
            }
        }
    }
}

fn is_checked(sign: char) -> bool {
    matches!(sign, ',' | '.' | ';' | ':' | '-' | '/' | '(' | ')' | '+')
}

/// Whether nothing can be wrong with a mark where it stands, which two bytes tell of nearly all.
fn is_usual(bytes: &[u8], at: usize) -> bool {
    is_followed_by_blank(bytes, at)
        && match bytes[at] {
            b',' => !COMMALESS.iter().any(|word| bytes[..at].ends_with(word)),
            b'.' => !bytes.get(at + 2).is_some_and(|next| next.is_ascii_lowercase() || *next == b' '),
            _ => true,
        }
}

/// Words that a comma seldom follows.
const COMMALESS: [&[u8]; 4] = [b" and", b" or", b"such as", b" Sr"];

/// Whether a mark stands right after a word and before a blank.
fn is_followed_by_blank(bytes: &[u8], at: usize) -> bool {
    let follows_word = at.checked_sub(1).is_some_and(|before| bytes[before].is_ascii_alphanumeric());
    follows_word && bytes.get(at + 1).is_none_or(|after| *after == b' ') && !matches!(bytes[at], b'-' | b'/' | b'+')
}

/// `the plan; including its budget`: the only semicolon, before what goes on with the sentence.
fn check_semicolon(cx: &RuleContext<'_>, block: &Block<'_>, sink: &mut Sink) {
    let text = block.text();
    let mut semicolons = cx.prose().marks(block).iter().filter(|mark| mark.sign == ';').map(Mark::at);
    let (Some(at), None) = (semicolons.next(), semicolons.next()) else { return };
    let next = leading_word(text[at + 1..].trim_start());
    let goes_on = cx.facts.terms.rows().continuations.iter().any(|word| word == next);
    if !goes_on || !is_followed_by_blank(text.as_bytes(), at) {
        return;
    }
    let span = block.span(at..at + 1);
    let around = format!("{}; {next}", trailing_word(&text[..at]));
    sink.report(span, fold(&around), format!("The semicolon cuts the sentence off: `{around}`"))
        .help("Write a comma")
        .fix(Safety::Unsafe, "Change it to `,`", span, ",");
}

fn report(cx: &RuleContext<'_>, block: &Block<'_>, slip: Slip, sink: &mut Sink) {
    let text = block.text();
    // A mark that comes right after an address becomes a part of it.
    let before = text[..slip.range.start].char_indices().next_back().map_or(0, |(at, _)| at);
    let after_code = cx.source.slice(Span::new(0, block.span(slip.range.clone()).start)).ends_with('`');
    let after_address = !after_code && !cx.prose().is_plain(block, &(before..slip.range.start));
    // `spec/ fixtures` may be a folder and what is in it.
    let after_slash = text[..slip.changed.start].ends_with('/');
    let safety = if after_address || after_slash { Safety::Unsafe } else { cx.safety_in(block) };
    let around = format!(
        "{}{}{}",
        trailing_word(&text[..slip.range.start]),
        &text[slip.range.clone()],
        leading_word(&text[slip.range.end..])
    );
    let finding = sink.report(block.span(slip.range), fold(&around), format!("{}: `{around}`", slip.message));
    let mut finding = finding.help(slip.help);
    let changed = block.span(slip.changed.clone());
    for right in slip.corrections.iter().filter(|_| block.is_verbatim(cx.source, slip.changed.clone())) {
        finding = finding.fix(safety, title(right, slip.help), changed, *right);
    }
}

/// Of a fix: what is but a blank, or nothing, no reader of the title would see.
fn title(right: &str, help: &str) -> String {
    let is_seen = !right.is_empty() && !right.contains(' ');
    if is_seen { format!("Change it to `{right}`") } else { help.to_owned() }
}

/// What is wrong at a mark, if anything.
fn slip_at(text: &str, at: usize, abbreviations: &[String]) -> Option<Slip> {
    let (before, after) = (&text[..at], &text[at + 1..]);
    match text.as_bytes()[at] {
        b',' => doubled(before, after, at, ',')
            .or_else(|| blank_before(before, after, at, ","))
            .or_else(|| blank_missing(before, after, at))
            .or_else(|| abbreviation_with_comma(before, after, at))
            .or_else(|| comma_after_joint(before, after, at))
            .or_else(|| comma_after_rank(before, after, at)),
        b'.' => doubled(before, after, at, '.')
            .or_else(|| stop_and_comma(before, after, at, abbreviations))
            .or_else(|| blank_before(before, after, at, "."))
            .or_else(|| stop_missing(before, after, at))
            .or_else(|| sentence_joined(before, after, at))
            .or_else(|| needless_for(before, after, at))
            .or_else(|| stray_sign(before, after, at))
            .or_else(|| stop_in_sentence(before, after, at, abbreviations)),
        b'(' => blank_in_bracket(before, after, at)
            .or_else(|| bracket_joined(before, after, at))
            .or_else(|| stop_before_bracket(before, after, at, abbreviations)),
        b')' => blank_before_bracket(before, after, at),
        b'-' => hanging_hyphen(before, after, at).or_else(|| hyphen_before_plural(before, after, at)),
        b'+' => plus_after_noun(before, after, at).or_else(|| plus_before_word(before, after, at)),
        b'/' => blank_after_slash(before, after, at),
        b';' => doubled(before, after, at, ';').or_else(|| blank_before(before, after, at, ";")),
        _ => blank_before(before, after, at, ":")
            .or_else(|| colon_after_shortening(before, after, at))
            .or_else(|| blank_missing_after_colon(before, after, at)),
    }
}

/// `expectations .`: a blank before the mark, and none to come.
fn blank_before(before: &str, after: &str, at: usize, mark: &str) -> Option<Slip> {
    let trimmed = before.trim_end_matches([' ', '\u{a0}']);
    let last = trimmed.chars().next_back()?;
    let ends = after.chars().next().is_none_or(|c| c.is_whitespace() || matches!(c, ')' | '"' | '\u{201d}'));
    let spoken = last.is_alphanumeric() || matches!(last, ')' | '"' | '\u{201d}' | '%' | '\u{2019}' | '\'');
    let ratio = mark == ":" && (last.is_ascii_digit() || after.starts_with(')'));
    let emoticon = mark == ";" && after.starts_with(')');
    (trimmed.len() < before.len() && ends && spoken && !ratio && !emoticon).then(|| Slip {
        range: trimmed.len()..at + 1,
        message: format!("A blank stands before the {}", name(mark)),
        changed: trimmed.len()..at,
        corrections: &[""],
        help: "Take the blank out",
    })
}

fn name(mark: &str) -> &'static str {
    match mark {
        "," => "comma",
        "." => "full stop",
        ";" => "semicolon",
        _ => "colon",
    }
}

/// `consulting,and`: words on both sides, not letters of a list such as `a,b`.
fn blank_missing(before: &str, after: &str, at: usize) -> Option<Slip> {
    let (left, right) = (trailing_word(before), leading_word(after));
    let word = |part: &str| part.chars().count() > 1 && part.chars().all(char::is_alphabetic);
    let closes = before.ends_with([')', '"', '\u{201d}']) && left.is_empty();
    let in_brackets = before[..before.len() - left.len()].ends_with('[') || after[right.len()..].starts_with(']');
    let technical =
        after[right.len()..].starts_with(['.', '_', '=', '@', '(']) && !ends_sentence(&after[right.len()..]);
    ((word(left) || closes) && word(right) && !in_brackets && !technical).then(|| Slip {
        range: at..at + 1,
        message: "A blank is missing after the comma".to_owned(),
        changed: at..at + 1,
        corrections: &[", "],
        help: "Add a blank after the comma",
    })
}

/// `such as, plans`, `Ruby and, Go`: nothing is inserted there, as no other comma closes it.
fn comma_after_joint(before: &str, after: &str, at: usize) -> Option<Slip> {
    let rest = after.trim_start();
    let next = leading_word(rest);
    let lists = before.ends_with("such as") || before.ends_with(" and") || before.ends_with(" or");
    let is_closed = !before.ends_with("such as") && after.contains(',');
    let is_insertion = INSERTED.contains(&next) || next.ends_with("ly");
    (lists && is_spoken(next) && !is_closed && !is_insertion).then(|| Slip {
        range: at..at + 1 + (after.len() - rest.len()),
        message: "The comma parts what belongs together".to_owned(),
        changed: at..at + 1,
        corrections: &[""],
        help: "Take the comma out",
    })
}

/// Words with which an insertion begins: "such as, but not limited to, plans".
const INSERTED: [&str; 32] = [
    "a",
    "after",
    "although",
    "among",
    "amongst",
    "as",
    "at",
    "because",
    "before",
    "but",
    "by",
    "depending",
    "during",
    "for",
    "from",
    "if",
    "in",
    "not",
    "of",
    "on",
    "once",
    "perhaps",
    "say",
    "should",
    "since",
    "through",
    "to",
    "unless",
    "when",
    "where",
    "while",
    "with",
];

/// `the Sr, Manager`
fn comma_after_rank(before: &str, after: &str, at: usize) -> Option<Slip> {
    let is_title = matches!(leading_word(after.trim_start()), "Manager" | "Director");
    let is_one = ["the Sr", "a Sr", "our Sr"].iter().any(|rank| before.ends_with(rank));
    (is_title && is_one).then(|| Slip {
        range: at - 2..at + 1,
        message: "A comma stands in place of a full stop".to_owned(),
        changed: at..at + 1,
        corrections: &["."],
        help: "Write `Sr.`",
    })
}

/// `e,g.` for `e.g.`
fn abbreviation_with_comma(before: &str, after: &str, at: usize) -> Option<Slip> {
    let (corrections, help) = two_letters(before, after)?;
    let is_stopped = after[1..].starts_with('.');
    let range = at - 1..at + 2 + usize::from(is_stopped);
    // "i,e" alone may be a list of letters.
    (is_stopped || *corrections == ["e.g."]).then(|| Slip {
        range: range.clone(),
        message: "A comma stands in place of a full stop".to_owned(),
        changed: range,
        corrections,
        help,
    })
}

/// How a shortening is written whose two letters stand on both sides of a mark, and the help that says so.
fn two_letters(before: &str, after: &str) -> Option<(&'static [&'static str], &'static str)> {
    match (trailing_word(before), leading_word(after)) {
        ("e", "g") => Some((&["e.g."], "Write `e.g.`")),
        ("i", "e") => Some((&["i.e."], "Write `i.e.`")),
        _ => None,
    }
}

/// `(for e.g. plans)`; "responsible for, e.g., plans" and "for e.g. plans" in a sentence are none.
fn needless_for(before: &str, after: &str, at: usize) -> Option<Slip> {
    let start = before.strip_suffix("for e")?;
    let opens = start.is_empty() || start.ends_with('(') || start.ends_with(", ");
    (opens && after.starts_with("g.")).then(|| Slip {
        range: start.len()..at + 3,
        message: "`e.g.` means `for example`".to_owned(),
        changed: start.len()..at + 3,
        corrections: &["e.g."],
        help: "Write `e.g.` or `for example`",
    })
}

/// `i.e.: plans`
fn colon_after_shortening(before: &str, after: &str, at: usize) -> Option<Slip> {
    let start = ["e.g.", "i.e."].iter().find_map(|shortening| before.strip_suffix(shortening))?;
    let goes_on = after.starts_with(BLANKS) && !after.trim().is_empty();
    ((stands_alone(start) || start.ends_with('(')) && goes_on).then(|| Slip {
        range: start.len()..at + 1,
        message: "A colon stands in place of a comma".to_owned(),
        changed: at..at + 1,
        corrections: &[","],
        help: "Write a comma",
    })
}

/// `ex.:plans`: a full stop before the colon, which no address or name of code has.
fn blank_missing_after_colon(before: &str, after: &str, at: usize) -> Option<Slip> {
    let shortening = trailing_word(before.strip_suffix('.')?);
    let start = at - 1 - shortening.len();
    let is_word = is_spoken(shortening) && is_spoken(leading_word(after));
    (is_word && (stands_alone(&before[..start]) || before[..start].ends_with('('))).then(|| Slip {
        range: start..at + 1,
        message: "A blank is missing after the colon".to_owned(),
        changed: at..at + 1,
        corrections: &[": "],
        help: "Add a blank after the colon",
    })
}

/// `e.g plans` for `e.g. plans`
fn stop_missing(before: &str, after: &str, at: usize) -> Option<Slip> {
    let (corrections, _) = two_letters(before, after)?;
    let ends = after[1..].starts_with([' ', ',', ':', '\n', '\u{a0}']);
    let starts = before[..at - 1].is_empty() || before[..at - 1].ends_with([' ', '(', '\n', '\u{a0}']);
    (ends && starts).then(|| Slip {
        range: at - 1..at + 2,
        message: "A full stop is missing at the end".to_owned(),
        changed: at - 1..at + 2,
        corrections,
        help: "Add the full stop",
    })
}

/// Words with which sentences begin, and nothing that has a name with a dot in it goes on.
const OPENERS: [&str; 28] = [
    "The", "This", "These", "Those", "You", "Your", "We", "Our", "It", "Its", "They", "Their", "There", "In", "If",
    "As", "For", "When", "While", "Please", "All", "At", "By", "With", "And", "But", "From", "However",
];

/// `done.The next`: a sentence that begins right after the full stop of another.
fn sentence_joined(before: &str, after: &str, at: usize) -> Option<Slip> {
    let (left, right) = (trailing_word(before), leading_word(after));
    let is_word = left.len() > 2 && left.chars().all(char::is_lowercase);
    let closes = left.is_empty() && before.ends_with([')', '"', '\u{201d}']);
    let goes_on = after[right.len()..].starts_with(' ') && OPENERS.contains(&right);
    let starts = before[..before.len() - left.len()].ends_with([' ', '\n', '-', '(']) || closes;
    ((is_word || closes) && goes_on && starts).then(|| Slip {
        range: at..at + 1,
        message: "A blank is missing after the full stop".to_owned(),
        changed: at..at + 1,
        corrections: &[". "],
        help: "Add a blank after the full stop",
    })
}

/// `and Ruby.=`: a sign after the full stop of the last sentence.
fn stray_sign(before: &str, after: &str, at: usize) -> Option<Slip> {
    let is_sign = matches!(after, "=" | "+" | "\\" | "|");
    (is_sign && before.ends_with(|c: char| c.is_alphabetic() || c == ')')).then(|| Slip {
        range: at..at + 2,
        message: "A stray sign stands after the full stop".to_owned(),
        changed: at + 1..at + 2,
        corrections: &[""],
        help: "Take the sign out",
    })
}

/// `the services. such as plans`
fn stop_in_sentence(before: &str, after: &str, at: usize, abbreviations: &[String]) -> Option<Slip> {
    let next = after.trim_start_matches(BLANKS);
    let goes_on = GOES_ON.iter().any(|start| next.starts_with(start));
    (goes_on && ends_in_plain_word(before, abbreviations)).then(|| Slip {
        range: at..at + 1 + (after.len() - next.len()),
        message: "The full stop cuts the sentence off".to_owned(),
        changed: at..at + 1,
        corrections: &[],
        help: "Take the full stop out, or begin the next sentence with a capital",
    })
}

/// What goes on with a sentence.
const GOES_ON: [&str; 7] = ["such as ", "including ", "which ", "as well as ", "and ", "or ", "but "];

/// `tools. (Ruby, Go).`, `tools. (for instance Ruby)`: a bracket that belongs to the sentence, and is none by itself.
fn stop_before_bracket(before: &str, after: &str, at: usize, abbreviations: &[String]) -> Option<Slip> {
    let sentence = before.trim_end_matches(BLANKS).strip_suffix('.')?;
    let near = &after[..floor_char_boundary(after, LONGEST_REMARK)];
    let (inside, rest) = near.split_once(')')?;
    let is_sentence = inside.ends_with(['.', '!', '?']) || inside.contains('(');
    let stands_twice = rest.starts_with('.') && !rest.starts_with("..");
    let belongs = stands_twice || inside.starts_with(|c: char| c.is_ascii_lowercase());
    (belongs && !is_sentence && ends_in_plain_word(sentence, abbreviations)).then(|| Slip {
        range: sentence.len()..at + 1,
        message: "The full stop stands before a bracket that belongs to the sentence".to_owned(),
        changed: sentence.len()..sentence.len() + 1,
        corrections: if stands_twice { &[""] } else { &[] },
        help: if stands_twice { "Take the full stop out" } else { "Write the full stop after the bracket" },
    })
}

const BLANKS: [char; 2] = [' ', '\u{a0}'];

/// `( such as these)`
fn blank_in_bracket(before: &str, after: &str, at: usize) -> Option<Slip> {
    let rest = after.trim_start_matches(BLANKS);
    let blanks = after.len() - rest.len();
    (blanks > 0 && stands_alone(before) && is_spoken(leading_word(rest))).then(|| Slip {
        range: at..at + 1 + blanks,
        message: "A blank stands after the opening bracket".to_owned(),
        changed: at + 1..at + 1 + blanks,
        corrections: &[""],
        help: "Take the blank out",
    })
}

/// `requirements(such as these)`, where more than a plural's ending or a function's argument is in the brackets.
fn bracket_joined(before: &str, after: &str, at: usize) -> Option<Slip> {
    let left = trailing_word(before);
    let starts = stands_alone(&before[..before.len() - left.len()]);
    let is_word = left.len() > SHORT_PREFIX && left.chars().all(char::is_lowercase);
    let is_remark = is_spoken(leading_word(after)) || ["e.g.", "i.e."].iter().any(|start| after.starts_with(start));
    // Longer ones are no remarks, and all brackets of a page must not be looked through for each.
    let near = &after[..floor_char_boundary(after, LONGEST_REMARK)];
    let inside = &near[..near.find(')')?];
    (is_word && starts && is_remark && inside.contains(' ') && !inside.contains(['(', '=', '"'])).then(|| Slip {
        range: at..at + 1,
        message: "A blank is missing before the opening bracket".to_owned(),
        changed: at..at + 1,
        corrections: &[" ("],
        help: "Add a blank before the bracket",
    })
}

/// In bytes.
const LONGEST_REMARK: usize = 300;

/// `(such as these )`
fn blank_before_bracket(before: &str, after: &str, at: usize) -> Option<Slip> {
    let trimmed = before.trim_end_matches(BLANKS);
    let opening = || trimmed.rfind(['(', ')']).filter(|bracket| trimmed[*bracket..].starts_with('('));
    let closes = |opening: usize| stands_alone(&trimmed[..opening]) && is_spoken(trailing_word(trimmed));
    let ends = !after.starts_with(char::is_alphanumeric);
    (trimmed.len() < before.len() && ends && opening().is_some_and(closes)).then(|| Slip {
        range: trimmed.len()..at + 1,
        message: "A blank stands before the closing bracket".to_owned(),
        changed: trimmed.len()..at,
        corrections: &[""],
        help: "Take the blank out",
    })
}

/// Whether what comes after such a text stands alone: a bracket there is none of a function's, `f( x )`.
fn stands_alone(before: &str) -> bool {
    before.is_empty() || before.ends_with([' ', '\u{a0}', '\n'])
}

fn is_spoken(word: &str) -> bool {
    word.len() > 1 && word.chars().all(char::is_alphabetic)
}

/// `training/ coaching`: a blank on one side only, between words. "w/ customers" is short for "with".
fn blank_after_slash(before: &str, after: &str, at: usize) -> Option<Slip> {
    let (left, right) = (trailing_word(before), leading_word(after.strip_prefix(' ')?));
    let word = |part: &str| part.chars().count() > 1 && part.chars().all(char::is_alphabetic);
    let in_path = before[..before.len() - left.len()].ends_with(['/', '.', '~', ':']);
    (word(left) && word(right) && !in_path && !AFTER_FOLDER.contains(&right)).then(|| Slip {
        range: at..at + 2,
        message: "A blank stands after the slash, and none before it".to_owned(),
        changed: at + 1..at + 2,
        corrections: &[""],
        help: "Take the blank out",
    })
}

/// Words before which a name that ends in a slash is that of a folder or of branches: `the spec/ folder`.
const AFTER_FOLDER: [&str; 16] = [
    "and",
    "or",
    "in",
    "is",
    "are",
    "to",
    "too",
    "as",
    "for",
    "from",
    "folder",
    "folders",
    "directory",
    "branch",
    "branches",
    "prefix",
];

/// `executes- and improves`, `Scope- Find out`, `problem- solving`: a hyphen that joins nothing. It joins in `short- and
/// long-term`, and in `front- and backend`: of words parted so, only two in `s` are told, which are verbs or plurals side
/// by side.
fn hanging_hyphen(before: &str, after: &str, at: usize) -> Option<Slip> {
    let (left, rest) = (trailing_word(before), after.strip_prefix(' ')?);
    let is_compound = before[..before.len() - left.len()].ends_with('-');
    let word = |part: &str| part.chars().count() > SHORT_PREFIX && part.chars().all(char::is_alphabetic);
    let side_by_side = ["and ", "or "].iter().find_map(|joint| rest.strip_prefix(joint)).is_some_and(|rest| {
        let right = leading_word(rest);
        left.ends_with('s') && right.ends_with('s') && word(right) && !suspends(rest)
    });
    let new_sentence = is_sentence_case(leading_word(rest)) && !suspends(rest);
    let parted = word(leading_word(rest)) && !JOINTS.contains(&leading_word(rest)) && !suspends(rest);
    (word(left) && !is_compound && (side_by_side || new_sentence || parted)).then(|| Slip {
        range: at..at + 1,
        message: "The hyphen joins nothing".to_owned(),
        changed: at..at + 1,
        corrections: &[],
        help: "Take the hyphen out, or write the mark that was meant",
    })
}

/// `50-minutes long`; "a 50-minute call" and "10-20 minutes" are right.
fn hyphen_before_plural(before: &str, after: &str, at: usize) -> Option<Slip> {
    let (number, unit) = (trailing_word(before), leading_word(after));
    let is_number = !number.is_empty() && number.bytes().all(|digit| digit.is_ascii_digit());
    let is_unit = matches!(unit, "minutes" | "hours" | "days" | "weeks" | "months");
    let start = &before[..before.len() - number.len()];
    let starts = stands_alone(start) || start.ends_with(['(', '~', '*']);
    let ends = after[unit.len()..].chars().next().is_none_or(|c| c.is_whitespace() || matches!(c, '.' | ',' | ')'));
    (is_number && is_unit && starts && ends).then(|| Slip {
        range: at..at + 1,
        message: "A hyphen joins a number and a plural".to_owned(),
        changed: at..at + 1,
        corrections: &[],
        help: "Write a blank in place of the hyphen, or one unit before a noun: `50-minute call`",
    })
}

/// `30 people+` for `30+ people`
fn plus_after_noun(before: &str, after: &str, at: usize) -> Option<Slip> {
    let noun = trailing_word(before);
    let number = trailing_word(before[..before.len() - noun.len()].strip_suffix(' ')?);
    let is_several = noun == "people" || noun.len() > SHORT_PREFIX && noun.ends_with('s');
    let is_number = !number.is_empty() && number.bytes().all(|digit| digit.is_ascii_digit());
    let ends = after.chars().next().is_none_or(|c| c.is_whitespace() || matches!(c, '.' | ',' | ')'));
    (is_number && is_several && ends && is_spoken(noun)).then(|| Slip {
        range: at - noun.len() - 1 - number.len()..at + 1,
        message: "The plus stands after the noun".to_owned(),
        changed: at..at + 1,
        corrections: &[],
        help: "Write the plus after the number",
    })
}

/// `plans, +reports`
fn plus_before_word(before: &str, after: &str, at: usize) -> Option<Slip> {
    let word = leading_word(after);
    let follows_word = before.ends_with(BLANKS) && before.trim_end().ends_with(|c: char| c.is_alphabetic() || c == ',');
    let is_word = word.len() > SHORT_PREFIX && word.bytes().all(|letter| letter.is_ascii_lowercase());
    let ends = !after[word.len()..].starts_with(['.', '_', '(', '=', '-', '+', '/']);
    (follows_word && is_word && ends).then(|| Slip {
        range: at..at + 1,
        message: "A plus stands in place of a word".to_owned(),
        changed: at..at + 1,
        corrections: &[],
        help: "Write `and`, or take the plus out",
    })
}

/// Longer words between the parts of what a hyphen suspends: "front- versus backend".
const JOINTS: [&str; 5] = ["versus", "through", "than", "rather", "instead"];

/// Letters of the longest of "pre", "non", "mid".
const SHORT_PREFIX: usize = 3;

/// Whether one of the next words has the hyphen for which the first part waits.
fn suspends(rest: &str) -> bool {
    rest.split(' ').take(4).any(|word| word.trim_matches('-').contains('-'))
}

fn is_sentence_case(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.as_str().chars().all(char::is_lowercase)
}

fn ends_sentence(rest: &str) -> bool {
    rest.strip_prefix('.').is_some_and(|rest| rest.chars().next().is_none_or(char::is_whitespace))
}

/// `etc..`, `plans,, reports`, `plans,.`: the same mark twice, or a comma before the full stop.
fn doubled(before: &str, after: &str, at: usize, mark: char) -> Option<Slip> {
    let second = after.chars().next()?;
    let rest = &after[second.len_utf8()..];
    let last = before.chars().next_back()?;
    let fits = second == mark || (mark == ',' && second == '.');
    let spoken = last.is_alphanumeric() || matches!(last, ')' | '"' | '\u{201d}' | '%');
    let ends = rest.chars().next().is_none_or(|c| c.is_whitespace() || matches!(c, ')' | '"' | '\u{201d}'));
    let corrections: &[&str] = match (mark, second) {
        (_, '.') => &["."],
        (',', _) => &[","],
        _ => &[";"],
    };
    let range = at..at + 1 + second.len_utf8();
    (fits && spoken && ends).then(|| Slip {
        range: range.clone(),
        message: if second == mark {
            format!("The {} stands twice", name(corrections[0]))
        } else {
            "A comma stands before the full stop".to_owned()
        },
        changed: range,
        corrections,
        help: if second == mark { "Delete one of them" } else { "Delete the comma" },
    })
}

/// Letters of a word that is no abbreviation before `.,`.
const LONG_WORD: usize = 5;

/// `plans., reports`: a full stop and a comma, not after an abbreviation.
fn stop_and_comma(before: &str, after: &str, at: usize, abbreviations: &[String]) -> Option<Slip> {
    let ends = after.strip_prefix(',').is_some_and(|rest| rest.starts_with(char::is_whitespace));
    (ends && ends_in_plain_word(before, abbreviations)).then(|| Slip {
        range: at..at + 2,
        message: "A full stop and a comma stand together".to_owned(),
        changed: at..at + 2,
        corrections: &[",", "."],
        help: "Keep the one that is meant",
    })
}

/// Whether the last word of a text is none that has a full stop of its own.
fn ends_in_plain_word(text: &str, abbreviations: &[String]) -> bool {
    let word = trailing_word(text);
    let is_long = word.len() >= LONG_WORD && word.chars().all(char::is_lowercase);
    is_long && !abbreviations.iter().any(|known| known == word) && !text[..text.len() - word.len()].ends_with('.')
}

/// The letters and digits with which a text ends; nothing where it ends with a mark or a blank.
fn trailing_word(text: &str) -> &str {
    &text[text.trim_end_matches(char::is_alphanumeric).len()..]
}

/// Those with which it begins, in the same way.
fn leading_word(text: &str) -> &str {
    &text[..text.len() - text.trim_start_matches(char::is_alphanumeric).len()]
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Safety;
    use crate::facts::Facts;
    use crate::lint::{Settings, lint};
    use crate::source::Source;

    /// The text with the fixes that need no person.
    fn fixed(markdown: &str) -> String {
        let mut found = lint(&Source::new("x.md", markdown), &Settings::new(Facts::embedded())).diagnostics;
        found.retain(|diagnostic| diagnostic.rule == "punctuation-spacing");
        let mut text = markdown.to_owned();
        for fix in found.iter().rev().filter_map(|diagnostic| diagnostic.applicable_fix(Safety::Safe)) {
            text.replace_range(fix.edits[0].span.range(), &fix.edits[0].replacement);
        }
        text
    }

    /// How often a message has these words.
    fn told(markdown: &str, words: &str) -> usize {
        let found = lint(&Source::new("x.md", markdown), &Settings::new(Facts::embedded())).diagnostics;
        found.iter().filter(|diagnostic| diagnostic.message.contains(words)).count()
    }

    #[test]
    fn slips_are_repaired() {
        for (wrong, right) in [
            ("Consulting,and training,coaching.", "Consulting, and training, coaching."),
            ("expectations . Next", "expectations. Next"),
            ("(one , two ; three : four)", "(one, two; three: four)"),
            ("plans etc.. Then", "plans etc. Then"),
            ("plans,, reports;; notes,. End", "plans, reports; notes. End"),
            ("plans ( for sales ).They do", "plans (for sales). They do"),
            ("end to end.The team wins.", "end to end. The team wins."),
            ("one (e,g. two) or three, e,g four, i,e. five", "one (e.g. two) or three, e.g. four, i.e. five"),
            ("(one ) ( two) (`x` three )", "(one) (two) (`x` three)"),
            ("plans, reports, etc) Etc", "plans, reports, etc.) Etc."),
            ("(eg. two), ie three, Eg: four, etc...", "(e.g. two), i.e. three, E.g.: four, etc."),
            ("tools(such as slides), e.g slides, i.e, two", "tools (such as slides), e.g. slides, i.e., two"),
            ("**bold** ,and `code` , too", "**bold** ,and `code`, too"),
            ("tools such as, Slack and, Zoom", "tools such as Slack and Zoom"),
            ("Use tools. (Slack, Zoom).", "Use tools (Slack, Zoom)."),
            ("Plans, ex.:a (for e.g. two), i.e.: three", "Plans, ex.:a (e.g. two), i.e., three"),
            ("Plan it, ex.:by mail, with the Sr, Manager.=", "Plan it, ex.: by mail, with the Sr. Manager."),
        ] {
            assert_eq!(fixed(wrong), right);
        }
    }

    #[test]
    fn what_only_looks_wrong_is_left_alone() {
        for right in [
            "GitLab.com, e.g., i.e., etc., Inc., Co., Ltd., U.S., Ph.D., vs., approx., 1,000 and 1.5",
            "E*TRADE ... wait... or .. and ../x, 1..5, a::b, std::fmt",
            "Node .js, the .NET team, .gitlab-ci.yml, [a,b], f(a,b), x,y, label_name[]=a,b",
            "ratio 1 : 1, smile :) and ;) `a ,b`, http://x.y/a,b, {{< ref \"a,b\" >}}",
            "short- and long-term, pre- and post-sales, front- and backend, current- and prospective, sales- and services-led",
            "calls w/ customers, and/or, CI/CD, / or /, /a/ b, long-\nterm",
            "net.Socket, the args.This, docs.The.x, GitLab.The team, e.The, a x.The, Node.Js, ASP.NET, file.In",
            "(<kbd>x</kbd> or <kbd>y</kbd>), (<b>x</b> y <i></i>)",
            "f( x ), :( no, :) yes ), a ) b, ( ) and (`a` ) and 1 ) one, x( y, i,e and e,gg, (-: x",
            "401(k), (s), 1) one, 2) two, form(s) and more, f(x, y), call(key=a value), run(\"a b\")",
            "/etc, etc/hosts, `etc`, ETC, etc., etcetera, x.etc, EG, IE, eg/ie, an e.g., i.e. and `eg`",
            "such as, but not limited to, plans; and, if asked, reports; or, ideally, both; and/or, so, and, e.g., `x`",
            "Plan it. (We own it.) Own it etc. (so). Lead teams at Inc. (a firm). Run v1. (x(y)). Ask. (Who?) See (x). Go.",
            "budgets (see a plan). It is. which? std.:x, a.:b, e.g.:\n\n- x\n\nSr, Staff and Principal, a Sr, Staff",
            "responsible for e.g. plans; 3.+ x, f(x).= y, C++ and C+, Staff+ engineers, 30+ people, a+b, a + b, notepad++",
            "front- versus backend, low- or high-touch, mid- to senior-level, inter- and intrapersonal",
        ] {
            assert_eq!(fixed(right), right);
        }
    }

    #[test]
    fn a_hyphen_that_joins_nothing_has_no_fix() {
        for wrong in ["executes- and improves on it", "- Scope- Find out how many", "good at problem- solving"] {
            let found = lint(&Source::new("x.md", wrong), &Settings::new(Facts::embedded())).diagnostics;
            let found: Vec<_> = found.iter().filter(|diagnostic| diagnostic.rule == "punctuation-spacing").collect();
            assert!(found.len() == 1 && found[0].fixes.is_empty(), "{wrong}");
        }
    }

    #[test]
    fn what_only_a_person_can_repair_has_no_fix() {
        for (wrong, words) in [
            ("Write services.  such as plans", "cuts the sentence off"),
            ("Write reports. (for example plans)", "before a bracket"),
            ("The call is 50-minutes long, of **~20-minutes**", "a number and a plural"),
            ("Lead 30 people+", "after the noun"),
            ("Plans, +reports", "in place of a word"),
        ] {
            assert!(told(wrong, words) > 0 && fixed(wrong) == wrong, "{wrong}");
        }
        assert_eq!(
            told("A 50-minute call, 10-20 minutes, 2-weeks' notice, `x-50-minutes`, /a-50-minutes", "plural"),
            0
        );
    }

    #[test]
    fn a_list_whose_bullets_end_alike_is_left_alone() {
        let ends = |markdown: &str| told(markdown, "ends in");
        assert_eq!(ends("- one,\n- two\n- three;\n- four\n- five"), 2);
        assert_eq!(ends("- one.\n- two,\n- three,\n- four."), 2);
        assert_eq!(ends("- one,\n- two,\n- three"), 0);
        assert_eq!(ends("- one,\n- two"), 0);
        assert_eq!(ends("- one,\n  - two\n- three\n- four"), 0);
    }

    #[test]
    fn a_semicolon_parts_what_is_of_a_kind() {
        let found = |markdown: &str| told(markdown, "semicolon cuts");
        assert_eq!(found("Own the plan; including its budget; and lead it."), 0);
        assert_eq!(found("Own the plan; including its budget"), 1);
        assert_eq!(found("Own the plan; managing editors review it"), 0);
        assert_eq!(found("Own the plan; manage it, `a; including b`, and sales; marketing"), 0);
    }

    #[test]
    fn two_marks_that_may_both_be_meant_are_two_fixes() {
        let found =
            lint(&Source::new("x.md", "the plans., and reports"), &Settings::new(Facts::embedded())).diagnostics;
        assert!(found.iter().any(|diagnostic| diagnostic.rule == "punctuation-spacing" && diagnostic.fixes.len() == 2));
    }
}
