//! Which entries a user asks for, with names as people write them, and the query that this means.

use daybook_gazetteer::Gazetteer;
use daybook_record::{Confidence, Kind, Status};
use jiff::civil::Date;

use super::names::{PartyIndex, resolve};
use super::query::Query;
use crate::error::Error;

/// Which entries are asked for, in a user's words. All conditions must hold; what is left empty is no condition.
///
/// It differs from a [`Query`] only in its names: here "Merkel" or "the Kremlin" as people write them, there whom they mean.
/// [`crate::Book::query`] makes the one of the other.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// All of these take part: persons, holders of offices, countries, bodies. With two, contacts between the two.
    pub names: Vec<String>,
    /// One of these kinds.
    pub kinds: Vec<Kind>,
    /// One of these statuses.
    pub statuses: Vec<Status>,
    /// On or after this day.
    pub since: Option<Date>,
    /// On or before this day.
    pub until: Option<Date>,
    /// Where, by words of the place.
    pub place: Option<String>,
    /// About what, by words of a topic.
    pub topic: Option<String>,
    /// The side of that name has published its own account.
    pub side: Option<String>,
    /// Accounts contradict each other.
    pub disputed: bool,
    /// An account of it has this confidence or a higher one.
    pub min_confidence: Option<Confidence>,
    /// Words in title or text of one of its reports.
    pub text: Option<String>,
    /// Those, too, whose reports were all replaced by versions that don't tell of them.
    pub withdrawn: bool,
    /// As of what was published by this day.
    pub as_of: Option<Date>,
    /// The earliest first.
    pub earliest_first: bool,
    /// So many at most.
    pub limit: Option<usize>,
    /// Those that follow this one in the order asked for: the day by which an entry is sorted, and its id.
    pub after: Option<(String, String)>,
}

impl Filter {
    /// The query, with names understood as they are on the last day that is asked for.
    pub(crate) fn query(&self, index: &mut impl PartyIndex, gazetteer: &Gazetteer) -> Result<Query, Error> {
        let on = self.until.or(self.as_of).or(self.since);
        let mut parties = Vec::new();
        for name in &self.names {
            parties.push(resolve(index, gazetteer, name, on)?);
        }
        let side = self.side.as_ref().map(|name| resolve(index, gazetteer, name, on)).transpose()?;
        Ok(Query {
            parties,
            kinds: self.kinds.clone(),
            statuses: self.statuses.clone(),
            since: self.since,
            until: self.until,
            place: self.place.clone(),
            topic: self.topic.clone(),
            side,
            disputed: self.disputed,
            min_confidence: self.min_confidence,
            text: self.text.clone(),
            withdrawn: self.withdrawn,
            as_of: self.as_of,
            earliest_first: self.earliest_first,
            limit: self.limit,
            after: self.after.clone(),
        })
    }
}
