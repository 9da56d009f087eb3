//! Reads rows: tables of text, JSON objects and Parquet files to a report a row.

mod csv;
mod json;
mod parquet;

pub(crate) use self::csv::{Csv, is_table};
pub(crate) use self::json::{Lines, Objects};
pub(crate) use self::parquet::Parquet;
