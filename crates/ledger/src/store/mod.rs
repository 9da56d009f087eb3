//! The book as it is kept: one database of two kinds, and what is written to it and read back.

mod database;
mod engine;
mod evidence;
mod feeds;
mod filing;
mod place;
mod postgres;
mod recall;
mod sqlite;
mod value;

pub use database::{Access, Database};
pub(crate) use evidence::parse_reason;
pub use feeds::{Feed, feed, feeds, put_feed};
pub use filing::{FiledAccount, FiledStatement, Filing, Outcome, file};
pub use place::Place;
pub use recall::{accounts, report, statements};
pub(crate) use value::values;
pub use value::{Column, Holds, Row, Value};
