//! A table of Arrow batches that Python libraries take without copying.

use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, StructArray};
use arrow_schema::{Field, SchemaRef};
use pyo3::prelude::*;
use pyo3::types::{IntoPyDict, PyCapsule};
use pyo3_arrow::error::PyArrowResult;
use pyo3_arrow::ffi::{ArrayIterator, to_schema_pycapsule, to_stream_pycapsule};

use crate::errors;

/// Batches of one schema.
#[pyclass(module = "daybook", frozen)]
pub(crate) struct Table {
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
}

impl Table {
    pub(crate) fn of(schema: SchemaRef, batch: RecordBatch) -> Table {
        Table { schema, batches: vec![batch] }
    }
}

#[pymethods]
impl Table {
    /// The table of all rows of several of one kind, one after another; nothing is copied.
    #[staticmethod]
    fn joined(tables: Vec<Py<Table>>) -> PyResult<Table> {
        let Some(first) = tables.first() else { return Err(errors::other("there is no table to join")) };
        let schema = first.get().schema.clone();
        if tables.iter().any(|table| table.get().schema != schema) {
            return Err(errors::other("tables of different columns can't be joined"));
        }
        Ok(Table { schema, batches: tables.iter().flat_map(|table| table.get().batches.clone()).collect() })
    }

    #[getter]
    fn columns(&self) -> Vec<&str> {
        self.schema.fields().iter().map(|field| field.name().as_str()).collect()
    }

    fn to_pyarrow<'py>(slf: Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        taken(&slf, "pyarrow", "table")
    }

    fn to_polars<'py>(slf: Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        taken(&slf, "polars", "DataFrame")
    }

    fn to_pandas<'py>(slf: Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let days_as_days = [("date_as_object", false)].into_py_dict(slf.py())?;
        taken(&slf, "pyarrow", "table")?.call_method("to_pandas", (), Some(&days_as_days))
    }

    fn __len__(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    fn __repr__(&self) -> String {
        format!("<daybook.Table: rows {}, columns {}>", self.__len__(), self.columns().join(", "))
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyArrowResult<Bound<'py, PyCapsule>> {
        to_schema_pycapsule(py, self.schema.as_ref())
    }

    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyArrowResult<Bound<'py, PyCapsule>> {
        let rows = |batch| Ok(Arc::new(StructArray::from(batch)) as ArrayRef);
        let field = Field::new_struct("", self.schema.fields().clone(), false);
        let arrays = ArrayIterator::new(self.batches.clone().into_iter().map(rows), Arc::new(field));
        to_stream_pycapsule(py, Box::new(arrays), requested_schema)
    }
}

/// The table as an object of a library, which takes it by its Arrow stream.
fn taken<'py>(table: &Bound<'py, Table>, library: &str, maker: &str) -> PyResult<Bound<'py, PyAny>> {
    let library = table.py().import(library).map_err(|error| {
        errors::other(format!("{library} is needed here ({error}); install it: pip install {library}"))
    })?;
    library.call_method1(maker, (table,))
}
