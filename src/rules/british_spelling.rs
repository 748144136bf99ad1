use crate::declare_rule;
use crate::prose::{Block, BlockKind, Shape, Word};
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
        let block = &cx.prose().blocks()[found.block];
        let words = cx.prose().words(block);
        if is_in_name(block, words, found.word) {
            continue;
        }
        let written = block.stem(&words[found.word]);
        let range = block.stem_range(&words[found.word]);
        let span = block.span(range.clone());
        let right = match_case(written, american);
        let finding = sink
            .report(span, fold(written), format!("`{written}` is British; in American English it is `{right}`"))
            .help(format!("Write `{right}`"));
        if block.is_verbatim(cx.source, range) {
            finding.fix(cx.safety_in(block), format!("Change it to `{right}`"), span, right);
        }
    }
}

/// A capital beside another one in running text: "the Barbican Centre".
fn is_in_name(block: &Block<'_>, words: &[Word], at: usize) -> bool {
    let has_capital = |word: Option<&Word>| word.is_some_and(|word| word.shape != Shape::Lower);
    let in_running_text = matches!(block.kind, BlockKind::Item | BlockKind::Paragraph | BlockKind::Description);
    let before = at.checked_sub(1).and_then(|before| words.get(before));
    in_running_text && has_capital(words.get(at)) && at > 0 && (has_capital(before) || has_capital(words.get(at + 1)))
}
