use crate::declare_rule;
use crate::diagnostic::Safety;
use crate::facts::{Compound, GluedUnit, Suspended, TermKind, Unit};
use crate::grammar::articles::ends_phrase;
use crate::grammar::opens_sentence;
use crate::prose::{BlockKind, Shape, WordAt};
use crate::punctuation::trailing_word;
use crate::rule::{RuleContext, Sink};
use crate::text::{fold, match_case};
use crate::wording::FoundTerm;

declare_rule! {
    /// Words that are one with a hyphen stand apart.
    ///
    /// "Hands on experience" and "self starter" are read twice before they are understood. Words that may as well stand
    /// apart are told only where the next word makes them one: "long term goals", not "in the long term". Names of teams
    /// and roles are left alone: "Go To Market".
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// ### Requirements
    ///
    /// - Hands on experience with cross functional teams
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// ### Requirements
    ///
    /// - Hands-on experience with cross-functional teams, and their success in the long term
    /// ```
    "missing-hyphen", Prose, Info, fix: Unsafe; check
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    // "long term" in "short and long term plans" is told, and "related" in "security related" is known.
    let (mut told, mut known) = ((0, 0), (0, 0));
    for found in cx.wording().terms() {
        if (found.block, found.words.start) < told {
            continue;
        }
        if matches!(found.kind, TermKind::Compound(_)) {
            known = (found.block, found.words.end);
        }
        let rows = cx.facts.terms.rows();
        match found.kind {
            TermKind::Suspended(row) if is_suspended(cx, found, &rows.suspended[row]) => {
                report_suspended(cx, found, sink);
                told = (found.block, found.words.end);
            }
            TermKind::Compound(row) if is_parted(cx, found) && is_one(cx, found, &rows.compounds[row]) => {
                report(cx, found, sink);
            }
            TermKind::CompoundEnd if (found.block, found.words.start) > known => check_end(cx, found, sink),
            TermKind::CompoundStart if (found.block, found.words.start) >= known => check_start(cx, found, sink),
            TermKind::Unit(row) => check_unit(cx, found, &rows.units[row], sink),
            TermKind::GluedUnit(row) => check_glued(cx, found, &rows.glued_units[row], sink),
            _ => {}
        }
    }
}

/// Whether the first word waits for the end of the last, and has no hyphen: "in the short and long term" none does.
fn is_suspended(cx: &RuleContext<'_>, found: &FoundTerm, row: &Suspended) -> bool {
    let last = found.last(cx.prose());
    let (block, range) = found.place(cx.prose());
    let written = &block.text()[range.clone()];
    let is_name = written.split([' ', '-']).skip(1).any(|word| word.starts_with(char::is_uppercase));
    let is_part = block.text()[..range.start].ends_with('-') || written.contains(['/', '\n']);
    // "Attention to detail and results-oriented work" is about two things.
    let is_object =
        written.starts_with("detail") && matches!(found.before(cx.prose()).as_deref(), Some("to" | "for" | "of"));
    let is_bare = !is_object && !written.contains("- ") && block.kind != BlockKind::Heading && !is_name && !is_part;
    is_bare && (!row.before_noun || precedes_noun(cx, last))
}

/// Whether a noun follows, or another word before one: "long term, we", "long term and" and "long term to" have none.
fn precedes_noun(cx: &RuleContext<'_>, word: WordAt<'_, '_>) -> bool {
    let Some(next) = word.after().filter(|next| next.gap_before().chars().all(|c| c == ' ')) else { return false };
    may_be_of_noun(cx, next) && !ends_phrase(word, &cx.facts.grammar)
}

/// Whether a word may be a noun, or stand before one.
fn may_be_of_noun(cx: &RuleContext<'_>, word: WordAt<'_, '_>) -> bool {
    let (facts, hash) = (&cx.facts.grammar, word.word().hash);
    let is_verb = facts.finite_verbs.contains(hash) || facts.verbs.get(hash).is_some_and(|known| !known.is_noun);
    let is_participle = word.written().ends_with("ing") && !facts.names_in_ing.contains(hash);
    let is_adverb = word.written().ends_with("ly");
    let is_other = facts.no_modifiers.contains(hash) || cx.facts.terms.rows().no_nouns.contains(hash);
    !is_verb && !is_participle && !is_adverb && !is_other
}

/// "go to market (GTM) strategies": the initials, and then the noun.
fn precedes_initials(cx: &RuleContext<'_>, found: &FoundTerm) -> bool {
    let last = found.last(cx.prose());
    let Some(short) = last.after().filter(|next| next.gap_before() == " (") else { return false };
    let (block, range) = found.place(cx.prose());
    let initials = block.text()[range].split_whitespace().filter_map(|word| word.chars().next());
    let are_initials = short.written().chars().eq(initials.flat_map(char::to_uppercase));
    let noun = short.after().filter(|next| next.gap_before() == ") ");
    are_initials && noun.is_some_and(|noun| may_be_of_noun(cx, noun))
}

/// "At a high level GitLab does three things": the words say where or when, and belong to no noun.
fn opens_as_adverb(cx: &RuleContext<'_>, found: &FoundTerm) -> bool {
    let facts = &cx.facts.grammar;
    let first = found.first(cx.prose());
    let Some(before) = first.before().filter(|_| first.gap_before() == " ") else { return false };
    let preposition = if facts.determiners.contains(before.word().hash) { before.before() } else { Some(before) };
    preposition.is_some_and(|word| {
        (facts.prepositions.contains(word.word().hash) || word.written() == "Over") && opens_sentence(word)
    })
}

/// `short and long term plans`
fn report_suspended(cx: &RuleContext<'_>, found: &FoundTerm, sink: &mut Sink) {
    let (block, range) = found.place(cx.prose());
    let written = &block.text()[range.clone()];
    let mut parts = written.splitn(3, ' ');
    let (Some(first), Some(joint), Some(end)) = (parts.next(), parts.next(), parts.next()) else { return };
    let right = format!("{first}- {joint} {}", end.replace(' ', "-"));
    let message = format!("`{written}` lacks the hyphen after `{first}`");
    let finding = sink.report(block.span(range.clone()), fold(written), message);
    cx.offer_words(finding, (block, range), Safety::Unsafe, right);
}

/// Whether blanks stand between words of running text. With capitals they are the name of a team or a role.
fn is_parted(cx: &RuleContext<'_>, found: &FoundTerm) -> bool {
    let (block, range) = found.place(cx.prose());
    let (written, before, after) =
        (&block.text()[range.clone()], &block.text()[..range.start], &block.text()[range.end..]);
    let has_blanks = written.contains(char::is_whitespace) && !written.contains(['/', '\'', '\u{2019}']);
    let is_name = || written.split_whitespace().skip(1).any(|word| word.starts_with(char::is_uppercase));
    let is_part =
        before.ends_with(['-', '_', '@', '#', '~', '\\']) || after.starts_with(['-', '/', '_', '@', '\'', '\u{2019}']);
    has_blanks && !is_part && block.kind != BlockKind::Heading && !is_name()
}

fn is_one(cx: &RuleContext<'_>, found: &FoundTerm, compound: &Compound) -> bool {
    let precedes_noun = || precedes_noun(cx, found.last(cx.prose())) && !opens_as_adverb(cx, found);
    let has_noun = !compound.before_noun || precedes_noun() || precedes_initials(cx, found);
    has_noun && compound.is_one_between(found.before(cx.prose()).as_deref(), found.after(cx.prose()).as_deref())
}

fn report(cx: &RuleContext<'_>, found: &FoundTerm, sink: &mut Sink) {
    let (block, range) = found.place(cx.prose());
    let written = &block.text()[range.clone()];
    let right = written.split_whitespace().collect::<Vec<_>>().join("-");
    let lacking = if right.matches('-').count() > 1 { "its hyphens" } else { "its hyphen" };
    let message = format!("`{written}` lacks {lacking}");
    let finding = sink.report(block.span(range.clone()), fold(written), message);
    cx.offer_words(finding, (block, range), Safety::Unsafe, right);
}

/// `network related issues`
fn check_end(cx: &RuleContext<'_>, found: &FoundTerm, sink: &mut Sink) {
    let end = found.first(cx.prose());
    let Some(noun) = end.before().filter(|noun| end.gap_before() == " " && is_sure_noun(cx, *noun)) else { return };
    let whole = FoundTerm { words: noun.at..end.at + 1, ..found.clone() };
    // "Network and web related" lacks two, and in "to reach related teams" a verb stands before it.
    let follows_joint = noun.before().is_some_and(|before| {
        matches!(before.written(), "and" | "or") || cx.facts.grammar.modals.contains(before.word().hash)
    });
    if !follows_joint && is_parted(cx, &whole) && precedes_noun(cx, end) {
        report(cx, &whole, sink);
    }
}

/// Whether a word is an acronym, or a noun in the singular wherever it stands: most words may be a verb somewhere, and first
/// in a text most are.
fn is_sure_noun(cx: &RuleContext<'_>, word: WordAt<'_, '_>) -> bool {
    let written = word.written();
    let ends_like_other = || OTHER_ENDINGS.iter().any(|ending| written.ends_with(ending));
    let is_verb = || cx.facts.grammar.verbs.get(word.word().hash).is_some();
    match word.word().shape {
        Shape::Capitals => true,
        // After a mark a verb may stand: "related: print related prefixes".
        Shape::Lower => {
            word.at > 0 && word.gap_before() == " " && !ends_like_other() && !is_verb() && may_be_of_noun(cx, word)
        }
        Shape::Capitalised | Shape::Mixed => false,
    }
}

/// Endings of plurals, participles and adjectives.
const OTHER_ENDINGS: [&str; 9] = ["s", "ed", "ive", "al", "ic", "ous", "ful", "ble", "ary"];

/// `non technical`
fn check_start(cx: &RuleContext<'_>, found: &FoundTerm, sink: &mut Sink) {
    let start = found.first(cx.prose());
    let Some(next) = start.after().filter(|next| next.gap_before() == " ") else { return };
    let whole = FoundTerm { words: start.at..next.at + 1, ..found.clone() };
    let is_word = matches!(next.word().shape, Shape::Lower) && next.written().len() > 2;
    if is_word && is_parted(cx, &whole) {
        report(cx, &whole, sink);
    }
}

/// `a 30 minute call`
fn check_unit(cx: &RuleContext<'_>, found: &FoundTerm, unit: &Unit, sink: &mut Sink) {
    let (block, range) = found.place(cx.prose());
    let before = &block.text()[..range.start];
    let Some(digits) = before.strip_suffix([' ', '\u{a0}']).map(trailing_word) else { return };
    let start = before.trim_end().len() - digits.len();
    let last = found.last(cx.prose());
    let is_adjective = last.word().hash == last.word().stem
        && precedes_noun(cx, last)
        && found.after(cx.prose()).is_some_and(|after| !unit.not_before.contains(&after));
    if !is_adjective || block.kind == BlockKind::Heading || !is_count(digits, &before[..start]) {
        return;
    }
    if unit.is_plural && !matches!(trailing_word(before[..start].trim_end()), "a" | "A" | "an" | "An") {
        return;
    }
    let written = &block.text()[start..range.end];
    let right = format!("{digits}-{}", match_case(&block.text()[range.clone()], &unit.right));
    let finding = sink.report(block.span(start..range.end), fold(written), format!("`{written}` lacks its hyphen"));
    cx.offer_words(finding, (block, start..range.end), Safety::Unsafe, right);
}

/// Whether a number counts the unit behind it: no year, no "Level 2", and nothing of which somebody has to say how it is
/// written: "3-5 minute", "3 to 5 year", "1.5 hour".
fn is_count(digits: &str, before: &str) -> bool {
    let is_number = matches!(digits.len(), 1..=3) && digits.bytes().all(|byte| byte.is_ascii_digit());
    let is_part = before.ends_with(['-', '\u{2013}', '.', ',', '/', '$']);
    let text = before.trim_end();
    let word = trailing_word(text);
    let has_article =
        matches!(fold(word).as_str(), "a" | "an" | "the" | "this" | "that" | "each" | "every" | "one" | "our");
    let is_range = text.ends_with(['-', '\u{2013}']) || matches!(word, "to" | "or");
    let is_named = word.starts_with(char::is_uppercase) && !has_article;
    // "1 day off" and "after 1 year employees" have no adjective.
    is_number && !is_part && !is_range && !is_named && (digits != "1" || has_article)
}

/// `a 30min call`, `it takes 30mins`
fn check_glued(cx: &RuleContext<'_>, found: &FoundTerm, unit: &GluedUnit, sink: &mut Sink) {
    let (block, range) = found.place(cx.prose());
    let written = &block.text()[range.clone()];
    let (before, after) = (&block.text()[..range.start], &block.text()[range.end..]);
    let number = written.trim_end_matches(char::is_alphabetic);
    let rest = after.trim_start_matches(['.', ',', ';', ':', ')']);
    let ends = rest.chars().next().is_none_or(char::is_whitespace);
    if !ends || !(before.is_empty() || before.ends_with(|c: char| c.is_whitespace() || matches!(c, '(' | '~'))) {
        return;
    }
    let is_of_noun = matches!(found.before(cx.prose()).as_deref(), Some("a" | "an" | "the" | "separate"));
    let right = if is_of_noun { format!("{number}-{}", unit.one) } else { format!("{number} {}", unit.several) };
    let message = format!("`{written}` has neither a blank nor a hyphen before its unit");
    let finding = sink.report(block.span(range.clone()), fold(written), message);
    cx.offer_words(finding, (block, range), Safety::Unsafe, right);
}

#[cfg(test)]
mod tests {
    use crate::facts::Facts;
    use crate::lint::{Settings, lint};
    use crate::source::Source;

    fn corrections(markdown: &str) -> Vec<String> {
        let found = lint(&Source::new("x.md", markdown), &Settings::new(Facts::embedded())).diagnostics;
        let found = found.into_iter().filter(|diagnostic| diagnostic.rule == "missing-hyphen");
        found.map(|diagnostic| diagnostic.fixes[0].edits[0].replacement.clone()).collect()
    }

    #[test]
    fn each_row_finds_its_words() {
        for row in &Facts::embedded().terms.rows().compounds {
            for words in &row.words {
                let after = row.before.first().map_or(if row.before_noun { "plans" } else { "" }, String::as_str);
                assert_eq!(corrections(&format!("A {words} {after}.")), [words.replace(' ', "-")], "{words}");
            }
        }
    }

    #[test]
    fn a_word_that_waits_for_the_end_of_another_has_a_hyphen() {
        for row in &Facts::embedded().terms.rows().suspended {
            for words in &row.words {
                assert_eq!(corrections(&format!("Their {words} plans")).len(), 1, "{words}");
            }
        }
        assert_eq!(corrections("- Detail and results-oriented"), ["Detail- and results-oriented"]);
        assert_eq!(corrections("Own short and long term goals"), ["short- and long-term"]);
        let right = "In the short and long term, the short and long term. Short- and long-term plans, the Pre and Post Sales team, \
            short and long-term.";
        assert_eq!(corrections(right), [""; 0]);
    }

    #[test]
    fn words_that_may_stand_apart_are_left_alone() {
        let right = "Lay hands on the tools. Hands on it. In the long term, goals count. Results driven by data, teams based \
            in Europe, customers facing a change, security related to it. As well being there. From end to end, and \
            go to market. The Go To Market team, a Third Party Risk program; cross-functional, self-starter, data/driven, \
            `hands on` and non-standard-based work.";
        assert_eq!(corrections(right), [""; 0]);
        assert_eq!(corrections("## Hands on work"), [""; 0]);
        let right = "The senior level extends it, at high level we plan, at high level promoting, high quality and low cost. In the \
            long term, in real time (or not), third party. The work is well defined. Go to market, ready to go to market teams.";
        assert_eq!(corrections(right), [""; 0]);
        let right = "At the senior level preferred. In the long term GitLab benefits. At month end we count. Updates on the \
            job families. Customers may take home tools. Keep data backed up. Follow the industry standard set here. At month end \
            (ME) we close. A customer facing issues, full time (FTE).";
        assert_eq!(corrections(right), [""; 0]);
        let right = "Teams related to it, support related teams, to reach related goals, native based on it, an evidence based \
            on it, more related work, the team based there, a related field, progressive related work, non-technical, ~non technical.";
        assert_eq!(corrections(right), [""; 0]);
        let wrong =
            "Sort network related issues, CI/CD related services, for non technical people with a kernel based system.";
        assert_eq!(corrections(wrong), ["network-related", "CD-related", "non-technical", "kernel-based"]);
        assert_eq!(corrections("Own go to market (GTM) plans for high level leaders"), ["go-to-market", "high-level"]);
    }

    #[test]
    fn a_unit_has_a_blank_or_a_hyphen_before_it() {
        let help = |markdown: &str| {
            let found = lint(&Source::new("x.md", markdown), &Settings::new(Facts::embedded())).diagnostics;
            found.iter().filter(|found| found.rule == "missing-hyphen").map(|found| found.help.clone()).collect()
        };
        let none: [&str; 0] = [];
        let told: Vec<String> = help("A 30min [call](/x/) takes 45mins.");
        assert_eq!(told, ["Write `30-minute`", "Write `45 minutes`"]);
        let told: Vec<String> = help("A 30 minute [call](/x/), 45 min technical talks, a 12 month plan.");
        assert_eq!(told, ["Write `30-minute`", "Write `45-minute`", "Write `12-month`"]);
        let told: Vec<String> = help("An 8 hours [workshop](/x/) and a 30 minutes call.");
        assert_eq!(told, ["Write `8-hour`", "Write `30-minute`"]);
        let right: Vec<String> = help("30 minutes call for patience. A month of 30 days is, a 30 minutes.");
        assert_eq!(right, none);
        let right: Vec<String> =
            help("A 30-minute call of 30 minute, 1 day per week, 5 year experience, 3-5 minute calls, 1.5 hour.");
        assert_eq!(right, none);
        let right: Vec<String> = help(
            "After 1 year employees get 1 day off. 2020 year end, Level 2 day shift, a 10 year old firm, 3 to \
            5 year plans, 3 \u{2013} 5 year plans, 2 day's work.",
        );
        assert_eq!(right, none);
        let right: Vec<String> = help("`30min`, x/30min, 30min.md, #30min, 30 min");
        assert_eq!(right, none);
    }
}
