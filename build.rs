//! Turns the facts in `rules/*.yaml` into JSON, which the program reads five times faster at every start, and makes the
//! list of words that need no look-up in the maps of the spelling.

use std::error::Error;
use std::path::Path;
use std::{env, fs};

use fst::Streamer as _;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=rules");
    let target = env::var("OUT_DIR")?;
    for entry in fs::read_dir("rules")? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "yaml") {
            convert(&path, Path::new(&target))?;
        }
    }
    fs::write(Path::new(&target).join("right_words.rs"), right_words()?)?;
    Ok(())
}

/// The hashes of words that are right wherever they stand: those of the lexicon that the dictionary has and that are
/// not British.
fn right_words() -> Result<String, Box<dyn Error>> {
    let open = |name: &str| -> Result<_, Box<dyn Error>> {
        Ok(fst::Map::new(fs::read(format!("rules/spelling/{name}.fst"))?)?)
    };
    let (lexicon, words, british) = (open("lexicon")?, open("words")?, open("british")?);
    let mut hashes = Vec::new();
    let mut listed = lexicon.keys();
    while let Some(word) = listed.next() {
        if words.contains_key(word) && !british.contains_key(word) {
            hashes.push(hash(word));
        }
    }
    hashes.sort_unstable();
    Ok(format!("{hashes:?}"))
}

/// FNV-1a, as `text::hash_of`: a test of `spelling.rs` compares the two.
fn hash(word: &[u8]) -> u64 {
    let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
    word.iter().fold(0xcbf2_9ce4_8422_2325, step)
}

fn convert(yaml: &Path, target: &Path) -> Result<(), Box<dyn Error>> {
    let facts: serde_json::Value =
        serde_yaml::from_str(&fs::read_to_string(yaml)?).map_err(|error| format!("{}: {error}", yaml.display()))?;
    let name = yaml.file_stem().ok_or("a file of facts has a name")?;
    fs::write(target.join(name).with_extension("json"), serde_json::to_string(&facts)?)?;
    Ok(())
}
