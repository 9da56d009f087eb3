//! A telling: what one sentence tells of a contact, and what the makers of tellings look things up in.

use daybook_record::{ClockTime, Edtf, Grouping, Kind, Length, Span};

use crate::events::modality::Modality;
use crate::events::modality::speaking::SpeakingVerb;
use crate::parties::cast::{Cast, Id};
use crate::syntax::document::{At, Document};
use crate::times::phrases::Timed;
use crate::words::lexicon::Lexicon;

/// One sentence's telling of a contact.
#[derive(Debug, Clone)]
pub(crate) struct Telling {
    pub at: At,
    pub rule: String,
    pub kind: Kind,
    /// What an official publisher means by it, where the kind is left open.
    pub exchange: Option<Exchange>,
    /// Initiators where `directed`, else the side named first.
    pub one: Vec<Id>,
    /// Recipients where `directed`, else the other side.
    pub other: Vec<Id>,
    /// Whether the words tell who called, wrote or travelled.
    pub directed: bool,
    /// Whether all are in one contact, and not each of `other` in one of their own.
    pub together: bool,
    /// Whether a word such as "they" or "the two" stands for the parties.
    pub group: bool,
    /// The verb of its clause.
    pub clause: usize,
    /// The verbs before or after which it is told to be: "spoke before the summit" tells of two occasions.
    pub apart_from: Vec<usize>,
    /// Whether a noun tells it.
    pub nominal: bool,
    /// Whether it is told as what came next: "then met".
    pub next: bool,
    /// Whom "the two" means if no contact told before has fitting parties: those joined by "and" in the text before.
    pub pair: Vec<Id>,
    /// Whether it is spoken of as known: "the call", "their meeting".
    pub definite: bool,
    /// Several occasions told as one, and how many if told.
    pub several: bool,
    pub count: Option<(u32, Span)>,
    pub standing: Modality,
    pub said: Vec<SpeakingVerb>,
    pub date: Option<(Edtf, Span)>,
    pub time: Option<(ClockTime, Span)>,
    pub length: Option<(Length, Span)>,
    pub place: Option<(String, Span)>,
    pub topics: Vec<(String, Span)>,
    pub first_or_last: Option<(String, Span)>,
    pub evidence: Span,
    /// Why it is of the contact that others told before it; `None` for the first of a contact.
    pub joined: Option<Grouping>,
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
    /// Whether it names both sides, or several who were together.
    pub fn is_whole(&self) -> bool {
        !self.one.is_empty() && !self.other.is_empty() || self.together && self.one.len() > 1
    }
}

/// What the maker of tellings looks things up in.
pub(crate) struct Scene<'d, 'g> {
    pub document: &'d Document<'d>,
    pub cast: &'d Cast<'g>,
    pub timed: &'d [Timed],
    pub lexicon: &'d Lexicon,
    /// Whether a side's own office publishes the report.
    pub official: bool,
}
