//! Converts reports given in Python (an iterable or an Arrow table) to `Report`s, one at a time.

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, RecordBatch, RecordBatchReader};
use arrow_cast::cast;
use arrow_schema::{ArrowError, DataType};
use daybook::Report;
use daybook::intake::names::{Columns, Field};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyIterator, PyMapping, PyString};
use pyo3_arrow::PyRecordBatchReader;

use crate::errors;
use crate::report::{self, Fields, ORDER};

/// Where reports come from; each is made when it is asked for.
pub(crate) struct Reports {
    source: Source,
    /// How many were asked for, for messages.
    number: usize,
    /// Whether a report that can't be read is warned of and left out; else it is an error.
    lenient: bool,
}

enum Source {
    Items(Py<PyIterator>),
    Rows(Box<Rows>),
}

/// The rows of Arrow batches.
struct Rows {
    batches: Box<dyn RecordBatchReader + Send>,
    columns: [Option<usize>; 6],
    /// The batch that is being read: its columns as text.
    batch: [Option<ArrayRef>; 6],
    length: usize,
    next: usize,
}

impl Reports {
    /// The reports of an iterable, or of anything that gives an Arrow stream.
    pub(crate) fn of(source: &Bound<'_, PyAny>, lenient: bool) -> PyResult<Reports> {
        // A text is an iterable of its letters, a mapping one of its keys: neither is ever meant.
        if source.is_instance_of::<PyString>() || source.cast::<PyMapping>().is_ok() && !is_table(source)? {
            return Err(PyTypeError::new_err(format!(
                "reports are an iterable of texts, dicts or tuples, or a table; for one report write [{}]",
                report::type_name(source)
            )));
        }
        let source = match is_table(source)? {
            true => Source::Rows(Box::new(Rows::of(source.extract()?)?)),
            false => Source::Items(source.try_iter()?.unbind()),
        };
        Ok(Reports { source, number: 0, lenient })
    }

    /// The next report.
    pub(crate) fn next(&mut self, py: Python<'_>) -> PyResult<Option<Report>> {
        while let Some(report) = self.read(py)? {
            self.number += 1;
            match report.map_err(|error| errors::numbered(py, error, self.number)) {
                Err(error) if self.lenient && errors::is_of_report(py, &error) => errors::warn(py, &error)?,
                report => return report.map(Some),
            }
        }
        Ok(None)
    }

    /// The next report, or why it is none; the outer error is one of the source.
    fn read(&mut self, py: Python<'_>) -> PyResult<Option<PyResult<Report>>> {
        match &mut self.source {
            Source::Items(items) => {
                let item = items.bind(py).clone().next().transpose()?;
                Ok(item.map(|item| report::of(&item)))
            }
            Source::Rows(rows) => {
                let fields = py.detach(|| rows.next()).map_err(errors::source)?;
                Ok(fields.map(Fields::into_report))
            }
        }
    }
}

fn is_table(source: &Bound<'_, PyAny>) -> PyResult<bool> {
    source.hasattr("__arrow_c_stream__")
}

impl Rows {
    fn of(table: PyRecordBatchReader) -> PyResult<Rows> {
        let batches = table.into_reader()?;
        let header: Vec<String> =
            batches.schema().fields().iter().map(|field| field.name().clone()).collect();
        let columns = Columns::of(&header);
        if columns.place(Field::Text).is_none() {
            return Err(errors::report(Columns::lacking_text(&header)));
        }
        let columns = ORDER.map(|(field, _)| columns.place(field));
        for (place, (field, _)) in columns.iter().zip(ORDER) {
            place.map_or(Ok(()), |place| check(batches.schema().field(place), field))?;
        }
        Ok(Rows { batches, columns, batch: [const { None }; 6], length: 0, next: 0 })
    }

    fn next(&mut self) -> Result<Option<Fields>, ArrowError> {
        while self.next >= self.length {
            let Some(batch) = self.batches.next().transpose()? else { return Ok(None) };
            self.open(&batch)?;
        }
        let row = self.next;
        self.next += 1;
        let value = |column: &Option<ArrayRef>| {
            let column = column.as_ref()?.as_string::<i64>();
            column.is_valid(row).then(|| column.value(row).to_string())
        };
        let mut fields = Fields::default();
        for (column, (field, _)) in self.batch.iter().zip(ORDER) {
            *fields.get_mut(field) = value(column);
        }
        Ok(Some(fields))
    }

    fn open(&mut self, batch: &RecordBatch) -> Result<(), ArrowError> {
        let mut columns = [const { None }; 6];
        for (column, place) in columns.iter_mut().zip(self.columns) {
            *column = place.map(|place| as_text(batch.column(place))).transpose()?;
        }
        (self.batch, self.length, self.next) = (columns, batch.num_rows(), 0);
        Ok(())
    }
}

/// Refuses a column whose values can't be that part of a report.
fn check(column: &arrow_schema::Field, part: Field) -> PyResult<()> {
    let holds = match column.data_type() {
        DataType::Dictionary(_, values) => values.as_ref(),
        other => other,
    };
    let fits = match part {
        _ if holds.is_string() || holds.is_null() => true,
        Field::Published => {
            holds.is_temporal() && !matches!(holds, DataType::Time32(_) | DataType::Time64(_))
        }
        Field::Id => holds.is_integer(),
        _ => false,
    };
    let wrong = || errors::report(format!("the column {:?} holds {holds}, not text", column.name()));
    if fits { Ok(()) } else { Err(wrong()) }
}

/// A column as text; moments as their day.
fn as_text(column: &ArrayRef) -> Result<ArrayRef, ArrowError> {
    match column.data_type() {
        DataType::Timestamp(..) | DataType::Date64 => {
            cast(&cast(column, &DataType::Date32)?, &DataType::LargeUtf8)
        }
        _ => cast(column, &DataType::LargeUtf8),
    }
}
