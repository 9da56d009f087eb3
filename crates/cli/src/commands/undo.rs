//! `daybook undo`: takes back a decision.

use clap::Args;
use daybook::Access;

use crate::failure::{Failure, Outcome};
use crate::options::book::BookOptions;
use crate::options::decision::Reason;
use crate::output;

#[derive(Args)]
pub(crate) struct Undo {
    /// The number of the decision, as merge and split print it
    number: u32,
    #[command(flatten)]
    reason: Reason,
    #[command(flatten)]
    at: BookOptions,
}

pub(crate) fn run(arguments: &Undo) -> Result<Outcome, Failure> {
    let mut book = arguments.at.open(Access::Existing)?;
    let Reason { by, why } = &arguments.reason;
    book.undo(arguments.number, by.as_deref(), why.as_deref()).map_err(Failure::usage)?;
    output::print(&format!("decision {} is undone", arguments.number))?;
    Ok(Outcome::Success)
}
