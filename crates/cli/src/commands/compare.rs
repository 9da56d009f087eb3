//! `daybook compare`: lays the sides' own accounts of a contact beside each other.

use clap::Args;
use daybook::Access;

use crate::failure::{Failure, Outcome};
use crate::options::book::BookOptions;
use crate::output::table::{self, Format};
use crate::output::{self, entry};
use crate::terminal;

#[derive(Args)]
pub(crate) struct Compare {
    /// The id of an entry, or at least four characters of its beginning
    id: String,
    #[command(flatten)]
    at: BookOptions,
    /// How to print it: for people, or as JSON
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

pub(crate) fn run(arguments: &Compare) -> Result<Outcome, Failure> {
    let mut book = arguments.at.open(Access::ReadOnly)?;
    let entry = book.entry(&arguments.id).map_err(Failure::usage)?;
    let comparison = book.compare(&entry).map_err(Failure::usage)?;
    match arguments.format {
        Format::Table => output::print_styled(&entry::comparison(&entry, &comparison, terminal::width()))?,
        format => {
            let value = serde_json::to_value(&comparison).map_err(Failure::usage)?;
            table::values(&[value], format)?;
        }
    }
    Ok(Outcome::Success)
}
