//! Tellings: from frames, with the rules that match there.

pub(crate) mod classes;
pub(crate) mod contract;
pub(crate) mod details;
pub(crate) mod from_frame;
pub(crate) mod governed;
pub(crate) mod labels;
pub(crate) mod parts;
pub(crate) mod sides;
pub(crate) mod telling;
