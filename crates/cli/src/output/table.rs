//! Prints rows as a table for people, or as CSV or JSON for programs.

use std::io::Write;

use anstyle::Style;
use clap::ValueEnum;
use daybook::Entry;
use daybook_export::{entries_csv, entries_jsonl};
use textwrap::core::display_width;

use crate::failure::Failure;
use crate::{sanitize, terminal};

/// How answers are printed.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Table,
    /// One indented JSON array
    Json,
    /// One JSON object a line
    Jsonl,
    /// Comma-separated values with a header
    Csv,
}

/// Rows under a header, each column as wide as its widest cell; the widest column gives way where the terminal is narrow.
pub(crate) fn table(header: &[&str], rows: &[Vec<String>]) -> Result<(), Failure> {
    let rows: Vec<Vec<String>> =
        rows.iter().map(|row| row.iter().map(|cell| sanitize::line(cell)).collect()).collect();
    let widest = |at: usize| {
        rows.iter().filter_map(|row| row.get(at)).map(|cell| display_width(cell)).max().unwrap_or(0)
    };
    let mut widths: Vec<usize> =
        (0..header.len()).map(|at| widest(at).max(display_width(header[at]))).collect();
    let room = terminal::width();
    let gaps = 2 * header.len().saturating_sub(1);
    while widths.iter().sum::<usize>() + gaps > room {
        // The last column is what other commands are given: it stays whole.
        let (_, others) = widths.split_last_mut().unwrap_or((&mut 0, &mut []));
        let Some(most) = others.iter_mut().max().filter(|width| **width > NARROWEST) else { break };
        *most -= 1;
    }
    let mut output = terminal::output();
    let bold = Style::new().bold();
    let head: Vec<String> = header.iter().map(ToString::to_string).collect();
    writeln!(output, "{bold}{}{bold:#}", line(&head, &widths))?;
    for row in &rows {
        writeln!(output, "{}", line(row, &widths))?;
    }
    output.flush()?;
    Ok(())
}

/// No column is made narrower.
const NARROWEST: usize = 10;

fn line(cells: &[String], widths: &[usize]) -> String {
    let cells: Vec<String> = cells.iter().zip(widths).map(|(cell, width)| fitted(cell, *width)).collect();
    cells.join("  ").trim_end().to_string()
}

/// A cell cut or filled to a width in columns of the terminal.
fn fitted(cell: &str, width: usize) -> String {
    let mut text = cell.to_string();
    if display_width(&text) > width {
        while display_width(&text) + 1 > width && text.pop().is_some() {}
        text.push('…');
    }
    let filled = width.saturating_sub(display_width(&text));
    text + &" ".repeat(filled)
}

/// Rows as CSV.
pub(crate) fn csv(header: &[&str], rows: &[Vec<String>]) -> Result<(), Failure> {
    let cell = |cell: &str| match cell.contains([',', '"', '\n', '\r']) {
        true => format!("\"{}\"", cell.replace('"', "\"\"")),
        false => cell.to_string(),
    };
    let mut output = terminal::output();
    writeln!(output, "{}", header.join(","))?;
    for row in rows {
        writeln!(output, "{}", row.iter().map(|c| cell(c)).collect::<Vec<_>>().join(","))?;
    }
    output.flush()?;
    Ok(())
}

/// Rows as JSON objects, one a line or all in an array.
pub(crate) fn objects(header: &[&str], rows: &[Vec<Option<String>>], format: Format) -> Result<(), Failure> {
    let object = |row: &Vec<Option<String>>| {
        let fields = header.iter().zip(row).map(|(key, value)| {
            (key.to_string(), value.clone().map_or(serde_json::Value::Null, serde_json::Value::String))
        });
        serde_json::Value::Object(fields.collect())
    };
    values(&rows.iter().map(object).collect::<Vec<_>>(), format)
}

/// JSON values, one a line or all in an array.
pub(crate) fn values(values: &[serde_json::Value], format: Format) -> Result<(), Failure> {
    let mut output = terminal::output();
    match format {
        Format::Json => writeln!(
            output,
            "{}",
            sanitize::json(&format!("{:#}", serde_json::Value::from(values.to_vec())))
        )?,
        _ => {
            values.iter().try_for_each(|value| writeln!(output, "{}", sanitize::json(&value.to_string())))?
        }
    }
    output.flush()?;
    Ok(())
}

/// Entries in a format: a table of the main values, or all of them for programs.
pub(crate) fn entries(entries: &[Entry], format: Format) -> Result<(), Failure> {
    match format {
        Format::Table => table(&["day", "kind", "status", "parties", "id"], &rows(entries)),
        Format::Csv => written(|out| entries_csv::write(out, entries)),
        Format::Jsonl => written(|out| entries_jsonl::write(out, entries)),
        Format::Json => {
            let mut lines = Vec::new();
            entries_jsonl::write(&mut lines, entries)?;
            let parsed = lines.split(|b| *b == b'\n').filter(|line| !line.is_empty());
            let parsed: Vec<serde_json::Value> =
                parsed.filter_map(|line| serde_json::from_slice(line).ok()).collect();
            values(&parsed, format)
        }
    }
}

/// What a writer writes, sanitized.
fn written(write: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) -> Result<(), Failure> {
    let mut bytes = Vec::new();
    write(&mut bytes)?;
    let mut output = terminal::output();
    write!(output, "{}", sanitize::lines(&String::from_utf8_lossy(&bytes)))?;
    output.flush()?;
    Ok(())
}

fn rows(entries: &[Entry]) -> Vec<Vec<String>> {
    let row = |entry: &Entry| {
        let disputed = if entry.disputed().is_empty() { "" } else { " (disputed)" };
        vec![
            day(entry),
            entry.kind.value.to_string(),
            format!("{}{disputed}", entry.status.value),
            super::entry::parties(entry),
            entry.id.clone(),
        ]
    };
    entries.iter().map(row).collect()
}

/// The date as told; in brackets, where none is told, the day on which it became known.
fn day(entry: &Entry) -> String {
    let known = || entry.accounts.iter().filter_map(|a| a.report.published).min();
    match &entry.date {
        Some(date) => date.value.to_string(),
        None => known().map_or("no date".into(), |day| format!("({day})")),
    }
}
