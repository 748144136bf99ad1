//! One document in, its diagnostics out. Pure: no file is read, and the same input gives the same output.

use std::cell::RefCell;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Severity};
use crate::facts::Facts;
use crate::model::JobFamily;
use crate::rule::{Rule, RuleContext, Sink};
use crate::rules;
use crate::source::{Source, Span};
use crate::suppress::{Suppressions, UNUSED_SUPPRESSION};
use crate::syntax::Tree;
use crate::wording::JudgedWords;

/// What holds for one document: which rules run, how severe they are, and the facts they judge by.
#[derive(Debug, Clone)]
pub struct Settings {
    pub facts: Arc<Facts>,
    /// For each rule of the registry, in its order: the severity, or nothing where the rule is off.
    severities: Vec<Option<Severity>>,
}

impl Settings {
    /// Every rule as the catalogue has it.
    pub fn new(facts: Arc<Facts>) -> Self {
        let severities = rules::ALL.iter().map(|rule| (!rule.off_by_default).then_some(rule.severity)).collect();
        Self { facts, severities }
    }

    /// Changes the severity of a rule, or turns it off with `None`. Unknown names change nothing.
    pub fn set(&mut self, rule: &str, severity: Option<Severity>) {
        if let Some(index) = rules::index_of(rule) {
            self.severities[index] = severity;
        }
    }

    /// The severity of a rule, if it is on.
    pub fn severity(&self, rule: &str) -> Option<Severity> {
        rules::index_of(rule).and_then(|index| self.severities[index])
    }

    /// The rules that run, each with its severity.
    fn enabled(&self) -> impl Iterator<Item = (&'static Rule, Severity)> + '_ {
        rules::ALL.iter().zip(&self.severities).filter_map(|(rule, severity)| Some((*rule, (*severity)?)))
    }
}

/// What linting one document gives.
#[derive(Debug, Default)]
pub struct Linted {
    /// Ordered by start, end, rule, key.
    pub diagnostics: Vec<Diagnostic>,
    /// How many findings a suppression comment took away.
    pub suppressed: usize,
}

/// What linting one document leaves for the next: it changes the time that takes, never what is found.
#[derive(Debug, Default)]
pub struct Scratch {
    judged: RefCell<JudgedWords>,
}

/// Whether a page describes jobs, wherever it stands: most Markdown that an editor opens does not.
pub fn describes_jobs(source: &Source, facts: &Facts) -> bool {
    JobFamily::read(source, &Tree::parse(source), facts).describes_jobs()
}

/// Lints one document.
pub fn lint(source: &Source, settings: &Settings) -> Linted {
    lint_with(source, settings, &Scratch::default())
}

/// Lints one of several documents.
pub fn lint_with(source: &Source, settings: &Settings, scratch: &Scratch) -> Linted {
    scratch.judged.borrow_mut().judge_by(&settings.facts);
    let tree = Tree::parse(source);
    let family = JobFamily::read(source, &tree, &settings.facts);
    let context = RuleContext::new(source, &tree, &family, &settings.facts, &scratch.judged);

    let mut diagnostics = Vec::new();
    for (rule, severity) in settings.enabled() {
        let mut sink = Sink::new(rule, severity, diagnostics);
        (rule.check)(&context, &mut sink);
        diagnostics = sink.into_diagnostics();
    }
    drop_outspoken(&mut diagnostics);

    let suppressions = Suppressions::read(source, &tree, &family);
    let before = diagnostics.len();
    let used = suppressions.apply(&mut diagnostics);
    let suppressed = before - diagnostics.len();
    if let Some(severity) = settings.severity(UNUSED_SUPPRESSION) {
        let unused = suppressions.unused(&used, |rule| settings.severity(rule).is_some());
        diagnostics.extend(unused.into_iter().map(|diagnostic| Diagnostic { severity, ..diagnostic }));
    }

    for diagnostic in diagnostics.iter_mut().filter(|diagnostic| diagnostic.owner.is_empty()) {
        diagnostic.owner = family.finding_owner_at(diagnostic.span.start);
    }
    diagnostics.sort_by(|a, b| (a.span, a.rule, &a.key).cmp(&(b.span, b.rule, &b.key)));
    Linted { diagnostics, suppressed }
}

/// One slip, one finding: takes away those to which a more telling rule has already spoken.
fn drop_outspoken(diagnostics: &mut Vec<Diagnostic>) {
    let spoken = Spoken::new(diagnostics);
    let mut rule: Option<&'static Rule> = None;
    diagnostics.retain(|weaker| {
        // The findings of a rule stand together: it is looked up once.
        rule = rule.filter(|rule| rule.name == weaker.rule).or_else(|| rules::find(weaker.rule));
        let stronger = rule.map_or(&[][..], |rule| rule.yields_to);
        !stronger.iter().any(|rule| places_of(weaker).any(|place| spoken.touches(rule, place)))
    });
}

/// The places of which each rule has spoken.
struct Spoken {
    /// Of each rule ordered by their start, each with the furthest end up to it.
    places: Vec<(&'static str, Vec<(Span, usize)>)>,
}

impl Spoken {
    fn new(diagnostics: &[Diagnostic]) -> Self {
        let of_rule = |findings: &[Diagnostic]| {
            let mut places: Vec<(Span, usize)> = findings.iter().flat_map(places_of).map(|place| (place, 0)).collect();
            places.sort_unstable();
            let mut furthest = 0;
            for (place, end) in &mut places {
                furthest = furthest.max(place.end);
                *end = furthest;
            }
            (findings[0].rule, places)
        };
        let places = diagnostics.chunk_by(|one, next| one.rule == next.rule).map(of_rule).collect();
        Self { places }
    }

    /// Whether a rule has spoken of a place that touches this one.
    fn touches(&self, rule: &str, place: Span) -> bool {
        let Some((_, found)) = self.places.iter().find(|(name, _)| *name == rule) else { return false };
        let before = found.partition_point(|(other, _)| other.start <= place.end);
        // From the last that may touch it to the first after which none can.
        found[..before].iter().rev().take_while(|(_, end)| *end >= place.start).any(|(other, _)| other.touches(place))
    }
}

fn places_of(diagnostic: &Diagnostic) -> impl Iterator<Item = Span> + '_ {
    std::iter::once(diagnostic.span).chain(diagnostic.labels.iter().map(|label| label.span))
}
