//! Comments in the document that take findings away.

mod directive;
mod unused;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::diagnostic::Diagnostic;
use crate::model::JobFamily;
use crate::source::{Source, Span};
use crate::syntax::Tree;
use directive::{Directive, Name, Verb, directives};

/// The rule under which unused suppressions are reported.
pub const UNUSED_SUPPRESSION: &str = "unused-suppression";

/// The verbs of the comments, such as `disable-line`.
pub fn verbs() -> impl Iterator<Item = &'static str> {
    Verb::words()
}

/// The suppressions of one document.
#[derive(Debug, Default)]
pub struct Suppressions {
    directives: Vec<Directive>,
    claims: Vec<Claim>,
    disables: Marks,
    enables: Marks,
    /// What the fix of a directive that is of no use takes out.
    removals: Vec<unused::Removal>,
}

/// One name of a directive, or the whole of a directive that names no rule. Claims may overlap: a finding uses each
/// that covers it.
#[derive(Debug)]
struct Claim {
    /// Which directive.
    directive: usize,
    /// Which of its names; none where all rules are meant.
    name: Option<usize>,
    /// Nothing if it can cover no finding.
    reach: Option<Reach>,
}

/// The findings that a claim covers, by the byte at which they start.
#[derive(Debug)]
enum Reach {
    Within(Range<usize>),
    /// Up to the next directive that enables the finding's rule again.
    Onwards(usize),
}

impl Suppressions {
    /// Finds the suppressions of a document.
    pub fn read(source: &Source, tree: &Tree, family: &JobFamily) -> Self {
        let directives = directives(source, tree);
        if directives.is_empty() {
            return Self::default();
        }
        let lines = ContentLines::new(source, &directives);
        let claims = directives.iter().enumerate().flat_map(|(index, directive)| {
            let span = span_of(directive, source, &lines, family);
            claims_of(directive, index, span.as_ref())
        });
        Self {
            claims: claims.collect(),
            disables: Marks::of(&directives, &Verb::Disable),
            enables: Marks::of(&directives, &Verb::Enable),
            removals: unused::removals(source, &directives),
            directives,
        }
    }

    /// Takes away the findings that a directive covers, and says for each claim whether it covered one.
    pub fn apply(&self, diagnostics: &mut Vec<Diagnostic>) -> Vec<bool> {
        self.take(diagnostics, |_| true)
    }

    /// As [`apply`](Self::apply), with some of the claims. Costs the claims times the rules that found something.
    fn take(&self, diagnostics: &mut Vec<Diagnostic>, takes_part: impl Fn(&Claim) -> bool) -> Vec<bool> {
        let mut used = vec![false; self.claims.len()];
        if used.is_empty() {
            return used;
        }
        let mut covered = vec![false; diagnostics.len()];
        for (rule, findings) in by_rule(diagnostics) {
            let mut depth = vec![0_isize; findings.len() + 1];
            for (claim, used) in self.claims.iter().zip(&mut used).filter(|(claim, _)| takes_part(claim)) {
                let Some(reach) = self.reach(claim, rule) else { continue };
                let first = findings.partition_point(|(start, _)| *start < reach.start);
                let after = findings.partition_point(|(start, _)| *start < reach.end);
                if first < after {
                    *used = true;
                    depth[first] += 1;
                    depth[after] -= 1;
                }
            }
            let mut open = 0;
            for ((_, index), change) in findings.iter().zip(depth) {
                open += change;
                covered[*index] = open > 0;
            }
        }
        let mut covered = covered.into_iter();
        diagnostics.retain(|_| !covered.next().unwrap_or_default());
        used
    }

    /// Where the findings of a rule start that a claim covers.
    fn reach(&self, claim: &Claim, rule: &str) -> Option<Range<usize>> {
        if self.name(claim).is_some_and(|name| name.rule != Some(rule)) {
            return None;
        }
        match claim.reach.as_ref()? {
            Reach::Within(range) => Some(range.clone()),
            Reach::Onwards(start) => Some(*start..self.enables.next(rule, *start).unwrap_or(usize::MAX)),
        }
    }

    fn directive(&self, claim: &Claim) -> &Directive {
        &self.directives[claim.directive]
    }

    fn name(&self, claim: &Claim) -> Option<&Name> {
        claim.name.map(|index| &self.directive(claim).names[index])
    }
}

/// The findings of each rule: where they start, in that order, and which they are.
fn by_rule(diagnostics: &[Diagnostic]) -> BTreeMap<&'static str, Vec<(usize, usize)>> {
    let mut findings: BTreeMap<&'static str, Vec<(usize, usize)>> = BTreeMap::new();
    for (index, diagnostic) in diagnostics.iter().enumerate() {
        findings.entry(diagnostic.rule).or_default().push((diagnostic.span.start, index));
    }
    findings.values_mut().for_each(|of_rule| of_rule.sort_unstable());
    findings
}

fn claims_of(directive: &Directive, index: usize, within: Option<&Range<usize>>) -> Vec<Claim> {
    let claim = |name: Option<usize>| {
        let reach = match directive.verb {
            Verb::Disable => Some(Reach::Onwards(directive.span.start)),
            _ => within.cloned().map(Reach::Within),
        };
        Claim { directive: index, name, reach }
    };
    if directive.names.is_empty() {
        vec![claim(None)]
    } else {
        (0..directive.names.len()).map(|name| claim(Some(name))).collect()
    }
}

/// Where the findings start that a directive covers, if that does not depend on the rule.
fn span_of(directive: &Directive, source: &Source, lines: &ContentLines, family: &JobFamily) -> Option<Range<usize>> {
    match directive.verb {
        Verb::File => Some(0..usize::MAX),
        Verb::Line => Some(starts_on(source, source.line_of(directive.span.start))),
        Verb::NextLine => {
            let line = lines.from(source.line_of(directive.span.end) + 1)?;
            let of_line = starts_on(source, line);
            let role = role_headed_on(line, source, family).map(Span::range);
            Some(of_line.start..role.map_or(of_line.end, |role| role.end.max(of_line.end)))
        }
        Verb::Disable | Verb::Enable | Verb::Unknown(_) => None,
    }
}

/// Where findings on a line may start; on the last, also after its last character.
fn starts_on(source: &Source, line: usize) -> Range<usize> {
    let is_last = line >= source.lines().count();
    source.lines().start(line)..if is_last { usize::MAX } else { source.lines().start(line + 1) }
}

/// The role whose heading stands on a line.
fn role_headed_on(line: usize, source: &Source, family: &JobFamily) -> Option<Span> {
    let text = source.line_span(line);
    let indent = source.slice(text).len() - source.slice(text).trim_start().len();
    family.role_span_at(text.start + indent)
}

/// For each line the first one from there on that says something to readers.
struct ContentLines(Vec<Option<usize>>);

impl ContentLines {
    fn new(source: &Source, directives: &[Directive]) -> Self {
        let of_directives = directive_lines(source, directives);
        let mut next = None;
        let mut lines = vec![None; source.lines().count()];
        for (index, slot) in lines.iter_mut().enumerate().rev() {
            let line = index + 1;
            if !source.line(line).trim().is_empty() && !of_directives.contains(&line) {
                next = Some(line);
            }
            *slot = next;
        }
        Self(lines)
    }

    /// The first line at or after `line`.
    fn from(&self, line: usize) -> Option<usize> {
        self.0.get(line - 1).copied().flatten()
    }
}

/// The lines that hold directives and nothing else: one may stand above another, and both mean the line below.
fn directive_lines(source: &Source, directives: &[Directive]) -> BTreeSet<usize> {
    let mut lines = BTreeSet::new();
    for directive in directives {
        let (first, last) = (source.line_of(directive.span.start), source.line_of(directive.span.end));
        if unused::stands_alone(source, directive.span) {
            lines.extend(first..=last);
        }
    }
    lines
}

/// Where directives of one verb stand, in the order of the document: those for all rules, and those for each.
#[derive(Debug, Default)]
struct Marks {
    all: Vec<usize>,
    by_rule: BTreeMap<&'static str, Vec<usize>>,
}

impl Marks {
    fn of(directives: &[Directive], verb: &Verb) -> Self {
        let mut marks = Self::default();
        for directive in directives.iter().filter(|directive| directive.verb == *verb) {
            if directive.names.is_empty() {
                marks.all.push(directive.span.start);
            }
            for rule in directive.names.iter().filter_map(|name| name.rule) {
                marks.by_rule.entry(rule).or_default().push(directive.span.start);
            }
        }
        marks
    }

    /// The first after `offset` that concerns a rule.
    fn next(&self, rule: &str, offset: usize) -> Option<usize> {
        let after = |marks: &[usize]| marks.get(marks.partition_point(|mark| *mark <= offset)).copied();
        self.concerning(rule).filter_map(after).min()
    }

    /// The last before `offset` that concerns a rule.
    fn last(&self, rule: &str, offset: usize) -> Option<usize> {
        let before = |marks: &[usize]| Some(marks[marks.partition_point(|mark| *mark < offset).checked_sub(1)?]);
        self.concerning(rule).filter_map(before).max()
    }

    fn concerning(&self, rule: &str) -> impl Iterator<Item = &[usize]> {
        std::iter::once(self.all.as_slice()).chain(self.by_rule.get(rule).map(Vec::as_slice))
    }
}

#[cfg(test)]
mod tests;
