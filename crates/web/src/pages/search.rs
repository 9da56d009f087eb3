//! One box for everything: people, countries, bodies, pairs of them, and words of reports.

use askama::Template;
use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use daybook::{Book, Brief, Candidate, Query};
use serde::{Deserialize, Serialize};

use crate::escape::path_segment;
use crate::params::{Asked, told};
use crate::problem::Problem;
use crate::render::html;
use crate::site::Site;

const FOUND: usize = 20;
/// So many suggestions are made while somebody types.
const SUGGESTED: usize = 8;

#[derive(Deserialize)]
pub(super) struct Sought {
    q: Option<String>,
}

#[derive(Template)]
#[template(path = "search.html")]
struct Page {
    sought: String,
    parties: Vec<Candidate>,
    list: Vec<Brief>,
}

/// Where a search leads: to the one page that is meant, or to a page of what was found.
enum Found {
    There(String),
    Page(Page),
}

pub(super) async fn page(
    State(site): State<Site>,
    Asked(sought): Asked<Sought>,
) -> Result<Response, Problem> {
    let Some(sought) = told(&sought.q).map(str::to_string) else {
        return Ok(Redirect::to("/contacts").into_response());
    };
    match site.books.ask(move |book| find(book, &sought)).await? {
        Found::There(address) => Ok(Redirect::to(&address).into_response()),
        Found::Page(page) => html(&page),
    }
}

fn find(book: &mut Book, sought: &str) -> Result<Found, Problem> {
    if let Some(pair) = pair(book, sought)? {
        return Ok(Found::There(pair));
    }
    let mut parties = book.candidates(sought, None)?;
    if let [one] = &parties[..]
        && book.has_party(&one.party)?
    {
        return Ok(Found::There(format!("/party/{}", path_segment(&one.party))));
    }
    for candidate in book.suggest_parties(sought, FOUND)? {
        if !parties.iter().any(|known| known.party == candidate.party) {
            parties.push(candidate);
        }
    }
    let query = Query { text: Some(sought.to_string()), limit: Some(FOUND), ..Query::default() };
    Ok(Found::Page(Page { list: book.briefs(&query)?, sought: sought.to_string(), parties }))
}

/// The page of two, where the words name two: "Merkel and Putin", "Merkel – Putin".
fn pair(book: &mut Book, sought: &str) -> Result<Option<String>, Problem> {
    for between in [" – ", " - ", " and ", " & ", ", "] {
        let Some((one, other)) = sought.split_once(between) else { continue };
        let (one, other) = (book.candidates(one.trim(), None)?, book.candidates(other.trim(), None)?);
        if let ([one], [other]) = (&one[..], &other[..])
            && book.has_party(&one.party)?
            && book.has_party(&other.party)?
        {
            return Ok(Some(format!("/pair/{}/{}", path_segment(&one.party), path_segment(&other.party))));
        }
    }
    Ok(None)
}

/// A suggestion, as the script of the search box takes it.
#[derive(Serialize)]
struct Suggestion {
    name: String,
    described: String,
}

pub(super) async fn suggest(
    State(site): State<Site>,
    Asked(sought): Asked<Sought>,
) -> Result<Response, Problem> {
    let sought = told(&sought.q).unwrap_or_default().to_string();
    let found = site.books.ask(move |book| Ok(book.suggest_parties(&sought, SUGGESTED)?)).await?;
    let suggestion = |c: Candidate| Suggestion { name: c.name, described: c.described };
    Ok(Json(found.into_iter().map(suggestion).collect::<Vec<_>>()).into_response())
}
