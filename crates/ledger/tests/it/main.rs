//! The book from outside. All of it but `settling` needs a PostgreSQL server, which the tests start.

mod support;

mod settling;
mod store;
mod store_feeds;
mod store_filing;
mod store_kills;
