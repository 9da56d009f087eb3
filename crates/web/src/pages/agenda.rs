//! What is planned and what was held, by week and by month.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use daybook::Brief;
use jiff::civil::Date;
use jiff::{Span, ToSpan};
use serde::Deserialize;

use crate::briefs;
use crate::calendar;
use crate::labels;
use crate::params::{Asked, day, told};
use crate::problem::Problem;
use crate::render::html;
use crate::site::Site;

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
    contacts: Vec<Brief>,
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
    let briefs =
        site.books.ask(move |book| Ok(book.briefs(&calendar::between(shown.first, shown.last))?)).await?;
    html(&page_of(shown, today, from, briefs))
}

fn page_of(shown: Shown, today: Date, from: Date, briefs: Vec<Brief>) -> Page {
    let mut by_day: BTreeMap<Date, Vec<Brief>> = BTreeMap::new();
    for brief in briefs.into_iter().filter(|brief| brief.date.is_some()) {
        if let Some(day) = briefs::day(&brief) {
            by_day.entry(day).or_default().push(brief);
        }
    }
    let of = |day: Date| Day {
        iso: day.to_string(),
        name: labels::long_day(day),
        number: day.day(),
        today: day == today,
        outside: shown.month && (day < shown.first || day > shown.last),
        contacts: by_day.get(&day).cloned().unwrap_or_default(),
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
