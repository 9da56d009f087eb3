//! What watches a server: whether it answers (`/healthz`), and how many requests it had (`/metrics`).

use axum::Router;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tokio::time::Instant;

use crate::problem::Problem;
use crate::site::Site;

/// The addresses for what watches.
pub(crate) fn router() -> Router<Site> {
    Router::new().route("/healthz", get(health)).route("/metrics", get(metrics))
}

/// Well where the book answers.
async fn health(State(site): State<Site>) -> Result<&'static str, Problem> {
    site.books.ask(|book| Ok(book.newest_entries(1)?)).await.map(|_| "ok\n")
}

async fn metrics(State(site): State<Site>) -> Response {
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], site.metrics.written()).into_response()
}

/// The method, if it is one that any page takes: a counter for whatever somebody makes up would fill the memory.
fn known(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::DELETE => "DELETE",
        _ => "other",
    }
}

/// Counts each request, and ends those that take too long.
pub(crate) async fn measure(State(site): State<Site>, request: Request, next: Next) -> Response {
    let start = Instant::now();
    // Addresses hold what people look for: routes alone are counted.
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_string();
    let api = request.uri().path().starts_with("/api/");
    let method = known(request.method()).to_string();
    let response = match tokio::time::timeout(site.time_limit, next.run(request)).await {
        Ok(response) => response,
        Err(_) => {
            let problem = Problem::too_slow("answering took longer than allowed; ask for less");
            if api { problem.as_json() } else { problem.as_page() }
        }
    };
    site.metrics.add(route, method, response.status().as_u16(), start.elapsed());
    response
}
