//! The error of loading, whichever part it comes from.

use std::fmt;

/// Why a reader could not be made; the message names file, line and remedy.
#[derive(Debug)]
pub struct Error(Cause);

#[derive(Debug)]
enum Cause {
    Language(daybook_language::Error),
    Gazetteer(daybook_gazetteer::Error),
    Reading(daybook_reading::Error),
}

impl Error {
    /// Whether a table of who is who is at fault.
    pub fn is_table(&self) -> bool {
        matches!(self.0, Cause::Gazetteer(_))
    }

    /// Whether a rule file is at fault.
    pub fn is_rules(&self) -> bool {
        matches!(&self.0, Cause::Reading(error) if error.is_rules())
    }
}

impl From<daybook_language::Error> for Error {
    fn from(error: daybook_language::Error) -> Error {
        Error(Cause::Language(error))
    }
}

impl From<daybook_gazetteer::Error> for Error {
    fn from(error: daybook_gazetteer::Error) -> Error {
        Error(Cause::Gazetteer(error))
    }
}

impl From<daybook_reading::Error> for Error {
    fn from(error: daybook_reading::Error) -> Error {
        Error(Cause::Reading(error))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Cause::Language(error) => error.fmt(f),
            Cause::Gazetteer(error) => error.fmt(f),
            Cause::Reading(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Error {}
