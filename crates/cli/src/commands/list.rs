//! `daybook list`: lists the contacts in a book.

use clap::Args;
use daybook::{Access, Query};

use crate::failure::{Failure, Outcome};
use crate::options::book::BookOptions;
use crate::options::filter::Filter;
use crate::output::table::{self, Format};
use crate::terminal;

/// A terminal gets so many entries where no number is given.
const SCREENFUL: usize = 50;

#[derive(Args)]
pub(crate) struct List {
    #[command(flatten)]
    at: BookOptions,
    #[command(flatten)]
    filter: Filter,
    /// How to print the entries; jsonl, json and csv have all their values
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// So many at most; on a terminal 50 if left out, else all
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// The earliest first
    #[arg(long)]
    earliest_first: bool,
}

pub(crate) fn run(arguments: &List) -> Result<Outcome, Failure> {
    let mut book = arguments.at.open(Access::ReadOnly)?;
    let screenful = terminal::is_read_by_a_person().then_some(SCREENFUL);
    let limit = arguments.limit.or(screenful);
    let query = arguments.filter.query(&mut book)?;
    // One more than is shown tells whether there are more, without counting them all.
    let asked = limit.map(|limit| limit.saturating_add(1));
    let query = Query { limit: asked, earliest_first: arguments.earliest_first, ..query };
    let mut entries = book.list(&query).map_err(Failure::usage)?;
    let more = limit.is_some_and(|limit| entries.len() > limit);
    entries.truncate(limit.unwrap_or(usize::MAX));
    table::entries(&entries, arguments.format)?;
    if more {
        terminal::note("there are more; --limit N shows them");
    }
    Ok(Outcome::Success)
}
