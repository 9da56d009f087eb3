//! Reads whole texts: pages, Markdown and plain text to one report, feeds to a report an item.

mod feed;
mod markdown;
mod nesting;
mod page;
mod plain;
mod web_document;

pub use feed::feed;
pub(crate) use markdown::{is_markdown, report as report_of_markdown};
pub(crate) use page::report as report_of_page;
pub(crate) use plain::report as report_of_text;
pub(crate) use web_document::{WebDocument, feed_reports, reports};
