//! `daybook who`: looks up whom a name means.

use clap::Args;
use daybook::{Access, Query};
use jiff::civil::Date;

use crate::failure::{Failure, Outcome};
use crate::options::book::BookOptions;
use crate::options::filter::line;
use crate::output::{self, entry};
use crate::terminal;

#[derive(Args)]
pub(crate) struct Who {
    /// A name: "Merkel", "President Xi", "the Kremlin"
    name: String,
    #[command(flatten)]
    at: BookOptions,
    /// On this day
    #[arg(long, value_name = "DATE", value_parser = daybook_intake::day)]
    on: Option<Date>,
}

/// So many contacts of each bearer of a name are counted out.
const CONTACTS: usize = 5;

pub(crate) fn run(arguments: &Who) -> Result<Outcome, Failure> {
    let mut book = arguments.at.open(Access::ReadOnly)?;
    let found = book.bearers_of(&arguments.name, arguments.on).map_err(Failure::usage)?;
    if found.is_empty() {
        terminal::note(&format!("nobody is known as {:?}", arguments.name));
        return Ok(Outcome::Incomplete);
    }
    for candidate in found {
        output::print(line(&candidate).trim_start())?;
        let query = Query {
            parties: vec![candidate.party],
            limit: Some(CONTACTS),
            until: arguments.on,
            ..Query::default()
        };
        let count = book.count(&query).map_err(Failure::usage)?;
        for entry in book.list(&query).map_err(Failure::usage)? {
            let date = entry.date.as_ref().map_or("no date".into(), |d| d.value.to_string());
            output::print(&format!(
                "    {date}  {} {}  {}  {}",
                entry.status.value,
                entry.kind.value,
                entry::parties(&entry),
                entry.id
            ))?;
        }
        if count > CONTACTS {
            output::print(&format!("    and {} more", count - CONTACTS))?;
        }
    }
    Ok(Outcome::Success)
}
