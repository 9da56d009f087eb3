//! What the signs of a contact weigh when reports are only looked at.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Named {
    /// An office whose holder acts for a state or body.
    Principal,
    /// An organ that every state has.
    Institution,
    /// An international body, a movement, or a building that stands for a government.
    Body,
    /// A leader by more than the surname.
    Person,
    /// Another office.
    Official,
    /// A state, its people or its capital.
    State,
    /// A leader by the surname.
    Surname,
    /// Who speaks.
    Speaker,
    /// The same as [`Named::Principal`], in small letters.
    SmallPrincipal,
    /// The same as [`Named::Institution`], in small letters.
    SmallInstitution,
    /// The same as [`Named::Official`], in small letters.
    SmallOfficial,
}

/// What the signs weigh, in natural logarithms of odds.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Weights {
    /// The score of a passage from which on it is worth reading.
    pub min_score: f32,
    /// The score of a passage from which on it need only match a rule for its report to be accepted.
    pub rule_suffices: f32,
    /// The score of a passage from which on its report is accepted unread.
    pub accept_unread: f32,
    /// Each word of a rule; `*` stands for words that are not listed, such as those of users' own rules.
    pub telling: BTreeMap<String, f32>,
    /// What is named once, twice, or more often in the passage.
    pub named: BTreeMap<Named, Vec<f32>>,
    /// Any names in the passage: none, one, two and so on.
    pub names: Vec<f32>,
    /// Names in a hundred words of the report: less than one, one, two and so on.
    pub density: Vec<f32>,
}
