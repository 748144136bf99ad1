//! `jflint words`: the words that no list has, so that a team can fill its own in one sitting.

use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;
use std::path::Path;

use super::Status;
use super::arguments::Words as Arguments;
use super::check::{find_and_say, without_panic};
use super::terminal::Terminal;
use crate::disk;
use crate::lint::{Scratch, Settings, lint_with};
use crate::report::Failure;
use crate::rules;
use crate::source::Source;
use crate::text::fold;
use crate::walk::Document;

/// The rule that finds them.
const UNKNOWN_WORD: &str = "unknown-word";

/// So many places are told of a word.
const MOST_PLACES: usize = 3;

/// A word with the places where it stands.
#[derive(Debug, Default)]
struct Word {
    /// How it is written, and how often.
    forms: BTreeMap<String, usize>,
    places: Vec<String>,
}

/// Lists the words of the pages that the arguments mean.
pub fn run(arguments: &Arguments, terminal: &Terminal) -> Status {
    let found = match find_and_say(&arguments.places, terminal) {
        Ok(found) => found,
        Err(status) => return status,
    };
    let mut failures = found.failures;
    let words = read(&found.documents, &mut failures);
    if words.is_empty() && failures.is_empty() {
        terminal.say("There is no word that no list has");
    }
    let written = terminal.print(&table(&words));
    let appended = arguments.write.as_ref().map_or(Status::Clean, |list| append(&words, list, terminal));
    written.max(appended).max(terminal.say_failures(&failures))
}

/// The words of all pages, the most frequent first.
fn read(documents: &[Document], failures: &mut Vec<Failure>) -> Vec<Word> {
    let scratch = Scratch::default();
    let mut words: BTreeMap<String, Word> = BTreeMap::new();
    for page in documents {
        let added = page.read().and_then(|source| add(&source, page.place.settings(), &scratch, &mut words));
        failures.extend(added.err());
    }
    let mut words: Vec<Word> = words.into_values().collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.places.len()));
    words
}

fn add(
    source: &Source,
    mut settings: Settings,
    scratch: &Scratch,
    words: &mut BTreeMap<String, Word>,
) -> Result<(), Failure> {
    for rule in rules::ALL {
        settings.set(rule.name, (rule.name == UNKNOWN_WORD).then_some(rule.severity));
    }
    for diagnostic in without_panic(source, || lint_with(source, &settings, scratch))?.diagnostics {
        let word = words.entry(diagnostic.key).or_default();
        *word.forms.entry(source.slice(diagnostic.span).to_owned()).or_default() += 1;
        word.places.push(format!("{}:{}", source.path(), source.position(diagnostic.span.start).line));
    }
    Ok(())
}

impl Word {
    /// As it is written most often.
    fn usual_form(&self) -> &str {
        self.forms.iter().max_by_key(|(form, count)| (*count, std::cmp::Reverse(*form))).map_or("", |(form, _)| form)
    }
}

/// A line for each word: how often, the word, where.
fn table(words: &[Word]) -> String {
    let count_width = words.first().map_or(1, |word| word.places.len().to_string().len());
    let width = words.iter().map(|word| word.usual_form().chars().count()).max().unwrap_or_default();
    let mut text = String::new();
    for word in words {
        let (count, form) = (word.places.len(), word.usual_form());
        let mut places = word.places.clone();
        places.dedup();
        let more = if places.len() > MOST_PLACES { ", ..." } else { "" };
        places.truncate(MOST_PLACES);
        let _ = writeln!(text, "{count:count_width$}  {form:width$}  {}{more}", places.join(", "));
    }
    text
}

/// Adds the words that a list does not have yet, one a line.
fn append(words: &[Word], list: &Path, terminal: &Terminal) -> Status {
    let old = match disk::read_text(list) {
        Ok(text) => text,
        Err(_) if !list.exists() => String::new(),
        Err(error) => return terminal.fail(&format!("{}: {error}", disk::shown(list))),
    };
    let listed: HashSet<String> = old.lines().map(|line| fold(line.trim())).collect();
    let new: Vec<&str> = words.iter().map(Word::usual_form).filter(|word| !listed.contains(&fold(word))).collect();
    let gap = if old.is_empty() || old.ends_with('\n') { "" } else { "\n" };
    let text = new.iter().fold(format!("{old}{gap}"), |text, word| text + word + "\n");
    let name = disk::shown(list);
    if new.is_empty() {
        terminal.say(&format!("{name} stays as it is: it has all of them"));
        return Status::Clean;
    }
    if let Err(error) = std::fs::write(list, text) {
        return terminal.fail(&format!("{name} cannot be written: {}", disk::io_words(&error)));
    }
    let count = format!("{} {}", new.len(), if new.len() == 1 { "word" } else { "words" });
    terminal
        .say(&format!("Added {count} to {name}: strike out what is misspelt, and name the file under `word-lists`"));
    Status::Clean
}
