//! Opens a stream of a known format and gives the reports in it one after another.

use std::io::BufRead;
use std::vec::IntoIter;

use daybook_record::Report;

use crate::Format;
use crate::archives::Warc;
use crate::documents::{feed_reports, report_of_markdown, report_of_page, report_of_text};
use crate::error::{Error, Place};
use crate::found::Found;
use crate::input::{Encoding, Stream, Unpacked, read_bounded};
use crate::tables::{Csv, Lines, Objects, Parquet};

/// An input that is open.
pub(crate) enum Source<R> {
    Lines(Lines<Stream<R>>),
    Objects(Objects<Stream<R>>),
    Csv(Box<Csv<Stream<R>>>),
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
            Format::Csv => Source::Csv(Box::new(Csv::new(in_utf8(stream, encoding)?, glimpse)?)),
            Format::Warc => Source::Warc(Box::new(Warc::new(stream, encoding))),
            Format::Parquet => Source::Parquet(Box::new(Parquet::open(stream)?)),
            Format::Text | Format::Markdown | Format::Html | Format::Feed => {
                let bytes = read_bounded(&mut stream)?;
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
            Source::Csv(table) => table.next(),
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
            let text = encoding.decode(&read_bounded(&mut stream)?)?;
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
        let items = feed_reports(text).into_iter().zip(1..);
        return Ok(items.map(|(item, number)| found_item(item, number)).collect());
    }
    let (report, first_line) = match format {
        Format::Html => (report_of_page(text), 1),
        Format::Markdown => (report_of_markdown(text)?, 1),
        _ => report_of_text(text)?,
    };
    Ok(vec![Ok(Found { report, place: None, first_line })])
}

fn found_item(item: Result<Report, Error>, number: usize) -> Result<Found, Error> {
    let place = Place::Item(number);
    item.map(|report| Found::at(place, report)).map_err(|error| error.or_at(place))
}
