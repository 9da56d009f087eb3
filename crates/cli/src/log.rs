//! Logs warnings and errors of a server on standard error, a line each, without texts of reports and without tokens.

use std::io::Write;

use log::{LevelFilter, Log, Metadata, Record};

use crate::sanitize;

struct Lines;

impl Log for Lines {
    fn enabled(&self, metadata: &Metadata) -> bool {
        metadata.level() <= LevelFilter::Warn
    }

    fn log(&self, record: &Record) {
        if self.enabled(record.metadata()) {
            let line = format!("{}: {}", record.level(), record.args());
            // Where nobody takes the log, serving goes on.
            let _ = writeln!(std::io::stderr(), "{}", sanitize::line(&line));
        }
    }

    fn flush(&self) {}
}

/// From here on, what is logged is written.
pub(crate) fn start() {
    static LINES: Lines = Lines;
    if log::set_logger(&LINES).is_ok() {
        log::set_max_level(LevelFilter::Warn);
    }
}
