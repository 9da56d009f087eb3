//! The book as a whole: its size, counts, and questions in SQL.

use std::time::Duration;

use axum::extract::{Path, State};
use axum::response::Response;
use daybook::By;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::answers::{ApiError, Query, json};
use super::http_errors;
use super::parties::Counted;
use crate::param_schemas::{self, MOST};
use crate::params::{Filter, limit};
use crate::problem::Problem;
use crate::site::Site;

/// How much a book holds.
#[derive(Serialize, ToSchema)]
struct Size {
    /// Reports, all versions.
    reports: usize,
    /// Accounts.
    accounts: usize,
    /// Contacts.
    contacts: usize,
}

#[utoipa::path(
    get,
    path = "/size",
    summary = "How much the book holds",
    responses(
        (status = 200, description = "Numbers", body = Size),
        http_errors::OfQuestions,
    )
)]
pub(super) async fn size(State(site): State<Site>) -> Result<Response, ApiError> {
    let size = site.books.ask(|book| Ok(book.size()?)).await?;
    json(&Size { reports: size.reports, accounts: size.accounts, contacts: size.entries })
}

#[utoipa::path(
    get,
    path = "/stats/{by}",
    summary = "How many contacts there are by year, month, kind or status",
    params(("by" = inline(param_schemas::Count), Path, description = "By what they are counted"), Filter),
    responses(
        (status = 200, description = "Counts in alphabetical order", body = Vec<Counted>),
        http_errors::OfNames,
    )
)]
pub(super) async fn stats(
    State(site): State<Site>,
    Path(by): Path<String>,
    Query(filter): Query<Filter>,
) -> Result<Response, ApiError> {
    let by = match by.as_str() {
        "year" => By::Year,
        "month" => By::Month,
        "kind" => By::Kind,
        "status" => By::Status,
        _ => return Err(Problem::missing("contacts are counted by year, month, kind or status").into()),
    };
    let counts = site.books.ask(move |book| {
        let question = filter.query(book)?;
        Ok(book.tally(&question, by)?)
    });
    let counts = counts.await?.into_iter().map(|(by, contacts)| Counted { by, contacts });
    json(&counts.collect::<Vec<_>>())
}

/// A question in SQL.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Sql {
    /// One statement that only reads; docs/book.md describes the tables.
    #[param(min_length = 1)]
    query: String,
    /// So many rows at most.
    #[param(schema_with = param_schemas::limit)]
    limit: Option<String>,
}

/// The answer to a question in SQL.
#[derive(Serialize, ToSchema)]
struct Table {
    /// The names of the columns.
    columns: Vec<String>,
    /// The rows, all values as text.
    rows: Vec<Vec<Option<String>>>,
    /// Whether there are more rows than were asked for.
    more: bool,
}

/// A question in SQL may take so long, and its answer be so large.
const TIME: Duration = Duration::from_secs(5);
const BYTES: usize = 4 << 20;

#[utoipa::path(
    get,
    path = "/sql",
    summary = "A question in SQL to the tables of the book, which only reads",
    params(Sql),
    responses(
        (status = 200, description = "Rows", body = Table),
        http_errors::OfQuestions,
    )
)]
pub(super) async fn sql(State(site): State<Site>, Query(asked): Query<Sql>) -> Result<Response, ApiError> {
    let limit = limit(&asked.limit, MOST)?;
    let table = site.books.ask(move |book| {
        let (mut rows, mut bytes, mut more) = (Vec::new(), 0, false);
        let columns = book.select(&asked.query, TIME, |_, row| {
            bytes += row.iter().flatten().map(String::len).sum::<usize>();
            if rows.len() == limit || bytes > BYTES {
                more = true;
            } else {
                rows.push(row.to_vec());
            }
            Ok(())
        })?;
        Ok(Table { columns: columns.into_iter().map(|column| column.name).collect(), rows, more })
    });
    json(&table.await?)
}
