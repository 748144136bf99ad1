use std::ops::Range;

use crate::declare_rule;
use crate::facts::SectionKind;
use crate::model::{Owner, Relation, Role, RoleName, Section};
use crate::rule::{RuleContext, Sink};
use crate::syntax::NodeId;
use crate::text::{fold, words};

declare_rule! {
    /// A section's heading names another role than the one above it, or its career ladder is of another job family.
    ///
    /// Mostly the section was copied from another level or page, and a reader who jumps to it takes it for theirs. Headings
    /// that name the role in fewer words, by an abbreviation or by its level alone, are fine, and so is a family that
    /// shares a word with the page's title or with one of its roles.
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// ### Senior Manager, Tax
    ///
    /// #### Senior Manager, Tax Job Grade
    ///
    /// The Senior Manager, Tax is a [grade 9](/handbook/#gitlab-job-grades).
    ///
    /// #### Director, Tax Requirements
    ///
    /// - Ability to use GitLab
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// ### Senior Manager, Tax
    ///
    /// #### Senior Manager Job Grade
    ///
    /// The Senior Manager, Tax is a [grade 9](/handbook/#gitlab-job-grades).
    ///
    /// #### Sr. Manager, Tax Requirements
    ///
    /// - Ability to use GitLab
    /// ```
    "wrong-role-section", Structure, Warning, yields_to: ["role-mismatch", "misspelt-section"]; check
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    for section in &cx.family.sections {
        let Owner::Role(role) = section.owner else { continue };
        let what = match section.relation {
            Relation::OtherLevel => "another level",
            Relation::Other => "another role",
            Relation::Same | Relation::Shorter | Relation::Longer => continue,
        };
        report(cx, section, &cx.family.roles[role], what, sink);
    }
    for section in cx.family.sections.iter().filter(|section| section.kind == SectionKind::CareerLadder) {
        section.blocks.iter().for_each(|block| ladder(cx, *block, sink));
    }
}

/// "The next step in the Tax job family is not yet defined" on a page about something else.
fn ladder(cx: &RuleContext<'_>, block: NodeId, sink: &mut Sink) {
    let visible = cx.tree.visible(block);
    let Some(range) = family_named_in(visible.text()) else { return };
    let named = &visible.text()[range.clone()];
    let span = visible.span(range);
    let Some(title) = cx.family.title().filter(|_| !is_own_family(cx, named)) else { return };
    sink.report(
        span,
        fold(named),
        format!("The career ladder is that of the `{named}` job family, on the page `{title}`"),
    )
    .help("Write the ladder of this job family");
}

/// The name in "in the X job family".
fn family_named_in(text: &str) -> Option<Range<usize>> {
    let end = memchr::memmem::find(text.as_bytes(), b" job family")?;
    let start = text[..end].rfind("in the ")? + "in the ".len();
    let name = text.get(start..end)?;
    let is_name =
        name.starts_with(char::is_uppercase) && name.split(' ').count() <= 6 && !name.contains(['.', ';', ':']);
    is_name.then_some(start..end)
}

/// Whether a name shares the beginning of a word with the title or a role, or abbreviates one of them.
fn is_own_family(cx: &RuleContext<'_>, named: &str) -> bool {
    let levels = &cx.facts.levels;
    let name = RoleName::parse(named, levels);
    let own = || cx.family.title().into_iter().chain(cx.family.roles.iter().map(|role| role.written.as_str()));
    let folded = fold(named);
    let starts: Vec<&str> = word_starts(&folded).collect();
    own().any(|text| word_starts(&fold(text)).any(|start| starts.contains(&start)))
        || own().any(|text| name.compare(&RoleName::parse(text, levels)) != Relation::Other)
}

fn word_starts(folded: &str) -> impl Iterator<Item = &str> {
    words(folded)
        .filter(|word| !matches!(*word, "and" | "of" | "the" | "&" | "job" | "family"))
        .map(|word| word.char_indices().nth(5).map_or(word, |(end, _)| &word[..end]))
}

fn report(cx: &RuleContext<'_>, section: &Section, role: &Role, what: &str, sink: &mut Sink) {
    let name = RoleName::parse(&section.prefix, &cx.facts.levels);
    // The only role of a page may have a part for each of its levels: "Senior Requirements".
    let is_part = role.heading.is_none() && name.is_bare_level();
    let Some(span) = cx.family.prefix_span(section, cx.source) else { return };
    if !name.looks_like_role(&cx.facts.levels) || is_part {
        return;
    }
    let prefix = cx.source.slice(span);
    sink.report(span, section.prefix.as_str(), format!("A section of `{}` is headed `{prefix}`", role.written))
        .caption(what)
        .help(format!("Write `{}`, or give the section back to its role", role.written));
}
