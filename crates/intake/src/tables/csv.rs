//! Reads tables of text (CSV, RFC 4180, with commas, semicolons or tabs): a header, then a report in each row.

use std::io::BufRead;

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use crate::MAX_BYTES;
use crate::error::{Error, Kind, Place};
use crate::found::Found;
use crate::input::{Encoding, too_large};
use crate::names::{self, Columns, Field};

const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

/// How many columns a table may have.
const MAX_COLUMNS: usize = 1 << 14;

/// Reads one row after another; no row is held when the next is read.
pub(crate) struct Csv<S> {
    input: S,
    reader: Reader,
    columns: Columns,
    width: usize,
    row: Row,
    is_over: bool,
}

impl<S: BufRead> Csv<S> {
    /// A table whose header begins `input`, the beginning of which is `head`.
    pub(crate) fn new(input: S, head: &str) -> Result<Csv<S>, Error> {
        let delimiter = delimiter(head).unwrap_or(b',');
        let reader = ReaderBuilder::new().delimiter(delimiter).build();
        let columns = Columns::of::<&str>(&[]);
        let mut table = Csv { input, reader, columns, width: 0, row: Row::default(), is_over: false };
        if !table.read_row()? {
            return Err(Error::new(Kind::Empty, "there is no text to read"));
        }
        let header: Vec<String> =
            table.row.fields().map(|name| String::from_utf8_lossy(name).into_owned()).collect();
        (table.columns, table.width) = (Columns::of(&header), header.len());
        if table.columns.place(Field::Text).is_none() {
            return Err(Error::new(Kind::Malformed, Columns::lacking_text(&header)).on_line(1));
        }
        Ok(table)
    }

    /// The next report; `None` at the end.
    pub(crate) fn next(&mut self) -> Option<Result<Found, Error>> {
        let read = self.read_row();
        let line = self.row.line;
        match read {
            Ok(false) => None,
            Ok(true) => Some(self.found(line).map_err(|error| error.on_line(line))),
            Err(error) => Some(Err(error.on_line(line))),
        }
    }

    fn found(&self, line: usize) -> Result<Found, Error> {
        let fields: Vec<&[u8]> = self.row.fields().collect();
        if fields.len() != self.width {
            let message = format!(
                "the row has {} fields where the header has {}; put a field that has the delimiter in it into quotes",
                fields.len(),
                self.width
            );
            return Err(Error::new(Kind::Malformed, message));
        }
        let report = names::report(|field| {
            let bytes = self.columns.place(field).and_then(|at| fields.get(at)).copied().unwrap_or_default();
            let text = Encoding::default().decode(bytes)?;
            Ok(Some(text).filter(|text| !text.trim().is_empty()))
        })?;
        Ok(Found::at(Place::Line(line), report))
    }

    /// Reads the next row; whether there is one. A row that is too large is passed over whole.
    fn read_row(&mut self) -> Result<bool, Error> {
        self.row.clear();
        while !self.is_over {
            let input = self.input.fill_buf()?;
            if input.is_empty() {
                self.is_over = true;
                return self.row.end(&mut self.reader);
            }
            let (result, taken) = self.row.read(&mut self.reader, input);
            self.input.consume(taken);
            if result == ReadRecordResult::Record {
                return self.row.checked();
            }
        }
        Ok(false)
    }
}

/// A row as far as it was read.
#[derive(Default)]
struct Row {
    bytes: Vec<u8>,
    used: usize,
    ends: Vec<usize>,
    fields: usize,
    /// The line on which it begins, counted from 1.
    line: usize,
    is_too_large: bool,
}

impl Row {
    fn clear(&mut self) {
        (self.used, self.fields, self.line, self.is_too_large) = (0, 0, 0, false);
    }

    /// Reads on in `input`; how much of it was taken.
    fn read(&mut self, reader: &mut Reader, input: &[u8]) -> (ReadRecordResult, usize) {
        self.make_room();
        if !self.is_begun() {
            let blank = input.iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
            self.line = reader.line() as usize + blank.filter(|&&byte| byte == b'\n').count();
        }
        let (result, taken, written, ends) =
            reader.read_record(input, &mut self.bytes[self.used..], &mut self.ends[self.fields..]);
        self.used += written;
        self.fields += ends;
        (result, taken)
    }

    fn is_begun(&self) -> bool {
        self.used > 0 || self.fields > 0 || self.is_too_large
    }

    /// Doubles what is full, up to the largest report; from there on what is read is forgotten.
    fn make_room(&mut self) {
        if self.used + 1 >= self.bytes.len() {
            self.bytes.resize((self.bytes.len() * 2).max(1 << 13), 0);
        }
        if self.fields + 1 >= self.ends.len() {
            self.ends.resize((self.ends.len() * 2).max(1 << 6), 0);
        }
        if self.used > MAX_BYTES || self.fields > MAX_COLUMNS {
            (self.used, self.fields, self.is_too_large) = (0, 0, true);
        }
    }

    /// What to make of the row now that it is read.
    fn checked(&self) -> Result<bool, Error> {
        if self.is_too_large { Err(too_large()) } else { Ok(true) }
    }

    /// Whether there is a row where the input ends; not one whose quotes are open.
    fn end(&mut self, reader: &mut Reader) -> Result<bool, Error> {
        let is_begun = self.is_begun();
        let (result, _) = self.read(reader, b"\n");
        if is_begun && result != ReadRecordResult::Record {
            let message = "a quote that opens in this row does not close; close it, or get the table anew";
            return Err(Error::new(Kind::Malformed, message));
        }
        if is_begun { self.checked() } else { Ok(false) }
    }

    fn fields(&self) -> impl Iterator<Item = &[u8]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        let ends = self.ends.iter().take(self.fields);
        starts.zip(ends).map(|(start, &end)| self.bytes.get(start..end).unwrap_or_default())
    }
}

/// Whether a text that begins as `head` is a table beyond doubt: its first line names the text and another part of
/// reports, or three other parts.
pub(crate) fn is_table(head: &str) -> bool {
    delimiter(head).is_some_and(|delimiter| {
        let columns = header(head, delimiter);
        columns.known() > if columns.place(Field::Text).is_some() { 1 } else { 2 }
    })
}

/// The delimiter with which the first line names the most parts of a report; `None` where it names none.
fn delimiter(head: &str) -> Option<u8> {
    let known = |delimiter: u8| header(head, delimiter).known();
    let best = DELIMITERS.into_iter().rev().max_by_key(|&delimiter| known(delimiter))?;
    (known(best) > 0).then_some(best)
}

fn header(head: &str, delimiter: u8) -> Columns {
    let line =
        head.trim_start_matches('\u{feff}').trim_start_matches(['\r', '\n']).lines().next().unwrap_or("");
    let mut row = Row::default();
    let mut reader = ReaderBuilder::new().delimiter(delimiter).build();
    let mut rest = [line.as_bytes(), b"\n"].concat();
    while !rest.is_empty() {
        let (result, taken) = row.read(&mut reader, &rest);
        rest.drain(..taken);
        if result == ReadRecordResult::Record {
            break;
        }
    }
    Columns::of(&row.fields().map(|name| String::from_utf8_lossy(name).into_owned()).collect::<Vec<_>>())
}
