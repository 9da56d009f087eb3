//! The front page: the latest contacts by day, what is coming, what is disputed.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use daybook::{Brief, Query, Status};
use jiff::ToSpan;

use crate::briefs;
use crate::labels;
use crate::problem::Problem;
use crate::render::html;
use crate::site::Site;

/// So many of the latest contacts are shown, and so many of the others.
const LATEST: usize = 40;
const BESIDE: usize = 8;
/// What is coming is looked for in so many days.
const COMING: i32 = 366;

#[derive(Template)]
#[template(path = "front.html")]
struct Front {
    size: String,
    days: Vec<DayOf>,
    coming: Vec<Brief>,
    disputed: Vec<Brief>,
    today: String,
}

/// Contacts of one day.
struct DayOf {
    name: String,
    contacts: Vec<Brief>,
}

pub(super) async fn page(State(site): State<Site>) -> Result<Response, Problem> {
    let today = (site.today)();
    let front = site.books.ask(move |book| {
        let past = vec![
            Status::Held,
            Status::UnderWay,
            Status::NotHeld,
            Status::Denied,
            Status::Cancelled,
            Status::Declined,
        ];
        let latest = Query { statuses: past, until: Some(today), limit: Some(LATEST), ..Query::default() };
        let coming = Query {
            statuses: Status::COMING.to_vec(),
            since: Some(today),
            until: Some(today.saturating_add(COMING.days())),
            earliest_first: true,
            limit: Some(BESIDE),
            ..Query::default()
        };
        let disputed = Query { disputed: true, limit: Some(BESIDE), ..Query::default() };
        Ok(Front {
            size: size(book.size()?),
            days: by_day(book.briefs(&latest)?),
            coming: book.briefs(&coming)?,
            disputed: book.briefs(&disputed)?,
            today: today.to_string(),
        })
    });
    html(&front.await?)
}

fn size(size: daybook::Size) -> String {
    format!(
        "{} in {} of {}",
        labels::count(size.entries, "contact"),
        labels::count(size.accounts, "account"),
        labels::count(size.reports, "report")
    )
}

fn by_day(latest: Vec<Brief>) -> Vec<DayOf> {
    let mut days: Vec<(String, DayOf)> = Vec::new();
    for contact in latest {
        match days.last_mut() {
            Some((day, of)) if *day == contact.day => of.contacts.push(contact),
            _ => {
                let name = briefs::day(&contact).map_or("No date".into(), labels::long_day);
                days.push((contact.day.clone(), DayOf { name, contacts: vec![contact] }));
            }
        }
    }
    days.into_iter().map(|(_, of)| of).collect()
}
