//! Writes entries as Parquet: the columns of the CSV with their types, compressed with Zstandard.

use std::borrow::Borrow;
use std::io::{self, Write};
use std::sync::Arc;

use daybook_record::Entry;
use parquet::basic::{Compression, LogicalType, Repetition, Type as Stored, ZstdLevel};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int32Type, Int64Type};
use parquet::errors::Result;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::Type;

use crate::columns::{COLUMNS, Column, Values, days};

/// So many rows are held in memory and written as one group.
const GROUP: usize = 10_000;

/// Writes the entries; an error is one of `out`.
pub fn write<E: Borrow<Entry>>(
    out: impl Write + Send,
    entries: impl IntoIterator<Item = E>,
) -> io::Result<()> {
    write_groups(out, entries.into_iter()).map_err(io::Error::other)
}

fn write_groups<E: Borrow<Entry>>(
    out: impl Write + Send,
    mut entries: impl Iterator<Item = E>,
) -> Result<()> {
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_created_by("daybook".into())
        .build();
    let mut file = SerializedFileWriter::new(out, Arc::new(schema()?), Arc::new(properties))?;
    loop {
        let group: Vec<E> = entries.by_ref().take(GROUP).collect();
        if group.is_empty() {
            break;
        }
        let rows: Vec<&Entry> = group.iter().map(Borrow::borrow).collect();
        write_group(&mut file, &rows)?;
    }
    file.close().map(drop)
}

fn schema() -> Result<Type> {
    let fields = COLUMNS.iter().map(|column| Ok(Arc::new(field(column)?))).collect::<Result<_>>()?;
    Type::group_type_builder("entry").with_fields(fields).build()
}

fn field(column: &Column) -> Result<Type> {
    let (stored, meaning, repetition) = match column.values {
        Values::Text(_) => (Stored::BYTE_ARRAY, Some(LogicalType::String), Repetition::OPTIONAL),
        Values::Day(_) => (Stored::INT32, Some(LogicalType::Date), Repetition::OPTIONAL),
        Values::Number(_) => (Stored::INT64, None, Repetition::REQUIRED),
        Values::Share(_) => (Stored::DOUBLE, None, Repetition::REQUIRED),
        Values::Truth(_) => (Stored::BOOLEAN, None, Repetition::REQUIRED),
    };
    Type::primitive_type_builder(column.name, stored)
        .with_logical_type(meaning)
        .with_repetition(repetition)
        .build()
}

fn write_group<W: Write + Send>(file: &mut SerializedFileWriter<W>, rows: &[&Entry]) -> Result<()> {
    let mut group = file.next_row_group()?;
    for column in COLUMNS {
        if let Some(mut writer) = group.next_column()? {
            write_column(&mut writer, column, rows)?;
            writer.close()?;
        }
    }
    group.close().map(drop)
}

/// A definition level says for each row whether it has a value; only values that are there are handed over.
fn write_column(writer: &mut SerializedColumnWriter<'_>, column: &Column, rows: &[&Entry]) -> Result<()> {
    match column.values {
        Values::Text(value) => {
            let cells = rows.iter().map(|row| value(row).map(|text| ByteArray::from(text.into_bytes())));
            let (values, levels) = optional(cells);
            writer.typed::<ByteArrayType>().write_batch(&values, Some(&levels), None)?;
        }
        Values::Day(value) => {
            let (values, levels) = optional(rows.iter().map(|row| value(row).map(days)));
            writer.typed::<Int32Type>().write_batch(&values, Some(&levels), None)?;
        }
        Values::Number(value) => {
            let values: Vec<i64> = rows.iter().map(|row| value(row)).collect();
            writer.typed::<Int64Type>().write_batch(&values, None, None)?;
        }
        Values::Share(value) => {
            let values: Vec<f64> = rows.iter().map(|row| value(row)).collect();
            writer.typed::<DoubleType>().write_batch(&values, None, None)?;
        }
        Values::Truth(value) => {
            let values: Vec<bool> = rows.iter().map(|row| value(row)).collect();
            writer.typed::<BoolType>().write_batch(&values, None, None)?;
        }
    }
    Ok(())
}

fn optional<T>(cells: impl Iterator<Item = Option<T>>) -> (Vec<T>, Vec<i16>) {
    let cells: Vec<Option<T>> = cells.collect();
    let levels = cells.iter().map(|cell| i16::from(cell.is_some())).collect();
    (cells.into_iter().flatten().collect(), levels)
}
