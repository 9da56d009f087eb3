//! Why an account is as it is: the rules that fired, what they took, and how words became values.

use std::fmt;

use jiff::civil::Date;
use serde::Serialize;

use crate::{Inferred, Span, Status};

/// Why an account is as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Explanation {
    /// What the rules found of the contact: the tellings that were put together, then remarks on it.
    pub findings: Vec<Finding>,
    /// How words became values.
    pub reasons: Vec<Decided>,
}

/// A rule that fired.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule's name.
    pub rule: String,
    /// What it tells: a kind of contact, or what it remarks on one.
    pub yields: String,
    /// The file that the rule stands in.
    pub file: String,
    /// The line of the file at which the rule begins, from 1.
    pub line: usize,
    /// The words in which it fired.
    pub words: Span,
    /// What each line of the rule took.
    pub captures: Vec<Capture>,
    /// Why it is of this contact, where it is not the first telling of it.
    pub joined: Option<Grouping>,
}

/// What a line of a rule took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capture {
    /// What the rule calls it.
    pub name: String,
    /// The line of the rule.
    pub pattern: String,
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
    /// What decided how things stand; `None` where no word did.
    Status {
        /// What the deciding word is.
        cue: Option<StatusCue>,
        /// What it says by itself, and what makes the status another.
        overruled: Option<(Status, Overruling)>,
    },
    /// On what the certainty rests.
    Certainty(CertaintyCue),
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

/// What the word is that decides how things stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StatusCue {
    /// A word for what is called off.
    CallingOff,
    /// A word for what is put off.
    PuttingOff,
    /// A word for refusing.
    Refusing,
    /// A word for denying.
    Denying,
    /// A word for what did not come about.
    Failing,
    /// A word for what is wanted.
    Wanting,
    /// A word for what is to come.
    Coming,
    /// A word for what is going on.
    GoingOn,
    /// It is negated.
    Negation,
    /// The future tense.
    FutureTense,
    /// An auxiliary for what is not sure.
    UnsureAuxiliary,
    /// An infinitive or noun for what is to come.
    Unfinished,
    /// The progressive.
    Progressive,
    /// The past tense.
    PastTense,
    /// A verb that nothing denies.
    PlainVerb,
    /// A noun that nothing denies.
    PlainNoun,
}

/// What makes a status another than its words say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Overruling {
    /// The date is still to come.
    DateAhead,
    /// The date is over.
    DateOver,
    /// One side means to, and no date is told.
    OneSideMeansTo,
    /// Another sentence tells that it took place.
    ToldAsHeld,
    /// The date may still be to come.
    DatePossiblyAhead,
}

/// On what a certainty rests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CertaintyCue {
    /// A word for it.
    Word,
    /// The report's own voice.
    OwnVoice,
    /// The report's own voice, or the word of a party to the contact.
    OwnVoiceOrParty,
    /// The word of somebody who is no party to it.
    ThirdParty,
    /// It is told as possible or expected.
    Possible,
    /// It is told as not confirmed.
    NotConfirmed,
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
