//! A person, country, body or office: whom they contact, how often, and who held which office when.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use daybook::{Among, Book, Brief, By, Gazetteer, Query};
use jiff::civil::Date;

use crate::charts::bars;
use crate::labels;
use crate::names::{party as meant, shown};
use crate::problem::Problem;
use crate::render::html;
use crate::site::Site;

/// So many partners are drawn, and so many named.
const DRAWN: usize = 12;
const NAMED: usize = 60;
const LATEST: usize = 20;
/// So many holders of a country's offices are told.
const HOLDERS: usize = 60;

#[derive(Template)]
#[template(path = "party.html")]
struct Party {
    party: String,
    name: String,
    offices: Vec<String>,
    holders: Vec<Holder>,
    partners: String,
    /// Party, name, how often.
    people: Vec<(String, String, String)>,
    years: String,
    latest: Vec<Brief>,
    total: usize,
    all: String,
}

/// Somebody who held an office of a country or body.
struct Holder {
    office: String,
    name: String,
    party: String,
    from: String,
    to: String,
}

pub(super) async fn page(State(site): State<Site>, Path(given): Path<String>) -> Result<Response, Problem> {
    let page = site.books.ask(move |book| {
        let party = meant(book, &given, None)?;
        let name = shown(book, &party)?;
        let query = Query { parties: vec![party.clone()], limit: Some(LATEST), ..Query::default() };
        let years = book.tally(&query, By::Year)?;
        let total = years.values().sum();
        let side = daybook::is_side(&party);
        let among = if side { Among::Sides } else { Among::Persons };
        let mut people = Vec::new();
        for (partner, entries) in book.partners(&party, among, None, None, NAMED)? {
            let name = shown(book, &partner)?;
            people.push((partner, name, entries));
        }
        let drawn: Vec<(String, usize)> =
            people.iter().take(DRAWN).map(|(_, name, entries)| (name.clone(), *entries)).collect();
        Ok(Party {
            offices: offices(book, &party)?,
            holders: if side { holders(book.gazetteer(), &party) } else { Vec::new() },
            partners: bars::draw(&drawn, "With whom how often"),
            people: people.into_iter().map(|(p, name, n)| (p, name, labels::count(n, "contact"))).collect(),
            years: bars::draw(&years.into_iter().collect::<Vec<_>>(), "Contacts by year"),
            latest: book.briefs(&query)?,
            all: format!("All {}", labels::count(total, "contact")),
            total,
            name,
            party,
        })
    });
    html(&page.await?)
}

/// The offices of a person whom the tables know, in the order of time.
fn offices(book: &mut Book, party: &str) -> Result<Vec<String>, Problem> {
    let gazetteer = book.gazetteer();
    let person = gazetteer.persons().iter().find(|person| person.wikidata() == Some(party));
    let holdings = person.map(|person| person.holdings().iter().collect::<Vec<_>>()).unwrap_or_default();
    let mut holdings: Vec<_> = holdings.into_iter().map(|h| (h.from(), h)).collect();
    holdings.sort_by_key(|(from, _)| *from);
    let holdings: Vec<daybook::Holding> = holdings.into_iter().map(|(_, holding)| holding.clone()).collect();
    let words = |holding: daybook::Holding| {
        let of = holding.country().map(|code| shown(book, code)).transpose()?;
        let of = of.map_or(String::new(), |name| format!(", {name}"));
        Ok(format!("{}{of}, {} – {}", holding.office().display(), end(holding.from()), end(holding.to())))
    };
    holdings.into_iter().map(words).collect()
}

/// Who held offices of a country or body, the latest first.
fn holders(gazetteer: &Gazetteer, side: &str) -> Vec<Holder> {
    let mut found: Vec<(Option<Date>, Holder)> = Vec::new();
    for person in gazetteer.persons() {
        for holding in person.holdings().iter().filter(|holding| holding.country() == Some(side)) {
            let holder = Holder {
                office: holding.office().display().to_string(),
                name: person.name().to_string(),
                party: person.wikidata().unwrap_or(person.name()).to_string(),
                from: end(holding.from()),
                to: end(holding.to()),
            };
            found.push((holding.from(), holder));
        }
    }
    found.sort_by(|a, b| (b.0, &a.1.office, &a.1.name).cmp(&(a.0, &b.1.office, &b.1.name)));
    found.into_iter().map(|(_, holder)| holder).take(HOLDERS).collect()
}

fn end(day: Option<Date>) -> String {
    day.map_or("…".into(), |day| day.to_string())
}
