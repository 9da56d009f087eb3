//! A book in a SQLite file.

use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, ErrorCode, OpenFlags, ToSql, params_from_iter};

use super::engine::{Access, Dialect, EachRow, EachShown, Engine, Found, PATIENCE, TableColumns};
use super::value::{Column, Holds, Row, Value};
use crate::Error;
use crate::error::BookErrorKind;

/// "DayB" in ASCII: tells a book from other SQLite files, as `file` and SQLite's own documentation have it.
const APPLICATION: i64 = 0x4461_7942;

/// Durable: what was committed is on the disk. Readers never wait for writers, which write into a log beside the file.
const WRITER: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
    PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 32000;";

const READER: &str = "PRAGMA query_only = ON; PRAGMA cache_size = -65536;";

/// How many steps of a question are taken between two looks at the clock.
const STEPS: i32 = 10_000;

pub(super) struct Sqlite {
    connection: Connection,
}

impl Sqlite {
    /// Opens the file; a foreign one is looked at through a connection that can't change it.
    pub(super) fn open(path: &Path, access: Access) -> Result<Sqlite, Error> {
        let empty = std::fs::metadata(path).map_or(true, |file| file.len() == 0);
        if empty && access != Access::Create {
            return Err(missing());
        }
        if !empty {
            connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?.found()?;
        }
        let mut book = connect(path, flags(access))?;
        book.batch(if access == Access::ReadOnly { READER } else { WRITER })?;
        Ok(book)
    }

    fn pragma(&mut self, name: &str) -> Result<i64, Error> {
        Ok(self.connection.query_row(&format!("PRAGMA {name}"), [], |row| row.get(0))?)
    }
}

fn missing() -> Error {
    Error::new(BookErrorKind::Missing, "there is no book here; `daybook add` makes one")
}

fn flags(access: Access) -> OpenFlags {
    match access {
        Access::Create => OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
        Access::Existing => OpenFlags::SQLITE_OPEN_READ_WRITE,
        Access::ReadOnly => OpenFlags::SQLITE_OPEN_READ_ONLY,
    }
}

fn connect(path: &Path, flags: OpenFlags) -> Result<Sqlite, Error> {
    let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(PATIENCE)?;
    connection.set_prepared_statement_cache_capacity(256);
    Ok(Sqlite { connection })
}

impl Engine for Sqlite {
    fn dialect(&self) -> Dialect {
        Dialect::Sqlite
    }

    fn found(&mut self) -> Result<Found, Error> {
        let tables: i64 =
            self.connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
        let (application, version) = (self.pragma("application_id")?, self.pragma("user_version")?);
        match (application, version, tables) {
            (APPLICATION, version, _) => Ok(Found::Version(usize::try_from(version).unwrap_or(usize::MAX))),
            (0, 0, 0) => Ok(Found::Nothing),
            _ => Err(foreign("this is a SQLite file, but no book")),
        }
    }

    fn batch(&mut self, sql: &str) -> Result<(), Error> {
        Ok(self.connection.execute_batch(sql)?)
    }

    fn set_version(&mut self, version: usize) -> Result<(), Error> {
        self.batch(&format!("PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {version};"))
    }

    fn begin(&mut self, writing: bool) -> Result<(), Error> {
        self.batch(if writing { "BEGIN IMMEDIATE" } else { "BEGIN" })
    }

    fn commit(&mut self) -> Result<(), Error> {
        self.batch("COMMIT")
    }

    /// Some errors, as a full disk, have ended the transaction already.
    fn rollback(&mut self) -> Result<(), Error> {
        if self.connection.is_autocommit() { Ok(()) } else { self.batch("ROLLBACK") }
    }

    fn execute(&mut self, sql: &str, values: &[Value]) -> Result<u64, Error> {
        Ok(self.connection.prepare_cached(sql)?.execute(params_from_iter(values))? as u64)
    }

    fn each(&mut self, sql: &str, values: &[Value], work: EachRow) -> Result<(), Error> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let columns = statement.column_count();
        let mut found = statement.query(params_from_iter(values))?;
        let mut row = Row::default();
        while let Some(next) = found.next()? {
            row.values.clear();
            for column in 0..columns {
                row.values.push(value(next.get_ref(column)?)?);
            }
            work(&row)?;
        }
        Ok(())
    }

    fn insert(
        &mut self,
        into: TableColumns,
        rows: &mut dyn Iterator<Item = Vec<Value>>,
    ) -> Result<(), Error> {
        let places: Vec<String> = (1..=into.names.len()).map(|i| format!("?{i}")).collect();
        let (names, places) = (into.names.join(", "), places.join(", "));
        let sql = format!("INSERT INTO {} ({names}) VALUES ({places})", into.table);
        let mut statement = self.connection.prepare_cached(&sql)?;
        for row in rows {
            statement.execute(params_from_iter(row))?;
        }
        Ok(())
    }

    #[allow(
        clippy::disallowed_methods,
        reason = "a question ends in time; what it answers does not depend on it"
    )]
    fn select(&mut self, sql: &str, limit: Duration, work: EachShown) -> Result<Vec<Column>, Error> {
        let end = Instant::now() + limit;
        self.connection.progress_handler(STEPS, Some(move || Instant::now() > end))?;
        let answer = answer(&self.connection, sql, work);
        self.connection.progress_handler(0, None::<fn() -> bool>)?;
        answer
    }
}

fn answer(connection: &Connection, sql: &str, work: EachShown) -> Result<Vec<Column>, Error> {
    let mut statement = connection.prepare(sql).map_err(refused)?;
    if !statement.readonly() {
        return Err(Error::new(
            BookErrorKind::Refused,
            "this statement would write; only reading is allowed here",
        ));
    }
    let names: Vec<String> = statement.column_names().map(str::to_string).collect();
    let mut held = vec![None; names.len()];
    let mut found = statement.query([]).map_err(refused)?;
    while let Some(row) = found.next().map_err(refused)? {
        let values = (0..names.len()).map(|i| row.get_ref(i)).collect::<Result<Vec<_>, _>>()?;
        held.iter_mut().zip(&values).for_each(|(held, value)| *held = (*held).max(holds(*value)));
        work(&names, &values.into_iter().map(shown).collect::<Vec<_>>())?;
    }
    let column = |(name, held): (String, Option<Holds>)| Column { name, holds: held.unwrap_or(Holds::Text) };
    Ok(names.into_iter().zip(held).map(column).collect())
}

fn holds(value: ValueRef) -> Option<Holds> {
    match value {
        ValueRef::Null => None,
        ValueRef::Integer(_) => Some(Holds::Whole),
        ValueRef::Real(_) => Some(Holds::Number),
        ValueRef::Text(_) | ValueRef::Blob(_) => Some(Holds::Text),
    }
}

/// What is wrong with a user's question is for its author to mend.
fn refused(error: rusqlite::Error) -> Error {
    let own = match &error {
        rusqlite::Error::MultipleStatement => "only one statement at a time is answered".to_string(),
        rusqlite::Error::SqlInputError { msg, .. } => msg.clone(),
        other => other.to_string(),
    };
    match error.sqlite_error_code() {
        None | Some(ErrorCode::Unknown | ErrorCode::ApiMisuse) => Error::new(BookErrorKind::Refused, own),
        _ => error.into(),
    }
}

fn shown(value: ValueRef) -> Option<String> {
    match value {
        ValueRef::Null => None,
        ValueRef::Integer(number) => Some(number.to_string()),
        ValueRef::Real(number) => Some(number.to_string()),
        ValueRef::Text(text) => Some(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => Some(bytes.iter().map(|byte| format!("{byte:02x}")).collect()),
    }
}

fn value(value: ValueRef) -> Result<Value, Error> {
    match value {
        ValueRef::Null => Ok(Value::Null),
        ValueRef::Integer(number) => Ok(Value::Integer(number)),
        ValueRef::Text(text) => match std::str::from_utf8(text) {
            Ok(text) => Ok(Value::Text(text.to_string())),
            Err(_) => Err(Error::damaged("a text in it is not UTF-8")),
        },
        other => Err(Error::damaged(format!("a column holds {}", other.data_type()))),
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Value::Null => ValueRef::Null,
            Value::Integer(number) => ValueRef::Integer(*number),
            Value::Text(text) => ValueRef::Text(text.as_bytes()),
        }))
    }
}

fn foreign(what: &str) -> Error {
    Error::new(BookErrorKind::Foreign, format!("{what}; name another file, it has not been changed"))
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Error {
        let failed = |kind, what: &str| Error::new(kind, format!("{what} ({error})"));
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => foreign("this file is no book, nor any SQLite file"),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Error::new(
                BookErrorKind::Busy,
                format!(
                    "another process has been writing to the book for {} seconds; try again",
                    PATIENCE.as_secs()
                ),
            ),
            Some(ErrorCode::DatabaseCorrupt) => failed(
                BookErrorKind::Damaged,
                "the file is damaged; restore a copy, or try SQLite's `.recover`",
            ),
            Some(ErrorCode::DiskFull) => {
                failed(BookErrorKind::Full, "the disk is full; make room and run this again")
            }
            Some(ErrorCode::OperationInterrupted) => {
                Error::new(BookErrorKind::TooSlow, "the question took longer than allowed; ask for less")
            }
            Some(
                ErrorCode::CannotOpen
                | ErrorCode::PermissionDenied
                | ErrorCode::ReadOnly
                | ErrorCode::SystemIoFailure,
            ) => failed(
                BookErrorKind::Unreachable,
                "the file can't be used; look at the rights to it and its folder",
            ),
            _ => Error::new(BookErrorKind::Failed, error.to_string()),
        }
    }
}
