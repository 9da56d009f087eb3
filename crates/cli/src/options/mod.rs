//! Options that several commands share.

pub(crate) mod book;
pub(crate) mod confidence;
pub(crate) mod decision;
pub(crate) mod filter;
pub(crate) mod input;
pub(crate) mod reader;
