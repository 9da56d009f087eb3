//! The JSON Schemas of what is written as JSON.

/// The schema (draft 2020-12) of one report's record, which [`crate::json`] writes; the fields are explained in it.
pub const RECORD: &str = include_str!("../../../docs/record.schema.json");

/// The schema (draft 2020-12) of an entry of the book, which [`crate::entries_jsonl`] writes.
pub const ENTRY: &str = include_str!("../../../docs/entry.schema.json");

/// The schema (draft 2020-12) of an event in PLOVER's form, which [`crate::plover`] writes.
pub const PLOVER: &str = include_str!("../../../docs/plover.schema.json");
