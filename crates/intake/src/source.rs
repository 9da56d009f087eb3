//! A stream of a known format to what it holds.

use std::io::BufRead;
use std::vec::IntoIter;

use crate::decode::Encoding;
use crate::error::{Error, Place};
use crate::found::Found;
use crate::json::{Lines, Objects};
use crate::packed::Unpacked;
use crate::parquet::Parquet;
use crate::reports::{Stream, whole};
use crate::table::Table;
use crate::warc::Warc;
use crate::{Format, markdown, page, plain, single};

/// An input that is open.
pub(crate) enum Source<R> {
    Lines(Lines<Stream<R>>),
    Objects(Objects<Stream<R>>),
    Table(Box<Table<Stream<R>>>),
    Warc(Box<Warc<Unpacked<R>>>),
    Parquet(Box<Parquet>),
    Some(IntoIter<Result<Found, Error>>),
}

impl<R: BufRead> Source<R> {
    /// What `stream` holds, which begins as `glimpse`; `encoding` is what the caller or a byte order mark says.
    pub(crate) fn open(
        mut stream: Stream<R>,
        format: Format,
        encoding: Option<Encoding>,
        glimpse: &str,
    ) -> Result<Source<R>, Error> {
        Ok(match format {
            Format::JsonLines => Source::Lines(Lines::new(in_utf8(stream, encoding)?)),
            Format::Json => Source::Objects(Objects::new(in_utf8(stream, encoding)?)),
            Format::Csv => Source::Table(Box::new(Table::new(in_utf8(stream, encoding)?, glimpse)?)),
            Format::Warc => Source::Warc(Box::new(Warc::new(stream, encoding))),
            Format::Parquet => Source::Parquet(Box::new(Parquet::open(stream)?)),
            Format::Text | Format::Markdown | Format::Html | Format::Feed => {
                let bytes = whole(&mut stream)?;
                let declared = || Encoding::declared(&bytes).filter(|_| is_marked_up(format));
                let text = encoding.or_else(declared).unwrap_or_default().decode(&bytes)?;
                Source::Some(documents(&text, format)?.into_iter())
            }
        })
    }

    /// The next report; `None` at the end.
    pub(crate) fn next(&mut self) -> Option<Result<Found, Error>> {
        match self {
            Source::Lines(lines) => lines.next(),
            Source::Objects(objects) => objects.next(),
            Source::Table(table) => table.next(),
            Source::Warc(warc) => warc.next(),
            Source::Parquet(parquet) => parquet.next(),
            Source::Some(found) => found.next(),
        }
    }
}

/// The stream in UTF-8, without a byte order mark. What is in another encoding may be as large as one report.
fn in_utf8<R: BufRead>(mut stream: Stream<R>, encoding: Option<Encoding>) -> Result<Stream<R>, Error> {
    match encoding.filter(|encoding| !encoding.is_utf8()) {
        Some(encoding) => {
            let text = encoding.decode(&whole(&mut stream)?)?;
            stream.put_back(text.into_bytes());
        }
        None if stream.peek(3) == b"\xef\xbb\xbf" => stream.consume(3),
        None => {}
    }
    Ok(stream)
}

fn is_marked_up(format: Format) -> bool {
    matches!(format, Format::Html | Format::Feed)
}

fn documents(text: &str, format: Format) -> Result<Vec<Result<Found, Error>>, Error> {
    if format == Format::Feed {
        let items = single::feed_reports(text).into_iter().zip(1..);
        return Ok(items.map(|(item, number)| found_item(item, number)).collect());
    }
    let (report, first_line) = match format {
        Format::Html => (page::report(text), 1),
        Format::Markdown => (markdown::report(text)?, 1),
        _ => plain::report(text)?,
    };
    Ok(vec![Ok(Found { report, place: None, first_line })])
}

fn found_item(item: Result<daybook_record::Report, Error>, number: usize) -> Result<Found, Error> {
    let place = Place::Item(number);
    item.map(|report| Found::at(place, report)).map_err(|error| error.or_at(place))
}
