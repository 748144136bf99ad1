//! Addresses of files, as editors write them, and paths.

use std::path::{Path, PathBuf};

use lsp_types::Uri;

use crate::disk;

/// The path of a file; nothing for what is no file, such as a page that was never saved.
pub fn to_path(uri: &Uri) -> Option<PathBuf> {
    let rest = uri.0.strip_prefix("file://")?;
    // After the slashes may stand a host, which on one machine means nothing.
    let path = decoded(&rest[rest.find('/')?..])?;
    let has_drive = path.as_bytes().get(2) == Some(&b':');
    Some(PathBuf::from(if cfg!(windows) && has_drive { &path[1..] } else { &path }))
}

/// The address of a file.
pub fn from_path(path: &Path) -> Uri {
    let shown = disk::shown(path);
    let root = if shown.starts_with('/') { "" } else { "/" };
    Uri(format!("file://{root}{}", encoded(&shown)))
}

/// The path of a file, and the one by which the rest of the crate knows it.
pub fn to_real_path(uri: &Uri) -> Option<PathBuf> {
    to_path(uri).map(|path| disk::real_path(&path))
}

fn encoded(path: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte);
    path.bytes().fold(String::new(), |text, byte| {
        if is_plain(byte) { text + char::from(byte).encode_utf8(&mut [0; 4]) } else { text + &format!("%{byte:02X}") }
    })
}

/// The text without its percent signs; nothing where that is no UTF-8.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let code = || u8::from_str_radix(std::str::from_utf8(after.get(..2)?).ok()?, 16).ok();
        match (first == b'%').then(code).flatten() {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_survive_the_way_there_and_back() {
        for path in ["/a/b.md", "/Büro 7%/好 #?.md", "/%41.md"] {
            assert_eq!(to_path(&from_path(Path::new(path))), Some(PathBuf::from(path)));
        }
        assert_eq!(from_path(Path::new("/ü b")).0, "file:///%C3%BC%20b");
    }

    #[test]
    fn what_is_no_file_has_no_path() {
        for uri in ["untitled:Untitled-1", "git:/a/b.md", "file://", "", "file:///%FF"] {
            assert_eq!(to_path(&Uri::from(uri)), None, "{uri}");
        }
        assert_eq!(to_path(&Uri::from("file:///100%.md")), Some(PathBuf::from("/100%.md")));
    }
}
