//! The connection to a book, in a SQLite file or in PostgreSQL: the same SQL, the same values, the same answers.

use std::time::Duration;

use super::engine::{Access, Dialect, EachRow, Engine, Found, TableColumns, quote_words};
use super::migrations::MIGRATIONS;
use super::place::Place;
use super::postgres::Postgres;
use super::sqlite::Sqlite;
use super::value::{Column, Row, Value};
use crate::Error;
use crate::error::BookErrorKind;

/// How many values one condition `IN (?*)` is given at most.
const AT_ONCE: usize = 512;

/// An open book.
///
/// SQL is written once for both databases: placeholders are `?1`, `?2`, and each is compared with or written to a
/// column; no `NULL` is sorted without `NULLS FIRST` or `NULLS LAST`; sums are cast to `BIGINT`; `LIKE` stands only
/// beside `lower`. Text is compared by its bytes.
pub struct Database {
    place: Place,
    access: Access,
    engine: Box<dyn Engine + Send>,
    in_transaction: bool,
}

impl Database {
    /// Opens a book, and brings one of an older version up to date.
    ///
    /// # Errors
    ///
    /// Where there is no book, or something that is none, which is left as it is; where the book is newer than this
    /// program; where it can't be reached; where it is older and opened for reading only.
    pub fn open(place: &Place, access: Access) -> Result<Database, Error> {
        let engine: Result<Box<dyn Engine + Send>, Error> = match place {
            Place::File(path) => Sqlite::open(path, access).map(|engine| Box::new(engine) as _),
            Place::Server(uri) => Postgres::open(uri, access).map(|engine| Box::new(engine) as _),
        };
        let engine = engine.map_err(|error| error.at(place))?;
        let mut book = Database { place: place.clone(), access, engine, in_transaction: false };
        book.bring_up_to_date()?;
        Ok(book)
    }

    /// Where the book is.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// Runs a statement that writes; gives the number of rows written. Belongs into a [`Database::transaction`].
    pub fn execute(&mut self, sql: &str, values: &[Value]) -> Result<u64, Error> {
        self.engine.execute(sql, values).map_err(|error| error.at(&self.place))
    }

    /// All rows of an answer.
    pub fn query(&mut self, sql: &str, values: &[Value]) -> Result<Vec<Row>, Error> {
        let mut rows = Vec::new();
        self.each(sql, values, |row| {
            rows.push(row.clone());
            Ok(())
        })?;
        Ok(rows)
    }

    /// Hands over each row of an answer as it comes, so that an answer of any size needs no more memory than a row.
    pub fn each(
        &mut self,
        sql: &str,
        values: &[Value],
        mut work: impl FnMut(&Row) -> Result<(), Error>,
    ) -> Result<(), Error> {
        self.engine.each(sql, values, &mut work).map_err(|error| error.at(&self.place))
    }

    /// Asks the same of many values: `?*` in the SQL stands for some of them at a time, as in `WHERE id IN (?*)`.
    ///
    /// The rows come in the order of the answers to one part of the values after the other.
    pub fn each_of(
        &mut self,
        sql: &str,
        values: &[Value],
        mut work: impl FnMut(&Row) -> Result<(), Error>,
    ) -> Result<(), Error> {
        values.chunks(AT_ONCE).try_for_each(|part| self.each_of_part(sql, part, &mut work))
    }

    /// Few different lengths are asked for, so that the database need not learn a statement for each length.
    fn each_of_part(&mut self, sql: &str, part: &[Value], work: EachRow) -> Result<(), Error> {
        let length = [1, 8, 64, AT_ONCE].into_iter().find(|&length| length >= part.len()).unwrap_or(AT_ONCE);
        let mut padded = part.to_vec();
        padded.resize(length, part.last().cloned().unwrap_or(Value::Null));
        let places: Vec<String> = (1..=length).map(|i| format!("?{i}")).collect();
        let sql = sql.replace("?*", &places.join(", "));
        self.engine.each(&sql, &padded, work).map_err(|error| error.at(&self.place))
    }

    /// Writes many rows into one table, in the order of `columns`. Belongs into a [`Database::transaction`].
    pub fn insert_many(
        &mut self,
        table: &str,
        columns: &[&str],
        rows: impl IntoIterator<Item = Vec<Value>>,
    ) -> Result<(), Error> {
        let mut rows = rows.into_iter().peekable();
        if rows.peek().is_none() {
            return Ok(());
        }
        let into = TableColumns { table, names: columns };
        self.engine.insert(into, &mut rows).map_err(|error| error.at(&self.place))
    }

    /// Does some work wholly or not at all: where it fails, nothing of it is kept.
    ///
    /// In a book opened for reading, all questions of the work see the book as it was when the first was asked. Work
    /// within work belongs to the outer one.
    pub fn transaction<T>(
        &mut self,
        work: impl FnOnce(&mut Database) -> Result<T, Error>,
    ) -> Result<T, Error> {
        if self.in_transaction {
            return work(self);
        }
        let writing = self.access != Access::ReadOnly;
        self.in_transaction = true;
        let begun = self.engine.begin(writing);
        let done = begun.and_then(|()| work(self)).and_then(|done| self.engine.commit().map(|()| done));
        self.in_transaction = false;
        if done.is_err() {
            // The first error tells more than one of the undoing, and a connection that is lost undoes by itself.
            self.engine.rollback().ok();
        }
        done.map_err(|error| error.at(&self.place))
    }

    /// From here on all questions see the book as it is now, until it is [released](Database::end_snapshot).
    pub(crate) fn begin_snapshot(&mut self) -> Result<(), Error> {
        let writing = self.access != Access::ReadOnly;
        self.engine.begin(writing).map_err(|error| error.at(&self.place))?;
        self.in_transaction = true;
        Ok(())
    }

    /// Ends what [`Database::begin_snapshot`] began; nothing that was written in between is kept.
    pub(crate) fn end_snapshot(&mut self) -> Result<(), Error> {
        self.in_transaction = false;
        self.engine.rollback().map_err(|error| error.at(&self.place))
    }

    /// Answers a user's own question, one statement that only reads: for each row the columns' names and the values as
    /// text are handed over; gives the columns.
    ///
    /// # Errors
    ///
    /// Where the SQL has a mistake, would write, or takes longer than `limit`.
    pub fn select(
        &mut self,
        sql: &str,
        limit: Duration,
        mut work: impl FnMut(&[String], &[Option<String>]) -> Result<(), Error>,
    ) -> Result<Vec<Column>, Error> {
        self.engine.select(sql, limit, &mut work).map_err(|error| error.at(&self.place))
    }

    /// A condition on rows of `reports`, under that alias, that holds where words stand in title or text; the words are
    /// the value at that placeholder, as [`Database::sought`] gives them.
    pub fn saying(&self, reports: &str, placeholder: &str) -> String {
        self.engine.dialect().saying(reports, placeholder)
    }

    /// A user's words for [`Database::saying`]: all of them are sought, those `"in quotes"` side by side.
    pub fn sought(words: &str) -> Value {
        Value::Text(quote_words(words))
    }

    fn bring_up_to_date(&mut self) -> Result<(), Error> {
        let found = match self.found()? {
            Found::Nothing if self.access == Access::Create => 0,
            Found::Nothing => {
                return Err(
                    self.error(BookErrorKind::Missing, "there is no book here; `daybook add` makes one")
                );
            }
            Found::Version(version) => version,
        };
        match found.cmp(&MIGRATIONS.len()) {
            std::cmp::Ordering::Equal => Ok(()),
            std::cmp::Ordering::Greater => Err(self.newer(found)),
            std::cmp::Ordering::Less if self.access == Access::ReadOnly => Err(self.error(
                BookErrorKind::Older,
                "the book is of an older version of Daybook; `daybook add` without sources brings it up to date",
            )),
            std::cmp::Ordering::Less => (0..MIGRATIONS.len()).try_for_each(|number| self.migrate(number)),
        }
    }

    /// Runs one migration, unless another process has done so.
    fn migrate(&mut self, number: usize) -> Result<(), Error> {
        self.transaction(|book| {
            match book.engine.found()? {
                Found::Version(version) if version > number => return Ok(()),
                _ => {}
            }
            let sql = book.engine.dialect().migration(MIGRATIONS[number]);
            book.engine.batch(&sql)?;
            book.engine.set_version(number + 1)
        })
    }

    fn found(&mut self) -> Result<Found, Error> {
        self.engine.found().map_err(|error| error.at(&self.place))
    }

    fn newer(&self, found: usize) -> Error {
        let known = MIGRATIONS.len();
        self.error(
            BookErrorKind::Newer,
            &format!(
                "the book is of version {found}, and this Daybook knows those to {known}; install a newer one"
            ),
        )
    }

    fn error(&self, kind: BookErrorKind, message: &str) -> Error {
        Error::new(kind, message).at(&self.place)
    }
}

impl std::fmt::Debug for Database {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Database({}, {:?}, {:?})", self.place, self.access, self.engine.dialect() as Dialect)
    }
}
