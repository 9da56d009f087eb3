//! What was read in one report, for Python: its record as plain data, and its text to look words up in.

use std::hash::{DefaultHasher, Hash, Hasher};

use daybook::{Confidence, Report};
use daybook_export::json;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyList, PyType};
use serde_json::Value;

/// The record of one report.
#[pyclass(module = "daybook", frozen)]
pub(crate) struct Reading {
    text: String,
    json: String,
    /// The record as Python data, made when it is first asked for.
    record: PyOnceLock<Py<PyDict>>,
}

impl Reading {
    /// What the reader reads, without contacts of less than a confidence.
    pub(crate) fn of(reader: &daybook::Reader, report: Report, min: Confidence) -> Reading {
        let json = json::line(&report, &reader.read(&report).keep_confident(min), None);
        Reading { text: report.text, json, record: PyOnceLock::new() }
    }

    /// The same, but nothing where the report is to be looked at first and seems to tell of no contact.
    pub(crate) fn screened(
        reader: &daybook::Reader,
        report: Report,
        screen: bool,
        min: Confidence,
    ) -> Option<Reading> {
        (!screen || reader.may_contain_contact(&report)).then(|| Reading::of(reader, report, min))
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The record for use in Rust.
    pub(crate) fn parsed(&self) -> Value {
        serde_json::from_str(&self.json).unwrap_or_default()
    }

    fn record<'py>(&self, py: Python<'py>) -> PyResult<&Bound<'py, PyDict>> {
        let made = self.record.get_or_try_init(py, || parsed(py, &self.json).map(Bound::unbind))?;
        Ok(made.bind(py))
    }

    fn list<'py>(&self, py: Python<'py>, section: &str) -> PyResult<Bound<'py, PyList>> {
        Ok(self.record(py)?.as_any().get_item(section)?.cast_into()?)
    }
}

fn parsed<'py>(py: Python<'py>, json: &str) -> PyResult<Bound<'py, PyDict>> {
    Ok(py.import("json")?.call_method1("loads", (json,))?.cast_into()?)
}

#[pymethods]
impl Reading {
    #[new]
    fn new(py: Python<'_>, text: String, json: String) -> PyResult<Reading> {
        let reading = Reading { text, json, record: PyOnceLock::new() };
        reading.record(py)?;
        Ok(reading)
    }

    #[getter(text)]
    fn whole_text(&self) -> &str {
        &self.text
    }

    #[getter]
    fn report<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        Ok(self.record(py)?.as_any().get_item("report")?.cast_into()?)
    }

    #[getter]
    fn contacts<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        self.list(py, "contacts")
    }

    #[getter]
    fn statements<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        self.list(py, "statements")
    }

    #[getter]
    fn claims<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        self.list(py, "claims")
    }

    #[getter]
    fn factuality<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        self.list(py, "factuality")
    }

    #[getter]
    fn times<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        self.list(py, "times")
    }

    /// The words at a span `[start, end)` of the text, or of the title, in code points.
    #[pyo3(signature = (span, title = false))]
    fn words(&self, py: Python<'_>, span: [usize; 2], title: bool) -> PyResult<String> {
        let words = |text: &str| text.chars().skip(span[0]).take(span[1].saturating_sub(span[0])).collect();
        if !title {
            return Ok(words(&self.text));
        }
        let title: Option<String> = self.report(py)?.as_any().get_item("title")?.extract()?;
        Ok(words(title.as_deref().unwrap_or_default()))
    }

    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        parsed(py, &self.json)
    }

    fn to_json(&self) -> &str {
        &self.json
    }

    fn __eq__(&self, other: &Reading) -> bool {
        (&self.text, &self.json) == (&other.text, &other.json)
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        (&self.text, &self.json).hash(&mut hasher);
        hasher.finish()
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let id: String = self.report(py)?.as_any().get_item("id")?.extract()?;
        let (contacts, statements) = (self.contacts(py)?.len(), self.statements(py)?.len());
        Ok(format!("<daybook.Reading of {id:?}: contacts {contacts}, statements {statements}>"))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> (Bound<'py, PyType>, (&str, &str)) {
        (py.get_type::<Reading>(), (&self.text, &self.json))
    }
}
