//! Answers of the API: JSON, with a tag by which a program can tell that nothing has changed.

use axum::body::{Body, to_bytes};
use axum::extract::{FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use daybook::{BookError, Entry};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};

use crate::params::read;
use crate::problem::Problem;

/// Why a program's request could not be answered.
pub(crate) struct ApiError(pub(crate) Problem);

impl From<Problem> for ApiError {
    fn from(problem: Problem) -> ApiError {
        ApiError(problem)
    }
}

impl From<BookError> for ApiError {
    fn from(error: BookError) -> ApiError {
        ApiError(error.into())
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        self.0.as_json()
    }
}

/// The query of an address of the API.
pub(crate) struct Query<T>(pub(crate) T);

impl<S: Sync, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Query<T>, ApiError> {
        let query = parts.uri.query().unwrap_or_default();
        let empty = |pair: &&str| pair.ends_with('=') || !pair.contains('=');
        match query.split('&').filter(|pair| !pair.is_empty()).find(empty) {
            Some(pair) => {
                let key = pair.trim_end_matches('=');
                Err(Problem::request(format!("{key}: the value is missing; leave it out, or give one"))
                    .into())
            }
            None => Ok(Query(read(query)?)),
        }
    }
}

/// JSON.
pub(crate) fn json(value: &impl Serialize) -> Result<Response, ApiError> {
    let text = serde_json::to_vec(value).map_err(|_| Problem::failed())?;
    Ok(([(header::CONTENT_TYPE, "application/json")], text).into_response())
}

/// Entries as the export writes them.
pub(crate) fn written(entries: &[Entry]) -> Result<Vec<Box<RawValue>>, Problem> {
    let mut out = Vec::new();
    daybook_export::entries_jsonl::write(&mut out, entries).map_err(|_| Problem::failed())?;
    let text = String::from_utf8(out).map_err(|_| Problem::failed())?;
    let raw = |line: &str| RawValue::from_string(line.to_string()).map_err(|_| Problem::failed());
    text.lines().map(raw).collect()
}

/// One entry.
pub(crate) fn entry(entry: &Entry) -> Result<Response, ApiError> {
    json(&written(std::slice::from_ref(entry))?.first())
}

/// An answer of this size or less gets a tag; larger ones go out as they are made.
const TAGGED: usize = 16 << 20;

/// Puts a tag on answers, and answers shortly where the asker has the same one already.
pub(crate) async fn with_etag(request: Request, next: Next) -> Response {
    let asked = matches!(*request.method(), Method::GET | Method::HEAD);
    let known = request.headers().get(header::IF_NONE_MATCH).cloned();
    let response = next.run(request).await;
    if !asked || response.status() != StatusCode::OK || response.headers().contains_key("x-stream") {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, TAGGED).await else {
        return Problem::request("the answer is too large; ask for less, or for contacts.jsonl").as_json();
    };
    let digest = Sha256::digest(&bytes);
    let tag: String = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    let tag = format!("\"{tag}\"");
    if let Ok(value) = HeaderValue::from_str(&tag) {
        parts.headers.insert(header::ETAG, value);
    }
    let same = known.as_ref().and_then(|known| known.to_str().ok()).is_some_and(|known| {
        known.split(',').any(|one| one.trim().trim_start_matches("W/") == tag || one.trim() == "*")
    });
    if same {
        parts.status = StatusCode::NOT_MODIFIED;
        parts.headers.remove(header::CONTENT_TYPE);
        return Response::from_parts(parts, Body::empty());
    }
    Response::from_parts(parts, Body::from(bytes))
}
