//! Converts a report given in Python (a text, a mapping, a tuple) to a `Report`.

use daybook::Report;
use daybook::intake::names::{self, Columns, Field};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyDate, PyFloat, PyMapping, PyString, PyTuple};

use crate::errors;

/// The fields of a report in the order of the arguments of `daybook.read`.
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
        return Fields { text: Some(string(item, "text")?), ..Fields::default() }.into_report();
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
    let mut fields = Fields::default();
    for (value, (field, name)) in tuple.iter().zip(ORDER) {
        *fields.get_mut(field) = value_of(&value, field, name)?;
    }
    fields.into_report()
}

fn of_mapping(mapping: &Bound<'_, PyMapping>) -> PyResult<Report> {
    let keys: Vec<Bound<'_, PyAny>> = mapping.keys()?.iter().collect();
    let named: Vec<String> = keys.iter().map(|key| key.extract().unwrap_or_default()).collect();
    let columns = Columns::of(&named);
    if columns.place(Field::Text).is_none() {
        return Err(errors::report(Columns::lacking_text(&named).replacen("column", "key", 1)));
    }
    let mut fields = Fields::default();
    for (field, name) in ORDER {
        if let Some(place) = columns.place(field) {
            *fields.get_mut(field) = value_of(&mapping.get_item(&keys[place])?, field, name)?;
        }
    }
    fields.into_report()
}

/// The fields of a report as they were given, before they are checked.
#[derive(Clone, Default)]
pub(crate) struct Fields {
    pub(crate) text: Option<String>,
    pub(crate) published: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) publisher: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) id: Option<String>,
}

impl Fields {
    pub(crate) fn get_mut(&mut self, field: Field) -> &mut Option<String> {
        match field {
            Field::Text => &mut self.text,
            Field::Published => &mut self.published,
            Field::Title => &mut self.title,
            Field::Publisher => &mut self.publisher,
            Field::Url => &mut self.url,
            Field::Id => &mut self.id,
        }
    }

    /// The report; without an id it gets the one under which a book files it.
    pub(crate) fn check(mut self) -> Result<Report, daybook::intake::Error> {
        let report = names::report(|field| Ok(self.get_mut(field).take()))?;
        let has_id = !report.id.is_empty();
        Ok(if has_id { report } else { Report { id: daybook::report_id(&report), ..report } })
    }

    /// The report as [`Fields::check`] makes it, or the exception that says what is wrong with it.
    pub(crate) fn into_report(self) -> PyResult<Report> {
        self.check().map_err(errors::report)
    }
}

/// One field of a report; what tables hold where nothing is (`None`, NaN, NaT) is `None`.
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
