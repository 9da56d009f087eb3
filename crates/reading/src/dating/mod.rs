//! Infers when a report without a date was published.

pub(crate) mod clues;
pub(crate) mod interval;
