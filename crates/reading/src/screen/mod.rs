//! Tells which reports need reading, by a look at their words.

pub(crate) mod look;
pub(crate) mod text;
