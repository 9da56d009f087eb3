//! Reports: those of the book, and texts that are read or added.

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use daybook::{Reading, Report};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use utoipa::ToSchema;

use super::answers::{ApiError, json};
use super::contacts::body;
use super::{http_errors, schemas};
use crate::problem::Problem;
use crate::site::Site;

#[utoipa::path(
    get,
    path = "/reports/{id}",
    summary = "A report of the book with what was read in it",
    params(("id" = inline(String), Path, description = "The id of a report")),
    responses(
        (status = 200, description = "The record; what the book does not keep is empty in it", body = schemas::Record),
        http_errors::OfIds,
    )
)]
pub(super) async fn one(State(site): State<Site>, Path(id): Path<String>) -> Result<Response, ApiError> {
    let text = site.books.ask(move |book| {
        let report =
            book.report(&id)?.ok_or_else(|| Problem::missing("the book has no report with this id"))?;
        let accounts = book.accounts_in_report(&id)?.into_iter().map(|(filed, _)| filed.account).collect();
        let reading = Reading { accounts, statements: book.statements_of(&id)?, ..Reading::default() };
        Ok(daybook_export::json::line(&report, &reading, None))
    });
    Ok(record(text.await?))
}

#[utoipa::path(
    get,
    path = "/reports/{id}/text",
    summary = "The text of a report, to which the places in its record refer",
    params(("id" = inline(String), Path, description = "The id of a report")),
    responses(
        (status = 200, description = "The text as it was published", body = String, content_type = "text/plain"),
        http_errors::OfIds,
    )
)]
pub(super) async fn text(State(site): State<Site>, Path(id): Path<String>) -> Result<Response, ApiError> {
    let report = site.books.ask(move |book| {
        book.report(&id)?.ok_or_else(|| Problem::missing("the book has no report with this id"))
    });
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], report.await?.text).into_response())
}

fn record(text: String) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], text).into_response()
}

/// A report, to be read or added.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Given {
    /// The text.
    #[schema(min_length = 1)]
    text: String,
    /// The headline.
    title: Option<String>,
    /// The day of publication.
    #[schema(value_type = Option<String>, format = Date)]
    published: Option<jiff::civil::Date>,
    /// Who published it.
    publisher: Option<String>,
    /// Where. Nothing is fetched from there; the same address with another text is a new version.
    url: Option<String>,
    /// What its source calls it.
    id: Option<String>,
}

impl Given {
    fn report(self, number: usize) -> Result<Report, Problem> {
        if self.text.trim().is_empty() {
            return Err(Problem::request("text: there is nothing to read"));
        }
        let id = self.id.or_else(|| self.url.clone()).unwrap_or_else(|| format!("report-{}", number + 1));
        Ok(Report {
            id,
            text: self.text,
            title: self.title,
            published: self.published,
            publisher: self.publisher,
            url: self.url,
        })
    }
}

#[utoipa::path(
    post,
    path = "/read",
    summary = "Read a text without storing it",
    request_body = Given,
    responses(
        (status = 200, description = "The record", body = schemas::Record),
        http_errors::OfTexts,
    )
)]
pub(super) async fn read(
    State(site): State<Site>,
    given: Result<Json<Given>, JsonRejection>,
) -> Result<Response, ApiError> {
    let report = body(given)?.report(0)?;
    let read = crate::readings::each(&site, vec![report]).await?;
    let (report, reading) = read.into_iter().next().ok_or_else(Problem::failed)?;
    Ok(record(daybook_export::json::line(&report, &reading, None)))
}

/// What adding reports has done.
#[derive(Serialize, ToSchema)]
struct Added {
    /// For each report, whether it was new to the book.
    new: Vec<bool>,
    /// How many accounts the new ones have.
    accounts: usize,
    /// How many of them replace an earlier version of the same address.
    versions: usize,
    /// The contacts that were made or changed.
    #[schema(value_type = Vec<schemas::Entry>)]
    contacts: Vec<Box<RawValue>>,
}

/// So many reports are added at once.
const AT_ONCE: usize = 100;

#[utoipa::path(
    post,
    path = "/reports",
    summary = "Add reports to the book: they are read, and what they tell is settled",
    request_body = Vec<Given>,
    security(("token" = [])),
    responses(
        (status = 200, description = "They are in the book", body = Added),
        http_errors::OfWriting,
    )
)]
pub(super) async fn add(
    State(site): State<Site>,
    headers: HeaderMap,
    given: Result<Json<Vec<Given>>, JsonRejection>,
) -> Result<Response, ApiError> {
    site.guard.writer(&headers, None)?;
    let given = body(given)?;
    if given.len() > AT_ONCE {
        return Err(Problem::request(format!("send {AT_ONCE} reports at most at a time")).into());
    }
    let reports: Vec<Report> =
        given.into_iter().enumerate().map(|(at, given)| given.report(at)).collect::<Result<_, _>>()?;
    let read = crate::readings::each(&site, reports).await?;
    let added = site.books.write(move |book| {
        let added = book.add(read)?;
        let contacts = super::answers::written(&book.entries(&added.entries)?)?;
        Ok(Added { new: added.new, accounts: added.accounts, versions: added.versions, contacts })
    });
    json(&added.await?)
}
