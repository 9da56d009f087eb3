//! What is printed: readings, entries and tables for people, and the same for programs.

pub(crate) mod entry;
mod explanation;
pub(crate) mod progress;
pub(crate) mod reading;
mod statements;
pub(crate) mod table;

use std::io::Write;

use daybook::{Book, Entry};

use crate::failure::{Failure, Outcome};
use crate::{sanitize, terminal};

use table::Format;

/// Prints text, whatever it holds, without harm to the terminal.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    let mut output = terminal::output();
    for line in text.lines() {
        writeln!(output, "{}", sanitize::line(line))?;
    }
    output.flush()?;
    Ok(())
}

/// Prints a page whose untrusted texts are sanitized already, with its styles.
pub(crate) fn print_styled(page: &str) -> Result<(), Failure> {
    let mut output = terminal::output();
    writeln!(output, "{page}")?;
    output.flush()?;
    Ok(())
}

/// Prints an entry, for people with what was said.
pub(crate) fn print_entry(book: &mut Book, entry: &Entry, format: Format) -> Result<(), Failure> {
    if format != Format::Table {
        return table::entries(std::slice::from_ref(entry), format);
    }
    let tied = book.statements(entry).map_err(Failure::usage)?;
    print_styled(&entry::entry(entry, &tied, terminal::width()))
}

/// Prints bytes as they are.
pub(crate) fn print_bytes(bytes: &[u8]) -> Result<(), Failure> {
    let mut output = terminal::output();
    output.write_all(bytes)?;
    output.flush()?;
    Ok(())
}

/// Says what was decided, and how to take it back.
pub(crate) fn print_decision(number: u32, what: &str) -> Result<Outcome, Failure> {
    print(&format!("{what}\ndecision {number}; daybook undo {number} takes it back"))?;
    Ok(Outcome::Success)
}
