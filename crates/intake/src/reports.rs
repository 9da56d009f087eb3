//! An input of any format to its reports, one after another.

use std::io::{BufRead, Chain, Cursor, Read};

use daybook_record::Report;

use crate::error::{Error, Kind};
use crate::{Encoding, Format, Given, MAX_BYTES, lines, page, plain};

/// How much of an input is looked at to tell what it is.
const GLIMPSE: usize = 4096;

/// The reports of `input`, which is called `name` in their ids and in errors.
///
/// JSON Lines in UTF-8 are read as they are asked for, so that an input may be larger than the memory; a line that
/// holds no report yields an error, and the lines after it are read. Text and pages yield one report or one error.
pub fn read<R: BufRead>(name: &str, input: R, given: &Given) -> Reports<R> {
    Reports {
        name: name.to_string(),
        given: given.clone(),
        state: State::Unopened(input),
        line: 0,
        first_line: 1,
    }
}

/// The reports of one input; see [`read`].
pub struct Reports<R> {
    name: String,
    given: Given,
    state: State<R>,
    line: usize,
    first_line: usize,
}

/// An input from its beginning: what was read ahead, then the rest.
type Stream<R> = Chain<Cursor<Vec<u8>>, R>;

enum State<R> {
    Unopened(R),
    Lines(Stream<R>),
    Done,
}

impl<R: BufRead> Reports<R> {
    /// The line of the input on which the text of the report last given begins, counted from 1: below its front
    /// matter. The text of a page or of a JSON object is counted from 1 by itself.
    pub fn first_line(&self) -> usize {
        self.first_line
    }

    fn open(&mut self, mut input: R) -> Option<Result<Report, Error>> {
        let mut head = Vec::new();
        if let Err(error) = input.by_ref().take(GLIMPSE as u64).read_to_end(&mut head) {
            return Some(Err(error.into()));
        }
        let encoding = self.given.encoding.or_else(|| Encoding::of_mark(&head));
        let format =
            self.given.format.unwrap_or_else(|| recognise(&encoding.unwrap_or_default().glimpse(&head)));
        let stream = Cursor::new(head).chain(input);
        if format == Format::JsonLines && encoding.is_none_or(Encoding::is_utf8) {
            return self.start_lines(stream);
        }
        match whole(stream, format, encoding) {
            Ok((text, rest)) if format == Format::JsonLines => {
                self.start_lines(Cursor::new(text.into_bytes()).chain(rest))
            }
            Ok((text, _)) => Some(self.single(&text, format)),
            Err(error) => Some(Err(error)),
        }
    }

    fn start_lines(&mut self, stream: Stream<R>) -> Option<Result<Report, Error>> {
        self.state = State::Lines(stream);
        None
    }

    fn single(&mut self, text: &str, format: Format) -> Result<Report, Error> {
        let (report, first_line) = match format {
            Format::Html => (page::report(text), 1),
            _ => plain::report(text)?,
        };
        self.first_line = first_line;
        self.complete(report, &self.name)
    }

    /// The next report of JSON Lines; `None` at the end.
    fn next_line(&mut self, stream: &mut Stream<R>) -> Option<Result<Report, Error>> {
        loop {
            self.line += 1;
            let line = match bounded_line(stream) {
                Ok(Some(line)) => line,
                Ok(None) => return None,
                Err(error) => return Some(Err(error.on_line(self.line))),
            };
            if !line.trim_ascii().is_empty() {
                return Some(self.line_report(&line).map_err(|error| error.on_line(self.line)));
            }
        }
    }

    fn line_report(&self, line: &[u8]) -> Result<Report, Error> {
        let report = lines::report(&Encoding::default().decode(line)?)?;
        self.complete(report, &format!("{}:{}", self.name, self.line))
    }

    /// The report with what was given put in; refused where it has no text.
    fn complete(&self, mut report: Report, id: &str) -> Result<Report, Error> {
        if report.text.trim().is_empty() {
            return Err(Error::new(Kind::Empty, "there is no text to read"));
        }
        if report.id.is_empty() {
            report.id = id.to_string();
        }
        report.title = self.given.title.clone().or(report.title);
        report.published = self.given.published.or(report.published);
        report.publisher = self.given.publisher.clone().or(report.publisher);
        Ok(report)
    }
}

impl<R: BufRead> Iterator for Reports<R> {
    type Item = Result<Report, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let item = match std::mem::replace(&mut self.state, State::Done) {
            State::Unopened(input) => match self.open(input) {
                None => return self.next(),
                item => item,
            },
            State::Lines(mut stream) => {
                let item = self.next_line(&mut stream);
                let is_over = item.as_ref().is_none_or(|item| item.as_ref().is_err_and(Error::is_unreadable));
                if !is_over {
                    self.state = State::Lines(stream);
                }
                item
            }
            State::Done => None,
        };
        item.map(|item| item.map_err(|error| error.named(&self.name)))
    }
}

/// What a text that begins so is. Pages by the signatures of the MIME Sniffing Standard, 7.1; JSON Lines by an object
/// that opens with a key.
fn recognise(head: &str) -> Format {
    const PAGES: [&str; 19] = [
        "<!doctype html",
        "<html",
        "<head",
        "<script",
        "<iframe",
        "<h1",
        "<div",
        "<font",
        "<table",
        "<a",
        "<style",
        "<title",
        "<b",
        "<body",
        "<br",
        "<p",
        "<meta",
        "<article",
        "<section",
    ];
    let head = without_comments(head.trim_start_matches('\u{feff}').trim_start()).to_ascii_lowercase();
    let is_tag = |tag: &&str| {
        head.strip_prefix(*tag).is_some_and(|rest| rest.starts_with(|c: char| c.is_whitespace() || c == '>'))
    };
    if PAGES.iter().any(is_tag) || head.starts_with("<?xml") && head.contains("<html") {
        return Format::Html;
    }
    match head.strip_prefix('{') {
        Some(rest) if rest.trim_start().starts_with(['"', '}']) => Format::JsonLines,
        _ => Format::Text,
    }
}

fn without_comments(mut head: &str) -> &str {
    while let Some((_, rest)) = head.strip_prefix("<!--").and_then(|comment| comment.split_once("-->")) {
        head = rest.trim_start();
    }
    head
}

/// The whole input as text, and the input at its end.
fn whole<R: BufRead>(
    stream: Stream<R>,
    format: Format,
    known: Option<Encoding>,
) -> Result<(String, R), Error> {
    let mut bytes = Vec::new();
    let mut bounded = stream.take(MAX_BYTES as u64 + 1);
    bounded.read_to_end(&mut bytes)?;
    if bytes.len() > MAX_BYTES {
        return Err(too_large());
    }
    let declared = || Encoding::declared(&bytes).filter(|_| format == Format::Html);
    let encoding = known.or_else(declared).unwrap_or_default();
    Ok((encoding.decode(&bytes)?, bounded.into_inner().into_inner().1))
}

/// The next line without its end; `None` at the end of the input. A line that is too large is passed over whole.
fn bounded_line(stream: &mut impl BufRead) -> Result<Option<Vec<u8>>, Error> {
    let mut line = Vec::new();
    let read = stream.by_ref().take(MAX_BYTES as u64 + 1).read_until(b'\n', &mut line)?;
    if read == 0 {
        return Ok(None);
    }
    if line.last() == Some(&b'\n') {
        line.pop();
    } else if line.len() > MAX_BYTES {
        stream.skip_until(b'\n')?;
        return Err(too_large());
    }
    Ok(Some(line))
}

fn too_large() -> Error {
    let message = format!("a report may have {} MiB; split it or give its text alone", MAX_BYTES >> 20);
    Error::new(Kind::TooLarge, message)
}
