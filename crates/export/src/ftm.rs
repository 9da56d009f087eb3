//! Writes entries as FollowTheMoney entities, in JSON Lines that Aleph and ftmstore load.
//!
//! An entry becomes an `Event`, a party a `Person`, `PublicBody` or `Organization`, a report an `Article`, and a contact
//! of two that took place an `UnknownLink` between them. An entity's id follows from what it stands for alone, so that
//! exports of different days and books can be loaded together.

use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use daybook_record::{Edtf, Entry, Member, Party, PartyKind, Source};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::clock::Clock;
use crate::labels::{is_link, kind, party, reports, title, took_place};
use crate::lists::rows;
use crate::pairs::{Pair, pairs};
use crate::plain::{one_line, plain};

/// The codes of countries as FollowTheMoney writes them.
const COUNTRIES: &str = include_str!("../data/ftm_countries.csv");

/// Writes the entries; an error is one of `out`. Events and links are written as they come, parties and reports, which
/// several entries share, at the end.
pub fn write<E: Borrow<Entry>>(
    mut out: impl Write + Send,
    entries: impl IntoIterator<Item = E>,
) -> io::Result<()> {
    let mut shared = Shared::default();
    let clock = Clock::new();
    for entry in entries {
        let entry = entry.borrow();
        shared.add(entry);
        write_one(&mut out, &event(entry, &clock))?;
        for link in links(entry, &clock) {
            write_one(&mut out, &link)?;
        }
    }
    shared.0.values().try_for_each(|entity| write_one(&mut out, entity))?;
    out.flush()
}

fn write_one(out: &mut impl Write, entity: &Entity) -> io::Result<()> {
    serde_json::to_writer(&mut *out, entity)?;
    out.write_all(b"\n")
}

#[derive(Serialize)]
struct Entity {
    id: String,
    schema: &'static str,
    properties: BTreeMap<&'static str, BTreeSet<String>>,
}

impl Entity {
    fn new(id: String, schema: &'static str) -> Entity {
        Entity { id, schema, properties: BTreeMap::new() }
    }

    fn with(mut self, property: &'static str, values: impl IntoIterator<Item = String>) -> Entity {
        let values = values.into_iter().map(|value| plain(&value)).filter(|value| !value.trim().is_empty());
        let values: BTreeSet<String> = values.collect();
        if !values.is_empty() {
            self.properties.entry(property).or_default().extend(values);
        }
        self
    }
}

/// Parties and reports by id, each with all that the entries tell of it.
#[derive(Default)]
struct Shared(BTreeMap<String, Entity>);

impl Shared {
    fn add(&mut self, entry: &Entry) {
        for member in entry.parties.iter().chain(&entry.present) {
            self.merge(someone(member));
        }
        for report in reports(entry) {
            self.merge(article(report));
        }
    }

    fn merge(&mut self, entity: Entity) {
        match self.0.get_mut(&entity.id) {
            Some(known) => {
                for (property, values) in entity.properties {
                    known.properties.entry(property).or_default().extend(values);
                }
            }
            None => drop(self.0.insert(entity.id.clone(), entity)),
        }
    }
}

/// An id that follows from the parts: what it stands for, and what tells it from all others of the kind.
fn id(what: &str, parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    let hex: String = hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    format!("daybook-{what}-{hex}")
}

/// A party's schema is part of its id, since two schemata can't be merged.
fn party_id(member: &Member) -> String {
    id(schema(&member.party).1, &[&member.identity])
}

fn schema(party: &Party) -> (&'static str, &'static str) {
    match party.kind {
        PartyKind::Person => ("Person", "person"),
        PartyKind::State => ("PublicBody", "state"),
        PartyKind::Body | PartyKind::Document => ("Organization", "body"),
    }
}

fn someone(member: &Member) -> Entity {
    let who = &member.party;
    let entity = Entity::new(party_id(member), schema(who).0)
        .with("name", [party(who)])
        .with("country", who.country.as_deref().and_then(country))
        .with("wikidataId", who.wikidata.iter().filter(|id| is_wikidata(id)).cloned());
    match who.kind {
        PartyKind::Person => entity.with("position", who.office.iter().map(|office| one_line(office))),
        _ => entity,
    }
}

fn is_wikidata(id: &str) -> bool {
    id.strip_prefix('Q')
        .is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()))
}

fn country(code: &str) -> Option<String> {
    let row = rows(COUNTRIES).find(|row| row.first() == Some(&code))?;
    row.get(1).map(|code| code.to_string())
}

fn article_id(report: &Source) -> String {
    id("report", &[&report.id])
}

fn article(report: &Source) -> Entity {
    let heading = report.title.clone().unwrap_or_else(|| report.name.clone());
    Entity::new(article_id(report), "Article")
        .with("title", [one_line(&heading)])
        .with("fileName", [one_line(&report.name)])
        .with("publisher", report.publisher.iter().map(|publisher| one_line(publisher)))
        .with("publishedAt", report.published.map(|day| day.to_string()))
        .with("sourceUrl", report.url.iter().filter(|url| is_link(url)).cloned())
}

fn event(entry: &Entry, clock: &Clock) -> Entity {
    let involved = entry.parties.iter().chain(&entry.present).map(party_id);
    let event = Entity::new(id("event", &[&entry.id]), "Event")
        .with("name", [title(entry)])
        .with("involved", involved)
        // Links have no such property in every version of FollowTheMoney; they lead to the event by `recordId`.
        .with("proof", reports(entry).into_iter().map(article_id))
        .with("location", entry.place.iter().map(|place| one_line(&place.value)))
        .with("keywords", keywords(entry))
        .with("summary", entry.topics.iter().map(|topic| one_line(&topic.value)))
        .with("description", entry.accounts.iter().map(|account| one_line(&account.words)))
        .with("notes", notes(entry));
    dated(sourced(event, entry), entry, clock)
}

/// Who was in contact with whom, for contacts of few that took place: at a gathering, that all were there says it.
fn links(entry: &Entry, clock: &Clock) -> Vec<Entity> {
    if !took_place(entry) || entry.kind.value == daybook_record::Kind::Gathering {
        return Vec::new();
    }
    pairs(entry).into_iter().filter_map(|pair| link(entry, pair, clock)).collect()
}

fn link(entry: &Entry, pair: Pair, clock: &Clock) -> Option<Entity> {
    let [from, to] = [pair.from, pair.to].map(|number| entry.parties.get(number).map(party_id));
    let (from, to) = (from?, to?);
    let entity = Entity::new(id("link", &[&entry.id, &from, &to]), "UnknownLink")
        .with("subject", [from])
        .with("object", [to])
        .with("role", [kind(entry.kind.value).to_string()])
        .with("status", [entry.status.value.to_string()])
        .with("summary", [title(entry)]);
    Some(dated(sourced(entity, entry), entry, clock))
}

fn sourced(entity: Entity, entry: &Entry) -> Entity {
    let reports = reports(entry);
    let links = reports.iter().filter_map(|report| report.url.clone()).filter(|url| is_link(url));
    entity
        .with("recordId", [entry.id.clone()])
        .with("publisher", reports.iter().filter_map(|report| report.publisher.as_deref()).map(one_line))
        .with("sourceUrl", links)
}

/// A day, month or year as `date`, with the time where it is told; anything else by its ends.
fn dated(entity: Entity, entry: &Entry, clock: &Clock) -> Entity {
    let Some(date) = entry.date.as_ref().map(|date| &date.value) else { return entity };
    match date {
        Edtf::Day(_) => entity.with("date", [moment(entry, date, clock)]),
        Edtf::Month(..) | Edtf::Year(_) => entity.with("date", [date.to_string()]),
        _ => entity
            .with("startDate", date.first().map(|day| day.to_string()))
            .with("endDate", date.last().map(|day| day.to_string())),
    }
}

/// The day with the time in UTC where the zone is told; FollowTheMoney has no local times.
fn moment(entry: &Entry, date: &Edtf, clock: &Clock) -> String {
    let time = entry.time.as_ref().zip(date.day());
    let moment = time.and_then(|(time, day)| clock.moment(day, &time.value));
    moment.map_or(date.to_string(), |moment| moment.timestamp().strftime("%Y-%m-%dT%H:%M:%S").to_string())
}

fn keywords(entry: &Entry) -> [String; 3] {
    [entry.kind.value.to_string(), entry.status.value.to_string(), entry.certainty.value.to_string()]
}

/// What the schema has no property for.
fn notes(entry: &Entry) -> Vec<String> {
    let mut notes = vec![format!("standing: {}", entry.credibility.standing)];
    notes.extend(entry.date.iter().map(|date| format!("date as told: {}", date.value)));
    notes.extend(entry.time.iter().map(|time| one_line(&format!("time as told: {}", time.value))));
    notes
        .extend(entry.duration.iter().map(|duration| one_line(&format!("duration: {}", duration.value.iso))));
    let flags = [
        ("several occasions told as one", entry.aggregate),
        ("withdrawn by its publishers", entry.withdrawn),
    ];
    notes.extend(flags.into_iter().filter(|(_, holds)| *holds).map(|(note, _)| note.to_string()));
    let disputed = entry.disputed();
    if !disputed.is_empty() {
        notes.push(format!("accounts disagree on: {}", disputed.join(", ")));
    }
    notes
}
