//! Writes entries as PLOVER event data: one JSON object a line for each ordered pair of parties.
//!
//! Categories, modes, scores, codes of countries and sectors follow the manual of PLOVER (draft of 2021 and later); the
//! CAMEO code stands beside. The tables are in `data/`. [`crate::schema::PLOVER`] describes the output.

use std::borrow::Borrow;
use std::io::{self, Write};

use daybook_record::{Certainty, Edtf, Entry, Kind, Member, Party, PartyKind, Schema, Status, StatusCode};
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;

use crate::clock::{Clock, local};
use crate::labels::{party, reports};
use crate::lists::rows;
use crate::pairs::pairs;

/// By category and mode: quad category and score.
const SCORES: &str = include_str!("../data/plover_scores.csv");
/// Codes of countries and bodies that PLOVER writes otherwise, and sectors that follow from them.
const ENTITIES: &str = include_str!("../data/plover_entities.csv");
/// Sectors by words of offices; the first that is found counts.
const SECTORS: &str = include_str!("../data/plover_sectors.csv");

/// So many years before the first report on it, a contact is historical.
const HISTORICAL: i16 = 1;

/// Writes the entries; an error is one of `out`. An entry without parties, or without any day, is left out.
pub fn write<E: Borrow<Entry>>(
    mut out: impl Write + Send,
    entries: impl IntoIterator<Item = E>,
) -> io::Result<()> {
    let clock = Clock::new();
    for entry in entries {
        for event in events(entry.borrow(), &clock) {
            serde_json::to_writer(&mut out, &event)?;
            out.write_all(b"\n")?;
        }
    }
    out.flush()
}

#[derive(Serialize)]
struct Event<'a> {
    id: String,
    date: Date,
    #[serde(skip_serializing_if = "Option::is_none")]
    time: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    enddate: Option<Date>,
    actor: Vec<Entity<'a>>,
    recipient: Vec<Entity<'a>>,
    event: [&'a str; 1],
    mode: Vec<&'a str>,
    context: Vec<&'a str>,
    quad_code: u8,
    event_scale: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    event_loc: Option<Location<'a>>,
    event_text: Vec<&'a str>,
    link: &'a str,
    cite_info: Citation<'a>,
    cameo: &'a str,
    cameo_back: Option<&'a str>,
    daybook: Beside<'a>,
}

#[derive(Clone, Serialize)]
struct Entity<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sector: Option<&'a str>,
    entity_text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    identifier_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    office: Option<&'a str>,
}

#[derive(Clone, Copy, Serialize)]
struct Location<'a> {
    extracted_place: &'a str,
}

#[derive(Clone, Copy, Serialize)]
struct Citation<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publication: Option<&'a str>,
    coder: &'a str,
}

/// What PLOVER has no field for.
#[derive(Clone, Copy, Serialize)]
struct Beside<'a> {
    kind: Kind,
    status: Status,
    certainty: Certainty,
    edtf: Option<&'a Edtf>,
    aggregate: bool,
    withdrawn: bool,
}

/// How an entry is coded, whoever acts on whom.
#[derive(Default)]
struct Coding {
    event: &'static str,
    mode: &'static str,
    cameo: &'static str,
    back: Option<&'static str>,
    mark: &'static str,
    in_pairs: bool,
}

fn events<'a>(entry: &'a Entry, clock: &Clock) -> Vec<Event<'a>> {
    let Some((date, enddate)) = days(entry).filter(|_| !entry.parties.is_empty()) else { return Vec::new() };
    let coding = coding(entry);
    let context = context(entry, &coding);
    let (quad_code, event_scale) = score(coding.event, coding.mode);
    let time = time(entry, clock).filter(|_| enddate.is_none());
    let event = |(number, side): (usize, Sides<'a>)| Event {
        id: format!("{}-{}", entry.id, number + 1),
        date,
        time: time.clone(),
        enddate,
        actor: side.actors,
        recipient: side.recipients,
        event: [coding.event],
        mode: Some(coding.mode).filter(|mode| !mode.is_empty()).into_iter().collect(),
        context: context.clone(),
        quad_code,
        event_scale,
        event_loc: entry.place.as_ref().map(|place| Location { extracted_place: &place.value }),
        event_text: entry.accounts.first().map(|account| account.words.as_str()).into_iter().collect(),
        link: &entry.id,
        cite_info: citation(entry),
        cameo: coding.cameo,
        cameo_back: coding.back.filter(|_| side.directed),
        daybook: beside(entry),
    };
    sides(entry, coding.in_pairs).into_iter().enumerate().map(event).collect()
}

/// The time of day, with the distance from UTC where the zone is told.
fn time(entry: &Entry, clock: &Clock) -> Option<String> {
    let (day, time) = (entry.date.as_ref()?.value.day()?, &entry.time.as_ref()?.value);
    let told = || local(day, time).map(|at| at.strftime("%H:%M").to_string());
    clock.moment(day, time).map(|moment| moment.strftime("%H:%M%:z").to_string()).or_else(told)
}

/// The first day that is meant, and the last where it is another. Where an entry tells none, coders take the day of
/// publication, and so does this.
fn days(entry: &Entry) -> Option<(Date, Option<Date>)> {
    let published = reports(entry).into_iter().filter_map(|report| report.published).min();
    let told = entry.date.as_ref().map(|date| (date.value.first(), date.value.last()));
    let (first, last) = told.unwrap_or((None, None));
    let date = first.or(last).or(published)?;
    Some((date, last.filter(|last| *last != date)))
}

/// Where a contact took place, or is said to have, its class tells mode and codes; else its status does.
fn coding(entry: &Entry) -> Coding {
    let class = &entry.kind.value.class().plover;
    let Some(status) = status_code(entry.status.value) else { return Coding::default() };
    let as_such = status.event == "CONSULT";
    Coding {
        event: &status.event,
        mode: if as_such { &class.mode } else { &status.mode },
        cameo: if as_such { &class.cameo } else { &status.cameo },
        back: Some(class.cameo_back.as_str()).filter(|back| as_such && !back.is_empty()),
        mark: &status.mark,
        in_pairs: status.mutual,
    }
}

fn status_code(status: Status) -> Option<&'static StatusCode> {
    Schema::current().attribute("status")?.value(&status.to_string())?.plover.as_ref()
}

/// The row that begins with `key`.
fn row(table: &'static str, key: &str) -> Vec<&'static str> {
    rows(table).find(|row| row.first() == Some(&key)).unwrap_or_default()
}

fn score(event: &str, mode: &str) -> (u8, f64) {
    let row = rows(SCORES).find(|row| row.first() == Some(&event) && row.get(1) == Some(&mode));
    let row = row.unwrap_or_default();
    let cell = |number: usize| row.get(number).copied().unwrap_or("");
    (cell(2).parse().unwrap_or(0), cell(3).parse().unwrap_or(0.0))
}

/// All that the book holds is diplomacy; the auxiliary modes stand here too, as the manual has it.
fn context<'a>(entry: &Entry, coding: &Coding) -> Vec<&'a str> {
    let uncertain = matches!(entry.certainty.value, Certainty::Possible | Certainty::Unverified);
    let marks = [
        ("historical", coding.event == "CONSULT" && historical(entry)),
        ("hypothetical", coding.mark == "hypothetical" || uncertain),
        ("negation", coding.mark == "negation"),
    ];
    let marks = marks.into_iter().filter_map(|(mark, holds)| holds.then_some(mark));
    std::iter::once("diplomatic").chain(marks).collect()
}

/// Whether the contact lay long before the first report on it.
fn historical(entry: &Entry) -> bool {
    let published = reports(entry).into_iter().filter_map(|report| report.published).min();
    let last = entry.date.as_ref().and_then(|date| date.value.last());
    let until = last.and_then(|last| last.checked_add(HISTORICAL.years()).ok());
    published.zip(until).is_some_and(|(published, until)| until < published)
}

struct Sides<'a> {
    actors: Vec<Entity<'a>>,
    recipients: Vec<Entity<'a>>,
    directed: bool,
}

/// Who acts on whom: each pair in its direction, or in both where none is told. Where there is no pair, or nothing tells
/// who refused whom, all are actors.
fn sides(entry: &Entry, in_pairs: bool) -> Vec<Sides<'_>> {
    let one = |number: usize| entry.parties.get(number).map(entity).into_iter().collect();
    let side = |from, to, directed| Sides { actors: one(from), recipients: one(to), directed };
    let mut found = Vec::new();
    for pair in pairs(entry).into_iter().filter(|_| in_pairs) {
        found.push(side(pair.from, pair.to, pair.directed));
        if !pair.directed {
            found.push(side(pair.to, pair.from, false));
        }
    }
    if found.is_empty() {
        let actors = entry.parties.iter().map(entity).collect();
        found.push(Sides { actors, recipients: Vec::new(), directed: false });
    }
    found
}

fn entity(member: &Member) -> Entity<'_> {
    let (code, sector) = code_and_sector(&member.party);
    Entity {
        code,
        sector,
        entity_text: party(&member.party),
        identifier_id: member.party.wikidata.as_deref(),
        office: member.party.office.as_deref(),
    }
}

/// PLOVER's code for the country or body, and the sector, where the table, the office or the kind of party tells it.
fn code_and_sector(party: &Party) -> (Option<&str>, Option<&'static str>) {
    let Some(country) = party.country.as_deref() else { return (None, sector_of_office(party)) };
    let known = row(ENTITIES, country);
    let code = known.get(1).copied();
    let sector = known.get(2).copied().filter(|sector| !sector.is_empty());
    let iso = country.len() == 3 && country.bytes().all(|byte| byte.is_ascii_uppercase());
    let state = match code {
        Some(code) => !matches!(code, "IGO" | "UNO" | "EUR" | "NGO" | "IMG"),
        None => iso,
    };
    let governs =
        party.kind == PartyKind::State || (party.kind == PartyKind::Person && party.office.is_some());
    let sector = sector.or_else(|| sector_of_office(party)).or((state && governs).then_some("GOV"));
    (code.or(iso.then_some(country)), sector)
}

fn sector_of_office(party: &Party) -> Option<&'static str> {
    let office = party.office.as_ref()?.to_lowercase();
    let found = rows(SECTORS).find(|row| row.first().is_some_and(|word| office.contains(word)));
    found.and_then(|row| row.get(1).copied())
}

/// The report that the entry is known by.
fn citation(entry: &Entry) -> Citation<'_> {
    let report = entry.accounts.first().map(|account| &account.report);
    Citation {
        url: report.and_then(|report| report.url.as_deref()),
        title: report.and_then(|report| report.title.as_deref()),
        publication: report.and_then(|report| report.publisher.as_deref()),
        coder: "daybook",
    }
}

fn beside(entry: &Entry) -> Beside<'_> {
    Beside {
        kind: entry.kind.value,
        status: entry.status.value,
        certainty: entry.certainty.value,
        edtf: entry.date.as_ref().map(|date| &date.value),
        aggregate: entry.aggregate,
        withdrawn: entry.withdrawn,
    }
}
