//! Readings to JSON and its schema.
//!
//! ```
//! use daybook_record::{Reading, Report};
//! let report = Report { id: "a".into(), text: "Nothing happened.".into(), ..Report::default() };
//! assert_eq!(
//!     daybook_export::json::line(&report, &Reading::default(), None),
//!     r#"{"report":{"id":"a","published":null,"published_inferred":null,"title":null,"publisher":null,"url":null},"contacts":[],"statements":[],"claims":[],"factuality":[],"times":[]}"#
//! );
//! ```

mod code_points;
mod contacts;
mod explained;
pub mod json;
mod parties;
mod places;
pub mod schema;
mod statements;
