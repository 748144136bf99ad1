use crate::declare_rule;
use crate::facts::{SectionKind, TermKind, VacancyPhrase};
use crate::prose::{BlockKind, Shape};
use crate::rule::{RuleContext, Sink};
use crate::text::fold;
use crate::wording::FoundTerm;

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
        let phrase = &cx.facts.terms.rows().vacancy[row];
        let is_elsewhere = phrase.opens_bullet && !opens_bullet(cx, found);
        if section == Some(SectionKind::HiringProcess) || is_elsewhere || is_of_house(cx, found, phrase) {
            continue;
        }
        let written = &block.text()[range];
        sink.report(span, fold(written), format!("`{written}` reads like a vacancy")).help(phrase.help.as_str());
    }
}

/// Whether a bullet begins with a phrase and goes on after it: "You Need A Budget" is a name.
fn opens_bullet(cx: &RuleContext<'_>, found: &FoundTerm) -> bool {
    let (block, range) = found.place(cx.prose());
    let next = found.last(cx.prose()).after();
    let goes_on = next.is_some_and(|next| next.word().shape == Shape::Lower && next.gap_before() == " ");
    block.kind == BlockKind::Item && range.start == 0 && goes_on
}

fn is_of_house(cx: &RuleContext<'_>, found: &FoundTerm, phrase: &VacancyPhrase) -> bool {
    !phrase.not_before.is_empty() && found.after(cx.prose()).is_some_and(|next| phrase.not_before.contains(&next))
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

    #[test]
    fn readers_may_be_spoken_to_where_no_bullet_begins() {
        let told = |markdown: &str| {
            let found = lint(&Source::new("x.md", markdown), &Settings::new(Facts::embedded())).diagnostics;
            found.into_iter().filter(|diagnostic| diagnostic.rule == "vacancy-tone").count()
        };
        assert_eq!(told("## Requirements\n\n- You have plans\n- You will share it\n- You share our values"), 2);
        assert_eq!(
            told(
                "You can read it here.\n\n- As you share it\n- You Need A Budget\n- \"You are it\" posters\n- You-first design\n\n## Hiring Process\n\n1. You meet the team"
            ),
            0
        );
    }
}
