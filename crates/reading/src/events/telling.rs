//! A telling: what one place of a report tells of a contact, and what the makers of tellings look things up in.

use daybook_language::Frame;
use daybook_record::{Certainty, ClockTime, Edtf, Grouping, Kind, Length, Role, Span, Status};
use jiff::civil::Date;

use crate::events::labels::SchemaLabels;
use crate::parties::cast::{Cast, Id};
use crate::syntax::document::{At, Document};
use crate::times::phrases::Timed;
use crate::words::lexicon::Lexicon;

/// One place's telling of a contact. What is weighed comes with how surely it is so, between 0 and 1.
#[derive(Debug, Clone)]
pub(crate) struct Telling {
    pub at: At,
    /// The rule that matches there, if any.
    pub rule: Option<String>,
    /// Number of the frame there.
    pub frame: Option<usize>,
    /// How surely it tells of a contact at all.
    pub sure: f32,
    pub kinds: Vec<(Kind, f32)>,
    pub statuses: Vec<(Status, f32)>,
    pub certainties: Vec<(Certainty, f32)>,
    /// How surely several occasions are told as one.
    pub aggregate: f32,
    /// Whom its sentence names as parties.
    pub parties: Vec<ToldParty>,
    /// Whom other sentences name.
    pub elsewhere: Vec<ToldParty>,
    /// Whether a word such as "they" or "the two" stands for the parties.
    pub group: bool,
    /// Whom such a word means where no contact told before fits: those joined by "and" in the text before.
    pub pair: Vec<Id>,
    /// The clauses before or after which it is told to be: "spoke before the summit" tells of two occasions.
    pub apart_from: Vec<usize>,
    /// The verb of its clause.
    pub clause: usize,
    /// Whether its trigger tells of several contacts, of which this is one.
    pub is_split: bool,
    /// What an official publisher means by it, where the kind is left open.
    pub exchange: Option<Exchange>,
    /// Others in the room: whom or what they are called, and where.
    pub present: Vec<(Id, Span)>,
    pub count: Option<(u32, Span)>,
    pub date: Option<(Edtf, Span)>,
    /// The day that it is of where no words tell another: the publication of the official account that opens with it.
    pub supposed: Option<Date>,
    pub time: Option<(ClockTime, Span)>,
    pub length: Option<(Length, Span)>,
    pub place: Option<ToldPlace>,
    pub topics: Vec<(String, Span)>,
    pub first_or_last: Option<(String, Span)>,
    /// The words that decide how things stand.
    pub status_words: Option<Span>,
    /// Who says so: the entity, if it is one, the words and where they stand.
    pub sources: Vec<(Option<Id>, String, Span)>,
    pub evidence: Span,
    /// Why it is of the contact that others told before it; `None` for the first of a contact.
    pub joined: Option<Grouping>,
}

/// A place as a telling names it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ToldPlace {
    pub words: String,
    pub span: Span,
    /// The state that the words name, or in whose capital they are.
    pub country: Option<String>,
    /// Whether the words name a whole state.
    pub is_state: bool,
}

/// A party as a telling names it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ToldParty {
    pub id: Id,
    pub sure: f32,
    pub roles: Vec<(Role, f32)>,
    pub span: Span,
    /// Whether words of its own stand there, and not an office or pronoun that had to be led to it.
    pub by_name: bool,
}

/// What an official publisher means by words that leave open how two were in contact (the schema's attribute `exchange`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exchange {
    Spoken,
    Conversation,
    InTouch,
}

impl Exchange {
    pub fn named(name: &str) -> Option<Exchange> {
        Some(match name {
            "spoken" => Exchange::Spoken,
            "conversation" => Exchange::Conversation,
            "in_touch" => Exchange::InTouch,
            _ => return None,
        })
    }
}

impl Telling {
    /// Whether it names both sides.
    pub fn is_whole(&self) -> bool {
        self.parties.len() > 1
    }

    /// The likeliest kind.
    pub fn kind(&self) -> Kind {
        likeliest(&self.kinds).unwrap_or(Kind::Unspecified)
    }

    /// The likeliest status.
    pub fn status(&self) -> Status {
        likeliest(&self.statuses).unwrap_or(Status::Held)
    }

    pub fn ids(&self) -> impl Iterator<Item = Id> + '_ {
        self.parties.iter().map(|p| p.id)
    }
}

/// The likeliest of some values, the first of several alike.
pub(crate) fn likeliest<T: Copy>(values: &[(T, f32)]) -> Option<T> {
    let mut best: Option<(T, f32)> = None;
    for &(value, sure) in values {
        if best.is_none_or(|(_, top)| sure > top) {
            best = Some((value, sure));
        }
    }
    best.map(|(value, _)| value)
}

/// What the maker of tellings looks things up in.
pub(crate) struct Scene<'d, 'g> {
    pub document: &'d Document<'d>,
    pub cast: &'d Cast<'g>,
    pub timed: &'d [Timed],
    pub lexicon: &'d Lexicon,
    pub frames: &'d [Frame],
    pub labels: &'d SchemaLabels,
    /// Whether a side's own office publishes the report.
    pub official: bool,
}
