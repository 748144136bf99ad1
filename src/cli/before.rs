//! `--new-since`: the pages as they were in an earlier commit, and which findings they had already.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::git::{Base, BaseKind, Changes, Files, GitError, Repository};
use crate::lint::Linted;
use crate::newness::{self, Trace};
use crate::report::Failure;
use crate::source::Source;
use crate::walk::Document;

/// The earlier texts of the pages that are checked.
#[derive(Debug, Default)]
pub struct Before {
    /// By the absolute path of the page as it is now. Pages that are new have none.
    texts: HashMap<PathBuf, String>,
    /// With which commit the pages are compared, each a sentence.
    pub notes: Vec<String>,
}

impl Before {
    /// Reads the pages as they were when the current branch left `revision`.
    ///
    /// # Errors
    ///
    /// When git cannot tell; the words say what to do.
    pub fn read(documents: &[Document], revision: &str) -> Result<Self, String> {
        let mut before = Self::default();
        for (root, documents) in by_repository(documents, revision)? {
            before.read_repository(&Repository::at(&root), &documents, revision).map_err(|error| error.to_string())?;
        }
        Ok(before)
    }

    fn read_repository(
        &mut self,
        repository: &Repository,
        documents: &[&Document],
        revision: &str,
    ) -> Result<(), GitError> {
        let (id, kind) = match repository.base(revision)? {
            Base::Commit { id, kind } => (id, kind),
            Base::Nothing => {
                self.notes.push("There is no commit yet: every finding is new.".to_owned());
                return Ok(());
            }
        };
        self.notes.push(scope(revision, &id, kind));
        let mut files = repository.files_of(&id)?;
        let mut missing = Vec::new();
        for document in documents {
            match files.read(&document.place.repository_path)? {
                Some(text) => drop(self.texts.insert(document.place.file.clone(), text)),
                None => missing.push(*document),
            }
        }
        // Nearly always every page was there, and git need not compare the whole checkout.
        if missing.is_empty() {
            return Ok(());
        }
        self.read_moved(&missing, &repository.changes_since(&id)?, &mut files)
    }

    /// Pages that were not there under their names: renamed, moved without git being told, or new.
    fn read_moved(&mut self, missing: &[&Document], changes: &Changes, files: &mut Files) -> Result<(), GitError> {
        let mut deleted = Vec::new();
        for path in changes.deleted.iter().filter(|path| path.ends_with(".md") || path.ends_with(".erb")) {
            deleted.extend(files.read(path)?);
        }
        for document in missing {
            let text = match changes.renamed.get(&document.place.repository_path) {
                Some(old) => files.read(old)?,
                None => moved(document, &mut deleted),
            };
            if let Some(text) = text {
                self.texts.insert(document.place.file.clone(), text);
            }
        }
        Ok(())
    }

    /// What the page in this file had. `lint` finds what its earlier text had.
    ///
    /// # Errors
    ///
    /// Those of `lint`.
    pub fn page(
        &self,
        file: &Path,
        source: &Source,
        lint: impl FnOnce(&Source) -> Result<Linted, Failure>,
    ) -> Result<Earlier, Failure> {
        Ok(match self.texts.get(file) {
            None => Earlier::Nothing,
            Some(text) if text == source.text() => Earlier::Same,
            Some(text) => {
                let earlier = source.with_text(text.as_str());
                let Linted { diagnostics, .. } = lint(&earlier)?;
                Earlier::Findings(diagnostics.iter().map(|diagnostic| Trace::of(&earlier, diagnostic)).collect())
            }
        })
    }
}

/// What a page had in the earlier commit.
#[derive(Debug)]
pub enum Earlier {
    /// The page was not there.
    Nothing,
    /// The same text, and so the same findings.
    Same,
    Findings(Vec<Trace>),
}

impl Earlier {
    /// Says of each finding of the page as it is now whether it is new.
    pub fn are_new<'d>(&self, source: &Source, diagnostics: impl Iterator<Item = &'d Diagnostic>) -> Vec<bool> {
        match self {
            Self::Nothing => diagnostics.map(|_| true).collect(),
            Self::Same => diagnostics.map(|_| false).collect(),
            Self::Findings(had) => {
                let now: Vec<Trace> = diagnostics.map(|diagnostic| Trace::of(source, diagnostic)).collect();
                let matched = newness::matched(&now.iter().collect::<Vec<_>>(), &had.iter().collect::<Vec<_>>());
                matched.known.into_iter().map(|known| !known).collect()
            }
        }
    }
}

type ByRepository<'a> = BTreeMap<Arc<Path>, Vec<&'a Document>>;

fn by_repository<'a>(documents: &'a [Document], revision: &str) -> Result<ByRepository<'a>, String> {
    let mut repositories = ByRepository::new();
    for document in documents {
        let Some(root) = &document.place.repository else {
            return Err(format!(
                "{} is in no git repository, so there is no `{revision}` to compare it with: run in a checkout of the \
                 project, or use --baseline",
                document.path
            ));
        };
        repositories.entry(Arc::clone(root)).or_default().push(document);
    }
    Ok(repositories)
}

fn scope(revision: &str, id: &str, kind: BaseKind) -> String {
    let short = &id[..id.len().min(12)];
    match kind {
        BaseKind::Revision if revision == id => format!("Compared with {short}: only new findings count."),
        BaseKind::Revision => format!("Compared with {revision} ({short}): only new findings count."),
        BaseKind::MergeBase => {
            format!("Compared with {short}, where this branch left {revision}: only new findings count.")
        }
        BaseKind::Shallow => format!(
            "Compared with {revision} itself ({short}): the clone is too shallow to show where this branch left it. Only \
             new findings count."
        ),
    }
}

/// Takes the deleted page that has most of its lines: git knows no renames of files that it was not told of.
fn moved(document: &Document, deleted: &mut Vec<String>) -> Option<String> {
    if deleted.is_empty() {
        return None;
    }
    // What cannot be read is told when it is checked.
    let text = std::fs::read_to_string(&document.place.file).ok()?;
    let candidates: Vec<&str> = deleted.iter().map(String::as_str).collect();
    newness::most_alike(&text, &candidates).map(|index| deleted.swap_remove(index))
}
