//! Repairs a document by the fixes of its findings. Pure, as linting is: text in, text out.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Edit, Fix, Safety};
use crate::lint::{Linted, Scratch, Settings, lint_with};
use crate::source::{Source, Span};

/// Real pages take up to four; more than this take only fixes that undo each other.
const MOST_ROUNDS: usize = 30;

/// A document after its repair.
#[derive(Debug)]
pub struct Fixed {
    pub text: String,
    /// How many findings were repaired, by the name of their rule.
    pub applied: BTreeMap<&'static str, usize>,
    /// What linting says of the repaired text.
    pub left: Linted,
    /// How often fixes were applied and the text was linted again.
    pub rounds: usize,
    /// Whether no fix was left to apply. Where fixes undo each other, the text is the one with the fewest findings.
    pub settled: bool,
}

/// Repairs a document by the fixes that are at most as risky as `allowed`, of findings that offer exactly one.
///
/// Of fixes that are in each other's way the first is applied; then the document is linted again, until nothing
/// changes. Nothing but the edits changes: line ends, a byte order mark, a missing last line end.
pub fn fix(source: &Source, settings: &Settings, allowed: Safety, scratch: &Scratch) -> Fixed {
    let every = |_: &Source, diagnostics: &[Diagnostic]| vec![true; diagnostics.len()];
    fix_wanted(source, allowed, |source| lint_with(source, settings, scratch), every)
}

/// As [`fix`], of what `lint` finds; `wanted` says of each finding in a text whether it is to be repaired.
pub fn fix_wanted(
    source: &Source,
    allowed: Safety,
    lint: impl Fn(&Source) -> Linted,
    wanted: impl Fn(&Source, &[Diagnostic]) -> Vec<bool>,
) -> Fixed {
    let mut now = Stage::new(source.clone(), lint(source));
    let mut best: Option<Stage> = None;
    while now.rounds < MOST_ROUNDS {
        let diagnostics = &now.left.diagnostics;
        let wanted = wanted(&now.source, diagnostics).into_iter().zip(diagnostics).filter(|(is_wanted, _)| *is_wanted);
        let chosen = chosen(&now.source, wanted.map(|(_, diagnostic)| diagnostic), allowed);
        if chosen.is_empty() {
            return now.into_fixed(true);
        }
        let next = now.after(&chosen, &lint);
        let before = std::mem::replace(&mut now, next);
        if best.as_ref().is_none_or(|best| before.findings() < best.findings()) {
            best = Some(before);
        }
    }
    best.unwrap_or(now).into_fixed(false)
}

/// The text with its edits made. They are in order and do not overlap.
pub fn apply<'e>(text: &str, edits: impl IntoIterator<Item = &'e Edit>) -> String {
    let mut applied = String::with_capacity(text.len());
    let mut done = 0;
    for edit in edits {
        applied.push_str(text.get(done..edit.span.start).unwrap_or_default());
        applied.push_str(&edit.replacement);
        done = edit.span.end;
    }
    applied.push_str(text.get(done..).unwrap_or_default());
    applied
}

/// A document between two rounds.
struct Stage {
    source: Source,
    left: Linted,
    applied: BTreeMap<&'static str, usize>,
    rounds: usize,
}

impl Stage {
    fn new(source: Source, left: Linted) -> Self {
        Self { source, left, applied: BTreeMap::new(), rounds: 0 }
    }

    fn findings(&self) -> usize {
        self.left.diagnostics.len()
    }

    fn after(&self, chosen: &[(&Diagnostic, &Fix)], lint: &impl Fn(&Source) -> Linted) -> Self {
        let mut edits: Vec<&Edit> = chosen.iter().flat_map(|(_, fix)| &fix.edits).collect();
        edits.sort_by_key(|edit| edit.span);
        let source = self.source.with_text(apply(self.source.text(), edits));
        let mut applied = self.applied.clone();
        for (diagnostic, _) in chosen {
            *applied.entry(diagnostic.rule).or_default() += 1;
        }
        Self { left: lint(&source), source, applied, rounds: self.rounds + 1 }
    }

    fn into_fixed(self, settled: bool) -> Fixed {
        let Self { source, left, applied, rounds } = self;
        Fixed { text: source.into_text(), applied, left, rounds, settled }
    }
}

/// The fixes of one round. What a finding points at must still stand when its fix is made, so a fix waits for the next
/// round where one before it edits that, or points at what it would edit.
fn chosen<'d>(
    source: &Source,
    diagnostics: impl Iterator<Item = &'d Diagnostic>,
    allowed: Safety,
) -> Vec<(&'d Diagnostic, &'d Fix)> {
    let (mut edited, mut pointed_at) = (Ground::default(), Ground::default());
    let mut chosen = Vec::new();
    for diagnostic in diagnostics {
        let Some(fix) = diagnostic.applicable_fix(allowed).filter(|fix| is_sound(source, fix)) else { continue };
        let edits = || fix.edits.iter().map(|edit| edit.span);
        let places = || diagnostic.labels.iter().map(|label| label.span).chain([diagnostic.span]);
        let waits = edits().any(|span| edited.touches(span) || pointed_at.touches(span))
            || places().any(|span| edited.touches(span));
        if !waits {
            edits().for_each(|span| edited.add(span));
            places().for_each(|span| pointed_at.add(span));
            chosen.push((diagnostic, fix));
        }
    }
    chosen
}

/// Whether a fix changes something, and its edits are in order, apart, and cut no character.
fn is_sound(source: &Source, fix: &Fix) -> bool {
    let in_text = |edit: &Edit| source.text().get(edit.span.range()).is_some();
    let changes = |edit: &Edit| source.slice(edit.span) != edit.replacement;
    let in_order = |pair: &[Edit]| pair[0].span.end <= pair[1].span.start;
    fix.edits.iter().all(in_text) && fix.edits.iter().any(changes) && fix.edits.windows(2).all(in_order)
}

/// Stretches of a text, those that touch as one: start to end.
#[derive(Debug, Default)]
struct Ground(BTreeMap<usize, usize>);

impl Ground {
    fn touching(&self, span: Span) -> impl Iterator<Item = Span> + '_ {
        let before = self.0.range(..=span.end).rev().map(|(start, end)| Span::new(*start, *end));
        before.take_while(move |other| other.end >= span.start).filter(move |other| other.touches(span))
    }

    fn touches(&self, span: Span) -> bool {
        self.touching(span).next().is_some()
    }

    fn add(&mut self, span: Span) {
        let touching: Vec<Span> = self.touching(span).collect();
        for other in &touching {
            self.0.remove(&other.start);
        }
        let whole = touching.into_iter().fold(span, Span::to);
        self.0.insert(whole.start, whole.end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Label, Severity};

    fn diagnostic(span: Span, fixes: Vec<Fix>) -> Diagnostic {
        Diagnostic {
            rule: "typo",
            severity: Severity::Warning,
            message: String::new(),
            help: String::new(),
            span,
            caption: String::new(),
            labels: Vec::new(),
            fixes,
            owner: String::new(),
            key: String::new(),
        }
    }

    fn fix_to(span: Span, replacement: &str) -> Fix {
        let edits = vec![Edit { span, replacement: replacement.into() }];
        Fix { title: String::new(), safety: Safety::Safe, edits }
    }

    /// Finds every `wrong` and repairs it by `right`.
    fn finds(rows: &'static [(&'static str, &'static str)]) -> impl Fn(&Source) -> Linted {
        move |source| {
            let found = |(wrong, right): &(&str, &str)| -> Vec<Diagnostic> {
                let spans = source.text().match_indices(wrong).map(|(at, _)| Span::new(at, at + wrong.len()));
                spans.map(|span| diagnostic(span, vec![fix_to(span, right)])).collect()
            };
            let mut diagnostics: Vec<Diagnostic> = rows.iter().flat_map(found).collect();
            diagnostics.sort_by_key(|diagnostic| diagnostic.span);
            Linted { diagnostics, suppressed: 0 }
        }
    }

    fn repaired(text: &str, lint: impl Fn(&Source) -> Linted) -> Fixed {
        repaired_where(text, lint, |_| true)
    }

    fn repaired_where(text: &str, lint: impl Fn(&Source) -> Linted, wanted: fn(&Diagnostic) -> bool) -> Fixed {
        let wanted = |_: &Source, diagnostics: &[Diagnostic]| diagnostics.iter().map(wanted).collect();
        fix_wanted(&Source::new("x.md", text), Safety::Safe, lint, wanted)
    }

    #[test]
    fn of_fixes_that_overlap_the_first_is_applied() {
        let fixed = repaired("abc abc", finds(&[("ab", "x"), ("bc", "y")]));
        assert_eq!((fixed.text.as_str(), fixed.rounds, fixed.settled), ("xc xc", 1, true));
        assert_eq!(fixed.applied, BTreeMap::from([("typo", 2)]));
    }

    #[test]
    fn a_finding_that_is_not_wanted_stays_and_is_told() {
        let fixed = repaired_where("a a", finds(&[("a", "b")]), |diagnostic| diagnostic.span.start > 0);
        assert_eq!((fixed.text.as_str(), fixed.left.diagnostics.len()), ("a b", 1));
    }

    #[test]
    fn what_a_fix_uncovers_is_repaired_too() {
        let fixed = repaired("a", finds(&[("a", "b"), ("b", "c")]));
        assert_eq!((fixed.text.as_str(), fixed.rounds), ("c", 2));
    }

    #[test]
    fn where_fixes_undo_each_other_the_best_text_is_kept() {
        let fixed = repaired("ab a", finds(&[("ab", "ba"), ("ba", "ab"), ("a ", "a")]));
        assert!(!fixed.settled);
        assert!(fixed.left.diagnostics.len() <= 2, "{fixed:?}");
    }

    #[test]
    fn what_a_finding_points_at_stands_while_its_fix_is_made() {
        let (first, second) = (Span::new(0, 1), Span::new(2, 3));
        let twice = |source: &Source| {
            let points_at = |own: Span, other: Span| Diagnostic {
                labels: vec![Label { span: other, message: String::new() }],
                ..diagnostic(own, vec![fix_to(own, "")])
            };
            let is_there = source.text() == "a a";
            let diagnostics =
                if is_there { vec![points_at(first, second), points_at(second, first)] } else { Vec::new() };
            Linted { diagnostics, suppressed: 0 }
        };
        assert_eq!(repaired("a a", twice).text, " a");
    }

    #[test]
    fn where_several_corrections_fit_none_is_applied() {
        let span = Span::new(0, 1);
        let lint = |_: &Source| Linted {
            diagnostics: vec![diagnostic(span, vec![fix_to(span, "b"), fix_to(span, "c")])],
            suppressed: 0,
        };
        assert_eq!(repaired("a", lint).text, "a");
    }

    #[test]
    fn a_fix_that_changes_nothing_or_cuts_a_character_is_none() {
        assert_eq!(repaired("a", finds(&[("a", "a")])).rounds, 0);
        let half = Span::new(0, 1);
        let lint = |_: &Source| Linted { diagnostics: vec![diagnostic(half, vec![fix_to(half, "")])], suppressed: 0 };
        assert_eq!(repaired("é", lint).text, "é");
    }

    #[test]
    fn stretches_of_a_text_that_touch_are_one() {
        let mut ground = Ground::default();
        for span in [Span::new(0, 4), Span::new(6, 8), Span::new(3, 7), Span::at(12)] {
            ground.add(span);
        }
        assert_eq!(ground.0, BTreeMap::from([(0, 8), (12, 12)]));
        assert!(ground.touches(Span::new(7, 9)) && ground.touches(Span::new(11, 13)) && ground.touches(Span::at(8)));
        assert!(!ground.touches(Span::new(8, 11)));
    }
}
