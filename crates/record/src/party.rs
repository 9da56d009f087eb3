//! Who takes part.

use serde::{Deserialize, Serialize};

/// What a party is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartyKind {
    /// A person, by name or by office.
    Person,
    /// A state, or a government, ministry or seat of power that stands for it.
    State,
    /// An international body, party, movement or other organisation.
    Body,
    /// A document, study or recording that is said to say something; no party to a contact.
    Document,
}

written_as_in_json!(PartyKind);

/// A principal: a person in an office of a country, or a state, body or organisation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Party {
    /// The fullest form that the report gives, without office or honorific.
    pub name: Option<String>,
    /// The office as of the contact, in plain words.
    pub office: Option<String>,
    /// ISO 3166-1 alpha-3 of the country, or the body's own short name (`EU`, `UN`, `NATO`).
    pub country: Option<String>,
    /// Person, state or body.
    pub kind: PartyKind,
    /// Wikidata id, where the gazetteer knows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wikidata: Option<String>,
}
