//! Writes entries as CSV (RFC 4180): a header, then one row for each entry.
//!
//! A cell that a spreadsheet would take for a formula begins with an apostrophe, which spreadsheets don't show.

use std::borrow::Borrow;
use std::io::{self, Write};

use csv::{Terminator, Writer, WriterBuilder};
use daybook_record::Entry;

use crate::columns::{COLUMNS, Column, Values};
use crate::plain::plain;

/// Writes the entries; an error is one of `out`.
pub fn write<E: Borrow<Entry>>(
    out: impl Write + Send,
    entries: impl IntoIterator<Item = E>,
) -> io::Result<()> {
    let mut table: Writer<_> = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(out);
    table.write_record(COLUMNS.iter().map(|column| column.name))?;
    for entry in entries {
        table.write_record(COLUMNS.iter().map(|column| cell(column, entry.borrow())))?;
    }
    table.flush()
}

fn cell(column: &Column, entry: &Entry) -> String {
    match column.values {
        Values::Text(value) => value(entry).map(|text| harmless(plain(&text))).unwrap_or_default(),
        Values::Day(value) => value(entry).map(|day| day.to_string()).unwrap_or_default(),
        Values::Number(value) => value(entry).to_string(),
        // With a point in whole numbers, too, so that readers see what the column holds.
        Values::Share(value) => format!("{:?}", value(entry)),
        Values::Truth(value) => value(entry).to_string(),
    }
}

/// The cell so that no spreadsheet takes it for a formula.
fn harmless(cell: String) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\n', '＝', '＋', '－', '＠']);
    if formula { format!("'{cell}") } else { cell }
}
