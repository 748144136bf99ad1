use std::ops::Range;

use crate::declare_rule;
use crate::diagnostic::Safety;
use crate::facts::{MisspeltWord, PhrasalVerb, TermKind};
use crate::prose::{BlockKind, Shape, WordAt, WordId};
use crate::rule::{RuleContext, Sink};
use crate::spelling::is_number_word;
use crate::text::{fold, listed, match_cases};
use crate::word_hash::hash_of;
use crate::wording::misplaced::misplaced_words;
use crate::wording::{FoundTerm, Misspelling, Spelling, may_be_right};

declare_rule! {
    /// A word is misspelt.
    ///
    /// Candidates read a job page as a sample of how the company works. Found are words that people are known to
    /// misspell, and words that no list has and that are a slip away from one that job pages use often, from the name of
    /// a product, or from another word of the page; two words without a blank between (`valuesand`), a stray capital
    /// (`pProgram`), a word that is confused with another (`in it's plan`, `provide advise`), and one that cannot be
    /// meant in the name of a role (`Senior Date Engineer`). Acronyms, names, words that anybody forms anew
    /// (`upskilling`), addresses and code are left alone.
    ///
    /// Where several words may be meant nothing is changed by itself. In a heading the page's own links to it are changed
    /// too; where they cannot be, nor is the heading.
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// ### Responsibilities
    ///
    /// - Recieve and answer the tickets of customers
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// ### Responsibilities
    ///
    /// - Receive and answer the tickets of customers
    /// ```
    "typo", Prose, Warning, fix: Safe, yields_to: ["misspelt-section", "brand-case"]; check
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    let misspelt = cx.wording().spellings().iter().filter_map(|found| match &found.spelling {
        Spelling::Misspelt(misspelling) => Some((found.at, &**misspelling)),
        _ => None,
    });
    let misspelt: Vec<(WordId, &Misspelling)> = misspelt.filter(|(id, _)| !may_be_right(cx.prose().at(*id))).collect();
    let misplaced = misplaced_words(cx.prose(), cx.family);
    // A word that is misspelt anywhere is so in a role's name, too.
    let is_told = |id: WordId| {
        misspelt.iter().any(|(told, _)| *told == id) || cx.wording().terms().iter().any(|term| is_at(term, id))
    };
    let misplaced = misplaced.iter().filter(|found| !is_told(found.at)).map(|found| (found.at, &found.misspelling));
    for (id, misspelling) in misspelt.iter().copied().chain(misplaced) {
        let word = cx.prose().at(id);
        report(cx, &Wrong { first: word, last: word, range: word.stem_range() }, misspelling, sink);
    }
    for found in cx.wording().terms() {
        match found.kind {
            TermKind::Misspelt(row) => check_term(cx, found, &cx.facts.terms.rows().misspelt[row], sink),
            TermKind::Phrasal(row) => check_phrasal(cx, found, &cx.facts.terms.rows().phrasal.verbs[row], sink),
            _ => {}
        }
    }
}

/// Whether a term that is wrong wherever it stands begins with a word.
fn is_at(term: &FoundTerm, id: WordId) -> bool {
    matches!(term.kind, TermKind::Misspelt(_)) && term.block == id.block && term.words.start == id.word
}

fn check_term(cx: &RuleContext<'_>, found: &FoundTerm, row: &MisspeltWord, sink: &mut Sink) {
    let is_wrong = || row.is_wrong_between(found.before(cx.prose()).as_deref(), found.after(cx.prose()).as_deref());
    let (first, last) = (found.first(cx.prose()), found.last(cx.prose()));
    if is_written_so(cx, found, row) && is_wrong() && !may_be_right(first) {
        let end = if row.wrong.ends_with("'s") { last.word().range().end } else { last.stem_range().end };
        let wrong = Wrong { first, last, range: first.word().range().start..end };
        report(cx, &wrong, &Misspelling { right: row.right.clone(), is_sure: true }, sink);
    }
}

/// `to setup the plan`, `Break-down the goals`: a noun where the verb is meant.
fn check_phrasal(cx: &RuleContext<'_>, found: &FoundTerm, row: &PhrasalVerb, sink: &mut Sink) {
    let (block, range) = found.place(cx.prose());
    let is_noun = !block.text()[range.clone()].contains(' ') && !block.text()[..range.start].ends_with(['-', '/']);
    let (first, last) = (found.first(cx.prose()), found.last(cx.prose()));
    if is_noun && block.kind != BlockKind::Heading && is_verb(cx, found, row) {
        let wrong = Wrong { first, last, range };
        report(cx, &wrong, &Misspelling { right: vec![row.verb.clone()], is_sure: true }, sink);
    }
}

/// Whether what stands beside a word makes it a verb.
fn is_verb(cx: &RuleContext<'_>, found: &FoundTerm, row: &PhrasalVerb) -> bool {
    let verbs = &cx.facts.terms.rows().phrasal;
    let (first, last) = (found.first(cx.prose()), found.last(cx.prose()));
    let next = last.after().filter(|next| next.gap_before() == " ");
    let has_determiner = next.is_some_and(|next| cx.facts.grammar.determiners.contains(next.word().hash));
    let opens_object = || next.is_some_and(|next| verbs.opens_object.contains(&fold(next.written())));
    let Some(before) = first.before().filter(|_| first.gap_before() == " ") else {
        return first.at == 0 && has_determiner;
    };
    if row.is_participle && verbs.auxiliaries.iter().any(|word| word == before.written()) {
        return next.is_some_and(|next| cx.facts.grammar.prepositions.contains(next.word().hash));
    }
    if before.written() != "to" {
        return has_determiner && verbs.after.contains(&fold(before.written()));
    }
    let governor = before.before().map(|governor| fold(governor.written()));
    let is_in = |list: &[String]| governor.as_ref().is_some_and(|governor| list.contains(governor));
    is_in(&verbs.wants_verb) || (has_determiner || opens_object()) && !is_in(&verbs.wants_noun)
}

/// Terms are found whether a word has a possessive `'s` or not: of these, "it's" is all that is wrong.
fn is_written_so(cx: &RuleContext<'_>, found: &FoundTerm, row: &MisspeltWord) -> bool {
    let words = &found.first(cx.prose()).words[found.words.clone()];
    let mut wrong = row.wrong.split(' ').zip(words);
    wrong.all(|(wrong, word)| !wrong.ends_with("'s") || word.stem != word.hash)
}

/// What is misspelt: a word, or a term of several.
struct Wrong<'p, 'a> {
    first: WordAt<'p, 'a>,
    last: WordAt<'p, 'a>,
    /// In bytes of the block's text; a possessive `'s` is part of it only where that is what is wrong.
    range: Range<usize>,
}

fn report(cx: &RuleContext<'_>, wrong: &Wrong<'_, '_>, misspelling: &Misspelling, sink: &mut Sink) {
    let (block, range) = (wrong.first.block, &wrong.range);
    let written = &block.text()[range.clone()];
    // A capital that strayed is what is wrong.
    let keeps_case = wrong.first.word().shape != Shape::Mixed;
    let cased = |right: &String| if keeps_case { match_cases(written, right) } else { right.clone() };
    let mut right: Vec<String> = misspelling.right.iter().map(cased).collect();
    if wrong.first.at == 0 {
        // "Assit with the audit": a bullet begins with its verb, whatever noun is as near.
        right.sort_by_key(|word| cx.facts.grammar.verbs.get(hash_of(&fold(word))).is_none());
    }
    let also = if block.kind == BlockKind::Heading { "; links to the old heading need the new one too" } else { "" };
    // Of several words each may be spelt right.
    let what = if written.contains(' ') { "looks like a slip" } else { "is misspelt" };
    let mut finding = sink
        .report(block.span(range.clone()), fold(written), format!("`{written}` {what}"))
        .help(format!("Write {}{also}", listed(&right)));
    let is_near = matches!(right.as_slice(), [only] if is_other_form(written, only));
    if is_two_numbers(&right) {
        finding.help("Keep the number that is meant");
        return;
    }
    if is_near || !block.is_verbatim(cx.source, range.clone()) {
        return;
    }
    for correction in &right {
        let (safety, edits) = cx.rewording(block, range.clone(), correction);
        let safety = if misspelling.is_sure && is_plain(wrong, correction) { safety } else { Safety::Unsafe };
        finding = finding.fix_edits(safety, format!("Change it to `{correction}`"), edits);
    }
}

/// Endings that a misspelling and what was meant have in common.
const ENDINGS: [&str; 4] = ["s", "ing", "ed", "ly"];

/// "practies" for "practices" has "practice" as its correction: near what was meant, but it is not the word.
fn is_other_form(written: &str, correction: &str) -> bool {
    let (written, correction) = (fold(written), fold(correction));
    ENDINGS.iter().any(|ending| written.ends_with(ending) && !correction.ends_with(ending))
}

/// "threetwo": a number was corrected, and the old one stayed.
fn is_two_numbers(right: &[String]) -> bool {
    matches!(right, [only] if only.contains(' ') && fold(only).split(' ').all(is_number_word))
}

/// A word that would then stand twice, and one of another form are no safe repair.
fn is_plain(wrong: &Wrong<'_, '_>, correction: &str) -> bool {
    let hash = hash_of(&fold(correction));
    let beside = [wrong.first.before(), wrong.last.after()];
    let twice = beside.into_iter().flatten().any(|beside| beside.word().hash == hash);
    !twice && !is_other_form(wrong.last.stem(), correction)
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::{Diagnostic, Safety};
    use crate::facts::Facts;
    use crate::lint::{Settings, lint};
    use crate::source::Source;

    fn findings(markdown: &str) -> Vec<Diagnostic> {
        let mut found = lint(&Source::new("x.md", markdown), &Settings::new(Facts::embedded())).diagnostics;
        found.retain(|diagnostic| diagnostic.rule == "typo");
        found
    }

    fn replacement(diagnostic: &Diagnostic) -> Option<&str> {
        Some(diagnostic.applicable_fix(Safety::Safe)?.edits.first()?.replacement.as_str())
    }

    #[test]
    fn acronyms_names_and_parts_of_compounds_are_left_alone() {
        let right =
            "TEH HSA of Wil van Dyke, synopsys, [teh](teh.md) is `teh`; gitlab.com/teh, teh_x, cris-cross, 5 thm. A";
        let found = findings(right);
        assert_eq!(found.len(), 1, "{found:#?}");
        assert_eq!(replacement(&found[0]), Some("the"));
    }

    #[test]
    fn a_possessive_and_the_case_are_kept() {
        let found = findings("The Managment’s plan");
        assert_eq!(replacement(&found[0]), Some("Management"));
    }

    #[test]
    fn several_corrections_are_several_fixes() {
        let found = findings("Manage personel");
        assert_eq!(found[0].fixes.len(), 2);
        assert_eq!(found[0].help, "Write `personnel` or `personal`");
    }

    #[test]
    fn a_heading_is_changed_together_with_the_links_to_it() {
        let source = "See [below](#tax-managment).\n\n## Tax Managment\n\n## Other Managment";
        let found = findings(source);
        let edits = &found[0].applicable_fix(Safety::Safe).unwrap().edits;
        let replacements: Vec<&str> = edits.iter().map(|edit| edit.replacement.as_str()).collect();
        assert_eq!(replacements, ["#tax-management", "Management"]);
        assert_eq!(found[0].help, "Write `Management`; links to the old heading need the new one too");
        assert_eq!(replacement(&found[1]), Some("Management"));
    }

    #[test]
    fn a_heading_whose_links_cannot_follow_is_not_changed_by_itself() {
        let twice = findings("[x](#managment), [y](#managment-1)\n\n## Managment\n\n## Managment");
        assert_eq!(twice.iter().map(replacement).collect::<Vec<_>>(), [None, None]);
        let taken = findings("[x](#managment)\n\n## Managment\n\n## Management");
        assert_eq!(taken.iter().map(replacement).collect::<Vec<_>>(), [None]);
    }

    #[test]
    fn a_noun_is_told_where_its_verb_is_meant() {
        for row in &Facts::embedded().terms.rows().phrasal.verbs {
            let joined = row.verb.replace(' ', "-");
            for wrong in
                [format!("- {} the plan", row.noun), format!("Able to {joined} plans"), format!("and {joined} our x")]
            {
                assert_eq!(findings(&wrong).len(), 1, "{wrong}");
            }
        }
        for right in [
            "Prior to setup, to startup companies, due to roll-out of it, to follow-up questions, contribute to setup and rollout",
            "Set up the plan, a follow-up to the plan, after set-up, the team. A well-set-up the-x. Follow-up with them.",
            "## Setup the plan",
        ] {
            assert_eq!(findings(right), [], "{right}");
        }
        assert_eq!(replacement(&findings("Setup the plan")[0]), Some("Set up"));
        assert_eq!(
            findings("They are setup for success. It was the setup for it, and they are backup for us.").len(),
            1
        );
    }

    fn told(markdown: &str) -> Vec<String> {
        findings(markdown).into_iter().map(|diagnostic| format!("{}: {}", diagnostic.key, diagnostic.help)).collect()
    }

    #[test]
    fn near_misses_of_usual_words_are_told() {
        assert_eq!(
            told("Help to eliver the Inititated results, efficienciency."),
            ["eliver: Write `deliver`", "inititated: Write `Initiated`", "efficienciency: Write `efficiency`",]
        );
        assert_eq!(
            told("Show valuesand successManage of the pProgram with Zoura"),
            [
                "valuesand: Write `values and`",
                "successmanage: Write `success Manage`",
                "pprogram: Write `Program`",
                "zoura: Write `Zuora`",
            ]
        );
    }

    #[test]
    fn a_word_of_the_page_is_evidence() {
        assert_eq!(told("Read every codicil, and each codicyl"), ["codicyl: Write `codicil`"]);
        assert_eq!(told("Read every codicil, the codicyl and a codicyl").len(), 2, "a copied slip is one");
        assert_eq!(told("Track the ROl, as the ROI is high"), ["rol: Write `ROI`"]);
    }

    #[test]
    fn a_copied_slip_is_a_slip() {
        let lines = "- Help the partnres\n".repeat(6);
        assert_eq!(told(&lines), vec!["partnres: Write `partners`"; 6]);
        assert_eq!(told(&"## Partnres\n\nPartnres come first\n\n".repeat(3)).len(), 6, "no name stands so");
        let named = "- Set up Marketa for sales, with Marketa of Marketa\n";
        assert_eq!(told(named), [""; 0], "a name stands so");
        assert_eq!(told("- Deploy promitor, run promitor, love promitor\n"), [""; 0]);
    }

    #[test]
    fn a_term_is_a_term_however_often_it_stands() {
        assert_eq!(told(&"- Deploy the serde\n".repeat(700)), [""; 0]);
    }

    #[test]
    fn what_follows_a_title_is_a_name() {
        assert_eq!(told("Ask Ms. Mannager-Lopez, Mr. Reporto, Dr Accouting and Prof. Ana Maria Managment"), [""; 0]);
        assert_eq!(told("Ask a Managment").len(), 1);
    }

    #[test]
    fn names_and_new_words_are_no_slips() {
        let right = "Use Vimeo, Sisense and Workiva. Upskilling, dashboarding, the topline and LeSS for SMEs at eCo. KPIs\n\n## Meltani";
        assert_eq!(told(right), [""; 0]);
        assert_eq!(
            told("Run serves. The serde, a serde and one more serde"),
            [""; 0],
            "meant, since it stands so often"
        );
    }

    #[test]
    fn a_word_that_cannot_be_meant_in_the_name_of_a_role_is_told() {
        let page = "---\ntitle: Data\n---\n\n## Levels\n\n### Senior Data Engineer\n\n#### Senior Data Engineer Requirements\n\n\
            - The Senior Date Engineer plans the date.";
        assert_eq!(told(page), ["date: Write `Data`"]);
        let page =
            page.replace("Senior Date", "Senior Dtaa").replace("## Levels\n", "## Levels\n\nThe Data Enginere helps\n");
        assert_eq!(told(&page), ["enginere: Write `Engineer`", "dtaa: Write `Data`"], "once each");
        assert_eq!(
            told("A Principle Engineer shows though leadership."),
            ["principle engineer: Write `Principal Engineer`", "though leadership: Write `thought leadership`",]
        );
    }

    #[test]
    fn what_may_be_a_new_word_is_not_changed_by_itself() {
        let safe =
            |page: &str| findings(page).iter().map(|found| replacement(found).map(str::to_owned)).collect::<Vec<_>>();
        assert_eq!(safe("Plan the manaagement"), [Some("management".to_owned())]);
        assert_eq!(safe("Plan the managwement, and read of kaleidoscpe"), [None, None]);
        assert_eq!(told("Plan the kmanagement and the zanagement"), [""; 0], "made of a word with another start");
    }

    #[test]
    fn of_two_numbers_run_together_only_one_is_meant() {
        let found = findings("Then schedule threetwo interviews");
        assert_eq!((found.len(), found[0].fixes.len()), (1, 0));
    }

    #[test]
    fn a_bullet_begins_with_a_verb() {
        assert_eq!(findings("- Assit with the audit")[0].help, "Write `Assist` or `Asset`");
    }

    #[test]
    fn a_correction_of_another_form_is_not_made_by_itself() {
        assert_eq!(findings("Adopt practies").iter().map(replacement).collect::<Vec<_>>(), [None]);
    }

    #[test]
    fn rare_words_that_no_job_page_means_are_misspelt() {
        for row in &Facts::embedded().terms.rows().misspelt {
            let first = |words: &[String]| words.first().map_or("sales", String::as_str).to_owned();
            let text = format!("The {} {} {} plan", first(&row.after), row.wrong, first(&row.before));
            let found = findings(&text);
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!(Source::new("x.md", text.as_str()).slice(found[0].span), row.wrong);
        }
        assert!(findings("Chips by AMD").is_empty());
    }

    #[test]
    fn words_that_are_right_in_their_place_are_left_alone() {
        for right in [
            "Make it own the plan, of it and its own, of its kind; on it, it's done. For it's a plan; it's important to us",
            "To know how it's done; it's been a year, in it's the same; it’s our way",
            "Peaks and troughs, the trough of disillusionment, to and fro, from peak to trough",
            "In there is a plan; is there impact? With there being none, to get there customers drive",
            "Have lead time, has lead responsibility, a lead by trade, to lead by example, the teams lead by design",
            "Advise on plans, give advice, seek, advise; feed back to the team; provide feedback",
            "Lead through understanding, a through line, work through analysis and review",
            "They affect on-call, the side effect on sales, an affected team; we send, are sent, and were, send",
            "This roll-out, on this roll forward, the roll of film, one role; build by hand, built by us",
            "Build the reports the manager needs, and report the chief risks; the analyst reports the results",
            "Whose job, who's on call, who's role-playing? You're owning this; their own there, and lead at all",
            "A worse plan than ours, the worst case, then other plans; a far-off form, a form from here",
            "Work with in-house and in-app guides, with out-of-the-box tools, in three regions that we work with in the summer",
            "All they do is meet customers, which complicates problems; what we do is meet with people; a lead engineer has lead time; loose coupling and loose ends, never loose-knit",
            "Principle of least privilege, principle-based, in principle; a customer inquires about it; advance notice",
            "No more than will fit, more than ours; which maybe is fine (maybe required); set apart of late; a manor",
        ] {
            assert_eq!(told(right), [""; 0], "{right}");
        }
        assert_eq!(told("THere is ADvise").len(), 2, "their capitals are looked at, too");
        assert_eq!(
            told("a list of it’s plans, and it's budget"),
            ["it's: Write `its`", "it's budget: Write `its budget`"]
        );
    }
}
