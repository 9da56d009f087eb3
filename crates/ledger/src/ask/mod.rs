//! What can be asked of a book, and how names in a question are understood. Knows no tables.

pub(crate) mod filter;
pub(crate) mod names;
pub(crate) mod overview;
pub(crate) mod query;
