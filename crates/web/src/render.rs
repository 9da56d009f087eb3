//! Templates to answers.

use askama::Template;
use axum::response::{Html, IntoResponse, Response};

use crate::problem::Problem;

/// A template as a page.
pub(crate) fn html(template: &impl Template) -> Result<Response, Problem> {
    Ok(Html(template.render()?).into_response())
}
