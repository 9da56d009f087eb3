//! The style sheet, the optional script and the icon of the pages. Their addresses change with their content,
//! so that a browser may keep them for ever.

use std::sync::LazyLock;

use axum::Router;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;
use sha2::{Digest, Sha256};

const STYLE: &str = include_str!("../assets/style.css");
const SCRIPT: &str = include_str!("../assets/script.js");
const ICON: &str = include_str!("../assets/icon.svg");

static STYLE_AT: LazyLock<String> = LazyLock::new(|| address("style", "css", STYLE));
static SCRIPT_AT: LazyLock<String> = LazyLock::new(|| address("script", "js", SCRIPT));

/// Where the style sheet is.
pub(crate) fn style() -> &'static str {
    &STYLE_AT
}

/// Where the script is.
pub(crate) fn script() -> &'static str {
    &SCRIPT_AT
}

fn address(name: &str, ending: &str, content: &str) -> String {
    let digest = Sha256::digest(content.as_bytes());
    let short: String = digest.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    format!("/assets/{name}-{short}.{ending}")
}

/// The files by their addresses.
pub(crate) fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new()
        .route(style(), get(|| async { file("text/css; charset=utf-8", STYLE) }))
        .route(script(), get(|| async { file("text/javascript; charset=utf-8", SCRIPT) }))
        .route("/assets/icon.svg", get(|| async { file("image/svg+xml", ICON) }))
}

fn file(kind: &'static str, content: &'static str) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "public, max-age=31536000, immutable")], content)
}
