use crate::declare_rule;
use crate::model::Slip;
use crate::rule::{RuleContext, Sink};
use crate::text::{find_folded, match_cases};

declare_rule! {
    /// The name of a section is misspelt in its heading.
    ///
    /// Readers find the section all the same, tools and links do not: `#responsibilities` leads nowhere.
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// ## Tax Analyst
    ///
    /// ### Responsibilties
    ///
    /// - Prepares the tax returns
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// ## Tax Analyst
    ///
    /// ### Responsibilities
    ///
    /// - Prepares the tax returns
    /// ```
    "misspelt-section", Structure, Warning, fix: Safe; check
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    for section in &cx.family.sections {
        let (Some(slip), Some(heading)) = (&section.misspelt, cx.family.heading_of(section)) else { continue };
        let Some(block) = cx.prose().blocks_from(heading.node).first() else { continue };
        let Some(start) = find_folded(block.text(), &slip.wrong) else { continue };
        let range = start..start + slip.wrong.len();
        let written = &block.text()[range.clone()];
        let right = corrected(written, slip);
        if written == right {
            continue;
        }
        let message = format!("The heading says `{written}` for `{right}`");
        let finding = sink
            .report(block.span(range.clone()), slip.wrong.as_str(), message)
            .help(format!("Write `{right}`; links to the old heading need the new one too"));
        if block.is_verbatim(cx.source, range.clone()) {
            let (safety, edits) = cx.rewording(block, range, &right);
            finding.fix_edits(safety, format!("Change it to `{right}`"), edits);
        }
    }
}

/// The right spelling in the case of the written one; where only a blank was lost, each part keeps its own.
fn corrected(written: &str, slip: &Slip) -> String {
    match slip.right.split_once(' ') {
        Some((first, rest)) if format!("{first}{rest}") == slip.wrong && written.is_char_boundary(first.len()) => {
            let (before, after) = written.split_at(first.len());
            format!("{before} {after}")
        }
        _ => match_cases(written, &slip.right),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    fn findings_of(heading: &str) -> Vec<String> {
        let page = format!("## Tax Analyst\n\nThe Tax Analyst is a grade 6.\n\n## {heading}\n\n- Files\n");
        RULE.findings(&Source::new("x.md", page)).into_iter().map(|found| found.message).collect()
    }

    #[test]
    fn names_of_short_words_are_known_as_a_whole() {
        for (heading, wrong, right) in [
            ("Perfomance Indicators", "Perfomance", "Performance"),
            ("Perfomance Indicatros", "Perfomance Indicatros", "Performance Indicators"),
            ("perfomance indicatros", "perfomance indicatros", "performance indicators"),
            ("Career Lader", "Lader", "Ladder"),
            ("Carreer Ladder", "Carreer", "Career"),
            ("Hiring Proccess", "Proccess", "Process"),
            ("Tax Analyst Hiring Proces", "Proces", "Process"),
            ("Tax Analyst Job Grae", "Grae", "Grade"),
        ] {
            assert_eq!(findings_of(heading), [format!("The heading says `{wrong}` for `{right}`")]);
        }
        for heading in [
            "Hiring Progress",
            "Career Leader",
            "Proces",
            "Lader",
            "Filing Proces",
            "Performance Indicator",
            "Job Trade",
        ] {
            assert_eq!(findings_of(heading), Vec::<String>::new(), "{heading}");
        }
    }
}
