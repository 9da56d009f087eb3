//! What a person decides on a page: that contacts are one, or are not.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::escape::path_segment;
use crate::params::told;
use crate::problem::Problem;
use crate::site::Site;

#[derive(Deserialize)]
struct Merge {
    other: String,
    why: Option<String>,
    token: Option<String>,
}

#[derive(Deserialize)]
struct Split {
    #[serde(default)]
    account: Vec<String>,
    why: Option<String>,
    token: Option<String>,
}

pub(super) async fn merge(
    State(site): State<Site>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let form: Merge = form(&body)?;
    site.guard.writer(&headers, form.token.as_deref())?;
    decide(site, id, move |book, id| {
        Ok(book.merge(id, &form.other, Some("page"), told(&form.why).filter(|why| !why.is_empty()))?)
    })
    .await
}

pub(super) async fn split(
    State(site): State<Site>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let form: Split = form(&body)?;
    site.guard.writer(&headers, form.token.as_deref())?;
    decide(site, id, move |book, id| {
        Ok(book.split(id, &form.account, Some("page"), told(&form.why).filter(|why| !why.is_empty()))?)
    })
    .await
}

fn form<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    serde_html_form::from_bytes(body).map_err(|error| Problem::request(format!("in the form: {error}")))
}

/// Writes a decision, and leads to the entry as it is then.
async fn decide(
    site: Site,
    id: String,
    work: impl FnOnce(&mut daybook::Book, &str) -> Result<u32, Problem> + Send + 'static,
) -> Result<Response, Problem> {
    let entry = site.books.write(move |book| {
        work(book, &id)?;
        Ok(book.entry(&id).map_err(Problem::of_entry)?.id)
    });
    Ok(Redirect::to(&format!("/contact/{}", path_segment(&entry.await?))).into_response())
}
