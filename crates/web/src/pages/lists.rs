//! Lists of contacts: those that a form asks for, and those on which accounts contradict each other.

use askama::Template;
use axum::extract::{OriginalUri, State};
use axum::response::Response;
use daybook::{Brief, Kind, Status};

use crate::escape::path_segment;
use crate::labels;
use crate::params::{Asked, Filter, cursor_after};
use crate::problem::Problem;
use crate::render::html;
use crate::site::Site;

/// A choice of a form: value, words, whether it is chosen.
type Choice = (String, String, bool);

#[derive(Template)]
#[template(path = "contacts_page.html")]
struct List {
    title: &'static str,
    /// Whether the form is shown.
    filtered: bool,
    asked: Filter,
    first: String,
    second: String,
    kinds: Vec<Choice>,
    statuses: Vec<Choice>,
    disputed: bool,
    list: Vec<Brief>,
    next: Option<String>,
}

pub(super) async fn contacts(
    State(site): State<Site>,
    OriginalUri(uri): OriginalUri,
    Asked(filter): Asked<Filter>,
) -> Result<Response, Problem> {
    list(&site, "Contacts", true, filter, uri.query().unwrap_or_default()).await
}

pub(super) async fn disputes(
    State(site): State<Site>,
    OriginalUri(uri): OriginalUri,
    Asked(filter): Asked<Filter>,
) -> Result<Response, Problem> {
    let filter = Filter { disputed: Some("true".into()), ..filter };
    list(&site, "Disputes", false, filter, uri.query().unwrap_or_default()).await
}

async fn list(
    site: &Site,
    title: &'static str,
    filtered: bool,
    filter: Filter,
    address: &str,
) -> Result<Response, Problem> {
    let asked = filter.clone();
    let (mut briefs, limit, disputed) = site
        .books
        .ask(move |book| {
            let mut query = asked.query(book)?;
            let limit = query.limit.unwrap_or_default();
            // One more than is shown tells whether there are more.
            query.limit = Some(limit + 1);
            Ok((book.briefs(&query)?, limit, query.disputed))
        })
        .await?;
    let more = briefs.len() > limit;
    briefs.truncate(limit);
    let next = briefs.last().filter(|_| more).map(|last| next_page(address, last));
    let names: Vec<&String> = filter.between.iter().chain(&filter.with).chain(&filter.country).collect();
    let name = |at: usize| names.get(at).map_or(String::new(), |name| (*name).clone());
    html(&List {
        title,
        filtered,
        first: name(0),
        second: name(1),
        kinds: choices(
            &Kind::all().into_iter().map(|kind| (kind.to_string(), labels::kind(kind))).collect::<Vec<_>>(),
            &filter.kind,
        ),
        statuses: choices(
            &Status::ALL.map(|status| (status.to_string(), labels::status(status))),
            &filter.status,
        ),
        disputed,
        list: briefs,
        next,
        asked: filter,
    })
}

fn choices(all: &[(String, String)], chosen: &[String]) -> Vec<Choice> {
    all.iter().map(|(value, words)| (value.clone(), words.clone(), chosen.contains(value))).collect()
}

/// The same address, from after this entry on.
fn next_page(address: &str, last: &Brief) -> String {
    let kept = address.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("cursor="));
    let cursor = format!("cursor={}", path_segment(&cursor_after(&last.day, &last.id)));
    let query: Vec<&str> = kept.chain([cursor.as_str()]).collect();
    format!("?{}", query.join("&"))
}
