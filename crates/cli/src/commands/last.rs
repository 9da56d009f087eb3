//! `daybook last`: shows the last contact of two that was held.

use std::collections::BTreeSet;

use clap::Args;
use daybook::Access;
use jiff::civil::Date;

use crate::failure::{Failure, Outcome};
use crate::options::book::BookOptions;
use crate::options::filter::whom;
use crate::output::table::Format;
use crate::output::{self, entry};
use crate::terminal;

#[derive(Args)]
pub(crate) struct Last {
    /// One of the two: a person, an office's holder, a country, a body
    a: String,
    /// The other
    b: String,
    #[command(flatten)]
    at: BookOptions,
    /// Before this day
    #[arg(long, value_name = "DATE", value_parser = daybook_intake::day)]
    before: Option<Date>,
    /// From what was published by this day
    #[arg(long, value_name = "DATE", value_parser = daybook_intake::day)]
    as_of: Option<Date>,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

pub(crate) fn run(arguments: &Last) -> Result<Outcome, Failure> {
    let mut book = arguments.at.open(Access::ReadOnly)?;
    let on = arguments.before.and_then(|day| day.yesterday().ok()).or(arguments.as_of);
    let parties = [whom(&mut book, &arguments.a, on)?, whom(&mut book, &arguments.b, on)?];
    let found = book.last_held(&parties, arguments.before, arguments.as_of).map_err(Failure::usage)?;
    let Some(entry) = found else {
        terminal::note("the book has no contact of theirs that was held by then");
        return Ok(Outcome::Incomplete);
    };
    output::print_entry(&mut book, &entry, arguments.format)?;
    let sides = entry.readouts.iter().map(|readout| &readout.side).collect::<BTreeSet<_>>().len();
    if arguments.format == Format::Table && sides > 1 {
        let comparison = book.compare(&entry).map_err(Failure::usage)?;
        output::print_styled(&format!("\n{}", entry::differences(&comparison, terminal::width())))?;
    }
    Ok(Outcome::Success)
}
