//! Writing a file at once, so that nobody ever reads half of it.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

/// Puts a text in the place of a file, or makes the file. What is no plain file, such as a link, is written into.
pub fn replace(file: &Path, text: &[u8]) -> io::Result<()> {
    if fs::symlink_metadata(file).is_ok_and(|there| !there.is_file()) {
        return fs::write(file, text);
    }
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let beside = file.with_file_name(format!(".{name}.{}.tmp", std::process::id()));
    let done = write_new(&beside, text).and_then(|()| fs::rename(&beside, file));
    if done.is_err() {
        // What is left of a failed attempt; the failure itself is told.
        let _ = fs::remove_file(&beside);
    }
    done
}

fn write_new(file: &Path, text: &[u8]) -> io::Result<()> {
    let mut out = fs::File::create(file)?;
    out.write_all(text)?;
    out.sync_all()
}
