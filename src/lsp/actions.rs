//! What a person can let the editor do about findings.

mod suppress;
mod words;

use std::rc::Rc;

use lsp_types::{CodeAction, CodeActionKind, CodeActionParams, CodeActionTriggerKind};

use super::client::Client;
use super::diagnostics;
use super::documents::{Document, Documents};
use super::edits;
use crate::config::{Configs, Place};
use crate::diagnostic::{Diagnostic, Fix, Safety};
use crate::fix::fix;
use crate::lint::Scratch;

/// The kind of the action that makes every safe repair of a page.
pub const FIX_ALL: &str = "source.fixAll.jflint";

/// To leave a finding out takes some lintings to find the way: of more findings at once, only these first are offered it.
const MOST_SUPPRESSED: usize = 5;

/// What is asked for: a place in a page, and the findings of the page.
pub struct Asked<'a> {
    pub document: &'a Document,
    pub place: &'a Place,
    pub client: &'a Client,
    pub configs: &'a Configs,
    pub documents: &'a Documents,
    pub findings: Rc<[Diagnostic]>,
    pub scratch: &'a Scratch,
}

/// The actions at the place that an editor names.
pub fn actions(asked: &Asked, params: &CodeActionParams) -> Vec<CodeAction> {
    let mut actions = Vec::new();
    if wants(params, CodeActionKind::QuickFix.as_str()) {
        let span = asked.document.span(params.range, asked.client.encoding);
        let shown = |finding: &&Diagnostic| finding.severity >= asked.client.options.severity;
        let here = asked.findings.iter().filter(shown).filter(|finding| finding.span.touches(span));
        for (index, finding) in here.enumerate() {
            actions.extend(finding.fixes.iter().map(|fix| quick_fix(asked, finding, fix)));
            if index < MOST_SUPPRESSED {
                actions.extend(words::add_word(asked, finding));
                actions.extend(suppress::suppress(asked, finding));
            }
        }
    }
    if wants_fix_all(params) {
        actions.extend(fix_all(asked));
    }
    actions
}

/// Whether an action of a kind is wanted: of that kind, or of one above it.
fn wants(params: &CodeActionParams, kind: &str) -> bool {
    let is_above = |above: &CodeActionKind| {
        let above = above.as_str();
        above.is_empty() || kind == above || kind.strip_prefix(above).is_some_and(|rest| rest.starts_with('.'))
    };
    params.context.only.as_ref().is_none_or(|only| only.iter().any(is_above))
}

/// An editor asks on every move of the cursor whether there is something to do; to repair a page takes longer than that.
fn wants_fix_all(params: &CodeActionParams) -> bool {
    let by_itself = params.context.trigger_kind == Some(CodeActionTriggerKind::Automatic);
    wants(params, FIX_ALL) && (params.context.only.is_some() || !by_itself)
}

fn quick_fix(asked: &Asked, finding: &Diagnostic, fix: &Fix) -> CodeAction {
    let edits = edits::text_edits(&asked.document.source, &fix.edits, asked.client.encoding);
    CodeAction {
        is_preferred: Some(finding.applicable_fix(Safety::Safe).is_some()),
        edit: Some(edits::of_document(asked.document, edits, asked.client)),
        ..about(asked, finding, fix.title.clone())
    }
}

/// An action that belongs to a finding.
pub fn about(asked: &Asked, finding: &Diagnostic, title: String) -> CodeAction {
    let told = diagnostics::tell(finding, asked.document, asked.place, asked.client);
    CodeAction { title, kind: Some(CodeActionKind::QuickFix), diagnostics: Some(vec![told]), ..CodeAction::default() }
}

/// All safe repairs of the page, made as `check --fix` makes them.
fn fix_all(asked: &Asked) -> Option<CodeAction> {
    asked.findings.iter().find_map(|finding| finding.applicable_fix(Safety::Safe))?;
    let source = &asked.document.source;
    let fixed = fix(source, &asked.place.settings(), Safety::Safe, asked.scratch);
    let edits = edits::text_edits(source, &edits::between(source, &fixed.text), asked.client.encoding);
    (!edits.is_empty()).then(|| CodeAction {
        title: "Make all safe repairs of this page".to_owned(),
        kind: Some(CodeActionKind::new(FIX_ALL)),
        edit: Some(edits::of_document(asked.document, edits, asked.client)),
        ..CodeAction::default()
    })
}
