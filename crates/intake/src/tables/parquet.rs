//! Reads Parquet files: a report in each row, by the names of the columns.
//!
//! Its index stands at its end, so the file is held in memory; rows are read a few at a time. Of a column of texts,
//! days, points in time or numbers each value is read as its text.

use std::io::{BufRead, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::vec::IntoIter;

use bytes::Bytes;
use jiff::Span;
use jiff::civil::{Date, date};
use parquet::basic::{ConvertedType, LogicalType, TimeUnit};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::{ByteArray, DataType};
use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::schema::types::ColumnDescriptor;

use crate::error::{Error, Kind, Place};
use crate::found::Found;
use crate::input::Encoding;
use crate::names::{self, Columns, Field, NAMES};

/// The largest file that is taken in, in bytes: 1 GiB.
const MAX_FILE_BYTES: usize = 1 << 30;

/// How many rows are read at a time.
const BATCH_ROWS: usize = 64;

/// Reads the rows of a file.
pub(crate) struct Parquet {
    file: SerializedFileReader<Bytes>,
    columns: Columns,
    /// The row group that is read next.
    group: usize,
    readers: Vec<(Field, Column)>,
    /// How many rows of the group that is being read are left.
    left: usize,
    /// The values of the next rows, by field.
    batch: Vec<(Field, IntoIter<Cell>)>,
    ready: usize,
    row: usize,
}

/// A value as the file has it; the bytes of a text are shared with the page that they stand on.
type Cell = Option<Value>;

enum Value {
    Bytes(ByteArray),
    Text(String),
}

impl Parquet {
    pub(crate) fn open(input: impl BufRead) -> Result<Parquet, Error> {
        let mut bytes = Vec::new();
        input.take(MAX_FILE_BYTES as u64 + 1).read_to_end(&mut bytes)?;
        if bytes.len() > MAX_FILE_BYTES {
            let message = format!("a Parquet file may have {} MiB; write it in parts", MAX_FILE_BYTES >> 20);
            return Err(Error::new(Kind::TooLarge, message));
        }
        let file = guarded(|| SerializedFileReader::new(Bytes::from(bytes)))?;
        let header = header(&file);
        let columns = Columns::of(&header);
        if columns.place(Field::Text).is_none() {
            return Err(Error::new(Kind::Malformed, Columns::lacking_text(&header)));
        }
        let (readers, batch) = (Vec::new(), Vec::new());
        Ok(Parquet { file, columns, group: 0, readers, left: 0, batch, ready: 0, row: 0 })
    }

    /// The next report; `None` at the end.
    pub(crate) fn next(&mut self) -> Option<Result<Found, Error>> {
        while self.ready == 0 {
            match self.fill() {
                Ok(true) => {}
                Ok(false) => return None,
                Err(error) => {
                    // Where the next row of the group stands is unknown.
                    self.left = 0;
                    return Some(Err(error.at(Place::Row(self.row + 1))));
                }
            }
        }
        self.ready -= 1;
        self.row += 1;
        let place = Place::Row(self.row);
        Some(self.found(place).map_err(|error| error.at(place)))
    }

    fn found(&mut self, place: Place) -> Result<Found, Error> {
        let mut cells: Vec<(Field, Cell)> =
            self.batch.iter_mut().map(|(field, cells)| (*field, cells.next().flatten())).collect();
        let report = names::report(|field| {
            let cell = cells.iter_mut().find(|(known, _)| *known == field).and_then(|(_, cell)| cell.take());
            let text = cell.map(Value::text).transpose()?;
            Ok(text.filter(|text| !text.trim().is_empty()))
        })?;
        Ok(Found::at(place, report))
    }

    /// Reads the next rows, of the next group where none are left in this; `false` at the end.
    fn fill(&mut self) -> Result<bool, Error> {
        if self.left == 0 {
            if self.group == self.file.num_row_groups() {
                return Ok(false);
            }
            self.group += 1;
            return self.open_group(self.group - 1).map(|()| true);
        }
        let count = self.left.min(BATCH_ROWS);
        self.batch.clear();
        for (field, column) in &mut self.readers {
            let cells = guarded(|| column.read(count))?;
            if cells.len() != count {
                return Err(broken("a column ends early"));
            }
            self.batch.push((*field, cells.into_iter()));
        }
        self.left -= count;
        self.ready = count;
        Ok(true)
    }

    fn open_group(&mut self, number: usize) -> Result<(), Error> {
        self.readers.clear();
        let group = guarded(|| self.file.get_row_group(number))?;
        for (field, _) in NAMES {
            let Some(place) = self.columns.place(field) else { continue };
            let counts = Counts::of(&self.file.metadata().file_metadata().schema_descr().column(place));
            let reader = guarded(|| group.get_column_reader(place))?;
            self.readers.push((field, Column { reader, counts }));
        }
        self.left = usize::try_from(group.metadata().num_rows()).unwrap_or_default();
        Ok(())
    }
}

/// The names of the columns, empty for those within others, which hold no part of a report.
fn header(file: &SerializedFileReader<Bytes>) -> Vec<String> {
    let schema = file.metadata().file_metadata().schema_descr();
    let is_plain =
        |column: &ColumnDescriptor| column.path().parts().len() == 1 && column.max_rep_level() == 0;
    let name =
        |column: &ColumnDescriptor| if is_plain(column) { column.name().to_string() } else { String::new() };
    schema.columns().iter().map(|column| name(column)).collect()
}

struct Column {
    reader: ColumnReader,
    counts: Counts,
}

/// What a column of numbers counts.
#[derive(Clone, Copy)]
enum Counts {
    Days,
    /// Points in time, in so many parts of a second.
    Time(i64),
    Other,
}

impl Counts {
    fn of(column: &ColumnDescriptor) -> Counts {
        match (column.logical_type_ref(), column.converted_type()) {
            (Some(LogicalType::Date), _) | (None, ConvertedType::DATE) => Counts::Days,
            (Some(LogicalType::Timestamp(time)), _) => Counts::Time(match time.unit {
                TimeUnit::MILLIS => 1_000,
                TimeUnit::MICROS => 1_000_000,
                TimeUnit::NANOS => 1_000_000_000,
            }),
            (None, ConvertedType::TIMESTAMP_MILLIS) => Counts::Time(1_000),
            (None, ConvertedType::TIMESTAMP_MICROS) => Counts::Time(1_000_000),
            _ => Counts::Other,
        }
    }

    fn text(self, number: i64) -> Value {
        const DAY: i64 = 24 * 60 * 60;
        let days = match self {
            Counts::Days => Some(number),
            Counts::Time(parts) => Some(number.div_euclid(parts).div_euclid(DAY)),
            Counts::Other => None,
        };
        let day = days.and_then(day_of);
        Value::Text(day.map_or_else(|| number.to_string(), |day| day.to_string()))
    }
}

/// The day so many days after 1970-01-01.
fn day_of(days: i64) -> Option<Date> {
    let days = i32::try_from(days).ok()?;
    date(1970, 1, 1).checked_add(Span::new().try_days(days).ok()?).ok()
}

impl Column {
    /// The values of the next `count` rows.
    fn read(&mut self, count: usize) -> Result<Vec<Cell>, ParquetError> {
        let counts = self.counts;
        let text = |text: String| Value::Text(text);
        match &mut self.reader {
            ColumnReader::ByteArrayColumnReader(reader) => read(reader, count, Value::Bytes),
            ColumnReader::FixedLenByteArrayColumnReader(reader) => {
                read(reader, count, |value| Value::Bytes(value.into()))
            }
            ColumnReader::Int32ColumnReader(reader) => read(reader, count, |value| counts.text(value.into())),
            ColumnReader::Int64ColumnReader(reader) => read(reader, count, |value| counts.text(value)),
            ColumnReader::Int96ColumnReader(reader) => {
                read(reader, count, |value| Counts::Time(1_000).text(value.to_millis()))
            }
            ColumnReader::BoolColumnReader(reader) => read(reader, count, |value| text(value.to_string())),
            ColumnReader::FloatColumnReader(reader) => read(reader, count, |value| text(value.to_string())),
            ColumnReader::DoubleColumnReader(reader) => read(reader, count, |value| text(value.to_string())),
        }
    }
}

/// The next `count` values of a column in which none repeats.
fn read<T: DataType>(
    reader: &mut ColumnReaderImpl<T>,
    count: usize,
    value: impl Fn(T::T) -> Value,
) -> Result<Vec<Cell>, ParquetError> {
    let (mut levels, mut values) = (Vec::new(), Vec::new());
    let (records, _, _) = reader.read_records(count, Some(&mut levels), None, &mut values)?;
    let mut values = values.into_iter().map(value);
    if levels.is_empty() {
        return Ok(values.map(Some).take(records).collect());
    }
    Ok(levels.into_iter().take(records).map(|level| if level > 0 { values.next() } else { None }).collect())
}

impl Value {
    fn text(self) -> Result<String, Error> {
        match self {
            Value::Bytes(bytes) => Encoding::default().decode(bytes.data()),
            Value::Text(text) => Ok(text),
        }
    }
}

/// What `read` gives. The library that reads Parquet takes some of what a damaged file says for granted, and panics
/// where it does not hold.
fn guarded<T>(read: impl FnOnce() -> Result<T, ParquetError>) -> Result<T, Error> {
    match catch_unwind(AssertUnwindSafe(read)) {
        Ok(result) => result.map_err(|error| broken(&error.to_string())),
        Err(_) => Err(broken("its parts do not fit together")),
    }
}

fn broken(why: &str) -> Error {
    Error::new(Kind::Malformed, format!("the Parquet file is damaged or cut off ({why}); get it anew"))
}
