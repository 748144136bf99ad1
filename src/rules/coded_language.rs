use crate::declare_rule;
use crate::facts::TermKind;
use crate::model::OWNER_PAGE;
use crate::rule::{RuleContext, Sink};
use crate::source::Span;
use crate::wording::FoundTerm;

declare_rule! {
    /// The page has many more words that attract men than words that attract women.
    ///
    /// Gaucher, Friesen and Kay found in 2011 that women find jobs less appealing, and feel that they belong there less,
    /// when an advertisement has many words such as "assertive" or "driven". No word is wrong by itself: what counts is
    /// the balance, so this is said once a page, with every such word.
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// - Ambitious, driven and assertive
    /// - A fearless, independent hunter
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// - Ambitious, driven and assertive
    /// - Collaborates with empathy, and is a trusted partner
    /// ```
    "coded-language", Prose, Info; check
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    let margin = cx.facts.terms.rows().coded.margin;
    let words = |kind: TermKind| cx.wording().terms().iter().filter(move |found| found.kind == kind);
    // What stands beside a word is looked at only on the few pages where it can matter.
    if words(TermKind::Masculine).count() < margin {
        return;
    }
    let spans = |kind: TermKind| -> Vec<Span> {
        words(kind).filter(|found| is_about_people(cx, found)).map(|found| span_of(cx, found)).collect()
    };
    let (masculine, feminine) = (spans(TermKind::Masculine), spans(TermKind::Feminine));
    let Some((first, others)) = masculine.split_first() else { return };
    if masculine.len() < feminine.len() + margin {
        return;
    }
    let message = format!(
        "The page has {} words that attract men, such as `{}`, and {} that attract women",
        masculine.len(),
        cx.source.slice(*first),
        feminine.len()
    );
    let mut finding = sink.report(*first, "masculine", message).owner(OWNER_PAGE);
    for other in others {
        finding = finding.label(*other, "attracts men");
    }
    finding.help("Replace some of them by what the work needs");
}

fn span_of(cx: &RuleContext<'_>, found: &FoundTerm) -> Span {
    let (block, range) = found.place(cx.prose());
    block.span(range)
}

/// A system may be driven by events, and a vendor independent.
fn is_about_people(cx: &RuleContext<'_>, found: &FoundTerm) -> bool {
    let coded = &cx.facts.terms.rows().coded;
    let is_in = |word: Option<String>, list: &[String]| word.is_some_and(|word| list.contains(&word));
    !is_in(found.before(cx.prose()), &coded.not_after) && !is_in(found.after(cx.prose()), &coded.not_before)
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Diagnostic;
    use crate::facts::Facts;
    use crate::lint::{Settings, lint};
    use crate::source::Source;

    fn found(markdown: &str) -> Vec<Diagnostic> {
        let mut found = lint(&Source::new("x.md", markdown), &Settings::new(Facts::embedded())).diagnostics;
        found.retain(|diagnostic| diagnostic.rule == "coded-language");
        found
    }

    #[test]
    fn one_finding_shows_every_word() {
        let found = found("Driven, ambitious, assertive, outspoken; empathy");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].labels.len(), 3);
        assert!(found[0].message.contains("4 words") && found[0].message.ends_with("and 1 that attract women"));
    }

    #[test]
    fn systems_and_vendors_are_no_people() {
        assert_eq!(found("Data-driven, event-driven, is driven by metrics, independent software vendors"), []);
    }
}
