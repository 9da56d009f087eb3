//! `daybook agenda`: lists what is coming.

use clap::Args;
use daybook::{Access, Entry, Query, Status};
use jiff::ToSpan;
use jiff::civil::Date;

use crate::failure::{Failure, Outcome};
use crate::options::book::BookOptions;
use crate::options::filter::Filter;
use crate::output::table::{self, Format};

#[derive(Args)]
pub(crate) struct Agenda {
    #[command(flatten)]
    at: BookOptions,
    #[command(flatten)]
    filter: Filter,
    /// From this day on; today if left out
    #[arg(long, value_name = "DATE", value_parser = daybook_intake::day)]
    from: Option<Date>,
    /// For so many days
    #[arg(long, value_name = "N", default_value_t = 31)]
    days: u16,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

pub(crate) fn run(arguments: &Agenda) -> Result<Outcome, Failure> {
    let mut book = arguments.at.open(Access::ReadOnly)?;
    let from = arguments.from.or(arguments.filter.as_of()).unwrap_or_else(|| jiff::Zoned::now().date());
    let query = arguments.filter.query(&mut book)?;
    let statuses = if query.statuses.is_empty() { Status::COMING.to_vec() } else { query.statuses.clone() };
    let until = Some(from.saturating_add(i32::from(arguments.days).days()));
    let query = Query { statuses, since: Some(from), until, earliest_first: true, ..query };
    let entries = book.list(&query).map_err(Failure::usage)?;
    let dated: Vec<Entry> = entries.into_iter().filter(|entry| entry.date.is_some()).collect();
    table::entries(&dated, arguments.format)?;
    Ok(Outcome::Success)
}
