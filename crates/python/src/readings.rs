//! Reads reports on several threads, as an iterator for Python.

use std::sync::{Arc, Mutex, TryLockError};
use std::time::Duration;

use daybook::pipeline::Ahead;
use daybook::{Confidence, Report};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::errors;
use crate::reading::Reading;
use crate::reports::Reports;

/// So often it is looked whether the user has interrupted.
const GLANCE: Duration = Duration::from_millis(50);

/// Readings in the order of their reports; some for each thread are read ahead.
#[pyclass(module = "daybook._daybook", frozen)]
pub(crate) struct Readings(Mutex<Work>);

struct Work {
    reports: Reports,
    ahead: Ahead<Report, Option<Reading>>,
    /// Set once there are no more reports.
    ended: bool,
    /// What went wrong with a report, told once all before it are read.
    wrong: Option<PyErr>,
}

impl Readings {
    pub(crate) fn new(
        py: Python<'_>,
        reader: Arc<daybook::Reader>,
        reports: Reports,
        threads: usize,
        screen: bool,
        min: Confidence,
    ) -> PyResult<Readings> {
        let work = move |report| Reading::screened(&reader, report, screen, min);
        let ahead = py.detach(|| Ahead::new(threads, work)).map_err(errors::other)?;
        Ok(Readings(Mutex::new(Work { reports, ahead, ended: false, wrong: None })))
    }
}

impl Work {
    fn give_one(&mut self, py: Python<'_>) {
        match self.reports.next(py) {
            Ok(Some(report)) => self.ahead.give(report),
            Ok(None) => self.ended = true,
            Err(error) => (self.ended, self.wrong) = (true, Some(error)),
        }
    }

    /// What became of the next report, if that is known after so long; nothing inside where it was passed over.
    fn take(&mut self, py: Python<'_>, wait: Duration) -> PyResult<Option<Option<Reading>>> {
        let ahead = &mut self.ahead;
        let taken = py.detach(|| ahead.take(wait));
        taken.map_err(|_| errors::other("internal error in Daybook while reading a report; please report it"))
    }

    /// Each time at least one report is handed on, so that no thread waits; then a reading that is ready is given before
    /// more reports are asked for.
    fn next(&mut self, py: Python<'_>) -> PyResult<Option<Reading>> {
        while !self.ended && !self.ahead.is_full() {
            self.give_one(py);
            if let Some(Some(reading)) = self.take(py, Duration::ZERO)? {
                return Ok(Some(reading));
            }
        }
        while !self.ahead.is_empty() {
            if let Some(Some(reading)) = self.take(py, GLANCE)? {
                return Ok(Some(reading));
            }
            py.check_signals()?;
        }
        self.wrong.take().map_or(Ok(None), Err)
    }
}

#[pymethods]
impl Readings {
    fn __iter__(slf: Bound<'_, Self>) -> Bound<'_, Self> {
        slf
    }

    fn __next__(&self, py: Python<'_>) -> PyResult<Option<Reading>> {
        match self.0.try_lock() {
            Ok(mut work) => work.next(py),
            Err(TryLockError::Poisoned(work)) => work.into_inner().next(py),
            // As generators do: the reports' own iterator must not be asked by two at once.
            Err(TryLockError::WouldBlock) => {
                Err(PyValueError::new_err("the readings are being taken already"))
            }
        }
    }
}
