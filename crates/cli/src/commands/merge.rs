//! `daybook merge`: decides that two entries are of one contact.

use clap::Args;
use daybook::Access;

use crate::failure::{Failure, Outcome};
use crate::options::book::BookOptions;
use crate::options::decision::Reason;
use crate::output;

#[derive(Args)]
pub(crate) struct Merge {
    /// An entry
    one: String,
    /// Another, of the same contact
    other: String,
    #[command(flatten)]
    reason: Reason,
    #[command(flatten)]
    at: BookOptions,
}

pub(crate) fn run(arguments: &Merge) -> Result<Outcome, Failure> {
    let mut book = arguments.at.open(Access::Existing)?;
    let Reason { by, why } = &arguments.reason;
    let number = book
        .merge(&arguments.one, &arguments.other, by.as_deref(), why.as_deref())
        .map_err(Failure::usage)?;
    let entry = book.entry(&arguments.one).map_err(Failure::usage)?;
    output::print_decision(
        number,
        &format!("the entry {} has {} accounts now", entry.id, entry.accounts.len()),
    )
}
