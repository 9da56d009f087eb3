//! The book in a browser, and over HTTP to programs.
//!
//! [`app`] gives a service that a server runs: pages for people, which need no script and nothing from elsewhere; an API below
//! `/api/v1` with its description; a calendar, a news feed, and what watches a server. The clock, the socket and the log belong
//! to whoever runs it.

mod api;
mod assets;
mod auth;
mod charts;
mod escape;
mod highlight;
mod labels;
mod metrics;
mod names;
mod pages;
mod params;
mod pool;
mod problem;
mod readings;
mod server;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware;
use daybook::Reader;
use jiff::civil::Date;
use tokio::sync::Semaphore;
use tower_http::catch_panic::CatchPanicLayer;

pub use pool::Open;
pub use server::serve;

use auth::Guard;
use metrics::Measures;
use pool::Books;

/// What a service is started with.
pub struct Settings {
    /// How a connection to the book is opened.
    pub open: Open,
    /// Who reads texts, for `Read` and for reports that are added.
    pub reader: Arc<Reader>,
    /// Who has it may write, and read where reading is not open.
    pub token: Option<String>,
    /// Whether only users of this machine reach the server.
    pub loopback: bool,
    /// Whether everybody may read, wherever they come from.
    pub public_read: bool,
    /// Today's date.
    pub today: fn() -> Date,
    /// The largest body of a request, in bytes.
    pub body_limit: usize,
    /// How long answering may take.
    pub time_limit: Duration,
    /// How many questions are answered at a time.
    pub concurrency: usize,
}

/// What every page knows.
#[derive(Clone)]
pub(crate) struct Site(Arc<Parts>);

pub(crate) struct Parts {
    books: Books,
    reader: Arc<Reader>,
    guard: Guard,
    measures: Measures,
    today: fn() -> Date,
    time_limit: Duration,
    /// Reading takes a processor each; so many texts are read at a time.
    reading: Arc<Semaphore>,
}

impl std::ops::Deref for Site {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

/// So many texts are read at a time.
const READING: usize = 2;

/// The service: pages, API, feeds.
pub fn app(settings: Settings) -> Router {
    let site = Site(Arc::new(Parts {
        books: Books::new(settings.open, settings.concurrency),
        reader: settings.reader,
        guard: Guard::new(settings.token.as_deref(), settings.loopback, settings.public_read),
        measures: Measures::default(),
        today: settings.today,
        time_limit: settings.time_limit,
        reading: Arc::new(Semaphore::new(READING)),
    }));
    Router::new()
        .merge(pages::router())
        .nest("/api/v1", api::router())
        .merge(api::described())
        .merge(assets::router())
        .merge(metrics::router())
        .fallback(pages::nothing)
        .layer(DefaultBodyLimit::max(settings.body_limit))
        .layer(middleware::from_fn_with_state(site.clone(), metrics::measure))
        .layer(middleware::from_fn_with_state(site.clone(), auth::guard))
        .layer(CatchPanicLayer::custom(|_| pages::broken()))
        .with_state(site)
}
