use crate::declare_rule;
use crate::facts::{RequiredBullet, SectionKind};
use crate::model::{Owner, Section, Target};
use crate::rule::{RuleContext, Sink};
use crate::text::{fold, words};

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
    for bullet in &cx.facts.required_bullets {
        for index in 0..cx.family.roles.len() {
            if !has_bullet(cx, index, bullet) {
                report(cx, index, bullet, sink);
            }
        }
    }
}

fn report(cx: &RuleContext<'_>, index: usize, bullet: &RequiredBullet, sink: &mut Sink) {
    let role = &cx.family.roles[index];
    let heading = cx.family.sections_of(Owner::Role(index), SectionKind::Requirements).find_map(|section| cx.family.heading_of(section));
    let span = heading.map_or(role.name_span, |heading| heading.text_span);
    sink.report(span, &bullet.name, format!("The requirements of `{}` lack \"{}\"", role.written, bullet.wording))
        .help(format!("Add the bullet `{}`", bullet.wording));
}

fn has_bullet(cx: &RuleContext<'_>, index: usize, bullet: &RequiredBullet) -> bool {
    let role = &cx.family.roles[index];
    let in_role = |section: &&Section| section.owner == Owner::Role(index);
    let in_family = |section: &&Section| section.owner == Owner::Family && section.kind == SectionKind::Requirements;
    if cx.family.sections.iter().filter(|section| in_role(section) || in_family(section)).any(|section| section_has(cx, section, bullet)) {
        return true;
    }
    // A role that takes its requirements over is as good as the one it names, and that one is judged by itself.
    let takes_over = |extension: &&crate::model::Extension| {
        extension.section.is_none_or(|section| section == SectionKind::Requirements)
            && !matches!(extension.target, Target::Role(target) if target == index)
    };
    role.inherits(SectionKind::Requirements) && role.extensions.iter().any(|extension| takes_over(&extension))
}

fn section_has(cx: &RuleContext<'_>, section: &Section, bullet: &RequiredBullet) -> bool {
    section.blocks.iter().any(|block| {
        let visible = cx.tree.visible(*block);
        visible.text().split('\n').any(|line| is_wording(&fold(line), bullet))
    })
}

/// Whether a text says "can", then "use", then the name, each within some words of the one before.
fn is_wording(folded: &str, bullet: &RequiredBullet) -> bool {
    if !folded.contains(bullet.ends_with.as_str()) {
        return false;
    }
    let words: Vec<&str> = words(folded).collect();
    let begins = |word: &str, list: &[String]| list.iter().any(|start| word.starts_with(start.as_str()));
    let verbs = (0..words.len()).filter(|at| begins(words[*at], &bullet.verbs));
    verbs.into_iter().any(|verb| {
        let uses = (verb..words.len().min(verb + bullet.within)).filter(|at| begins(words[*at], &bullet.uses));
        uses.into_iter().any(|at| {
            let after = &words[at..words.len().min(at + bullet.within)];
            after.iter().any(|word| word.trim_end_matches("'s") == bullet.ends_with || word.starts_with("gitlab"))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Facts;

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
