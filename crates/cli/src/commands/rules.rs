//! `daybook rules check`: checks rules against their own examples.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use daybook::Reader;

use crate::failure::{Failure, Outcome};
use crate::{inputs, terminal};

#[derive(Args)]
pub(crate) struct Rules {
    #[command(subcommand)]
    command: RulesCommand,
}

#[derive(Subcommand)]
enum RulesCommand {
    /// Compile rules and try their examples
    ///
    /// Every rule says what it finds and what it leaves alone; each is tried. The exit code is 1 where one does not
    /// hold, 2 where a rule can't be compiled.
    Check {
        /// A folder of rules (.toml) to check with the built-in ones; these alone if left out
        #[arg(value_name = "DIR")]
        folder: Option<PathBuf>,
    },
}

pub(crate) fn run(arguments: &Rules) -> Result<Outcome, Failure> {
    match &arguments.command {
        RulesCommand::Check { folder } => check(folder.as_deref()),
    }
}

fn check(folder: Option<&Path>) -> Result<Outcome, Failure> {
    let files = folder.map(inputs::rule_files).transpose().map_err(Failure::Usage)?.unwrap_or_default();
    let reader = Reader::new().map_err(Failure::usage)?;
    let checked = reader.check_rules(&files).map_err(Failure::usage)?;
    for failure in &checked.failures {
        terminal::complain(failure);
    }
    let mut output = terminal::output();
    let (rules, examples) = (checked.rules, checked.finds + checked.ignores);
    writeln!(
        output,
        "{rules} rules, {examples} examples: {} found, {} left alone",
        checked.finds, checked.ignores
    )?;
    output.flush()?;
    Ok(if checked.failures.is_empty() { Outcome::Success } else { Outcome::Incomplete })
}
