//! Groups accounts that are of one contact.

pub(crate) mod features;
pub(crate) mod grouping;
pub(crate) mod likeness;
pub(crate) mod neighbourhood;
pub(crate) mod reasons;
mod time_zones;
