//! What can be wrong with a value written down, or with the schema.

use std::fmt;

/// A value that can't be read (says what was found and what was wanted), or a schema (says where and what is wrong).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error(Invalid);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Invalid {
    Value { found: String, wanted: &'static str },
    Schema(String),
}

impl Error {
    pub(crate) fn new(found: &str, wanted: &'static str) -> Error {
        Error(Invalid::Value { found: found.to_string(), wanted })
    }

    pub(crate) fn schema(what: impl Into<String>) -> Error {
        Error(Invalid::Schema(what.into()))
    }

    /// Whether the schema is at fault, and not a value.
    pub fn is_schema(&self) -> bool {
        matches!(self.0, Invalid::Schema(_))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Invalid::Value { found, wanted } => write!(f, "{found:?} is not {wanted}"),
            Invalid::Schema(what) => write!(f, "schema/events.toml: {what}"),
        }
    }
}

impl std::error::Error for Error {}
