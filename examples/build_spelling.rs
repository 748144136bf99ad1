//! Rebuilds the data of the spelling rules.
//!
//! `rules/spelling/README.md` says where the sources come from and how to call this.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "an example speaks to the one who runs it")]

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

type Failure = Box<dyn Error>;

/// The bits of a value of `words.fst`, as `src/spelling.rs` reads them. Most words have none, which keeps the map small.
const NAME: u64 = 1;
const COMMON: u64 = 2;
const MODERN: u64 = 4;
const BRITISH: u64 = 8;

/// The highest SCOWL level that counts as common: what most people know and write.
const HIGHEST_COMMON: u32 = 35;

/// The highest SCOWL level of a word whose misspellings are kept: nobody writes rarer ones on a page about a job.
const HIGHEST_MISSPELT: u32 = 60;

/// The highest SCOWL level of a British spelling: 70 is the last one of ordinary dictionaries, and above 60 hardly a
/// word is left that a job description uses.
const HIGHEST_BRITISH: u32 = 60;

/// Stems of words that offices use and that SCOWL ranks, or lists, no higher than rare ones. For these
/// `varcon` alone vouches for the American form.
const MODERN_STEMS: [&str; 13] = [
    "anonymis",
    "containeris",
    "evangelis",
    "incentivis",
    "modularis",
    "monetis",
    "operationalis",
    "parallelis",
    "parameteris",
    "personalis",
    "productis",
    "summaris",
    "synchronis",
];

/// How a British spelling differs from the American one, for the words that SCOWL lists as American
/// too (`modelling`, `catalogue`). Other such pairs are a matter of taste (`flyer`, `axe`).
const BRITISH_PATTERNS: [(&str, &str); 17] = [
    ("s", "z"),
    ("our", "or"),
    ("re", "er"),
    ("ll", "l"),
    ("l", "ll"),
    ("ogu", "og"),
    ("ogue", "og"),
    ("enc", "ens"),
    ("practis", "practic"),
    ("gement", "gment"),
    ("geing", "ging"),
    ("gramme", "gram"),
    ("ae", "e"),
    ("oe", "e"),
    ("grey", "gray"),
    ("cosy", "cozy"),
    ("artefact", "artifact"),
];

const USAGE: &str = "usage: build_spelling <typos-dict/src/word_codegen.rs> <american-english-large> \
                     <british-english-large> <folder of the SCOWL lists> <varcon/src/codegen.rs> \
                     <folder with modern-words.txt and no-words.txt, for output>";

fn main() -> Result<(), Failure> {
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let [typos, american, british, scowl, varcon, output] = arguments.as_slice() else {
        return Err(USAGE.into());
    };
    let lists = WordLists { american: read_word_list(american)?, british: read_word_list(british)? };
    let british_spellings = american_by_british(&read_varcon(varcon)?, &lists);
    let mut misspellings = read_misspellings(typos, &british_spellings)?;
    let mut words = classify(&lists, &read_scowl(scowl, HIGHEST_COMMON)?);
    let by_hand = read(&output.join("modern-words.txt"))?;
    let by_hand: HashSet<&str> = by_hand.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).collect();
    add_modern(&mut words, &misspellings, &by_hand);
    let no_words = read(&output.join("no-words.txt"))?;
    for word in no_words.lines() {
        words.remove(word);
    }
    for british in british_spellings.keys() {
        words.entry(british.clone()).and_modify(|bits| *bits |= BRITISH);
    }
    write_words(output, &words)?;
    let usual = read_scowl(scowl, HIGHEST_MISSPELT)?;
    let is_name = |word: &str| words.get(word).is_some_and(|bits| bits & NAME != 0);
    drop_rare(&mut misspellings, |word| usual.contains(word) || by_hand.contains(word) || is_name(word));
    write_misspellings(output, misspellings, &words)?;
    write_british(output, &british_spellings)
}

struct WordLists {
    american: HashSet<String>,
    british: HashSet<String>,
}

fn read(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()).into())
}

fn read_word_list(path: &Path) -> Result<HashSet<String>, Failure> {
    let words: HashSet<String> = read(path)?.lines().map(|word| word.replace('’', "'")).collect();
    Ok(words.iter().filter(|word| !is_spare_possessive(word, &words)).cloned().collect())
}

/// A rule looks words up without their `'s`, so a possessive would only take space.
fn is_spare_possessive(word: &str, words: &HashSet<String>) -> bool {
    word.strip_suffix("'s").is_some_and(|stem| words.contains(stem))
}

/// The words of the SCOWL lists, which the dictionary is made from, up to a level: one file each.
fn read_scowl(folder: &Path, highest: u32) -> Result<HashSet<String>, Failure> {
    let mut words = HashSet::new();
    for list in ["english-words", "english-contractions", "american-words", "british-words"] {
        for level in (0..=highest).filter(|level| folder.join(format!("{list}.{level}")).exists()) {
            // In Latin-1: the words with other letters than ASCII are none that count.
            let bytes = fs::read(folder.join(format!("{list}.{level}")))?;
            words.extend(String::from_utf8_lossy(&bytes).lines().map(str::to_owned));
        }
    }
    Ok(words)
}

/// Maps every word of the dictionary, in lower case, to the bits that tell what kind of word it is.
fn classify(lists: &WordLists, common: &HashSet<String>) -> BTreeMap<String, u64> {
    let mut words = BTreeMap::new();
    for word in lists.american.union(&lists.british) {
        let lower = word.to_lowercase();
        let is_name = lower != *word;
        let bits = words.entry(lower).or_insert(NAME);
        if !is_name {
            *bits &= !NAME;
            *bits |= if common.contains(word) { COMMON } else { 0 };
        }
    }
    words
}

/// Adds the words that are newer than the dictionary: those that are corrections of misspellings, and those written by
/// hand.
fn add_modern(words: &mut BTreeMap<String, u64>, misspellings: &BTreeMap<String, String>, by_hand: &HashSet<&str>) {
    for word in misspellings.values().flat_map(|list| list.split(',')).chain(by_hand.iter().copied()) {
        if !misspellings.contains_key(word) && !words.contains_key(word) {
            words.insert(word.to_owned(), MODERN);
        }
    }
}

/// Takes out the misspellings of words that are rare in every sense, or that only programs have.
fn drop_rare(misspellings: &mut BTreeMap<String, String>, is_usual: impl Fn(&str) -> bool) {
    let before = misspellings.len();
    misspellings.retain(|_, list| list.split(',').any(&is_usual));
    println!("dropped since only rare words are meant: {}", before - misspellings.len());
}

fn write_words(output: &Path, words: &BTreeMap<String, u64>) -> Result<(), Failure> {
    let count = |bit: u64| words.values().filter(|bits| **bits & bit != 0).count();
    println!("words: {}, names: {}, common: {}, modern: {}", words.len(), count(NAME), count(COMMON), count(MODERN));
    fs::write(output.join("words.fst"), map_bytes(words.iter().map(|(word, bits)| (word, *bits)))?)?;
    Ok(())
}

fn map_bytes<K: AsRef<[u8]>>(entries: impl Iterator<Item = (K, u64)>) -> Result<Vec<u8>, Failure> {
    let mut builder = fst::MapBuilder::memory();
    builder.extend_iter(entries)?;
    Ok(builder.into_inner()?)
}

/// Reads the table of `typos-dict`, whose entries look like
/// `(dictgen::InsensitiveStr::Ascii("wrong"), &["right", "other"])`, on one or more lines.
fn read_misspellings(path: &Path, british: &BTreeMap<String, String>) -> Result<BTreeMap<String, String>, Failure> {
    let source = read(path)?;
    let entries = source.split("InsensitiveStr::").skip(1).filter_map(|entry| {
        let mut literals = entry.split('"').skip(1).step_by(2);
        let wrong = literals.next()?.to_lowercase();
        Some((wrong, american_list(literals, british)))
    });
    Ok(entries.filter(|(_, corrections)| !corrections.is_empty()).collect())
}

/// Joins the corrections, each in American spelling and once, in the order of the source: the likeliest first.
fn american_list<'a>(corrections: impl Iterator<Item = &'a str>, british: &'a BTreeMap<String, String>) -> String {
    let mut list: Vec<&str> = Vec::new();
    for correction in corrections {
        let american = british.get(correction).map_or(correction, String::as_str);
        if !list.contains(&american) {
            list.push(american);
        }
    }
    list.join(",")
}

/// Writes the corrections in order, each list once, and the map from a misspelling to the byte at
/// which its list starts. The order keeps the offsets near each other, and so the map small.
fn write_misspellings(
    output: &Path,
    mut misspellings: BTreeMap<String, String>,
    words: &BTreeMap<String, u64>,
) -> Result<(), Failure> {
    let all = misspellings.len();
    let genuine: Vec<String> = misspellings.keys().filter(|wrong| words.contains_key(*wrong)).cloned().collect();
    misspellings.retain(|wrong, _| !words.contains_key(wrong));
    println!("misspellings: {} of {all}", misspellings.len());
    println!("dropped since a dictionary has them: {}: {}", genuine.len(), genuine.join(" "));

    let lists: BTreeSet<&str> = misspellings.values().map(String::as_str).collect();
    let mut text = String::new();
    let mut offsets = HashMap::new();
    for list in lists {
        offsets.insert(list, text.len() as u64);
        text.push_str(list);
        text.push('\n');
    }
    let entries = misspellings.iter().map(|(wrong, list)| (wrong, offsets[list.as_str()]));
    fs::write(output.join("misspellings.fst"), map_bytes(entries)?)?;
    println!("lists of corrections: {}", offsets.len());
    fs::write(output.join("corrections.txt"), text)?;
    Ok(())
}

/// One form of a word (the singular, the past tense) in its regional spellings.
struct Form {
    level: u32,
    archaic: bool,
    spellings: Vec<Spelling>,
}

#[derive(Default)]
struct Spelling {
    word: String,
    american: Option<Standing>,
    british: Option<Standing>,
}

/// How well a spelling stands in a region; the best one first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Standing {
    Usual,
    Variant,
    Rare,
}

impl Form {
    fn american(&self) -> Option<&str> {
        let usual = |spelling: &&Spelling| spelling.american == Some(Standing::Usual);
        self.spellings.iter().find(usual).map(|spelling| spelling.word.as_str())
    }

    fn british(&self) -> impl Iterator<Item = &str> {
        let usual = self.spellings.iter().filter(|spelling| spelling.british == Some(Standing::Usual));
        usual.map(|spelling| spelling.word.as_str())
    }
}

/// Reads the table of `varcon`, in which each field of a form stands on a line of its own and the
/// line with `archaic` ends the form.
fn read_varcon(path: &Path) -> Result<Vec<Form>, Failure> {
    let mut forms = Vec::new();
    let mut level = 0;
    let mut spellings: Vec<Spelling> = Vec::new();
    for line in read(path)?.lines().map(str::trim_start) {
        if let Some(number) = line.strip_prefix("level: ") {
            level = number.trim_end_matches(',').parse()?;
        } else if line.starts_with("word: ") {
            let word = line.split('"').nth(1).unwrap_or_default().to_owned();
            spellings.push(Spelling { word, ..Spelling::default() });
        } else if let (Some(region), Some(spelling)) = (line.strip_prefix("Type {"), spellings.last_mut()) {
            note_region(spelling, region);
        } else if line.starts_with("pos: ") {
            let archaic = line.contains("archaic: true");
            forms.push(Form { level, archaic, spellings: std::mem::take(&mut spellings) });
        }
    }
    Ok(forms)
}

fn note_region(spelling: &mut Spelling, region: &str) {
    let standing = Some(standing(region));
    if region.contains("Category::American") {
        spelling.american = standing;
    } else if region.contains("Category::British") {
        // Two British categories, `-ise` and `-ize`: the better standing counts.
        spelling.british = spelling.british.map_or(standing, |known| standing.min(Some(known)));
    }
}

fn standing(region: &str) -> Standing {
    if region.contains("tag: None") || region.contains("Tag::Eq") {
        Standing::Usual
    } else if region.contains("Tag::Variant") {
        Standing::Variant
    } else {
        Standing::Rare
    }
}

fn american_by_british(forms: &[Form], lists: &WordLists) -> BTreeMap<String, String> {
    let usual_american = usual_american(forms);
    let mut pairs: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for form in forms {
        let Some(american) = form.american() else { continue };
        for word in form.british() {
            if !usual_american.contains(word) && is_british_spelling(form, word, american, lists) {
                pairs.entry(word.to_lowercase()).or_default().insert(american.to_lowercase());
            }
        }
    }
    // Two American forms would make the correction a guess.
    pairs.retain(|_, american| american.len() == 1);
    pairs.into_iter().filter_map(|(british, american)| Some((british, american.into_iter().next()?))).collect()
}

/// Writes the American words, and the map from a British spelling to the byte at which its American one starts.
fn write_british(output: &Path, spellings: &BTreeMap<String, String>) -> Result<(), Failure> {
    let mut text = String::new();
    let mut entries = Vec::new();
    for (british, american) in spellings {
        entries.push((british, text.len() as u64));
        text.extend([american, "\n"]);
    }
    println!("British spellings: {}", entries.len());
    fs::write(output.join("british.fst"), map_bytes(entries.into_iter())?)?;
    fs::write(output.join("american.txt"), text)?;
    Ok(())
}

/// The words that are the usual American spelling of something: `draught` is one, of beer.
fn usual_american(forms: &[Form]) -> HashSet<&str> {
    let spellings = forms.iter().flat_map(|form| &form.spellings);
    let usual = spellings.filter(|spelling| spelling.american == Some(Standing::Usual));
    usual.map(|spelling| spelling.word.as_str()).collect()
}

fn is_british_spelling(form: &Form, word: &str, american: &str, lists: &WordLists) -> bool {
    let plain = [word, american].iter().all(|word| word.bytes().all(|byte| byte.is_ascii_alphabetic()));
    // `patinae` is a Latin plural, whatever `varcon` pairs it with.
    if !plain || form.archaic || word.ends_with("ae") {
        return false;
    }
    if MODERN_STEMS.iter().any(|stem| word.starts_with(stem)) {
        return follows_pattern(word, american);
    }
    let british_only = lists.british.contains(word) && !lists.american.contains(word);
    let known = form.level <= HIGHEST_BRITISH && lists.american.contains(american);
    known && (british_only || follows_pattern(word, american))
}

/// Whether replacing one British part of the word with the American one gives the American word.
fn follows_pattern(word: &str, american: &str) -> bool {
    BRITISH_PATTERNS.iter().any(|(from, to)| {
        word.match_indices(from).any(|(start, part)| {
            american.strip_prefix(&word[..start]).and_then(|rest| rest.strip_prefix(to))
                == Some(&word[start + part.len()..])
        })
    })
}
