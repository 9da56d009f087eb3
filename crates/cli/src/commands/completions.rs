//! `daybook completions`: prints the completions of the command line for a shell.

use clap::{Args, Command};
use clap_complete::Shell;

use crate::failure::{Failure, Outcome};
use crate::output;

#[derive(Args)]
pub(crate) struct Completions {
    /// The shell
    shell: Shell,
}

/// Prints the completions of `program`.
pub(crate) fn run(arguments: &Completions, mut program: Command) -> Result<Outcome, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut program, "daybook", &mut script);
    output::print_bytes(&script)?;
    Ok(Outcome::Success)
}
