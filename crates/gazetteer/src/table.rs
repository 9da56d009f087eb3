//! Reads CSV into rows whose cells are asked for by the name of their column.

use crate::error::{Error, Kind};

/// A table: its name, for messages, and its rows.
pub(crate) struct Table {
    name: String,
    header: csv::StringRecord,
    rows: Vec<csv::StringRecord>,
}

/// One row of a table.
#[derive(Clone, Copy)]
pub(crate) struct Row<'a> {
    table: &'a Table,
    cells: &'a csv::StringRecord,
}

impl Table {
    /// Reads the whole of `text`; `name` stands in messages.
    pub(crate) fn read(name: &str, text: &str) -> Result<Table, Error> {
        let mut reader =
            csv::ReaderBuilder::new().trim(csv::Trim::All).comment(Some(b'#')).from_reader(text.as_bytes());
        let broken = |e: csv::Error| {
            let line = e.position().map_or(1, csv::Position::line);
            let remedy = "give every row as many cells as the header, and quote a cell that holds a comma";
            Error::new(name, line, Kind::Syntax, format!("this is not CSV: {e}"), remedy)
        };
        let header = reader.headers().map_err(broken)?.clone();
        let rows = reader.records().collect::<Result<Vec<_>, _>>().map_err(broken)?;
        Ok(Table { name: name.to_owned(), header, rows })
    }

    /// The rows in order.
    pub(crate) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|cells| Row { table: self, cells })
    }
}

impl<'a> Row<'a> {
    /// The cell of a column; empty where the table has no such column.
    pub(crate) fn get(&self, column: &str) -> &'a str {
        let at = self.table.header.iter().position(|h| h == column);
        at.and_then(|i| self.cells.get(i)).unwrap_or("")
    }

    /// The cell of a column that must be filled.
    pub(crate) fn need(&self, column: &str) -> Result<&'a str, Error> {
        match self.get(column) {
            "" => Err(self.error(
                Kind::Column,
                format!("the column `{column}` is empty or missing"),
                "name the columns in the first line and fill this one in every row",
            )),
            cell => Ok(cell),
        }
    }

    /// The parts of a cell that lists several values with `;` between them.
    pub(crate) fn list(&self, column: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        self.get(column).split(';').map(str::trim).filter(|part| !part.is_empty())
    }

    /// An error at this row.
    pub(crate) fn error(&self, kind: Kind, wrong: String, remedy: &'static str) -> Error {
        let line = self.cells.position().map_or(0, csv::Position::line);
        Error::new(&self.table.name, line, kind, wrong, remedy)
    }
}
