//! The words of the book as types; no logic but their own laws.
//!
//! A [`Report`] is one published text. Reading it yields [`Account`]s, each one report's telling of one contact;
//! every value of an account is [`Sourced`]: it carries the spans of the words that say so. What people are said to have
//! said, thought or wanted are its [`Statement`]s.

/// Lets values print as they stand in JSON, and be read from that.
macro_rules! written_as_in_json {
    ($($kind:ty),*) => {$(
        impl std::fmt::Display for $kind {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.serialize(f)
            }
        }

        impl std::str::FromStr for $kind {
            type Err = $crate::Error;

            fn from_str(text: &str) -> Result<$kind, $crate::Error> {
                use serde::de::value::{Error, StrDeserializer};
                <$kind as serde::Deserialize>::deserialize(StrDeserializer::<Error>::new(text))
                    .map_err(|_| $crate::Error::new(text, concat!("one of the values of ", stringify!($kind))))
            }
        }
    )*};
}

mod account;
mod confidence;
mod edtf;
mod entry;
mod error;
mod explanation;
mod inferred;
mod kind;
mod modality;
mod party;
mod report;
mod schema;
mod span;
mod statement;

pub use account::{Account, ClockTime, Dating, Length, Participation, Reading, Readout, Role, TimePhrase};
pub use confidence::Confidence;
pub use edtf::Edtf;
pub use entry::{
    Credibility, Entry, Filed, Join, Member, Settled, SideReadout, Source, Standing, Step, Version,
};
pub use error::Error;
pub use explanation::{
    About, Capture, ClauseTense, ConfidenceSign, Decided, Explanation, Finding, FiredRule, Grouping,
    KnownPerson, Overruling, Reason, SharedParties,
};
pub use inferred::Inferred;
pub use kind::Kind;
pub use modality::{Certainty, Status};
pub use party::{Party, PartyKind};
pub use report::Report;
pub use schema::{
    Attribute, AttributeValue, Class, ClassCode, EventRole, Family, Filler, Schema, Side, Sides, StatusCode,
    Way,
};
pub use span::{Evidence, Part, Sourced, Span};
pub use statement::{Act, Bearing, Claim, Doubt, EventMention, Factuality, Polarity, Statement, Tie};
