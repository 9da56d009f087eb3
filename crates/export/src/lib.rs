//! Writes readings as JSON, and entries of the book in the formats of other programs.
//!
//! Each format of entries is a module of its own with one function of the same shape: `write(out, entries)` writes entries,
//! owned or borrowed, in their order, holding no more of them in memory than the format asks for. The same entries give the
//! same bytes. It fails only where `out` fails.
//!
//! ```
//! use daybook_record::{Reading, Report};
//! let report = Report { id: "a".into(), text: "Nothing happened.".into(), ..Report::default() };
//! assert_eq!(
//!     daybook_export::json::line(&report, &Reading::default(), None),
//!     r#"{"report":{"id":"a","published":null,"published_inferred":null,"title":null,"publisher":null,"url":null},"contacts":[],"statements":[],"claims":[],"factuality":[],"times":[]}"#
//! );
//! ```

mod clock;
mod code_points;
pub mod columns;
mod contacts;
pub mod entries_csv;
pub mod entries_jsonl;
pub mod entries_parquet;
mod explained;
pub mod ftm;
pub mod graphml;
pub mod ical;
pub mod json;
pub mod labels;
mod lists;
mod pairs;
mod parties;
mod places;
mod plain;
pub mod plover;
pub mod reasons;
pub mod schema;
mod statements;
mod when;
