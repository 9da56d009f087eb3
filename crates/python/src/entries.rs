//! Turns entries into one flat table with the columns of the CSV and Parquet exports.

use std::sync::Arc;

use arrow_array::{ArrayRef, BooleanArray, Date32Array, Float64Array, Int64Array, RecordBatch, StringArray};
use arrow_schema::{ArrowError, DataType, Field, Schema};
use daybook::Entry;
use daybook_export::columns::{COLUMNS, Column, Values, days};

use crate::table::Table;

pub(crate) fn table(entries: &[Entry]) -> Result<Table, ArrowError> {
    let schema = Arc::new(Schema::new(COLUMNS.iter().map(field).collect::<Vec<_>>()));
    let columns = COLUMNS.iter().map(|column| values(column, entries)).collect();
    Ok(Table::of(schema.clone(), RecordBatch::try_new(schema, columns)?))
}

fn field(column: &Column) -> Field {
    let (holds, may_lack) = match column.values {
        Values::Text(_) => (DataType::Utf8, true),
        Values::Day(_) => (DataType::Date32, true),
        Values::Number(_) => (DataType::Int64, false),
        Values::Share(_) => (DataType::Float64, false),
        Values::Truth(_) => (DataType::Boolean, false),
    };
    Field::new(column.name, holds, may_lack)
}

fn values(column: &Column, entries: &[Entry]) -> ArrayRef {
    match column.values {
        Values::Text(value) => Arc::new(entries.iter().map(value).collect::<StringArray>()),
        Values::Day(value) => {
            Arc::new(entries.iter().map(|entry| value(entry).map(days)).collect::<Date32Array>())
        }
        Values::Number(value) => {
            Arc::new(entries.iter().map(|entry| Some(value(entry))).collect::<Int64Array>())
        }
        Values::Share(value) => {
            Arc::new(entries.iter().map(|entry| Some(value(entry))).collect::<Float64Array>())
        }
        Values::Truth(value) => {
            Arc::new(entries.iter().map(|entry| Some(value(entry))).collect::<BooleanArray>())
        }
    }
}
