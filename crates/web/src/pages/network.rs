//! Who contacts whom in a chosen time, as a picture and as a table.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use daybook::{Among, Book, Link};
use serde::Deserialize;

use crate::charts::network::{self, Edge};
use crate::escape::path_segment;
use crate::labels;
use crate::names::shown;
use crate::params::{Asked, among, day, told};
use crate::problem::Problem;
use crate::render::html;
use crate::site::Site;

/// So many parties are shown where no number is given, and at most.
const PARTIES: usize = 40;
const MOST: usize = 200;
/// So many pairs are looked at, the most frequent ones.
const PAIRS: usize = 4000;

#[derive(Deserialize)]
pub(super) struct Wanted {
    since: Option<String>,
    until: Option<String>,
    of: Option<String>,
    parties: Option<String>,
}

#[derive(Template)]
#[template(path = "network.html")]
struct Page {
    since: String,
    until: String,
    persons: bool,
    parties: usize,
    picture: String,
    caption: String,
    links: Vec<Row>,
}

struct Row {
    one: String,
    other: String,
    entries: usize,
    pair: String,
}

pub(super) async fn page(
    State(site): State<Site>,
    Asked(wanted): Asked<Wanted>,
) -> Result<Response, Problem> {
    let (since, until) = (day("since", &wanted.since)?, day("until", &wanted.until)?);
    let among = among(&wanted.of)?;
    let parties =
        match told(&wanted.parties) {
            None => PARTIES,
            Some(text) => text.parse().ok().filter(|n| (2..=MOST).contains(n)).ok_or_else(|| {
                Problem::request(format!("parties: {text:?} is no number from 2 to {MOST}"))
            })?,
        };
    let page = site.books.ask(move |book| {
        let links = of_most(book.network(among, since, until, PAIRS)?, parties);
        let edges = named(book, links)?;
        let count = edges.iter().map(|edge| edge.entries).sum::<usize>();
        let picture = network::draw(&edges);
        Ok(Page {
            since: since.map_or(String::new(), |day| day.to_string()),
            until: until.map_or(String::new(), |day| day.to_string()),
            persons: among == Among::Persons,
            parties,
            caption: format!(
                "{} of {} pairs; the thicker the line, the more contacts",
                labels::count(count, "contact"),
                edges.len()
            ),
            picture,
            links: edges.into_iter().map(row).collect(),
        })
    });
    html(&page.await?)
}

/// The links among those parties that have the most contacts.
fn of_most(links: Vec<Link>, parties: usize) -> Vec<Link> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for link in &links {
        *counts.entry(link.one.clone()).or_default() += link.entries;
        *counts.entry(link.other.clone()).or_default() += link.entries;
    }
    let mut most: Vec<(String, usize)> = counts.into_iter().collect();
    most.sort_by(|a, b| (b.1, &a.0).cmp(&(a.1, &b.0)));
    let kept: BTreeSet<String> = most.into_iter().take(parties).map(|(party, _)| party).collect();
    links.into_iter().filter(|link| kept.contains(&link.one) && kept.contains(&link.other)).collect()
}

fn named(book: &mut Book, links: Vec<Link>) -> Result<Vec<Edge>, Problem> {
    let mut names = BTreeMap::new();
    for party in links.iter().flat_map(|link| [&link.one, &link.other]) {
        if !names.contains_key(party) {
            names.insert(party.clone(), shown(book, party)?);
        }
    }
    let edge = |link: Link| Edge {
        names: (names[&link.one].clone(), names[&link.other].clone()),
        one: link.one,
        other: link.other,
        entries: link.entries,
    };
    Ok(links.into_iter().map(edge).collect())
}

fn row(edge: Edge) -> Row {
    Row {
        pair: format!("/pair/{}/{}", path_segment(&edge.one), path_segment(&edge.other)),
        one: edge.names.0,
        other: edge.names.1,
        entries: edge.entries,
    }
}
