//! What a database must do to keep a book, and where SQLite and PostgreSQL differ.

use std::time::Duration;

use super::value::{Column, Row, Value};
use crate::Error;

/// How long a writer waits for another one to finish.
pub(super) const PATIENCE: Duration = Duration::from_secs(20);

/// What a book is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Reading and writing; made where there is none.
    Create,
    /// Reading and writing; an error where there is none.
    Existing,
    /// Reading; no statement can change the book.
    ReadOnly,
}

/// A connection to a database that keeps a book.
pub(super) trait Engine {
    /// Which SQL it speaks.
    fn dialect(&self) -> Dialect;
    /// Whether the book is there, and in which version.
    fn found(&mut self) -> Result<Found, Error>;
    /// Runs several statements without values.
    fn batch(&mut self, sql: &str) -> Result<(), Error>;
    /// Writes down the version of the book; within a transaction.
    fn set_version(&mut self, version: usize) -> Result<(), Error>;
    /// Starts a transaction: one that may write waits for other writers, one for reading sees the book as it is now.
    fn begin(&mut self, writing: bool) -> Result<(), Error>;
    /// Ends a transaction and keeps what was written.
    fn commit(&mut self) -> Result<(), Error>;
    /// Ends a transaction and forgets what was written.
    fn rollback(&mut self) -> Result<(), Error>;
    /// Runs a statement; gives the number of rows written.
    fn execute(&mut self, sql: &str, values: &[Value]) -> Result<u64, Error>;
    /// Hands over each row of an answer as it comes.
    fn each(&mut self, sql: &str, values: &[Value], work: EachRow) -> Result<(), Error>;
    /// Writes many rows into one table.
    fn insert(&mut self, into: TableColumns, rows: &mut dyn Iterator<Item = Vec<Value>>)
    -> Result<(), Error>;
    /// Answers a question of a user, in text; gives the columns.
    fn select(&mut self, sql: &str, limit: Duration, work: EachShown) -> Result<Vec<Column>, Error>;
}

/// What is done with each row.
pub(super) type EachRow<'a> = &'a mut dyn FnMut(&Row) -> Result<(), Error>;

/// What is done with each row that is shown: names of the columns, values.
pub(super) type EachShown<'a> = &'a mut dyn FnMut(&[String], &[Option<String>]) -> Result<(), Error>;

/// A table and columns of it.
#[derive(Clone, Copy)]
pub(super) struct TableColumns<'a> {
    pub(super) table: &'a str,
    pub(super) names: &'a [&'a str],
}

/// What stands where a book should be.
pub(super) enum Found {
    /// Nothing, or an empty database.
    Nothing,
    /// A book of that version.
    Version(usize),
}

/// The SQL that a database speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    Sqlite,
    Postgres,
}

impl Dialect {
    /// A migration as this database takes it: what it alone is to see, `/* sqlite: … */`, is uncovered.
    ///
    /// In PostgreSQL all text is compared by its bytes, as SQLite does it, whatever the locale of the server.
    pub(super) fn migration(self, sql: &str) -> String {
        let (mark, text) = match self {
            Dialect::Sqlite => ("/* sqlite:", " TEXT"),
            Dialect::Postgres => ("/* postgres:", " TEXT COLLATE \"C\""),
        };
        let statement = |part: &str| {
            if part.contains("CREATE TABLE") { part.replace(" TEXT", text) } else { part.to_string() }
        };
        let parts: Vec<String> = uncover(sql, mark).split("\n\n").map(statement).collect();
        parts.join("\n\n")
    }

    /// A condition that holds for rows of `reports`, under that alias, in which the words stand that are the value at
    /// that placeholder, as [`quote_words`] gives them.
    pub(super) fn saying(self, reports: &str, placeholder: &str) -> String {
        match self {
            Dialect::Sqlite => format!(
                "{reports}.arrived IN (SELECT rowid FROM report_words WHERE report_words MATCH {placeholder})"
            ),
            Dialect::Postgres => format!(
                "report_words({reports}.title, {reports}.text) @@ websearch_to_tsquery('english', {placeholder})"
            ),
        }
    }
}

/// A user's words as full-text search takes them: all of them must stand there, and `"in quotes"` side by side.
pub(super) fn quote_words(words: &str) -> String {
    let parts = words.split('"').enumerate().flat_map(|(i, part)| match i % 2 {
        0 => part.split_whitespace().collect(),
        _ => vec![part.trim()],
    });
    let quoted: Vec<String> = parts.filter(|part| !part.is_empty()).map(|p| format!("\"{p}\"")).collect();
    if quoted.is_empty() { "\"\"".to_string() } else { quoted.join(" ") }
}

/// The text, with comments that begin with `mark` no comments any more.
fn uncover(sql: &str, mark: &str) -> String {
    let mut parts = sql.split(mark);
    let mut uncovered = parts.next().unwrap_or_default().to_string();
    for part in parts {
        uncovered.push_str(&part.replacen("*/", "", 1));
    }
    uncovered
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_database_sees_its_own_part_of_a_migration() {
        let check = |dialect: Dialect, sql: &str, seen: &str| assert_eq!(dialect.migration(sql), seen);
        let sql =
            "CREATE TABLE t (a TEXT)/* sqlite: WITHOUT ROWID */;\n\n/* postgres: SELECT 1; */\nSELECT 2;";
        let sqlite = "CREATE TABLE t (a TEXT) WITHOUT ROWID ;\n\n/* postgres: SELECT 1; */\nSELECT 2;";
        let postgres =
            "CREATE TABLE t (a TEXT COLLATE \"C\")/* sqlite: WITHOUT ROWID */;\n\n SELECT 1; \nSELECT 2;";
        check(Dialect::Sqlite, sql, sqlite);
        check(Dialect::Postgres, sql, postgres);
    }

    #[test]
    fn words_sought_are_never_taken_for_operators() {
        let check = |words: &str, quoted: &str| assert_eq!(quote_words(words), quoted);
        check("Aleppo grain", "\"Aleppo\" \"grain\"");
        check("the \"ceasefire  talks\" NOT*", "\"the\" \"ceasefire  talks\" \"NOT*\"");
        check(" \" ", "\"\"");
    }
}
