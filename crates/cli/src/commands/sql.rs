//! `daybook sql`: asks a book in SQL.

use std::time::Duration;

use clap::Args;
use daybook::Access;

use crate::failure::{Failure, Outcome};
use crate::options::book::BookOptions;
use crate::output::table::{self, Format};

#[derive(Args)]
pub(crate) struct Sql {
    /// One statement that only reads; docs/book.md describes the tables
    statement: String,
    #[command(flatten)]
    at: BookOptions,
    /// How to print the answer
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// Give up after so many seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    timeout: u32,
}

pub(crate) fn run(arguments: &Sql) -> Result<Outcome, Failure> {
    let mut book = arguments.at.open(Access::ReadOnly)?;
    let mut rows: Vec<Vec<Option<String>>> = Vec::new();
    let limit = Duration::from_secs(arguments.timeout.into());
    let columns = book.select(&arguments.statement, limit, |_, row| {
        rows.push(row.to_vec());
        Ok(())
    });
    let columns = columns.map_err(Failure::usage)?;
    let header: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
    let texts = || {
        rows.iter()
            .map(|row| row.iter().map(|cell| cell.clone().unwrap_or_default()).collect())
            .collect::<Vec<_>>()
    };
    match arguments.format {
        Format::Table => table::table(&header, &texts())?,
        Format::Csv => table::csv(&header, &texts())?,
        format => table::objects(&header, &rows, format)?,
    }
    Ok(Outcome::Success)
}
