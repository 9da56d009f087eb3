//! What can be asked of a book.

pub(crate) mod names;
pub(crate) mod overview;
pub(crate) mod query;
