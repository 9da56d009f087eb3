//! Why a value follows from words that do not state it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::Edtf;

/// Why a value follows from words that do not state it.
///
/// Written down, each is a name in snake case, with its data where it has some; books keep them so. A name, once given,
/// stays as it is.
///
/// ```
/// use daybook_record::Inferred;
/// assert!(Inferred::OpeningIsOfPublicationDay.is_publication_day());
/// assert!(!Inferred::ToldNext.is_publication_day());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Inferred {
    /// An official account tells no day: the contact was on the day of publication.
    OfficialIsOfPublicationDay,
    /// A report opens with a contact and gives no day: it was on the day of publication.
    OpeningIsOfPublicationDay,
    /// The sentence before tells where a party was on a day.
    StayInSentenceBefore,
    /// Counted from another contact that the words name.
    CountedFromOtherContact,
    /// One of several calls that the report says were made on a day.
    OneOfListedCalls,
    /// Told as what came next after another contact.
    ToldNext,
    /// Told beside a visit to the country of the other party.
    DuringVisit,
    /// Talks of one stay are told on several days.
    TalksOfOneStay,
    /// A time phrase means this on any day on which the report may have been published.
    OnAnyPublicationDay,
    /// A time phrase lies within this on any day on which the report may have been published.
    WithinOnAnyPublicationDay,
    /// Who speaks at a place or an event is there in person.
    SpokeInPerson,
    /// An official account says "spoke" of a telephone call.
    OfficialSpoke,
    /// A visit takes place where its host is.
    HostOfVisit,
    /// A statement without a verb of saying.
    NoVerbOfSaying,
    /// The same speaker goes on in the same paragraph.
    SpeakerGoesOnInParagraph,
    /// The clause shares a subject with another.
    SharedSubject,
    /// The subject of the clause is the speaker.
    SubjectOfClause,
    /// A pronoun means who is spoken of before.
    PronounForSpokenOf,
    /// A pronoun means whoever spoke before.
    PronounForSpeaker,
    /// A pronoun means the several spoken of right before.
    PronounForSeveral,
    /// A pronoun means those of whose contact is told right before.
    PronounForParties,
    /// Whoever spoke last goes on.
    SpeakerGoesOn,
    /// The same speaker says both in one sentence.
    SaidInSameSentence,
    /// Somebody told in an office took it on that day.
    TookOffice {
        /// Who.
        name: String,
        /// The office, as the gazetteer calls it.
        office: String,
        /// The first day.
        on: Date,
    },
    /// Somebody told in an office held it at those times.
    HeldOffice {
        /// Who.
        name: String,
        /// The office, as the gazetteer calls it.
        office: String,
        /// Intervals; an end that is not known is open.
        terms: Vec<Edtf>,
    },
    /// Somebody told as a former holder of an office held it at those times.
    LeftOffice {
        /// Who.
        name: String,
        /// The office, as the gazetteer calls it.
        office: String,
        /// Intervals; an end that is not known is open.
        terms: Vec<Edtf>,
    },
    /// Somebody after whom a government is called led one at those times.
    LedGovernment {
        /// Who.
        name: String,
        /// Intervals; an end that is not known is open.
        terms: Vec<Edtf>,
    },
    /// The report is headed with this day.
    Dateline,
    /// A day told without its year is still to come.
    YearlessAhead,
    /// A day told without its year is over.
    YearlessOver,
    /// A day told with its weekday is still to come.
    WeekdayAhead,
    /// A day told with its weekday is over.
    WeekdayOver,
    /// A day told with its weekday is one of few years.
    WeekdayOfYear,
    /// A date was over when the report was written.
    DateOver,
    /// A date was still to come when the report was written.
    DateAhead,
    /// A month or a year was not over when the report was written.
    DateNotOver,
    /// What an earlier version of Daybook wrote down, in its words.
    Sentence(String),
}

impl Inferred {
    /// Whether a contact was given the day of publication, since its report tells no day for it.
    pub fn is_publication_day(&self) -> bool {
        matches!(self, Inferred::OfficialIsOfPublicationDay | Inferred::OpeningIsOfPublicationDay)
    }
}
