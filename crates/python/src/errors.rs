//! What can go wrong, as the exceptions of `daybook.errors`.

use std::ffi::CString;
use std::fmt::Display;

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;

mod python {
    pyo3::import_exception!(daybook.errors, BookError);
    pyo3::import_exception!(daybook.errors, Error);
    pyo3::import_exception!(daybook.errors, LoadError);
    pyo3::import_exception!(daybook.errors, QuestionError);
    pyo3::import_exception!(daybook.errors, ReportError);
    pyo3::import_exception!(daybook.errors, ReportWarning);
}

/// A report that can't be read, and why.
pub(crate) fn report(why: impl Display) -> PyErr {
    python::ReportError::new_err(why.to_string())
}

/// A table or rule file that can't be loaded.
pub(crate) fn load(error: impl Display) -> PyErr {
    python::LoadError::new_err(error.to_string())
}

/// A book that can't do what it should.
pub(crate) fn book(why: impl Display) -> PyErr {
    python::BookError::new_err(why.to_string())
}

/// The same, as the book says it; a question that it refuses is its author's to mend.
pub(crate) fn of_book(error: &daybook::BookError) -> PyErr {
    if error.is_usage() || error.is_refused() { question(error) } else { book(error) }
}

/// A question to a book that can't be understood.
pub(crate) fn question(why: impl Display) -> PyErr {
    python::QuestionError::new_err(why.to_string())
}

/// What is nobody's fault but ours or the machine's.
pub(crate) fn other(why: impl Display) -> PyErr {
    python::Error::new_err(why.to_string())
}

/// A stream of reports that breaks.
pub(crate) fn source(why: impl Display) -> PyErr {
    other(format!("no more reports can be taken: {why}"))
}

/// The same error, saying which report it is about, where it is about one.
pub(crate) fn numbered(py: Python<'_>, error: PyErr, number: usize) -> PyErr {
    let message = format!("report {number}: {}", error.value(py));
    if error.is_instance_of::<python::ReportError>(py) {
        return python::ReportError::new_err(message);
    }
    if error.is_instance_of::<PyTypeError>(py) {
        return PyTypeError::new_err(message);
    }
    error
}

/// Whether the fault is that of one report.
pub(crate) fn is_of_report(py: Python<'_>, error: &PyErr) -> bool {
    error.is_instance_of::<python::ReportError>(py) || error.is_instance_of::<PyTypeError>(py)
}

/// Tells of a report that is left out.
pub(crate) fn warn(py: Python<'_>, error: &PyErr) -> PyResult<()> {
    let category = py.get_type::<python::ReportWarning>();
    let message = CString::new(error.value(py).to_string().replace('\0', " "))?;
    PyErr::warn(py, &category, &message, 1)
}
