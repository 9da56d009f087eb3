//! Turns the answer to a SQL query into a table, each column typed by its values.

use std::sync::Arc;

use arrow_array::{ArrayRef, Float64Array, Int64Array, RecordBatch, RecordBatchOptions, StringArray};
use arrow_schema::{ArrowError, DataType, Field, Schema};
use daybook::{BookError, Column, Holds};

use crate::table::Table;

/// Rows as they come from a book, in text.
#[derive(Default)]
pub(crate) struct Answer {
    pub(crate) columns: Vec<Column>,
    rows: Vec<Vec<Option<String>>>,
}

impl Answer {
    pub(crate) fn add(&mut self, row: &[Option<String>]) -> Result<(), BookError> {
        self.rows.push(row.to_vec());
        Ok(())
    }
}

pub(crate) fn table(answer: &Answer) -> Result<Table, ArrowError> {
    let fields: Vec<Field> = answer.columns.iter().map(field).collect();
    let schema = Arc::new(Schema::new(fields));
    let columns = answer.columns.iter().enumerate().map(|(at, column)| values(answer, at, column.holds));
    let rows = RecordBatchOptions::new().with_row_count(Some(answer.rows.len()));
    let batch = RecordBatch::try_new_with_options(schema.clone(), columns.collect(), &rows)?;
    Ok(Table::of(schema, batch))
}

fn field(column: &Column) -> Field {
    let holds = match column.holds {
        Holds::Whole => DataType::Int64,
        Holds::Number => DataType::Float64,
        Holds::Text => DataType::Utf8,
    };
    Field::new(&column.name, holds, true)
}

fn values(answer: &Answer, at: usize, holds: Holds) -> ArrayRef {
    let cells = answer.rows.iter().map(|row| row.get(at)?.as_deref());
    match holds {
        Holds::Whole => Arc::new(cells.map(|cell| cell?.parse::<i64>().ok()).collect::<Int64Array>()),
        Holds::Number => Arc::new(cells.map(|cell| cell?.parse::<f64>().ok()).collect::<Float64Array>()),
        Holds::Text => Arc::new(cells.collect::<StringArray>()),
    }
}
