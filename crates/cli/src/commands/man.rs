//! `daybook man`: prints a page of the manual.

use clap::{Args, Command};

use crate::failure::{Failure, Outcome};
use crate::output;

#[derive(Args)]
pub(crate) struct Man {
    /// The command that the page is about; the program itself if left out
    command: Option<String>,
}

/// Prints the page of `program` or of one of its commands.
pub(crate) fn run(arguments: &Man, mut program: Command) -> Result<Outcome, Failure> {
    program.build();
    let command = match arguments.command.as_deref() {
        None => program,
        Some(name) => {
            let named = program.find_subcommand(name).cloned();
            let unknown = || Failure::Usage(format!("there is no command {name:?}; see daybook --help"));
            named.ok_or_else(unknown)?
        }
    };
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page)?;
    output::print_bytes(&page)?;
    Ok(Outcome::Success)
}
