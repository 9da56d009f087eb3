//! The reader of contacts, for Python.

use std::sync::Arc;

use daybook::{Confidence, DEFAULT_MIN_CONFIDENCE, Model};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::errors;
use crate::reading::Reading;
use crate::readings::Readings;
use crate::report;
use crate::reports::Reports;

/// More threads than any machine has cores.
const MOST_THREADS: usize = 1024;

/// Model, gazetteer and rules, loaded once.
#[pyclass(module = "daybook._daybook", frozen)]
pub(crate) struct Reader(pub(crate) Arc<daybook::Reader>);

#[pymethods]
impl Reader {
    /// A reader that also knows users' own tables and rules, each a file's name and its text.
    #[new]
    fn new(
        py: Python<'_>,
        who: Vec<(String, String)>,
        rules: Vec<(String, String)>,
        model: &str,
    ) -> PyResult<Reader> {
        let model = match model {
            "full" => Model::Full,
            "small" => Model::Small,
            other => {
                return Err(PyValueError::new_err(format!("model is \"full\" or \"small\", not {other:?}")));
            }
        };
        let reader = py.detach(|| daybook::Reader::with_model(model, &who, &rules));
        reader.map(|reader| Reader(Arc::new(reader))).map_err(errors::load)
    }

    fn read(
        &self,
        py: Python<'_>,
        report: &Bound<'_, PyAny>,
        min_confidence: Option<f64>,
    ) -> PyResult<Reading> {
        let (report, min) = (report::of(report)?, least_confidence(min_confidence)?);
        Ok(py.detach(|| Reading::of(&self.0, report, min)))
    }

    fn read_many(
        &self,
        py: Python<'_>,
        reports: &Bound<'_, PyAny>,
        threads: Option<usize>,
        lenient: bool,
        screen: bool,
        min_confidence: Option<f64>,
    ) -> PyResult<Readings> {
        let (threads, min) = (threads_of(threads)?, least_confidence(min_confidence)?);
        Readings::new(py, self.0.clone(), Reports::of(reports, lenient)?, threads, screen, min)
    }
}

/// Below which confidence contacts are left out: as told, or below the default of all front ends.
pub(crate) fn least_confidence(told: Option<f64>) -> PyResult<Confidence> {
    let Some(share) = told else { return Ok(DEFAULT_MIN_CONFIDENCE) };
    share.try_into().map_err(|error| PyValueError::new_err(format!("min_confidence: {error}")))
}

/// On how many threads to work: as told, or as many as the machine has cores.
pub(crate) fn threads_of(told: Option<usize>) -> PyResult<usize> {
    match told {
        None => Ok(std::thread::available_parallelism().map_or(1, usize::from)),
        Some(threads @ 1..=MOST_THREADS) => Ok(threads),
        Some(other) => Err(PyValueError::new_err(format!("threads is 1 to {MOST_THREADS}, not {other}"))),
    }
}
