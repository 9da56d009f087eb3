//! Accounts to entries: the book's store, its settling, its questions.

mod book;
mod compare;
mod entries;
mod error;
mod identity;
mod likeness;
mod loose;
mod members;
mod names;
mod neighbourhood;
mod offsets;
mod overview;
mod prepare;
mod publishers;
mod query;
mod reasons;
mod settle;
mod shelf;
mod standing;
mod store;
mod traits;
mod trust;
mod values;
mod wording;

pub use book::{Added, Book, Size, Tied};
pub use compare::{Agreement, Compared, Comparison, Point, Told};
pub use entries::together;
pub use error::Error;
pub use identity::{Identity, NOBODY, fold, identify};
pub use likeness::{Likeness, likeness};
pub use loose::{Loose, Loosened, entries_of, links};
pub use names::Candidate;
pub use overview::{Among, Brief, By, Link, is_side};
pub use prepare::report_id;
pub use query::Query;
pub use settle::{Decisions, ENOUGH, Joined, REACH, Settlement, settle};
pub use store::{
    Access, Column, Database, Feed, FiledAccount, FiledStatement, Filing, Holds, Outcome, Place, Row, Value,
    accounts, feed, feeds, file, put_feed, report, statements,
};
pub use traits::{Days, Taker, Traits, day_number};
pub use trust::Trust;
pub use values::Identified;
