//! Turns readings into Arrow tables: reports, contacts, statements, claims, times.

mod rows;
mod schema;
mod words;

use arrow_array::RecordBatch;
use arrow_json::ReaderBuilder;
use arrow_schema::{ArrowError, SchemaRef};
use pyo3::prelude::*;
use serde::Serialize;
use serde_json::Value;

use crate::errors;
use crate::reading::Reading;
use crate::table::Table;
use words::Words;

/// The tables, in the order in which they are given.
const NAMES: [&str; 5] = ["reports", "contacts", "statements", "claims", "times"];

/// The tables of readings: reports, contacts, statements, claims, times.
#[pyfunction]
pub(crate) fn tables(py: Python<'_>, readings: Vec<Py<Reading>>) -> PyResult<Vec<Table>> {
    py.detach(|| {
        let readings: Vec<&Reading> = readings.iter().map(Py::get).collect();
        let records: Vec<Value> = readings.iter().map(|reading| reading.parsed()).collect();
        NAMES.map(|name| table(name, &readings, &records)).into_iter().collect::<Result<_, _>>()
    })
    .map_err(errors::other)
}

fn table(name: &str, readings: &[&Reading], records: &[Value]) -> Result<Table, ArrowError> {
    let schema = schema::of(name);
    let mut found = Vec::new();
    for (reading, record) in readings.iter().zip(records) {
        let title = Words::of(record["report"]["title"].as_str().unwrap_or_default());
        found.extend(rows::of(name, record, &Words::of(reading.text()), &title));
    }
    rows::shaped(&mut found, &schema);
    Ok(Table::of(schema.clone(), batch(&schema, &found)?))
}

/// Rows as one batch.
pub(crate) fn batch(schema: &SchemaRef, rows: &[impl Serialize]) -> Result<RecordBatch, ArrowError> {
    let mut decoder = ReaderBuilder::new(schema.clone()).build_decoder()?;
    decoder.serialize(rows)?;
    Ok(decoder.flush()?.unwrap_or_else(|| RecordBatch::new_empty(schema.clone())))
}
