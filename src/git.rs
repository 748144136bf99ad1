//! The `git` program: the only code that runs it and reads what it prints.

use std::collections::HashMap;
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Output, Stdio};

use crate::disk;

/// How git names "no commit", as in `$CI_COMMIT_BEFORE_SHA` of a new branch.
const NO_COMMIT: &str = "0000000000000000000000000000000000000000";

/// What a hook of git leaves in the environment: it may mean another repository than the one that is asked.
const OF_HOOKS: [&str; 4] = ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"];

/// Why git could not be asked: what is wrong, and the way out.
#[derive(Debug, thiserror::Error)]
pub enum GitError {
    #[error(
        "the program `git` is needed to compare with `{revision}`, and it is not there: install it (in a CI job, choose an image that has it)"
    )]
    NoProgram { revision: String },
    #[error(
        "{root} is no repository that git can read, so there is nothing to compare with: run in a checkout of the project"
    )]
    NoRepository { root: String },
    #[error(
        "git does not read {root}, because the folder belongs to another user. Allow it: git config --global --add safe.directory {root}"
    )]
    ForeignOwner { root: String },
    #[error(
        "no revision is given to compare with: the variable that should name it is empty. In GitLab CI, $CI_MERGE_REQUEST_DIFF_BASE_SHA is set in pipelines for merge requests only"
    )]
    NoRevision,
    #[error(
        "`{revision}` names no commit: a branch that was just made has no earlier one. Compare with the branch it starts from, such as origin/main"
    )]
    NoEarlierCommit { revision: String },
    #[error("there is no revision `{revision}` in {root}. {way_out}")]
    UnknownRevision { revision: String, root: String, way_out: String },
    #[error("git {command} failed in {root}: {words}")]
    Failed { command: String, root: String, words: String },
}

/// What the pages are compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Base {
    /// A commit, by its full name.
    Commit { id: String, kind: BaseKind },
    /// The repository has no commit yet: everything is new.
    Nothing,
}

/// Which commit the base is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BaseKind {
    /// The revision itself.
    Revision,
    /// The commit at which the current branch left the revision's.
    MergeBase,
    /// The revision itself, since the clone is too shallow to hold where the branches parted.
    Shallow,
}

/// What became of files since the base.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// By the new path, the old one.
    pub renamed: HashMap<String, String>,
    pub deleted: Vec<String>,
}

/// A checkout.
#[derive(Debug)]
pub struct Repository {
    root: PathBuf,
}

impl Repository {
    /// The checkout whose topmost folder is `root`.
    pub fn at(root: &Path) -> Self {
        Self { root: root.to_owned() }
    }

    /// The commit with which `revision` is compared: where the current branch left it. What others repaired on the
    /// main branch since then is no finding of this branch.
    ///
    /// # Errors
    ///
    /// When git cannot be run, or does not know the revision.
    pub fn base(&self, revision: &str) -> Result<Base, GitError> {
        check_words(revision)?;
        let Some(id) = self.commit(revision)? else {
            let unborn = revision == "HEAD" || self.commit("HEAD")?.is_none();
            return if unborn { Ok(Base::Nothing) } else { Err(self.unknown(revision)) };
        };
        let merge_base = self.run(revision, &["merge-base", &id, "HEAD"])?;
        let found = first_line(&merge_base.stdout);
        let kind = match found.as_str() {
            "" if self.is_shallow(revision) => BaseKind::Shallow,
            "" => BaseKind::Revision,
            found if found == id => BaseKind::Revision,
            _ => BaseKind::MergeBase,
        };
        let id = if kind == BaseKind::MergeBase { found } else { id };
        Ok(Base::Commit { id, kind })
    }

    /// What was renamed and deleted between a commit and the files as they are now.
    ///
    /// # Errors
    ///
    /// When git fails.
    pub fn changes_since(&self, commit: &str) -> Result<Changes, GitError> {
        let options = ["--name-status", "-z", "-M", "--no-ext-diff", "--no-textconv", "--no-relative"];
        let arguments: Vec<&str> =
            ["diff"].into_iter().chain(options).chain(["--ignore-submodules", commit, "--"]).collect();
        let output = self.run(commit, &arguments)?;
        if output.status.success() { Ok(changes(&output.stdout)) } else { Err(self.failure("diff", &output)) }
    }

    /// Opens the files of a commit.
    ///
    /// # Errors
    ///
    /// When git cannot be run.
    pub fn files_of(&self, commit: &str) -> Result<Files, GitError> {
        let mut command = self.command();
        command.args(["cat-file", "--batch"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().map_err(|error| self.not_run(commit, &error))?;
        let (Some(requests), Some(answers)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(self.broken("cat-file", "it has no streams"));
        };
        let answers = BufReader::new(answers);
        Ok(Files { commit: commit.to_owned(), root: disk::shown(&self.root), requests, answers, _child: Ended(child) })
    }

    fn commit(&self, revision: &str) -> Result<Option<String>, GitError> {
        let output = self.run(revision, &["rev-parse", "--verify", "--quiet", &format!("{revision}^{{commit}}")])?;
        match output.status.code() {
            Some(0) => Ok(Some(first_line(&output.stdout))),
            // A full name of a commit that is not here is told with another status than an unknown name.
            _ if !is_about_repository(&output) => Ok(None),
            _ => Err(self.failure("rev-parse", &output)),
        }
    }

    fn is_shallow(&self, revision: &str) -> bool {
        let output = self.run(revision, &["rev-parse", "--is-shallow-repository"]);
        output.is_ok_and(|output| first_line(&output.stdout) == "true")
    }

    fn unknown(&self, revision: &str) -> GitError {
        // Fetched by its name alone, a branch has none here in a clone of another one.
        let wanted = revision.strip_prefix("origin/").map(|branch| format!("{branch}:refs/remotes/{revision}"));
        let fetch = format!("git fetch {}origin {}", depth(revision), wanted.as_deref().unwrap_or(revision));
        let way_out = if self.is_shallow(revision) {
            format!("The clone is shallow: fetch it with `{fetch}`, or set GIT_DEPTH to 0 in the CI job")
        } else {
            format!("Fetch it with `{fetch}`, or correct the name")
        };
        GitError::UnknownRevision { revision: revision.to_owned(), root: disk::shown(&self.root), way_out }
    }

    fn command(&self) -> Command {
        let mut command = Command::new("git");
        // A repository's own settings may name a program that watches files: a linter starts none.
        command.arg("-C").arg(&self.root).args(["-c", "core.fsmonitor=false"]);
        OF_HOOKS.iter().for_each(|name| {
            command.env_remove(name);
        });
        // Words that can be read, and no refreshed index: a hook leaves that as it is.
        command.env("LC_ALL", "C").env("GIT_OPTIONAL_LOCKS", "0");
        command
    }

    fn run(&self, revision: &str, arguments: &[&str]) -> Result<Output, GitError> {
        self.command().args(arguments).stdin(Stdio::null()).output().map_err(|error| self.not_run(revision, &error))
    }

    fn not_run(&self, revision: &str, error: &io::Error) -> GitError {
        match error.kind() {
            io::ErrorKind::NotFound => GitError::NoProgram { revision: revision.to_owned() },
            _ => self.broken("", &error.to_string()),
        }
    }

    fn failure(&self, command: &str, output: &Output) -> GitError {
        let words = String::from_utf8_lossy(&output.stderr);
        let root = disk::shown(&self.root);
        if words.contains("dubious ownership") || words.contains("unsafe repository") {
            GitError::ForeignOwner { root }
        } else if words.contains("not a git repository") {
            GitError::NoRepository { root }
        } else {
            self.broken(command, first_line(words.as_bytes()).trim_start_matches("fatal: "))
        }
    }

    fn broken(&self, command: &str, words: &str) -> GitError {
        GitError::Failed { command: command.to_owned(), root: disk::shown(&self.root), words: words.to_owned() }
    }
}

/// The files of one commit, read one after the other by one run of git.
#[derive(Debug)]
pub struct Files {
    commit: String,
    root: String,
    requests: ChildStdin,
    answers: BufReader<ChildStdout>,
    // Dropped last: git ends when its standard input does.
    _child: Ended,
}

impl Files {
    /// The text of a file, by its path from the root; nothing if the commit does not have it.
    ///
    /// # Errors
    ///
    /// When git fails.
    pub fn read(&mut self, path: &str) -> Result<Option<String>, GitError> {
        // A request is a line.
        if path.contains('\n') {
            return Ok(None);
        }
        self.answer(path).map_err(|error| GitError::Failed {
            command: "cat-file".to_owned(),
            root: self.root.clone(),
            words: error.to_string(),
        })
    }

    fn answer(&mut self, path: &str) -> io::Result<Option<String>> {
        writeln!(self.requests, "{}:{path}", self.commit)?;
        self.requests.flush()?;
        let mut header = String::new();
        self.answers.read_line(&mut header)?;
        let Some((kind, size)) = kind_and_size(&header) else { return Ok(None) };
        // A line end follows the contents.
        let mut contents = vec![0; size + 1];
        self.answers.read_exact(&mut contents)?;
        contents.truncate(size);
        // A base in another encoding still has findings to compare with.
        Ok((kind == "blob").then(|| String::from_utf8_lossy(&contents).into_owned()))
    }
}

/// A process that is waited for.
#[derive(Debug)]
struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        // It may have been killed from outside: there is nothing left to do then.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Refuses what is no name of a revision before git takes it for an option or for nothing.
fn check_words(revision: &str) -> Result<(), GitError> {
    if revision.trim().is_empty() {
        return Err(GitError::NoRevision);
    }
    if revision == NO_COMMIT {
        return Err(GitError::NoEarlierCommit { revision: revision.to_owned() });
    }
    if revision.starts_with('-') {
        let way_out = "No name of a revision begins with `-`".to_owned();
        return Err(GitError::UnknownRevision {
            revision: revision.to_owned(),
            root: "the repository".to_owned(),
            way_out,
        });
    }
    Ok(())
}

/// One commit is enough where it is named by its number; a branch needs the history down to where it was left.
fn depth(revision: &str) -> &'static str {
    let is_number = revision.len() >= 40 && revision.chars().all(|c| c.is_ascii_hexdigit());
    if is_number { "--depth 1 " } else { "" }
}

/// Whether git speaks of the repository, and not of the revision.
fn is_about_repository(output: &Output) -> bool {
    let words = String::from_utf8_lossy(&output.stderr);
    ["not a git repository", "dubious ownership", "unsafe repository", "config"].iter().any(|mark| words.contains(mark))
}

fn first_line(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).lines().next().unwrap_or_default().trim().to_owned()
}

/// Of `<name> blob 123`; nothing of `main:path missing`.
fn kind_and_size(header: &str) -> Option<(&str, usize)> {
    let mut words = header.trim_end().rsplit(' ');
    let size = words.next()?.parse().ok()?;
    Some((words.next()?, size))
}

/// Reads `diff --name-status -z`: a status, then one path, or two where a file was renamed.
fn changes(output: &[u8]) -> Changes {
    let mut fields = output.split(|&byte| byte == 0).map(|field| String::from_utf8_lossy(field).into_owned());
    let mut changes = Changes::default();
    while let (Some(status), Some(path)) = (fields.next(), fields.next()) {
        match status.chars().next() {
            Some('R') => {
                if let Some(new) = fields.next().filter(|new| !new.is_empty()) {
                    changes.renamed.insert(new, path);
                }
            }
            Some('C') => drop(fields.next()),
            Some('D') => changes.deleted.push(path),
            _ => {}
        }
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn renamed_and_deleted_files_are_read() {
        let read = changes(b"M\0a b.md\0R087\0old.md\0new name.md\0D\0gone.md\0C100\0x.md\0y.md\0A\0z.md\0");
        let renamed = HashMap::from([("new name.md".to_owned(), "old.md".to_owned())]);
        assert_eq!(read, Changes { renamed, deleted: vec!["gone.md".to_owned()] });
        assert_eq!(changes(b""), Changes::default());
        assert_eq!(changes(b"R100\0cut short\0"), Changes::default());
    }

    #[test]
    fn an_answer_says_what_follows_it() {
        assert_eq!(kind_and_size("0a1b blob 12\n"), Some(("blob", 12)));
        assert_eq!(kind_and_size("0a1b tree 0\n"), Some(("tree", 0)));
        assert_eq!(kind_and_size("main:a b.md missing\n"), None);
        assert_eq!(kind_and_size(""), None);
    }

    #[test]
    fn what_is_no_revision_is_refused_with_words() {
        let words = |revision| check_words(revision).map_err(|error| error.to_string());
        assert_eq!(words("origin/main"), Ok(()));
        assert!(words(" ").is_err_and(|words| words.contains("CI_MERGE_REQUEST_DIFF_BASE_SHA")));
        assert!(words(NO_COMMIT).is_err_and(|words| words.contains("no earlier one")));
        assert!(words("--output=x").is_err_and(|words| words.contains("begins with `-`")));
    }

    #[test]
    fn a_numbered_commit_is_fetched_alone() {
        assert_eq!(depth("main"), "");
        assert_eq!(depth("0123456789abcdef0123456789abcdef01234567"), "--depth 1 ");
    }
}
