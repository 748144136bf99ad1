//! Turns the facts in `rules/*.yaml` into JSON, which the program reads five times faster at every start, and makes the
//! filter that spares most words a look-up in the maps of misspellings.

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
    fs::write(Path::new(&target).join("spelling.filter"), filter()?)?;
    Ok(())
}

/// Two bits for each word that is misspelt or British, as `spelling.rs` looks for them.
fn filter() -> Result<Vec<u8>, Box<dyn Error>> {
    let mut bits = vec![0_u8; (1 << 20) / 8];
    for name in ["misspellings", "british"] {
        let map = fst::Map::new(fs::read(format!("rules/spelling/{name}.fst"))?)?;
        let mut words = map.keys();
        while let Some(word) = words.next() {
            // FNV-1a, as `text::hash_of`; a test of `spelling.rs` compares the two.
            let hash = word.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
                (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
            });
            for bit in [hash >> 44, (hash >> 24) & 0xf_ffff] {
                bits[(bit / 8) as usize] |= 1 << (bit % 8);
            }
        }
    }
    Ok(bits)
}

fn convert(yaml: &Path, target: &Path) -> Result<(), Box<dyn Error>> {
    let facts: serde_json::Value =
        serde_yaml::from_str(&fs::read_to_string(yaml)?).map_err(|error| format!("{}: {error}", yaml.display()))?;
    let name = yaml.file_stem().ok_or("a file of facts has a name")?;
    fs::write(target.join(name).with_extension("json"), serde_json::to_string(&facts)?)?;
    Ok(())
}
