//! The commands, each a file with its arguments and what it does.

pub(crate) mod add;
pub(crate) mod agenda;
pub(crate) mod compare;
pub(crate) mod completions;
pub(crate) mod export;
pub(crate) mod last;
pub(crate) mod list;
pub(crate) mod man;
pub(crate) mod mcp;
pub(crate) mod merge;
pub(crate) mod parse;
pub(crate) mod read;
pub(crate) mod rules;
pub(crate) mod serve;
pub(crate) mod show;
pub(crate) mod split;
pub(crate) mod sql;
pub(crate) mod stats;
pub(crate) mod undo;
pub(crate) mod watch;
pub(crate) mod who;
