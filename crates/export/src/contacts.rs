//! The JSON of contacts: every value, and the words that say so.

use daybook_record::{Account, Confidence, Reading, Sourced};
use serde::Serialize;

use crate::explained::{Explained, explained};
use crate::parties::{Member, Person, member, people};
use crate::places::{Places, Range, Words};
use crate::when::When;

#[derive(Serialize)]
pub(crate) struct Contact<'a> {
    kind: String,
    status: String,
    certainty: String,
    confidence: Confidence,
    parties: Vec<Member<'a>>,
    present: Vec<Person<'a>>,
    when: When<'a>,
    place: Option<&'a str>,
    according_to: Vec<&'a str>,
    topics: Vec<&'a str>,
    readout: Readout<'a>,
    first_or_last: Option<&'a str>,
    aggregate: bool,
    count: Option<u32>,
    domestic: bool,
    statements: Vec<usize>,
    evidence: Vec<Range>,
    title_evidence: Vec<Range>,
    sources: Sources<'a>,
    rules: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    explanation: Option<Explained<'a>>,
}

#[derive(Serialize)]
struct Readout<'a> {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    released_by: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    withheld_by: Vec<&'a str>,
}

/// The words that say each value; lists run beside the lists of values.
#[derive(Serialize)]
struct Sources<'a> {
    kind: Words<'a>,
    status: Words<'a>,
    certainty: Words<'a>,
    parties: Vec<Words<'a>>,
    present: Vec<Words<'a>>,
    date: Option<Words<'a>>,
    time: Option<Words<'a>>,
    duration: Option<Words<'a>>,
    place: Option<Words<'a>>,
    according_to: Vec<Words<'a>>,
    topics: Vec<Words<'a>>,
    released_by: Vec<Words<'a>>,
    withheld_by: Vec<Words<'a>>,
    first_or_last: Option<Words<'a>>,
    count: Option<Words<'a>>,
}

/// The contact of so many-th account of the reading.
pub(crate) fn contact<'a>(number: usize, reading: &'a Reading, places: &Places<'a>) -> Contact<'a> {
    let account = &reading.accounts[number];
    let (evidence, title_evidence) = places.both(&account.evidence);
    Contact {
        kind: account.kind.value.to_string(),
        status: account.status.value.to_string(),
        certainty: account.certainty.value.to_string(),
        confidence: account.confidence,
        parties: account.parties.iter().map(member).collect(),
        present: people(&account.present),
        when: when(account),
        place: account.place.as_ref().map(|p| p.value.as_str()),
        according_to: values(&account.according_to),
        topics: values(&account.topics),
        readout: Readout {
            released_by: values(&account.readout.released_by),
            withheld_by: values(&account.readout.withheld_by),
        },
        first_or_last: account.first_or_last.as_ref().map(|f| f.value.as_str()),
        aggregate: account.aggregate,
        count: account.count.as_ref().map(|c| c.value),
        domestic: account.domestic,
        statements: tied(number, reading),
        evidence,
        title_evidence,
        sources: sources(account, places),
        rules: &account.rules,
        explanation: account.explanation.as_deref().map(|why| explained(why, places)),
    }
}

/// The statements that bear on the contact, by their numbers.
fn tied(contact: usize, reading: &Reading) -> Vec<usize> {
    let bears =
        |number: &usize| reading.statements[*number].contacts.iter().any(|t| t.value.account == contact);
    (0..reading.statements.len()).filter(bears).collect()
}

fn when(account: &Account) -> When<'_> {
    let (date, time, duration) = (&account.date, &account.time, &account.duration);
    When::new(
        date.as_ref().map(|date| &date.value),
        time.as_ref().map(|time| &time.value),
        duration.as_ref().map(|duration| &duration.value),
    )
}

fn sources<'a>(account: &'a Account, places: &Places<'a>) -> Sources<'a> {
    Sources {
        kind: places.words(&account.kind.evidence),
        status: places.words(&account.status.evidence),
        certainty: places.words(&account.certainty.evidence),
        parties: account.parties.iter().map(|p| places.words(&p.evidence)).collect(),
        present: places.each(&account.present),
        date: places.one(&account.date),
        time: places.one(&account.time),
        duration: places.one(&account.duration),
        place: places.one(&account.place),
        according_to: places.each(&account.according_to),
        topics: places.each(&account.topics),
        released_by: places.each(&account.readout.released_by),
        withheld_by: places.each(&account.readout.withheld_by),
        first_or_last: places.one(&account.first_or_last),
        count: places.one(&account.count),
    }
}

pub(crate) fn values(list: &[Sourced<String>]) -> Vec<&str> {
    list.iter().map(|item| item.value.as_str()).collect()
}
