//! The book's record of one contact: its accounts put together, every version of every value kept.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{Account, Certainty, ClockTime, Confidence, Edtf, Kind, Length, Party, Role, Status};

/// The book's record of one contact.
///
/// Values name the accounts that tell them by their numbers in [`Entry::accounts`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// The id of the account that the entry is known by; the id of any other of its accounts leads to it too.
    pub id: String,
    /// How the parties were in contact.
    pub kind: Settled<Kind>,
    /// How things stand.
    pub status: Settled<Status>,
    /// How surely.
    pub certainty: Settled<Certainty>,
    /// The highest confidence of the accounts that count: those of replaced versions do only where there are no others.
    pub confidence: Confidence,
    /// The principals.
    pub parties: Vec<Member>,
    /// Others said to be there.
    pub present: Vec<Member>,
    /// When, as EDTF; `None` where no account tells.
    pub date: Option<Settled<Edtf>>,
    /// Time of day.
    pub time: Option<Settled<ClockTime>>,
    /// How long.
    pub duration: Option<Settled<Length>>,
    /// Where, as told.
    pub place: Option<Settled<String>>,
    /// What it was about, what most accounts tell first.
    pub topics: Vec<Version<String>>,
    /// Several occasions told as one.
    pub aggregate: bool,
    /// Whether all parties belong to one country.
    pub domestic: bool,
    /// The sides' own accounts of it.
    pub readouts: Vec<SideReadout>,
    /// Sides that are said to have declined to give one.
    pub withheld_by: Vec<Version<String>>,
    /// How things stood, in the order in which it became known.
    pub history: Vec<Step>,
    /// On how many independent words it stands.
    pub credibility: Credibility,
    /// Whether every account of it stands in a version of a report that its publisher has replaced.
    pub withdrawn: bool,
    /// All accounts of it, the one that the entry is known by first.
    pub accounts: Vec<Filed>,
    /// Why the accounts are held to be of one contact.
    pub joined: Vec<Join>,
}

impl Entry {
    /// The fields on which accounts contradict each other, by name.
    pub fn disputed(&self) -> Vec<&'static str> {
        let fields = [
            ("kind", self.kind.disputed),
            ("status", self.status.disputed),
            ("date", self.date.as_ref().is_some_and(|v| v.disputed)),
            ("time", self.time.as_ref().is_some_and(|v| v.disputed)),
            ("duration", self.duration.as_ref().is_some_and(|v| v.disputed)),
            ("place", self.place.as_ref().is_some_and(|v| v.disputed)),
        ];
        fields.into_iter().filter_map(|(field, disputed)| disputed.then_some(field)).collect()
    }
}

/// A value as some accounts tell it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Version<T> {
    /// The value.
    pub value: T,
    /// The accounts that tell it, the most trusted first, by number.
    pub accounts: Vec<usize>,
}

/// A value of an entry: the version chosen, and the others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Settled<T> {
    /// The value chosen.
    pub value: T,
    /// The accounts that tell it, the most trusted first, by number.
    pub accounts: Vec<usize>,
    /// Why this version goes before the others; `None` where there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// The other versions, the most trusted first.
    pub others: Vec<Version<T>>,
    /// Whether one of the others contradicts it, and is not merely vaguer or earlier.
    pub disputed: bool,
}

/// Somebody who took part, as the accounts together tell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Member {
    /// Who, in the fullest form that an account gives.
    pub party: Party,
    /// What tells this party from all others in the book: a Wikidata id, or a folded name with the country.
    pub identity: String,
    /// In which role.
    pub role: Role,
    /// The accounts that name the party, by number.
    pub accounts: Vec<usize>,
}

/// A side's own account of a contact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SideReadout {
    /// The side: the code of its country or body.
    pub side: String,
    /// The account, by number.
    pub account: usize,
    /// When it was published.
    pub published: Option<Date>,
}

/// How things stood with a contact from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    /// The day on which this was published; `None` where the report has no date.
    pub known: Option<Date>,
    /// How things stood.
    pub status: Status,
    /// For which day, as then told.
    pub date: Option<Edtf>,
    /// The account that says so first, by number.
    pub account: usize,
}

/// On how many independent words an entry stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Credibility {
    /// In short.
    pub standing: Standing,
    /// The number of independent sources: publishers that don't repeat one another's words, nor those of one agency.
    pub sources: usize,
}

/// How well confirmed an entry is, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// At least two sides have given their own account.
    BothSides,
    /// One side has, and an independent source confirms it.
    SideAndOthers,
    /// One side has, and nobody else.
    OneSide,
    /// Several independent sources, none of them a side.
    Several,
    /// One source, not a side.
    Single,
    /// No source states it for certain.
    Unconfirmed,
}

written_as_in_json!(Standing);

/// An account as it stands in the book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filed {
    /// Its id, which follows from the report's content and never changes.
    pub id: String,
    /// The report that it stands in.
    pub report: Source,
    /// Which of the report's accounts it is, counted from 0.
    pub number: usize,
    /// The words that tell of the contact best.
    pub words: String,
    /// What it tells.
    pub account: Account,
}

/// Where an account comes from: a report in the book, without its text.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Source {
    /// Follows from the report's content.
    pub id: String,
    /// What its source calls it.
    pub name: String,
    /// The headline.
    pub title: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// The day of publication.
    pub published: Option<Date>,
    /// Its address.
    pub url: Option<String>,
    /// The country or body whose official publisher this is.
    pub side: Option<String>,
    /// The news agency whose copy it says it is.
    pub agency: Option<String>,
    /// Fingerprints of its word sequences, by which copies are told.
    #[serde(skip)]
    pub wording: String,
    /// The report that replaced it, by id.
    pub superseded_by: Option<String>,
}

/// Why two accounts are held to be of one contact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Join {
    /// The two accounts, by number.
    pub accounts: (usize, usize),
    /// In words.
    pub why: String,
}
