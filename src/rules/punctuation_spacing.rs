use std::ops::Range;

use memchr::memmem::Finder;

use crate::declare_rule;
use crate::diagnostic::Safety;
use crate::facts::{Shortening, TermKind};
use crate::lists::lists;
use crate::prose::{Block, Mark};
use crate::punctuation::{Slip, is_checked, is_followed_by_blank, is_usual, leading_word, slip_at, trailing_word};
use crate::rule::{RuleContext, Sink};
use crate::source::Span;
use crate::syntax::NodeId;
use crate::text::{fold, folded_opening, match_case};
use crate::wording::FoundTerm;

declare_rule! {
    /// A blank is missing or too many, beside a punctuation mark or between words, or a mark is too many or missing.
    ///
    /// Small slips that readers stumble over. Numbers, abbreviations ("e.g.,", "etc.,"), domains ("GitLab.com"), `...`,
    /// `::` and code are left alone.
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// - Consulting,and training of the  customers
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
/// that does not, and "one; / two; and / three." says by its "and" that the list is a sentence.
fn check_ends(cx: &RuleContext<'_>, list: NodeId, sink: &mut Sink) {
    let items = cx.tree.children(list).count();
    let last_paragraph = |item| cx.tree.children(item).last().filter(|last| cx.tree.node(*last).kind.is_paragraph());
    let written = |text: NodeId| cx.source.slice(cx.tree.node(text).span).trim_end();
    let open: Vec<NodeId> =
        cx.tree.children(list).filter_map(last_paragraph).filter(|text| written(*text).ends_with([',', ';'])).collect();
    let is_sentence =
        || cx.tree.children(list).filter_map(last_paragraph).any(|text| ends_in_conjunction(written(text)));
    if !open.is_empty() && 2 * open.len() <= items && open.len() + 2 <= items && !is_sentence() {
        open.into_iter().for_each(|paragraph| report_open_end(cx, paragraph, sink));
    }
}

/// "; and", ", or"
fn ends_in_conjunction(text: &str) -> bool {
    let before = [" and", " or"].iter().find_map(|conjunction| text.strip_suffix(conjunction));
    before.is_some_and(|before| before.trim_end().ends_with([',', ';']))
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
    let right = match_case(written, &shortening.right);
    let message = format!("`{written}` is written `{right}`");
    let finding = sink.report(block.span(range.clone()), fold(written), message);
    cx.offer_words(finding, (block, range), cx.safety_in(block), right);
}

/// By mistake nobody writes more.
const MOST_BLANKS: usize = 3;

/// `of the  customers`. Two blanks after a sentence are what some were taught.
fn check_blanks(cx: &RuleContext<'_>, block: &Block<'_>, two: &Finder<'_>, sink: &mut Sink) {
    let text = block.text();
    let mut done = 0;
    while let Some(start) = two.find(&text.as_bytes()[done..]).map(|at| done + at) {
        done = start + (text[start..].len() - text[start..].trim_start_matches(' ').len());
        let (before, after) = (trailing_word(&text[..start]), leading_word(&text[done..]));
        let is_plain = cx.prose().is_plain(block, &(start - before.len()..done + after.len()));
        // More are columns that somebody laid out.
        let are_few = done - start <= MOST_BLANKS;
        if are_few && !before.is_empty() && !after.is_empty() && is_plain && block.is_verbatim(cx.source, start..done) {
            let span = block.span(start..done);
            sink.report(
                span,
                fold(&format!("{before} {after}")),
                format!("Too many blanks stand between `{before}` and `{after}`"),
            )
            .help("Leave one of them")
            .fix(cx.safety_in(block), "Leave one of them", span, " ");
        }
    }
}

fn check_marks(cx: &RuleContext<'_>, sink: &mut Sink) {
    let two_blanks = Finder::new("  ");
    for block in cx.prose().blocks() {
        check_semicolon(cx, block, sink);
        check_blanks(cx, block, &two_blanks, sink);
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

/// `the plan; including its budget` and `the plan, including; its budget`: the only semicolon, beside what goes on with
/// the sentence.
fn check_semicolon(cx: &RuleContext<'_>, block: &Block<'_>, sink: &mut Sink) {
    let text = block.text();
    let mut semicolons = cx.prose().marks(block).iter().filter(|mark| mark.sign == ';').map(Mark::at);
    let (Some(at), None) = (semicolons.next(), semicolons.next()) else { return };
    if !is_followed_by_blank(text.as_bytes(), at) {
        return;
    }
    let (before, after) = (&text[..at], text[at + 1..].trim_start());
    let continuations = &cx.facts.terms.rows().continuations;
    // "Leading a team; ensuring quality" are two duties.
    let is_parallel = |words: &str| {
        words != "including" && words.ends_with("ing") && before.split_whitespace().any(|word| word.ends_with("ing"))
    };
    let goes_on = continuations.iter().filter(|words| !is_parallel(words)).find_map(|words| {
        let rest = after.strip_prefix(words.as_str())?;
        (!rest.starts_with(char::is_alphanumeric)).then_some(words)
    });
    let is_begun = continuations.iter().find_map(|words| {
        let rest = before.strip_suffix(words.as_str())?;
        rest.ends_with([' ', ',', '(']).then_some(words)
    });
    let (around, help, right) = match (goes_on, is_begun) {
        (Some(next), _) => (format!("{}; {next}", trailing_word(before)), "Write a comma", ","),
        (None, Some(last)) => (format!("{last}; {}", leading_word(after)), "Leave it out", ""),
        (None, None) => return,
    };
    let title = if right.is_empty() { "Take the mark out" } else { "Change it to `,`" };
    let span = block.span(at..at + 1);
    sink.report(span, fold(&around), format!("The semicolon cuts the sentence off: `{around}`")).help(help).fix(
        Safety::Unsafe,
        title,
        span,
        right,
    );
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
            ("**bold** ,and `code` , too", "**bold**, and `code`, too"),
            ("plans ,reports (new) ,and more", "plans, reports (new), and more"),
            (
                "the process.To learn more, see the plans.More tools",
                "the process. To learn more, see the plans. More tools",
            ),
            (
                "at GitLab.In it, a (e.g.Slack) Sr.Director. See Legal.They do",
                "at GitLab. In it, a (e.g. Slack) Sr. Director. See Legal. They do",
            ),
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
            "plans ,www.x.y, Node .js, the .NET team, .gitlab-ci.yml, [a,b], f(a,b), x,y, label_name[]=a,b",
            "ratio 1 : 1, smile :) and ;) `a ,b`, http://x.y/a,b, {{< ref \"a,b\" >}}",
            "short- and long-term, pre- and post-sales, front- and backend, current- and prospective, sales- and services-led",
            "calls w/ customers, and/or, CI/CD, / or /, /a/ b, long-\nterm",
            "net.Socket, the args.This, docs.The.x, GitLab.Inc team, e.The, a x.The, Node.Js, ASP.NET, file.In. a window.Onload x, a net.Socket and stream.Readable, assert.Equal x, open draw.Io now, Booking.Com is, e.g.x",
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
    fn blanks_between_words_are_counted() {
        for (wrong, right) in [("the  plan of   it", "the plan of it"), ("- [the](/x/)  plan", "- [the](/x/) plan")] {
            assert_eq!(fixed(wrong), right);
        }
        for right in [
            "It is.  It was:  so",
            "`a  b`  c",
            "a  \nb",
            "##  Plan",
            "| a  | b |\n| -- | -- |\n| c  |  d |",
            "a -  b",
            "Date      Role",
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
        assert_eq!(ends("- one;\n- two; and\n- three."), 0);
        assert_eq!(ends("- one\n- two,\n- three and\n- four."), 1);
    }

    #[test]
    fn a_semicolon_parts_what_is_of_a_kind() {
        let found = |markdown: &str| told(markdown, "semicolon cuts");
        assert_eq!(found("Own the plan; including its budget; and lead it."), 0);
        assert_eq!(found("Own the plan; including its budget"), 1);
        assert_eq!(found("Own the plan; managing editors review it"), 0);
        assert_eq!(found("Own the plan; ensuring it is kept"), 1);
        assert_eq!(found("Leading a team; ensuring it is kept"), 0);
        assert_eq!(found("Know frameworks; such as SOC 2"), 1);
        assert_eq!(found("Own all of it, including; drafting"), 1);
        assert_eq!(found("Own the plan; such assets are few; own what it is including; it grows."), 0);
        assert_eq!(found("Own the plan; such assets are few"), 0);
        assert_eq!(found("Own the plan; manage it, `a; including b`, and sales; marketing"), 0);
    }

    #[test]
    fn two_marks_that_may_both_be_meant_are_two_fixes() {
        let found =
            lint(&Source::new("x.md", "the plans., and reports"), &Settings::new(Facts::embedded())).diagnostics;
        assert!(found.iter().any(|diagnostic| diagnostic.rule == "punctuation-spacing" && diagnostic.fixes.len() == 2));
    }
}
