//! Which entries a question is about: names, kinds, days and words of the command line to a query.

use std::error::Error;
use std::fmt::Display;
use std::str::FromStr;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use daybook::{Book, Candidate, Kind, Query, Status};
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
    /// With these words in a report; "in quotes" side by side
    #[arg(long, value_name = "WORDS")]
    text: Option<String>,
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
        let on = self.until.or(self.as_of).or(self.since);
        let names = self.between.iter().chain(&self.with).chain(&self.country);
        let parties = names.map(|name| whom(book, name, on)).collect::<Result<_, _>>()?;
        let side = self.side.as_ref().map(|name| whom(book, name, on)).transpose()?;
        Ok(Query {
            parties,
            kinds: self.kind.clone(),
            statuses: self.status.clone(),
            since: self.since,
            until: self.until,
            place: self.place.clone(),
            topic: self.topic.clone(),
            side,
            disputed: self.disputed,
            text: self.text.clone(),
            as_of: self.as_of,
            ..Query::default()
        })
    }

    /// As of which day the book is asked.
    pub(crate) fn as_of(&self) -> Option<Date> {
        self.as_of
    }
}

/// The party that a name means; where it may mean several, they are named.
pub(crate) fn whom(book: &mut Book, name: &str, on: Option<Date>) -> Result<String, Failure> {
    let found = book.whom(name, on).map_err(Failure::usage)?;
    match &found[..] {
        [] => Err(Failure::usage(format!("nobody is known as {name:?}; `daybook who` looks names up"))),
        [one] => Ok(one.party.clone()),
        several => Err(Failure::usage(format!(
            "{name:?} may be several; write the name in full, or one of these in its place:\n{}",
            several.iter().map(line).collect::<Vec<_>>().join("\n")
        ))),
    }
}

/// One candidate: by what it is asked for, the name, the office.
pub(crate) fn line(candidate: &Candidate) -> String {
    format!("  {}  {} ({})", candidate.party, candidate.name, candidate.described)
}
