//! `--output FORMAT=FILE`: reports beside the one on standard output.

use std::io;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use clap::ValueEnum as _;

use super::Status;
use super::replace::put;
use super::terminal::Terminal;
use crate::disk;
use crate::report::{self, Format, Report, Style};

/// A report that goes to a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    format: Format,
    file: PathBuf,
}

impl FromStr for Output {
    type Err = String;

    fn from_str(argument: &str) -> Result<Self, String> {
        let Some((name, file)) = argument.split_once('=') else {
            return Err("write a format, `=` and a file, such as `gitlab=gl-code-quality-report.json`".to_owned());
        };
        let format = Format::from_str(name, true).map_err(|_| format!("there is no format `{name}`: {}", formats()))?;
        match file {
            "" => Err(format!("name a file behind `{name}=`")),
            "-" => Err(format!("standard output takes one report: choose it with `--format {name}`")),
            file => Ok(Self { format, file: file.into() }),
        }
    }
}

fn formats() -> String {
    let names =
        Format::value_variants().iter().filter_map(|format| Some(format.to_possible_value()?.get_name().to_owned()));
    names.collect::<Vec<_>>().join(", ")
}

/// What is wrong with the places of the reports: better said before a long run than after it.
pub fn check(outputs: &[Output]) -> Result<(), String> {
    for (at, Output { file, .. }) in outputs.iter().enumerate() {
        let shown = disk::shown(file);
        let folder = folder_of(file);
        if !folder.is_dir() {
            return Err(format!(
                "{shown} cannot be written: there is no folder `{}`, make it first",
                disk::shown(folder)
            ));
        }
        if file.is_dir() {
            return Err(format!("{shown} cannot be written: it is a folder, name a file in it"));
        }
        let real = disk::real_path(file);
        if outputs[..at].iter().any(|other| disk::real_path(&other.file) == real) {
            return Err(format!("two reports cannot go to one file: {shown}"));
        }
    }
    Ok(())
}

/// Writes each of the reports; says which of them could not be written.
pub fn write(report: &Report, outputs: &[Output], style: &Style, terminal: &Terminal) -> Status {
    let written = outputs.iter().map(|output| match output.write(report, style) {
        Ok(()) => Status::Clean,
        Err(error) => terminal.fail(&format!("{} cannot be written: {}", disk::shown(&output.file), reason(&error))),
    });
    written.max().unwrap_or(Status::Clean)
}

fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    }
}

impl Output {
    fn write(&self, report: &Report, style: &Style) -> io::Result<()> {
        let mut text = Vec::new();
        report::write(report, self.format, style, &mut text)?;
        put(&self.file, &text)
    }
}

fn folder_of(file: &Path) -> &Path {
    match file.parent() {
        Some(folder) if folder.as_os_str().is_empty() => Path::new("."),
        Some(folder) => folder,
        None => file,
    }
}
