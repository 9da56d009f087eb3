//! What is planned and what was held, by week and by month, and as a calendar to subscribe to.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use daybook::{Brief, Query};
use jiff::civil::Date;
use jiff::{Span, ToSpan};
use serde::Deserialize;

use super::{Contact, as_day, contacts, html};
use crate::Site;
use crate::labels;
use crate::params::{Asked, day, told};
use crate::problem::Problem;

/// So many contacts of one week or month are shown.
const MOST: usize = 1000;
/// A calendar holds what was since so many days, and what comes within so many.
const PAST: i32 = 31;
const COMING: i32 = 366;

#[derive(Deserialize)]
pub(super) struct Time {
    from: Option<String>,
    view: Option<String>,
}

#[derive(Template)]
#[template(path = "agenda.html")]
struct Page {
    span: String,
    view: &'static str,
    before: String,
    after: String,
    other: (String, &'static str),
    weeks: Vec<Vec<Day>>,
    days: Vec<Day>,
}

/// A day with its contacts.
struct Day {
    iso: String,
    name: String,
    number: i8,
    today: bool,
    /// Of another month than the one shown.
    outside: bool,
    contacts: Vec<Contact>,
}

/// The time that is shown.
#[derive(Clone, Copy)]
struct Shown {
    month: bool,
    first: Date,
    last: Date,
}

impl Shown {
    fn of(day: Date, month: bool) -> Shown {
        if month {
            return Shown { month, first: day.first_of_month(), last: day.last_of_month() };
        }
        let first = monday(day);
        Shown { month, first, last: first.saturating_add(6.days()) }
    }

    /// The address of the same length of time, so much later.
    fn moved(self, by: Span) -> String {
        format!("/agenda?view={}&from={}", self.view(), self.first.saturating_add(by))
    }

    fn view(self) -> &'static str {
        if self.month { "month" } else { "week" }
    }

    fn words(self) -> String {
        if self.month {
            return self.first.strftime("%B %Y").to_string();
        }
        format!("{} to {}", labels::long_day(self.first), labels::long_day(self.last))
    }
}

/// The Monday of a day's week.
fn monday(day: Date) -> Date {
    day.saturating_sub(i32::from(day.weekday().to_monday_zero_offset()).days())
}

pub(super) async fn page(State(site): State<Site>, Asked(time): Asked<Time>) -> Result<Response, Problem> {
    let today = (site.today)();
    let month = match told(&time.view) {
        None | Some("week") => false,
        Some("month") => true,
        Some(other) => return Err(Problem::request(format!("view: {other:?} is neither week nor month"))),
    };
    let from = day("from", &time.from)?.unwrap_or(today);
    let shown = Shown::of(from, month);
    let briefs = site.books.ask(move |book| Ok(book.briefs(&query(shown.first, shown.last))?)).await?;
    html(&page_of(shown, today, from, briefs))
}

fn query(first: Date, last: Date) -> Query {
    Query {
        since: Some(first),
        until: Some(last),
        earliest_first: true,
        limit: Some(MOST),
        ..Query::default()
    }
}

fn page_of(shown: Shown, today: Date, from: Date, briefs: Vec<Brief>) -> Page {
    let mut by_day: BTreeMap<Date, Vec<Brief>> = BTreeMap::new();
    for brief in briefs.into_iter().filter(|brief| brief.date.is_some()) {
        if let Some(day) = as_day(&brief.day) {
            by_day.entry(day).or_default().push(brief);
        }
    }
    let of = |day: Date| Day {
        iso: day.to_string(),
        name: labels::long_day(day),
        number: day.day(),
        today: day == today,
        outside: shown.month && (day < shown.first || day > shown.last),
        contacts: contacts(by_day.get(&day).cloned().unwrap_or_default()),
    };
    let by = if shown.month { 1.month() } else { 1.week() };
    Page {
        span: shown.words(),
        view: shown.view(),
        before: shown.moved(-by),
        after: shown.moved(by),
        other: match shown.month {
            true => (format!("/agenda?view=week&from={from}"), "By week"),
            false => (format!("/agenda?view=month&from={from}"), "By month"),
        },
        weeks: if shown.month { weeks(shown, of) } else { Vec::new() },
        days: by_day.keys().map(|day| of(*day)).collect(),
    }
}

/// The weeks of a month, from Monday to Sunday.
fn weeks(shown: Shown, of: impl Fn(Date) -> Day) -> Vec<Vec<Day>> {
    let mut weeks = Vec::new();
    let mut first = monday(shown.first);
    while first <= shown.last {
        weeks.push((0..7).map(|day| of(first.saturating_add(day.days()))).collect());
        first = first.saturating_add(7.days());
    }
    weeks
}

/// What calendar programs subscribe to.
pub(crate) async fn calendar(State(site): State<Site>) -> Result<Response, Problem> {
    let today = (site.today)();
    let (first, last) = (today.saturating_sub(PAST.days()), today.saturating_add(COMING.days()));
    let text = site.books.ask(move |book| {
        let mut out = Vec::new();
        daybook_export::ical::write(&mut out, book.list(&query(first, last))?)
            .map_err(|_| Problem::failed())?;
        Ok(out)
    });
    let headers = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "inline; filename=\"daybook.ics\""),
    ];
    Ok((headers, text.await?).into_response())
}
