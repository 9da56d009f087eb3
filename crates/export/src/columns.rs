//! The columns of the flat table of entries, the same for CSV, Parquet and Arrow.

use daybook_record::{Entry, Member, Source, Version};
use jiff::civil::{Date, date};

use crate::labels::{is_link, party, reports};
use crate::plain::{one_line, plain};

/// A column: its name, and how an entry gives its value.
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// How an entry gives its value.
    pub values: Values,
}

/// How an entry gives a column's value, by the type of the values.
pub enum Values {
    /// Text, lists with "; " between their items; none where it is not told.
    Text(fn(&Entry) -> Option<String>),
    /// A day; none where it is not told.
    Day(fn(&Entry) -> Option<Date>),
    /// A number of things.
    Number(fn(&Entry) -> i64),
    /// A share, from 0 to 1.
    Share(fn(&Entry) -> f64),
    /// Yes or no.
    Truth(fn(&Entry) -> bool),
}

const fn text(name: &'static str, value: fn(&Entry) -> Option<String>) -> Column {
    Column { name, values: Values::Text(value) }
}

const fn day(name: &'static str, value: fn(&Entry) -> Option<Date>) -> Column {
    Column { name, values: Values::Day(value) }
}

const fn number(name: &'static str, value: fn(&Entry) -> i64) -> Column {
    Column { name, values: Values::Number(value) }
}

const fn share(name: &'static str, value: fn(&Entry) -> f64) -> Column {
    Column { name, values: Values::Share(value) }
}

const fn truth(name: &'static str, value: fn(&Entry) -> bool) -> Column {
    Column { name, values: Values::Truth(value) }
}

/// The columns, in order.
pub const COLUMNS: &[Column] = &[
    text("id", |e| told(&e.id)),
    text("kind", |e| Some(e.kind.value.to_string())),
    text("status", |e| Some(e.status.value.to_string())),
    text("certainty", |e| Some(e.certainty.value.to_string())),
    text("date", |e| e.date.as_ref().map(|d| d.value.to_string())),
    day("first_day", |e| e.date.as_ref()?.value.first()),
    day("last_day", |e| e.date.as_ref()?.value.last()),
    text("time", |e| e.time.as_ref().map(|t| format!("{:02}:{:02}", t.value.hour, t.value.minute))),
    text("zone", |e| told(e.time.as_ref()?.value.zone.as_ref()?)),
    text("duration", |e| told(&e.duration.as_ref()?.value.iso)),
    truth("duration_approximate", |e| e.duration.as_ref().is_some_and(|d| d.value.approximate)),
    text("parties", |e| of_parties(e, |m| party(&m.party))),
    text("roles", |e| of_parties(e, |m| m.role.to_string())),
    text("offices", |e| of_parties(e, |m| or_empty(&m.party.office))),
    text("countries", |e| of_parties(e, |m| or_empty(&m.party.country))),
    text("types", |e| of_parties(e, |m| m.party.kind.to_string())),
    text("wikidata", |e| of_parties(e, |m| or_empty(&m.party.wikidata))),
    text("identities", |e| of_parties(e, |m| m.identity.clone())),
    text("present", |e| joined(e.present.iter().map(|m| party(&m.party)))),
    text("place", |e| told(&e.place.as_ref()?.value)),
    text("topics", |e| versions(&e.topics)),
    truth("aggregate", |e| e.aggregate),
    truth("domestic", |e| e.domestic),
    truth("withdrawn", |e| e.withdrawn),
    share("confidence", |e| e.confidence.share()),
    text("standing", |e| Some(e.credibility.standing.to_string())),
    number("sources", |e| count(e.credibility.sources)),
    text("disputed", |e| joined(e.disputed().into_iter().map(String::from))),
    text("readouts", |e| joined(e.readouts.iter().map(|r| r.side.clone()))),
    text("withheld_by", |e| versions(&e.withheld_by)),
    number("reports", |e| count(reports(e).len())),
    day("first_published", |e| reports(e).into_iter().filter_map(|r| r.published).min()),
    day("last_published", |e| reports(e).into_iter().filter_map(|r| r.published).max()),
    text("publishers", |e| of_reports(e, |r| or_empty(&r.publisher))),
    text("urls", |e| of_reports(e, |r| or_empty(&r.url.clone().filter(|url| is_link(url))))),
    text("words", |e| told(&e.accounts.first()?.words)),
];

/// Days since 1970, as Parquet and Arrow count them.
pub fn days(day: Date) -> i32 {
    const EPOCH: Date = date(1970, 1, 1);
    EPOCH.until(day).map_or(0, |span| span.get_days())
}

fn told(value: &str) -> Option<String> {
    Some(plain(value)).filter(|value| !value.is_empty())
}

fn or_empty(value: &Option<String>) -> String {
    value.clone().unwrap_or_default()
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn of_parties(entry: &Entry, value: fn(&Member) -> String) -> Option<String> {
    joined(entry.parties.iter().map(value))
}

fn of_reports(entry: &Entry, value: fn(&Source) -> String) -> Option<String> {
    joined(reports(entry).into_iter().map(value))
}

fn versions(list: &[Version<String>]) -> Option<String> {
    joined(list.iter().map(|version| version.value.clone()))
}

/// The items in one cell, "; " between them; a semicolon within an item becomes a comma. `None` where there are none.
fn joined(items: impl Iterator<Item = String>) -> Option<String> {
    let items: Vec<String> = items.map(|item| one_line(&item).replace(';', ",")).collect();
    (!items.is_empty()).then(|| items.join("; "))
}
