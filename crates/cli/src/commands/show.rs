//! `daybook show`: shows one entry.

use clap::Args;
use daybook::Access;
use jiff::civil::Date;

use crate::failure::{Failure, Outcome};
use crate::options::book::BookOptions;
use crate::output;
use crate::output::table::Format;

#[derive(Args)]
pub(crate) struct Show {
    /// The id of an entry or account, or at least four characters of its beginning
    id: String,
    #[command(flatten)]
    at: BookOptions,
    /// As it was known on this day
    #[arg(long, value_name = "DATE", value_parser = daybook_intake::day)]
    as_of: Option<Date>,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

pub(crate) fn run(arguments: &Show) -> Result<Outcome, Failure> {
    let mut book = arguments.at.open(Access::ReadOnly)?;
    let entry = match arguments.as_of {
        Some(day) => book.entry_as_of(&arguments.id, day),
        None => book.entry(&arguments.id),
    };
    let entry = entry.map_err(Failure::usage)?;
    output::print_entry(&mut book, &entry, arguments.format)?;
    Ok(Outcome::Success)
}
