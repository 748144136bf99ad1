//! For people: each finding with the lines of the document in which it stands, equal findings as one.

use std::fmt;
use std::io::{self, Write};

use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode, ThemeCharacters, ThemeStyles};
use owo_colors::Style as Paint;
use textwrap::{WordSeparator, WordSplitter};

use super::excerpt::{Excerpt, Place};
use super::group::{Block, blocks, lines_in_words, times};
use super::terminal::{fold, lines_of_plain, printable, severity_word};
use super::{FileReport, Finding, Report, Style};
use crate::diagnostic::{Diagnostic, Safety, Severity};
use crate::source::Source;

/// More second places than this are only counted: a frame for each would hide the next finding.
const MOST_LABELS: usize = 4;

/// Below a longer label, the lines that follow begin where they would below `help:`.
const LONGEST_HANGING_LABEL: usize = 12;

/// More lines than this are only counted.
const MOST_LINES: usize = 24;

/// In bytes: what a finding takes, mostly.
const FRAME: usize = 1024;

pub(super) fn write(report: &Report, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let frames = Frames::new(style);
    let told: Vec<(&FileReport, Vec<Block<'_>>)> = report
        .files
        .iter()
        .map(|file| (file, blocks(file.findings.iter().filter(|finding| style.shows(finding)))))
        .filter(|(_, blocks)| !blocks.is_empty())
        .collect();
    let several_files = told.len() > 1;
    for (file, blocks) in told {
        if several_files {
            writeln!(out, "{}\n", style.bold(&printable(file.source.path())))?;
        }
        for block in blocks {
            write_block(&file.source, &block, style, &frames, out)?;
        }
    }
    Ok(())
}

/// What draws the frames: miette's wrapping takes a third of a report, so that it gets lines where we can break them.
struct Frames {
    wrapping: GraphicalReportHandler,
    indenting: GraphicalReportHandler,
}

/// The columns of what miette draws before the lines of a message after the first: `  │ `.
const BAR: usize = 4;
/// And before the lines of a help: `  help: `.
const HELP: usize = 8;

impl Frames {
    fn new(style: &Style) -> Self {
        Self { wrapping: handler(style), indenting: handler(style).with_wrap_lines(false) }
    }

    fn draw(&self, mut framed: Framed<'_>, style: &Style, text: &mut String) -> fmt::Result {
        let severity = severity_word(framed.finding.diagnostic.severity).len() + 3;
        let room = |label: usize| style.width.saturating_sub(2 + label);
        let title = lines_of_plain(&framed.title, room(severity), room(BAR)).map(|lines| lines.join("\n"));
        let help = lines_of_plain(&framed.help, room(HELP), room(HELP)).map(|lines| lines.join("\n"));
        match (title, help.or_else(|| framed.help.is_empty().then(String::new))) {
            (Some(title), Some(help)) => {
                (framed.title, framed.help) = (title, help);
                self.indenting.render_report(text, &framed)
            }
            _ => self.wrapping.render_report(text, &framed),
        }
    }
}

fn handler(style: &Style) -> GraphicalReportHandler {
    let mut characters = if style.ascii { ThemeCharacters::ascii() } else { ThemeCharacters::unicode() };
    characters.error = severity_word(Severity::Error).into();
    characters.warning = severity_word(Severity::Warning).into();
    characters.advice = severity_word(Severity::Info).into();
    let styles = if style.color { ThemeStyles::ansi() } else { ThemeStyles::none() };
    GraphicalReportHandler::new_themed(GraphicalTheme { characters, styles })
        .with_width(style.width)
        .with_word_separator(WordSeparator::AsciiSpace)
        .with_word_splitter(WordSplitter::NoHyphenation)
        .with_urls(false)
        .without_cause_chain()
        .without_syntax_highlighting()
}

fn write_block(
    source: &Source,
    block: &Block<'_>,
    style: &Style,
    frames: &Frames,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut text = String::with_capacity(FRAME);
    frames.draw(Framed::new(source, block.first, style), style, &mut text).map_err(io::Error::other)?;
    text.push_str(&hidden_labels(source, &block.first.diagnostic, style));
    text.push_str(&others(source, block, style));
    let mut start = 0;
    for end in memchr::memchr_iter(b'\n', text.as_bytes()) {
        // Frames of empty lines end in blanks.
        out.write_all(text[start..end].trim_end().as_bytes())?;
        out.write_all(b"\n")?;
        start = end + 1;
    }
    out.write_all(b"\n")
}

/// The labels for which the frame has no room.
fn hidden_labels(source: &Source, diagnostic: &Diagnostic, style: &Style) -> String {
    let hidden = diagnostic.labels.get(MOST_LABELS..).unwrap_or(&[]);
    if hidden.is_empty() {
        return String::new();
    }
    indented(
        "also: ",
        &lines_in_words(hidden.iter().map(|label| source.line_of(label.span.start)), MOST_LINES, style.ellipsis()),
        style,
    )
}

/// Where the rest of the block stands, in a sentence where one message says it all.
fn others(source: &Source, block: &Block<'_>, style: &Style) -> String {
    if block.others.is_empty() {
        return String::new();
    }
    let line_of = |finding: &Finding| source.line_of(finding.diagnostic.span.start);
    let times = times(block.others.len() + 1);
    if block.says_one_thing() {
        let what = match block.replacement(source) {
            Some((old, new)) => format!("`{}` -> `{}`, {times}: ", printable(old), printable(new)),
            None => format!("{times}: "),
        };
        return indented(&what, &lines_in_words(block.all().map(line_of), MOST_LINES, style.ellipsis()), style);
    }
    let mut text = indented(&format!("{} more like it:", block.others.len()), "", style);
    for other in block.others.iter().take(MOST_LINES) {
        let line = format!("  line {}: ", line_of(other));
        text.push_str(&indented(&line, &printable(&other.diagnostic.message), style));
    }
    if let Some(hidden) = block.others.len().checked_sub(MOST_LINES).filter(|&hidden| hidden > 0) {
        text.push_str(&indented(&format!("  and {hidden} more"), "", style));
    }
    text
}

/// A paragraph under the frame, in line with the help and as narrow as miette makes that.
fn indented(label: &str, words: &str, style: &Style) -> String {
    let rest = " ".repeat(2 + if label.len() <= LONGEST_HANGING_LABEL { label.len() } else { 6 });
    let label = style.paint(label, Paint::new().cyan());
    fold(&format!("{label}{words}"), style.width.saturating_sub(2), "  ", &rest) + "\n"
}

/// A finding as miette wants it.
struct Framed<'a> {
    finding: &'a Finding,
    excerpt: Excerpt,
    title: String,
    help: String,
}

impl<'a> Framed<'a> {
    fn new(source: &Source, finding: &'a Finding, style: &Style) -> Self {
        let diagnostic = &finding.diagnostic;
        let primary = Place { span: diagnostic.span, words: &diagnostic.caption };
        let others = diagnostic.labels.iter().take(MOST_LABELS);
        let places: Vec<Place<'_>> = std::iter::once(primary)
            .chain(others.map(|label| Place { span: label.span, words: &label.message }))
            .collect();
        let rule = style.link(&style.bold(diagnostic.rule), finding.url.as_deref());
        let title = [&rule, ": ", &printable(&diagnostic.message)].concat();
        Self { finding, excerpt: Excerpt::new(source, &places, style), title, help: help(diagnostic) }
    }
}

impl miette::Diagnostic for Framed<'_> {
    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.finding.diagnostic.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Info => miette::Severity::Advice,
        })
    }

    fn help<'b>(&'b self) -> Option<Box<dyn fmt::Display + 'b>> {
        (!self.help.is_empty()).then(|| Box::new(&self.help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.excerpt)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.excerpt.labels()))
    }
}

/// What to do, and the option that does it, if one does.
fn help(diagnostic: &Diagnostic) -> String {
    let Some(fix) = diagnostic.applicable_fix(Safety::Unsafe) else { return printable(&diagnostic.help).into_owned() };
    let words = if diagnostic.help.is_empty() { &fix.title } else { &diagnostic.help };
    let option = match fix.safety {
        Safety::Safe => "--fix",
        Safety::Unsafe => "--fix --unsafe-fixes",
    };
    [&printable(words), " (`", option, "` does it)"].concat()
}

impl fmt::Display for Framed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.title)
    }
}

impl fmt::Debug for Framed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.title)
    }
}

impl std::error::Error for Framed<'_> {}
