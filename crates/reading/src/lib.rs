//! One report to its accounts: rules, calendar and gazetteer put to work on analysed text.
//!
//! Mentions of possible parties are found (`mentions`) and led to whom they mean (`entities`); the rules of `rules/` find
//! what tells of a contact; each match becomes a telling (`tellings`) with its status (`status`) and date (`times`);
//! a report without a date is dated (`dating`) by what it says of offices and days (`clues`);
//! tellings of one occasion are put together (`occasions`) and written down with their words (`accounts`),
//! and, where that is asked for, with why they are so (`explain`).

mod accounts;
mod classes;
mod clues;
mod dating;
mod document;
mod entities;
mod error;
mod explain;
mod extras;
mod folded;
mod inferences;
mod leads;
mod lexicon;
mod mentions;
mod occasions;
mod principals;
mod pronouns;
mod reader;
mod refusals;
mod repair;
mod screen;
mod statements;
mod status;
mod tellings;
mod times;
mod titles;
mod trees;
mod visits;

pub use error::Error;
pub use reader::{Checked, Reader};
pub use screen::{Named, Passage, Sign};
