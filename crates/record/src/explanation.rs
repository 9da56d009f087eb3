//! Why an account is as it is: the places that tell of it, which words played which part, and how words became values.

use std::fmt;

use jiff::civil::Date;
use serde::Serialize;

use crate::{Confidence, Inferred, Span, Status};

/// Why an account is as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Explanation {
    /// What was found of the contact: the tellings that were put together, then remarks on it.
    pub findings: Vec<Finding>,
    /// How words became values.
    pub reasons: Vec<Decided>,
    /// What the confidence was reckoned from.
    pub signs: Vec<ConfidenceSign>,
}

/// Something seen of a contact that speaks for or against its account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfidenceSign {
    /// What it is.
    pub name: &'static str,
    /// How much of it there is, in thousandths.
    pub thousandths: i32,
}

/// A place that tells of the contact, or remarks on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule that matches there, if any.
    pub rule: Option<FiredRule>,
    /// How surely the model sees a contact told there; `None` where it was not asked.
    pub probability: Option<Confidence>,
    /// What it tells: a kind of contact, or what it remarks on one.
    pub yields: String,
    /// Its words.
    pub words: Span,
    /// Which words play a part in it, by the model and by each line of the rule.
    pub captures: Vec<Capture>,
    /// Why it is of this contact, where it is not the first telling of it.
    pub joined: Option<Grouping>,
}

/// A rule that fired.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FiredRule {
    /// Its name.
    pub name: String,
    /// The file that it stands in.
    pub file: String,
    /// The line of the file at which it begins, from 1.
    pub line: usize,
}

/// Words that play a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capture {
    /// Which part, as the model or the rule calls it.
    pub name: String,
    /// The line of the rule that took them; `None` where the model did.
    pub pattern: Option<String>,
    /// How surely they play it; `None` where a rule took them.
    pub probability: Option<Confidence>,
    /// The words taken, in the order of the text.
    pub words: Vec<Span>,
}

/// How some words became a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// What the value is of.
    pub about: About,
    /// The value.
    pub value: String,
    /// The words, those that are explained first.
    pub words: Vec<Span>,
    /// Why they mean it.
    pub because: Reason,
}

/// Why a finding is of the contact that others told before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grouping {
    /// It is a remark on that contact.
    Remark,
    /// It tells the same contact again.
    Telling {
        /// What its parties have to do with those told before.
        parties: SharedParties,
        /// Whether dates are told that agree; else none is told against it.
        dates_agree: bool,
    },
}

/// What the parties of a telling have to do with those of the contact told before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SharedParties {
    /// Its words mean them: "the two leaders".
    MeantByGroup,
    /// It names none, and this is the latest contact that fits.
    NoneNamed,
    /// It names one of them, and this is the latest contact of that party that fits.
    OneNamed,
    /// They are the same.
    Same,
    /// They talk during the visit that is the contact.
    TalkDuringVisit,
}

/// Why words mean a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// The rule of that name tells the kind.
    Rule(String),
    /// The words name the party.
    Name(Option<KnownPerson>),
    /// The words are a form of this name of the party.
    NameForm(String, Option<KnownPerson>),
    /// The words stand for this state or body: "the Kremlin".
    StandsFor(String),
    /// The words mean the parties spoken of: "the two leaders".
    PartiesSpokenOf,
    /// The party holds the office that the words tell.
    OfficeHolder {
        /// The office, as the gazetteer calls it.
        office: String,
        /// The day on which it is asked who holds it.
        on: Date,
    },
    /// The report tells the party in the office that the words tell.
    ToldInOffice,
    /// The words tell the party by its office alone.
    OfficeAlone {
        /// Who holds it by the gazetteer, and on which day that was asked.
        holder: Option<(String, Date)>,
    },
    /// A pronoun means somebody spoken of elsewhere.
    SpokenOf {
        /// Whether that is the subject of its sentence.
        is_subject: bool,
        /// So many sentences before, 0 for the same one; `None` where it stands behind the pronoun.
        sentences_before: Option<usize>,
    },
    /// A pronoun means whoever speaks there.
    Speaker,
    /// The party receives at the place of a visit.
    ReceivesVisit,
    /// The party is one to the contact told before.
    PartyToldBefore,
    /// The report tells the office of the party.
    OfficeTold,
    /// The party holds the office by the gazetteer, since that day where it is known.
    OfficeHeld(Option<Date>),
    /// A date that needs no other day to be understood.
    DateInFull,
    /// A date counted from the day last spoken of.
    DateFromDaySpokenOf,
    /// A date counted from the day of publication.
    DateFromPublication {
        /// That day.
        published: Date,
        /// The tense by which it was counted back or ahead, where one was told.
        tense: Option<ClauseTense>,
    },
    /// The model reads it so from all tellings together, as surely as that.
    Read(Confidence),
    /// The model reads another status, which the day rules out.
    Overruled {
        /// What the tellings say by themselves.
        told: Status,
        /// What makes it another.
        by: Overruling,
    },
    /// No words state the value.
    Inferred(Inferred),
}

/// Somebody in the gazetteer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownPerson {
    /// The name there.
    pub name: String,
    /// The Wikidata id, where the gazetteer has one.
    pub wikidata: Option<String>,
}

/// The tense of the clause in which a date stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClauseTense {
    /// It tells what was.
    Past,
    /// It tells what is still to come.
    Future,
}

/// What makes a status another than its words say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Overruling {
    /// The date is still to come.
    DateAhead,
    /// The date is over.
    DateOver,
}

/// What a reason is given for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    /// Who is meant.
    Party,
    /// The office of a party.
    Office,
    /// When.
    Date,
    /// How things stand.
    Status,
    /// How surely.
    Certainty,
    /// How the parties were in contact.
    Kind,
    /// Where.
    Place,
}

impl fmt::Display for About {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(f)
    }
}
