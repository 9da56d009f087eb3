//! The book as it is kept: one database of two kinds, and what is written to it and read back. All SQL is here.

pub(crate) mod account_store;
mod database;
pub(crate) mod decisions;
mod engine;
pub(crate) mod entries;
mod evidence;
mod feeds;
pub(crate) mod filing;
pub(crate) mod find;
pub(crate) mod load_entries;
mod migrations;
pub(crate) mod parties;
mod place;
mod postgres;
mod recall;
mod sqlite;
mod value;

pub use database::Database;
pub use engine::Access;
pub use feeds::{Feed, feed, feeds, put_feed};
pub use filing::{FilingOutcome, file};
pub use place::Place;
pub use recall::{accounts, report, statements};
pub use value::{Column, Holds, Row, Value};
