use crate::declare_rule;
use crate::diagnostic::{Edit, Safety};
use crate::model::{Heading, Role, marks};
use crate::placement::{BesideRoles, ClosingSentence, LostHeading, Placement, Repeated, Slip, closing_sentences};
use crate::rule::{Finding, RuleContext, Sink};
use crate::source::Span;
use crate::text::{folded_opening, key};

declare_rule! {
    /// A section stands deeper or shallower than its siblings, and so belongs to the wrong heading.
    ///
    /// The outline of the page, its table of contents and the tools that read it take Responsibilities for a part of the
    /// Job Grade, or a role's Requirements for everybody's.
    ///
    /// Nice-to-haves may stand under Requirements. Where a page puts the sections of all its roles beside the roles, that is
    /// one finding, and so is a Hiring Process that comes back after each of them. The only one of a page is misplaced below
    /// the last of three roles or more, and so is its closing sentence below another section.
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// ## Tax Analyst
    ///
    /// ### Job Grade
    ///
    /// The Tax Analyst is a [grade 6](/handbook/#gitlab-job-grades).
    ///
    /// #### Responsibilities
    ///
    /// - Prepares the tax returns
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// ## Tax Analyst
    ///
    /// ### Job Grade
    ///
    /// The Tax Analyst is a [grade 6](/handbook/#gitlab-job-grades).
    ///
    /// ### Responsibilities
    ///
    /// - Prepares the tax returns
    /// ```
    "misplaced-section", Structure, Warning, fix: Unsafe, yields_to: ["duplicate-heading", "unnamed-section"]; check
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    let placement = Placement::of(cx.family);
    let slips = placement.slips();
    for (slip, may_move) in slips.iter().zip(placement.may_move(&slips)) {
        report_section(cx, &placement, slip, may_move, sink);
    }
    placement.lost_headings().iter().for_each(|lost| report_lost_heading(cx, lost, sink));
    for (role, specialties) in placement.roles_among_specialties(&cx.facts.levels) {
        report_among_specialties(cx, role, specialties, sink);
    }
    placement.inside_sections().into_iter().for_each(|(inner, outer)| report_inside(cx, inner, outer, sink));
    placement.all_beside_roles().iter().for_each(|sections| report_all(cx, sections, sink));
    placement.repeated_closings().iter().for_each(|repeated| report_repeated(cx, repeated, sink));
    placement.role_above_others().into_iter().for_each(|(role, first)| report_above_others(cx, role, first, sink));
    placement.role_below_others.into_iter().for_each(|(role, first)| report_below_others(cx, role, first, sink));
    placement.levels_below_roles().for_each(|(levels, role)| report_levels_below_role(cx, levels, role, sink));
    placement.levels_beside_title().for_each(|levels| report_beside_title(cx, levels, sink));
    for (section, depth) in placement.only_in_last_role() {
        report_only_in_last_role(cx, &placement, section, depth, sink);
    }
    closing_sentences(cx.family, cx.tree, cx.facts).iter().for_each(|sentence| report_closing(cx, sentence, sink));
}

fn report_section(cx: &RuleContext<'_>, placement: &Placement<'_>, slip: &Slip, may_move: bool, sink: &mut Sink) {
    let (heading, other) = (&cx.family.headings[slip.heading], &cx.family.headings[slip.other]);
    let message = format!("`{}` stands {} `{}`", heading.text, slip.relation, other.text);
    let finding = report_level(heading, message, other.text_span, other.depth, sink);
    let edits = may_move.then(|| depth_edits(cx, placement, slip.heading, slip.depth)).flatten();
    offer_depth(slip.depth, edits, finding);
}

/// The edits that give a heading another depth, with its parts.
fn depth_edits(cx: &RuleContext<'_>, placement: &Placement<'_>, heading: usize, depth: u8) -> Option<Vec<Edit>> {
    cx.change_depth(placement.with_parts(heading), cx.family.headings[heading].depth, depth)
}

/// Says which depth a heading should have, and offers the edits that give it that.
fn offer_depth(depth: u8, edits: Option<Vec<Edit>>, finding: Finding<'_>) {
    let marks = marks(depth);
    let finding = finding.help(format!("Make it a `{marks}` heading"));
    if let Some(edits) = edits {
        finding.fix_edits(Safety::Unsafe, format!("Make it `{marks}`"), edits);
    }
}

/// Says that the level of a heading is wrong beside that of another.
fn report_level<'s>(
    heading: &Heading,
    message: String,
    other: Span,
    other_depth: u8,
    sink: &'s mut Sink,
) -> Finding<'s> {
    sink.report(heading.text_span, key(&heading.folded), message)
        .caption(marks(heading.depth))
        .label(other, marks(other_depth))
}

fn report_lost_heading(cx: &RuleContext<'_>, lost: &LostHeading<'_>, sink: &mut Sink) {
    let (role, section) = (&lost.role.written, &cx.family.headings[lost.section]);
    let help = if lost.has_deeper {
        let (marks, deeper) = (marks(section.depth), marks(section.depth + 1));
        format!("Put `{marks} {role}` before it, and make it `{deeper} {}`", section.text)
    } else {
        format!("Put `{} {role}` before it", marks(section.depth - 1))
    };
    let message = format!("`{role}` has no heading of its own above its sections");
    sink.report(section.text_span, key(&section.folded), message).help(help);
}

fn report_among_specialties(cx: &RuleContext<'_>, role: &Role, specialties: usize, sink: &mut Sink) {
    let specialties = &cx.family.headings[specialties];
    let message = format!("The role `{}` stands inside `{}`", role.written, specialties.text);
    sink.report(role.name_span, &role.base, message)
        .label(specialties.text_span, "the specialties begin here")
        .help(format!("Put it with the other levels, before `{}`", specialties.text));
}

fn report_inside(cx: &RuleContext<'_>, inner: usize, outer: usize, sink: &mut Sink) {
    let (inner, outer) = (&cx.family.headings[inner], &cx.family.headings[outer]);
    let message = format!("`{}` stands inside `{}`", inner.text, outer.text);
    report_level(inner, message, outer.text_span, outer.depth, sink)
        .help(format!("Put it before `{}`, or give one of them more or less `#`", outer.text));
}

fn report_all(cx: &RuleContext<'_>, sections: &BesideRoles, sink: &mut Sink) {
    let (first, role) = (&cx.family.headings[sections.first], &cx.family.roles[sections.role]);
    let others = match sections.roles {
        2 => "another role".to_owned(),
        roles => format!("{} other roles", roles - 1),
    };
    let message =
        format!("`{}` stands beside its role `{}`, and so do the sections of {others}", first.text, role.written);
    report_level(first, message, role.name_span, first.depth, sink)
        .labels(sections.others.iter().map(|other| cx.family.headings[*other].text_span), "beside its role, too")
        .help(format!("Give the sections one `#` more than their roles have: here `{}`", marks(first.depth + 1)));
}

fn report_repeated(cx: &RuleContext<'_>, repeated: &Repeated, sink: &mut Sink) {
    let heading = &cx.family.headings[repeated.heading];
    let times = match repeated.others.len() {
        1 => "twice".to_owned(),
        others => format!("{} times", others + 1),
    };
    let message = format!("`{}` stands on the page {times}, and never deeper than the roles", heading.text);
    sink.report(heading.text_span, key(&heading.folded), message)
        .labels(repeated.others.iter().map(|other| cx.family.headings[*other].text_span), "here too")
        .help("Give each one `#` more than its role has, or put their text together at the end of the page");
}

fn report_above_others(cx: &RuleContext<'_>, role: usize, first: usize, sink: &mut Sink) {
    let (role, first) = (&cx.family.headings[role], &cx.family.headings[first]);
    let message = format!("`{}` has a higher heading than the other roles", role.text);
    report_level(role, message, first.text_span, first.depth, sink)
        .help(format!("Make it a `{}` heading, and its sections deeper", marks(first.depth)));
}

/// Its sections stand beside it, as they would below it at the depth of the other roles.
fn report_below_others(cx: &RuleContext<'_>, index: usize, first: usize, sink: &mut Sink) {
    let (role, first) = (&cx.family.headings[index], &cx.family.headings[first]);
    let message = format!("`{}` has a deeper heading than the other roles", role.text);
    let finding = report_level(role, message, first.text_span, first.depth, sink);
    offer_depth(first.depth, cx.change_depth(index..index + 1, role.depth, first.depth), finding);
}

fn report_levels_below_role(cx: &RuleContext<'_>, levels: usize, role: usize, sink: &mut Sink) {
    let (levels, role) = (&cx.family.headings[levels], &cx.family.headings[role]);
    // No heading but the title is of level 1.
    let depth = role.depth.saturating_sub(1).max(2);
    let message = format!("`{}` has a deeper heading than the roles that it holds", levels.text);
    report_level(levels, message, role.text_span, role.depth, sink)
        .help(format!("Make it a `{}` heading", marks(depth)));
}

fn report_beside_title(cx: &RuleContext<'_>, levels: usize, sink: &mut Sink) {
    let levels = &cx.family.headings[levels];
    let message = format!("`{}` has the level of the page's title", levels.text);
    sink.report(levels.text_span, key(&levels.folded), message)
        .help("Make it a `##` heading, and give those below it one `#` more");
}

/// The role's heading is no part of the slip: where its sections are too deep, that is another.
fn report_only_in_last_role(
    cx: &RuleContext<'_>,
    placement: &Placement<'_>,
    section: usize,
    depth: u8,
    sink: &mut Sink,
) {
    let Some(last) = cx.family.roles.last() else { return };
    let (heading, roles) = (&cx.family.headings[section], cx.family.roles.len());
    let message = format!("`{}` stands inside `{}`, the last of {roles} roles", heading.text, last.written);
    let finding = sink.report(heading.text_span, key(&heading.folded), message).caption(marks(heading.depth));
    offer_depth(depth, depth_edits(cx, placement, section, depth), finding);
}

fn report_closing(cx: &RuleContext<'_>, sentence: &ClosingSentence<'_>, sink: &mut Sink) {
    let (visible, process) = (cx.tree.visible(sentence.paragraph), sentence.process);
    let message = format!("The closing sentence of `{}` stands below `{}`", process.text, sentence.section.text);
    sink.report(visible.whole(), folded_opening(visible.text()), message)
        .label(process.text_span, "where it belongs")
        .help(format!("Move it to the end of `{}`", process.text));
}

#[cfg(test)]
mod tests {
    use crate::facts::Facts;
    use crate::lint::{Settings, lint};
    use crate::source::Source;

    fn messages(page: &str) -> Vec<String> {
        let found = lint(&Source::new("x.md", page), &Settings::new(Facts::embedded())).diagnostics;
        let found = found.into_iter().filter(|diagnostic| diagnostic.rule == "misplaced-section");
        found.map(|diagnostic| diagnostic.message).collect()
    }

    /// The sections of a role, with so many `#`.
    fn sections(name: &str, grade: &str, others: &str) -> String {
        format!(
            "{grade} {name} Job Grade\n\nThe {name} is a grade 7.\n\n{others} {name} Responsibilities\n\n- Tests\n\n\
             {others} {name} Requirements\n\n- Cares\n\n"
        )
    }

    #[test]
    fn a_role_that_begins_at_a_section_lacks_a_heading() {
        let (analyst, lead) = ("Tax Analyst", "Lead Tax Analyst");
        let first = format!("### {analyst}\n\n{}", sections(analyst, "####", "####"));
        let lost = ["`Lead Tax Analyst` has no heading of its own above its sections"];
        assert_eq!(messages(&format!("{first}{}", sections(lead, "###", "####"))), lost);
        assert_eq!(messages(&format!("{first}{}", sections(lead, "####", "####"))), lost);
        assert_eq!(messages(&format!("{}{}", sections(analyst, "##", "##"), sections(lead, "##", "##"))), [""; 0]);
    }

    #[test]
    fn sections_stand_as_deep_as_those_of_most_roles() {
        let role = |name: &str, marks: &str| format!("### {name}\n\n{}", sections(name, marks, marks));
        let (one, two, three) = (role("Tax Analyst", "####"), role("Tax Lead", "####"), role("Tax Manager", "###"));
        assert_eq!(messages(&format!("{one}{two}{three}")).len(), 3);
        assert_eq!(messages(&format!("{one}{three}")), [""; 0]);
    }

    #[test]
    fn a_section_above_its_siblings_is_told_without_a_role_above_them() {
        let page = "### Job Grade\n\nThe Tax Analyst is a grade 6.\n\n### Responsibilities\n\n- Tests\n\n";
        assert_eq!(
            messages(&format!("{page}## Requirements\n\n- Cares\n")),
            ["`Requirements` stands above `Job Grade`"]
        );
        assert_eq!(messages(&format!("{page}### Requirements\n\n- Cares\n")), [""; 0]);
    }

    #[test]
    fn what_is_taken_in_by_the_heading_before_it_is_told_once() {
        let role = |name: &str| format!("### {name}\n\n{}", sections(name, "####", "####"));
        let (one, two, three) = (role("Tax Analyst"), role("Tax Lead"), role("Tax Manager"));
        let late = format!("## Levels\n\n{one}## Career Ladder\n\nNone.\n\n{two}{three}## Hiring Process\n\n- Call\n");
        assert_eq!(messages(&late), ["`Tax Lead` stands inside `Career Ladder`"]);
        let among =
            format!("## Levels\n\n{one}## Specialties\n\n### Sales Tax\n\nTaxes.\n\n### Career Ladder\n\nNone.\n");
        assert_eq!(messages(&among), ["`Career Ladder` stands inside `Specialties`"]);
        assert_eq!(messages(&format!("# Levels\n\n{one}")), ["`Levels` has the level of the page's title"]);
        assert_eq!(messages(&format!("## Requirements\n\n- Cares\n\n### Levels\n\n{one}")).len(), 1);
    }

    #[test]
    fn what_a_page_does_everywhere_is_told_once() {
        let beside = |name: &str| format!("### {name}\n\n{}", sections(name, "###", "###"));
        let page = format!("## Levels\n\n{}{}{}", beside("Tax Analyst"), beside("Tax Lead"), beside("Tax Manager"));
        let message =
            "`Tax Analyst Job Grade` stands beside its role `Tax Analyst`, and so do the sections of 2 other roles";
        assert_eq!(messages(&page), [message]);
        let deeper = |name: &str| format!("### {name}\n\n{}", sections(name, "####", "####"));
        let hiring = "### Hiring Process\n\n- A call\n\n";
        let (one, two) = (deeper("Tax Analyst"), deeper("Tax Lead"));
        let again = format!("## Levels\n\n{one}{hiring}{two}{hiring}");
        assert_eq!(messages(&again), ["`Hiring Process` stands on the page twice, and never deeper than the roles"]);
        // Each group may have its own.
        let groups = format!("## Analyst Levels\n\n{one}{hiring}## Lead Levels\n\n{two}{hiring}");
        assert_eq!(messages(&groups), [""; 0]);
    }

    #[test]
    fn roles_stand_level_and_below_their_levels() {
        let role = |marks: &str, name: &str| format!("{marks} {name}\n\n{}", sections(name, "####", "####"));
        let (one, two) = (role("###", "Tax Analyst"), role("###", "Senior Tax Analyst"));
        let last = role("##", "Staff Tax Analyst");
        assert_eq!(
            messages(&format!("{one}{two}{last}")),
            ["`Staff Tax Analyst` has a higher heading than the other roles"]
        );
        let base = role("##", "Tax Analyst");
        assert_eq!(messages(&format!("{base}## Levels\n\n{two}{}", role("###", "Tax Lead"))), [""; 0]);
        assert_eq!(messages(&format!("{one}{last}{two}")), [""; 0]);
        assert_eq!(
            messages(&format!("#### Levels\n\n{one}{two}")),
            ["`Levels` has a deeper heading than the roles that it holds"]
        );
        assert_eq!(messages(&format!("### Levels\n\n{one}{two}")), [""; 0]);
    }

    #[test]
    fn a_role_that_is_deeper_than_the_others_is_told_instead_of_its_sections() {
        let role = |marks: &str, name: &str| format!("{marks} {name}\n\n### Responsibilities\n\n- Files\n\n");
        let page = role("##", "Tax Analyst") + &role("##", "Senior Tax Analyst") + &role("###", "Staff Tax Analyst");
        assert_eq!(messages(&page), ["`Staff Tax Analyst` has a deeper heading than the other roles"]);
        // Of two roles nobody can say which is deep enough.
        let page = role("##", "Tax Analyst") + &role("###", "Staff Tax Analyst");
        assert_eq!(messages(&page), [""; 0]);
    }

    #[test]
    fn sections_stand_below_their_specialty() {
        let page = |marks: &str| {
            let role = format!("## Tax Analyst\n\n{}", sections("Tax Analyst", "###", "###"));
            format!("{role}## Specialties\n\n### Customs\n\nDuties.\n\n{marks} Customs Requirements\n\n- Cares\n")
        };
        assert_eq!(messages(&page("###")), ["`Customs Requirements` stands beside `Customs`"]);
        assert_eq!(messages(&page("####")), [""; 0]);
    }

    #[test]
    fn the_closing_sentence_of_the_hiring_process_stands_in_it() {
        let closing = "Additional details about our process are on the [hiring page](/handbook/hiring/).";
        let page = |ladder: &str, process: &str| {
            messages(&format!(
                "## Tax Analyst\n\n{}## Career Ladder\n\nThe next step is open.\n\n{ladder}\n\n{process}\n",
                sections("Tax Analyst", "###", "###")
            ))
        };
        let process = "## Hiring Process\n\n- A call with a recruiter\n- A talk";
        assert_eq!(page(closing, process), ["The closing sentence of `Hiring Process` stands below `Career Ladder`"]);
        for (ladder, process) in [
            ("", format!("{process}\n\n{closing}").as_str()),
            (closing, ""),
            ("More details about the ladder of the hiring team are in the handbook.", process),
            ("Details about our process:\n\n- Hiring", process),
        ] {
            assert_eq!(page(ladder, process), [""; 0], "{ladder}\n{process}");
        }
    }

    #[test]
    fn what_only_the_last_of_several_roles_has_is_everybodys() {
        let role = |name: &str, more: &str| format!("## {name}\n\n{}{more}", sections(name, "###", "###"));
        let (process, none) = ("### Hiring Process\n\n- A call\n\n", "");
        let page = |first: &str, second: &str, last: &str| {
            messages(&(role("Tax Analyst", first) + &role("Senior Tax Analyst", second) + &role("Tax Lead", last)))
        };
        assert_eq!(page(none, none, process), ["`Hiring Process` stands inside `Tax Lead`, the last of 3 roles"]);
        assert_eq!(page(none, process, process), [""; 0]);
        assert_eq!(page(none, process, none), [""; 0]);
        assert_eq!(page(none, none, "### Tax Lead Performance Indicators\n\n- Returns\n\n"), [""; 0]);
        assert_eq!(page(none, none, "## Hiring Process\n\n- A call\n\n"), [""; 0]);
        assert_eq!(messages(&(role("Tax Analyst", none) + &role("Tax Lead", process))), [""; 0]);
    }
}
