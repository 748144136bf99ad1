//! Suppressions that are of no use: what is said about them, and what takes them out.

use super::directive::{Directive, Name, Verb};
use super::{Claim, Suppressions, UNUSED_SUPPRESSION};
use crate::diagnostic::{Diagnostic, Edit, Fix, Safety, Severity};
use crate::nearest::{did_you_mean, nearest};
use crate::rules;
use crate::source::{Source, Span};

/// What takes out a directive.
#[derive(Debug)]
pub(super) struct Removal {
    whole: Span,
    /// What takes out one name of several and leaves the rest as it should be.
    names: Vec<Span>,
    /// Without it, what stands before and after it may run together.
    keeps_apart: bool,
    /// The `jflint-enable` that would have nothing left to end.
    mate: Option<usize>,
}

/// For each directive what takes it out.
pub(super) fn removals(source: &Source, directives: &[Directive]) -> Vec<Removal> {
    let mates = mates(directives);
    let removal = |(directive, mate): (&Directive, Option<usize>)| Removal {
        whole: whole_removal(source, directive.span),
        names: name_removals(directive),
        keeps_apart: keeps_apart(source, directive.span),
        mate,
    };
    directives.iter().zip(mates).map(removal).collect()
}

impl Suppressions {
    /// The findings about suppressions that covered nothing, as `used` says of each claim, or that name no rule. A
    /// claim on a rule that is not `on` may be of use when it is, and nothing is said about it.
    pub fn unused(&self, used: &[bool], on: impl Fn(&str) -> bool) -> Vec<Diagnostic> {
        let about_this = |claim: &Claim| self.name(claim).is_some_and(|name| name.rule == Some(UNUSED_SUPPRESSION));
        let useless: Vec<bool> =
            self.claims.iter().zip(used).map(|(claim, used)| !used && self.is_judged(claim, &on)).collect();
        let report = |wanted: &dyn Fn(&Claim, usize) -> bool| -> Vec<Diagnostic> {
            let claims = self.claims.iter().enumerate().filter(|(index, claim)| wanted(claim, *index));
            claims.map(|(_, claim)| self.finding(claim, &useless)).collect()
        };
        let mut findings = report(&|claim, index| useless[index] && !about_this(claim));
        let used = self.take(&mut findings, about_this);
        findings.extend(report(&|claim, index| about_this(claim) && useless[index] && !used[index]));
        findings
    }

    /// Whether it can be known here that a claim is of no use.
    fn is_judged(&self, claim: &Claim, on: &impl Fn(&str) -> bool) -> bool {
        let directive = self.directive(claim);
        match (&directive.verb, self.name(claim)) {
            (Verb::Unknown(_), _) => claim.name.is_none_or(|index| index == 0),
            (Verb::Enable, None) => !rules::ALL.iter().any(|rule| self.is_open(rule.name, directive.span.start)),
            (Verb::Enable, Some(Name { rule: Some(rule), .. })) => !self.is_open(rule, directive.span.start),
            (_, None) => rules::ALL.iter().all(|rule| rule.off_by_default || on(rule.name)),
            (_, Some(name)) => name.rule.map_or_else(|| !self.goes_on_with_words(claim), on),
        }
    }

    /// Whether a name that is no rule follows another: a reason without `--` before it is told once.
    fn goes_on_with_words(&self, claim: &Claim) -> bool {
        let before = claim.name.and_then(|index| self.directive(claim).names.get(index.checked_sub(1)?));
        before.is_some_and(|before| before.rule.is_none())
    }

    /// Whether a rule is disabled at a byte by a directive that still waits for its end.
    fn is_open(&self, rule: &str, offset: usize) -> bool {
        let disabled = self.disables.last(rule, offset);
        disabled.is_some() && disabled > self.enables.last(rule, offset)
    }

    fn finding(&self, claim: &Claim, useless: &[bool]) -> Diagnostic {
        let directive = self.directive(claim);
        let name = self.name(claim).filter(|_| !matches!(directive.verb, Verb::Unknown(_)));
        let (message, help) = self.words(claim);
        Diagnostic {
            rule: UNUSED_SUPPRESSION,
            severity: Severity::Warning,
            message,
            help,
            span: name.map_or(directive.span, |name| name.span),
            caption: String::new(),
            labels: Vec::new(),
            fixes: self.fix(claim, useless).into_iter().collect(),
            owner: String::new(),
            key: format!("{} {}", directive.verb.word(), name.map_or("all rules", |name| &name.text)),
        }
    }

    /// What is wrong with a claim, and what to do.
    fn words(&self, claim: &Claim) -> (String, String) {
        let directive = self.directive(claim);
        match (&directive.verb, self.name(claim)) {
            (Verb::Unknown(verb), _) => words_of_unknown_verb(verb),
            (_, Some(name)) if name.rule.is_none() => {
                let next = directive.names.get(claim.name.map_or(0, |index| index + 1));
                words_of_unknown_rule(name, next)
            }
            (verb, name) => (words_of_unused(verb, name), "Take it out".to_owned()),
        }
    }

    /// Takes out the one name, or the directive where all of it is of no use. What somebody meant to say stays: a
    /// misspelt name is put right.
    fn fix(&self, claim: &Claim, useless: &[bool]) -> Option<Fix> {
        let directive = self.directive(claim);
        if let Verb::Unknown(_) = directive.verb {
            return None;
        }
        if let Some(name) = self.name(claim).filter(|name| name.rule.is_none()) {
            let right = nearest(&name.text, names_of_rules())?;
            let edits = vec![Edit { span: name.span, replacement: right.to_owned() }];
            return Some(Fix { title: format!("Change it to `{right}`"), safety: Safety::Unsafe, edits });
        }
        let all_useless = self.claims_of(claim.directive).all(|index| useless[index]);
        let removal = &self.removals[claim.directive];
        let mut pair = vec![removal];
        pair.extend(removal.mate.map(|mate| &self.removals[mate]));
        let (title, spans): (String, Vec<Span>) = match claim.name {
            Some(name) if !all_useless => {
                let title = format!("Take `{}` out of the comment", directive.names[name].text);
                (title, pair.iter().map(|removal| removal.names[name]).collect())
            }
            _ => ("Take the comment out".to_owned(), pair.iter().map(|removal| removal.whole).collect()),
        };
        let edits = spans.into_iter().map(|span| Edit { span, replacement: String::new() }).collect();
        let safety = if pair.iter().any(|removal| removal.keeps_apart) { Safety::Unsafe } else { Safety::Safe };
        Some(Fix { title, safety, edits })
    }

    /// Which claims a directive makes; they stand side by side.
    fn claims_of(&self, directive: usize) -> impl Iterator<Item = usize> {
        let first = self.claims.partition_point(|claim| claim.directive < directive);
        (first..self.claims.len()).take_while(move |index| self.claims[*index].directive == directive)
    }
}

fn names_of_rules() -> impl Iterator<Item = &'static str> {
    rules::ALL.iter().map(|rule| rule.name)
}

/// For each `disable` the `enable` that ends it and nothing else: the next of the two, naming the same rules, with no
/// other block open. Taken out together, neither is left behind.
fn mates(directives: &[Directive]) -> Vec<Option<usize>> {
    let is_block = |directive: &Directive| matches!(directive.verb, Verb::Disable | Verb::Enable);
    let blocks: Vec<usize> = (0..directives.len()).filter(|index| is_block(&directives[*index])).collect();
    let mut mates = vec![None; directives.len()];
    let mut other_is_open = false;
    let mut rest = blocks.as_slice();
    while let [index, later @ ..] = rest {
        let mate = later.first().filter(|next| !other_is_open && is_pair(&directives[*index], &directives[**next]));
        mates[*index] = mate.copied();
        if mate.is_none() {
            let ends_all = directives[*index].verb == Verb::Enable && directives[*index].names.is_empty();
            other_is_open = !ends_all && (other_is_open || directives[*index].verb == Verb::Disable);
        }
        rest = if mate.is_some() { &later[1..] } else { later };
    }
    mates
}

fn is_pair(disable: &Directive, enable: &Directive) -> bool {
    let names = |directive: &Directive| directive.names.iter().map(|name| name.text.clone()).collect::<Vec<_>>();
    disable.verb == Verb::Disable && enable.verb == Verb::Enable && names(disable) == names(enable)
}

fn words_of_unknown_verb(verb: &str) -> (String, String) {
    let hint = did_you_mean(verb, Verb::words()).replace("mean `", "mean `jflint-");
    let valid: Vec<String> = Verb::words().map(|word| format!("`jflint-{word}`")).collect();
    let message = format!("There is no `jflint-{verb}`, so this comment does nothing{hint}");
    (message, format!("Write one of {}", valid.join(", ")))
}

/// Where the word after an unknown name is none either, both may be the reason.
fn words_of_unknown_rule(name: &Name, next: Option<&Name>) -> (String, String) {
    let help = match nearest(&name.text, names_of_rules()) {
        Some(right) => format!("Write `{right}`"),
        None if next.is_some_and(|next| next.rule.is_none()) => "Write `--` before the reason".to_owned(),
        None => "Name a rule that `jflint rules` lists, or none to mean all of them".to_owned(),
    };
    (format!("There is no rule `{}`", name.text), help)
}

fn words_of_unused(verb: &Verb, name: Option<&Name>) -> String {
    let of_rule = name.map_or_else(String::new, |name| format!(" of `{}`", name.text));
    match verb {
        Verb::NextLine => format!("The next line has no finding{of_rule}, so this comment suppresses nothing"),
        Verb::Line => format!("This line has no finding{of_rule}, so this comment suppresses nothing"),
        Verb::File => format!("This page has no finding{of_rule}, so this comment suppresses nothing"),
        Verb::Enable => {
            let rule = name.map_or_else(String::new, |name| format!(" {}", name.text));
            format!("No `jflint-disable{rule}` stands above, so this comment ends nothing")
        }
        Verb::Disable | Verb::Unknown(_) => {
            format!("From here on there is no finding{of_rule}, so this comment suppresses nothing")
        }
    }
}

/// Whether a comment has its lines for itself.
pub(super) fn stands_alone(source: &Source, comment: Span) -> bool {
    let first = source.line_span(source.line_of(comment.start));
    let before = source.slice(Span::new(first.start, comment.start));
    before.trim_start_matches('\u{feff}').trim().is_empty() && text_after(source, comment).trim().is_empty()
}

/// What takes out a comment: its lines if they hold nothing else, else the comment and the blank before it.
fn whole_removal(source: &Source, comment: Span) -> Span {
    if stands_alone(source, comment) {
        return lines_removal(source, comment);
    }
    let line = source.line_span(source.line_of(comment.start));
    let before = source.slice(Span::new(line.start, comment.start)).trim_end_matches([' ', '\t']);
    let joins_words = text_after(source, comment).starts_with(|c: char| !c.is_whitespace());
    Span::new(if joins_words { comment.start } else { line.start + before.len() }, comment.end)
}

/// The rest of the line on which a comment ends.
fn text_after(source: &Source, comment: Span) -> &str {
    source.slice(Span::new(comment.end, source.line_span(source.line_of(comment.end)).end))
}

fn lines_removal(source: &Source, comment: Span) -> Span {
    if keeps_apart(source, comment) {
        // Its empty line does, too.
        return comment;
    }
    let (first, last) = (source.line_of(comment.start), source.line_of(comment.end));
    let (before, after) = neighbours(source, comment);
    // Where it stood between two empty lines, one of them is left.
    let empty_too = usize::from(before.is_empty() && after.is_empty() && last < source.lines().count());
    let bom = source.line(first).len() - source.line(first).trim_start_matches('\u{feff}').len();
    Span::new(source.lines().start(first) + bom, source.lines().start(last + 1 + empty_too))
}

/// The lines above and below a comment.
fn neighbours(source: &Source, comment: Span) -> (&str, &str) {
    let (first, last) = (source.line_of(comment.start), source.line_of(comment.end));
    let before = if first > 1 { source.line(first - 1).trim() } else { "" };
    (before, source.line(last + 1).trim())
}

/// Whether a comment stands in the middle of a line, beside mere signs, or on lines of its own between two that may be one block.
fn keeps_apart(source: &Source, comment: Span) -> bool {
    if !stands_alone(source, comment) {
        let line = source.line_span(source.line_of(comment.start));
        let before = source.slice(Span::new(line.start, comment.start)).trim_end();
        // A tag or a line of signs by itself is another thing to Markdown than the same with a comment, and so is
        // `[text](<!-- ... -->)`.
        let is_text = before.contains(char::is_alphanumeric) && !before.ends_with(['>', '(']);
        return !is_text || !text_after(source, comment).trim().is_empty();
    }
    let (before, after) = neighbours(source, comment);
    let in_front_matter = source.slice(comment).starts_with('#');
    !before.is_empty() && !after.is_empty() && !is_heading(before) && !begins_block(after) && !in_front_matter
}

fn is_heading(line: &str) -> bool {
    let rest = line.trim_start_matches('#');
    (1..=6).contains(&(line.len() - rest.len())) && rest.starts_with(' ')
}

/// Whether a line begins a block whatever stands above it: a heading, a bullet, a quote, a fence.
fn begins_block(line: &str) -> bool {
    is_heading(line) || ["- ", "* ", "+ ", ">", "```", "~~~"].iter().any(|start| line.starts_with(start))
}

/// For each name what takes it out of its list.
fn name_removals(directive: &Directive) -> Vec<Span> {
    let spans: Vec<Span> = directive.names.iter().map(|name| name.span).collect();
    let removal = |index: usize| match (spans.get(index + 1), index.checked_sub(1)) {
        (Some(next), _) => Span::new(spans[index].start, next.start),
        (None, Some(before)) => Span::new(spans[before].end, spans[index].end),
        (None, None) => spans[index],
    };
    (0..spans.len()).map(removal).collect()
}
