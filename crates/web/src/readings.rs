//! Reads texts that are sent, bounded in number and time.

use daybook::intake;
use daybook::{DEFAULT_MIN_CONFIDENCE, Reading, Report};

use crate::problem::Problem;
use crate::site::Site;

/// So many reports of one request are read; a feed or archive may hold more.
const MOST: usize = 50;

/// What somebody gives to be read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Given {
    /// A text.
    pub(crate) text: String,
    /// A file, with its name; goes before the text.
    pub(crate) file: Option<(String, Vec<u8>)>,
    /// The day of publication, as it is written.
    pub(crate) published: String,
    /// The publisher.
    pub(crate) publisher: String,
}

/// What was read.
#[derive(Default)]
pub(crate) struct Readings {
    /// Each report with its reading.
    pub(crate) reports: Vec<(Report, Reading)>,
    /// What could not be read, and why.
    pub(crate) failures: Vec<String>,
}

/// Reads what was given, on a thread of its own.
pub(crate) async fn read(site: &Site, given: Given) -> Result<Readings, Problem> {
    let published = match given.published.trim() {
        "" => None,
        day => Some(intake::day(day).map_err(|error| Problem::request(format!("published: {error}")))?),
    };
    let known = intake::Given {
        published,
        publisher: Some(given.publisher.trim().to_string()).filter(|publisher| !publisher.is_empty()),
        ..intake::Given::default()
    };
    let (name, bytes, known) = match given.file {
        Some((name, bytes)) => (name, bytes, known),
        // What is pasted is taken as it is unless it is a page.
        None => ("text".to_string(), given.text.into_bytes(), known),
    };
    let reader = site.reader.clone();
    let place = site.reading.clone().acquire_owned().await.map_err(|_| Problem::stopping())?;
    let read = tokio::task::spawn_blocking(move || {
        let mut readings = Readings::default();
        if bytes.iter().all(u8::is_ascii_whitespace) {
            return readings;
        }
        for report in intake::read(&name, bytes.as_slice(), &known).take(MOST + 1) {
            match report {
                Ok(_) if readings.reports.len() == MOST => {
                    readings
                        .failures
                        .push(format!("the first {MOST} reports were read; `daybook read` reads any number"));
                }
                Ok(report) => {
                    let reading = reader.read(&report).keep_confident(DEFAULT_MIN_CONFIDENCE);
                    readings.reports.push((report, reading));
                }
                Err(error) => readings.failures.push(error.to_string()),
            }
        }
        drop(place);
        readings
    });
    read.await.map_err(|_| Problem::failed())
}

/// Reads reports, in their order.
pub(crate) async fn each(site: &Site, reports: Vec<Report>) -> Result<Vec<(Report, Reading)>, Problem> {
    let reader = site.reader.clone();
    let place = site.reading.clone().acquire_owned().await.map_err(|_| Problem::stopping())?;
    let read = tokio::task::spawn_blocking(move || {
        let read = reports.into_iter().map(|report| {
            let reading = reader.read(&report).keep_confident(DEFAULT_MIN_CONFIDENCE);
            (report, reading)
        });
        let read = read.collect();
        drop(place);
        read
    });
    read.await.map_err(|_| Problem::failed())
}
