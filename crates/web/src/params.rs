//! Parses query strings, and turns filters into queries to the book.

use std::fmt::Display;
use std::str::FromStr;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use daybook::{Among, Book, Confidence, Query};
use jiff::civil::Date;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use utoipa::IntoParams;

use crate::param_schemas::MOST;
use crate::problem::Problem;

/// So many entries stand on a page where no number is given.
pub(crate) const PAGE: usize = 50;

/// The query of a page's address; a key that is not known is refused, so that no condition is passed over in silence. What
/// a form leaves empty was not asked.
pub(crate) struct Asked<T>(pub(crate) T);

impl<S: Sync, T: DeserializeOwned> FromRequestParts<S> for Asked<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Asked<T>, Problem> {
        let query = parts.uri.query().unwrap_or_default();
        let filled = query.split('&').filter(|pair| !pair.ends_with('=') && !pair.is_empty());
        read(&filled.collect::<Vec<_>>().join("&")).map(Asked)
    }
}

/// The values of a query.
pub(crate) fn read<T: DeserializeOwned>(query: &str) -> Result<T, Problem> {
    let wrong = |error: serde_html_form::de::Error| Problem::request(format!("in the address: {error}"));
    serde_html_form::from_str(query).map_err(wrong)
}

/// Which contacts are asked for. All conditions must hold; what is empty is no condition.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Filter {
    /// Contacts between these two; give it twice. Persons, holders of offices, countries, bodies.
    pub(crate) between: Vec<String>,
    /// Contacts in which this one takes part; may be given several times.
    pub(crate) with: Vec<String>,
    /// Contacts of this country or body, whoever stands for it; may be given several times.
    pub(crate) country: Vec<String>,
    /// Only of this kind; may be given several times.
    #[param(schema_with = crate::param_schemas::kinds)]
    pub(crate) kind: Vec<String>,
    /// Only with this status; may be given several times.
    #[param(schema_with = crate::param_schemas::statuses)]
    pub(crate) status: Vec<String>,
    /// On or after this day.
    #[param(schema_with = crate::param_schemas::day)]
    pub(crate) since: Option<String>,
    /// On or before this day.
    #[param(schema_with = crate::param_schemas::day)]
    pub(crate) until: Option<String>,
    /// Where, by words of the place.
    #[param(min_length = 1)]
    pub(crate) place: Option<String>,
    /// About what, by words of a topic.
    #[param(min_length = 1)]
    pub(crate) topic: Option<String>,
    /// Of which this side has published its own account.
    #[param(min_length = 1)]
    pub(crate) side: Option<String>,
    /// `true`: only those on which accounts contradict each other.
    #[param(schema_with = crate::param_schemas::yes_or_no)]
    pub(crate) disputed: Option<String>,
    /// Of which an account has this confidence or a higher one.
    #[param(schema_with = crate::param_schemas::share)]
    pub(crate) min_confidence: Option<String>,
    /// With these words in a report; "in quotes" side by side.
    #[param(min_length = 1)]
    pub(crate) text: Option<String>,
    /// `true`: also those that no report tells of any more, each replaced by a version without them.
    #[param(schema_with = crate::param_schemas::yes_or_no)]
    pub(crate) withdrawn: Option<String>,
    /// From what was published by this day.
    #[param(schema_with = crate::param_schemas::day)]
    pub(crate) as_of: Option<String>,
    /// `true`: the earliest first.
    #[param(schema_with = crate::param_schemas::yes_or_no)]
    pub(crate) earliest_first: Option<String>,
    /// So many at most.
    #[param(schema_with = crate::param_schemas::limit)]
    pub(crate) limit: Option<String>,
    /// Where the page before ended, as it says in `next`.
    #[param(schema_with = crate::param_schemas::cursor)]
    pub(crate) cursor: Option<String>,
}

impl Filter {
    /// The query, with names understood as the book knows them.
    pub(crate) fn query(&self, book: &mut Book) -> Result<Query, Problem> {
        let filter = daybook::Filter {
            names: [&self.between[..], &self.with, &self.country].concat(),
            kinds: each("kind", &self.kind)?,
            statuses: each("status", &self.status)?,
            since: day("since", &self.since)?,
            until: day("until", &self.until)?,
            place: told(&self.place).map(str::to_string),
            topic: told(&self.topic).map(str::to_string),
            side: told(&self.side).map(str::to_string),
            disputed: yes("disputed", &self.disputed)?,
            min_confidence: share("min_confidence", &self.min_confidence)?,
            text: told(&self.text).map(str::to_string),
            withdrawn: yes("withdrawn", &self.withdrawn)?,
            as_of: day("as_of", &self.as_of)?,
            earliest_first: yes("earliest_first", &self.earliest_first)?,
            limit: Some(limit(&self.limit, PAGE)?),
            after: cursor(&self.cursor)?,
        };
        Ok(book.query(&filter)?)
    }
}

/// A value that was given, without the spaces around it.
pub(crate) fn told(value: &Option<String>) -> Option<&str> {
    value.as_deref().map(str::trim)
}

fn each<T: FromStr<Err: Display>>(name: &str, values: &[String]) -> Result<Vec<T>, Problem> {
    let wrong = |error: T::Err| Problem::request(format!("{name}: {error}"));
    values.iter().map(|value| value.parse().map_err(wrong)).collect()
}

/// A day, `2022-01-31`.
pub(crate) fn day(name: &str, value: &Option<String>) -> Result<Option<Date>, Problem> {
    let parse = |value: &str| {
        value.parse().map_err(|_| Problem::request(format!("{name}: {value:?} is no day such as 2022-01-31")))
    };
    told(value).map(parse).transpose()
}

/// A number between 0 and 1.
fn share(name: &str, value: &Option<String>) -> Result<Option<Confidence>, Problem> {
    told(value)
        .map(|text| text.parse().map_err(|error| Problem::request(format!("{name}: {error}"))))
        .transpose()
}

/// `true` or `false`.
pub(crate) fn yes(name: &str, value: &Option<String>) -> Result<bool, Problem> {
    match told(value) {
        None | Some("false") => Ok(false),
        Some("true" | "on") => Ok(true),
        Some(other) => Err(Problem::request(format!("{name}: {other:?} is neither true nor false"))),
    }
}

/// Between whom: countries and bodies where nothing is said.
pub(crate) fn among(value: &Option<String>) -> Result<Among, Problem> {
    match told(value) {
        None | Some("sides") => Ok(Among::Sides),
        Some("persons") => Ok(Among::Persons),
        Some(other) => Err(Problem::request(format!("of: {other:?} is neither sides nor persons"))),
    }
}

/// How many are asked for.
pub(crate) fn limit(value: &Option<String>, default: usize) -> Result<usize, Problem> {
    let Some(text) = told(value) else { return Ok(default) };
    let number = text.parse().ok().filter(|number| (1..=MOST).contains(number));
    number.ok_or_else(|| Problem::request(format!("limit: {text:?} is no number from 1 to {MOST}")))
}

/// Where a page ended: the day and the id of its last entry.
pub(crate) fn cursor(value: &Option<String>) -> Result<Option<(String, String)>, Problem> {
    let part = |text: &str| {
        let (day, id) = text.split_once('_')?;
        let is_day = day.is_empty() || day.parse::<Date>().is_ok();
        let is_id = id.len() == 16 && id.bytes().all(|b| b.is_ascii_hexdigit());
        (is_day && is_id).then(|| (day.to_string(), id.to_string()))
    };
    let parse = |text: &str| {
        part(text)
            .ok_or_else(|| Problem::request("cursor: take it as it stands in `next` of the page before"))
    };
    told(value).map(parse).transpose()
}

/// The cursor after an entry.
pub(crate) fn cursor_after(day: &str, id: &str) -> String {
    format!("{day}_{id}")
}
