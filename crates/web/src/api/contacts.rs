//! Contacts: lists, one, what both sides say, the last of two, what is planned; and decisions on them.

use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use daybook::{Book, Entry, Query as Question, Status};
use jiff::ToSpan;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use utoipa::{IntoParams, ToSchema};

use super::answers::{ApiError, Query, entry as answer, json, written};
use super::{http_errors, schemas};
use crate::names::party;
use crate::param_schemas::{self, MOST};
use crate::params::{Filter, cursor_after, day, told};
use crate::problem::Problem;
use crate::site::Site;

/// A page of contacts.
#[derive(Serialize, ToSchema)]
pub(super) struct Contacts {
    /// The contacts, in the order asked for.
    #[schema(value_type = Vec<schemas::Entry>)]
    contacts: Vec<Box<RawValue>>,
    /// The `cursor` of the next page; null where this is the last.
    next: Option<String>,
}

#[utoipa::path(
    get,
    path = "/contacts",
    summary = "Contacts, the latest first",
    params(Filter),
    responses(
        (status = 200, description = "A page of contacts", body = Contacts),
        http_errors::OfNames,
    )
)]
pub(super) async fn list(
    State(site): State<Site>,
    Query(filter): Query<Filter>,
) -> Result<Response, ApiError> {
    let page = site.books.ask(move |book| {
        let question = filter.query(book)?;
        page_of(book, question)
    });
    json(&page.await?)
}

/// A page, and where the next one begins.
fn page_of(book: &mut Book, question: Question) -> Result<Contacts, Problem> {
    let (entries, next) = part(book, question)?;
    Ok(Contacts { contacts: written(&entries)?, next })
}

/// As many entries as are asked for, and where those begin that follow.
fn part(book: &mut Book, mut question: Question) -> Result<(Vec<Entry>, Option<String>), Problem> {
    let limit = question.limit.unwrap_or(MOST);
    question.limit = Some(limit + 1);
    let briefs = book.briefs(&question)?;
    let next = briefs.get(limit - 1).filter(|_| briefs.len() > limit);
    let next = next.map(|last| cursor_after(&last.day, &last.id));
    question.limit = Some(limit);
    Ok((book.list(&question)?, next))
}

#[utoipa::path(
    get,
    path = "/contacts.jsonl",
    summary = "All contacts that a filter asks for, one a line, streamed",
    params(Filter),
    responses(
        (status = 200, description = "JSON Lines, each an Entry", content_type = "application/jsonl", body = String),
        http_errors::OfNames,
    )
)]
pub(super) async fn lines(
    State(site): State<Site>,
    Query(filter): Query<Filter>,
) -> Result<Response, ApiError> {
    let whole = told(&filter.limit).is_none();
    let question = site.books.ask(move |book| filter.query(book)).await?;
    // The first part is asked for before an answer begins, so that what is wrong can still be told.
    let limit = if whole { usize::MAX } else { question.limit.unwrap_or(MOST) };
    let state = Streamed { site, question: Some(question), left: limit };
    let stream = futures_util::stream::try_unfold(state, Streamed::next);
    let headers = [(header::CONTENT_TYPE.as_str(), "application/jsonl"), ("x-stream", "1")];
    Ok((headers, Body::from_stream(stream)).into_response())
}

/// What is still to be streamed.
struct Streamed {
    site: Site,
    question: Option<Question>,
    left: usize,
}

impl Streamed {
    async fn next(mut self) -> Result<Option<(Bytes, Streamed)>, std::io::Error> {
        let Some(mut question) = self.question.take().filter(|_| self.left > 0) else { return Ok(None) };
        question.limit = Some(self.left.min(MOST));
        let asked = question.clone();
        let part = self.site.books.ask(move |book| {
            let (entries, next) = part(book, asked)?;
            let mut out = Vec::new();
            daybook_export::entries_jsonl::write(&mut out, &entries).map_err(|_| Problem::failed())?;
            Ok((Bytes::from(out), entries.len(), next))
        });
        let (bytes, count, next) = part.await.map_err(|_| std::io::Error::other("the book can't be read"))?;
        self.left -= count.min(self.left);
        let after =
            crate::params::cursor(&next).map_err(|_| std::io::Error::other("the book can't be read"))?;
        self.question = after.map(|after| Question { after: Some(after), ..question });
        Ok(Some((bytes, self)))
    }
}

/// As of which day.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct AsOf {
    /// As it was known on this day.
    #[param(schema_with = param_schemas::day)]
    as_of: Option<String>,
}

#[utoipa::path(
    get,
    path = "/contacts/{id}",
    summary = "One contact, with every version of every value and the words that say so",
    params(("id" = inline(String), Path, description = "The id of an entry or account, or four or more characters of its beginning"), AsOf),
    responses(
        (status = 200, description = "The contact", body = schemas::Entry),
        http_errors::OfIds,
    )
)]
pub(super) async fn one(
    State(site): State<Site>,
    Path(id): Path<String>,
    Query(asked): Query<AsOf>,
) -> Result<Response, ApiError> {
    let as_of = day("as_of", &asked.as_of)?;
    let entry = site.books.ask(move |book| match as_of {
        Some(day) => book.entry_as_of(&id, day).map_err(Problem::of_entry),
        None => book.entry(&id).map_err(Problem::of_entry),
    });
    answer(&entry.await?)
}

#[utoipa::path(
    get,
    path = "/contacts/{id}/comparison",
    summary = "What both sides' own accounts of a contact say, beside each other",
    params(("id" = inline(String), Path, description = "The id of an entry or account")),
    responses(
        (status = 200, description = "Values and points, each said by both, by one only, or in conflict", body = serde_json::Value),
        http_errors::OfIds,
    )
)]
pub(super) async fn comparison(
    State(site): State<Site>,
    Path(id): Path<String>,
) -> Result<Response, ApiError> {
    let comparison = site.books.ask(move |book| {
        let entry = book.entry(&id).map_err(Problem::of_entry)?;
        Ok(book.compare(&entry)?)
    });
    json(&comparison.await?)
}

/// Two who were in contact.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Two {
    /// One of the two: a person, the holder of an office, a country, a body.
    #[param(min_length = 1)]
    a: String,
    /// The other.
    #[param(min_length = 1)]
    b: String,
    /// Before this day.
    #[param(schema_with = param_schemas::day)]
    before: Option<String>,
    /// From what was published by this day.
    #[param(schema_with = param_schemas::day)]
    as_of: Option<String>,
}

#[utoipa::path(
    get,
    path = "/last",
    summary = "The last contact of two that was held",
    params(Two),
    responses(
        (status = 200, description = "The contact", body = schemas::Entry),
        http_errors::OfNames,
    )
)]
pub(super) async fn last(State(site): State<Site>, Query(two): Query<Two>) -> Result<Response, ApiError> {
    let before = day("before", &two.before)?;
    let as_of = day("as_of", &two.as_of)?;
    let entry = site.books.ask(move |book| {
        let on = before.or(as_of);
        let parties = [party(book, &two.a, on)?, party(book, &two.b, on)?];
        book.last_held(&parties, before, as_of)?
            .ok_or_else(|| Problem::missing("the book has no contact of the two that was held by then"))
    });
    answer(&entry.await?)
}

/// A time to come.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Coming {
    /// From this day on; today if left out.
    #[param(schema_with = param_schemas::day)]
    from: Option<String>,
    /// To this day; a month later if left out.
    #[param(schema_with = param_schemas::day)]
    to: Option<String>,
    /// From what was published by this day.
    #[param(schema_with = param_schemas::day)]
    as_of: Option<String>,
}

#[utoipa::path(
    get,
    path = "/agenda",
    summary = "What is planned",
    params(Coming),
    responses(
        (status = 200, description = "Contacts that are planned, the earliest first", body = Contacts),
        http_errors::OfQuestions,
    )
)]
pub(super) async fn agenda(
    State(site): State<Site>,
    Query(coming): Query<Coming>,
) -> Result<Response, ApiError> {
    let from = day("from", &coming.from)?.unwrap_or_else(|| (site.today)());
    let until = day("to", &coming.to)?.unwrap_or_else(|| from.saturating_add(1.month()));
    let question = Question {
        statuses: Status::COMING.to_vec(),
        since: Some(from),
        until: Some(until),
        as_of: day("as_of", &coming.as_of)?,
        earliest_first: true,
        limit: Some(MOST),
        ..Question::default()
    };
    json(&site.books.ask(move |book| page_of(book, question)).await?)
}

/// Another entry that is the same contact.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Merge {
    /// Its id.
    #[schema(schema_with = param_schemas::id)]
    with: String,
    /// Why.
    why: Option<String>,
}

/// Accounts that are of another contact.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Split {
    /// Their ids.
    accounts: Vec<String>,
    /// Why.
    why: Option<String>,
}

/// A decision that was written down.
#[derive(Serialize, ToSchema)]
pub(super) struct Decided {
    /// Its number, by which it can be taken back.
    decision: u32,
    /// The id of the entry as it is now.
    contact: String,
}

/// The body of a request as JSON.
pub(super) fn body<T>(json: Result<Json<T>, JsonRejection>) -> Result<T, Problem> {
    json.map(|Json(value)| value).map_err(|error| match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Problem::too_large("the body is larger than allowed"),
        StatusCode::UNSUPPORTED_MEDIA_TYPE => Problem::unsupported("send JSON, as application/json"),
        _ => Problem::request(error.body_text()),
    })
}

#[utoipa::path(
    post,
    path = "/contacts/{id}/merge",
    summary = "Decide that two entries are of one contact",
    params(("id" = inline(String), Path, description = "The id of an entry or account")),
    request_body = Merge,
    security(("token" = [])),
    responses(
        (status = 200, description = "It is decided", body = Decided),
        http_errors::OfWriting,
    )
)]
pub(super) async fn merge(
    State(site): State<Site>,
    Path(id): Path<String>,
    headers: HeaderMap,
    given: Result<Json<Merge>, JsonRejection>,
) -> Result<Response, ApiError> {
    site.guard.writer(&headers, None)?;
    let merge = body(given)?;
    let decided = site.books.write(move |book| {
        let entry = book.entry(&id).map_err(Problem::of_entry)?;
        let decision = book.merge(&entry.id, &merge.with, Some("API"), merge.why.as_deref())?;
        Ok(Decided { decision, contact: book.entry(&id).map_err(Problem::of_entry)?.id })
    });
    json(&decided.await?)
}

#[utoipa::path(
    post,
    path = "/contacts/{id}/split",
    summary = "Decide that accounts of an entry are of another contact",
    params(("id" = inline(String), Path, description = "The id of an entry or account")),
    request_body = Split,
    security(("token" = [])),
    responses(
        (status = 200, description = "It is decided", body = Decided),
        http_errors::OfWriting,
    )
)]
pub(super) async fn split(
    State(site): State<Site>,
    Path(id): Path<String>,
    headers: HeaderMap,
    given: Result<Json<Split>, JsonRejection>,
) -> Result<Response, ApiError> {
    site.guard.writer(&headers, None)?;
    let split = body(given)?;
    let decided = site.books.write(move |book| {
        let entry = book.entry(&id).map_err(Problem::of_entry)?;
        let decision = book.split(&entry.id, &split.accounts, Some("API"), split.why.as_deref())?;
        Ok(Decided { decision, contact: book.entry(&id).map_err(Problem::of_entry)?.id })
    });
    json(&decided.await?)
}

#[utoipa::path(
    delete,
    path = "/decisions/{number}",
    summary = "Take a decision back",
    params(("number" = u32, Path, description = "The number of the decision")),
    security(("token" = [])),
    responses(
        (status = 204, description = "It is taken back"),
        http_errors::OfWriting,
    )
)]
pub(super) async fn undo(
    State(site): State<Site>,
    Path(number): Path<String>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    site.guard.writer(&headers, None)?;
    let number: u32 =
        number.parse().map_err(|_| Problem::request(format!("{number:?} is no number of a decision")))?;
    site.books.write(move |book| book.undo(number, Some("API"), None).map_err(Problem::of_entry)).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
