use crate::declare_rule;
use crate::facts::{DiscouragedTerm, TermKind};
use crate::rule::{RuleContext, Sink};
use crate::text::{alternatives, fold};

declare_rule! {
    /// A term that the handbook asks not to use: "GitLabber", "ninja", "culture fit".
    ///
    /// These words leave people out, or say something else than is meant. The message gives the reason. Keep a term that
    /// is quoted, or part of a name.
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// - Assess the culture fit of candidates
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// - Assess the values fit of candidates
    /// ```
    "discouraged-term", Prose, Info; check
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    // "guys" in "hi guys" is told.
    let mut told = (0, 0);
    for found in cx.wording().terms() {
        let TermKind::Discouraged(row) = found.kind else { continue };
        if (found.block, found.words.start) < told {
            continue;
        }
        let fact = &cx.facts.terms.rows().discouraged[row];
        if found.after(cx.prose()).is_some_and(|word| fact.not_before.contains(&word)) {
            continue;
        }
        told = (found.block, found.words.end);
        let (block, range) = found.place(cx.prose());
        let written = &block.text()[range.clone()];
        sink.report(block.span(range), fold(written), format!("`{written}` is a term to avoid: {}", fact.reason))
            .help(help(fact));
    }
}

fn help(fact: &DiscouragedTerm) -> String {
    match &fact.instead {
        Some(instead) => format!("Write {}", alternatives(instead)),
        None => "Say what the work needs instead".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::help;
    use crate::facts::Facts;
    use crate::lint::{Settings, lint};
    use crate::source::Source;

    #[test]
    fn every_row_speaks_about_its_example() {
        let facts = Facts::embedded();
        for row in &facts.terms.rows().discouraged {
            let found = lint(&Source::new("x.md", row.example.as_str()), &Settings::new(facts.clone())).diagnostics;
            let found: Vec<_> = found.iter().filter(|diagnostic| diagnostic.rule == "discouraged-term").collect();
            assert!(found.len() == 1 && found[0].help == help(row), "{}", row.example);
        }
    }
}
