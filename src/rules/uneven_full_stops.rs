use crate::declare_rule;
use crate::diagnostic::{Edit, Safety};
use crate::lists::lists;
use crate::punctuation::{End, last_word};
use crate::rule::{RuleContext, Sink};
use crate::source::Span;
use crate::syntax::{NodeId, Visible};

declare_rule! {
    /// A few bullets of a list end in a full stop and the others do not, or the other way round.
    ///
    /// Either is right, and a list looks careless where it is mixed. Only the odd ones out are reported: at most one bullet in
    /// four. Bullets that end in a colon or an abbreviation count on neither side, and where there are several sentences, the
    /// last may have its full stop, too.
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// ### Responsibilities
    ///
    /// - Prepare the tax returns
    /// - Answer the questions of auditors
    /// - Keep the tax calendar.
    /// - Train the team
    /// - Review the plan of the quarter
    /// - Improve the handbook
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// ### Responsibilities
    ///
    /// - Prepare the tax returns
    /// - Answer the questions of auditors
    /// - Keep the tax calendar
    /// - Train the team
    /// - Review the plan of the quarter
    /// - Improve the handbook
    /// ```
    "uneven-full-stops", Lists, Info, fix: Unsafe; check
}

/// Where more than one bullet in so many is odd, nobody can say which side is meant.
const ODD_ONE_IN: usize = 4;

/// A shorter list has no side that most of its bullets take.
const FEWEST: usize = 5;

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    for list in lists(cx.tree).filter(|list| cx.tree.children(*list).nth(FEWEST - 1).is_some()) {
        if is_even(cx, list) {
            continue;
        }
        let bullets: Vec<Bullet<'_>> = cx.tree.children(list).filter_map(|item| Bullet::read(cx, item)).collect();
        let Some(first) = bullets.first() else { continue };
        if bullets.iter().any(|bullet| bullet.is_stopped() != first.is_stopped()) {
            check_mixed(bullets, sink);
        }
    }
}

/// Whether every bullet ends in a letter, or every one in a full stop, as the bytes of the source tell of four lists in five.
fn is_even(cx: &RuleContext<'_>, list: NodeId) -> bool {
    let last = |item| cx.source.slice(cx.tree.node(item).span).trim_end().bytes().next_back();
    let ends_like =
        |kind: fn(&u8) -> bool| cx.tree.children(list).all(|item| last(item).is_some_and(|byte| kind(&byte)));
    ends_like(u8::is_ascii_alphabetic) || ends_like(|byte| *byte == b'.')
}

fn check_mixed(bullets: Vec<Bullet<'_>>, sink: &mut Sink) {
    let (stopped, open): (Vec<_>, Vec<_>) = bullets.into_iter().partition(Bullet::is_stopped);
    let open: Vec<_> = open.iter().filter(|bullet| !bullet.has_several_sentences()).collect();
    // Of several sentences each has its stop, whatever the others have.
    let alone: Vec<_> = stopped.iter().filter(|bullet| !bullet.has_several_sentences()).collect();
    if is_odd(open.len(), stopped.len()) {
        report(&open, stopped.len(), sink);
    } else if is_odd(alone.len(), open.len()) {
        report(&alone, open.len(), sink);
    }
}

fn is_odd(few: usize, many: usize) -> bool {
    let all = few + many;
    few > 0 && all >= FEWEST && few * ODD_ONE_IN <= all
}

/// A bullet that ends in a full stop, or in a word.
struct Bullet<'t> {
    visible: Visible<'t>,
    /// The byte of the source at which a full stop can be added.
    end: usize,
    /// The byte of the visible text at which the full stop stands; nothing where there is none.
    stop: Option<usize>,
}

impl<'t> Bullet<'t> {
    fn read(cx: &RuleContext<'t>, item: NodeId) -> Option<Self> {
        let mut blocks = cx.tree.children(item);
        let paragraph = blocks.next().filter(|text| cx.tree.node(*text).kind.is_paragraph())?;
        let visible = cx.tree.visible(paragraph);
        let text = visible.text().trim_end();
        let end = cx.open_end(paragraph)?;
        let ends_in_prose = visible.unspoken().all(|(stretch, _)| stretch.end < text.len());
        let stop = match End::of(text, &cx.facts.terms.rows().abbreviations) {
            End::Stopped(at) => Some(at),
            End::Open => None,
            End::Other => return None,
        };
        (blocks.next().is_none() && ends_in_prose).then_some(Self { visible, end, stop })
    }

    fn is_stopped(&self) -> bool {
        self.stop.is_some()
    }

    /// Whether a sentence ends in it before its end.
    fn has_several_sentences(&self) -> bool {
        let text = self.visible.text();
        let opens = |after: &str| after.trim_start().starts_with(|c: char| c.is_uppercase() || c == '(');
        let mut ends = memchr::memchr3_iter(b'.', b'!', b'?', text.as_bytes());
        ends.any(|at| text[at + 1..].starts_with(' ') && opens(&text[at + 1..]))
    }

    /// The full stop, or the last word.
    fn place(&self) -> Span {
        self.visible.span(self.stop.map_or_else(|| last_word(self.visible.text()), |at| at..at + 1))
    }

    /// What makes it end in the other way.
    fn edit(&self) -> Edit {
        match self.stop {
            Some(_) => Edit { span: self.place(), replacement: String::new() },
            None => Edit { span: Span::at(self.end), replacement: ".".to_owned() },
        }
    }
}

fn report(odd: &[&Bullet<'_>], others: usize, sink: &mut Sink) {
    let Some((first, rest)) = odd.split_first() else { return };
    let (few, verb) = match odd.len() {
        1 => ("One bullet".to_owned(), "ends"),
        few => (format!("{few} bullets"), "end"),
    };
    let (with, without, help) = match first.is_stopped() {
        true => ("with", "without", "Take the full stop out here, or end every bullet of the list with one"),
        false => ("without", "with", "Add the full stop here, or end no bullet of the list with one"),
    };
    sink.report(first.place(), with, format!("{few} {verb} {with} a full stop, and {others} {without}"))
        .help(help)
        .labels(rest.iter().map(|bullet| bullet.place()), "and here")
        .fix_edits(Safety::Unsafe, help, odd.iter().map(|bullet| bullet.edit()).collect());
}

#[cfg(test)]
mod tests {
    use crate::source::Source;

    fn messages(markdown: &str) -> String {
        super::RULE.findings(&Source::new("x.md", markdown)).into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn the_odd_ones_out_are_told() {
        let six = |odd: &str, others: &str| format!("- {odd}\n{}", format!("- {others}\n").repeat(5));
        assert_eq!(messages(&six("One (it is.)", "Two")), "One bullet ends with a full stop, and 5 without");
        assert_eq!(messages(&six("[One](/x/)", "Two.")), "One bullet ends without a full stop, and 5 with");
        assert_eq!(messages(&six("One.", "Two").repeat(2)), "2 bullets end with a full stop, and 10 without");
    }

    #[test]
    fn lists_that_may_be_meant_so_are_left_alone() {
        let six = |odd: &str| format!("- {odd}\n{}", "- Two\n".repeat(5));
        for right in
            ["One. And more.", "One, etc.", "One `x.`", "One?", "One:", "One. <!-- x -->", "One...", "One.\n  - Nested"]
        {
            assert_eq!(messages(&six(right)), "", "{right}");
        }
        assert_eq!(messages(&"- One. Two.\n- Three\n".repeat(5)), "");
        assert_eq!(messages("- One.\n- Two\n- Three\n- Four"), "");
        assert_eq!(messages("- One.\n- Two.\n- Three\n- Four\n- Five\n- Six\n- Seven"), "");
    }
}
