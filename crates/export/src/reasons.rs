//! Reasons to words: why words mean a value, why a value follows from words that do not state it, and why what is found
//! is of one contact.

use std::borrow::Cow;

use daybook_record::{
    ClauseTense, Edtf, Grouping, Inferred, KnownPerson, Overruling, Reason, SharedParties, Status,
};

/// Why a value follows, as people read it.
///
/// ```
/// use daybook_record::Inferred;
/// assert_eq!(daybook_export::reasons::inferred(&Inferred::HostOfVisit), "the host of a visit is where it goes");
/// ```
pub fn inferred(why: &Inferred) -> Cow<'_, str> {
    match why {
        Inferred::TookOffice { name, office, on } => Cow::from(format!("{name} became {office} on {on}")),
        Inferred::HeldOffice { name, office, terms } => {
            Cow::from(format!("{name} was {office} {}", times(terms)))
        }
        Inferred::LeftOffice { name, office, terms } => {
            Cow::from(format!("{name} was {office} {}, and is so no more", times(terms)))
        }
        Inferred::LedGovernment { name, terms } => {
            Cow::from(format!("{name} led the government {}", times(terms)))
        }
        Inferred::Sentence(sentence) => Cow::from(sentence.as_str()),
        other => Cow::from(told_alike(other)),
    }
}

/// A reason whose words are the same for all that it is given for.
fn told_alike(why: &Inferred) -> &'static str {
    match why {
        Inferred::OfficialIsOfPublicationDay => {
            "an official account that tells no day is of the day of its publication"
        }
        Inferred::OpeningIsOfPublicationDay => {
            "what a report opens with and gives no day for is of the day of its publication"
        }
        Inferred::StayInSentenceBefore => "the sentence before tells where one of them was that day",
        Inferred::CountedFromOtherContact => "counted from the other contact that it names",
        Inferred::OneOfListedCalls => "the report says that several such calls were made that day",
        Inferred::ToldNext => "the report tells it as what came next",
        Inferred::DuringVisit => "the report tells it beside the visit to that country",
        Inferred::TalksOfOneStay => "talks of one stay are told on several days",
        Inferred::SpokeInPerson => "who speaks at a place or an event is there in person",
        Inferred::OfficialSpoke => {
            "an official account says \"spoke\" of a telephone call and \"met\" of a meeting"
        }
        Inferred::HostOfVisit => "the host of a visit is where it goes",
        Inferred::NoVerbOfSaying => "it stands as a statement without a verb of saying",
        Inferred::SpeakerGoesOnInParagraph => "the same speaker goes on in the same paragraph",
        Inferred::SharedSubject => "its clause shares this subject",
        Inferred::SubjectOfClause => "it is the subject of the clause",
        Inferred::PronounForSpokenOf => "the pronoun means who is spoken of before",
        Inferred::PronounForSpeaker => "whoever spoke before is meant by the pronoun",
        Inferred::PronounForSeveral => "the pronoun means the several spoken of right before",
        Inferred::PronounForParties => "the pronoun means those of whose contact is told right before",
        Inferred::SpeakerGoesOn => "whoever spoke last goes on",
        Inferred::SaidInSameSentence => "the same speaker says both in one sentence",
        Inferred::OnAnyPublicationDay => {
            "it means this on any day on which the report may have been published"
        }
        Inferred::WithinOnAnyPublicationDay => {
            "it lies within this interval on any day on which the report may have been published"
        }
        Inferred::Dateline => "the report is headed with this day",
        Inferred::YearlessAhead => "still to come, and told without its year",
        Inferred::YearlessOver => "over, and told without its year",
        Inferred::WeekdayAhead => "still to come, and on this weekday in few years",
        Inferred::WeekdayOver => "over, and on this weekday in few years",
        Inferred::WeekdayOfYear => "on this weekday in few years",
        Inferred::DateOver => "over when the report was written",
        Inferred::DateAhead => "still to come when the report was written",
        Inferred::DateNotOver => "not over when the report was written",
        Inferred::TookOffice { .. }
        | Inferred::HeldOffice { .. }
        | Inferred::LeftOffice { .. }
        | Inferred::LedGovernment { .. }
        | Inferred::Sentence(_) => "",
    }
}

/// "From 2009-01-20 to 2017-01-20 and from 2021-01-20 on".
fn times(terms: &[Edtf]) -> String {
    terms.iter().map(time).collect::<Vec<_>>().join(" and ")
}

fn time(term: &Edtf) -> String {
    match (term.first(), term.last()) {
        (Some(from), Some(to)) => format!("from {from} to {to}"),
        (Some(from), None) => format!("from {from} on"),
        (None, Some(to)) => format!("until {to}"),
        (None, None) => "at a time that is not known".to_string(),
    }
}

/// Why words mean a value, as people read it.
///
/// ```
/// use daybook_record::Reason;
/// assert_eq!(daybook_export::reasons::because(&Reason::DateInFull), "told in full");
/// ```
pub fn because(reason: &Reason) -> Cow<'_, str> {
    Cow::from(match reason {
        Reason::Rule(name) => format!("told so by the rule {name}"),
        Reason::Name(known) => format!("by name{}", in_gazetteer(known.as_ref())),
        Reason::NameForm(name, known) => {
            format!("a form of the name {name}{}", in_gazetteer(known.as_ref()))
        }
        Reason::StandsFor(name) => format!("it stands for {name}"),
        Reason::OfficeHolder { office, on } => format!("{office} on {on} by the gazetteer"),
        Reason::OfficeAlone { holder: Some((name, on)) } => {
            format!("told by office; {name} on {on} by the gazetteer")
        }
        Reason::SpokenOf { is_subject, sentences_before } => {
            let who = if *is_subject { "the subject" } else { "a person" };
            format!("{who} {}", place(*sentences_before))
        }
        Reason::OfficeHeld(Some(since)) => format!("held since {since} by the gazetteer"),
        Reason::DateFromPublication { published, tense } => {
            format!("counted from the day of publication, {published}{}", of_tense(*tense))
        }
        Reason::Read(sure) => {
            format!("as the model reads all tellings together, with a probability of {sure}")
        }
        Reason::Overruled { told, by } => overruled(*told, *by),
        Reason::Inferred(why) => format!("inferred: {}", inferred(why)),
        Reason::PartiesSpokenOf => return Cow::from("it means the parties spoken of"),
        Reason::ToldInOffice => return Cow::from("whoever is told in this office"),
        Reason::OfficeAlone { holder: None } => return Cow::from("told by office alone"),
        Reason::Speaker => return Cow::from("whoever speaks there"),
        Reason::ReceivesVisit => return Cow::from("who receives at the place of the visit"),
        Reason::PartyToldBefore => return Cow::from("a party to the contact told before"),
        Reason::OfficeTold => return Cow::from("told so"),
        Reason::OfficeHeld(None) => return Cow::from("held by the gazetteer"),
        Reason::DateInFull => return Cow::from("told in full"),
        Reason::DateFromDaySpokenOf => return Cow::from("counted from the day last spoken of"),
    })
}

/// Why a finding is of the contact told before it, as people read it.
pub fn grouping(why: Grouping) -> Cow<'static, str> {
    let Grouping::Telling { parties, dates_agree } = why else {
        return Cow::from("a remark on the contact told before");
    };
    let parties = match parties {
        SharedParties::MeantByGroup => "its words mean the parties of a contact told before",
        SharedParties::NoneNamed => "it names no party, and the model reads it as this contact",
        SharedParties::OneNamed => "it names one party, and the model reads it as this contact of it",
        SharedParties::Same => "the same parties",
        SharedParties::TalkDuringVisit => "talks during a visit are part of it",
    };
    let dates = if dates_agree { "dates that agree" } else { "no date against it" };
    Cow::from(format!("{parties}; {dates}"))
}

fn in_gazetteer(known: Option<&KnownPerson>) -> String {
    let Some(KnownPerson { name, wikidata }) = known else { return String::new() };
    let number = wikidata.as_ref().map_or(String::new(), |id| format!(", {id}"));
    format!("; in the gazetteer as {name}{number}")
}

/// Where the words for somebody stand, seen from a pronoun.
fn place(sentences_before: Option<usize>) -> Cow<'static, str> {
    match sentences_before {
        None => Cow::from("behind it"),
        Some(0) => Cow::from("before it"),
        Some(1) => Cow::from("of the sentence before"),
        Some(n) => Cow::from(format!("{n} sentences before")),
    }
}

fn of_tense(tense: Option<ClauseTense>) -> &'static str {
    match tense {
        Some(ClauseTense::Past) => ", in the past tense",
        Some(ClauseTense::Future) => ", as still to come",
        None => "",
    }
}

fn overruled(told: Status, by: Overruling) -> String {
    let by = match by {
        Overruling::DateAhead => "the date is still to come",
        Overruling::DateOver => "the date is over",
    };
    format!("by itself {}; {by}", told.to_string().replace('_', " "))
}
