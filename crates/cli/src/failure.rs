//! How a command ends: its exit code, and the message where it fails.

use std::io::{self, ErrorKind};
use std::process::ExitCode;

use crate::terminal;

/// How a command that could do its work has ended.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// All went well.
    Success,
    /// Some input could not be read, or some rule does not hold its examples.
    Incomplete,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> ExitCode {
        ExitCode::from(if outcome == Outcome::Success { 0 } else { 1 })
    }
}

/// Why a command could not do its work at all.
pub(crate) enum Failure {
    /// The arguments, or a file that they name for its settings, are not what they must be.
    Usage(String),
    /// What was to be printed could not be.
    Output(io::Error),
}

impl Failure {
    /// A file of settings that can't be used.
    pub(crate) fn usage(error: impl ToString) -> Failure {
        Failure::Usage(error.to_string())
    }

    /// Says what failed on standard error. A reader that has gone away, such as `head`, is no failure.
    pub(crate) fn report(self) -> ExitCode {
        match self {
            Failure::Usage(message) => {
                terminal::complain(&message);
                ExitCode::from(2)
            }
            Failure::Output(error) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
            Failure::Output(error) => {
                terminal::complain(&format!("the output can't be written: {error}"));
                ExitCode::from(1)
            }
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        Failure::Output(error)
    }
}
