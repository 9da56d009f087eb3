//! One report to its accounts: rules, calendar and gazetteer put to work on analysed text.
//!
//! The modules are rooms, each of which imports only those below it:
//!
//! - `reader`: everything loaded once; reading a report goes through the rooms in turn.
//! - `contacts`: the tellings of one occasion put together and written down as an account, with why it is so.
//! - `statements`: who is said to have said, thought or wanted what.
//! - `dating`: when a report without a date was published.
//! - `events`: what each frame and each match of a rule tells: who, how, where, and how things stand.
//! - `times`: time phrases, and which event each of them dates.
//! - `parties`: mentions of possible parties, and whom each of them means.
//! - `screen`: which reports need reading at all.
//! - `syntax`: a report's sentences and their trees.
//! - `words`: the word lists of the language.

mod contacts;
mod dating;
mod error;
mod events;
mod parties;
mod reader;
mod screen;
mod statements;
mod syntax;
mod times;
mod words;

pub use contacts::confidence::DEFAULT_MIN_CONFIDENCE;
pub use contacts::group::TellingPair;
pub use error::Error;
pub use reader::{Checked, Reader};
pub use screen::look::{Passage, Sign};
pub use words::screen_weights::Named;
