//! A text that somebody pastes, or a file: read at once, and kept nowhere.

use askama::Template;
use axum::extract::State;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::response::Response;
use daybook::{Account, Report};

use super::report::{View, publication, view};
use crate::problem::Problem;
use crate::readings::{self, Given};
use crate::render::html;
use crate::site::Site;

#[derive(Template, Default)]
#[template(path = "read.html")]
struct Page {
    text: String,
    published: String,
    publisher: String,
    notices: Vec<String>,
    readings: Vec<Shown>,
}

/// A report with its reading.
struct Shown {
    title: String,
    view: View,
}

pub(super) async fn empty() -> Result<Response, Problem> {
    html(&Page::default())
}

pub(super) async fn read(
    State(site): State<Site>,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Response, Problem> {
    let form = form.map_err(|error| Problem::unsupported(error.body_text()))?;
    let given = taken(form).await?;
    let (text, published, publisher) = (given.text.clone(), given.published.clone(), given.publisher.clone());
    let read = readings::read(&site, given).await?;
    let mut page = Page { text, published, publisher, notices: read.failures, readings: Vec::new() };
    if read.reports.is_empty() && page.notices.is_empty() {
        page.notices.push("There is no text to read: paste one, or choose a file.".into());
    }
    page.readings = read.reports.into_iter().map(|(report, reading)| shown(&report, &reading)).collect();
    html(&page)
}

fn shown(report: &Report, reading: &daybook::Reading) -> Shown {
    let accounts: Vec<(&Account, Option<&str>)> =
        reading.accounts.iter().map(|account| (account, None)).collect();
    let title = report.title.clone().unwrap_or_else(|| "The text".into());
    let title = format!("{title} ({})", publication(report));
    Shown { title, view: view(report, &accounts, &reading.statements) }
}

/// The fields of the form; a file goes before what was pasted.
async fn taken(mut form: Multipart) -> Result<Given, Problem> {
    let mut given = Given::default();
    let wrong = |error: axum::extract::multipart::MultipartError| match error.status() {
        axum::http::StatusCode::PAYLOAD_TOO_LARGE => {
            Problem::too_large("the text or file is larger than allowed")
        }
        _ => Problem::request(format!("in the form: {}", error.body_text())),
    };
    while let Some(field) = form.next_field().await.map_err(wrong)? {
        let name = field.name().unwrap_or_default().to_string();
        let file = field.file_name().map(str::to_string);
        let bytes = field.bytes().await.map_err(wrong)?;
        let text = || String::from_utf8_lossy(&bytes).into_owned();
        match name.as_str() {
            "text" => given.text = text().replace("\r\n", "\n"),
            "published" => given.published = text(),
            "publisher" => given.publisher = text(),
            "file" if !bytes.is_empty() => given.file = Some((file.unwrap_or_default(), bytes.to_vec())),
            _ => {}
        }
    }
    Ok(given)
}
