//! Finds time phrases and resolves them against a reference date, to TIMEX3 and EDTF.
//!
//! [`find`] reads the time phrases of an English text; [`Phrase::resolve`] tells what one means against the day on which the
//! report was published. Values follow TimeML 1.2.1 (TIMEX3); dates are given as EDTF too, as exact as they are told.
//!
//! ```
//! use daybook_calendar::{Context, find};
//! let text = "The ministers will meet on Tuesday at 5:05 pm Eastern.";
//! let context = Context { published: Some("2017-01-28".parse()?), ..Context::default() };
//! let found = find(text)[0].resolve(&context);
//! assert_eq!(found.value.as_deref(), Some("2017-01-31T17:05"));
//! assert_eq!(found.time.map(|t| t.to_string()).as_deref(), Some("17:05 America/New_York"));
//! # Ok::<(), jiff::Error>(())
//! ```
//!
//! The words (months, units, zones, holidays, …) and the patterns that they stand in are tables under `data/`; the code here
//! reads the tables (`lexicon`, `pattern`), tries them on the text (`find`), turns what was captured into a
//! meaning (`build`) and a meaning into dates (`resolve`).

mod build;
mod find;
mod holiday;
mod lexicon;
mod meaning;
mod numeral;
mod pattern;
mod phrase;
mod resolve;
mod shapes;
mod tense;
mod token;
mod when;

pub use find::find;
pub use phrase::{Context, Phrase, Resolved, Tense, TimexKind};
