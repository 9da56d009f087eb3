//! How things stand with a contact, and how surely a report says so.

use serde::{Deserialize, Serialize};

impl Status {
    /// All of them, in the order of a form.
    pub const ALL: [Status; 9] = [
        Status::Held,
        Status::UnderWay,
        Status::Scheduled,
        Status::Proposed,
        Status::Postponed,
        Status::Cancelled,
        Status::Declined,
        Status::Denied,
        Status::NotHeld,
    ];

    /// Those of a contact that is still to come, or not over.
    pub const COMING: [Status; 4] =
        [Status::Scheduled, Status::Proposed, Status::Postponed, Status::UnderWay];
}

/// How things stand with a contact at the time of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It took place.
    Held,
    /// It is going on.
    UnderWay,
    /// It is announced as going to happen.
    Scheduled,
    /// Invited, sought, offered, under discussion.
    Proposed,
    /// Put off.
    Postponed,
    /// Called off.
    Cancelled,
    /// One side refused.
    Declined,
    /// A side says that it did not happen, against a claim that it did.
    Denied,
    /// The report itself says that it did not happen.
    NotHeld,
}

/// How surely the report says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// As fact, or on the word of an official party to it.
    Certain,
    /// On the word of a third source.
    Reported,
    /// "May", "is expected to", "could".
    Possible,
    /// The report calls it unconfirmed, or sides contradict each other.
    Unverified,
}

impl Certainty {
    /// All of them, in the order of a form.
    pub const ALL: [Certainty; 4] =
        [Certainty::Certain, Certainty::Reported, Certainty::Possible, Certainty::Unverified];
}

written_as_in_json!(Status, Certainty);
