use crate::declare_rule;
use crate::diagnostic::Safety;
use crate::facts::{Brand, TermKind};
use crate::rule::{RuleContext, Sink};
use crate::text::fold;
use crate::wording::FoundTerm;

declare_rule! {
    /// The name of a product, company or method, a language, a weekday or a month has the wrong capitals.
    ///
    /// "Gitlab" on a page of GitLab is the first thing that a reader of job pages notices. Names in code, addresses,
    /// channels and paths are left alone, and so are small letters where the name may be a command or a plain word.
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// ### Requirements
    ///
    /// - Ability to use Gitlab
    /// - Experience with Javascript
    /// - Fluent in english
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// ### Requirements
    ///
    /// - Ability to use GitLab, on gitlab.com and in `#gitlab`
    /// - Experience with JavaScript
    /// - Fluent in English, and polishes what they may write
    /// ```
    "brand-case", Prose, Warning, fix: Safe; check
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    for found in cx.wording().terms() {
        if let TermKind::Brand(row) = found.kind {
            let brand = &cx.facts.terms.rows().brands[row];
            if is_wrong(cx, found, brand) {
                report(cx, found, brand, sink);
            }
        }
    }
}

fn report(cx: &RuleContext<'_>, found: &FoundTerm, brand: &Brand, sink: &mut Sink) {
    let (block, range) = found.place(cx.prose());
    let (written, right) = (&block.text()[range.clone()], brand.right.as_str());
    let may_be_plain = brand.everyday && *written == right.to_lowercase();
    // The anchor of a heading has only small letters.
    let safety = match fold(written) == fold(right) {
        _ if may_be_plain => Safety::Unsafe,
        true => Safety::Safe,
        false => cx.safety_in(block),
    };
    let verbatim = block.is_verbatim(cx.source, range.clone());
    let span = block.span(range);
    let finding =
        sink.report(span, written, format!("`{written}` is written `{right}`")).help(format!("Write `{right}`"));
    if verbatim {
        finding.fix(safety, format!("Change it to `{right}`"), span, right);
    }
}

fn is_wrong(cx: &RuleContext<'_>, found: &FoundTerm, brand: &Brand) -> bool {
    let (block, range) = found.place(cx.prose());
    let text = block.text();
    let written = &text[range.clone()];
    if written == brand.right || brand.also.iter().any(|form| form == written) {
        return false;
    }
    let listed = brand.wrong.iter().any(|form| form == written)
        || brand.tool && *written == brand.right.to_lowercase() && is_tool(cx, found);
    let has = |is: fn(char) -> bool| written.chars().any(is);
    let same_letters = fold(written) == fold(&brand.right);
    let miscased = same_letters && has(char::is_uppercase) && has(char::is_lowercase);
    if !listed && !miscased {
        return false;
    }
    let (before, after) = (text[..range.start].chars().next_back(), &text[range.end..]);
    let words = &cx.prose().words(block)[found.words.clone()];
    let capital = has(char::is_uppercase);
    let in_path = !capital && (before.is_some_and(joins) || after.starts_with(joins));
    let is_code = after.starts_with("::");
    let in_address = is_code || words.iter().any(|word| word.technical) && !(capital && is_site(before, after));
    let other_thing = found.before(cx.prose()).is_some_and(|word| brand.not_after.contains(&word));
    !in_path && !in_address && !other_thing
}

/// Whether a plain word must be the tool of that name, as it owns something, or by a word beside it.
fn is_tool(cx: &RuleContext<'_>, found: &FoundTerm) -> bool {
    let rows = cx.facts.terms.rows();
    let last = *found.last(cx.prose()).word();
    let owns = last.stem != last.hash;
    owns || found.before(cx.prose()).is_some_and(|word| rows.tool_cues.contains(&word))
        || found.after(cx.prose()).is_some_and(|word| rows.tool_things.contains(&word))
}

/// A name that is written as prose, with the end of a domain: "Gitlab.com".
fn is_site(before: Option<char>, after: &str) -> bool {
    let ends = [".com", ".org", ".io"].iter().find_map(|end| after.strip_prefix(end));
    let free = before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '"' | '\u{201c}' | '\''));
    free && ends.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || joins(c)))
}

/// Makes a word part of a path or an identifier.
fn joins(c: char) -> bool {
    matches!(c, '-' | '/' | '_' | ':' | '@' | '#' | '=' | '`')
}

#[cfg(test)]
mod tests {
    use crate::facts::Facts;
    use crate::lint::{Settings, lint};
    use crate::source::Source;
    use crate::spelling::{american_for, known_misspelling};

    fn found(markdown: &str) -> Vec<String> {
        let source = Source::new("x.md", markdown);
        let mut found = lint(&source, &Settings::new(Facts::embedded())).diagnostics;
        found.retain(|diagnostic| diagnostic.rule == "brand-case");
        found.iter().map(|diagnostic| source.slice(diagnostic.span).to_owned()).collect()
    }

    #[test]
    fn right_forms_are_silent_and_wrong_ones_are_told() {
        for brand in &Facts::embedded().terms.rows().brands {
            for right in brand.also.iter().chain([&brand.right]) {
                assert_eq!(found(&format!("We use {right} here")), [""; 0]);
            }
            for wrong in &brand.wrong {
                assert_eq!(found(&format!("We use {wrong} here")), [wrong.as_str()]);
            }
        }
    }

    #[test]
    fn no_other_spelling_rule_knows_a_brand() {
        for brand in &Facts::embedded().terms.rows().brands {
            let lower = brand.right.to_lowercase();
            assert!(known_misspelling(&lower).is_none() && american_for(&lower).is_none(), "{lower}");
        }
    }

    #[test]
    fn names_with_a_domain_are_prose_unless_they_are_an_address() {
        assert_eq!(found("On Gitlab.com (Gitlab.com) or Gitlab."), ["Gitlab"; 3]);
        assert_eq!(
            found("gitlab.com, me@Gitlab.com, www.Gitlab.com, #Gitlab, @gitlab, gitlab-ce, gitlab/x, [y](Gitlab)"),
            [""; 0]
        );
    }

    #[test]
    fn a_tool_in_small_letters_is_told_where_it_must_be_one() {
        assert_eq!(found("Proficient with excel, in slack or using python"), ["excel", "slack", "python"]);
        assert_eq!(found("Runs git servers and python scripts, and git's hooks"), ["git", "python", "git"]);
        assert_eq!(found("Ability to excel when times are slack; run docker build; java"), [""; 0]);
    }

    #[test]
    fn possessives_and_compounds_are_told() {
        assert_eq!(found("Gitlab’s Gitlab-specific GItLab's"), ["Gitlab", "Gitlab", "GItLab"]);
    }

    #[test]
    fn capitals_small_letters_and_other_things_are_left_alone() {
        assert_eq!(found("ENGLISH, may march, `monday`, non-english, #friday, polish a turkey"), [""; 0]);
        assert_eq!(found("GITLAB, the git log, the Red Sox, Cisco IOS, linked in the issue"), [""; 0]);
    }
}
