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
    fs::write(Path::new(&target).join("usual_words"), usual_words()?)?;
    Ok(())
}

/// The hashes of the usual words, which are right wherever they stand: of those of the dictionary the common ones and those of the
/// lexicon, but for the British.
fn usual_words() -> Result<Vec<u8>, Box<dyn Error>> {
    const COMMON: u64 = 2;
    let open = |name: &str| -> Result<_, Box<dyn Error>> {
        Ok(fst::Map::new(fs::read(format!("rules/spelling/{name}.fst"))?)?)
    };
    let (lexicon, words, british) = (open("lexicon")?, open("words")?, open("british")?);
    let mut hashes = Vec::new();
    let mut listed = words.stream();
    while let Some((word, bits)) = listed.next() {
        if (bits & COMMON != 0 || lexicon.contains_key(word)) && !british.contains_key(word) {
            hashes.push(hash(word));
        }
    }
    hashes.sort_unstable();
    Ok(hashes.into_iter().flat_map(u64::to_le_bytes).collect())
}

/// As `word_hash::hash_of`: a test of `spelling.rs` compares the two.
fn hash(word: &[u8]) -> u64 {
    word.chunks(8).fold(0, |hash: u64, chunk| {
        let letters = chunk.iter().rev().fold(0, |letters, byte| letters << 8 | u64::from(*byte));
        let product = (hash ^ letters).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        product ^ (product >> 32)
    })
}

fn convert(yaml: &Path, target: &Path) -> Result<(), Box<dyn Error>> {
    let facts: serde_json::Value =
        serde_yaml::from_str(&fs::read_to_string(yaml)?).map_err(|error| format!("{}: {error}", yaml.display()))?;
    let name = yaml.file_stem().ok_or("a file of facts has a name")?;
    fs::write(target.join(name).with_extension("json"), serde_json::to_string(&facts)?)?;
    Ok(())
}
