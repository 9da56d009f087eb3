//! The contacts of a span of days, and the calendar that programs subscribe to.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use daybook::Query;
use jiff::ToSpan;
use jiff::civil::Date;

use crate::problem::Problem;
use crate::site::Site;

/// How many contacts are asked for at most.
const MOST: usize = 1000;
/// The calendar holds contacts from so many days ago until so many days ahead.
const PAST: i32 = 31;
const COMING: i32 = 366;

/// The question for all contacts from `first` to `last`, the earliest first.
pub(crate) fn between(first: Date, last: Date) -> Query {
    Query {
        since: Some(first),
        until: Some(last),
        earliest_first: true,
        limit: Some(MOST),
        ..Query::default()
    }
}

/// The calendar.
pub(crate) async fn calendar(State(site): State<Site>) -> Result<Response, Problem> {
    let today = (site.today)();
    let (first, last) = (today.saturating_sub(PAST.days()), today.saturating_add(COMING.days()));
    let text = site.books.ask(move |book| {
        let mut out = Vec::new();
        daybook_export::ical::write(&mut out, book.list(&between(first, last))?)
            .map_err(|_| Problem::failed())?;
        Ok(out)
    });
    let headers = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "inline; filename=\"daybook.ics\""),
    ];
    Ok((headers, text.await?).into_response())
}
