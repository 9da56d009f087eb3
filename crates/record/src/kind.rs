//! How parties were in contact: a class of contacts that the schema declares.

use std::fmt;
use std::str::FromStr;

use serde::de::{Deserialize, Deserializer, Error as _};
use serde::ser::{Serialize, Serializer};

use crate::{Class, Error, Schema, Way};

/// How the parties were in contact: a class of the family `contact` in [`Schema`].
///
/// Kinds are ordered as the schema declares them.
///
/// ```
/// use daybook_record::Kind;
/// let kind: Kind = "video_call".parse()?;
/// assert_eq!(kind, Kind::VideoCall);
/// assert_eq!(kind.class().label, "Video call");
/// assert!(kind.is_more_exact_than(Kind::Meeting));
/// # Ok::<(), daybook_record::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// By telephone.
    Call,
    /// By video.
    VideoCall,
    /// In person: talks, a bilateral.
    Meeting,
    /// Somebody travels to a host country or residence.
    Visit,
    /// Three or more parties by design: summit, conference.
    Gathering,
    /// Letter, note, cable.
    Letter,
    /// Text, e-mail, greeting or condolence sent otherwise.
    Message,
    /// Nothing in the report tells how.
    Unspecified,
    /// One that only the schema knows: its number among the schema's classes of contacts.
    Declared(u8),
}

impl Kind {
    /// Those that the code knows by name.
    const KNOWN: [Kind; 8] = [
        Kind::Call,
        Kind::VideoCall,
        Kind::Meeting,
        Kind::Visit,
        Kind::Gathering,
        Kind::Letter,
        Kind::Message,
        Kind::Unspecified,
    ];

    /// All of them, in the order of a form.
    pub fn all() -> Vec<Kind> {
        (0..Schema::current().contacts().count()).map(Kind::numbered).collect()
    }

    /// The kind of that name; `None` where the schema declares no such class of contacts.
    pub fn named(name: &str) -> Option<Kind> {
        Schema::current().contacts().position(|class| class.name == name).map(Kind::numbered)
    }

    /// What the schema says of it.
    pub fn class(self) -> &'static Class {
        Schema::current().contact(self.number()).expect("kinds are made of the schema's classes alone")
    }

    /// By which way the parties are in contact.
    pub fn way(self) -> Way {
        self.class().way
    }

    /// Whether it describes more nearly what the other says, or the same.
    pub fn is_more_exact_than(self, other: Kind) -> bool {
        self == other
            || other.way() == Way::Open
            || self.class().more_exact_than.contains(&other.class().name)
    }

    /// How well two kinds agree where two accounts are compared, of 100; `None` where they exclude each other.
    pub fn agreement(self, other: Kind) -> Option<u32> {
        Schema::current().agreement(self.number(), other.number())
    }

    fn numbered(number: usize) -> Kind {
        let declared = || Kind::Declared(u8::try_from(number).unwrap_or(u8::MAX));
        Kind::KNOWN.get(number).copied().unwrap_or_else(declared)
    }

    fn number(self) -> usize {
        match self {
            Kind::Declared(number) => usize::from(number),
            known => Kind::KNOWN.iter().position(|kind| *kind == known).unwrap_or_default(),
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.class().name)
    }
}

impl FromStr for Kind {
    type Err = Error;

    fn from_str(text: &str) -> Result<Kind, Error> {
        Kind::named(text).ok_or_else(|| Error::new(text, "one of the values of Kind"))
    }
}

impl Serialize for Kind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.class().name)
    }
}

impl<'de> Deserialize<'de> for Kind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Kind, D::Error> {
        let name = String::deserialize(deserializer)?;
        name.parse().map_err(D::Error::custom)
    }
}
