//! Accounts to JSON and its schema.
//!
//! ```
//! use daybook_record::{Reading, Report};
//! let report = Report { id: "a".into(), text: "Nothing happened.".into(), ..Report::default() };
//! assert_eq!(
//!     daybook_export::json::line(&report, &Reading::default()),
//!     r#"{"report":{"id":"a","published":null,"published_inferred":null,"title":null,"publisher":null,"url":null},"contacts":[],"times":[]}"#
//! );
//! ```

mod code_points;
mod explained;
pub mod json;
pub mod schema;
