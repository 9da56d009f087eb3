//! What can be wrong with rules or tables at loading; reading itself never fails.

use std::fmt;

/// Why a reader could not be made; the message names file, line and remedy.
#[derive(Debug)]
pub struct Error(Problem);

#[derive(Debug)]
enum Problem {
    Rules(daybook_grammar::Error),
    List(String),
}

impl Error {
    pub(crate) fn list(name: &str, what: &str) -> Error {
        Error(Problem::List(format!("{name}: {what}")))
    }

    /// Whether a rule file is at fault.
    pub fn is_rules(&self) -> bool {
        matches!(self.0, Problem::Rules(_))
    }
}

impl From<daybook_grammar::Error> for Error {
    fn from(error: daybook_grammar::Error) -> Error {
        Error(Problem::Rules(error))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Problem::Rules(error) => error.fmt(f),
            Problem::List(message) => f.write_str(message),
        }
    }
}

impl std::error::Error for Error {}
