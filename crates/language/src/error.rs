//! What can go wrong while loading: the embedded model, in a fork, or tokens given as CoNLL-U.

use std::fmt;

/// Why something could not be loaded; its text names the place, what is wrong and the remedy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    cause: Cause,
    message: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cause {
    Model,
    Conllu,
    Fork,
}

impl Error {
    pub(crate) fn model(file: &str, wrong: impl fmt::Display) -> Error {
        let message = format!("models/{file}: {wrong}; write it anew with training/export.py");
        Error { cause: Cause::Model, message }
    }

    pub(crate) fn fork() -> Error {
        let message = "a model cannot be loaded in a fork of a process that has loaded one: load it before the fork, \
                       or start the process afresh";
        Error { cause: Cause::Fork, message: message.to_string() }
    }

    pub(crate) fn conllu(line: usize, wrong: impl fmt::Display) -> Error {
        Error { cause: Cause::Conllu, message: format!("CoNLL-U line {line}: {wrong}") }
    }

    /// Whether the embedded model is at fault.
    pub fn is_model(&self) -> bool {
        self.cause == Cause::Model
    }

    /// Whether the process is a fork in which no model can be loaded.
    pub fn is_fork(&self) -> bool {
        self.cause == Cause::Fork
    }

    /// Whether the given CoNLL-U is at fault.
    pub fn is_conllu(&self) -> bool {
        self.cause == Cause::Conllu
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}
