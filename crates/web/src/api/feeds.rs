//! What programs subscribe to: a news feed of new and changed contacts, and a calendar.

use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use daybook::Entry;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::answers::ApiError;
use super::http_errors;
use crate::labels;
use crate::problem::Problem;
use crate::site::Site;

/// So many contacts are in the feed.
const LATEST: usize = 50;

#[utoipa::path(
    get,
    path = "/changes.atom",
    summary = "A news feed of the contacts that were added or changed last",
    responses(
        (status = 200, description = "An Atom feed", body = String, content_type = "application/atom+xml"),
        http_errors::OfQuestions,
    )
)]
pub(super) async fn changes(State(site): State<Site>, headers: HeaderMap) -> Result<Response, ApiError> {
    let entries = site.books.ask(|book| {
        let ids = book.newest_entries(LATEST)?;
        Ok(book.entries(&ids)?)
    });
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
    let text = atom(&entries.await?, &format!("http://{host}")).map_err(|_| Problem::failed())?;
    Ok(([(header::CONTENT_TYPE, "application/atom+xml; charset=utf-8")], text).into_response())
}

/// The feed; the same entries give the same bytes.
fn atom(entries: &[Entry], site: &str) -> std::io::Result<Vec<u8>> {
    let mut out = Writer::new(Vec::new());
    out.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    let newest = entries.iter().map(updated).max().unwrap_or_else(|| "1970-01-01T00:00:00Z".into());
    out.create_element("feed").with_attribute(("xmlns", "http://www.w3.org/2005/Atom")).write_inner_content(
        |out| {
            text(out, "title", "Daybook: new and changed contacts")?;
            text(out, "id", "urn:daybook:changes")?;
            text(out, "updated", &newest)?;
            out.create_element("author").write_inner_content(|out| text(out, "name", "Daybook"))?;
            let own = format!("{site}/api/v1/changes.atom");
            out.create_element("link")
                .with_attributes([("rel", "self"), ("href", own.as_str())])
                .write_empty()?;
            entries.iter().try_for_each(|entry| item(out, entry, site))
        },
    )?;
    Ok(out.into_inner())
}

fn item(out: &mut Writer<Vec<u8>>, entry: &Entry, site: &str) -> std::io::Result<()> {
    out.create_element("entry").write_inner_content(|out| {
        text(out, "title", &labels::heading(entry))?;
        text(out, "id", &format!("urn:daybook:contact:{}", entry.id))?;
        text(out, "updated", &updated(entry))?;
        let page = format!("{site}/contact/{}", entry.id);
        out.create_element("link")
            .with_attributes([("rel", "alternate"), ("href", page.as_str())])
            .write_empty()?;
        let told = format!(
            "{}, {}; {}",
            labels::kind(entry.kind.value),
            labels::status(entry.status.value),
            labels::standing(entry.credibility.standing, entry.credibility.sources)
        );
        text(out, "summary", &told)
    })?;
    Ok(())
}

/// When the latest of an entry's reports was published: the book knows no other time.
fn updated(entry: &Entry) -> String {
    let day = entry.accounts.iter().filter_map(|filed| filed.report.published).max();
    day.map_or("1970-01-01T00:00:00Z".into(), |day| format!("{day}T00:00:00Z"))
}

/// An element with text; characters that XML can't hold are left out.
fn text(out: &mut Writer<Vec<u8>>, name: &str, content: &str) -> std::io::Result<()> {
    let clean: String =
        content.chars().filter(|c| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}')).collect();
    out.create_element(name).write_text_content(BytesText::new(&clean))?;
    Ok(())
}

#[utoipa::path(
    get,
    path = "/agenda.ics",
    summary = "What is planned, and what was held since a month ago, as a calendar",
    responses(
        (status = 200, description = "A calendar", body = String, content_type = "text/calendar"),
        http_errors::OfQuestions,
    )
)]
pub(super) async fn calendar(state: State<Site>) -> Result<Response, ApiError> {
    Ok(crate::calendar::calendar(state).await?)
}
