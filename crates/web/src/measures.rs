//! What watches a server: whether it answers, and how many requests it had, in the form of Prometheus.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tokio::time::Instant;

use crate::Site;
use crate::problem::Problem;

/// The upper bounds of how long answers took, in seconds.
const BOUNDS: [f64; 8] = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0];

/// How many requests there were of each route, method and status, and how long they took.
#[derive(Default)]
pub(crate) struct Measures {
    counts: Mutex<BTreeMap<(String, String, u16), u64>>,
    times: Mutex<Times>,
}

#[derive(Default)]
struct Times {
    buckets: [u64; BOUNDS.len()],
    count: u64,
    sum: f64,
}

impl Measures {
    fn add(&self, route: String, method: String, status: u16, took: Duration) {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        *counts.entry((route, method, status)).or_default() += 1;
        let mut times = self.times.lock().unwrap_or_else(PoisonError::into_inner);
        let seconds = took.as_secs_f64();
        times.count += 1;
        times.sum += seconds;
        let fits = BOUNDS.iter().position(|bound| seconds <= *bound);
        fits.into_iter().for_each(|at| times.buckets[at] += 1);
    }

    fn written(&self) -> String {
        let mut out = String::from(
            "# HELP daybook_requests_total Requests answered.\n# TYPE daybook_requests_total counter\n",
        );
        for ((route, method, status), count) in
            self.counts.lock().unwrap_or_else(PoisonError::into_inner).iter()
        {
            let _ = writeln!(
                out,
                "daybook_requests_total{{route=\"{route}\",method=\"{method}\",status=\"{status}\"}} {count}"
            );
        }
        let times = self.times.lock().unwrap_or_else(PoisonError::into_inner);
        out.push_str("# HELP daybook_request_seconds How long answering took.\n# TYPE daybook_request_seconds histogram\n");
        let mut sum = 0;
        for (bound, count) in BOUNDS.iter().zip(times.buckets) {
            sum += count;
            let _ = writeln!(out, "daybook_request_seconds_bucket{{le=\"{bound}\"}} {sum}");
        }
        let _ = writeln!(
            out,
            "daybook_request_seconds_bucket{{le=\"+Inf\"}} {0}\ndaybook_request_seconds_sum {1}\ndaybook_request_seconds_count {0}",
            times.count, times.sum
        );
        out
    }
}

/// The addresses for what watches.
pub(crate) fn router() -> Router<Site> {
    Router::new().route("/healthz", get(health)).route("/metrics", get(metrics))
}

/// Well where the book answers.
async fn health(State(site): State<Site>) -> Result<&'static str, Problem> {
    site.books.ask(|book| Ok(book.newest_entries(1)?)).await.map(|_| "ok\n")
}

async fn metrics(State(site): State<Site>) -> Response {
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], site.measures.written()).into_response()
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
    site.measures.add(route, method, response.status().as_u16(), start.elapsed());
    response
}
