//! Puts the accounts of one contact together into one entry.

pub(crate) mod assemble;
pub(crate) mod compare;
mod credibility;
pub(crate) mod identified;
pub(crate) mod keys;
mod members;
pub(crate) mod trust;
mod values;
