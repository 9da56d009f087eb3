//! Conditions on entries, as Python code gives them, to a query.

use daybook::{Book, BookError, Candidate, Entry, Kind, Query, Status};
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
    earliest_first: bool,
    limit: Option<usize>,
}

impl Filter {
    /// The query, all but its names.
    pub(crate) fn query(&self) -> PyResult<Query> {
        Ok(Query {
            kinds: self.kinds.iter().map(|kind| one_of(kind, &Kind::all())).collect::<Result<_, _>>()?,
            statuses: self
                .statuses
                .iter()
                .map(|status| one_of(status, &Status::ALL))
                .collect::<Result<_, _>>()?,
            since: day(self.since.as_deref())?,
            until: day(self.until.as_deref())?,
            as_of: day(self.as_of.as_deref())?,
            place: self.place.clone(),
            topic: self.topic.clone(),
            text: self.text.clone(),
            disputed: self.disputed,
            earliest_first: self.earliest_first,
            limit: self.limit,
            ..Query::default()
        })
    }

    /// The same with its names, understood as the book knows them.
    pub(crate) fn named(&self, book: &mut Book, query: Query) -> Result<Query, Wrong> {
        let on = query.until.or(query.as_of).or(query.since);
        let parties = self.names.iter().map(|name| whom(book, name, on)).collect::<Result<_, _>>()?;
        let side = self.side.as_ref().map(|name| whom(book, name, on)).transpose()?;
        Ok(Query { parties, side, ..query })
    }

    /// The entries that are asked for.
    pub(crate) fn entries(&self, book: &mut Book, query: Query) -> Result<Vec<Entry>, Wrong> {
        let query = self.named(book, query)?;
        Ok(book.list(&query)?)
    }
}

/// Why a book does not answer.
pub(crate) enum Wrong {
    /// It can't.
    Book(BookError),
    /// What it was asked can't be understood.
    Question(String),
}

impl From<BookError> for Wrong {
    fn from(error: BookError) -> Wrong {
        Wrong::Book(error)
    }
}

/// The party that a name means; where it may mean several, they are named.
pub(crate) fn whom(book: &mut Book, name: &str, on: Option<Date>) -> Result<String, Wrong> {
    let found = book.whom(name, on)?;
    match &found[..] {
        [] => Err(Wrong::Question(format!("nobody is known as {name:?}"))),
        [one] => Ok(one.party.clone()),
        several => {
            let told = |c: &Candidate| format!("{} ({}, {})", c.party, c.name, c.described);
            let told: Vec<String> = several.iter().map(told).collect();
            Err(Wrong::Question(format!("{name:?} may be several; ask with one of: {}", told.join("; "))))
        }
    }
}

/// A day such as `2022-01-31`.
pub(crate) fn day(text: Option<&str>) -> PyResult<Option<Date>> {
    text.map(daybook::intake::day).transpose().map_err(errors::question)
}

fn one_of<T: Clone + std::fmt::Display>(name: &str, all: &[T]) -> PyResult<T> {
    let found = all.iter().find(|value| value.to_string() == name);
    let names = || all.iter().map(T::to_string).collect::<Vec<_>>().join(", ");
    found.cloned().ok_or_else(|| errors::question(format!("{name:?} is none of: {}", names())))
}
