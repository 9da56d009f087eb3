//! What can go wrong while a table is loaded, told with its place and its remedy.

use std::fmt;

/// Why a table could not be loaded.
///
/// Its text names the file, the line, what is wrong there, and how to put it right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    file: String,
    line: u64,
    kind: Kind,
    wrong: String,
    remedy: &'static str,
}

/// What kind of thing is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Syntax,
    Column,
    Date,
    Unknown,
}

impl Error {
    pub(crate) fn new(file: &str, line: u64, kind: Kind, wrong: String, remedy: &'static str) -> Error {
        Error { file: file.to_owned(), line, kind, wrong, remedy }
    }

    /// The name of the table, as it was given.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The line of the table, counted from 1; for JSON that is well formed, the line is 0.
    pub fn line(&self) -> u64 {
        self.line
    }

    /// Whether the text is no CSV or JSON at all.
    pub fn is_syntax(&self) -> bool {
        self.kind == Kind::Syntax
    }

    /// Whether a column or a cell that must be there is missing.
    pub fn is_missing(&self) -> bool {
        self.kind == Kind::Column
    }

    /// Whether a date is none, or a term ends before it begins.
    pub fn is_date(&self) -> bool {
        self.kind == Kind::Date
    }

    /// Whether a code or a word of a fixed set is not known.
    pub fn is_unknown(&self) -> bool {
        self.kind == Kind::Unknown
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}; {}", self.file, self.wrong, self.remedy),
            line => write!(f, "{}:{line}: {}; {}", self.file, self.wrong, self.remedy),
        }
    }
}

impl std::error::Error for Error {}
