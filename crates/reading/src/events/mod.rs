//! Finds the places of a report that tell of an event, and how things stand with it.

pub(crate) mod classes;
pub(crate) mod contract;
pub(crate) mod details;
pub(crate) mod from_match;
pub(crate) mod modality;
pub(crate) mod reject;
pub(crate) mod telling;
