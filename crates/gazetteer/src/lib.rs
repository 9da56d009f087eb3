//! Who is who: resolves names, offices and a date to states, bodies and persons, and publishers to the side they speak for.
//!
//! A [`Gazetteer`] knows states, bodies, the words that stand for them, offices, and who held which from when to when.
//! The tables are CSV files in `gazetteer/`; `gazetteer/SOURCES.md` tells where each row comes from. A name that the
//! tables do not have is never guessed.

mod error;
mod gazetteer;
mod names;
mod office;
mod person;
mod place;
mod popolo;
mod publishers;
mod spelling;
mod table;

pub use error::Error;
pub use gazetteer::{Entry, Gazetteer, Hit};
pub use office::{Office, Rank};
pub use person::{Holding, Person};
pub use place::{Body, Institution, Metonym, State, StateKind};
pub use publishers::host_of;
