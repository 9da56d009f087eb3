//! What can be wrong with a value written down.

use std::fmt;

/// A value that can't be read; says what was found and what was wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    found: String,
    wanted: &'static str,
}

impl Error {
    pub(crate) fn new(found: &str, wanted: &'static str) -> Error {
        Error { found: found.to_string(), wanted }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is not {}", self.found, self.wanted)
    }
}

impl std::error::Error for Error {}
