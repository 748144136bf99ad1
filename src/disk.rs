//! Reading text from disk, with words for what can go wrong.

use std::io;
use std::path::{Component, Path, PathBuf};

/// Why a text could not be read: a sentence without the path.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    #[error("{}", io_words(.0))]
    Io(#[from] io::Error),
    #[error("it is not UTF-8: byte {byte:#04X} at line {line} (byte {offset} of the file); save it as UTF-8")]
    NotUtf8 {
        byte: u8,
        /// From 1.
        line: usize,
        /// In bytes from the start of the file.
        offset: usize,
    },
}

/// The text of a file.
///
/// # Errors
///
/// When it cannot be read or is not UTF-8.
pub fn read_text(file: &Path) -> Result<String, ReadError> {
    text(std::fs::read(file)?)
}

/// The text in `bytes`.
///
/// # Errors
///
/// When it is not UTF-8.
pub fn text(bytes: Vec<u8>) -> Result<String, ReadError> {
    String::from_utf8(bytes).map_err(|error| {
        let offset = error.utf8_error().valid_up_to();
        let bytes = error.as_bytes();
        let line = 1 + memchr::memchr_iter(b'\n', &bytes[..offset]).count();
        ReadError::NotUtf8 { byte: bytes[offset], line, offset }
    })
}

/// What an error of the system means, without its number where the meaning is plain.
pub fn io_words(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "you have no permission".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        _ => error.to_string(),
    }
}

/// A path as people write it: with `/` between folders.
pub fn shown(path: &Path) -> String {
    let text = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' { text.into_owned() } else { text.replace(std::path::MAIN_SEPARATOR, "/") }
}

/// The one absolute path of a file: links in its folders are followed, the file itself may be a link or not be there.
pub fn real_path(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    match (absolute.parent(), absolute.components().next_back()) {
        (Some(folder), Some(Component::Normal(name))) => real_folder(folder).join(name),
        _ => real_folder(&absolute),
    }
}

/// The one absolute path of a folder; of one that is not there, as far as it is there.
pub fn real_folder(folder: &Path) -> PathBuf {
    if let Ok(real) = std::fs::canonicalize(folder) {
        return real;
    }
    let absolute = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    for ancestor in absolute.ancestors().skip(1) {
        if let (Ok(real), Ok(rest)) = (std::fs::canonicalize(ancestor), absolute.strip_prefix(ancestor)) {
            return real.join(rest);
        }
    }
    absolute
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_byte_is_told_with_its_place() {
        let error = text(b"ab\ncaf\xE9\n".to_vec()).expect_err("Latin-1 is not UTF-8");
        assert_eq!(error.to_string(), "it is not UTF-8: byte 0xE9 at line 2 (byte 6 of the file); save it as UTF-8");
    }

    #[test]
    fn a_folder_that_is_not_there_still_has_one_path() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let real = std::fs::canonicalize(folder.path()).expect("it exists");
        assert_eq!(real_path(&folder.path().join("no/such/file.md")), real.join("no/such/file.md"));
        assert_eq!(real_folder(folder.path()), real);
    }
}
