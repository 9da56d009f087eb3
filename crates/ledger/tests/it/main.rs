//! The book from outside.

mod support;

/// On SQLite and on a PostgreSQL server, which these tests start: `./test fast` leaves them out by this name.
mod books {
    mod older_books;
    mod settling;
    mod store;
    mod store_feeds;
    mod store_filing;
    mod store_kills;
}
