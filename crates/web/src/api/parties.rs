//! Persons, countries, bodies: whom a name means, and whom they contact.

use axum::extract::{Path, State};
use axum::response::Response;
use daybook::{Among, Book, By, Query as Question};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::answers::{ApiError, Query, json};
use super::http_errors;
use crate::names::{party, shown};
use crate::param_schemas::{self, MOST};
use crate::params::{among, day, limit};
use crate::problem::{Named, Problem};
use crate::site::Site;

/// A name.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Name {
    /// A name as people write it: "Merkel", "President Xi", "the Kremlin".
    #[param(min_length = 1)]
    name: String,
    /// On this day.
    #[param(schema_with = param_schemas::day)]
    on: Option<String>,
}

#[utoipa::path(
    get,
    path = "/parties",
    summary = "Whom a name may mean, the likelier first",
    params(Name),
    responses(
        (status = 200, description = "All whom it may mean", body = Vec<Named>),
        http_errors::OfQuestions,
    )
)]
pub(super) async fn meant(State(site): State<Site>, Query(name): Query<Name>) -> Result<Response, ApiError> {
    let on = day("on", &name.on)?;
    let found = site.books.ask(move |book| Ok(book.bearers_of(&name.name, on)?)).await?;
    json(&found.into_iter().map(Named::from).collect::<Vec<_>>())
}

/// Somebody, or a country or body.
#[derive(Serialize, ToSchema)]
pub(super) struct Profile {
    /// By this it is asked for.
    party: String,
    /// The name.
    name: String,
    /// Contacts by year.
    years: Vec<Counted>,
    /// With whom, the most frequent first.
    partners: Vec<Partner>,
}

/// How many contacts.
#[derive(Serialize, ToSchema)]
pub(super) struct Counted {
    /// Of what.
    pub(super) by: String,
    /// How many.
    pub(super) contacts: usize,
}

/// With whom somebody was in contact.
#[derive(Serialize, ToSchema)]
struct Partner {
    /// By this it is asked for.
    party: String,
    /// The name.
    name: String,
    /// How often.
    contacts: usize,
}

/// So many partners are told.
const PARTNERS: usize = 100;

#[utoipa::path(
    get,
    path = "/parties/{party}",
    summary = "A person, country or body: contacts by year, and with whom",
    params(("party" = inline(String), Path, description = "A name, or what `party` says elsewhere")),
    responses(
        (status = 200, description = "What the book knows", body = Profile),
        http_errors::OfNames,
    )
)]
pub(super) async fn one(State(site): State<Site>, Path(given): Path<String>) -> Result<Response, ApiError> {
    json(&site.books.ask(move |book| profile(book, &given)).await?)
}

fn profile(book: &mut Book, given: &str) -> Result<Profile, Problem> {
    let party = party(book, given, None)?;
    let question = Question { parties: vec![party.clone()], ..Question::default() };
    let years = book.tally(&question, By::Year)?;
    let among = if daybook::is_side(&party) { Among::Sides } else { Among::Persons };
    let mut partners = Vec::new();
    for (party, contacts) in book.partners(&party, among, None, None, PARTNERS)? {
        partners.push(Partner { name: shown(book, &party)?, party, contacts });
    }
    let years = years.into_iter().map(|(by, contacts)| Counted { by, contacts }).collect();
    Ok(Profile { name: shown(book, &party)?, party, years, partners })
}

/// Which part of the network.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Wanted {
    /// On or after this day.
    #[param(schema_with = param_schemas::day)]
    since: Option<String>,
    /// On or before this day.
    #[param(schema_with = param_schemas::day)]
    until: Option<String>,
    /// Between whom.
    #[param(schema_with = param_schemas::among)]
    of: Option<String>,
    /// So many pairs at most.
    #[param(schema_with = param_schemas::limit)]
    limit: Option<String>,
}

/// Two who were in contact.
#[derive(Serialize, ToSchema)]
struct Pair {
    /// One of the two.
    one: String,
    /// The other.
    other: String,
    /// How often.
    contacts: usize,
}

#[utoipa::path(
    get,
    path = "/network",
    summary = "Who contacts whom, the most frequent pairs first",
    params(Wanted),
    responses(
        (status = 200, description = "Pairs", body = Vec<Pair>),
        http_errors::OfQuestions,
    )
)]
pub(super) async fn network(
    State(site): State<Site>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, ApiError> {
    let (since, until) = (day("since", &wanted.since)?, day("until", &wanted.until)?);
    let among = among(&wanted.of)?;
    let limit = limit(&wanted.limit, MOST)?;
    let links = site.books.ask(move |book| Ok(book.network(among, since, until, limit)?)).await?;
    let pair = |link: daybook::Link| Pair { one: link.one, other: link.other, contacts: link.entries };
    json(&links.into_iter().map(pair).collect::<Vec<_>>())
}
