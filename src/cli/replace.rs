//! Replaces a file as a whole: whoever reads it finds the old text or the new one, and never half of it.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// Replaces the text of a file and keeps its permissions. Of a link, the file to which it leads is replaced.
///
/// # Errors
///
/// When the file may not be written or the folder takes no other; the file is as it was then.
pub fn replace(file: &Path, text: &str) -> io::Result<()> {
    let file = fs::canonicalize(file)?;
    let metadata = fs::metadata(&file)?;
    // A folder lets files be renamed into it that may not be written themselves.
    OpenOptions::new().write(true).open(&file)?;
    let mut temporary = Temporary::beside(&file)?;
    temporary.fill(text, &metadata)?;
    temporary.rename(&file)
}

/// Writes a text into a file that may not exist yet. What is no plain file, such as a link, is written into.
///
/// # Errors
///
/// When the folder takes no file.
pub fn put(file: &Path, text: &[u8]) -> io::Result<()> {
    if fs::symlink_metadata(file).is_ok_and(|there| !there.is_file()) {
        return fs::write(file, text);
    }
    let mut temporary = Temporary::beside(file)?;
    temporary.file.write_all(text)?;
    temporary.file.sync_all()?;
    temporary.rename(file)
}

/// What went wrong, as a sentence without the path.
pub fn words(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::PermissionDenied => "you may not write it (permission denied)".to_owned(),
        _ => error.to_string(),
    }
}

/// A file that goes away again unless it takes its place.
struct Temporary {
    path: PathBuf,
    file: File,
    in_place: bool,
}

/// So many files left behind by earlier runs of the same process number are passed over.
const ATTEMPTS: usize = 100;

impl Temporary {
    /// In the same folder, because a file can only be renamed within a disk.
    fn beside(file: &Path) -> io::Result<Self> {
        let mut result = Err(io::ErrorKind::AlreadyExists.into());
        for attempt in 0..ATTEMPTS {
            let path = file.with_file_name(format!(".jflint-{}-{attempt}.tmp", std::process::id()));
            result = OpenOptions::new().write(true).create_new(true).open(&path).map(|file| (path, file));
            if !matches!(&result, Err(error) if error.kind() == io::ErrorKind::AlreadyExists) {
                break;
            }
        }
        result.map(|(path, file)| Self { path, file, in_place: false })
    }

    fn fill(&mut self, text: &str, like: &Metadata) -> io::Result<()> {
        self.file.write_all(text.as_bytes())?;
        keep_owner(&self.path, like);
        self.file.set_permissions(like.permissions())?;
        // Else a crash could leave the new name with nothing behind it.
        self.file.sync_all()
    }

    fn rename(mut self, file: &Path) -> io::Result<()> {
        fs::rename(&self.path, file)?;
        self.in_place = true;
        Ok(())
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        if !self.in_place {
            // What cannot be removed either is a hidden file that does no harm.
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// A container that runs as root must not take the files of a checkout from their owner. Others may not give files
/// away, and have no need to.
#[cfg(unix)]
fn keep_owner(path: &Path, like: &Metadata) {
    use std::os::unix::fs::{MetadataExt as _, chown};
    let _ = chown(path, Some(like.uid()), Some(like.gid()));
}

#[cfg(not(unix))]
fn keep_owner(_: &Path, _: &Metadata) {}
