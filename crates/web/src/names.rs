//! Resolves names as people write them to the parties that they mean.

use daybook::Book;
use jiff::civil::Date;

use crate::problem::Problem;

/// The party that a name means: an identity or a side.
pub(crate) fn party(book: &mut Book, name: &str, on: Option<Date>) -> Result<String, Problem> {
    Ok(book.party(name, on)?)
}

/// The name by which a party is shown.
pub(crate) fn shown(book: &mut Book, party: &str) -> Result<String, Problem> {
    Ok(book.name_of(party)?)
}
