//! Keeps a book of contacts: files accounts, settles which of them are of one contact, and answers questions.
//!
//! The rooms, from the top; each imports only those below it:
//!
//! - `book`: the book as programs use it; `detached`: settling without one
//! - `store`: all SQL, for SQLite and PostgreSQL alike
//! - `filing`: what is kept of a report
//! - `ask`: queries, filters, whom a name means
//! - `entry`: one entry from the accounts of one contact
//! - `settle`: which accounts are of one contact
//! - `identity`, `agencies`, `fingerprints`, `candidate`, `error`: what all of them use

mod agencies;
mod ask;
mod book;
mod candidate;
mod detached;
mod entry;
mod error;
mod filing;
mod fingerprints;
mod identity;
mod settle;
mod store;

pub use ask::filter::Filter;
pub use ask::overview::{Among, Brief, By, Link, is_side};
pub use ask::query::Query;
pub use book::{Added, Book, Size};
pub use candidate::{Candidate, UnresolvedName};
pub use detached::{DetachedAccount, DetachedReport, likeness_links, settle_detached};
pub use entry::compare::{Agreement, Compared, Comparison, Point, SideAccounts, TiedStatement};
pub use entry::identified::Identified;
pub use entry::keys::contact_pairs;
pub use entry::trust::Trust;
pub use error::Error;
pub use filing::{FiledAccount, FiledStatement, Filing, report_id};
pub use identity::{Identity, NOBODY, identify, name_key};
pub use settle::features::{ContactDays, Features, Participant, day_number};
pub use settle::grouping::{Decisions, JoinedPair, MAX_DAYS_APART, MIN_JOIN_SCORE, Settlement, settle};
pub use settle::likeness::{Likeness, likeness};
pub use store::{
    Access, Column, Database, Feed, FilingOutcome, Holds, Place, Row, Value, accounts, feed, feeds, file,
    put_feed, report, statements,
};
