//! Why a report could not be taken in.

use std::fmt;

/// Why an input, or one line of it, gives no report: names the input and its line, says what is wrong and the remedy.
#[derive(Debug)]
pub struct Error {
    name: String,
    place: Option<Place>,
    kind: Kind,
    message: String,
}

/// Where in an input something is wrong: counted from 1, bytes from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Line(usize),
    Row(usize),
    Item(usize),
    Byte(u64),
}

impl Place {
    pub(crate) fn number(self) -> u64 {
        match self {
            Place::Line(number) | Place::Row(number) | Place::Item(number) => number as u64,
            Place::Byte(offset) => offset,
        }
    }
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
        Error { name: String::new(), place: None, kind, message: message.into() }
    }

    pub(crate) fn on_line(self, line: usize) -> Error {
        self.at(Place::Line(line))
    }

    pub(crate) fn at(self, place: Place) -> Error {
        Error { place: Some(place), ..self }
    }

    /// The error at `place`, unless it tells a place of its own.
    pub(crate) fn or_at(self, place: Place) -> Error {
        Error { place: self.place.or(Some(place)), ..self }
    }

    pub(crate) fn named(self, name: &str) -> Error {
        Error { name: name.to_string(), ..self }
    }

    /// The line of the input that is at fault, counted from 1, where one line is.
    pub fn line(&self) -> Option<usize> {
        match self.place {
            Some(Place::Line(line)) => Some(line),
            _ => None,
        }
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

    /// Whether what there is, from a date or a line of JSON to a whole archive, is not what it must be.
    pub fn is_malformed(&self) -> bool {
        self.kind == Kind::Malformed
    }

    /// Whether the input can't be read on: the operating system refuses, or what it is packed in is damaged.
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
        match self.place {
            Some(Place::Line(line)) => write!(f, ":{line}")?,
            Some(Place::Row(row)) => write!(f, " row {row}")?,
            Some(Place::Item(item)) => write!(f, " item {item}")?,
            Some(Place::Byte(offset)) => write!(f, " byte {offset}")?,
            None => {}
        }
        let separator = if self.name.is_empty() && self.place.is_none() { "" } else { ": " };
        write!(f, "{separator}{}", self.message)
    }
}

impl std::error::Error for Error {}
