//! Writes entries as JSON Lines: one object for each, with every version of every value. [`crate::schema::ENTRY`] describes it.

use std::borrow::Borrow;
use std::io::{self, Write};

use daybook_record::{
    Certainty, Confidence, Credibility, Edtf, Entry, Filed, Kind, Length, Member, PartyKind, Role, Settled,
    SideReadout, Source, Status, Version,
};
use jiff::civil::Date;
use serde::Serialize;

use crate::when::When;

/// Writes the entries; an error is one of `out`.
pub fn write<E: Borrow<Entry>>(
    mut out: impl Write + Send,
    entries: impl IntoIterator<Item = E>,
) -> io::Result<()> {
    for entry in entries {
        serde_json::to_writer(&mut out, &written(entry.borrow()))?;
        out.write_all(b"\n")?;
    }
    out.flush()
}

#[derive(Serialize)]
struct Written<'a> {
    id: &'a str,
    kind: Kind,
    status: Status,
    certainty: Certainty,
    confidence: Confidence,
    parties: Vec<Someone<'a>>,
    present: Vec<Someone<'a>>,
    when: When<'a>,
    place: Option<&'a str>,
    topics: Vec<&'a str>,
    aggregate: bool,
    domestic: bool,
    readouts: Vec<Readout<'a>>,
    withheld_by: Vec<&'a str>,
    history: Vec<Step<'a>>,
    credibility: &'a Credibility,
    withdrawn: bool,
    disputed: Vec<&'static str>,
    versions: Versions<'a>,
    accounts: Vec<Account<'a>>,
    joined: Vec<Join<'a>>,
}

#[derive(Serialize)]
struct Someone<'a> {
    name: Option<&'a str>,
    office: Option<&'a str>,
    country: Option<&'a str>,
    role: Role,
    #[serde(rename = "type")]
    kind: PartyKind,
    wikidata: Option<&'a str>,
    identity: &'a str,
}

#[derive(Serialize)]
struct Readout<'a> {
    side: &'a str,
    report: Option<&'a str>,
    published: Option<Date>,
    url: Option<&'a str>,
}

#[derive(Serialize)]
struct Step<'a> {
    known: Option<Date>,
    status: Status,
    date: Option<&'a Edtf>,
    report: Option<&'a str>,
}

/// All that is told of each field, the version chosen first.
#[derive(Serialize)]
struct Versions<'a> {
    kind: Vec<Told<'a>>,
    status: Vec<Told<'a>>,
    certainty: Vec<Told<'a>>,
    date: Vec<Told<'a>>,
    time: Vec<Told<'a>>,
    duration: Vec<Told<'a>>,
    place: Vec<Told<'a>>,
    topics: Vec<Told<'a>>,
    withheld_by: Vec<Told<'a>>,
}

#[derive(Serialize)]
struct Told<'a> {
    value: String,
    reports: Vec<&'a str>,
    why: Option<&'a str>,
}

#[derive(Serialize)]
struct Account<'a> {
    id: &'a str,
    report: &'a Source,
    words: &'a str,
}

#[derive(Serialize)]
struct Join<'a> {
    accounts: Vec<&'a str>,
    why: &'a str,
}

fn written(entry: &Entry) -> Written<'_> {
    Written {
        id: &entry.id,
        kind: entry.kind.value,
        status: entry.status.value,
        certainty: entry.certainty.value,
        confidence: entry.confidence,
        parties: entry.parties.iter().map(someone).collect(),
        present: entry.present.iter().map(someone).collect(),
        when: when(entry),
        place: entry.place.as_ref().map(|place| place.value.as_str()),
        topics: entry.topics.iter().map(|topic| topic.value.as_str()).collect(),
        aggregate: entry.aggregate,
        domestic: entry.domestic,
        readouts: entry.readouts.iter().map(|one| readout(entry, one)).collect(),
        withheld_by: entry.withheld_by.iter().map(|side| side.value.as_str()).collect(),
        history: entry.history.iter().map(|one| step(entry, one)).collect(),
        credibility: &entry.credibility,
        withdrawn: entry.withdrawn,
        disputed: entry.disputed(),
        versions: versions(entry),
        accounts: entry.accounts.iter().map(account).collect(),
        joined: joined(entry),
    }
}

fn someone(member: &Member) -> Someone<'_> {
    Someone {
        name: member.party.name.as_deref(),
        office: member.party.office.as_deref(),
        country: member.party.country.as_deref(),
        role: member.role,
        kind: member.party.kind,
        wikidata: member.party.wikidata.as_deref(),
        identity: &member.identity,
    }
}

fn when(entry: &Entry) -> When<'_> {
    let (date, time, duration) = (&entry.date, &entry.time, &entry.duration);
    When::new(
        date.as_ref().map(|date| &date.value),
        time.as_ref().map(|time| &time.value),
        duration.as_ref().map(|duration| &duration.value),
    )
}

fn readout<'a>(entry: &'a Entry, readout: &'a SideReadout) -> Readout<'a> {
    let report = entry.accounts.get(readout.account).map(|account| &account.report);
    Readout {
        side: &readout.side,
        report: report.map(|report| report.id.as_str()),
        published: readout.published,
        url: report.and_then(|report| report.url.as_deref()),
    }
}

fn step<'a>(entry: &'a Entry, step: &'a daybook_record::Step) -> Step<'a> {
    let report = reports(entry, &[step.account]).first().copied();
    Step { known: step.known, status: step.status, date: step.date.as_ref(), report }
}

fn versions(entry: &Entry) -> Versions<'_> {
    Versions {
        kind: settled(entry, Some(&entry.kind), Kind::to_string),
        status: settled(entry, Some(&entry.status), Status::to_string),
        certainty: settled(entry, Some(&entry.certainty), Certainty::to_string),
        date: settled(entry, entry.date.as_ref(), Edtf::to_string),
        time: settled(entry, entry.time.as_ref(), |time| time.to_string()),
        duration: settled(entry, entry.duration.as_ref(), length),
        place: settled(entry, entry.place.as_ref(), String::clone),
        topics: entry.topics.iter().map(|topic| told(entry, topic)).collect(),
        withheld_by: entry.withheld_by.iter().map(|side| told(entry, side)).collect(),
    }
}

fn settled<'a, T>(
    entry: &'a Entry,
    settled: Option<&'a Settled<T>>,
    shown: impl Fn(&T) -> String,
) -> Vec<Told<'a>> {
    let Some(settled) = settled else { return Vec::new() };
    let chosen = Told {
        value: shown(&settled.value),
        reports: reports(entry, &settled.accounts),
        why: settled.why.as_deref(),
    };
    let other = |version: &'a Version<T>| Told {
        value: shown(&version.value),
        reports: reports(entry, &version.accounts),
        why: None,
    };
    std::iter::once(chosen).chain(settled.others.iter().map(other)).collect()
}

fn told<'a>(entry: &'a Entry, version: &Version<String>) -> Told<'a> {
    Told { value: version.value.clone(), reports: reports(entry, &version.accounts), why: None }
}

/// A duration with `~` after it where it was told as "about" so long, as EDTF marks dates.
fn length(length: &Length) -> String {
    format!("{}{}", length.iso, if length.approximate { "~" } else { "" })
}

/// The reports of the accounts with these numbers, each once.
fn reports<'a>(entry: &'a Entry, accounts: &[usize]) -> Vec<&'a str> {
    let mut found = Vec::new();
    for account in accounts.iter().filter_map(|&number| entry.accounts.get(number)) {
        if !found.contains(&account.report.id.as_str()) {
            found.push(account.report.id.as_str());
        }
    }
    found
}

fn account(filed: &Filed) -> Account<'_> {
    Account { id: &filed.id, report: &filed.report, words: &filed.words }
}

fn joined(entry: &Entry) -> Vec<Join<'_>> {
    let id = |number: usize| entry.accounts.get(number).map(|account| account.id.as_str());
    let both = |(one, other): (usize, usize)| [one, other].into_iter().filter_map(id).collect();
    entry.joined.iter().map(|join| Join { accounts: both(join.accounts), why: &join.why }).collect()
}
