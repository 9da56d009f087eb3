//! Reports that Python code gives, held until they are asked for.

use std::sync::{Mutex, TryLockError};

use daybook::Report;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::reports::Reports;

/// An iterable of reports or a table of them.
#[pyclass(module = "daybook._daybook", frozen)]
pub(crate) struct Source(Mutex<Given>);

struct Given {
    reports: Reports,
    /// What went wrong with a report, told once all before it are taken.
    wrong: Option<PyErr>,
}

#[pymethods]
impl Source {
    #[new]
    fn new(reports: &Bound<'_, PyAny>, lenient: bool) -> PyResult<Source> {
        Reports::of(reports, lenient).map(|reports| Source(Mutex::new(Given { reports, wrong: None })))
    }
}

impl Source {
    /// The next reports, `size` at most.
    pub(crate) fn take(&self, py: Python<'_>, size: usize) -> PyResult<Vec<Report>> {
        let mut given = match self.0.try_lock() {
            Ok(given) => given,
            Err(TryLockError::Poisoned(given)) => given.into_inner(),
            // As generators do: the reports' own iterator must not be asked by two at once.
            Err(TryLockError::WouldBlock) => {
                return Err(PyValueError::new_err("the reports are being taken already"));
            }
        };
        let mut taken = Vec::new();
        while taken.len() < size && given.wrong.is_none() {
            match given.reports.next(py) {
                Ok(Some(report)) => taken.push(report),
                Ok(None) => break,
                Err(error) => given.wrong = Some(error),
            }
        }
        if taken.is_empty() { given.wrong.take().map_or(Ok(taken), Err) } else { Ok(taken) }
    }
}
