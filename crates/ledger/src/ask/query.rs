//! A query: which entries are asked for, and in which order.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use daybook_record::{Confidence, Entry, Kind, Status};
use jiff::civil::Date;

use crate::entry::keys::{contact_pairs, pair_key, party_keys, sort_day};

/// Which entries are asked for. All conditions must hold; what is not told is no condition.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    /// All of these take part, each by identity or by side; see [`crate::Book::candidates`].
    pub parties: Vec<String>,
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
    /// This side has published its own account.
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

impl Query {
    /// Sorts entries as they are asked for.
    pub(crate) fn order(&self, entries: &mut [Entry]) {
        match self.earliest_first {
            true => entries.sort_by_cached_key(|e| (sort_day(e), e.id.clone())),
            false => entries.sort_by_cached_key(|e| (Reverse(sort_day(e)), e.id.clone())),
        }
    }
}

impl Query {
    /// How many of these entries, which are in order, come before those that follow that one.
    pub(crate) fn passed(&self, entries: &[Entry], (last, id): &(String, String)) -> usize {
        entries.partition_point(|entry| match sort_day(entry).cmp(last) {
            std::cmp::Ordering::Equal => entry.id <= *id,
            order => (order == std::cmp::Ordering::Less) == self.earliest_first,
        })
    }
}

/// Whether an entry is asked for; `saying` are the reports that hold the words of [`Query::text`].
pub(crate) fn matches(query: &Query, entry: &Entry, saying: Option<&BTreeSet<String>>) -> bool {
    let names = party_keys(entry);
    let day = sort_day(entry);
    let has = |words: &Option<String>, text: String| {
        words.as_ref().is_none_or(|words| text.to_lowercase().contains(&words.to_lowercase()))
    };
    let topics: Vec<&str> = entry.topics.iter().map(|t| t.value.as_str()).collect();
    let place = entry.place.as_ref().map_or(String::new(), |p| p.value.clone());
    let together = match &query.parties[..] {
        [one, other, ..] => contact_pairs(entry).contains(&pair_key(one, other)),
        _ => true,
    };
    together
        && query.parties.iter().all(|party| names.contains(party))
        && (query.kinds.is_empty() || query.kinds.contains(&entry.kind.value))
        && (query.statuses.is_empty() || query.statuses.contains(&entry.status.value))
        && query.since.is_none_or(|since| day >= since.to_string())
        && query.until.is_none_or(|until| day <= until.to_string())
        && has(&query.place, place)
        && has(&query.topic, topics.join("; "))
        && query.side.as_ref().is_none_or(|side| entry.readouts.iter().any(|r| &r.side == side))
        && (!query.disputed || !entry.disputed().is_empty())
        && query.min_confidence.is_none_or(|min| entry.confidence >= min)
        && (query.withdrawn || !entry.withdrawn)
        && saying.is_none_or(|reports| entry.accounts.iter().any(|a| reports.contains(&a.report.id)))
}
