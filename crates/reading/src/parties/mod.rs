//! Finds where a report speaks of possible parties, and whom each mention means.

pub(crate) mod cast;
pub(crate) mod find;
pub(crate) mod mention;
pub(crate) mod reattach;
pub(crate) mod resolve;
pub(crate) mod told;
