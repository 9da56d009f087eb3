//! Which entries a question is about: names, kinds, days and words of the command line to a query.

use std::error::Error;
use std::fmt::Display;
use std::str::FromStr;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use daybook::{Book, BookError, Candidate, Confidence, Kind, Query, Status, UnresolvedName};
use jiff::civil::Date;

use crate::failure::Failure;

/// What a question is about; all conditions must hold.
#[derive(Args, Default)]
pub(crate) struct Filter {
    /// Contacts between these two: persons, offices' holders, countries, bodies
    #[arg(long, num_args = 2, value_names = ["A", "B"])]
    between: Vec<String>,
    /// Contacts in which this one takes part; may be given several times
    #[arg(long, value_name = "NAME")]
    with: Vec<String>,
    /// Contacts of this country or body, whoever stands for it
    #[arg(long, value_name = "NAME")]
    country: Vec<String>,
    /// Only of this kind; may be given several times
    #[arg(long, value_parser = one_of(&Kind::all()))]
    kind: Vec<Kind>,
    /// Only with this status; may be given several times
    #[arg(long, value_parser = one_of(&Status::ALL))]
    status: Vec<Status>,
    /// On or after this day
    #[arg(long, value_name = "DATE", value_parser = daybook_intake::day)]
    since: Option<Date>,
    /// On or before this day
    #[arg(long, value_name = "DATE", value_parser = daybook_intake::day)]
    until: Option<Date>,
    /// Where, by words of the place
    #[arg(long, value_name = "WORDS")]
    place: Option<String>,
    /// About what, by words of a topic
    #[arg(long, value_name = "WORDS")]
    topic: Option<String>,
    /// Of which this side has published its own account
    #[arg(long, value_name = "NAME")]
    side: Option<String>,
    /// On which accounts contradict each other
    #[arg(long)]
    disputed: bool,
    /// Of which an account has this confidence or a higher one: a number between 0 and 1
    #[arg(long, value_name = "SHARE")]
    min_confidence: Option<Confidence>,
    /// With these words in a report; "in quotes" side by side
    #[arg(long, value_name = "WORDS")]
    text: Option<String>,
    /// Also those that no report tells of any more: each was replaced by a version without them
    #[arg(long)]
    withdrawn: bool,
    /// From what was published by this day
    #[arg(long, value_name = "DATE", value_parser = daybook_intake::day)]
    as_of: Option<Date>,
}

/// One of the values as `T` itself reads it; help and completions list them.
fn one_of<T>(values: &[T]) -> impl TypedValueParser<Value = T>
where
    T: Display + FromStr<Err: Error + Send + Sync + 'static> + Clone + Send + Sync + 'static,
{
    let names: Vec<String> = values.iter().map(T::to_string).collect();
    PossibleValuesParser::new(names).try_map(|name| name.parse::<T>())
}

impl Filter {
    /// The query, with names understood as the book knows them.
    pub(crate) fn query(&self, book: &mut Book) -> Result<Query, Failure> {
        let filter = daybook::Filter {
            names: [&self.between[..], &self.with, &self.country].concat(),
            kinds: self.kind.clone(),
            statuses: self.status.clone(),
            since: self.since,
            until: self.until,
            place: self.place.clone(),
            topic: self.topic.clone(),
            side: self.side.clone(),
            disputed: self.disputed,
            min_confidence: self.min_confidence,
            text: self.text.clone(),
            withdrawn: self.withdrawn,
            as_of: self.as_of,
            ..daybook::Filter::default()
        };
        book.query(&filter).map_err(refused)
    }

    /// As of which day the book is asked.
    pub(crate) fn as_of(&self) -> Option<Date> {
        self.as_of
    }
}

/// The party that a name means; where it may mean several, they are named.
pub(crate) fn whom(book: &mut Book, name: &str, on: Option<Date>) -> Result<String, Failure> {
    book.party(name, on).map_err(refused)
}

/// Why a question is refused, with the remedy on this command line.
fn refused(error: BookError) -> Failure {
    match error.unresolved_name() {
        Some(unknown @ UnresolvedName::Unknown { .. }) => {
            Failure::usage(format!("{unknown}; `daybook who` looks names up"))
        }
        Some(UnresolvedName::Ambiguous { name, candidates }) => Failure::usage(format!(
            "{name:?} may be several; write the name in full, or one of these in its place:\n{}",
            candidates.iter().map(line).collect::<Vec<_>>().join("\n")
        )),
        None => Failure::usage(error),
    }
}

/// One candidate: by what it is asked for, the name, the office.
pub(crate) fn line(candidate: &Candidate) -> String {
    format!("  {}  {} ({})", candidate.party, candidate.name, candidate.described)
}
