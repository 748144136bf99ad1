//! A folder for one test, and runs of jflint in it.

use std::fmt;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// A page with one finding of `placeholder`, on line 7, and none of any other rule that tests here select.
pub const PAGE: &str = "---\ntitle: Sourcer\n---\n\n## Responsibilities\n\n- TBD\n";

/// A temporary folder that is a repository.
pub struct Project {
    folder: TempDir,
}

impl Project {
    pub fn new() -> Self {
        let project = Self::outside_repositories();
        project.folder_at(".git");
        project
    }

    pub fn outside_repositories() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    /// The path from the root of the project.
    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub fn folder_at(&self, path: &str) {
        std::fs::create_dir_all(self.path(path)).expect("the folder can be made");
    }

    pub fn file(&self, path: &str, contents: impl AsRef<[u8]>) -> &Self {
        let file = self.path(path);
        std::fs::create_dir_all(file.parent().expect("it lies in a folder")).expect("the folder can be made");
        std::fs::write(file, contents).expect("the file can be written");
        self
    }

    pub fn page(&self, path: &str) -> &Self {
        self.file(path, PAGE)
    }

    pub fn config(&self, yaml: &str) -> &Self {
        self.file(".jflint.yaml", yaml)
    }

    /// Runs jflint in the project with arguments parted by blanks.
    pub fn run(&self, arguments: &str) -> Run {
        self.run_in("", arguments)
    }

    /// Runs jflint in a folder of the project.
    pub fn run_in(&self, folder: &str, arguments: &str) -> Run {
        self.run_with(folder, arguments, "")
    }

    /// Runs jflint in a folder of the project, with something on standard input.
    pub fn run_with(&self, folder: &str, arguments: &str, input: impl AsRef<[u8]>) -> Run {
        let mut command = self.command(folder);
        let mut child = command.args(arguments.split_whitespace()).spawn().expect("jflint starts");
        let mut stdin = child.stdin.take().expect("it has a standard input");
        // A run that needs no input may have ended by now.
        let _ = stdin.write_all(input.as_ref());
        drop(stdin);
        let output = child.wait_with_output().expect("jflint ends");
        Run::new(&output, self.folder.path())
    }

    /// Runs git in the project; the test fails where git does.
    pub fn git(&self, arguments: &str) -> &Self {
        let mut command = Command::new("git");
        // Nothing of the person's or the pipeline's own settings.
        for name in ["GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"] {
            command.env_remove(name);
        }
        let author = ["-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "init.defaultBranch=main"];
        command.current_dir(self.folder.path()).args(author).args(arguments.split_whitespace());
        let output = command.output().expect("git is installed");
        assert!(output.status.success(), "git {arguments}: {}", String::from_utf8_lossy(&output.stderr));
        self
    }

    /// Makes a commit of everything.
    pub fn commit(&self) -> &Self {
        self.git("add --all").git("commit --quiet --message=change")
    }

    /// Replaces a text that a file has once.
    #[track_caller]
    pub fn edit(&self, path: &str, old: &str, new: &str) -> &Self {
        let text = std::fs::read_to_string(self.path(path)).expect("the file can be read");
        assert_eq!(text.matches(old).count(), 1, "{path} has `{old}` once");
        self.file(path, text.replace(old, new))
    }

    /// jflint in a folder of the project, with nothing from the environment that changes what it prints.
    pub fn command(&self, folder: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jflint"));
        command.current_dir(self.path(folder)).env_remove("NO_COLOR").env_remove("TERM");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }
}

/// What one run printed, with a fixed name for the temporary folder.
pub struct Run {
    pub out: String,
    pub err: String,
    pub status: i32,
}

impl Run {
    fn new(output: &Output, folder: &Path) -> Self {
        let real = std::fs::canonicalize(folder).expect("the folder is there");
        let stable = |bytes: &[u8]| {
            let text = String::from_utf8(bytes.to_vec()).expect("jflint prints UTF-8");
            text.replace(&*real.to_string_lossy(), "[project]").replace(&*folder.to_string_lossy(), "[project]")
        };
        Self {
            out: stable(&output.stdout),
            err: stable(&output.stderr),
            status: output.status.code().expect("jflint is not killed"),
        }
    }

    /// The lines of standard output.
    pub fn lines(&self) -> Vec<&str> {
        self.out.lines().collect()
    }
}

impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "status {}\n--- out\n{}--- err\n{}", self.status, self.out, self.err)
    }
}
