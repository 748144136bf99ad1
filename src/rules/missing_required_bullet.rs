use std::cell::OnceCell;

use crate::declare_rule;
use crate::facts::{BulletPattern, RequiredBullet, SectionKind};
use crate::model::{Extension, Owner, Target};
use crate::rule::{RuleContext, Sink};
use crate::source::floor_char_boundary;
use crate::syntax::{NodeId, Visible};
use crate::text::{contains_ignoring_case, first_word, fold, words};

declare_rule! {
    /// The requirements of a role lack a bullet that every role must have, such as "Ability to use GitLab".
    ///
    /// The authoring guide asks for it in the requirements of every role, because every team member works in GitLab.
    /// Any wording counts ("Able to use GitLab", "Willingness to learn and use GitLab"), in the role's own text, in the
    /// family's requirements, or in those that the role extends. A placeholder does not excuse it.
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// ## Tax Analyst
    ///
    /// The Tax Analyst is a [grade 6](/handbook/#gitlab-job-grades).
    ///
    /// ### Requirements
    ///
    /// - Experience with tax law
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// ## Tax Analyst
    ///
    /// The Tax Analyst is a [grade 6](/handbook/#gitlab-job-grades).
    ///
    /// ### Requirements
    ///
    /// - Experience with tax law
    /// - Able to use GitLab
    /// ```
    "missing-required-bullet", Structure, Warning; check
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    for bullet in cx.facts.required_bullets.iter().filter(|_| !cx.family.is_stub) {
        let sought = Sought::new(cx, bullet);
        let lacking: Vec<usize> = (0..cx.family.roles.len()).filter(|index| !has_bullet(cx, *index, &sought)).collect();
        let (shared, own): (Vec<usize>, Vec<usize>) =
            lacking.into_iter().partition(|index| lives_on_family(cx, *index));
        for index in own {
            report_role(cx, index, bullet, sink);
        }
        report_family(cx, &shared, bullet, sink);
    }
}

/// Whether a role's requirements are the family's, so that the bullet belongs there once and not in every role.
fn lives_on_family(cx: &RuleContext<'_>, index: usize) -> bool {
    let family = cx.family;
    let has_shared = family.family_sections_for(index, SectionKind::Requirements).next().is_some();
    let is_referred = family.roles[index].extensions.iter().any(|extension| is_to_family(cx, index, extension));
    has_shared && (is_referred || !family.has_own(index, SectionKind::Requirements))
}

/// "Expected to meet the base requirements": those of the page, where it has any.
fn is_to_family(cx: &RuleContext<'_>, index: usize, extension: &Extension) -> bool {
    speaks_of_requirements(extension)
        && extension.target == Target::Elsewhere
        && extension.link.is_none()
        && cx.family.family_sections_for(index, SectionKind::Requirements).next().is_some()
}

fn speaks_of_requirements(extension: &Extension) -> bool {
    extension.section.is_none_or(|section| section == SectionKind::Requirements)
}

fn report_role(cx: &RuleContext<'_>, index: usize, bullet: &RequiredBullet, sink: &mut Sink) {
    let role = &cx.family.roles[index];
    let own = cx.family.sections_of(Owner::Role(index), SectionKind::Requirements);
    let heading = own.into_iter().find_map(|section| cx.family.heading_of(section));
    let (span, message) = match heading {
        Some(heading) => {
            (heading.text_span, format!("The requirements of `{}` lack \"{}\"", role.written, bullet.wording))
        }
        None => (role.name_span, format!("`{}` has no requirement \"{}\"", role.written, bullet.wording)),
    };
    sink.report(span, &bullet.name, message).help(format!("Add the bullet `{}`", bullet.wording));
}

fn report_family(cx: &RuleContext<'_>, roles: &[usize], bullet: &RequiredBullet, sink: &mut Sink) {
    let sections =
        roles.iter().filter_map(|role| cx.family.family_sections_for(*role, SectionKind::Requirements).next());
    let mut headings: Vec<usize> = sections.filter_map(|section| section.heading).collect();
    headings.sort_unstable();
    headings.dedup();
    for heading in headings {
        let message = format!("The requirements of all roles lack \"{}\"", bullet.wording);
        sink.report(cx.family.headings[heading].text_span, &bullet.name, message)
            .help(format!("Add the bullet `{}`", bullet.wording));
    }
}

/// A required bullet, and where the word with which its pattern ends stands on the page: most text is not near one.
struct Sought<'a> {
    bullet: &'a RequiredBullet,
    /// The page's visible text.
    lower: &'a str,
    /// In bytes of the page's visible text. Nothing where other wordings count, which may stand anywhere.
    places: Option<Vec<usize>>,
    in_stand_ins: OnceCell<bool>,
}

impl<'a> Sought<'a> {
    fn new(cx: &RuleContext<'a>, bullet: &'a RequiredBullet) -> Self {
        let lower = cx.tree.visible_lower();
        let only_pattern = bullet.pattern.as_ref().filter(|_| bullet.also.is_empty());
        let places =
            only_pattern.map(|pattern| memchr::memmem::find_iter(lower.as_bytes(), &pattern.ends_with).collect());
        Self { bullet, lower, places, in_stand_ins: OnceCell::new() }
    }

    fn is_in(&self, text: &Visible<'_>) -> bool {
        let (Some(places), Some(pattern)) = (&self.places, &self.bullet.pattern) else {
            return text.text().split('\n').any(|line| is_wording(line, self.bullet));
        };
        let range = text.range();
        let first = places.partition_point(|place| *place < range.start);
        let mut inside = places[first..].iter().take_while(|place| **place < range.end);
        inside.any(|place| {
            let line = line_to(self.lower, *place);
            // Most lines have no "use".
            pattern.uses.iter().any(|usage| line.contains(first_word(usage)))
                // With some to spare, as a lone hyphen is no word.
                && fits(&fold(last_words(line, 3 * pattern.within + 1)), pattern)
        })
    }
}

/// Whether requirements of another name that serve all roles have the bullet: "You may be a fit if you".
fn is_in_stand_ins(cx: &RuleContext<'_>, sought: &Sought<'_>) -> bool {
    *sought.in_stand_ins.get_or_init(|| {
        let stand_ins = cx.family.stand_ins(cx.tree, cx.facts, SectionKind::Requirements);
        stand_ins.iter().any(|found| found.role.is_none() && blocks_have(cx, found.blocks, sought))
    })
}

fn has_bullet(cx: &RuleContext<'_>, index: usize, sought: &Sought<'_>) -> bool {
    let role = &cx.family.roles[index];
    if cx.family.headings_in(role.span).iter().any(|heading| blocks_have(cx, &heading.blocks, sought)) {
        return true;
    }
    // A specialty may stand between the role and its requirements.
    let mut own = cx.family.sections_of(Owner::Role(index), SectionKind::Requirements);
    if own.any(|section| blocks_have(cx, &section.blocks, sought)) {
        return true;
    }
    let mut shared = cx.family.family_sections_for(index, SectionKind::Requirements);
    if shared.any(|section| blocks_have(cx, &section.blocks, sought)) || is_in_stand_ins(cx, sought) {
        return true;
    }
    // A role that takes its requirements over is as good as the one it names, and that one is judged by itself.
    let takes_over = |extension: &Extension| {
        speaks_of_requirements(extension)
            && extension.target != Target::Role(index)
            && !is_to_family(cx, index, extension)
    };
    role.inherits(SectionKind::Requirements) && role.extensions.iter().any(takes_over)
}

fn blocks_have(cx: &RuleContext<'_>, blocks: &[NodeId], sought: &Sought<'_>) -> bool {
    blocks.iter().any(|block| sought.is_in(&cx.tree.visible(*block)))
}

fn is_wording(line: &str, bullet: &RequiredBullet) -> bool {
    let by_pattern =
        |pattern: &BulletPattern| contains_ignoring_case(line, &pattern.ends_with) && fits(&fold(line), pattern);
    match &bullet.pattern {
        Some(pattern) if by_pattern(pattern) => true,
        Some(_) => bullet.also.iter().any(|wording| has_words(line, wording)),
        None => bullet.also.iter().chain([&bullet.wording]).any(|wording| has_words(line, wording)),
    }
}

/// The line in which a word stands, from not too far before it to its end.
fn line_to(text: &str, place: usize) -> &str {
    let far = floor_char_boundary(text, place.saturating_sub(FAR));
    let start = memchr::memrchr(b'\n', &text.as_bytes()[far..place]).map_or(far, |end| far + end + 1);
    let rest = &text[place..floor_char_boundary(text, place + FAR)];
    &text[start..place + rest.find(char::is_whitespace).unwrap_or(rest.len())]
}

fn last_words(line: &str, count: usize) -> &str {
    let blank = memchr::memrchr_iter(b' ', line.as_bytes()).nth(count - 1);
    &line[blank.map_or(0, |blank| blank + 1)..]
}

/// In bytes: more than the words of a bullet take, so that a page of one endless word takes no longer than others.
const FAR: usize = 1000;

/// Whether a text has the words of a wording, one after the other.
fn has_words(line: &str, wording: &str) -> bool {
    let (line, wording) = (fold(line), fold(wording));
    let (line, wording): (Vec<&str>, Vec<&str>) = (words(&line).collect(), words(&wording).collect());
    !wording.is_empty() && line.windows(wording.len()).any(|window| window == wording)
}

/// Whether a text says "can", then "use", then the name, each within some words of the one before.
fn fits(folded: &str, pattern: &BulletPattern) -> bool {
    let words: Vec<&str> = words(folded).collect();
    // "Abiltiy to use GitLab" says nothing else, and how its first word is spelt is another matter.
    if matches!(words.as_slice(), [_, "to", ..]) && words.len() <= SHORTEST && says_use_of_name(&words, 2, pattern) {
        return true;
    }
    for (verb, word) in words.iter().enumerate() {
        if !begins_with_one(word, &pattern.verbs) {
            continue;
        }
        let last = words.len().min(verb + pattern.within);
        if (verb..last).any(|at| says_use_of_name(&words, at, pattern)) {
            return true;
        }
    }
    false
}

/// Whether the words from `at` on say "use", then the name.
fn says_use_of_name(words: &[&str], at: usize, pattern: &BulletPattern) -> bool {
    for usage in &pattern.uses {
        let reach = reach(&words[at..], usage, pattern.within).unwrap_or(0);
        if (at..at + reach).any(|place| is_name(words[place], pattern) && !is_undone(&words[..place], pattern)) {
            return true;
        }
    }
    false
}

fn begins_with_one(word: &str, starts: &[String]) -> bool {
    let initial = word.as_bytes().first();
    starts.iter().any(|start| start.as_bytes().first() == initial && word.starts_with(start.as_str()))
}

/// How many of the words that begin with a usage may lead to the name, if they do begin with it.
fn reach(words: &[&str], usage: &str, within: usize) -> Option<usize> {
    let mut parts = 0;
    for start in usage.split(' ') {
        words.get(parts).filter(|word| word.starts_with(start))?;
        parts += 1;
    }
    Some(words.len().min(if parts == 1 { within } else { parts + WORDS_BETWEEN }))
}

/// "Ability to use GitLab".
const SHORTEST: usize = 4;

/// "Work with Git and GitLab".
const WORDS_BETWEEN: usize = 3;

fn is_name(word: &str, pattern: &BulletPattern) -> bool {
    word.starts_with(&pattern.ends_with)
}

fn is_undone(before: &[&str], pattern: &BulletPattern) -> bool {
    before.last().is_some_and(|word| pattern.not_after.iter().any(|after| after == word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Facts;
    use crate::source::Source;

    #[test]
    fn blanks_to_spare_do_not_hide_a_bullet() {
        for bullet in ["Ability to use   the   whole   of   the   GitLab", "Ability to use - / - / - / - / - / GitLab"]
        {
            let page = format!("## Tax Analyst\n\n### Responsibilities\n\n- Files\n\n### Requirements\n\n- {bullet}\n");
            assert!(RULE.findings(&Source::new("x.md", page)).is_empty(), "{bullet}");
        }
        let page = "## Tax Analyst\n\n### Responsibilities\n\n- Files\n\n### Requirements\n\n- Files\n";
        assert_eq!(RULE.findings(&Source::new("x.md", page)).len(), 1);
    }

    #[test]
    fn requirements_of_another_name_serve_all_roles() {
        let page = "# Tax\n\n## You may be a fit to this role if you:\n\n- Ability to use GitLab\n\n## Levels\n\n\
            ### Tax Analyst\n\n#### Job Grade\n\nThe Tax Analyst is a grade 6.\n\n#### Responsibilities\n\n- Files\n";
        assert!(RULE.findings(&Source::new("x.md", page)).is_empty());
        let found = RULE.findings(&Source::new("x.md", page.replace("- Ability to use GitLab", "- Patience")));
        assert_eq!(found[0].message, "`Tax Analyst` has no requirement \"Ability to use GitLab\"");
    }

    #[test]
    fn a_section_that_lost_its_name_may_take_requirements_over() {
        let role = |name: &str, requirements: &str| {
            format!(
                "## {name}\n\n### Job Grade\n\nThe {name} is a grade 8.\n\n### Responsibilities\n\n- Files\n\n{requirements}\n\n"
            )
        };
        let page = role("Manager, Tax", "### Requirements\n\n- Ability to use GitLab")
            + &role("Senior Manager, Tax", "### Senior Manager, Tax\n\n- Extends the Manager, Tax requirements");
        assert!(RULE.findings(&Source::new("x.md", &page)).is_empty());
        assert_eq!(RULE.findings(&Source::new("x.md", page.replace("Extends", "Knows"))).len(), 1);
    }

    #[test]
    fn every_wording_counts_and_nothing_else() {
        for bullet in &Facts::embedded().required_bullets {
            for example in &bullet.examples {
                assert!(is_wording(&fold(example), bullet), "{example}");
            }
            for example in &bullet.counter_examples {
                assert!(!is_wording(&fold(example), bullet), "{example}");
            }
        }
    }
}
