//! The whole way, from reports to the entries of a book.

mod book;
