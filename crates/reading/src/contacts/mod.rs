//! Puts the tellings of one occasion together and writes each occasion down as an account.

pub(crate) mod account;
pub(crate) mod complete;
pub(crate) mod confidence;
pub(crate) mod explain;
pub(crate) mod group;
pub(crate) mod infer;
pub(crate) mod occasion;
pub(crate) mod principals;
pub(crate) mod remarks;
pub(crate) mod ties;
