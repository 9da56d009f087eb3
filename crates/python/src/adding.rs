//! Adds reports to a book: new ones are read on several threads, and all are filed together.

use daybook::{Added, Book, BookError, Confidence, Reader, Reading, Report, pipeline};

/// Reads the reports that are new to the book, or of these only the ones that may tell of a contact if it is to `screen`
/// them, and files what was read but for accounts of less than a confidence; how many reports were passed over stands beside
/// what was added.
pub(crate) fn add(
    book: &mut Book,
    reader: &Reader,
    reports: Vec<Report>,
    threads: usize,
    screen: bool,
    min: Confidence,
) -> Result<(Added, usize), BookError> {
    let known = book.has(&reports.iter().collect::<Vec<_>>())?;
    let new = reports.into_iter().zip(known).filter(|(_, known)| !known).map(|(report, _)| report);
    let work = |report: Report| {
        let is_wanted = !screen || reader.may_contain_contact(&report);
        is_wanted.then(|| {
            let reading = reader.read(&report).keep_confident(min);
            (report, reading)
        })
    };
    let (mut read, mut passed_over): (Vec<(Report, Reading)>, usize) = (Vec::new(), 0);
    pipeline::in_order(new, threads, work, |reading| {
        match reading {
            Some(reading) => read.push(reading),
            None => passed_over += 1,
        }
        Ok::<(), BookError>(())
    })?;
    Ok((book.add(read)?, passed_over))
}
