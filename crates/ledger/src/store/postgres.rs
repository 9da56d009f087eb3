//! A book in a schema of a PostgreSQL database.

use std::collections::BTreeMap;
use std::error::Error as _;
use std::io::Write;
use std::str::FromStr;
use std::time::Duration;

use postgres::config::SslMode;
use postgres::error::SqlState;
use postgres::fallible_iterator::FallibleIterator;
use postgres::types::{FromSql, IsNull, ToSql, Type, private::BytesMut};
use postgres::{Client, Config, NoTls, SimpleQueryMessage, Statement};

use super::engine::{Access, Dialect, EachRow, EachShown, Engine, Found, PATIENCE, TableColumns};
use super::migrations::book_tables;
use super::value::{Column, Holds, Row, Value};
use crate::Error;
use crate::error::BookErrorKind;

/// How many prepared statements are kept.
const STATEMENTS: usize = 256;

/// How many rows of an answer to a user are asked for at a time.
const PAGE: usize = 1000;

pub(super) struct Postgres {
    client: Client,
    statements: BTreeMap<String, Statement>,
}

impl Postgres {
    pub(super) fn open(uri: &str, access: Access) -> Result<Postgres, Error> {
        let client = configured(uri)?.connect(NoTls).map_err(unreachable)?;
        let mut book = Postgres { client, statements: BTreeMap::new() };
        book.batch(&format!("SET lock_timeout = {}; SET synchronous_commit = on", PATIENCE.as_millis()))?;
        if access == Access::ReadOnly {
            book.batch("SET default_transaction_read_only = on")?;
        }
        book.fit()?;
        Ok(book)
    }

    /// Whether the database can keep a book at all.
    fn fit(&mut self) -> Result<(), Error> {
        let facts = self
            .client
            .query_one("SELECT current_setting('server_encoding'), current_schema()::text", &[])?;
        let (encoding, schema): (String, Option<String>) = (facts.get(0), facts.get(1));
        if encoding != "UTF8" {
            return Err(foreign(&format!("the database keeps text as {encoding}, and a book needs UTF8")));
        }
        if schema.is_none() {
            return Err(Error::new(
                BookErrorKind::Missing,
                "no schema of the search path exists; create one (CREATE SCHEMA …), or name another search path",
            ));
        }
        Ok(())
    }

    /// The prepared statement for some SQL and some kinds of values.
    fn prepared(&mut self, sql: &str, values: &[Value]) -> Result<Statement, Error> {
        let kinds = values.iter().map(|value| match value {
            Value::Null => 'n',
            Value::Integer(_) => 'i',
            Value::Text(_) => 't',
        });
        let key: String = kinds.chain([' ']).chain(sql.chars()).collect();
        if let Some(statement) = self.statements.get(&key) {
            return Ok(statement.clone());
        }
        let types: Vec<Type> = values.iter().map(declared).collect();
        let statement = self.client.prepare_typed(&dollars(sql), &types)?;
        if self.statements.len() == STATEMENTS {
            self.statements.clear();
        }
        self.statements.insert(key, statement.clone());
        Ok(statement)
    }

    /// The tables of this schema that bear names of ours.
    fn tables(&mut self) -> Result<Vec<String>, Error> {
        let mut names = book_tables();
        names.push("daybook_book");
        let sql = "SELECT tablename::text FROM pg_tables
            WHERE schemaname = current_schema() AND tablename = ANY($1) ORDER BY 1";
        Ok(self.client.query(sql, &[&names])?.iter().map(|row| row.get(0)).collect())
    }

    /// One page of an answer after the other, until there is none.
    fn pages(&mut self, work: EachShown) -> Result<(), Error> {
        let mut names = Vec::new();
        loop {
            let page = self.client.simple_query(&format!("FETCH {PAGE} FROM answer")).map_err(refused)?;
            let mut rows = 0;
            for message in &page {
                match message {
                    SimpleQueryMessage::RowDescription(columns) => {
                        names = columns.iter().map(|c| c.name().to_string()).collect();
                    }
                    SimpleQueryMessage::Row(row) => {
                        rows += 1;
                        let shown: Vec<_> = (0..row.len()).map(|i| row.get(i).map(str::to_string)).collect();
                        work(&names, &shown)?;
                    }
                    _ => {}
                }
            }
            if rows < PAGE {
                return Ok(());
            }
        }
    }
}

fn configured(uri: &str) -> Result<Config, Error> {
    let mut config = Config::from_str(uri).map_err(unreachable)?;
    if config.get_ssl_mode() == SslMode::Require {
        return Err(Error::new(
            BookErrorKind::Unreachable,
            "encrypted connections are not supported; drop sslmode=require and go through a socket or an SSH tunnel",
        ));
    }
    config.application_name("daybook");
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(PATIENCE);
    }
    Ok(config)
}

impl Engine for Postgres {
    fn dialect(&self) -> Dialect {
        Dialect::Postgres
    }

    fn found(&mut self) -> Result<Found, Error> {
        let tables = self.tables()?;
        if tables.is_empty() {
            return Ok(Found::Nothing);
        }
        if !tables.iter().any(|name| name == "daybook_book") {
            return Err(foreign(&format!("the schema has a table `{}` that is not of a book", tables[0])));
        }
        match self.client.query_one("SELECT CAST(version AS BIGINT) FROM daybook_book", &[]) {
            Ok(row) => Ok(Found::Version(usize::try_from(row.get::<_, i64>(0)).unwrap_or(usize::MAX))),
            Err(error) if error.is_closed() => Err(error.into()),
            Err(_) => Err(foreign("the schema has a table `daybook_book` that is not ours")),
        }
    }

    fn batch(&mut self, sql: &str) -> Result<(), Error> {
        Ok(self.client.batch_execute(sql)?)
    }

    fn set_version(&mut self, version: usize) -> Result<(), Error> {
        self.batch(&format!(
            "CREATE TABLE IF NOT EXISTS daybook_book (version BIGINT NOT NULL);
             DELETE FROM daybook_book; INSERT INTO daybook_book VALUES ({version});"
        ))
    }

    /// One process at a time writes to the book of a schema; the lock ends with the transaction, or the connection.
    fn begin(&mut self, writing: bool) -> Result<(), Error> {
        if !writing {
            return self.batch("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
        }
        self.batch("BEGIN; SELECT pg_advisory_xact_lock(hashtext('daybook'), hashtext(current_schema()))")
    }

    fn commit(&mut self) -> Result<(), Error> {
        self.batch("COMMIT")
    }

    fn rollback(&mut self) -> Result<(), Error> {
        self.batch("ROLLBACK")
    }

    fn execute(&mut self, sql: &str, values: &[Value]) -> Result<u64, Error> {
        let statement = self.prepared(sql, values)?;
        let values: Vec<&(dyn ToSql + Sync)> = values.iter().map(|value| value as _).collect();
        Ok(self.client.execute(&statement, &values)?)
    }

    fn each(&mut self, sql: &str, values: &[Value], work: EachRow) -> Result<(), Error> {
        let statement = self.prepared(sql, values)?;
        let mut found = self.client.query_raw(&statement, values)?;
        let mut row = Row::default();
        while let Some(next) = found.next()? {
            row.values.clear();
            for column in 0..next.len() {
                row.values.push(next.try_get(column)?);
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
        let sql = format!("COPY {} ({}) FROM STDIN", into.table, into.names.join(", "));
        let mut copy = self.client.copy_in(&sql)?;
        let mut line = String::new();
        for row in rows {
            line.clear();
            copied(&row, &mut line);
            copy.write_all(line.as_bytes()).map_err(|e| Error::new(BookErrorKind::Failed, e.to_string()))?;
        }
        copy.finish()?;
        Ok(())
    }

    fn select(&mut self, sql: &str, limit: Duration, work: EachShown) -> Result<Vec<Column>, Error> {
        let sql = sql.trim().trim_end_matches(';');
        // A prepared statement is one statement, so that what stands behind it can't end the transaction and write.
        let asked = self.client.prepare(sql).map_err(refused)?;
        self.batch(&format!("BEGIN READ ONLY; SET LOCAL statement_timeout = {}", limit.as_millis().max(1)))?;
        let declared = self.client.execute(&format!("DECLARE answer NO SCROLL CURSOR FOR {sql}"), &[]);
        let answer = declared.map_err(refused).and_then(|_| self.pages(work));
        self.rollback()?;
        answer.map(|()| asked.columns().iter().map(column).collect())
    }
}

/// What a column of an answer is called and holds; sums of whole numbers are `numeric`.
fn column(column: &postgres::Column) -> Column {
    let holds = match *column.type_() {
        Type::INT2 | Type::INT4 | Type::INT8 => Holds::Whole,
        Type::FLOAT4 | Type::FLOAT8 | Type::NUMERIC => Holds::Number,
        _ => Holds::Text,
    };
    Column { name: column.name().to_string(), holds }
}

/// The placeholders `?1` as PostgreSQL writes them, `$1`, those in quotes left alone.
fn dollars(sql: &str) -> String {
    let mut quoted = false;
    let dollar = |c| {
        quoted ^= c == '\'';
        if c == '?' && !quoted { '$' } else { c }
    };
    sql.chars().map(dollar).collect()
}

/// A row in the text format of COPY.
fn copied(row: &[Value], line: &mut String) {
    for (i, value) in row.iter().enumerate() {
        if i > 0 {
            line.push('\t');
        }
        match value {
            Value::Null => line.push_str("\\N"),
            Value::Integer(number) => line.push_str(&number.to_string()),
            Value::Text(text) => text.chars().for_each(|c| match c {
                '\\' => line.push_str("\\\\"),
                '\n' => line.push_str("\\n"),
                '\r' => line.push_str("\\r"),
                '\t' => line.push_str("\\t"),
                '\0' => line.push('\u{1A}'),
                c => line.push(c),
            }),
        }
    }
    line.push('\n');
}

/// The type as which a value is handed over; for null the server infers it.
fn declared(value: &Value) -> Type {
    match value {
        Value::Null => Type::UNKNOWN,
        Value::Integer(_) => Type::INT8,
        Value::Text(_) => Type::TEXT,
    }
}

impl ToSql for Value {
    fn to_sql(
        &self,
        ty: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Value::Null => Ok(IsNull::Yes),
            Value::Integer(number) => number.to_sql(ty, out),
            Value::Text(text) if text.contains('\0') => text.replace('\0', "\u{1A}").to_sql(ty, out),
            Value::Text(text) => text.to_sql(ty, out),
        }
    }

    /// Statements are prepared with the types of their values.
    fn accepts(_: &Type) -> bool {
        true
    }

    postgres::types::to_sql_checked!();
}

impl<'a> FromSql<'a> for Value {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Result<Value, Box<dyn std::error::Error + Sync + Send>> {
        Ok(match *ty {
            Type::INT8 => Value::Integer(i64::from_sql(ty, raw)?),
            Type::INT4 => Value::Integer(i32::from_sql(ty, raw)?.into()),
            Type::BOOL => Value::Integer(bool::from_sql(ty, raw)?.into()),
            _ => Value::Text(String::from_sql(ty, raw)?),
        })
    }

    fn from_sql_null(_: &Type) -> Result<Value, Box<dyn std::error::Error + Sync + Send>> {
        Ok(Value::Null)
    }

    fn accepts(ty: &Type) -> bool {
        matches!(*ty, Type::INT8 | Type::INT4 | Type::BOOL) || <String as FromSql>::accepts(ty)
    }
}

fn foreign(what: &str) -> Error {
    Error::new(
        BookErrorKind::Foreign,
        format!("{what}; name another database or search path, nothing has been changed"),
    )
}

fn unreachable(error: postgres::Error) -> Error {
    Error::new(BookErrorKind::Unreachable, format!("no connection: {}", told(&error)))
}

/// What is wrong with a user's question is for its author to mend.
fn refused(error: postgres::Error) -> Error {
    match error.code() {
        Some(code) if code != &SqlState::QUERY_CANCELED => Error::new(BookErrorKind::Refused, told(&error)),
        _ => error.into(),
    }
}

/// What the server says, or what went wrong on the way to it.
fn told(error: &postgres::Error) -> String {
    match (error.as_db_error(), error.source()) {
        (Some(said), _) => said.message().to_string(),
        (None, Some(source)) => format!("{error}: {source}"),
        (None, None) => error.to_string(),
    }
}

impl From<postgres::Error> for Error {
    fn from(error: postgres::Error) -> Error {
        let code = error.code().cloned();
        if error.is_closed() {
            return unreachable(error);
        }
        match code {
            Some(SqlState::LOCK_NOT_AVAILABLE) => Error::new(
                BookErrorKind::Busy,
                format!(
                    "another process has been writing to the book for {} seconds; try again",
                    PATIENCE.as_secs()
                ),
            ),
            Some(SqlState::QUERY_CANCELED) => {
                Error::new(BookErrorKind::TooSlow, "the question took longer than allowed; ask for less")
            }
            Some(SqlState::DISK_FULL) => Error::new(
                BookErrorKind::Full,
                "the disk of the server is full; make room and run this again",
            ),
            _ => Error::new(BookErrorKind::Failed, told(&error)),
        }
    }
}
