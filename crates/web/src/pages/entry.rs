//! An entry: every value with who tells it and its versions, its history, what was said, its accounts.

use std::fmt::Display;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use daybook::{Entry, Filed, Member, Role, Settled, Source, TiedStatement, Version};
use daybook_export::labels::name_or_office;
use serde::Deserialize;

use crate::escape::path_segment;
use crate::labels;
use crate::names::shown;
use crate::params::{Asked, day};
use crate::problem::Problem;
use crate::render::html;
use crate::site::Site;

#[derive(Template)]
#[template(path = "entry.html")]
struct Page {
    id: String,
    heading: String,
    kind: String,
    status: String,
    doubt: Option<String>,
    disputed: String,
    withdrawn: bool,
    standing: String,
    as_of: Option<String>,
    pair: Option<String>,
    sides: usize,
    values: Vec<Value>,
    history: Vec<Step>,
    statements: Vec<Said>,
    accounts: Vec<Account>,
    writable: bool,
}

/// A field with all its versions, the chosen one first.
pub(crate) struct Value {
    pub(crate) field: &'static str,
    pub(crate) disputed: bool,
    /// Whether the versions exclude each other; else all of them hold.
    pub(crate) alternatives: bool,
    pub(crate) versions: Vec<Told>,
}

/// A version of a value, and the numbers of the accounts that tell it, from 1.
pub(crate) struct Told {
    pub(crate) value: String,
    pub(crate) link: Option<String>,
    pub(crate) accounts: Vec<usize>,
    pub(crate) why: Option<String>,
}

struct Step {
    known: String,
    status: String,
    date: Option<String>,
    account: usize,
}

struct Said {
    who: Option<String>,
    act: String,
    content: String,
    place: String,
    account: usize,
}

struct Account {
    number: usize,
    id: String,
    title: String,
    source: String,
    side: Option<String>,
    replaced: bool,
    words: String,
    told: String,
    url: Option<String>,
    place: String,
    /// Other accounts that it was joined to, and why.
    joined: Vec<(usize, String)>,
}

#[derive(Deserialize)]
pub(super) struct Shown {
    as_of: Option<String>,
}

/// What was said is shown up to so many statements.
const STATEMENTS: usize = 60;

pub(super) async fn page(
    State(site): State<Site>,
    Path(id): Path<String>,
    Asked(asked): Asked<Shown>,
) -> Result<Response, Problem> {
    let as_of = day("as_of", &asked.as_of)?;
    let writable = site.guard.can_write();
    let page = site.books.ask(move |book| {
        let entry = match as_of {
            Some(day) => book.entry_as_of(&id, day),
            None => book.entry(&id),
        };
        let entry = entry.map_err(Problem::of_entry)?;
        let tied = book.statements(&entry)?;
        let mut page = page_of(&entry, &tied);
        for side in page.accounts.iter_mut().filter_map(|account| account.side.as_mut()) {
            *side = shown(book, side)?;
        }
        Ok(Page { as_of: as_of.map(|day| day.to_string()), writable, ..page })
    });
    html(&page.await?)
}

fn page_of(entry: &Entry, tied: &[TiedStatement]) -> Page {
    let mut sides: Vec<&str> = entry.readouts.iter().map(|readout| readout.side.as_str()).collect();
    sides.sort_unstable();
    sides.dedup();
    Page {
        id: entry.id.clone(),
        heading: labels::heading(entry),
        kind: labels::kind(entry.kind.value),
        status: labels::status(entry.status.value),
        doubt: labels::certainty(entry.certainty.value),
        disputed: entry.disputed().join(", "),
        withdrawn: entry.withdrawn,
        standing: labels::standing(entry.credibility.standing, entry.credibility.sources),
        as_of: None,
        pair: pair(entry),
        sides: sides.len(),
        values: values_of(entry),
        history: entry.history.iter().map(step).collect(),
        statements: tied.iter().take(STATEMENTS).map(said).collect(),
        accounts: entry.accounts.iter().enumerate().map(|(at, filed)| account(entry, at, filed)).collect(),
        writable: false,
    }
}

/// The page of the first two parties.
fn pair(entry: &Entry) -> Option<String> {
    let known: Vec<&Member> = entry.parties.iter().filter(|member| member.identity != "?").collect();
    let [one, other, ..] = &known[..] else { return None };
    Some(format!("/pair/{}/{}", path_segment(&one.identity), path_segment(&other.identity)))
}

/// The fields of an entry, each with all its versions.
pub(crate) fn values_of(entry: &Entry) -> Vec<Value> {
    let mut values = vec![Value {
        field: "parties",
        disputed: false,
        alternatives: false,
        versions: entry.parties.iter().map(member).collect(),
    }];
    if !entry.present.is_empty() {
        let versions = entry.present.iter().map(member).collect();
        values.push(Value { field: "also in the room", disputed: false, alternatives: false, versions });
    }
    values.push(settled("kind", &entry.kind, |kind| labels::kind(*kind)));
    values.push(settled("status", &entry.status, |status| labels::status(*status)));
    values.push(settled("certainty", &entry.certainty, |certainty| labels::plain(&certainty.to_string())));
    values.extend(entry.date.as_ref().map(|date| settled("date", date, display)));
    values.extend(entry.time.as_ref().map(|time| settled("time", time, display)));
    values.extend(entry.duration.as_ref().map(|duration| {
        settled("duration", duration, |length| {
            format!("{}{}", if length.approximate { "about " } else { "" }, labels::duration(&length.iso))
        })
    }));
    values.extend(entry.place.as_ref().map(|place| settled("place", place, display)));
    let listed = |field, list: &[Version<String>]| {
        let versions: Vec<Told> =
            list.iter().map(|version| told(&version.value, &version.accounts)).collect();
        (!versions.is_empty()).then_some(Value { field, disputed: false, alternatives: false, versions })
    };
    values.extend(listed("topics", &entry.topics));
    values.extend(listed("no account from", &entry.withheld_by));
    values
}

fn display<T: Display>(value: &T) -> String {
    value.to_string()
}

fn settled<T>(field: &'static str, value: &Settled<T>, words: impl Fn(&T) -> String) -> Value {
    let chosen = Told { why: value.why.clone(), ..told(&words(&value.value), &value.accounts) };
    let others = value.others.iter().map(|version| told(&words(&version.value), &version.accounts));
    Value {
        field,
        disputed: value.disputed,
        alternatives: true,
        versions: [chosen].into_iter().chain(others).collect(),
    }
}

fn told(value: &str, accounts: &[usize]) -> Told {
    let accounts = accounts.iter().map(|account| account + 1).collect();
    Told { value: value.to_string(), link: None, accounts, why: None }
}

fn member(member: &Member) -> Told {
    let party = &member.party;
    let told_of = [party.office.as_deref().filter(|_| party.name.is_some()), party.country.as_deref()];
    let told_of: Vec<&str> = told_of.into_iter().flatten().collect();
    let role = if member.role == Role::Participant { String::new() } else { format!(", {}", member.role) };
    let value = format!("{} ({}){role}", name_or_office(&member.party), told_of.join(", "));
    let link = (member.identity != "?").then(|| format!("/party/{}", path_segment(&member.identity)));
    Told { link, ..told(&value.replace(" ()", ""), &member.accounts) }
}

fn step(step: &daybook::Step) -> Step {
    Step {
        known: step.known.map_or("at a time not known".into(), |day| day.to_string()),
        status: labels::status(step.status),
        date: step.date.as_ref().map(display),
        account: step.account + 1,
    }
}

fn said(tied: &TiedStatement) -> Said {
    let spans = &tied.statement.content;
    let content: Vec<&str> = spans.iter().map(|span| tied.report.words(*span)).collect();
    Said {
        who: labels::speaker(&tied.statement),
        act: labels::act(&tied.statement),
        content: content.join(" … "),
        place: format!("/report/{}", path_segment(&tied.report.id)),
        account: tied.account + 1,
    }
}

/// Where a report is shown, with the number of one of its contacts.
pub(crate) fn place(source: &Source, number: usize) -> String {
    format!("/report/{}#c{}", path_segment(&source.id), number + 1)
}

fn account(entry: &Entry, at: usize, filed: &Filed) -> Account {
    let source = &filed.report;
    let joined = entry.joined.iter().filter_map(|join| match join.accounts {
        (one, other) if one == at => Some((other + 1, join.why.clone())),
        _ => None,
    });
    Account {
        number: at + 1,
        id: filed.id.clone(),
        title: source.title.clone().unwrap_or_else(|| source.name.clone()),
        source: source_words(source),
        side: source.side.clone(),
        replaced: source.superseded_by.is_some(),
        words: filed.words.clone(),
        told: tells(filed),
        url: source.url.clone(),
        place: place(source, filed.number),
        joined: joined.collect(),
    }
}

/// Publisher and day of a report.
pub(crate) fn source_words(source: &Source) -> String {
    let day = source.published.map(|day| day.to_string());
    let parts =
        [source.publisher.clone(), day, source.agency.as_ref().map(|agency| format!("copy of {agency}"))];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { source.name.clone() } else { parts.join(", ") }
}

/// What one account tells, in a line.
fn tells(filed: &Filed) -> String {
    let account = &filed.account;
    let parts = [
        Some(labels::kind(account.kind.value)),
        Some(labels::status(account.status.value)),
        account.date.as_ref().map(|date| date.value.to_string()),
        account.time.as_ref().map(|time| time.value.to_string()),
        account.duration.as_ref().map(|duration| labels::duration(&duration.value.iso)),
        account.place.as_ref().map(|place| place.value.clone()),
        Some(format!("confidence {:.2}", account.confidence.share())),
    ];
    let by: Vec<&str> = account.according_to.iter().map(|who| who.value.as_str()).collect();
    let by = if by.is_empty() { String::new() } else { format!("; according to {}", by.join(", ")) };
    format!("{}{by}", parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
}
