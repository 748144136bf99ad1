use crate::declare_rule;
use crate::lists::trimmed;
use crate::rule::{RuleContext, Sink};
use crate::source::Span;
use crate::syntax::Conflict;
use crate::text::folded_opening;

declare_rule! {
    /// Two versions of a text stand one below the other, between the marks of a merge that nobody finished.
    ///
    /// Where two people changed the same lines, git writes both versions into the page and leaves the choice to whoever
    /// merges. A page that is published so shows the marks, as headings and quotes, and says everything twice.
    ///
    /// A heading that is underlined with `=======` and a quote in quotes, `>>>>>>>`, are fine by themselves, and so are
    /// marks in code. Repetitions between the two versions are not told: they go when one of them is chosen.
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// ### Responsibilities
    ///
    /// <<<<<<< HEAD
    /// - Prepares the tax returns
    /// =======
    /// - Prepares the tax returns of all entities
    /// >>>>>>> tax-entities
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// ### Responsibilities
    ///
    /// - Prepares the tax returns of all entities
    /// ```
    // No note, unlike other new rules: errors yield to it, and what they tell must not turn into what nobody is shown.
    "merge-conflict", Document, Error; check
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    for conflict in cx.tree.conflicts() {
        report(cx, conflict, sink);
    }
}

fn report(cx: &RuleContext<'_>, conflict: &Conflict, sink: &mut Sink) {
    let versions: Vec<(&str, Span)> =
        conflict.versions(cx.source).map(|version| (version.name, trimmed(cx.source, version.span))).collect();
    let written = versions.iter().map(|(_, span)| cx.source.slice(*span)).find(|text| !text.is_empty());
    let message = "An unfinished merge left every version of this text in the page";
    let finding = sink
        .report(conflict.first_mark(), folded_opening(written.unwrap_or_default()), message)
        .help("Keep the version that is right, or what is right of each, and delete the lines with the marks");
    versions.iter().fold(finding, |finding, (name, span)| finding.label(*span, caption(name, *span)));
}

/// Whose version it is.
fn caption(name: &str, version: Span) -> String {
    match (name, version.is_empty()) {
        ("", false) => "one version".to_owned(),
        ("", true) => "one version has nothing here".to_owned(),
        (_, false) => format!("as `{name}` has it"),
        (_, true) => format!("`{name}` has nothing here"),
    }
}

#[cfg(test)]
mod tests {
    use crate::facts::Facts;
    use crate::lint::{Settings, lint};
    use crate::source::Source;

    const PAGE: &str = "---\ntitle: Tax\n---\n\n## Tax Analyst\n\n### Job Grade\n\n\
        The Tax Analyst is a [grade 6](/x/#gitlab-job-grades).\n\n### Responsibilities\n\n- Files returns\n\n\
        ### Requirements\n\n- Ability to use GitLab\n\n\
        ## Performance Indicators\n\n- Returns filed\n- Taxes paid\n- Audits won\n\n## Career Ladder\n\nNone.\n\n\
        ## Hiring Process\n\n- A screening call\n\n```\nask\n```\n\n1. Ask us\n2. Ask them\n3. Ask all\n";

    /// The rules that speak of the page once `line` is in conflict, errors and warnings only.
    fn told(line: &str, version: &str) -> Vec<&'static str> {
        let conflict = format!("<<<<<<< HEAD\n{line}=======\n{version}>>>>>>> updaet-grades\n");
        let page = PAGE.replace(line, &conflict);
        let mut found = lint(&Source::new("x.md", page), &Settings::new(Facts::embedded())).diagnostics;
        found.retain(|diagnostic| diagnostic.severity != crate::diagnostic::Severity::Info);
        found.into_iter().map(|diagnostic| diagnostic.rule).collect()
    }

    #[test]
    fn what_two_versions_repeat_is_no_finding_of_its_own() {
        assert_eq!(lint(&Source::new("x.md", PAGE), &Settings::new(Facts::embedded())).diagnostics.len(), 0);
        for (line, version) in [
            ("title: Tax\n", "title: Taxes\n"),
            ("### Responsibilities\n\n- Files returns\n", "### Responsibilities\n\n- Files returns\n"),
            (
                "The Tax Analyst is a [grade 6](/x/#gitlab-job-grades).\n",
                "The Tax Analyst is a [grade 7](/x/#gitlab-job-grades).\n",
            ),
            ("- A screening call\n", ""),
            ("```\nask\n", "```\ncall\n"),
            ("1. Ask us\n2. Ask them\n", "1. Ask us\n2. Ask them\n"),
            (PAGE, PAGE),
        ] {
            assert_eq!(told(line, version), ["merge-conflict"], "{line}");
        }
        assert_eq!(told("- Files returns\n", "- Files teh returns\n"), ["merge-conflict", "typo"]);
    }

    #[test]
    fn each_version_is_shown_with_its_name() {
        let conflict = "<<<<<<< HEAD\nOne\n||||||| 1a2b\n=======\nTwo\n>>>>>>>\n";
        let found = super::RULE.findings(&Source::new("x.md", conflict));
        let labels = found[0].labels.iter().map(|label| label.message.as_str());
        assert_eq!(labels.collect::<Vec<_>>(), ["as `HEAD` has it", "`1a2b` has nothing here", "one version"]);
    }
}
