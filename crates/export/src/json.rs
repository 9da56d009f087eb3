//! A report and its reading to JSON: every value with the words that say so.
//!
//! Spans are `[start, end)` in Unicode code points of the report's text, or of its title where a field says so.
//! What is not known is `null`. [`crate::schema::RECORD`] describes the whole.

use daybook_record::{
    Account, Dating, Edtf, Evidence, Part, Participation, Party, PartyKind, Reading, Report, Role, Sourced,
    Span,
};
use jiff::civil::Date;
use serde::Serialize;

use crate::code_points::CodePoints;
use crate::explained::{Explained, explained};

pub(crate) type Range = [usize; 2];

/// The record of one report as one line of JSON, without the line's end.
pub fn line(report: &Report, reading: &Reading) -> String {
    serde_json::to_string(&record(report, reading)).expect("texts, numbers and lists of them are always JSON")
}

/// The record of one report as indented JSON, without a line's end after it.
pub fn indented(report: &Report, reading: &Reading) -> String {
    serde_json::to_string_pretty(&record(report, reading))
        .expect("texts, numbers and lists of them are always JSON")
}

#[derive(Serialize)]
struct Record<'a> {
    report: Source<'a>,
    contacts: Vec<Contact<'a>>,
    times: Vec<Time<'a>>,
}

#[derive(Serialize)]
struct Source<'a> {
    id: &'a str,
    published: Option<Date>,
    published_inferred: Option<Inferred<'a>>,
    title: Option<&'a str>,
    publisher: Option<&'a str>,
    url: Option<&'a str>,
}

/// When a report without a date was published.
#[derive(Serialize)]
struct Inferred<'a> {
    edtf: &'a Edtf,
    reasons: Vec<Words<'a>>,
    set_aside: Vec<Words<'a>>,
}

#[derive(Serialize)]
struct Contact<'a> {
    kind: String,
    status: String,
    certainty: String,
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
    evidence: Vec<Range>,
    title_evidence: Vec<Range>,
    sources: Sources<'a>,
    rules: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    explanation: Option<Explained<'a>>,
}

#[derive(Serialize)]
struct Person<'a> {
    name: Option<&'a str>,
    office: Option<&'a str>,
    country: Option<&'a str>,
    #[serde(rename = "type")]
    kind: PartyKind,
    wikidata: Option<&'a str>,
}

#[derive(Serialize)]
struct Member<'a> {
    #[serde(flatten)]
    person: Person<'a>,
    role: Role,
}

#[derive(Serialize)]
struct When<'a> {
    edtf: Option<&'a Edtf>,
    time: Option<String>,
    duration: Option<&'a str>,
    duration_approximate: Option<bool>,
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

#[derive(Serialize)]
struct Words<'a> {
    spans: Vec<Range>,
    title_spans: Vec<Range>,
    inferred: Option<&'a str>,
}

#[derive(Serialize)]
struct Time<'a> {
    span: Range,
    #[serde(rename = "type")]
    kind: &'a str,
    value: Option<&'a str>,
    inferred: Option<&'a str>,
}

fn record<'a>(report: &'a Report, reading: &'a Reading) -> Record<'a> {
    let places =
        Places { title: CodePoints::of(report.part(Part::Title)), text: CodePoints::of(&report.text) };
    let in_text = reading.times.iter().filter(|time| time.span.part == Part::Text);
    let times = in_text
        .map(|t| Time {
            span: places.range(t.span),
            kind: t.kind,
            value: t.value.as_deref(),
            inferred: t.inferred,
        })
        .collect();
    Record {
        report: Source {
            id: &report.id,
            published: report.published,
            published_inferred: reading.dating.as_ref().map(|dating| inferred(dating, &places)),
            title: report.title.as_deref(),
            publisher: report.publisher.as_deref(),
            url: report.url.as_deref(),
        },
        contacts: reading.accounts.iter().map(|account| contact(account, &places)).collect(),
        times,
    }
}

fn inferred<'a>(dating: &'a Dating, places: &Places) -> Inferred<'a> {
    let each = |list: &'a [Evidence]| list.iter().map(|evidence| places.words(evidence)).collect();
    Inferred { edtf: &dating.interval, reasons: each(&dating.reasons), set_aside: each(&dating.set_aside) }
}

fn contact<'a>(account: &'a Account, places: &Places) -> Contact<'a> {
    Contact {
        kind: account.kind.value.to_string(),
        status: account.status.value.to_string(),
        certainty: account.certainty.value.to_string(),
        parties: account.parties.iter().map(member).collect(),
        present: account.present.iter().map(|p| person(&p.value)).collect(),
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
        evidence: places.ranges(&account.evidence, Part::Text),
        title_evidence: places.ranges(&account.evidence, Part::Title),
        sources: sources(account, places),
        rules: &account.rules,
        explanation: account.explanation.as_deref().map(|why| explained(why, places)),
    }
}

fn member(participation: &Participation) -> Member<'_> {
    Member { person: person(&participation.party), role: participation.role }
}

fn person(party: &Party) -> Person<'_> {
    Person {
        name: party.name.as_deref(),
        office: party.office.as_deref(),
        country: party.country.as_deref(),
        kind: party.kind,
        wikidata: party.wikidata.as_deref(),
    }
}

fn when(account: &Account) -> When<'_> {
    When {
        edtf: account.date.as_ref().map(|d| &d.value),
        time: account.time.as_ref().map(|t| t.value.to_string()),
        duration: account.duration.as_ref().map(|d| d.value.iso.as_str()),
        duration_approximate: account.duration.as_ref().map(|d| d.value.approximate),
    }
}

fn sources<'a>(account: &'a Account, places: &Places) -> Sources<'a> {
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

fn values(list: &[Sourced<String>]) -> Vec<&str> {
    list.iter().map(|item| item.value.as_str()).collect()
}

/// Where the words of one report stand, in code points.
pub(crate) struct Places<'a> {
    title: CodePoints<'a>,
    text: CodePoints<'a>,
}

impl Places<'_> {
    fn range(&self, span: Span) -> Range {
        let points = if span.part == Part::Title { &self.title } else { &self.text };
        [points.at(span.start), points.at(span.end)]
    }

    pub(crate) fn ranges(&self, spans: &[Span], part: Part) -> Vec<Range> {
        spans.iter().filter(|span| span.part == part).map(|&span| self.range(span)).collect()
    }

    fn words<'a>(&self, evidence: &'a Evidence) -> Words<'a> {
        Words {
            spans: self.ranges(&evidence.spans, Part::Text),
            title_spans: self.ranges(&evidence.spans, Part::Title),
            inferred: evidence.inferred.as_deref(),
        }
    }

    fn one<'a, T>(&self, value: &'a Option<Sourced<T>>) -> Option<Words<'a>> {
        value.as_ref().map(|value| self.words(&value.evidence))
    }

    fn each<'a, T>(&self, values: &'a [Sourced<T>]) -> Vec<Words<'a>> {
        values.iter().map(|value| self.words(&value.evidence)).collect()
    }
}
