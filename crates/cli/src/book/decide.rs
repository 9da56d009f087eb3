//! `daybook merge`, `split` and `undo`: what people decide of entries, kept beside what reports say.

use clap::Args;
use daybook::Access;

use super::At;
use crate::failure::{Failure, Outcome};

/// Who decides, and why; both are kept in the book.
#[derive(Args)]
pub(crate) struct Reason {
    /// Who decides this
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// Why
    #[arg(long, value_name = "TEXT")]
    why: Option<String>,
}

#[derive(Args)]
pub(crate) struct Merge {
    /// An entry
    one: String,
    /// Another, of the same contact
    other: String,
    #[command(flatten)]
    reason: Reason,
    #[command(flatten)]
    at: At,
}

pub(crate) fn merge(arguments: &Merge) -> Result<Outcome, Failure> {
    let mut book = arguments.at.open(Access::Existing)?;
    let Reason { by, why } = &arguments.reason;
    let number = book
        .merge(&arguments.one, &arguments.other, by.as_deref(), why.as_deref())
        .map_err(Failure::usage)?;
    let entry = book.entry(&arguments.one).map_err(Failure::usage)?;
    told(number, &format!("the entry {} has {} accounts now", entry.id, entry.accounts.len()))
}

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
    at: At,
}

pub(crate) fn split(arguments: &Split) -> Result<Outcome, Failure> {
    let mut book = arguments.at.open(Access::Existing)?;
    let Reason { by, why } = &arguments.reason;
    let number = book
        .split(&arguments.entry, &arguments.accounts, by.as_deref(), why.as_deref())
        .map_err(Failure::usage)?;
    let away = book.entry(&arguments.accounts[0]).map_err(Failure::usage)?;
    told(number, &format!("{} is in the entry {} now", arguments.accounts[0], away.id))
}

#[derive(Args)]
pub(crate) struct Undo {
    /// The number of the decision, as merge and split print it
    number: u32,
    #[command(flatten)]
    reason: Reason,
    #[command(flatten)]
    at: At,
}

pub(crate) fn undo(arguments: &Undo) -> Result<Outcome, Failure> {
    let mut book = arguments.at.open(Access::Existing)?;
    let Reason { by, why } = &arguments.reason;
    book.undo(arguments.number, by.as_deref(), why.as_deref()).map_err(Failure::usage)?;
    super::print(&format!("decision {} is undone", arguments.number))?;
    Ok(Outcome::Well)
}

fn told(number: u32, what: &str) -> Result<Outcome, Failure> {
    super::print(&format!("{what}\ndecision {number}; daybook undo {number} takes it back"))?;
    Ok(Outcome::Well)
}
