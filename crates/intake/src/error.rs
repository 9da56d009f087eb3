//! Why a report could not be taken in.

use std::fmt;

/// Why an input, or one line of it, gives no report: names the input and its line, says what is wrong and the remedy.
#[derive(Debug)]
pub struct Error {
    name: String,
    line: Option<usize>,
    kind: Kind,
    message: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Empty,
    Undecodable,
    TooLarge,
    Malformed,
    Unreadable,
}

impl Error {
    pub(crate) fn new(kind: Kind, message: impl Into<String>) -> Error {
        Error { name: String::new(), line: None, kind, message: message.into() }
    }

    pub(crate) fn on_line(self, line: usize) -> Error {
        Error { line: Some(line), ..self }
    }

    pub(crate) fn named(self, name: &str) -> Error {
        Error { name: name.to_string(), ..self }
    }

    /// The line of the input that is at fault, counted from 1, where one line is.
    pub fn line(&self) -> Option<usize> {
        self.line
    }

    /// Whether there was no text to read.
    pub fn is_empty_text(&self) -> bool {
        self.kind == Kind::Empty
    }

    /// Whether bytes are not text in the encoding that the input declares, or in UTF-8.
    pub fn is_undecodable(&self) -> bool {
        self.kind == Kind::Undecodable
    }

    /// Whether a report is larger than [`crate::MAX_BYTES`].
    pub fn is_too_large(&self) -> bool {
        self.kind == Kind::TooLarge
    }

    /// Whether a JSON line, a front-matter line, a date or an encoding's name is not what it must be.
    pub fn is_malformed(&self) -> bool {
        self.kind == Kind::Malformed
    }

    /// Whether the operating system refused to read on.
    pub fn is_unreadable(&self) -> bool {
        self.kind == Kind::Unreadable
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Error {
        Error::new(Kind::Unreadable, error.to_string())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        let separator = if self.name.is_empty() && self.line.is_none() { "" } else { ": " };
        write!(f, "{separator}{}", self.message)
    }
}

impl std::error::Error for Error {}
