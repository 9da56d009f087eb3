//! Converts a report given in Python (a text, a mapping, a tuple) to a `Report`.

use daybook::Report;
use daybook::intake::names::{self, Columns, Field};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyDate, PyFloat, PyMapping, PyString, PyTuple};

use crate::errors;

/// The parts of a report in the order of the arguments of `daybook.read`.
pub(crate) const ORDER: [(Field, &str); 6] = [
    (Field::Text, "text"),
    (Field::Published, "published"),
    (Field::Title, "title"),
    (Field::Publisher, "publisher"),
    (Field::Url, "url"),
    (Field::Id, "id"),
];

/// The report that a text, a mapping or a tuple gives.
pub(crate) fn of(item: &Bound<'_, PyAny>) -> PyResult<Report> {
    if item.is_instance_of::<PyString>() {
        return from_parts([Some(string(item, "text")?), None, None, None, None, None]);
    }
    if let Ok(tuple) = item.cast::<PyTuple>() {
        return of_tuple(tuple);
    }
    match item.cast::<PyMapping>() {
        Ok(mapping) => of_mapping(mapping),
        Err(_) => Err(PyTypeError::new_err(format!(
            "a report is a str, a dict or a tuple (text, published, title, publisher, url, id), not {}",
            type_name(item)
        ))),
    }
}

fn of_tuple(tuple: &Bound<'_, PyTuple>) -> PyResult<Report> {
    if tuple.is_empty() || tuple.len() > ORDER.len() {
        return Err(errors::report(format!(
            "a report as a tuple has 1 to 6 values (text, published, title, publisher, url, id), not {}",
            tuple.len()
        )));
    }
    let mut parts = [const { None }; 6];
    for (part, (value, (field, name))) in parts.iter_mut().zip(tuple.iter().zip(ORDER)) {
        *part = value_of(&value, field, name)?;
    }
    from_parts(parts)
}

fn of_mapping(mapping: &Bound<'_, PyMapping>) -> PyResult<Report> {
    let keys: Vec<Bound<'_, PyAny>> = mapping.keys()?.iter().collect();
    let named: Vec<String> = keys.iter().map(|key| key.extract().unwrap_or_default()).collect();
    let columns = Columns::of(&named);
    if columns.place(Field::Text).is_none() {
        return Err(errors::report(Columns::lacking_text(&named).replacen("column", "key", 1)));
    }
    let mut parts = [const { None }; 6];
    for (part, (field, name)) in parts.iter_mut().zip(ORDER) {
        if let Some(place) = columns.place(field) {
            *part = value_of(&mapping.get_item(&keys[place])?, field, name)?;
        }
    }
    from_parts(parts)
}

/// A report of its parts, in the order of [`ORDER`]; without an id it gets the one under which a book files it.
pub(crate) fn from_parts(mut parts: [Option<String>; 6]) -> PyResult<Report> {
    let place = |field| ORDER.iter().position(|(own, _)| *own == field).unwrap_or_default();
    let report = names::report(|field| Ok(parts[place(field)].take())).map_err(errors::report)?;
    Ok(named(report))
}

/// A report with an id: its own, or else the one under which a book files it.
pub(crate) fn named(report: Report) -> Report {
    if report.id.is_empty() { Report { id: daybook::report_id(&report), ..report } } else { report }
}

/// One part of a report; what tables hold where nothing is (`None`, NaN, NaT) is `None`.
pub(crate) fn value_of(value: &Bound<'_, PyAny>, field: Field, name: &str) -> PyResult<Option<String>> {
    if value.is_instance_of::<PyString>() {
        return string(value, name).map(Some);
    }
    if is_missing(value)? {
        return Ok(None);
    }
    if field == Field::Published {
        return day(value).map(Some);
    }
    // Ids are often numbers.
    if field == Field::Id && value.hasattr("__index__")? {
        return Ok(Some(value.str()?.to_string()));
    }
    Err(PyTypeError::new_err(format!("{name} is a str or None, not {}", type_name(value))))
}

fn is_missing(value: &Bound<'_, PyAny>) -> PyResult<bool> {
    let is_nothing = value.is_none() || matches!(type_name(value).as_str(), "NaTType" | "NAType");
    Ok(is_nothing || value.is_instance_of::<PyFloat>() && value.ne(value)?)
}

/// A `date`, a `datetime` or what is one of these, or a `numpy.datetime64`, as its ISO form.
fn day(value: &Bound<'_, PyAny>) -> PyResult<String> {
    if value.is_instance_of::<PyDate>() {
        return value.call_method0("isoformat")?.extract();
    }
    if type_name(value) == "datetime64" {
        return Ok(value.str()?.to_string());
    }
    Err(PyTypeError::new_err(format!(
        "published is a date or a str such as \"2022-01-31\", not {}",
        type_name(value)
    )))
}

fn string(value: &Bound<'_, PyAny>, name: &str) -> PyResult<String> {
    // Half of a surrogate pair is no character: no file in UTF-8 can hold it.
    value
        .extract()
        .map_err(|_| errors::report(format!("{name} holds a lone surrogate, which is no character")))
}

pub(crate) fn type_name(value: &Bound<'_, PyAny>) -> String {
    value.get_type().name().map_or_else(|_| "an object".into(), |name| name.to_string())
}
