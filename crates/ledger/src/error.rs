//! The error of this crate: why a book could not be opened, asked or added to.

use std::fmt;

use crate::candidate::UnresolvedName;

/// Why something could not be done with a book: names the book, says what is wrong and the remedy.
#[derive(Debug)]
pub struct Error {
    place: String,
    kind: BookErrorKind,
    message: String,
    unresolved: Option<Box<UnresolvedName>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BookErrorKind {
    Missing,
    Foreign,
    Newer,
    Older,
    Busy,
    Unreachable,
    Full,
    Damaged,
    Refused,
    TooSlow,
    Failed,
    Usage,
}

impl Error {
    pub(crate) fn new(kind: BookErrorKind, message: impl Into<String>) -> Error {
        Error { place: String::new(), kind, message: message.into(), unresolved: None }
    }

    /// What a user asked for, or wrote into a file of settings, that can't be understood.
    pub(crate) fn usage(message: impl Into<String>) -> Error {
        Error::new(BookErrorKind::Usage, message)
    }

    /// What a book holds that this program never writes there.
    pub(crate) fn damaged(message: impl Into<String>) -> Error {
        Error::new(BookErrorKind::Damaged, message)
    }

    /// A name that does not mean one party.
    pub(crate) fn unresolved(name: UnresolvedName) -> Error {
        Error { unresolved: Some(Box::new(name.clone())), ..Error::usage(name.to_string()) }
    }

    /// The same, naming the book, unless one is named already.
    pub(crate) fn at(self, place: impl fmt::Display) -> Error {
        if self.place.is_empty() { Error { place: place.to_string(), ..self } } else { self }
    }

    /// What is wrong and the remedy, without the place of the book.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The name that was asked for and does not mean one party, with whom it may mean, where that is what is wrong.
    pub fn unresolved_name(&self) -> Option<&UnresolvedName> {
        self.unresolved.as_deref()
    }

    /// Whether it was asked for something, or given settings, that can't be understood.
    pub fn is_usage(&self) -> bool {
        self.kind == BookErrorKind::Usage
    }

    /// Whether there is no book at that place.
    pub fn is_missing(&self) -> bool {
        self.kind == BookErrorKind::Missing
    }

    /// Whether what is at that place is no book: another kind of file, or tables of something else.
    pub fn is_foreign(&self) -> bool {
        self.kind == BookErrorKind::Foreign
    }

    /// Whether the book was written by a newer Daybook than this one.
    pub fn is_newer(&self) -> bool {
        self.kind == BookErrorKind::Newer
    }

    /// Whether the book was written by an older Daybook, and was opened for reading only.
    pub fn is_older(&self) -> bool {
        self.kind == BookErrorKind::Older
    }

    /// Whether another process was writing to the book for longer than this one waits.
    pub fn is_busy(&self) -> bool {
        self.kind == BookErrorKind::Busy
    }

    /// Whether the operating system refused the file, or the server the connection.
    pub fn is_unreachable(&self) -> bool {
        self.kind == BookErrorKind::Unreachable
    }

    /// Whether the disk is full.
    pub fn is_full(&self) -> bool {
        self.kind == BookErrorKind::Full
    }

    /// Whether the book holds what Daybook never writes.
    pub fn is_damaged(&self) -> bool {
        self.kind == BookErrorKind::Damaged
    }

    /// Whether a question was put wrongly: SQL that is no single statement for reading, or has a mistake.
    pub fn is_refused(&self) -> bool {
        self.kind == BookErrorKind::Refused
    }

    /// Whether a question took longer than it was given.
    pub fn is_too_slow(&self) -> bool {
        self.kind == BookErrorKind::TooSlow
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let separator = if self.place.is_empty() { "" } else { ": " };
        write!(f, "{}{separator}{}", self.place, self.message)
    }
}

impl std::error::Error for Error {}
