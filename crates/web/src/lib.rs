//! Serves the book over HTTP: pages for browsers, an API for programs.
//!
//! [`app`] gives a service that a server runs: pages for people, which need no script and nothing from elsewhere; an API below
//! `/api/v1` with its description; a calendar, a news feed, and what watches a server. The clock, the socket and the log belong
//! to whoever runs it.

mod api;
mod assets;
mod auth;
mod briefs;
mod calendar;
mod charts;
mod escape;
mod highlight;
mod labels;
mod metrics;
mod monitor;
mod names;
mod pages;
mod param_schemas;
mod params;
mod pool;
mod problem;
mod readings;
mod render;
mod server;
mod site;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware;
use tower_http::catch_panic::CatchPanicLayer;

pub use pool::Open;
pub use server::serve;
pub use site::Settings;

use site::Site;

/// The service: pages, API, feeds.
pub fn app(settings: Settings) -> Router {
    let body_limit = settings.body_limit;
    let site = Site::new(settings);
    Router::new()
        .merge(pages::router())
        .nest("/api/v1", api::router())
        .merge(api::described())
        .merge(assets::router())
        .merge(monitor::router())
        .fallback(pages::not_found)
        .layer(DefaultBodyLimit::max(body_limit))
        .layer(middleware::from_fn_with_state(site.clone(), monitor::measure))
        .layer(middleware::from_fn_with_state(site.guard.clone(), auth::check))
        .layer(CatchPanicLayer::custom(|_| pages::internal_error()))
        .with_state(site)
}
