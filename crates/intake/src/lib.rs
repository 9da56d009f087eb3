//! Reads text, pages, feeds, tables and web archives into reports.
//!
//! What an input is, its content tells; see [`Format`] for what there is.
//!
//! ```
//! use daybook_intake::{Given, read};
//! let input = "---\ntitle: A call\npublished: 2013-06-03\n---\nThe two leaders spoke by telephone.\n";
//! let reports: Vec<_> = read("call.txt", input.as_bytes(), &Given::default()).collect::<Result<_, _>>()?;
//! assert_eq!(reports[0].title.as_deref(), Some("A call"));
//! assert_eq!(reports[0].text, "The two leaders spoke by telephone.\n");
//! # Ok::<(), daybook_intake::Error>(())
//! ```

mod archives;
mod date;
mod documents;
mod error;
mod found;
mod input;
pub mod names;
mod recognise;
mod reports;
mod source;
mod tables;

use jiff::civil::Date;

pub use date::day;
pub use documents::feed;
pub use error::Error;
pub use input::Encoding;
pub use reports::{Reports, read};

/// The largest report that is taken in, in bytes of its input: 64 MiB.
pub const MAX_BYTES: usize = 64 << 20;

/// What an input is. Each may be packed by gzip or zstd, and that again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Plain text, with or without front matter: one report.
    Text,
    /// Markdown, with or without front matter: one report, of its text without markup.
    Markdown,
    /// A page: one report, of its main text.
    Html,
    /// One JSON object a line, each a report.
    JsonLines,
    /// JSON objects in an array, or one after another, each a report.
    Json,
    /// A table of text with a header, its fields parted by commas, semicolons or tabs: a report a row.
    Csv,
    /// A Parquet file: a report a row.
    Parquet,
    /// RSS, Atom or JSON Feed: a report an item.
    Feed,
    /// A web archive: a report for each page, text and item of a feed in it.
    Warc,
}

/// What the caller knows of an input; it goes before what the input says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Given {
    /// The headline.
    pub title: Option<String>,
    /// The day of publication.
    pub published: Option<Date>,
    /// Who published it.
    pub publisher: Option<String>,
    /// What the input is; told by its content where this is `None`.
    pub format: Option<Format>,
    /// What its bytes are; told by a byte order mark or a page's declaration, or else UTF-8, where this is `None`.
    pub encoding: Option<Encoding>,
}
