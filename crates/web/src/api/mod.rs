//! The API for programs, below `/api/v1`. Its description follows from the code.

mod answers;
mod book;
mod contacts;
mod feeds;
mod http_errors;
mod parties;
mod reports;
mod schemas;

use std::sync::LazyLock;

use askama::Template;
use axum::Router;
use axum::http::header;
use axum::middleware;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde_json::Value;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::problem::Problem;
use crate::render::html;
use crate::site::Site;

/// What is told of the API as a whole.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Daybook",
        description = "A sourced book of diplomatic contacts: who phoned, met, visited or wrote to whom, and which words of which report say so.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")
    ),
    components(schemas(Problem, schemas::Entry, schemas::Record))
)]
struct Description;

fn routes() -> OpenApiRouter<Site> {
    OpenApiRouter::with_openapi(Description::openapi())
        .routes(routes!(contacts::list))
        .routes(routes!(contacts::lines))
        .routes(routes!(contacts::one))
        .routes(routes!(contacts::comparison))
        .routes(routes!(contacts::last))
        .routes(routes!(contacts::agenda))
        .routes(routes!(contacts::merge))
        .routes(routes!(contacts::split))
        .routes(routes!(contacts::undo))
        .routes(routes!(feeds::changes))
        .routes(routes!(feeds::calendar))
        .routes(routes!(parties::meant))
        .routes(routes!(parties::one))
        .routes(routes!(parties::network))
        .routes(routes!(book::size))
        .routes(routes!(book::stats))
        .routes(routes!(book::sql))
        .routes(routes!(reports::one))
        .routes(routes!(reports::text))
        .routes(routes!(reports::read))
        .routes(routes!(reports::add))
}

/// The description of the API, OpenAPI 3.1.
static DOCUMENT: LazyLock<Value> = LazyLock::new(|| {
    let mut document = serde_json::to_value(routes().into_openapi()).unwrap_or_default();
    // The routes are served below this address.
    document["servers"] = serde_json::json!([{"url": "/api/v1"}]);
    schemas::complete(&mut document);
    document
});

/// The API's routes.
pub(crate) fn router() -> Router<Site> {
    let (router, _) = routes().split_for_parts();
    router
        .layer(middleware::from_fn(answers::with_etag))
        .method_not_allowed_fallback(|| async { Problem::method().as_json() })
}

/// The description of the API, for programs and for people.
pub(crate) fn described() -> Router<Site> {
    Router::new().route("/api/v1/openapi.json", get(document)).route("/api", get(page))
}

async fn document() -> Response {
    let headers = [(header::CONTENT_TYPE, "application/vnd.oai.openapi+json;version=3.1")];
    (headers, DOCUMENT.to_string()).into_response()
}

/// What is told of one way to ask.
struct Operation {
    method: String,
    path: String,
    summary: String,
    parameters: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "api.html")]
struct Page {
    operations: Vec<Operation>,
}

async fn page() -> Result<Response, Problem> {
    html(&Page { operations: operations(&DOCUMENT) })
}

/// The operations of a description, by path.
fn operations(document: &Value) -> Vec<Operation> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_string();
    let parameter = |value: &Value| (text(&value["name"]), text(&value["description"]));
    let parameters =
        |value: &Value| value["parameters"].as_array().map(|all| all.iter().map(parameter).collect());
    let paths = document["paths"].as_object().into_iter().flatten();
    let of_path = |(path, methods): (&String, &Value)| {
        let methods = methods.as_object().into_iter().flatten();
        let operation = |(method, told): (&String, &Value)| Operation {
            method: method.to_uppercase(),
            path: path.clone(),
            summary: text(&told["summary"]),
            parameters: parameters(told).unwrap_or_default(),
        };
        methods.map(operation).collect::<Vec<_>>()
    };
    paths.flat_map(of_path).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The operations as docs/http.md lists them.
    fn table() -> String {
        let row = |o: &Operation| format!("| `{} {}` | {} |\n", o.method, o.path, o.summary);
        let rows: String = operations(&DOCUMENT).iter().map(row).collect();
        format!("| | |\n|---|---|\n{rows}")
    }

    #[test]
    fn the_documentation_lists_every_operation() {
        let text = include_str!("../../../../docs/http.md");
        let listed = text.split("<!-- operations: held against the program by a test -->\n").nth(1);
        let listed =
            listed.and_then(|rest| rest.split("<!-- end of operations -->").next()).unwrap_or_default();
        assert_eq!(listed, table(), "docs/http.md lists other operations than the API has");
    }

    #[test]
    fn every_reference_of_the_description_leads_somewhere() {
        let text = DOCUMENT.to_string();
        let references: Vec<&str> =
            text.split("\"$ref\":\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert!(references.len() > 20);
        for reference in references {
            let found = DOCUMENT.pointer(reference.trim_start_matches('#'));
            assert!(found.is_some(), "{reference} leads nowhere");
        }
        assert_eq!(DOCUMENT["openapi"].as_str().map(|version| &version[..3]), Some("3.1"));
    }
}
