//! Reads the reports in files and standard input.

use std::fs::File;
use std::io::{self, BufRead, BufReader, ErrorKind, IsTerminal};
use std::path::{Path, PathBuf};

use daybook_intake::{Given, Reports};
use daybook_record::Report;

use crate::failure::Failure;

/// A report, and the line of its input on which its text begins.
pub(crate) struct Input {
    pub(crate) report: Report,
    pub(crate) first_line: usize,
}

type Inputs<'a> = Box<dyn Iterator<Item = Result<Input, String>> + Send + 'a>;

/// The reports of all `files` in turn, each opened when it is its turn; a message for what can't be read.
pub(crate) fn each<'a>(files: &'a [PathBuf], given: &'a Given) -> Inputs<'a> {
    Box::new(files.iter().flat_map(move |path| -> Inputs<'a> {
        match open(path) {
            Ok(input) => Box::new(located(daybook_intake::read(&name(path), input, given))),
            Err(message) => Box::new(std::iter::once(Err(message))),
        }
    }))
}

/// Reports with the lines on which their texts begin, and messages for what can't be read.
pub(crate) fn located<R: BufRead>(reports: Reports<R>) -> impl Iterator<Item = Result<Input, String>> {
    Located(reports)
}

struct Located<R>(Reports<R>);

impl<R: BufRead> Iterator for Located<R> {
    type Item = Result<Input, String>;

    fn next(&mut self) -> Option<Self::Item> {
        let report = self.0.next()?;
        let first_line = self.0.first_line();
        Some(report.map(|report| Input { report, first_line }).map_err(|error| error.to_string()))
    }
}

/// The files that were named, or else standard input, unless that is a person waiting at a terminal.
pub(crate) fn named_or_standard(files: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    if !files.is_empty() {
        return Ok(files.to_vec());
    }
    if io::stdin().is_terminal() {
        return Err(Failure::usage("nothing to read; name a file, or - for standard input (see --help)"));
    }
    Ok(vec![PathBuf::from("-")])
}

/// A file, or standard input for `-`; a message where it can't be opened.
pub(crate) fn open(path: &Path) -> Result<Box<dyn BufRead + Send>, String> {
    if path == Path::new("-") {
        return Ok(Box::new(BufReader::new(io::stdin())));
    }
    if path.is_dir() {
        return Err(format!("{}: is a folder; name the files in it", path.display()));
    }
    let file = File::open(path).map_err(|error| unreadable(path, &error))?;
    Ok(Box::new(BufReader::new(file)))
}

/// The whole of a file of text.
pub(crate) fn whole(path: &Path) -> Result<String, String> {
    let mut text = String::new();
    open(path)?.read_to_string(&mut text).map_err(|error| unreadable(path, &error))?;
    Ok(text)
}

/// Every rule file (`.toml`) in `folder` and the folders in it, by path: its path and its text.
pub(crate) fn rule_files(folder: &Path) -> Result<Vec<(String, String)>, String> {
    let mut files = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(folder) = open.pop() {
        for entry in folder.read_dir().map_err(|error| unreadable(&folder, &error))? {
            let path = entry.map_err(|error| unreadable(&folder, &error))?.path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "toml") {
                files.push((path.display().to_string(), whole(&path)?));
            }
        }
    }
    files.sort();
    if files.is_empty() {
        return Err(format!("{}: holds no rules; name a folder with .toml files", folder.display()));
    }
    Ok(files)
}

/// What an input is called in its reports' ids and in messages.
pub(crate) fn name(path: &Path) -> String {
    if path == Path::new("-") { "stdin".to_string() } else { path.display().to_string() }
}

fn unreadable(path: &Path, error: &io::Error) -> String {
    let why = match error.kind() {
        ErrorKind::NotFound => "there is no such file".to_string(),
        ErrorKind::PermissionDenied => "may not be read by you".to_string(),
        ErrorKind::NotADirectory => "is not a folder".to_string(),
        ErrorKind::InvalidData => "is not text in UTF-8".to_string(),
        _ => error.to_string(),
    };
    format!("{}: {why}", path.display())
}
