//! Reads web archives: records, and the HTTP responses in them, to reports.

mod http;
mod warc;

pub(crate) use warc::Warc;
