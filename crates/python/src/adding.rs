//! Reports to a book: those that it does not know are read on many threads, and all are filed together.

use daybook::{Added, Book, BookError, Reader, Reading, Report, pipeline};

/// Reads and files the reports that are new to the book; the others are counted as known.
pub(crate) fn add(
    book: &mut Book,
    reader: &Reader,
    reports: Vec<Report>,
    threads: usize,
) -> Result<Added, BookError> {
    let known = book.has(&reports.iter().collect::<Vec<_>>())?;
    let new = reports.into_iter().zip(known).filter(|(_, known)| !known).map(|(report, _)| report);
    let work = |report: Report| {
        let reading = reader.read(&report);
        (report, reading)
    };
    let mut read: Vec<(Report, Reading)> = Vec::new();
    pipeline::in_order(new, threads, work, |reading| {
        read.push(reading);
        Ok::<(), BookError>(())
    })?;
    book.add(read)
}
