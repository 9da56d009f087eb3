//! The command line to shell completions and pages of the manual.

use std::io::Write;

use clap::CommandFactory;
use clap_complete::Shell;
use clap_mangen::Man;

use crate::arguments::Arguments;
use crate::failure::{Failure, Outcome};
use crate::terminal;

pub(crate) fn completions(shell: Shell) -> Result<Outcome, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "daybook", &mut script);
    print(&script)
}

pub(crate) fn page(about: Option<&str>) -> Result<Outcome, Failure> {
    let mut program = Arguments::command();
    program.build();
    let command = match about {
        None => program,
        Some(name) => {
            let named = program.find_subcommand(name).cloned();
            let unknown = || Failure::Usage(format!("there is no command {name:?}; see daybook --help"));
            named.ok_or_else(unknown)?
        }
    };
    let mut page = Vec::new();
    Man::new(command).render(&mut page)?;
    print(&page)
}

fn print(bytes: &[u8]) -> Result<Outcome, Failure> {
    let mut output = terminal::output();
    output.write_all(bytes)?;
    output.flush()?;
    Ok(Outcome::Well)
}
