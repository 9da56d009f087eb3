//! The JSON Schema of what [`crate::json`] writes.

/// The schema (draft 2020-12) of one report's record; the fields are explained in it.
pub const RECORD: &str = include_str!("../../../docs/record.schema.json");
