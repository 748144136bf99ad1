use std::collections::HashMap;

use crate::declare_rule;
use crate::rule::{RuleContext, Sink};
use crate::spelling::guess::nearest;
use crate::text::{fold, listed, match_case};
use crate::wording::{Spelling, may_be_right};

declare_rule! {
    /// No word list has a word.
    ///
    /// What `typo` cannot be sure of is found here: with the project's own words in place, everything that is left is
    /// misspelt or new. The rule is off until the configuration names words, under `words` or in `word-lists`;
    /// `jflint words` lists what a list would have to hold. Acronyms, names with capitals inside, addresses and code are
    /// left alone.
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// ### Responsibilities
    ///
    /// - Plan the berthage of blorks
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// ### Responsibilities
    ///
    /// - Plan the berths of ships
    /// ```
    "unknown-word", Prose, Info, yields_to: ["misspelt-section", "typo", "british-spelling", "brand-case", "template-text"],
    default: off; check
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    let mut near: HashMap<u64, Vec<String>> = HashMap::new();
    for found in cx.wording().spellings() {
        let is_unknown = match found.spelling {
            Spelling::Unknown(_) => true,
            // `typo` leaves what may be an abbreviation.
            Spelling::Misspelt(_) => may_be_right(cx.prose().at(found.at)),
            Spelling::British(_) | Spelling::InnerCapital => false,
        };
        if !is_unknown {
            continue;
        }
        let word = cx.prose().at(found.at);
        let written = word.stem();
        let lower = fold(written);
        let own = || cx.facts.words.written().chain(cx.facts.terms.names());
        let near = near.entry(word.word().stem).or_insert_with(|| nearest(&lower, own()));
        let right: Vec<String> = near.iter().map(|right| match_case(written, right)).collect();
        let write = if right.is_empty() { "Check it".to_owned() } else { format!("Write {}", listed(&right)) };
        sink.report(word.block.span(word.stem_range()), lower, format!("No word list has `{written}`"))
            .help(format!("{write}, or add it to the project's words if it is right"));
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::facts::{Facts, OwnWords};
    use crate::lint::{Settings, lint};
    use crate::source::Source;

    fn found(markdown: &str, words: &[&str]) -> Vec<String> {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        let facts = Facts { words: OwnWords::new(words.into()), ..(*Facts::embedded()).clone() };
        let mut settings = Settings::new(Arc::new(facts));
        settings.set("unknown-word", crate::rules::find("unknown-word").map(|rule| rule.severity));
        let mut found = lint(&Source::new("x.md", markdown), &settings).diagnostics;
        found.retain(|diagnostic| diagnostic.rule == "unknown-word");
        found.into_iter().map(|diagnostic| format!("{}: {}", diagnostic.key, diagnostic.help)).collect()
    }

    #[test]
    fn the_words_of_the_project_are_known_in_any_case_and_with_s() {
        let words = ["Blork", "Van der Zwob"];
        assert_eq!(found("The blork’s berth, BLORK, Zwob", &words), [""; 0]);
        assert_eq!(
            found("The zlork", &words),
            ["zlork: Write `Blork`, or add it to the project's words if it is right"]
        );
    }

    #[test]
    fn a_word_that_is_near_nothing_is_told_too_and_a_typo_once() {
        let check = "Check it, or add it to the project's words if it is right";
        assert_eq!(found("Qyzzvh and recieve, ℹ", &[]), [format!("qyzzvh: {check}")]);
    }

    #[test]
    fn what_typo_takes_for_an_abbreviation_is_told() {
        assert_eq!(
            found("Speak to e-goup members", &[]),
            ["goup: Write `group`, `coup` or `gout`, or add it to the project's words if it is right"]
        );
    }
}
