//! Pages for people. Each is complete without a script.

mod agenda;
mod compare;
mod decide;
mod entry;
mod front;
mod lists;
mod network;
mod pair;
mod party;
mod read;
mod report;
mod search;

use axum::Router;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::calendar;
use crate::problem::Problem;
use crate::site::Site;

/// All pages by their addresses.
pub(crate) fn router() -> Router<Site> {
    Router::new()
        .route("/", get(front::page))
        .route("/contacts", get(lists::contacts))
        .route("/disputes", get(lists::disputes))
        .route("/search", get(search::page))
        .route("/suggest", get(search::suggest))
        .route("/pair/{one}/{other}", get(pair::page))
        .route("/party/{party}", get(party::page))
        .route("/contact/{id}", get(entry::page))
        .route("/contact/{id}/compare", get(compare::page))
        .route("/contact/{id}/merge", axum::routing::post(decide::merge))
        .route("/contact/{id}/split", axum::routing::post(decide::split))
        .route("/report/{id}", get(report::page))
        .route("/agenda", get(agenda::page))
        .route("/agenda.ics", get(calendar::calendar))
        .route("/network", get(network::page))
        .route("/read", get(read::empty).post(read::read))
        .method_not_allowed_fallback(|| async { Problem::method() })
}

/// An address that no page has.
pub(crate) async fn not_found(uri: Uri) -> Response {
    let problem = Problem::missing("no page has this address");
    if uri.path().starts_with("/api/") { problem.as_json() } else { problem.as_page() }
}

/// The answer after a panic.
pub(crate) fn internal_error() -> Response {
    log::error!("answering panicked");
    (StatusCode::INTERNAL_SERVER_ERROR, "Answering failed. This is a mistake in Daybook.").into_response()
}
