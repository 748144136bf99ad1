//! Counts the instructions of a check, which a busy machine does not change: `cargo bench`, with valgrind installed.
//!
//! The floor is what reading the documents and parsing them with comrak takes. Below the table of the formats stands how
//! the cost grows with the document: four times the bytes must take four times the instructions, no more.
//!
//! `cargo bench -- PATHS` measures other documents than `../shared/corpus` or, where that is not there, `fixtures`.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a benchmark speaks to the one who runs it")]

use std::error::Error;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use comrak::{Arena, Options, parse_document};

const JFLINT: &str = env!("CARGO_BIN_EXE_jflint");

/// Has this program parse the files behind it, and nothing else.
const FLOOR: &str = "--floor";

type Failure = Box<dyn Error>;

fn main() -> ExitCode {
    // Cargo adds `--bench`.
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let done = match arguments.split_first() {
        Some((first, files)) if first == FLOOR => parse_all(files),
        _ => bench(&arguments),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// With the extensions of `src/syntax/convert.rs`: the floor is what the same parse takes alone.
fn parse_all(files: &[String]) -> Result<(), Failure> {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.footnotes = true;
    options.extension.strikethrough = true;
    options.extension.tasklist = true;
    options.extension.autolink = true;
    for file in files {
        let arena = Arena::new();
        let root = parse_document(&arena, &fs::read_to_string(file)?, &options);
        std::hint::black_box(root.first_child().is_some());
    }
    Ok(())
}

fn bench(paths: &[String]) -> Result<(), Failure> {
    let files = documents(paths)?;
    let floor = instructions(std::env::current_exe()?.as_os_str(), &[FLOOR], &files)?;
    println!("{} documents, one thread, in millions of instructions", files.len());
    println!("{:<28}{:>9.1}", "read and parse (floor)", millions(floor));
    for format in ["text", "concise", "json"] {
        let check = instructions(JFLINT.as_ref(), &["check", "--isolated", "--threads=1", "--format", format], &files)?;
        let times = check as f64 / floor as f64;
        println!("{:<28}{:>9.1}{times:>8.2} times the floor", format!("check --format {format}"), millions(check));
    }
    growth()
}

/// What a page of one thing over and over takes, at a quarter of a megabyte and at a whole one.
fn growth() -> Result<(), Failure> {
    const SMALL: usize = 256 * 1024;
    println!("\n{:<28}{:>9}{:>9}", "one thing over and over", "0.25 MB", "1 MB");
    let folder = std::env::temp_dir().join(format!("jflint-bench-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    for (name, unit) in SHAPES {
        let count = |bytes: usize| -> Result<u64, Failure> {
            let file = folder.join("page.md");
            fs::write(&file, unit.repeat(bytes / unit.len()))?;
            instructions(JFLINT.as_ref(), &["check", "--isolated", "--threads=1", "--format=concise"], &[file])
        };
        let (small, large) = (count(SMALL)?, count(4 * SMALL)?);
        let times = large as f64 / small as f64;
        println!("{name:<28}{:>9.1}{:>9.1}{times:>8.2} times", millions(small), millions(large));
    }
    Ok(fs::remove_dir_all(&folder)?)
}

const SHAPES: [(&str, &str); 17] = [
    ("quotes", ">"),
    ("brackets", "["),
    ("stars", "*"),
    ("bullets", "- Prepares the tax returns\n"),
    ("nested bullets", "- a\n  - b\n"),
    ("rows of a table", "| Analyst | 6 |\n| --- | --- |\n"),
    ("roles", "## Senior Tax Analyst\n\nThe Senior Tax Analyst is a grade 7.\n\n"),
    ("placeholders", "TBD\n\n???\n\n"),
    ("brackets of a name", "(ab) engineer "),
    ("remarks left open", "plans(such as "),
    ("shortenings", "plans etc. "),
    ("roles that extend", "## Clerk\n\n### Requirements\n\n- Extends the [Clerk](#clerk) requirements\n\n"),
    ("grades of one role", "The clerk is a grade 6.\n\n"),
    ("lost bullets", "1. Prepares it\nKeeps it here\n\n<!-- x -->\n\n"),
    ("lists without markers", "## Requirements\n\nKeeps the plan\nHolds the plan\nWrites the plan\n\n"),
    ("one line", "words of one line "),
    ("one word", "a"),
];

fn millions(instructions: u64) -> f64 {
    instructions as f64 / 1e6
}

/// The instructions that a run of a program takes, as valgrind counts them.
fn instructions(program: &OsStr, arguments: &[&str], files: &[PathBuf]) -> Result<u64, Failure> {
    let run = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(program)
        .args(arguments)
        .args(files)
        .output()
        .map_err(|error| format!("valgrind cannot be run: {error}. It counts the instructions: install it"))?;
    let told = String::from_utf8_lossy(&run.stderr);
    let counted = told.lines().find_map(|line| line.split_once("Collected :"));
    let (_, counted) = counted.ok_or_else(|| format!("valgrind told no count:\n{told}"))?;
    Ok(counted.trim().parse()?)
}

fn documents(paths: &[String]) -> Result<Vec<PathBuf>, Failure> {
    let corpus = Path::new("../shared/corpus");
    let mut folders: Vec<PathBuf> = paths.iter().map(PathBuf::from).collect();
    if folders.is_empty() {
        folders.push(if corpus.is_dir() { corpus.to_owned() } else { "fixtures".into() });
    }
    let mut files = Vec::new();
    while let Some(path) = folders.pop() {
        if path.is_dir() {
            folders.extend(fs::read_dir(&path)?.flatten().map(|entry| entry.path()));
        } else if path.to_string_lossy().contains(".md") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}
