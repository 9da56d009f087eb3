//! Finds the time phrases of a report and which event each of them dates.

pub(crate) mod phrases;
