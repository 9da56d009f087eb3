//! The JSON of statements, claims and the factuality of events.

use daybook_record::{Act, Bearing, Claim, Doubt, Edtf, EventMention, Polarity, Sourced, Statement, Tie};
use serde::Serialize;

use crate::contacts::values;
use crate::parties::{Person, people, person};
use crate::places::{Places, Range, Words};

#[derive(Serialize)]
pub(crate) struct Said<'a> {
    content: Vec<Range>,
    title_content: Vec<Range>,
    cue: Vec<Range>,
    title_cue: Vec<Range>,
    source: Vec<Range>,
    title_source: Vec<Range>,
    speaker: Option<Person<'a>>,
    speakers: Vec<Person<'a>>,
    relayed_by: Vec<Person<'a>>,
    act: Act,
    polarity: Polarity,
    quoted: bool,
    quotes: Vec<Range>,
    title_quotes: Vec<Range>,
    addressee: Option<&'a str>,
    occasions: Vec<&'a str>,
    place: Option<&'a str>,
    date: Option<&'a Edtf>,
    contacts: Vec<Tied>,
    within: Option<usize>,
    sources: Sources<'a>,
}

#[derive(Serialize)]
struct Tied {
    contact: usize,
    bearing: Bearing,
}

/// The words that say each value; lists run beside the lists of values.
#[derive(Serialize)]
struct Sources<'a> {
    speakers: Vec<Words<'a>>,
    relayed_by: Vec<Words<'a>>,
    act: Words<'a>,
    polarity: Words<'a>,
    addressee: Option<Words<'a>>,
    occasions: Vec<Words<'a>>,
    place: Option<Words<'a>>,
    date: Option<Words<'a>>,
    contacts: Vec<Words<'a>>,
}

#[derive(Serialize)]
pub(crate) struct Claimed<'a> {
    content: Vec<Range>,
    title_content: Vec<Range>,
    doubt: Doubt,
    published_by: Vec<Person<'a>>,
    alleged_by: Vec<Person<'a>>,
    denied_by: Vec<Person<'a>>,
    statements: &'a [usize],
    sources: ClaimSources<'a>,
}

#[derive(Serialize)]
struct ClaimSources<'a> {
    doubt: Words<'a>,
    published_by: Vec<Words<'a>>,
    alleged_by: Vec<Words<'a>>,
    denied_by: Vec<Words<'a>>,
}

/// How far the event that a word tells is a fact.
#[derive(Serialize)]
pub(crate) struct Factual {
    span: Range,
    value: f64,
    label: &'static str,
}

pub(crate) fn said<'a>(statement: &'a Statement, places: &Places<'a>) -> Said<'a> {
    let (content, title_content) = places.both(&statement.content);
    let (cue, title_cue) = places.both(statement.cue.as_slice());
    let (source, title_source) = places.both(statement.source.as_slice());
    let (quotes, title_quotes) = places.both(&statement.quotes);
    Said {
        content,
        title_content,
        cue,
        title_cue,
        source,
        title_source,
        speaker: statement.speakers.first().map(|first| person(&first.value)),
        speakers: people(&statement.speakers),
        relayed_by: people(&statement.relayed_by),
        act: statement.act.value,
        polarity: statement.polarity.value,
        quoted: statement.quoted(),
        quotes,
        title_quotes,
        addressee: told(&statement.addressee),
        occasions: values(&statement.occasions),
        place: told(&statement.place),
        date: statement.date.as_ref().map(|date| &date.value),
        contacts: statement.contacts.iter().map(|tie| tied(tie.value)).collect(),
        within: statement.within,
        sources: sources(statement, places),
    }
}

fn told(value: &Option<Sourced<String>>) -> Option<&str> {
    value.as_ref().map(|value| value.value.as_str())
}

fn tied(tie: Tie) -> Tied {
    Tied { contact: tie.account, bearing: tie.bearing }
}

fn sources<'a>(statement: &'a Statement, places: &Places<'a>) -> Sources<'a> {
    Sources {
        speakers: places.each(&statement.speakers),
        relayed_by: places.each(&statement.relayed_by),
        act: places.words(&statement.act.evidence),
        polarity: places.words(&statement.polarity.evidence),
        addressee: places.one(&statement.addressee),
        occasions: places.each(&statement.occasions),
        place: places.one(&statement.place),
        date: places.one(&statement.date),
        contacts: places.each(&statement.contacts),
    }
}

pub(crate) fn claimed<'a>(claim: &'a Claim, places: &Places<'a>) -> Claimed<'a> {
    let (content, title_content) = places.both(&claim.content);
    Claimed {
        content,
        title_content,
        doubt: claim.doubt.value,
        published_by: people(&claim.published_by),
        alleged_by: people(&claim.alleged_by),
        denied_by: people(&claim.denied_by),
        statements: &claim.statements,
        sources: ClaimSources {
            doubt: places.words(&claim.doubt.evidence),
            published_by: places.each(&claim.published_by),
            alleged_by: places.each(&claim.alleged_by),
            denied_by: places.each(&claim.denied_by),
        },
    }
}

pub(crate) fn factual(event: &EventMention, places: &Places<'_>) -> Factual {
    Factual {
        span: places.range(event.span),
        value: event.factuality.value(),
        label: event.factuality.label(),
    }
}
