//! `daybook split`: decides that accounts of an entry are of another contact.

use clap::Args;
use daybook::Access;

use crate::failure::{Failure, Outcome};
use crate::options::book::BookOptions;
use crate::options::decision::Reason;
use crate::output;

#[derive(Args)]
pub(crate) struct Split {
    /// An entry
    entry: String,
    /// Its accounts that are of another contact than the rest
    #[arg(required = true, value_name = "ACCOUNT")]
    accounts: Vec<String>,
    #[command(flatten)]
    reason: Reason,
    #[command(flatten)]
    at: BookOptions,
}

pub(crate) fn run(arguments: &Split) -> Result<Outcome, Failure> {
    let mut book = arguments.at.open(Access::Existing)?;
    let Reason { by, why } = &arguments.reason;
    let number = book
        .split(&arguments.entry, &arguments.accounts, by.as_deref(), why.as_deref())
        .map_err(Failure::usage)?;
    let away = book.entry(&arguments.accounts[0]).map_err(Failure::usage)?;
    output::print_decision(number, &format!("{} is in the entry {} now", arguments.accounts[0], away.id))
}
