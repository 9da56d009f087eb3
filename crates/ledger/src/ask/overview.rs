//! What a list shows of an entry, and by what entries are counted.

use daybook_record::{Certainty, Confidence, Entry, Kind, Standing, Status};
use serde::Serialize;

use crate::entry::keys::{parties_in_words, sort_day};

/// An entry in brief: what a list shows of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Brief {
    /// The entry's id.
    pub id: String,
    /// The day by which it is sorted: its first, or else the day on which it became known; empty where neither is known.
    pub day: String,
    /// The date, as exact as it is known (EDTF).
    pub date: Option<String>,
    /// The time of the day, `HH:MM`, with the zone if it is told.
    pub time: Option<String>,
    /// How long it took (ISO 8601).
    pub duration: Option<String>,
    /// How the parties were in contact.
    pub kind: Kind,
    /// How things stand.
    pub status: Status,
    /// How surely.
    pub certainty: Certainty,
    /// The principals, for people to read.
    pub parties: String,
    /// Where, as told.
    pub place: Option<String>,
    /// What it was about.
    pub topics: String,
    /// The fields on which accounts contradict each other.
    pub disputed: Vec<String>,
    /// The sides that have given their own account.
    pub sides: Vec<String>,
    /// How well it is confirmed.
    pub standing: Standing,
    /// By how many independent sources.
    pub sources: usize,
    /// In how many accounts it is told.
    pub accounts: usize,
    /// The highest confidence of the accounts that count.
    pub confidence: Confidence,
}

impl Brief {
    /// What a list shows of an entry.
    pub fn of(entry: &Entry) -> Brief {
        let mut sides: Vec<String> = entry.readouts.iter().map(|readout| readout.side.clone()).collect();
        sides.dedup();
        let topics: Vec<&str> = entry.topics.iter().map(|topic| topic.value.as_str()).collect();
        Brief {
            id: entry.id.clone(),
            day: sort_day(entry),
            date: entry.date.as_ref().map(|date| date.value.to_string()),
            time: entry.time.as_ref().map(|time| time.value.to_string()),
            duration: entry.duration.as_ref().map(|duration| duration.value.iso.clone()),
            kind: entry.kind.value,
            status: entry.status.value,
            certainty: entry.certainty.value,
            parties: parties_in_words(entry),
            place: entry.place.as_ref().map(|place| place.value.clone()),
            topics: topics.join("; "),
            disputed: entry.disputed().into_iter().map(str::to_string).collect(),
            sides,
            standing: entry.credibility.standing,
            sources: entry.credibility.sources,
            accounts: entry.accounts.len(),
            confidence: entry.confidence,
        }
    }
}

/// By what entries are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// The year of the day by which they are sorted.
    Year,
    /// Its month.
    Month,
    /// How the parties were in contact.
    Kind,
    /// How things stand.
    Status,
}

impl By {
    /// What an entry is counted under.
    pub(crate) fn key(self, brief: &Brief) -> String {
        match self {
            By::Year => brief.day.chars().take(4).collect(),
            By::Month => brief.day.chars().take(7).collect(),
            By::Kind => brief.kind.to_string(),
            By::Status => brief.status.to_string(),
        }
    }
}

/// Between whom contacts are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Among {
    /// Persons, and offices whose holder is not known.
    Persons,
    /// Countries and bodies.
    Sides,
}

impl Among {
    /// Whether a party is of that level.
    pub(crate) fn has(self, party: &str) -> bool {
        (self == Among::Sides) == is_side(party)
    }
}

/// Whether this is a country or a body, and not a person or an office.
pub fn is_side(party: &str) -> bool {
    let number = |id: &str| !id.is_empty() && id.bytes().all(|b| b.is_ascii_digit());
    !party.contains('@') && !party.strip_prefix('Q').is_some_and(number)
}

/// Two who were in contact, and how often.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Link {
    /// One of the two: an identity or a side.
    pub one: String,
    /// The other.
    pub other: String,
    /// In how many entries.
    pub entries: usize,
}
