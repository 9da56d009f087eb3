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

use std::ops::Deref;

use askama::Template;
use axum::Router;
use axum::http::{StatusCode, Uri};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use daybook::{Brief, Party};
use jiff::civil::Date;

use crate::Site;
use crate::labels;
use crate::problem::Problem;

pub(crate) use agenda::calendar;
pub(crate) use entry::heading;

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
        .route("/agenda.ics", get(agenda::calendar))
        .route("/network", get(network::page))
        .route("/read", get(read::empty).post(read::read))
        .method_not_allowed_fallback(|| async { Problem::method() })
}

/// An address that no page has.
pub(crate) async fn nothing(uri: Uri) -> Response {
    let problem = Problem::missing("no page has this address");
    if uri.path().starts_with("/api/") { problem.as_json() } else { problem.as_page() }
}

/// What is answered after a mistake of the program's own.
pub(crate) fn broken() -> Response {
    log::error!("answering panicked");
    (StatusCode::INTERNAL_SERVER_ERROR, "Answering failed. This is a mistake in Daybook.").into_response()
}

/// A template as a page.
pub(crate) fn html(template: &impl Template) -> Result<Response, Problem> {
    Ok(Html(template.render()?).into_response())
}

/// An entry in a list.
pub(crate) struct Contact(Brief);

impl Deref for Contact {
    type Target = Brief;

    fn deref(&self) -> &Brief {
        &self.0
    }
}

impl From<Brief> for Contact {
    fn from(brief: Brief) -> Contact {
        Contact(brief)
    }
}

/// Entries for a list.
pub(crate) fn contacts(briefs: Vec<Brief>) -> Vec<Contact> {
    briefs.into_iter().map(Contact).collect()
}

impl Contact {
    fn when(&self) -> String {
        let date = match &self.date {
            Some(date) => date.clone(),
            None if self.day.is_empty() => return "no date".into(),
            None => return format!("known by {}", self.day),
        };
        self.time.as_ref().map_or(date.clone(), |time| format!("{date}, {time}"))
    }

    fn kind_words(&self) -> String {
        labels::kind(self.kind)
    }

    fn status_words(&self) -> String {
        labels::status(self.status)
    }

    fn is_disputed(&self) -> bool {
        !self.disputed.is_empty()
    }

    fn disputed_words(&self) -> String {
        self.disputed.join(", ")
    }

    fn doubt(&self) -> Option<String> {
        labels::certainty(self.certainty)
    }

    fn about(&self) -> Option<String> {
        let parts =
            [self.place.clone(), self.duration.as_deref().map(labels::duration), Some(self.topics.clone())];
        let parts: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
        (!parts.is_empty()).then(|| parts.join(" · "))
    }

    fn place_words(&self) -> &str {
        self.place.as_deref().unwrap_or_default()
    }
}

/// Somebody in words: "Angela Merkel, Chancellor (DEU)".
pub(crate) fn party_words(party: &Party) -> String {
    let office = party.office.as_deref().map(|office| office.to_string());
    let named: Vec<String> = party.name.clone().into_iter().chain(office).collect();
    match (&party.country, named.is_empty()) {
        (Some(country), true) => country.clone(),
        (Some(country), false) => format!("{} ({country})", named.join(", ")),
        (None, true) => "somebody".into(),
        (None, false) => named.join(", "),
    }
}

/// A part of an address: text from outside never adds to its path.
pub(crate) fn escaped(part: &str) -> String {
    let keep = |b: u8| b.is_ascii_alphanumeric() || b"-_.~".contains(&b);
    part.bytes().map(|b| if keep(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

/// The day that a text names, if it names one.
pub(crate) fn as_day(text: &str) -> Option<Date> {
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_part_of_an_address_stays_a_part() {
        assert_eq!(super::escaped("angela-merkel@DEU"), "angela-merkel%40DEU");
        assert_eq!(super::escaped("a/../?b#c&d\"é"), "a%2F..%2F%3Fb%23c%26d%22%C3%A9");
    }
}
