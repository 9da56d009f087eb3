//! What the program knows of the terminal: its width, its colours, and how to complain.

use std::io::{self, BufWriter, IsTerminal, Write};

use anstream::AutoStream;
use anstyle::{AnsiColor, Style};

use crate::sanitize;

/// The width of lines where nothing tells it.
const USUAL_WIDTH: usize = 80;

/// Lines are never narrower: below this, words would stand one under the other.
const LEAST_WIDTH: usize = 24;

/// Standard output, buffered; colours are taken out where it is no terminal or `NO_COLOR` says so.
pub(crate) fn output() -> impl Write {
    BufWriter::new(AutoStream::auto(io::stdout().lock()))
}

/// How many columns lines may take: the terminal's, or what `COLUMNS` says, or 80.
pub(crate) fn width() -> usize {
    let of_terminal = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    let told =
        std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()).filter(|&width| width > 0);
    let known = if io::stdout().is_terminal() { of_terminal().or(told) } else { told };
    known.unwrap_or(USUAL_WIDTH).max(LEAST_WIDTH)
}

/// Whether somebody watches standard error.
pub(crate) fn is_watched() -> bool {
    io::stderr().is_terminal()
}

/// Whether standard output goes to a person.
pub(crate) fn is_read_by_a_person() -> bool {
    io::stdout().is_terminal()
}

/// Says on standard error what is wrong.
pub(crate) fn complain(message: &str) {
    let style = AnsiColor::Red.on_default().bold();
    say(style, "error", message);
}

/// Says on standard error what is worth knowing.
pub(crate) fn note(message: &str) {
    let style = AnsiColor::Yellow.on_default();
    say(style, "note", message);
}

fn say(style: Style, word: &str, message: &str) {
    let lines: Vec<String> = message.lines().map(sanitize::line).collect();
    // Where standard error is closed, there is nobody left to tell.
    let _ = writeln!(anstream::stderr(), "daybook: {style}{word}:{style:#} {}", lines.join("\n"));
}
