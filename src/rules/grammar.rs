use crate::declare_rule;
use crate::diagnostic::Safety;
use crate::facts::{SectionKind, TermKind};
use crate::grammar::{Slip, agreement, articles, combinations, endings, lists, pairs, roles};
use crate::rule::{RuleContext, Sink};
use crate::text::{fold, without_remark};
use crate::wording::FoundTerm;

declare_rule! {
    /// Words that do not go together: a noun without its article, a verb in the wrong form, a sentence that breaks off.
    ///
    /// A reader stumbles over them, and wonders what else was not read twice. Only what words and their neighbours tell with
    /// certainty is reported; where several repairs are possible, look which one was meant.
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// ## Tax Analyst
    ///
    /// ### Responsibilities
    ///
    /// - Prepare the tax returns
    /// - Collaborate with finance team to close the quarter
    /// - Identify and reports the risks
    /// - Answers the questions of auditors in order keep them happy
    /// - Send the files to the
    ///
    /// The next steps for the Tax Analyst is not yet defined.
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// ## Tax Analyst
    ///
    /// ### Responsibilities
    ///
    /// - Prepare the tax returns
    /// - Collaborate with the finance team to close the quarter
    /// - Identify and report the risks
    /// - Answer the questions of auditors in order to keep them happy
    /// - Send the files to the auditors
    ///
    /// The next steps for the Tax Analyst are not yet defined.
    /// ```
    "grammar", Prose, Info, fix: Unsafe; check
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    let (prose, facts) = (cx.prose(), &cx.facts.grammar);
    let mut slips = odd_bullets(cx);
    // Of a bullet with another form than the others, all verbs are to be changed.
    let odd: Vec<_> = slips.iter().map(|slip| slip.block.node).collect();
    let of_terms = cx.wording().terms().iter().filter_map(|found| slip_of(cx, found));
    let others = of_terms.chain(pairs::unlike_verbs(prose, facts));
    let others = others.chain(roles::subjects(prose, role_names(cx), facts));
    let others = others.filter(|slip| !odd.contains(&slip.block.node)).collect::<Vec<_>>();
    slips.extend(others);
    slips.extend(endings::broken_off(cx.source, cx.tree, prose, facts));
    for slip in slips {
        report(cx, slip, sink);
    }
}

fn role_names<'c>(cx: &'c RuleContext<'_>) -> impl Iterator<Item = &'c str> {
    let roles = cx.family.roles.iter().filter(|role| role.name.has_role_noun(&cx.facts.levels));
    roles.map(|role| without_remark(&role.written))
}

fn odd_bullets<'c, 'a>(cx: &'c RuleContext<'a>) -> Vec<Slip<'c, 'a>> {
    let sections = cx.family.sections.iter().enumerate();
    let duties = sections.filter(|(_, section)| section.kind == SectionKind::Responsibilities);
    let mut slips = Vec::new();
    for bullets in duties.map(|(index, _)| cx.bullets().of(index)) {
        lists::odd_forms(cx.prose(), &cx.facts.grammar, cx.bullets(), bullets, &mut slips);
    }
    slips
}

fn slip_of<'c, 'a>(cx: &'c RuleContext<'a>, found: &FoundTerm) -> Option<Slip<'c, 'a>> {
    let (prose, facts) = (cx.prose(), &cx.facts.grammar);
    match found.kind {
        TermKind::BareNoun(row) => {
            let noun = &facts.bare_nouns[row];
            articles::missing(prose, cx.facts, found, noun).or_else(|| agreement::of_team(prose, facts, found))
        }
        TermKind::Unit(row) if !cx.facts.terms.rows().units[row].is_plural => agreement::of_number(prose, facts, found),
        TermKind::Subject(row) => agreement::disagreement(prose, facts, found, &facts.subjects[row]),
        TermKind::Combination(row) => combinations::wrong(prose, facts, found, &facts.combinations[row]),
        TermKind::VerbPhrase(row) => combinations::before_verb(prose, facts, found, &facts.verb_phrases[row]),
        TermKind::Unstopped(row) if cx.facts.terms.rows().unstopped[row].right == "etc." => {
            combinations::doubly_joined(prose, found).or_else(|| combinations::open_ended(prose, found))
        }
        TermKind::Article => articles::with_plural(prose, facts, found),
        TermKind::Each => articles::each_of_several(prose, facts, found),
        TermKind::ReportsTo => articles::before_title(prose, facts, found),
        TermKind::Counter => articles::counted(prose, facts, found),
        TermKind::BareSubject => articles::bare_subject(prose, facts, found),
        _ => None,
    }
}

fn report(cx: &RuleContext<'_>, slip: Slip<'_, '_>, sink: &mut Sink) {
    let block = slip.block;
    let key = fold(&block.text()[slip.range.clone()]);
    let finding = sink.report(block.span(slip.range.clone()), key, slip.message).help(slip.help);
    if let Some(repair) = slip.repair.filter(|_| block.is_verbatim(cx.source, slip.range)) {
        finding.fix(Safety::Unsafe, repair.title, block.span(repair.range), repair.text);
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Diagnostic;
    use crate::facts::{Facts, VerbForm};
    use crate::source::Source;

    fn findings(markdown: &str) -> Vec<Diagnostic> {
        super::RULE.findings(&Source::new("x.md", markdown))
    }

    fn keys(markdown: &str) -> Vec<String> {
        findings(markdown).into_iter().map(|finding| finding.key).collect()
    }

    fn list(bullets: &[&str]) -> String {
        let bullets = bullets.iter().map(|bullet| format!("- {bullet}\n"));
        ["## Responsibilities\n\n".to_owned()].into_iter().chain(bullets).collect()
    }

    #[test]
    fn each_example_of_a_row_is_found() {
        let facts = Facts::embedded();
        let places = facts.grammar.bare_nouns.iter().flat_map(|row| &row.places).map(|place| &place.example);
        let subjects = facts.grammar.subjects.iter().map(|row| &row.example);
        let plurals = facts.grammar.plurals.iter().map(|row| &row.example);
        let counted = facts.grammar.counted.examples.iter();
        for example in places.chain(subjects).chain(plurals).chain(counted) {
            assert_eq!(keys(example).len(), 1, "{example}");
        }
        for row in &facts.grammar.combinations {
            let (before, after) = (row.after.first(), row.before.first());
            let [before, after] = [before, after].map(|word| word.map_or("", String::as_str));
            assert_eq!(keys(&format!("{before} {} {after} x", row.wrong)).len(), 1, "{}", row.wrong);
        }
        let phrases = facts.grammar.verb_phrases.iter();
        for (row, form) in phrases.flat_map(|row| row.verbs.iter().map(move |form| (row, form))) {
            let verb = match form {
                VerbForm::Base => "maintain",
                VerbForm::Third => "maintains",
                VerbForm::Ing => "maintaining",
            };
            let before = row.after.first().map_or("", String::as_str);
            assert_eq!(keys(&format!("{before} {} {verb} it", row.wrong)), [format!("{} {verb}", row.wrong)]);
        }
    }

    #[test]
    fn a_role_as_a_subject_has_its_article_and_a_verb_for_one() {
        let role = |name: &str| format!("## {name}\n\n### Responsibilities\n\n- Own the plan\n\n");
        let roles = role("Tax Manager") + &role("Director, Legal (EMEA)");
        let slips = |text: &str| keys(&format!("{roles}## Hiring Process\n\n{text}\n")).join(" ");
        for (wrong, slip) in [
            ("Tax Manager is a grade 8.", "tax manager"),
            ("[Tax Manager](#tax) reports to the CFO.", "tax manager"),
            ("Director, Legal leads the team.", "director, legal"),
            ("The Tax Manager share the duties of the Clerk.", "share"),
            ("The Director, Legal are grade 10.", "are"),
            ("Tax Manager are grade 10.", "are"),
            ("The Tax Manager, reports to the CFO.", "tax manager, reports"),
            ("The Tax Manager reports to the Director, Legal and manage a team.", "manage"),
        ] {
            assert_eq!(slips(wrong), slip, "{wrong}");
        }
        for right in [
            "The Tax Manager is a grade 8.",
            "A Tax Manager owns the plan.",
            "The Tax Manager and the Director, Legal share the duties.",
            "Tax Manager reports are due on Monday.",
            "The Tax Manager, who reports to the CFO, leads. The Director, Legal, reports to the CFO.",
            "The Director, Legal, reports to the CFO.",
            "The Tax Manager reports to the VP of Tax and manages a team. The Tax Manager reports to the VP and will lead it.",
            "The Tax Manager reports to the VP and works to plan and manage it.",
            "The Tax Manager work is new.",
            "Tax Managers are hired in May.",
            "The Tax Manager's are new.",
            "- Tax Manager is informed",
            "Tax Manager",
            "\"Tax Manager\" is the title.",
        ] {
            assert_eq!(slips(right), "", "{right}");
        }
    }

    #[test]
    fn a_noun_without_an_article_is_found_where_it_ends_its_phrase() {
        for (wrong, slip) in [
            ("Work with product team to plan", "with product team"),
            ("Able to work in fast-paced, agile environment", ""),
            ("Perform in fast-moving startup environment.", "in fast-moving startup environment"),
            ("Work with [Tax team](/tax/) on it", "with tax team"),
            ("Set goals for team of ten", "for team"),
            ("Consistent with Company's values", "with company's"),
            ("Learn to evaluate team\u{2019}s work", "evaluate team's"),
            ("The Clerk reports to Manager, Tax.", "to manager"),
            ("The Clerk reports to Senior Director, Tax.", "to senior director"),
            ("The Clerk reports to Sr. Manager, Tax.", "to sr. manager"),
            ("A degree in related field or equivalent experience", "in related field"),
            ("Candidate should know the law", "candidate"),
            ("Selected candidate will know the law", "selected candidate"),
            ("Next, candidate will know the law", "candidate"),
            ("Experience working as product designer in a team", "as product designer"),
        ] {
            assert_eq!(keys(wrong).join(" "), slip, "{wrong}");
        }
        for right in [
            "Work with the product team to plan, in team meetings, with team members, across team and company borders",
            "With our team to, with their own team to, with each team to, with product and design team to, in your role.",
            "Any type of organization, 20% of team time, budgets by department, from team to team, within GitLab's team.",
            "The Chief of Staff team to, the design and build team of ten, the deploy team's customer, a lead team of five",
            "The team is, Build team culture, in process of, a sales and marketing process, as a member of the team.",
            "## Work with product team",
            "| Work with product team |\n| --- |\n| within team |",
            "Present reports to Director and above. Reports to VP level, at team, company and department level.",
            "Reports to Director-level managers, and reports to managers. Candidates should know it, as the candidate should.",
        ] {
            assert_eq!(keys(right), [""; 0], "{right}");
        }
    }

    #[test]
    fn the_repair_inserts_the_article() {
        let repair = |markdown| {
            let fix = findings(markdown).remove(0).fixes.into_iter().next();
            fix.map(|fix| fix.edits.into_iter().map(|edit| edit.replacement).collect::<String>())
        };
        assert_eq!(repair("Work with product team to plan").as_deref(), Some("the "));
        assert_eq!(repair("Answer in effective manner").as_deref(), Some("an "));
        assert_eq!(repair("Answer in timely manner").as_deref(), Some("a "));
        assert_eq!(repair("Answer in unique manner").as_deref(), Some("a "));
        assert_eq!(repair("Answer in historic manner"), None);
    }

    #[test]
    fn each_is_one() {
        assert_eq!(
            keys("Publish it in each quarters. Check every deliverables."),
            ["each quarters", "every deliverables"]
        );
        let right = "Each team is, each quarter teams are asked, each of the teams, every 6 months, every two weeks, every few days, \
            each team's tools, each systems engineer, every skills matrix.";
        assert_eq!(keys(right), [""; 0]);
    }

    #[test]
    fn a_plural_has_no_indefinite_article() {
        assert_eq!(keys("They have a 50-minute interviews with us"), ["a 50-minute interviews"]);
        assert_eq!(keys("A call with a senior recruiters."), ["a senior recruiters"]);
        for right in [
            "A few teams, a great many skills, a dozen engineers, a hiring manager interviews in person",
            "A number of teams, a set of skills, a customer's goals, G&A roles, a skills matrix, a tools team",
        ] {
            assert_eq!(keys(right), [""; 0]);
        }
    }

    #[test]
    fn several_things_have_a_plural() {
        assert_eq!(keys("A call with two additional GitLab team member."), ["two additional gitlab team member"]);
        assert_eq!(keys("Mentor other designer."), ["other designer"]);
        for right in [
            "A designer or other specialist, any other tool, one other team, the other manager. Other team members, other system tools",
            "Two team members, several manager interviews, a two step process, three month project, two-way system, two of a role",
            "A variety of team and product goals, level two engineer, a top five company, the Big Four company, four eyes process.",
            "Multiple product areas, several system-level tools. Two managers in a system. Three customer's goals.",
        ] {
            assert_eq!(keys(right), [""; 0], "{right}");
        }
    }

    #[test]
    fn a_verb_has_the_form_of_the_verbs_around_it() {
        for (bullet, slip) in [
            ("Identifies and create the plan", "create"),
            ("Plan and executes it", "executes"),
            ("Conduct reviews and makes recommendations", "makes"),
            ("Collect data, apply a test and proposes a change", "proposes"),
            ("Train and onboard writers, and conducts reviews", "conducts"),
            ("Establish, monitors, and improve controls", "monitors"),
            ("Manage, develop, and hires writers", "hires"),
            ("Build, motivating, and manage a team", "motivating"),
        ] {
            assert_eq!(keys(&format!("- {bullet}")), [slip]);
        }
        for right in [
            "Plan and review the releases, lead the tests and reports",
            "Design, develop, and reviews with the team; it helps",
            "Build, test, and reviews. Plan, research, and hiring plans",
            "Create, including tests, plans. Lead, coaching where needed, the team",
            "Find out what works and provides value; the role plans and provides it",
            "Ensure the team meets its goals and makes progress",
            "Coach a team that grows and provides value",
            "Sales and create it. Leads and design sprints",
            "Answer calls (it helps) and makes it easy",
            "Support the teams and answer what is asked",
        ] {
            assert_eq!(keys(&format!("- {right}")), [""; 0], "{right}");
        }
    }

    #[test]
    fn a_bullet_that_extends_others_has_its_own_form() {
        let extends = "## Levels\n\n### Tax Clerk\n\n#### Responsibilities\n\n- Extends the Clerk responsibilities\n- Creates it\n\
            - Handle it\n- Ensure it\n- Provide it\n- Adapt it\n- A tidy desk\n";
        assert_eq!(keys(extends), ["creates"]);
    }

    #[test]
    fn a_bullet_has_the_form_of_the_others() {
        let usual = ["Plan the work", "Create a plan", "Ensure it is done", "Provide help", "Coordinate events"];
        let with = |odd: &str| keys(&list(&[&usual[..], &[odd]].concat()));
        assert_eq!(with("Conducts interviews"), ["conducts"]);
        assert_eq!(with("Providing help"), ["providing"]);
        assert_eq!(with("Leads the team"), ["leads"]);
        assert_eq!(with("Proactively seeks advice"), ["seeks"]);
        for right in [
            "Ensuring quality is our work",
            "Operating systems",
            "Leads from events",
            "Reports for the board",
            "Planning: the year",
            "Training of others",
            "A clear mind",
        ] {
            assert_eq!(with(right), [""; 0], "{right}");
        }
        let mixed =
            ["Plans the work", "Create a plan", "Ensures it is done", "Provide help", "Coordinates", "Conducts"];
        assert_eq!(keys(&list(&mixed)), [""; 0]);
        assert_eq!(
            keys(&list(&["Plans the work", "Creates a plan", "Ensures it", "Provides help", "Improve it"])),
            ["improve"]
        );
        // Below another bullet, what it says goes on.
        let nested = "- Plan it\n- Create it\n- Ensure it\n- Provide it:\n  - Conducts it\n- Coordinate it\n";
        assert_eq!(keys(nested), [""; 0]);
    }

    #[test]
    fn a_verb_has_the_number_of_its_subject() {
        for (wrong, verb) in [
            ("The next steps for the Tax Analyst job family is not yet defined.", "is"),
            ("Next steps has not been defined.", "has"),
            ("The next step for the role are open.", "are"),
        ] {
            assert_eq!(keys(wrong), [verb]);
        }
        for right in [
            "The next steps for the Clerk are open. The next step is open. Next steps: the team is growing.",
            "The next steps, which the team has, are open. One of the next steps is open.",
            "The next steps Anna has taken are open. More details your recruiter has shared are below.",
            "The next steps for a person who has it are open. The next steps will be what is right.",
        ] {
            assert_eq!(keys(right), [""; 0], "{right}");
        }
    }

    #[test]
    fn a_team_and_a_number_go_with_their_own_forms() {
        for (wrong, slip) in [
            ("The procurement team ensure that it is done.", "ensure"),
            ("Our Tax team provide help", "provide"),
            ("A call that takes 60 minute.", "minute"),
            ("Hold 3 year of experience", "year"),
            ("Experience with Excel, Jira and Slack are a plus", "are"),
            ("Knowledge of the law are required.", "are"),
        ] {
            assert_eq!(keys(wrong).join(" "), slip, "{wrong}");
        }
        for right in [
            "The tools help GitLab's team ensure it. The tools help Tax team provide it. Help the team ensure it. The better the team ensure it. The team ensures it. The team help-desk. The teams ensure it.",
            "A call of 1 hour. Be on Level 2 day. A 24 hour to 48 hour window, 3-5 minute. A 60 minute call, 1.5 hour. Every 5 minute.",
            "Experience with tools the teams are required to use, that are a plus. Experience with Excel and knowledge of Jira are a plus.",
            "Experience with Excel is a plus. Experience with systems where ledgers are a must.",
        ] {
            assert_eq!(keys(right), [""; 0], "{right}");
        }
    }

    #[test]
    fn a_sentence_does_not_end_with_a_determiner() {
        assert_eq!(keys("- Send it to the\n- Plan it with your.\n- Plan"), ["the", "your"]);
        let right = "Send it to the\n\n- team\n- board\n\nPlan it with your `x`.\n\n- Work with the\n\n  team\n\nTHE";
        assert_eq!(keys(right), [""; 0]);
    }

    #[test]
    fn a_verb_has_the_form_that_goes_with_the_words_before_it() {
        let help = |markdown: &str| findings(markdown).into_iter().map(|finding| finding.help).collect::<String>();
        assert_eq!(help("- Proficiency to communicate"), "Write `Proficiency in communicating`");
        assert_eq!(help("Tools enable them provide it"), "Write `enable them to provide`");
        assert_eq!(help("- Ability to leads a team"), "Write `Ability to lead`");
        assert_eq!(help("- Able to maintaining it"), "Write `Able to maintain`");
        assert_eq!(help("A bug that doesn't requires work"), "Write `doesn't require`");
        let right = "Ability to lead, ability to design reviews, in order to meetings, able to plans, a plan. \
            What it does not: works alone. Should drives fail, the clerk must know.";
        assert_eq!(keys(right), [""; 0]);
        let right = "Proficiency to date, the user experience of maintaining it, responsible to the board, able to maintain it, \
            experience of managing it, assist developing teams, assist maintaining. Committed to support, dedicated to plans.";
        assert_eq!(keys(right), [""; 0]);
        assert_eq!(keys("Contribute to make-or-buy decisions, prove compliance to auditors."), [""; 0]);
        let right = "Experience in help desk software, in install base growth, in lead generation. Responsible for support, help \
            center content and research. Ways support teams work, new ways teams work, able leaders. Tools that are comfortable \
            to use, colleagues who are comfortable to work with. The needs to be met, how to guides, how to plans, wants to.";
        assert_eq!(keys(right), [""; 0]);
        let right = "Responsible for complete records and select accounts, committed to complete openness, capable of aggregate views.";
        assert_eq!(keys(right), [""; 0]);
        assert_eq!(help("- Responsible for complete the records"), "Write `Responsible for completing`");
        assert_eq!(help("- Experience in give talks"), "Write `Experience in giving`");
        assert_eq!(help("- Look for ways improve it"), "Write `ways to improve`");
        assert_eq!(help("- Comfortable to present the plan"), "Write `Comfortable presenting`");
    }

    #[test]
    fn what_is_named_in_full_has_no_more() {
        assert_eq!(keys("Use tools (i.e., chat, mail, etc.) and tools (ie. x, etc)."), ["i.e.", "ie."]);
        let right = "Use tools (i.e., mail), chat, etc., (e.g. mail, etc.), i.e. all (chat, etc.).";
        assert_eq!(keys(right), [""; 0]);
    }

    #[test]
    fn what_is_more_is_joined_once() {
        assert_eq!(keys("Know the GDPR, the CCPA, and etc"), ["and etc"]);
        assert_eq!(keys("Charts (slides or etc.) and \"and\", etc. And etcetera, candid etc."), ["or etc"]);
    }

    #[test]
    fn a_combination_is_wrong_with_its_own_words_only() {
        let right = "A bachelor's degree, a Master\u{2019}s degree, and/or, in order to provide it, the ability to manage it, an able \
            manager, in order. Compliance to: the law. Knowledge on how. Marketing communications skills. Docs are up to date \
            in the handbook, a few thousand of our customers use them, the expert of choice shares knowledge on GitLab.";
        assert_eq!(keys(right), [""; 0]);
        let right = "The writer knows whom to ask and whom we serve, with whom will she write. Someone like you has it. ARR is plus \
            or minus 5, such as percentage of revenue. It serves a purpose, serves a community, acts as role models do. There \
            will be interview rounds, and interview-based tests. Schedule interviews, interview times, a schedule.";
        assert_eq!(keys(right), [""; 0]);
    }
}
