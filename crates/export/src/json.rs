//! Writes a report and its reading as JSON: every value with the words that say so.
//!
//! Spans are `[start, end)` in Unicode code points of the report's text, or of its title where a field says so.
//! What is not known is `null`. [`crate::schema::RECORD`] describes the whole.

use std::borrow::Cow;

use daybook_record::{Dating, Edtf, Evidence, Part, Reading, Report, Statement, TimePhrase};
use jiff::civil::Date;
use serde::Serialize;

use crate::contacts::{Contact, contact};
use crate::places::{Places, Range, Words};
use crate::reasons;
use crate::statements::{Claimed, Factual, Said, claimed, factual, said};

/// A part of a record that can be written down without the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// The contacts.
    Contacts,
    /// Statements, claims, and the factuality of events.
    Statements,
    /// The time phrases.
    Times,
}

/// The record of one report as one line of JSON, without the line's end; `only` leaves the report and one section.
pub fn line(report: &Report, reading: &Reading, only: Option<Section>) -> String {
    json(&record(report, reading, only))
}

/// The record of one report as indented JSON, without a line's end after it; `only` as for [`line()`].
pub fn indented(report: &Report, reading: &Reading, only: Option<Section>) -> String {
    serde_json::to_string_pretty(&record(report, reading, only))
        .expect("texts, numbers and lists of them are always JSON")
}

/// Each contact of a report as it stands in [`line()`], and the list of the statements that bear on it: the statement of
/// such a number in `statements` of the contact stands at the same place there.
pub fn contacts(report: &Report, reading: &Reading) -> Vec<(String, String)> {
    let places = Places::of(report, reading);
    let written = |number| {
        let bears = |s: &&Statement| s.contacts.iter().any(|tie| tie.value.account == number);
        let statements: Vec<Said<'_>> =
            reading.statements.iter().filter(bears).map(|s| said(s, &places)).collect();
        (json(&contact(number, reading, &places)), json(&statements))
    };
    (0..reading.accounts.len()).map(written).collect()
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("texts, numbers and lists of them are always JSON")
}

/// What belongs to a section that is not asked for is left out.
#[derive(Serialize)]
struct Record<'a> {
    report: Source<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    contacts: Option<Vec<Contact<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    statements: Option<Vec<Said<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    claims: Option<Vec<Claimed<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    factuality: Option<Vec<Factual>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    times: Option<Vec<Time<'a>>>,
}

#[derive(Serialize)]
struct Source<'a> {
    id: &'a str,
    published: Option<Date>,
    published_inferred: Option<PublicationInterval<'a>>,
    title: Option<&'a str>,
    publisher: Option<&'a str>,
    url: Option<&'a str>,
}

/// When a report without a date was published.
#[derive(Serialize)]
struct PublicationInterval<'a> {
    edtf: &'a Edtf,
    reasons: Vec<Words<'a>>,
    set_aside: Vec<Words<'a>>,
}

#[derive(Serialize)]
struct Time<'a> {
    span: Range,
    #[serde(rename = "type")]
    kind: &'a str,
    value: Option<&'a str>,
    inferred: Option<Cow<'a, str>>,
}

fn record<'a>(report: &'a Report, reading: &'a Reading, only: Option<Section>) -> Record<'a> {
    let places = Places::of(report, reading);
    let wanted = |section| only.is_none_or(|only| only == section);
    let (contacts, statements) = (wanted(Section::Contacts), wanted(Section::Statements));
    Record {
        report: source(report, reading, &places),
        contacts: contacts
            .then(|| (0..reading.accounts.len()).map(|number| contact(number, reading, &places)).collect()),
        statements: statements.then(|| reading.statements.iter().map(|s| said(s, &places)).collect()),
        claims: statements.then(|| reading.claims.iter().map(|c| claimed(c, &places)).collect()),
        factuality: statements.then(|| factuality(reading, &places)),
        times: wanted(Section::Times).then(|| times(reading, &places)),
    }
}

fn source<'a>(report: &'a Report, reading: &'a Reading, places: &Places<'a>) -> Source<'a> {
    Source {
        id: &report.id,
        published: report.published,
        published_inferred: reading.dating.as_ref().map(|dating| published(dating, places)),
        title: report.title.as_deref(),
        publisher: report.publisher.as_deref(),
        url: report.url.as_deref(),
    }
}

fn published<'a>(dating: &'a Dating, places: &Places<'a>) -> PublicationInterval<'a> {
    let each = |list: &'a [Evidence]| list.iter().map(|evidence| places.words(evidence)).collect();
    PublicationInterval {
        edtf: &dating.interval,
        reasons: each(&dating.reasons),
        set_aside: each(&dating.set_aside),
    }
}

fn factuality(reading: &Reading, places: &Places<'_>) -> Vec<Factual> {
    let in_text = reading.events.iter().filter(|event| event.span.part == Part::Text);
    in_text.map(|event| factual(event, places)).collect()
}

fn times<'a>(reading: &'a Reading, places: &Places<'a>) -> Vec<Time<'a>> {
    let in_text = reading.times.iter().filter(|time| time.span.part == Part::Text);
    in_text.map(|phrase| time(phrase, places)).collect()
}

fn time<'a>(phrase: &'a TimePhrase, places: &Places<'a>) -> Time<'a> {
    Time {
        span: places.range(phrase.span),
        kind: phrase.kind,
        value: phrase.value.as_deref(),
        inferred: phrase.inferred.as_ref().map(reasons::inferred),
    }
}
