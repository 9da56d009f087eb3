//! Puts the accounts of one contact together into one entry.

pub(crate) mod compare;
pub(crate) mod credibility;
pub(crate) mod members;
pub(crate) mod trust;
pub(crate) mod values;
