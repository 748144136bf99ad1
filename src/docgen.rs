//! What the rules say of themselves, as a page of the documentation and for the terminal.

use std::fmt::Write as _;

use crate::config;
use crate::diagnostic::Safety;
use crate::options::{self, OptionDoc};
use crate::report::Style;
use crate::report::terminal::{fold, printable};
use crate::rule::{Group, Rule};
use crate::rules;

/// Text wider than this is tiring to read.
const WIDEST_TEXT: usize = 90;

/// A fenced example in the documentation of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// Whether the rule must speak: the example stands under `Bad`, not under `Good`.
    pub bad: bool,
    /// A document, or a piece of one.
    pub text: String,
}

/// The examples of a rule, in order: the blocks fenced as `markdown` below the headings `Bad` and `Good`.
pub fn examples(rule: &Rule) -> Vec<Example> {
    let mut bad = None;
    let mut examples = Vec::new();
    for block in blocks(rule) {
        match block {
            Block::Heading(_, title) => bad = (title == "Bad").then_some(true).or((title == "Good").then_some(false)),
            Block::Code { language: "markdown", lines } => examples.extend(bad.map(|bad| {
                let text = lines.iter().map(|line| format!("{line}\n")).collect();
                Example { bad, text }
            })),
            _ => {}
        }
    }
    examples
}

/// The text of `docs/rules.md`: for each group a table of its rules, then what each rule says of itself.
pub fn rules_markdown() -> String {
    let mut page = String::from(
        "# Rules\n\nThis page is made from the source of the rules: `JFLINT_UPDATE=1 cargo test --test generated` writes \
         it again.\nIn a terminal, `jflint explain RULE` says the same of one rule.\n",
    );
    for group in groups() {
        page.push_str(&group_markdown(group));
    }
    page
}

/// The text of `docs/configuration.md`: a first configuration, and every key of the file as its schema has it.
pub fn configuration_markdown() -> String {
    let mut page = format!(
        "# Configuration\n\nThis page is made from the types of the configuration: `JFLINT_UPDATE=1 cargo test --test \
         generated` writes it again.\n\n\
         A project says in `.jflint.yaml` what holds for its pages. For each page the nearest such file above it applies, \
         alone, up to the root of the\nrepository. `jflint init` writes this one, which changes nothing until a line is \
         taken into use:\n\n```yaml\n{}```\n\n`jflint config FILE` shows what holds for a page and where each \
         setting comes from. A key, rule or option that does not exist is an\nerror that names the line and the nearest \
         valid name.\n\n## Keys\n",
        config::first_configuration()
    );
    let schema = config::schema();
    for (key, value) in schema["properties"].as_object().into_iter().flatten() {
        let text = value["description"].as_str().unwrap_or_default();
        let _ = write!(page, "\n### {key}\n\n{text}\n");
    }
    page.push_str(OPTIONS_OF_RULES);
    for rule in rules::ALL {
        let names: Vec<String> = options::options_of(rule.name).iter().map(|one| format!("`{}`", one.name)).collect();
        if !names.is_empty() {
            let _ = writeln!(page, "- [`{}`](rules.md#{}): {}", rule.name, rule.name, names.join(", "));
        }
    }
    page.push_str(IN_EDITORS);
    page
}

const OPTIONS_OF_RULES: &str = "
## Options of rules

A rule takes its severity and its options as a mapping. Most options change a list of the rule: `add` has more rows for
it, `off` names rows that do not hold here.

```yaml
rules:
  placeholder:
    severity: error
    add: [details follow]
    off: [TBD]
```

These rules have options:

";

const IN_EDITORS: &str = "
## In editors

`jflint schema` prints the JSON Schema of the file, which is also [jflint.schema.json](jflint.schema.json). Editors with the
YAML language server complete and check `.jflint.yaml` by it when its first line names it:

```yaml
# yaml-language-server: $schema=PATH-OR-ADDRESS-OF/jflint.schema.json
rules:
  equal-grades: off
```
";

fn group_markdown(group: Group) -> String {
    let mut page =
        format!("\n## {}\n\n| rule | severity | fix | what it finds |\n| --- | --- | --- | --- |\n", title(group));
    for rule in in_group(group) {
        let (name, severity, fix) = (rule.name, rule.severity.name(), fix_option(rule).unwrap_or_default());
        let off = if rule.off_by_default { ", off by default" } else { "" };
        let summary = rule.summary().replace('|', "\\|");
        // Writing to a string cannot fail.
        let _ = writeln!(page, "| [`{name}`](#{name}) | {severity}{off} | {fix} | {summary} |");
    }
    for rule in in_group(group) {
        let _ = write!(page, "\n### {}\n\n{}{}", rule.name, doc_markdown(rule), options_markdown(rule));
    }
    page
}

/// The documentation with its headings one level deeper, below the heading of the rule.
fn doc_markdown(rule: &Rule) -> String {
    let mut doc = String::new();
    for block in blocks(rule) {
        match block {
            Block::Heading(level, title) => doc.push_str(&format!("{} {title}\n", "#".repeat(level + 1))),
            Block::Line(line) => doc.push_str(&format!("{line}\n")),
            Block::Code { language, lines } => {
                let fence = fence_for(&lines);
                doc.push_str(&format!("{fence}{language}\n"));
                lines.iter().for_each(|line| doc.push_str(&format!("{line}\n")));
                doc.push_str(&format!("{fence}\n"));
            }
        }
    }
    doc
}

/// The options of a rule, below what it says of itself.
fn options_markdown(rule: &Rule) -> String {
    let lines = options_lines(rule);
    if lines.is_empty() {
        return String::new();
    }
    let example = options_example(rule).map(|example| format!("\n```yaml\nrules:\n  {example}\n```\n"));
    format!("\n#### Options\n\n{}\n{}", lines.join("\n"), example.unwrap_or_default())
}

/// A bullet for each option.
fn options_lines(rule: &Rule) -> Vec<String> {
    let line = |option: &OptionDoc| {
        let default = option.default.as_ref().map(|value| format!("; `{value}` unless given")).unwrap_or_default();
        format!("- `{}` ({}{default}): {}", option.name, option.kind, option.text)
    };
    options::options_of(rule.name).iter().map(line).collect()
}

/// A line of the configuration with options of a rule.
fn options_example(rule: &Rule) -> Option<String> {
    options::example_of(rule.name).map(|example| format!("{}: {example}", rule.name))
}

/// Longer than any fence among the lines.
fn fence_for(lines: &[&str]) -> String {
    let longest = lines.iter().map(|line| fence_length(line)).max().unwrap_or(0);
    "`".repeat(longest.max(2) + 1)
}

/// What `jflint explain` prints: the documentation of one rule, wrapped to the terminal.
pub fn explain(rule: &Rule, style: &Style) -> String {
    let mut page = Page { text: String::new(), paragraph: String::new(), width: style.width.min(WIDEST_TEXT) };
    let bar = if style.ascii { "|" } else { "│" };
    page.line(&style.bold(rule.name));
    page.line(&style.dimmed(&facts(rule).join("; ")));
    page.line("");
    for block in blocks(rule) {
        match block {
            Block::Line(line) => page.line_of_text(line),
            Block::Heading(_, title) => page.line(&style.bold(title)),
            Block::Code { lines, .. } => lines.iter().for_each(|line| page.line_of_code(line, bar)),
        }
    }
    page.options(rule, style, bar);
    page.end_paragraph();
    page.text
}

/// A page of the terminal that is being written.
struct Page {
    text: String,
    /// Lines of text that are not broken yet.
    paragraph: String,
    width: usize,
}

impl Page {
    fn line(&mut self, line: &str) {
        self.end_paragraph();
        self.text.push_str(&fold(line, self.width, "", ""));
        self.text.push('\n');
    }

    fn line_of_text(&mut self, line: &str) {
        let begins_anew = line.starts_with(['|', '>']) || list_marker(line).is_some();
        if line.is_empty() {
            self.line("");
            return;
        }
        if begins_anew {
            self.end_paragraph();
        }
        if !self.paragraph.is_empty() {
            self.paragraph.push(' ');
        }
        self.paragraph.push_str(line.trim());
    }

    fn options(&mut self, rule: &Rule, style: &Style, bar: &str) {
        let lines = options_lines(rule);
        if lines.is_empty() {
            return;
        }
        self.line("");
        self.line(&style.bold("Options"));
        self.line("");
        lines.iter().for_each(|line| self.line_of_text(line));
        if let Some(example) = options_example(rule) {
            self.line("");
            ["rules:".to_owned(), format!("  {example}")].iter().for_each(|line| self.line_of_code(line, bar));
        }
    }

    /// Not wrapped: where the lines of a document end is part of it.
    fn line_of_code(&mut self, line: &str, bar: &str) {
        self.end_paragraph();
        let line = format!("  {bar} {}", printable(line));
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    fn end_paragraph(&mut self) {
        if self.paragraph.is_empty() {
            return;
        }
        let paragraph = std::mem::take(&mut self.paragraph);
        let rest = " ".repeat(list_marker(&paragraph).unwrap_or(0));
        self.text.push_str(&fold(&paragraph, self.width, "", &rest));
        self.text.push('\n');
    }
}

/// The length of a bullet with its blank.
fn list_marker(line: &str) -> Option<usize> {
    let trimmed = line.trim_start();
    (trimmed.starts_with("- ") || trimmed.starts_with("* ")).then_some(2)
}

/// What a person wants to know of a rule besides its documentation.
fn facts(rule: &Rule) -> Vec<String> {
    let mut facts = vec![format!("severity: {}", rule.severity.name())];
    facts.extend(fix_option(rule).map(|option| format!("repaired by {option}")));
    if rule.off_by_default {
        facts.push("off until the configuration asks for it".to_owned());
    }
    if !rule.yields_to.is_empty() {
        let stronger: Vec<String> = rule.yields_to.iter().map(|name| format!("`{name}`")).collect();
        facts.push(format!("silent where {} speaks", stronger.join(" or ")));
    }
    facts
}

/// The option that repairs what the rule finds, if one does.
fn fix_option(rule: &Rule) -> Option<&'static str> {
    rule.fix.map(|safety| match safety {
        Safety::Safe => "`--fix`",
        Safety::Unsafe => "`--fix --unsafe-fixes`",
    })
}

/// The groups in the order in which the registry first names them.
fn groups() -> Vec<Group> {
    let mut groups = Vec::new();
    for rule in rules::ALL {
        if !groups.contains(&rule.group) {
            groups.push(rule.group);
        }
    }
    groups
}

fn in_group(group: Group) -> impl Iterator<Item = &'static Rule> {
    rules::ALL.iter().copied().filter(move |rule| rule.group == group)
}

fn title(group: Group) -> String {
    let mut letters = group.name().chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// A piece of a rule's documentation.
enum Block<'a> {
    Heading(usize, &'a str),
    Code {
        language: &'a str,
        lines: Vec<&'a str>,
    },
    /// A line of text, or an empty one.
    Line(&'a str),
}

fn blocks(rule: &Rule) -> Vec<Block<'static>> {
    // A doc comment has a blank after its slashes.
    let mut lines = rule.doc.lines().map(|line| line.strip_prefix(' ').unwrap_or(line).trim_end());
    let mut blocks = Vec::new();
    while let Some(line) = lines.next() {
        let fence = fence_length(line);
        let hashes = line.len() - line.trim_start_matches('#').len();
        if fence >= 3 {
            let code = lines.by_ref().take_while(|line| !closes(line, fence)).collect();
            blocks.push(Block::Code { language: line[fence..].trim(), lines: code });
        } else if hashes > 0 && line[hashes..].starts_with(' ') {
            blocks.push(Block::Heading(hashes, line[hashes..].trim()));
        } else {
            blocks.push(Block::Line(line));
        }
    }
    blocks
}

fn fence_length(line: &str) -> usize {
    line.len() - line.trim_start_matches('`').len()
}

fn closes(line: &str, fence: usize) -> bool {
    fence_length(line) >= fence && line.trim_matches('`').is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Severity;

    static RULE: Rule = Rule {
        name: "lost-thread",
        group: Group::Prose,
        severity: Severity::Warning,
        fix: Some(Safety::Unsafe),
        off_by_default: true,
        yields_to: &["typo", "placeholder"],
        doc: concat!(
            " A sentence that nobody can follow to its end.\n \n Why it matters: a candidate who reads it gives up, and \n",
            " the reviewer too. There is more to say, and this\n line says it.\n \n - one point that is long enough to be \n",
            "   continued below\n - another\n \n ### Bad\n \n ````markdown\n ## Requirements\n \n ```yaml\n a: b\n ```\n ````\n \n",
            " ### Good\n \n ```markdown\n Short.\n ```\n \n ```markdown\n Shorter\n ```\n \n ### When not to fix\n \n ```text\n no example\n ```\n",
        ),
        check: |_, _| {},
    };

    #[test]
    fn examples_are_the_fenced_documents_under_bad_and_good() {
        let example = |bad, text: &str| Example { bad, text: text.into() };
        assert_eq!(
            examples(&RULE),
            [
                example(true, "## Requirements\n\n```yaml\na: b\n```\n"),
                example(false, "Short.\n"),
                example(false, "Shorter\n"),
            ]
        );
    }

    #[test]
    fn the_page_puts_a_rule_below_its_heading() {
        insta::assert_snapshot!(doc_markdown(&RULE));
    }

    #[test]
    fn a_rule_is_explained_in_the_width_of_the_terminal() {
        insta::assert_snapshot!(explain(&RULE, &Style { width: 50, ..Style::default() }));
    }
}
