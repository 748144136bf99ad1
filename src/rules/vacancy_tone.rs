use crate::declare_rule;
use crate::facts::{SectionKind, TermKind};
use crate::rule::{RuleContext, Sink};
use crate::text::fold;

declare_rule! {
    /// A phrase that reads like a vacancy: "you will", "we're looking for", "exciting opportunity".
    ///
    /// A job family is used in talks about careers and performance much more often than for hiring, so the guide asks to
    /// describe the role and not to address a candidate. The hiring process may do so.
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// ### Responsibilities
    ///
    /// - You will answer the tickets of customers
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// ### Responsibilities
    ///
    /// - Answers the tickets of customers
    ///
    /// ## Hiring Process
    ///
    /// - Next, you will meet the team
    /// ```
    "vacancy-tone", Prose, Info; check
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    for found in cx.wording().terms() {
        let TermKind::Vacancy(row) = found.kind else { continue };
        let (block, range) = found.place(cx.prose());
        let span = block.span(range.clone());
        let section = cx.family.section_at(span.start).map(|section| section.kind);
        if section == Some(SectionKind::HiringProcess) {
            continue;
        }
        let written = &block.text()[range];
        sink.report(span, fold(written), format!("`{written}` reads like a vacancy"))
            .help(cx.facts.terms.rows().vacancy[row].help.as_str());
    }
}

#[cfg(test)]
mod tests {
    use crate::facts::Facts;
    use crate::lint::{Settings, lint};
    use crate::source::Source;

    #[test]
    fn every_row_speaks_about_its_example() {
        let facts = Facts::embedded();
        for row in &facts.terms.rows().vacancy {
            let found = lint(&Source::new("x.md", row.example.as_str()), &Settings::new(facts.clone())).diagnostics;
            assert!(found.iter().any(|diagnostic| diagnostic.rule == "vacancy-tone"), "{}", row.example);
        }
    }
}
