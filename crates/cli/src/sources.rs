//! Finds the files of sources (files, folders, patterns) and reads their reports, one file after another.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use daybook_intake::Given;

use crate::inputs::{self, Input};

/// The files of sources, each once, folders and patterns in the order of their names; and what is wrong with others. The
/// files of `book` are none of them.
pub(crate) fn files(sources: &[PathBuf], book: &str) -> (Vec<PathBuf>, Vec<String>) {
    let (mut found, mut wrong) = (Vec::new(), Vec::new());
    for source in sources {
        match expanded(source) {
            Ok(files) => found.extend(files),
            Err(message) => wrong.push(message),
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    let own: Vec<PathBuf> = ["", "-wal", "-shm"]
        .iter()
        .filter_map(|end| std::fs::canonicalize(format!("{book}{end}")).ok())
        .collect();
    let is_own = |file: &PathBuf| std::fs::canonicalize(file).is_ok_and(|file| own.contains(&file));
    found.retain(|file| seen.insert(file.clone()) && !is_own(file));
    (found, wrong)
}

fn expanded(source: &Path) -> Result<Vec<PathBuf>, String> {
    if source == Path::new("-") || source.is_file() {
        return Ok(vec![source.to_path_buf()]);
    }
    if source.is_dir() {
        return below(source);
    }
    let text = source.to_string_lossy();
    if !text.contains(['*', '?', '[']) {
        // Something else that can be read, such as a pipe, or nothing: opening it will tell.
        return Ok(vec![source.to_path_buf()]);
    }
    let paths = glob::glob(&text).map_err(|error| format!("{text}: is no pattern: {error}"))?;
    let mut files = Vec::new();
    for path in paths {
        let path = path.map_err(|error| format!("{text}: {error}"))?;
        if path.is_dir() { files.extend(below(&path)?) } else { files.push(path) }
    }
    if files.is_empty() { Err(format!("{text}: no file has such a name")) } else { Ok(files) }
}

/// All files in a folder and those in it, by name; hidden ones, and links to folders, which may lead in circles, are
/// passed over.
fn below(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let unreadable = |error: std::io::Error| format!("{}: {error}", folder.display());
    let mut entries =
        folder.read_dir().map_err(unreadable)?.collect::<Result<Vec<_>, _>>().map_err(unreadable)?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    let mut files = Vec::new();
    for entry in entries {
        let kind = entry.file_type().map_err(unreadable)?;
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        if kind.is_dir() {
            files.extend(below(&entry.path())?);
        } else if entry.path().is_file() {
            files.push(entry.path());
        }
    }
    Ok(files)
}

/// Files to be read, and how much of them has been.
pub(crate) struct Sources {
    files: Vec<PathBuf>,
    /// Bytes of all files; none where standard input or a pipe is among them.
    pub(crate) total: Option<u64>,
    /// Bytes that were read so far.
    pub(crate) done: Arc<AtomicU64>,
}

impl Sources {
    pub(crate) fn of(files: Vec<PathBuf>) -> Sources {
        let size =
            |file: &PathBuf| std::fs::metadata(file).ok().filter(std::fs::Metadata::is_file).map(|m| m.len());
        let total = files.iter().map(size).sum();
        Sources { files, total, done: Arc::default() }
    }

    /// The reports of all files in turn, each opened when it is its turn; a message for what can't be read.
    pub(crate) fn reports<'a>(
        &'a self,
        given: &'a Given,
    ) -> impl Iterator<Item = Result<Input, String>> + Send + 'a {
        self.files.iter().flat_map(
            move |path| -> Box<dyn Iterator<Item = Result<Input, String>> + Send + 'a> {
                match inputs::open(path) {
                    Ok(input) => {
                        let counted = BufReader::new(Counted { input, done: self.done.clone() });
                        Box::new(inputs::located(daybook_intake::read(&inputs::name(path), counted, given)))
                    }
                    Err(message) => Box::new(std::iter::once(Err(message))),
                }
            },
        )
    }
}

/// An input whose bytes are counted as they are read.
struct Counted {
    input: Box<dyn BufRead + Send>,
    done: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.input.read(buffer)?;
        self.done.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}
