//! Reads an input of any format: its reports, one after another.

use std::io::BufRead;

use daybook_record::Report;

use crate::Given;
use crate::error::{Error, Kind};
use crate::found::Found;
use crate::input::{Encoding, unpack};
use crate::recognise::{self, GLIMPSE};
use crate::source::Source;

/// The reports of `input`, which is called `name` in their ids and in errors.
///
/// What `input` is is told by its content, and gzip and zstd are taken off it. All that holds many reports is read as
/// they are asked for, so that an input may be larger than the memory, but for feeds, which hold no more than one
/// report may, and Parquet, whose index stands at its end. What holds no report, from a line of JSON to a record of an
/// archive, yields an error, and what comes after it is read. Text, Markdown and pages yield one report or one error.
pub fn read<R: BufRead>(name: &str, input: R, given: &Given) -> Reports<R> {
    Reports { name: name.to_string(), given: given.clone(), state: State::Unopened(input), first_line: 1 }
}

/// The reports of one input; see [`read`].
pub struct Reports<R> {
    name: String,
    given: Given,
    state: State<R>,
    first_line: usize,
}

enum State<R> {
    Unopened(R),
    Open(Source<R>),
    Done,
}

impl<R: BufRead> Reports<R> {
    /// The line of the input on which the text of the report last given begins, counted from 1: below its front
    /// matter. The text of what is not plain text is counted from 1 by itself.
    pub fn first_line(&self) -> usize {
        self.first_line
    }

    fn open(&self, input: R) -> Result<Source<R>, Error> {
        let mut stream = unpack(input)?;
        let head = stream.peek(GLIMPSE);
        let encoding = self.given.encoding.or_else(|| Encoding::of_mark(head));
        let glimpse = encoding.or_else(|| Encoding::declared(head)).unwrap_or_default().glimpse(head);
        let format = match self.given.format {
            Some(format) => format,
            None => recognise::binary(head)?.unwrap_or_else(|| recognise::format(&glimpse)),
        };
        Source::open(stream, format, encoding, &glimpse)
    }

    /// The report with what was given put in; refused where it has no text.
    fn complete(&mut self, found: Found) -> Result<Report, Error> {
        if found.report.text.trim().is_empty() {
            let error = Error::new(Kind::Empty, "there is no text to read");
            return Err(if let Some(place) = found.place { error.at(place) } else { error });
        }
        self.first_line = found.first_line;
        let id = found.id(&self.name);
        let given = &self.given;
        Ok(Report {
            id,
            title: given.title.clone().or(found.report.title),
            published: given.published.or(found.report.published),
            publisher: given.publisher.clone().or(found.report.publisher),
            text: found.report.text,
            url: found.report.url,
        })
    }

    /// What comes next of an input that is open, and whether more may come.
    fn step(&mut self, mut source: Source<R>) -> Option<Result<Report, Error>> {
        let item = source.next()?;
        if !item.as_ref().is_err_and(Error::is_unreadable) {
            self.state = State::Open(source);
        }
        Some(item.and_then(|found| self.complete(found)))
    }
}

impl<R: BufRead> Iterator for Reports<R> {
    type Item = Result<Report, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let item = match std::mem::replace(&mut self.state, State::Done) {
            State::Unopened(input) => match self.open(input) {
                Ok(source) => self.step(source),
                Err(error) => Some(Err(error)),
            },
            State::Open(source) => self.step(source),
            State::Done => None,
        };
        item.map(|item| item.map_err(|error| error.named(&self.name)))
    }
}
