//! Two who were in contact: when last, how often, all of it as a picture and as a table.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use daybook::{Book, Brief, By, Query, Status};

use crate::briefs;
use crate::charts::{bars, timeline};
use crate::names::{party, shown};
use crate::problem::Problem;
use crate::render::html;
use crate::site::Site;

/// So many contacts are drawn and told.
const MOST: usize = 2000;

#[derive(Template)]
#[template(path = "pair.html")]
struct Pair {
    one: (String, String),
    other: (String, String),
    last: Option<Vec<Brief>>,
    both_sides: bool,
    timeline: String,
    gap: String,
    years: String,
    all: Vec<Brief>,
    more: bool,
}

pub(super) async fn page(
    State(site): State<Site>,
    Path((one, other)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let today = (site.today)();
    let pair = site.books.ask(move |book| {
        let one = named(book, &one)?;
        let other = named(book, &other)?;
        let parties = vec![one.0.clone(), other.0.clone()];
        let query = Query { parties: parties.clone(), limit: Some(MOST + 1), ..Query::default() };
        let mut all = book.briefs(&query)?;
        let years = book.tally(&Query { parties, ..Query::default() }, By::Year)?;
        let more = all.len() > MOST;
        all.truncate(MOST);
        let held = |status| matches!(status, Status::Held | Status::UnderWay);
        let last =
            all.iter().find(|b| held(b.status) && briefs::day(b).is_some_and(|day| day <= today)).cloned();
        let dated: Vec<_> = all.iter().filter(|brief| brief.date.is_some()).cloned().collect();
        Ok(Pair {
            both_sides: last.as_ref().is_some_and(|brief| brief.sides.len() > 1),
            last: last.map(|brief| vec![brief]),
            timeline: timeline::draw(&dated, &format!("Contacts of {} and {}", one.1, other.1)),
            gap: timeline::longest_gap(&dated, today),
            years: bars::draw(&years.into_iter().collect::<Vec<_>>(), "Contacts by year"),
            all,
            more,
            one,
            other,
        })
    });
    html(&pair.await?)
}

/// A party of an address, with its name.
fn named(book: &mut Book, given: &str) -> Result<(String, String), Problem> {
    let party = party(book, given, None)?;
    let name = shown(book, &party)?;
    Ok((party, name))
}
