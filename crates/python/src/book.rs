//! A book of contacts, for Python: reports go in; entries come out as lines of JSON, and answers as tables.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use daybook::{Access, BookError, Entry, Gazetteer, Trust};
use daybook_export::entries_jsonl;
use pyo3::prelude::*;

use crate::answers::Answer;
use crate::errors;
use crate::filter::{self, Filter};
use crate::reader::{Reader, least_confidence, threads_of};
use crate::source::Source;
use crate::table::Table;
use crate::{adding, answers, entries};

/// An open book; `None` once it is closed.
#[pyclass(module = "daybook._daybook", frozen)]
pub(crate) struct Book(Mutex<Option<daybook::Book>>);

impl Book {
    /// Does something with the book while other threads of Python go on.
    fn ask<T: Send>(
        &self,
        py: Python<'_>,
        work: impl FnOnce(&mut daybook::Book) -> Result<T, BookError> + Send,
    ) -> PyResult<T> {
        let answer = py.detach(|| {
            let mut book = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            book.as_mut().map(work)
        });
        let answer = answer.ok_or_else(|| errors::book("the book is closed; open it again"))?;
        answer.map_err(|error| errors::of_book(&error))
    }

    /// The same for a question about entries, answered as lines of JSON.
    fn lines(
        &self,
        py: Python<'_>,
        work: impl FnOnce(&mut daybook::Book) -> Result<Vec<Entry>, BookError> + Send,
    ) -> PyResult<Vec<String>> {
        let entries = self.ask(py, work)?;
        let mut written = Vec::new();
        entries_jsonl::write(&mut written, &entries).map_err(errors::other)?;
        Ok(String::from_utf8_lossy(&written).lines().map(str::to_string).collect())
    }
}

#[pymethods]
impl Book {
    /// Opens the book at a place with the tables of a reader or the built-in ones, and a file of trust, by name and text.
    #[new]
    fn new(
        py: Python<'_>,
        place: &str,
        reader: Option<Py<Reader>>,
        trust: Option<(String, String)>,
        read_only: bool,
    ) -> PyResult<Book> {
        let access = if read_only { Access::ReadOnly } else { Access::Create };
        let trust = trust.map(|(name, text)| Trust::read(&name, &text)).transpose().map_err(errors::load)?;
        let gazetteer = match &reader {
            Some(reader) => reader.get().0.gazetteer().clone(),
            None => py.detach(Gazetteer::builtin).map_err(errors::load)?,
        };
        let book = py.detach(|| daybook::Book::open(place, access, gazetteer, trust.unwrap_or_default()));
        book.map(|book| Book(Mutex::new(Some(book)))).map_err(|error| errors::of_book(&error))
    }

    fn close(&self, py: Python<'_>) {
        py.detach(|| self.0.lock().unwrap_or_else(PoisonError::into_inner).take());
    }

    /// Adds the next of the reports, `size` at most: how many there were, and of these how many were new, how many replace
    /// earlier versions, how many accounts the new ones have, and how many were passed over. None of them is added where one
    /// can't be.
    #[expect(clippy::too_many_arguments, reason = "they are those that Python passes")]
    fn add(
        &self,
        py: Python<'_>,
        reader: &Reader,
        reports: &Source,
        size: usize,
        threads: Option<usize>,
        screen: bool,
        min_confidence: Option<f64>,
    ) -> PyResult<(usize, usize, usize, usize, usize)> {
        let (threads, min) = (threads_of(threads)?, least_confidence(min_confidence)?);
        let reports = reports.take(py, size)?;
        let asked = reports.len();
        let (added, passed_over) =
            self.ask(py, |book| adding::add(book, &reader.0, reports, threads, screen, min))?;
        let new = added.new.iter().filter(|new| **new).count();
        Ok((asked, new, added.versions, added.accounts, passed_over))
    }

    fn list(&self, py: Python<'_>, filter: Filter) -> PyResult<Vec<String>> {
        let filter = filter.parsed()?;
        self.lines(py, |book| listed(book, &filter))
    }

    fn table(&self, py: Python<'_>, filter: Filter) -> PyResult<Table> {
        let filter = filter.parsed()?;
        let found = self.ask(py, |book| listed(book, &filter))?;
        entries::table(&found).map_err(errors::other)
    }

    fn count(&self, py: Python<'_>, filter: Filter) -> PyResult<usize> {
        let filter = filter.parsed()?;
        self.ask(py, |book| {
            let query = book.query(&filter)?;
            book.count(&query)
        })
    }

    fn last(
        &self,
        py: Python<'_>,
        between: [String; 2],
        before: Option<&str>,
        as_of: Option<&str>,
    ) -> PyResult<Vec<String>> {
        let (before, as_of) = (filter::day(before)?, filter::day(as_of)?);
        let on = before.and_then(|day| day.yesterday().ok()).or(as_of);
        self.lines(py, |book| {
            let [one, other] = &between;
            let parties = [book.party(one, on)?, book.party(other, on)?];
            Ok(book.last_held(&parties, before, as_of)?.into_iter().collect())
        })
    }

    fn show(&self, py: Python<'_>, id: &str, as_of: Option<&str>) -> PyResult<Vec<String>> {
        let as_of = filter::day(as_of)?;
        self.lines(py, |book| {
            let entry = match as_of {
                Some(day) => book.entry_as_of(id, day),
                None => book.entry(id),
            };
            Ok(vec![entry?])
        })
    }

    fn compare(&self, py: Python<'_>, id: &str) -> PyResult<String> {
        let comparison = self.ask(py, |book| {
            let entry = book.entry(id)?;
            book.compare(&entry)
        })?;
        serde_json::to_string(&comparison).map_err(errors::other)
    }

    fn sql(&self, py: Python<'_>, query: &str, seconds: f64) -> PyResult<Table> {
        let limit = Duration::try_from_secs_f64(seconds)
            .map_err(|error| errors::question(format!("timeout: {error}")))?;
        let answer = self.ask(py, |book| {
            let mut answer = Answer::default();
            answer.columns = book.select(query, limit, |_, row| answer.add(row))?;
            Ok(answer)
        })?;
        answers::table(&answer).map_err(errors::other)
    }

    fn size(&self, py: Python<'_>) -> PyResult<(usize, usize, usize)> {
        let size = self.ask(py, daybook::Book::size)?;
        Ok((size.reports, size.accounts, size.entries))
    }
}

/// The entries that a filter asks for.
fn listed(book: &mut daybook::Book, filter: &daybook::Filter) -> Result<Vec<Entry>, BookError> {
    let query = book.query(filter)?;
    book.list(&query)
}
