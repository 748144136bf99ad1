use crate::declare_rule;
use crate::prose::{BlockKind, Shape, WordAt};
use crate::rule::{RuleContext, Sink};
use crate::text::{fold, match_case};
use crate::wording::Spelling;

declare_rule! {
    /// A word is spelt the British way; the handbook is written in American English.
    ///
    /// Two spellings of one word make pages harder to search, and roles harder to compare. Whole words are looked up, so
    /// that "specialist" is none of them. Leave a spelling that is part of a name.
    ///
    /// ### Bad
    ///
    /// ```markdown
    /// ### Responsibilities
    ///
    /// - Prioritise the work of the organisation
    /// ```
    ///
    /// ### Good
    ///
    /// ```markdown
    /// ### Responsibilities
    ///
    /// - Prioritize the work of the organization as a specialist
    /// ```
    "british-spelling", Prose, Info, fix: Safe, yields_to: ["misspelt-section", "brand-case"]; check
}

fn check(cx: &RuleContext<'_>, sink: &mut Sink) {
    for found in cx.wording().spellings() {
        let Spelling::British(american) = found.spelling else { continue };
        let word = cx.prose().at(found.at);
        if is_in_name(word) {
            continue;
        }
        let (block, written, range) = (word.block, word.stem(), word.stem_range());
        let span = block.span(range.clone());
        let right = match_case(written, american);
        let finding = sink
            .report(span, fold(written), format!("`{written}` is British; in American English it is `{right}`"))
            .help(format!("Write `{right}`"));
        if block.is_verbatim(cx.source, range.clone()) {
            let (safety, edits) = cx.rewording(block, range, &right);
            finding.fix_edits(safety, format!("Change it to `{right}`"), edits);
        }
    }
}

/// A capital beside another one in running text: "the Barbican Centre", "the Ministry of Defence".
fn is_in_name(word: WordAt<'_, '_>) -> bool {
    let has_capital = |word: WordAt<'_, '_>| word.word().shape != Shape::Lower;
    let in_running_text = matches!(word.block.kind, BlockKind::Item | BlockKind::Paragraph | BlockKind::Description);
    let is_of = |before: WordAt<'_, '_>| before.written() == "of" && before.before().is_some_and(has_capital);
    let follows_other = |before| has_capital(before) || is_of(before) || word.after().is_some_and(has_capital);
    in_running_text && has_capital(word) && word.before().is_some_and(follows_other)
}
