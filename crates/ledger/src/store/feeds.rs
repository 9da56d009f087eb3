//! Keeps what the watcher knows of each feed.

use super::database::Database;
use super::value::{Row, values};
use crate::Error;

/// What the watcher knows of a feed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Feed {
    /// Its address.
    pub url: String,
    /// What its server called the version that was read last.
    pub etag: Option<String>,
    /// When that version was made, as its server said.
    pub last_modified: Option<String>,
    /// How many tries have failed since the last one that did not.
    pub failures: u32,
    /// Seconds since 1970 before which it is not to be asked again.
    pub not_before: i64,
    /// Why the last try failed.
    pub said: Option<String>,
}

const COLUMNS: &str = "url, etag, last_modified, failures, not_before, said";

/// What is known of all feeds, in the order of their addresses.
pub fn feeds(book: &mut Database) -> Result<Vec<Feed>, Error> {
    let rows = book.query(&format!("SELECT {COLUMNS} FROM feeds ORDER BY url"), &[])?;
    rows.iter().map(read).collect()
}

/// What is known of one feed; `None` where it was never asked.
pub fn feed(book: &mut Database, url: &str) -> Result<Option<Feed>, Error> {
    let rows = book.query(&format!("SELECT {COLUMNS} FROM feeds WHERE url = ?1"), &values![url])?;
    rows.first().map(read).transpose()
}

/// Writes down what is known of a feed, in place of what was known before.
pub fn put_feed(book: &mut Database, feed: &Feed) -> Result<(), Error> {
    let sql = format!(
        "INSERT INTO feeds ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (url) DO UPDATE SET
        etag = excluded.etag, last_modified = excluded.last_modified, failures = excluded.failures,
        not_before = excluded.not_before, said = excluded.said"
    );
    let Feed { url, etag, last_modified, failures, not_before, said } = feed;
    let values = values![url, etag, last_modified, *failures, *not_before, said];
    book.transaction(|book| book.execute(&sql, &values)).map(|_| ())
}

fn read(row: &Row) -> Result<Feed, Error> {
    let failures =
        u32::try_from(row.size(3)?).map_err(|_| Error::damaged("a feed can't have failed so often"))?;
    Ok(Feed {
        url: row.text(0)?.to_string(),
        etag: row.optional_string(1)?,
        last_modified: row.optional_string(2)?,
        failures,
        not_before: row.integer(4)?,
        said: row.optional_string(5)?,
    })
}
