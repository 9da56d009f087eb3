//! Which entries Python code asks for: its keywords as a filter of the book.

use daybook::{Confidence, Kind, Status};
use jiff::civil::Date;
use pyo3::prelude::*;

use crate::errors;

/// What entries are asked for; every key is there, names are still to be understood.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub(crate) struct Filter {
    names: Vec<String>,
    side: Option<String>,
    kinds: Vec<String>,
    statuses: Vec<String>,
    since: Option<String>,
    until: Option<String>,
    as_of: Option<String>,
    place: Option<String>,
    topic: Option<String>,
    text: Option<String>,
    disputed: bool,
    min_confidence: Option<f64>,
    withdrawn: bool,
    earliest_first: bool,
    limit: Option<usize>,
}

impl Filter {
    /// The same with kinds, statuses and days understood.
    pub(crate) fn parsed(self) -> PyResult<daybook::Filter> {
        Ok(daybook::Filter {
            names: self.names,
            kinds: self.kinds.iter().map(|kind| one_of(kind, &Kind::all())).collect::<Result<_, _>>()?,
            statuses: self
                .statuses
                .iter()
                .map(|status| one_of(status, &Status::ALL))
                .collect::<Result<_, _>>()?,
            since: day(self.since.as_deref())?,
            until: day(self.until.as_deref())?,
            place: self.place,
            topic: self.topic,
            side: self.side,
            disputed: self.disputed,
            min_confidence: self.min_confidence.map(confidence).transpose()?,
            text: self.text,
            withdrawn: self.withdrawn,
            as_of: day(self.as_of.as_deref())?,
            earliest_first: self.earliest_first,
            limit: self.limit,
            after: None,
        })
    }
}

/// A day such as `2022-01-31`.
pub(crate) fn day(text: Option<&str>) -> PyResult<Option<Date>> {
    text.map(daybook::intake::day).transpose().map_err(errors::question)
}

/// A number between 0 and 1.
fn confidence(share: f64) -> PyResult<Confidence> {
    share.try_into().map_err(|error| errors::question(format!("min_confidence: {error}")))
}

fn one_of<T: Clone + std::fmt::Display>(name: &str, all: &[T]) -> PyResult<T> {
    let found = all.iter().find(|value| value.to_string() == name);
    let names = || all.iter().map(T::to_string).collect::<Vec<_>>().join(", ");
    found.cloned().ok_or_else(|| errors::question(format!("{name:?} is none of: {}", names())))
}
